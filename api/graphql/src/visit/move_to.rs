//! `visitMove`.

use api_door::{
    coded::Coded,
    command::{command, payload},
    scalar::DateTime,
};
use async_graphql::{Context, ID, InputObject, Object, Result};
use entity::visit::{
    commands::{self, Date, Move},
    rules::VisitError,
};

use super::Visit;

/// Another date for an agreed visit.
#[derive(Clone, Debug, InputObject)]
pub struct VisitMoveInput {
    /// The visit.
    pub id: ID,
    /// Its version as seen.
    pub expected_version: i32,
    /// When it begins: a time to come, within a year.
    pub starts_at: DateTime,
    /// When it ends; an hour later when nothing is said.
    pub ends_at: Option<DateTime>,
    /// Where, up to 200 characters; as before when nothing is said.
    pub place: Option<String>,
    /// Names this request, up to 120 characters: the same again gives the first answer and does nothing twice.
    pub idempotency_key: Option<String>,
}

payload! {
    /// The answer of `visitMove`.
    VisitMovePayload, VisitMoveUserError, Coded<entity::visit::rules::VisitError>, VisitError,
    /// The visit with its new date; null when it was refused.
    visit: Visit
}

/// The mutation `visitMove`.
#[derive(Default)]
pub struct VisitMoveMutation;

#[Object]
impl VisitMoveMutation {
    /// Gives an agreed visit another date; the invitations follow (改期).
    async fn visit_move(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The visit and its date.")] input: VisitMoveInput,
    ) -> Result<VisitMovePayload> {
        let input = Move {
            target: super::target(&input.id, input.expected_version)?,
            date: Date {
                starts_at: input.starts_at.into(),
                ends_at: input.ends_at.map(Into::into),
                place: input.place,
            },
        };
        command(ctx, input, |store, viewer, input| async move {
            commands::move_to(&store, &viewer, input).await
        })
        .await
    }
}
