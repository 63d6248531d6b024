//! `accountRequestPasswordLink`.

use std::time::Duration;

use api_door::{
    command::{command, payload},
    wait::wait,
};
use async_graphql::{Context, InputObject, Object, Result};
use entity::{account::commands, error::CommandError};
use tokio::time::Instant;

use super::AccountErrorCode;

/// After this time or a multiple of it comes the answer, so that how long it takes does not tell whether there was something to do.
pub const BEAT: Duration = Duration::from_millis(500);

/// Who has forgotten the password.
#[derive(InputObject)]
pub struct AccountRequestPasswordLinkInput {
    /// The name to sign in with.
    login: String,
}

payload! {
    /// The answer of `accountRequestPasswordLink`.
    AccountRequestPasswordLinkPayload, AccountRequestPasswordLinkUserError, AccountErrorCode, entity::account::rules::AccountError,
    /// True; null never.
    accepted: bool
}

/// The mutation `accountRequestPasswordLink`.
#[derive(Default)]
pub struct AccountRequestPasswordLinkMutation;

#[Object]
impl AccountRequestPasswordLinkMutation {
    /// Sends a link for a new password by letter. At most three within an hour; the answer is the same whether the name exists or not.
    async fn account_request_password_link(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Who has forgotten the password.")] input: AccountRequestPasswordLinkInput,
    ) -> Result<AccountRequestPasswordLinkPayload> {
        let begun = Instant::now();
        let input = input.login;
        let outcome = command(ctx, input, |store, viewer, input| async move {
            commands::request_password_link(&store, &viewer, &input)
                .await
                .map(|()| true)
                .map_err(CommandError::Fault)
        })
        .await;
        let mut answer_after = BEAT;
        while answer_after < begun.elapsed() {
            answer_after += BEAT;
        }
        wait(answer_after.saturating_sub(begun.elapsed())).await;
        outcome
    }
}
