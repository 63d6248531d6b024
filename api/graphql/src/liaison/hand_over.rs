//! `liaisonHandOver`.

use api_door::{
    coded::Coded,
    command::{command, payload},
    scalar::Kind,
};
use async_graphql::{Context, ID, InputObject, Object, Result};
use entity::{liaison::commands, visit};

use super::Liaison;

/// An enterprise changes its liaison.
#[derive(InputObject)]
pub struct LiaisonHandOverInput {
    /// The assignment.
    id: ID,
    /// The version last seen.
    expected_version: i32,
    /// Who takes over.
    successor_id: ID,
    /// Who stands in for the successor.
    deputy_id: Option<ID>,
    /// What is open, promised, to be known (交接说明).
    note: String,
    /// Names this request, up to 120 characters: the same again gives the first answer and does nothing twice.
    idempotency_key: Option<String>,
}

payload! {
    /// The answer of `liaisonHandOver`.
    LiaisonHandOverPayload, LiaisonHandOverUserError, Coded<entity::liaison::rules::LiaisonError>, entity::liaison::rules::LiaisonError,
    /// The assignment in charge from now on; null when it was refused.
    liaison: Liaison
}

/// The mutation `liaisonHandOver`.
#[derive(Default)]
pub struct LiaisonHandOverMutation;

#[Object]
impl LiaisonHandOverMutation {
    /// Ends one assignment and starts the next in one step, never with a gap; both sides are told by letter (CENTRE).
    async fn liaison_hand_over(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Who hands over to whom.")] input: LiaisonHandOverInput,
    ) -> Result<LiaisonHandOverPayload> {
        let input = commands::HandOver {
            liaison_id: Kind::Liaison.require(&input.id)?,
            expected_version: input.expected_version,
            successor_id: Kind::Account.require(&input.successor_id)?,
            deputy_id: input
                .deputy_id
                .map(|id| Kind::Account.require(&id))
                .transpose()?,
            note: input.note,
        };
        command(ctx, input, |store, viewer, input| async move {
            visit::commands::hand_over(&store, &viewer, input)
                .await
                .map(|handed| handed.started)
        })
        .await
    }
}
