//! `visitHold`.

use api_door::{
    coded::Coded,
    command::{command, payload},
    scalar::DateTime,
};
use async_graphql::{Context, ID, InputObject, Object, Result};
use entity::visit::{
    commands::{self, Hold},
    rules::VisitError,
};

use super::Visit;

/// An agreed visit that took place.
#[derive(Clone, Debug, InputObject)]
pub struct VisitHoldInput {
    /// The visit.
    pub id: ID,
    /// Its version as seen.
    pub expected_version: i32,
    /// When it began; as agreed when nothing is said.
    pub held_at: Option<DateTime>,
    /// What was talked about, in one line of 1 to 500 characters; the enterprise reads it.
    pub summary: String,
    /// A note that stays in the park, up to 2000 characters.
    pub internal_note: Option<String>,
    /// A file about it, uploaded before.
    pub document_id: Option<ID>,
    /// Names this request, up to 120 characters: the same again gives the first answer and does nothing twice.
    pub idempotency_key: Option<String>,
}

payload! {
    /// The answer of `visitHold`.
    VisitHoldPayload, VisitHoldUserError, Coded<entity::visit::rules::VisitError>, VisitError,
    /// The held visit; null when it was refused.
    visit: Visit
}

/// The mutation `visitHold`.
#[derive(Default)]
pub struct VisitHoldMutation;

#[Object]
impl VisitHoldMutation {
    /// Records that an agreed visit took place (登记进行).
    async fn visit_hold(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The visit and what was talked about.")] input: VisitHoldInput,
    ) -> Result<VisitHoldPayload> {
        let input = Hold {
            target: super::target(&input.id, input.expected_version)?,
            held_at: input.held_at.map(Into::into),
            summary: input.summary,
            internal_note: input.internal_note,
            document_id: super::document(input.document_id)?,
        };
        command(ctx, input, |store, viewer, input| async move {
            commands::hold(&store, &viewer, input).await
        })
        .await
    }
}
