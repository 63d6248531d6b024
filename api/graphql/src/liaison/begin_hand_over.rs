//! `liaisonBeginHandOver`.

use api_door::{
    coded::Coded,
    command::{command, payload},
    scalar::Kind,
};
use async_graphql::{Context, ID, InputObject, Object, Result};
use entity::liaison::commands;

use super::Liaison;

/// A liaison begins to hand over.
#[derive(InputObject)]
pub struct LiaisonBeginHandOverInput {
    /// The assignment.
    id: ID,
    /// The version last seen.
    expected_version: i32,
}

payload! {
    /// The answer of `liaisonBeginHandOver`.
    LiaisonBeginHandOverPayload, LiaisonBeginHandOverUserError, Coded<entity::liaison::rules::LiaisonError>, entity::liaison::rules::LiaisonError,
    /// The assignment, still in charge; null when it was refused.
    liaison: Liaison
}

/// The mutation `liaisonBeginHandOver`.
#[derive(Default)]
pub struct LiaisonBeginHandOverMutation;

#[Object]
impl LiaisonBeginHandOverMutation {
    /// The liaison in charge begins to hand over (CENTRE); nothing else changes until the successor takes up the work.
    async fn liaison_begin_hand_over(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Who begins to hand over.")] input: LiaisonBeginHandOverInput,
    ) -> Result<LiaisonBeginHandOverPayload> {
        let input = commands::Move {
            liaison_id: Kind::Liaison.require(&input.id)?,
            expected_version: input.expected_version,
        };
        command(ctx, input, |store, viewer, input| async move {
            commands::begin_hand_over(&store, &viewer, input).await
        })
        .await
    }
}
