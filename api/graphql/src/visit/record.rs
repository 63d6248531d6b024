//! `visitRecord`.

use api_door::{
    coded::Coded,
    command::{command, payload},
    scalar::{DateTime, Kind},
};
use async_graphql::{Context, ID, InputObject, Object, Result};
use entity::visit::{
    commands::{self, Record},
    rules::VisitError,
};

use super::Visit;

/// A contact that has taken place.
#[derive(Clone, Debug, InputObject)]
pub struct VisitRecordInput {
    /// The enterprise.
    pub enterprise_id: ID,
    /// In which way; by telephone when nothing is said.
    #[graphql(default_with = "Coded(entity::visit::Kind::Telephone)")]
    pub kind: Coded<entity::visit::Kind>,
    /// When; now when nothing is said.
    pub held_at: Option<DateTime>,
    /// Where, up to 200 characters.
    pub place: Option<String>,
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
    /// The answer of `visitRecord`.
    VisitRecordPayload, VisitRecordUserError, Coded<entity::visit::rules::VisitError>, VisitError,
    /// The contact; null when it was refused.
    visit: Visit
}

/// The mutation `visitRecord`.
#[derive(Default)]
pub struct VisitRecordMutation;

#[Object]
impl VisitRecordMutation {
    /// Records a contact that has taken place (记录联系).
    async fn visit_record(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The contact.")] input: VisitRecordInput,
    ) -> Result<VisitRecordPayload> {
        let input = Record {
            enterprise_id: Kind::Enterprise.require(&input.enterprise_id)?,
            kind: input.kind.0,
            held_at: input.held_at.map(Into::into),
            place: input.place,
            summary: input.summary,
            internal_note: input.internal_note,
            document_id: super::document(input.document_id)?,
        };
        command(ctx, input, |store, viewer, input| async move {
            commands::record(&store, &viewer, input).await
        })
        .await
    }
}
