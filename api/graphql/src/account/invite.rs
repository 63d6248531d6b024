//! `accountInvite`.

use api_door::{
    command::{command, payload},
    scalar::Kind,
};
use async_graphql::{Context, ID, InputObject, Object, Result};
use entity::account::commands;

use super::{Account, AccountErrorCode};

/// Whom to invite again.
#[derive(InputObject)]
pub struct AccountInviteInput {
    /// The account.
    id: ID,
    /// Names this request, up to 120 characters: the same again gives the first answer and does nothing twice.
    idempotency_key: Option<String>,
}

payload! {
    /// The answer of `accountInvite`.
    AccountInvitePayload, AccountInviteUserError, AccountErrorCode, entity::account::rules::AccountError,
    /// The account; null when it was refused.
    account: Account
}

/// The mutation `accountInvite`.
#[derive(Default)]
pub struct AccountInviteMutation;

#[Object]
impl AccountInviteMutation {
    /// Sends a new invitation, or a link for a new password to a person who has one (ADMIN). At most three within an hour;
    /// older ones work until one of them is used.
    async fn account_invite(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Whom to invite again.")] input: AccountInviteInput,
    ) -> Result<AccountInvitePayload> {
        let input = Kind::Account.require(&input.id)?;
        command(ctx, input, |store, viewer, input| async move {
            commands::invite_again(&store, &viewer, input).await
        })
        .await
    }
}
