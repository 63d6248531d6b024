//! `accountSetEnabled`.

use api_door::{
    command::{command, payload},
    scalar::Kind,
};
use async_graphql::{Context, ID, InputObject, Object, Result};
use entity::account::commands;

use super::{Account, AccountErrorCode};

/// Whether an account may sign in.
#[derive(InputObject)]
pub struct AccountSetEnabledInput {
    /// The account.
    id: ID,
    /// The version last seen.
    expected_version: i32,
    /// Whether it may sign in from now on.
    enabled: bool,
    /// Names this request, up to 120 characters: the same again gives the first answer and does nothing twice.
    idempotency_key: Option<String>,
}

payload! {
    /// The answer of `accountSetEnabled`.
    AccountSetEnabledPayload, AccountSetEnabledUserError, AccountErrorCode, entity::account::rules::AccountError,
    /// The account; null when it was refused.
    account: Account
}

/// The mutation `accountSetEnabled`.
#[derive(Default)]
pub struct AccountSetEnabledMutation;

#[Object]
impl AccountSetEnabledMutation {
    /// Disables an account, which ends its sessions at once, or enables it again (ADMIN).
    async fn account_set_enabled(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which account, and what it may.")] input: AccountSetEnabledInput,
    ) -> Result<AccountSetEnabledPayload> {
        let input = commands::SetEnabled {
            account_id: Kind::Account.require(&input.id)?,
            expected_version: input.expected_version,
            enabled: input.enabled,
        };
        command(ctx, input, |store, viewer, input| async move {
            commands::set_enabled(&store, &viewer, input).await
        })
        .await
    }
}
