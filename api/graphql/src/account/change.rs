//! `accountChange`.

use api_door::{
    coded::Coded,
    command::{command, payload},
    scalar::Kind,
};
use async_graphql::{Context, ID, InputObject, Object, Result};
use entity::account::commands;

use super::{Account, AccountErrorCode};

/// What an account is from now on.
#[derive(InputObject)]
pub struct AccountChangeInput {
    /// The account.
    id: ID,
    /// The version last seen.
    expected_version: i32,
    /// The name others see.
    name: String,
    /// What the person is in the park.
    role: Coded<entity::viewer::Role>,
    /// The own department; heads and window officers need one.
    department_id: Option<ID>,
    /// The own enterprise; for enterprise contacts only.
    enterprise_id: Option<ID>,
    /// The language the person reads.
    language: Coded<entity::language::Language>,
}

payload! {
    /// The answer of `accountChange`.
    AccountChangePayload, AccountChangeUserError, AccountErrorCode, entity::account::rules::AccountError,
    /// The changed account; null when it was refused.
    account: Account
}

/// The mutation `accountChange`.
#[derive(Default)]
pub struct AccountChangeMutation;

#[Object]
impl AccountChangeMutation {
    /// Changes an account; a new role holds from the next request on (ADMIN).
    async fn account_change(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The change.")] input: AccountChangeInput,
    ) -> Result<AccountChangePayload> {
        let input = commands::ChangeAccount {
            account_id: Kind::Account.require(&input.id)?,
            expected_version: input.expected_version,
            name: input.name,
            role: input.role.0,
            department_id: input
                .department_id
                .map(|id| Kind::Department.require(&id))
                .transpose()?,
            enterprise_id: input
                .enterprise_id
                .map(|id| Kind::Enterprise.require(&id))
                .transpose()?,
            language: input.language.0,
        };
        command(ctx, input, |store, viewer, input| async move {
            commands::change(&store, &viewer, input).await
        })
        .await
    }
}
