//! `accountCreate`.

use api_door::{
    coded::Coded,
    command::{command, payload},
    scalar::Kind,
};
use async_graphql::{Context, ID, InputObject, Object, Result};
use entity::{
    account::commands,
    enterprise::{self, rules::CreditCode},
};

use super::{Account, AccountErrorCode};

/// A new account.
#[derive(InputObject)]
pub struct AccountCreateInput {
    /// The mail address: the name to sign in with, and where the invitation goes.
    login: String,
    /// The name others see.
    name: String,
    /// What the person is in the park.
    role: Coded<entity::viewer::Role>,
    /// The own department; heads and window officers need one.
    department_id: Option<ID>,
    /// The own enterprise; for enterprise contacts only.
    enterprise_id: Option<ID>,
    /// The own enterprise by its unified social credit code (统一社会信用代码), for who does not know its id.
    enterprise_code: Option<String>,
    /// The language the person reads.
    language: Coded<entity::language::Language>,
    /// Names this request, up to 120 characters: the same again gives the first answer and does nothing twice.
    idempotency_key: Option<String>,
}

payload! {
    /// The answer of `accountCreate`.
    AccountCreatePayload, AccountCreateUserError, AccountErrorCode, entity::account::rules::AccountError,
    /// The new account; null when it was refused.
    account: Account
}

/// The mutation `accountCreate`.
#[derive(Default)]
pub struct AccountCreateMutation;

#[Object]
impl AccountCreateMutation {
    /// Creates an account and sends the person an invitation (ADMIN).
    async fn account_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The account.")] input: AccountCreateInput,
    ) -> Result<AccountCreatePayload> {
        let code = input.enterprise_code.map(|code| {
            let known = CreditCode::verify(&code);
            known.map_or(code, CreditCode::into_string)
        });
        let input = commands::Create {
            login: input.login,
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
            password: None,
            demonstration: false,
        };
        command(
            ctx,
            (input, code),
            |store, viewer, (mut input, code)| async move {
                if let Some(code) = code.filter(|_| input.enterprise_id.is_none()) {
                    let found = enterprise::commands::of_code(&store, &viewer, &code).await?;
                    input.enterprise_id = Some(found);
                }
                commands::create(&store, &viewer, input).await
            },
        )
        .await
    }
}
