//! `enterpriseEnd`.

use api_door::{
    command::{command, payload},
    scalar::{Date, Kind},
};
use async_graphql::{Context, ID, InputObject, Object, Result};
use entity::{enterprise::commands, liaison::commands::end_enterprise};

use super::{Enterprise, error::EnterpriseErrorCode};

/// An enterprise leaves the park.
#[derive(InputObject)]
pub struct EnterpriseEndInput {
    /// The enterprise.
    id: ID,
    /// The version last seen.
    expected_version: i32,
    /// Its last day in the park.
    ended_on: Date,
    /// Why it leaves.
    reason: String,
    /// Names this request, up to 120 characters: the same again gives the first answer and does nothing twice.
    idempotency_key: Option<String>,
}

payload! {
    /// The answer of `enterpriseEnd`.
    EnterpriseEndPayload, EnterpriseEndUserError, EnterpriseErrorCode, entity::enterprise::rules::EnterpriseError,
    /// The enterprise; null when it was refused.
    enterprise: Enterprise
}

/// Records that an enterprise leaves.
#[derive(Default)]
pub struct EnterpriseEndMutation;

#[Object]
impl EnterpriseEndMutation {
    /// Records that an enterprise leaves the park (CENTRE); not while a contract is in force. Its liaison's assignment ends with it.
    async fn enterprise_end(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Who leaves, when and why.")] input: EnterpriseEndInput,
    ) -> Result<EnterpriseEndPayload> {
        let input = commands::End {
            enterprise_id: Kind::Enterprise.require(&input.id)?,
            expected_version: input.expected_version,
            on: input.ended_on.into(),
            reason: input.reason,
        };
        command(ctx, input, |store, viewer, input| async move {
            end_enterprise(&store, &viewer, input).await
        })
        .await
    }
}
