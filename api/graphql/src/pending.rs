//! What waits for a decision (待决事项) in the API.

use api_door::{
    coded::Coded,
    operation::{store, viewer},
};
use async_graphql::{Context, Object, Result};
use entity::pending::{self, Pending, repository};

/// What waits for a decision of the viewer (待决事项).
pub struct PendingDecision(Pending);

/// What waits for a decision of the viewer (待决事项).
#[Object]
impl PendingDecision {
    /// What has to be decided.
    async fn kind(&self) -> Coded<pending::Kind> {
        self.0.kind.into()
    }

    /// What it is called: the number of the contract, the quarter, the department, the promise, the approval item; 简体中文.
    async fn name_zh(&self) -> &str {
        &self.0.name.zh
    }

    /// The same in English.
    async fn name_en(&self) -> &str {
        &self.0.name.en
    }

    /// The name of the enterprise, where it is about one.
    async fn enterprise_zh(&self) -> Option<&str> {
        self.0.enterprise.as_ref().map(|(zh, _)| zh.as_str())
    }

    /// Its English name, if it has one.
    async fn enterprise_en(&self) -> Option<&str> {
        self.0.enterprise.as_ref()?.1.as_deref()
    }

    /// The page below the public address on which it is decided.
    async fn path(&self) -> String {
        self.0.path()
    }
}

/// Reading what waits.
#[derive(Default)]
pub struct PendingQuery;

#[Object]
impl PendingQuery {
    /// What waits for a decision of the viewer, the first five of each kind: for LEADER contracts, evaluations, objections, approval items and answers to the
    /// own supervision orders, for SUPERVISOR all answers to supervision orders; other roles have none.
    #[graphql(complexity = "20 * child_complexity")]
    async fn pending_decisions(&self, ctx: &Context<'_>) -> Result<Vec<PendingDecision>> {
        let rows = repository::of_viewer(store(ctx), viewer(ctx)).await?;
        Ok(rows.into_iter().map(PendingDecision).collect())
    }
}
