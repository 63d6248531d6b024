//! `contractRenew`.

use async_graphql::{Context, ID, InputObject, Object, Result};
use entity::{commitment::commands, contract::commands::Target};

use super::{Contract, DraftErrorCode};
use crate::graphql::{
    error::{command, payload},
    scalar::Kind,
};

/// The contract to renew.
#[derive(Clone, Debug, InputObject)]
pub struct ContractRenewInput {
    /// The contract.
    pub id: ID,
    /// Its version as seen; CONFLICT when it has changed since.
    pub expected_version: i32,
}

payload! {
    /// The answer of `contractRenew`.
    ContractRenewPayload, ContractRenewUserError, DraftErrorCode, entity::contract::rules::DraftError,
    /// The successor as a draft; null when it was refused.
    contract: Contract
}

/// Drafts the successor of a contract in force for the term that follows (续签).
#[derive(Default)]
pub struct RenewMutation;

#[Object]
impl RenewMutation {
    /// Drafts the successor of a contract in force for the term that follows (续签).
    async fn contract_renew(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The contract, and what the step needs.")] input: ContractRenewInput,
    ) -> Result<ContractRenewPayload> {
        let target = Target {
            id: Kind::Contract.require(&input.id)?,
            expected_version: input.expected_version,
        };
        let input = target;
        command(ctx, input, |store, viewer, input| async move {
            commands::renew_contract(&store, &viewer, input).await
        })
        .await
    }
}
