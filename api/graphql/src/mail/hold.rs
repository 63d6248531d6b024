//! `mailHold`.

use api_door::coded::Coded;
use api_door::command::{command, payload};
use async_graphql::{Context, InputObject, Object, Result};
use entity::outbox::commands::decide::{self, HoldMail};

use super::Mail;

/// Holding all letters back.
#[derive(InputObject)]
pub struct MailHoldInput {
    /// The version of `mail` as seen; CONFLICT when it has changed since.
    expected_version: i32,
    /// Why, up to 1000 characters.
    reason: String,
}

payload! {
    /// The answer of `mailHold`.
    MailHoldPayload, MailHoldUserError, Coded<entity::outbox::rules::LetterError>, entity::outbox::rules::LetterError,
    /// The mail as a whole; null when it was refused.
    mail: Mail
}

/// The mutation `mailHold`.
#[derive(Default)]
pub struct MailHoldMutation;

#[Object]
impl MailHoldMutation {
    /// Holds all letters back (ADMIN), in every replica and within seconds. A letter whose body is on its way still arrives.
    async fn mail_hold(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Why.")] input: MailHoldInput,
    ) -> Result<MailHoldPayload> {
        let input = HoldMail {
            expected_version: input.expected_version,
            reason: input.reason,
        };
        command(ctx, input, |store, viewer, input| async move {
            decide::hold(&store, &viewer, input).await
        })
        .await
    }
}
