//! `contractSign`.

use async_graphql::{Context, ID, InputObject, Object, Result};
use entity::contract::commands::{self, Sign, Target};

use super::{Contract, MoveErrorCode};
use crate::graphql::{
    error::{command, payload},
    scalar::{Date, Kind},
};

/// The signatures.
#[derive(Clone, Debug, InputObject)]
pub struct ContractSignInput {
    /// The contract.
    pub id: ID,
    /// Its version as seen; CONFLICT when it has changed since.
    pub expected_version: i32,
    /// The day of the signatures.
    pub signed_on: Date,
    /// The post of who signed for the park; as drafted when not given.
    pub park_signatory: Option<String>,
    /// The post of who signed for the enterprise; as drafted when not given.
    pub enterprise_signatory: Option<String>,
}

payload! {
    /// The answer of `contractSign`.
    ContractSignPayload, ContractSignUserError, MoveErrorCode, entity::contract::rules::MoveError,
    /// The signed contract; null when it was refused.
    contract: Contract
}

/// Records the signatures of an approved contract and locks it (签署).
#[derive(Default)]
pub struct SignMutation;

#[Object]
impl SignMutation {
    /// Records the signatures of an approved contract and locks it (签署).
    async fn contract_sign(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The contract, and what the step needs.")] input: ContractSignInput,
    ) -> Result<ContractSignPayload> {
        let target = Target {
            id: Kind::Contract.require(&input.id)?,
            expected_version: input.expected_version,
        };
        let input = Sign {
            target,
            signed_on: input.signed_on.into(),
            park_signatory: input.park_signatory,
            enterprise_signatory: input.enterprise_signatory,
        };
        command(ctx, input, |store, viewer, input| async move {
            commands::sign(&store, &viewer, input).await
        })
        .await
    }
}
