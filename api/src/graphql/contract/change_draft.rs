//! `contractChangeDraft`.

use async_graphql::{Context, ID, InputObject, Object, Result};
use entity::contract::{
    commands::{self, ChangeDraft, Target},
    rules::Terms,
};

use super::{ClauseInput, Contract, DraftErrorCode};
use crate::graphql::{
    error::{command, payload},
    scalar::{Date, Kind},
};

/// What a draft is changed to.
#[derive(Clone, Debug, InputObject)]
pub struct ContractChangeDraftInput {
    /// The contract.
    pub id: ID,
    /// Its version as seen; CONFLICT when it has changed since.
    pub expected_version: i32,
    /// Party A's executing unit (甲方).
    pub park_party: String,
    /// The post of who signs for the park.
    pub park_signatory: Option<String>,
    /// The post of who signs for the enterprise.
    pub enterprise_signatory: Option<String>,
    /// First day of the term.
    pub starts_on: Date,
    /// Last day of the term.
    pub ends_on: Date,
    /// Clauses to change or to add; the others stay as they are.
    #[graphql(default)]
    pub clauses: Vec<ClauseInput>,
}

payload! {
    /// The answer of `contractChangeDraft`.
    ContractChangeDraftPayload, ContractChangeDraftUserError, DraftErrorCode, entity::contract::rules::DraftError,
    /// The changed draft; null when it was refused.
    contract: Contract
}

/// Changing a draft.
#[derive(Default)]
pub struct ChangeDraftMutation;

#[Object]
impl ChangeDraftMutation {
    /// Changes a draft. What has gone to review changes no more; what is signed changes only by amendment.
    async fn contract_change_draft(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The change.")] input: ContractChangeDraftInput,
    ) -> Result<ContractChangeDraftPayload> {
        let input = ChangeDraft {
            target: Target {
                id: Kind::Contract.require(&input.id)?,
                expected_version: input.expected_version,
            },
            terms: Terms {
                park_party: input.park_party,
                park_signatory: input.park_signatory,
                enterprise_signatory: input.enterprise_signatory,
                starts_on: input.starts_on.into(),
                ends_on: input.ends_on.into(),
                clauses: input.clauses.into_iter().map(Into::into).collect(),
            },
        };
        command(ctx, input, |store, viewer, input| async move {
            commands::change_draft(&store, &viewer, input).await
        })
        .await
    }
}
