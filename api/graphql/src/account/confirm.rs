//! `accountConfirm`.

use api_door::{
    command::{command, payload},
    scalar::Kind,
};
use async_graphql::{Context, ID, InputObject, Object, Result};
use entity::account::commands::promote::{self, Confirm};

use super::{Account, AccountErrorCode};

/// Which account is to get the role that waits.
#[derive(InputObject)]
pub struct AccountConfirmInput {
    /// The account.
    id: ID,
    /// The version last seen.
    expected_version: i32,
    /// Names this request, up to 120 characters: the same again gives the first answer and does nothing twice.
    idempotency_key: Option<String>,
}

payload! {
    /// The answer of `accountConfirm`.
    AccountConfirmPayload, AccountConfirmUserError, AccountErrorCode, entity::account::rules::AccountError,
    /// The account in its new role; null when it was refused.
    account: Account
}

/// The mutation `accountConfirm`.
#[derive(Default)]
pub struct AccountConfirmMutation;

#[Object]
impl AccountConfirmMutation {
    /// Gives an account the role that another administrator has asked for, where the park wants a second person (ADMIN). A new
    /// account is enabled, and its invitation goes out.
    async fn account_confirm(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which account.")] input: AccountConfirmInput,
    ) -> Result<AccountConfirmPayload> {
        let input = Confirm {
            account_id: Kind::Account.require(&input.id)?,
            expected_version: input.expected_version,
        };
        command(ctx, input, |store, viewer, input| async move {
            promote::confirm(&store, &viewer, input).await
        })
        .await
    }
}
