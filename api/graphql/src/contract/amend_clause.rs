//! `contractAmendClause`.

use api_door::{coded::Coded, command::payload, scalar::Kind};
use async_graphql::{ID, InputObject};
use entity::{
    contract::{commands::AmendClause, rules::MoveError},
    error::Fault,
};

use super::{ClauseInput, Contract};

/// The contract, and what the step needs.
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
    /// Idempotency key, up to 120 characters: a repeated request gets the first answer, and nothing is done twice.
    pub idempotency_key: Option<String>,
}

impl ContractAmendClauseInput {
    pub(super) fn read(self) -> Result<AmendClause, Fault> {
        Ok(AmendClause {
            id: Kind::Contract.require(&self.id)?,
            expected_version: self.expected_version,
            clause: self.clause.into(),
            reason: self.reason,
        })
    }
}

payload! {
    /// The contract after the step, or the reasons why nothing changed.
    ContractAmendClausePayload, ContractAmendClauseUserError, Coded<MoveError>, MoveError,
    /// The contract after the step; null when it was refused.
    contract: Contract
}
