//! `contractChangeDraft`.

use api_door::{
    coded::Coded,
    command::payload,
    scalar::{Date, Kind},
};
use async_graphql::{ID, InputObject};
use entity::{
    contract::{
        commands::ChangeDraft,
        rules::{DraftError, Terms},
    },
    error::Fault,
};

use super::{ClauseInput, Contract};

/// The contract, and what the step needs.
#[derive(Clone, Debug, InputObject)]
pub struct ContractChangeDraftInput {
    /// The contract.
    pub id: ID,
    /// Its version as seen; CONFLICT when it has changed since.
    pub expected_version: i32,
    /// Party A's executing unit (甲方).
    pub park_party: String,
    /// The post of who signs for the park.
    pub park_signatory: Option<String>,
    /// The post of who signs for the enterprise.
    pub enterprise_signatory: Option<String>,
    /// First day of the term.
    pub starts_on: Date,
    /// Last day of the term.
    pub ends_on: Date,
    /// Clauses to change or to add; the others stay as they are.
    #[graphql(default)]
    pub clauses: Vec<ClauseInput>,
    /// Idempotency key, up to 120 characters: a repeated request gets the first answer, and nothing is done twice.
    pub idempotency_key: Option<String>,
}

impl ContractChangeDraftInput {
    pub(super) fn read(self) -> Result<ChangeDraft, Fault> {
        Ok(ChangeDraft {
            id: Kind::Contract.require(&self.id)?,
            expected_version: self.expected_version,
            terms: Terms {
                park_party: self.park_party,
                park_signatory: self.park_signatory,
                enterprise_signatory: self.enterprise_signatory,
                starts_on: self.starts_on.into(),
                ends_on: self.ends_on.into(),
                clauses: self.clauses.into_iter().map(Into::into).collect(),
            },
        })
    }
}

payload! {
    /// The contract after the step, or the reasons why nothing changed.
    ContractChangeDraftPayload, ContractChangeDraftUserError, Coded<DraftError>, DraftError,
    /// The contract after the step; null when it was refused.
    contract: Contract
}
