//! `accountAcceptLink`.

use api_door::command::{command, payload};
use async_graphql::{Context, InputObject, Object, Result};
use entity::account::commands;

use super::LinkErrorCode;

/// A link from a letter, and the password chosen.
#[derive(InputObject)]
pub struct AccountAcceptLinkInput {
    /// What stands in the link after the last slash.
    #[graphql(secret)]
    secret: String,
    /// The password chosen: what is asked of it is the park's choice; by default at least 15 characters.
    #[graphql(secret)]
    password: String,
}

payload! {
    /// The answer of `accountAcceptLink`.
    AccountAcceptLinkPayload, AccountAcceptLinkUserError, LinkErrorCode, entity::account::rules::LinkError,
    /// True when the password is set; null when it was refused.
    accepted: bool
}

/// The mutation `accountAcceptLink`.
#[derive(Default)]
pub struct AccountAcceptLinkMutation;

#[Object]
impl AccountAcceptLinkMutation {
    /// Uses the link of an invitation or of a forgotten password, once: sets the password and ends all sessions.
    async fn account_accept_link(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The link and the password.")] input: AccountAcceptLinkInput,
    ) -> Result<AccountAcceptLinkPayload> {
        let input = (input.secret, input.password);
        command(ctx, input, |store, viewer, input| async move {
            let _ = viewer;
            let (secret, password) = input;
            commands::accept_link(&store, &secret, password)
                .await
                .map(|_| true)
        })
        .await
    }
}
