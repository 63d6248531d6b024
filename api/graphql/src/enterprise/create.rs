//! `enterpriseCreate`.

use api_door::command::{command, payload};
use async_graphql::{Context, InputObject, Object, Result};
use entity::enterprise::commands;

use super::{Enterprise, error::EnterpriseErrorCode};

/// A new enterprise.
#[derive(InputObject)]
pub struct EnterpriseCreateInput {
    /// Unified social credit code, as people write it: blanks, full-width and small letters are put right.
    credit_code: String,
    /// Registered name.
    name_zh: String,
    /// Name in English.
    name_en: Option<String>,
    /// Line of business.
    industry: String,
    /// Internal remark.
    remark: Option<String>,
    /// Names this request, up to 120 characters: the same again gives the first answer and does nothing twice.
    idempotency_key: Option<String>,
}

payload! {
    /// The answer of `enterpriseCreate`.
    EnterpriseCreatePayload, EnterpriseCreateUserError, EnterpriseErrorCode, entity::enterprise::rules::EnterpriseError,
    /// The new enterprise; null when it was refused.
    enterprise: Enterprise
}

/// Creates an enterprise.
#[derive(Default)]
pub struct EnterpriseCreateMutation;

#[Object]
impl EnterpriseCreateMutation {
    /// Creates an enterprise (CENTRE).
    async fn enterprise_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The enterprise.")] input: EnterpriseCreateInput,
    ) -> Result<EnterpriseCreatePayload> {
        let input = commands::Create {
            credit_code: input.credit_code,
            name_zh: input.name_zh,
            name_en: input.name_en,
            industry: input.industry,
            remark: input.remark,
        };
        command(ctx, input, |store, viewer, input| async move {
            commands::create(&store, &viewer, input).await
        })
        .await
    }
}
