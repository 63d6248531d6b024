//! `letterAbandon`.

use api_door::{
    coded::Coded,
    command::{command, payload},
    scalar::Kind,
};
use async_graphql::{Context, ID, InputObject, Object, Result};
use entity::outbox::commands::decide::{self, Decision};

use super::Letter;

/// A letter to be dropped.
#[derive(InputObject)]
pub struct LetterAbandonInput {
    /// The letter.
    id: ID,
    /// Its version as seen; CONFLICT when it has changed since.
    expected_version: i32,
    /// Why, up to 1000 characters.
    reason: String,
}

payload! {
    /// The answer of `letterAbandon`.
    LetterAbandonPayload, LetterAbandonUserError, Coded<entity::outbox::rules::LetterError>, entity::outbox::rules::LetterError,
    /// The dropped letter; null when it was refused.
    letter: Letter
}

/// The mutation `letterAbandon`.
#[derive(Default)]
pub struct LetterAbandonMutation;

#[Object]
impl LetterAbandonMutation {
    /// Drops a letter (ADMIN): it will never be sent.
    async fn letter_abandon(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which letter, and why.")] input: LetterAbandonInput,
    ) -> Result<LetterAbandonPayload> {
        let input = Decision {
            letter_id: Kind::Letter.require(&input.id)?,
            expected_version: input.expected_version,
            reason: input.reason,
        };
        command(ctx, input, |store, viewer, input| async move {
            decide::abandon(&store, &viewer, input).await
        })
        .await
    }
}
