//! `liaisonActivate`.

use api_door::{
    coded::Coded,
    command::{command, payload},
    scalar::Kind,
};
use async_graphql::{Context, ID, InputObject, Object, Result};
use entity::liaison::commands;

use super::Liaison;

/// A proposed liaison takes up the work.
#[derive(InputObject)]
pub struct LiaisonActivateInput {
    /// The assignment.
    id: ID,
    /// The version last seen.
    expected_version: i32,
    /// Names this request, up to 120 characters: the same again gives the first answer and does nothing twice.
    idempotency_key: Option<String>,
}

payload! {
    /// The answer of `liaisonActivate`.
    LiaisonActivatePayload, LiaisonActivateUserError, Coded<entity::liaison::rules::LiaisonError>, entity::liaison::rules::LiaisonError,
    /// The assignment in charge; null when it was refused.
    liaison: Liaison
}

/// The mutation `liaisonActivate`.
#[derive(Default)]
pub struct LiaisonActivateMutation;

#[Object]
impl LiaisonActivateMutation {
    /// A proposed liaison takes up the work today (CENTRE). A conflict when somebody is in charge: hand over instead.
    async fn liaison_activate(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Who takes up the work.")] input: LiaisonActivateInput,
    ) -> Result<LiaisonActivatePayload> {
        let input = commands::Move {
            liaison_id: Kind::Liaison.require(&input.id)?,
            expected_version: input.expected_version,
        };
        command(ctx, input, |store, viewer, input| async move {
            commands::activate(&store, &viewer, input).await
        })
        .await
    }
}
