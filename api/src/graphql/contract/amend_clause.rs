//! `contractAmendClause`.

use async_graphql::{Context, ID, InputObject, Object, Result};
use entity::contract::commands::{self, AmendClause, Target};

use super::{ClauseInput, Contract, MoveErrorCode};
use crate::graphql::{
    error::{command, payload},
    scalar::Kind,
};

/// One clause of an amendment.
#[derive(Clone, Debug, InputObject)]
pub struct ContractAmendClauseInput {
    /// The contract.
    pub id: ID,
    /// Its version as seen; CONFLICT when it has changed since.
    pub expected_version: i32,
    /// The clause as it reads from today; the next free number adds one.
    pub clause: ClauseInput,
    /// Why, up to 1000 characters.
    pub reason: String,
}

payload! {
    /// The answer of `contractAmendClause`.
    ContractAmendClausePayload, ContractAmendClauseUserError, MoveErrorCode, entity::contract::rules::MoveError,
    /// The contract under amendment; null when it was refused.
    contract: Contract
}

/// Puts a new revision of a clause into force and keeps the one before (变更条款).
#[derive(Default)]
pub struct AmendClauseMutation;

#[Object]
impl AmendClauseMutation {
    /// Puts a new revision of a clause into force and keeps the one before (变更条款).
    async fn contract_amend_clause(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The contract, and what the step needs.")] input: ContractAmendClauseInput,
    ) -> Result<ContractAmendClausePayload> {
        let target = Target {
            id: Kind::Contract.require(&input.id)?,
            expected_version: input.expected_version,
        };
        let input = AmendClause {
            target,
            clause: input.clause.into(),
            reason: input.reason,
        };
        command(ctx, input, |store, viewer, input| async move {
            commands::amend_clause(&store, &viewer, input).await
        })
        .await
    }
}
