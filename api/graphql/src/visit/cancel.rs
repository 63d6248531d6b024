//! `visitCancel`.

use api_door::coded::Coded;
use api_door::command::{command, payload};
use async_graphql::{Context, ID, InputObject, Object, Result};
use entity::visit::{
    commands::{self, Cancel},
    rules::VisitError,
};

use super::Visit;

/// An agreed visit that does not take place.
#[derive(Clone, Debug, InputObject)]
pub struct VisitCancelInput {
    /// The visit.
    pub id: ID,
    /// Its version as seen.
    pub expected_version: i32,
    /// Why, 1 to 1000 characters; the enterprise reads it.
    pub reason: String,
    /// Names this request, up to 120 characters: the same again gives the first answer and does nothing twice.
    pub idempotency_key: Option<String>,
}

payload! {
    /// The answer of `visitCancel`.
    VisitCancelPayload, VisitCancelUserError, Coded<entity::visit::rules::VisitError>, VisitError,
    /// The cancelled visit; null when it was refused.
    visit: Visit
}

/// The mutation `visitCancel`.
#[derive(Default)]
pub struct VisitCancelMutation;

#[Object]
impl VisitCancelMutation {
    /// Cancels an agreed visit, with a reason; the invitations are called back (取消).
    async fn visit_cancel(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The visit and the reason.")] input: VisitCancelInput,
    ) -> Result<VisitCancelPayload> {
        let input = Cancel {
            target: super::target(&input.id, input.expected_version)?,
            reason: input.reason,
        };
        command(ctx, input, |store, viewer, input| async move {
            commands::cancel(&store, &viewer, input).await
        })
        .await
    }
}
