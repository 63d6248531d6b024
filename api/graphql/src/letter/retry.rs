//! `letterRetry`.

use api_door::{
    coded::Coded,
    command::{command, payload},
    scalar::Kind,
};
use async_graphql::{Context, ID, InputObject, Object, Result};
use entity::outbox::commands::decide::{self, Decision};

use super::Letter;

/// A letter to be tried again.
#[derive(InputObject)]
pub struct LetterRetryInput {
    /// The letter.
    id: ID,
    /// Its version as seen; CONFLICT when it has changed since.
    expected_version: i32,
    /// Why, up to 1000 characters.
    reason: String,
}

payload! {
    /// The answer of `letterRetry`.
    LetterRetryPayload, LetterRetryUserError, Coded<entity::outbox::rules::LetterError>, entity::outbox::rules::LetterError,
    /// The waiting letter; null when it was refused.
    letter: Letter
}

/// The mutation `letterRetry`.
#[derive(Default)]
pub struct LetterRetryMutation;

#[Object]
impl LetterRetryMutation {
    /// Has a letter tried again at once (ADMIN), under its old Message-ID: one that may have arrived with the same bytes, one that was
    /// definitely refused made anew, to the present address.
    async fn letter_retry(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which letter, and why.")] input: LetterRetryInput,
    ) -> Result<LetterRetryPayload> {
        let input = Decision {
            letter_id: Kind::Letter.require(&input.id)?,
            expected_version: input.expected_version,
            reason: input.reason,
        };
        command(ctx, input, |store, viewer, input| async move {
            decide::retry(&store, &viewer, input).await
        })
        .await
    }
}
