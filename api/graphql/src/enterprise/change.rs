//! `enterpriseChange`.

use api_door::{
    command::{command, payload},
    scalar::Kind,
};
use async_graphql::{Context, ID, InputObject, Object, Result};
use entity::enterprise::commands;

use super::{Enterprise, error::EnterpriseErrorCode};

/// What an enterprise is called from now on. The credit code stays.
#[derive(InputObject)]
pub struct EnterpriseChangeInput {
    /// The enterprise.
    id: ID,
    /// The version last seen.
    expected_version: i32,
    /// Registered name.
    name_zh: String,
    /// Name in English.
    name_en: Option<String>,
    /// Line of business.
    industry: String,
    /// Internal remark.
    remark: Option<String>,
}

payload! {
    /// The answer of `enterpriseChange`.
    EnterpriseChangePayload, EnterpriseChangeUserError, EnterpriseErrorCode, entity::enterprise::rules::EnterpriseError,
    /// The changed enterprise; null when it was refused.
    enterprise: Enterprise
}

/// Changes an enterprise.
#[derive(Default)]
pub struct EnterpriseChangeMutation;

#[Object]
impl EnterpriseChangeMutation {
    /// Changes the names and the line of business of an enterprise (CENTRE).
    async fn enterprise_change(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The change.")] input: EnterpriseChangeInput,
    ) -> Result<EnterpriseChangePayload> {
        let input = commands::ChangeEnterprise {
            enterprise_id: Kind::Enterprise.require(&input.id)?,
            expected_version: input.expected_version,
            name_zh: input.name_zh,
            name_en: input.name_en,
            industry: input.industry,
            remark: input.remark,
        };
        command(ctx, input, |store, viewer, input| async move {
            commands::change(&store, &viewer, input).await
        })
        .await
    }
}
