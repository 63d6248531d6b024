//! `contractDraft`.

use api_door::{
    coded::Coded,
    command::payload,
    scalar::{Date, Kind},
};
use async_graphql::{ID, InputObject};
use entity::{
    commitment::commands::DraftContract,
    contract::{commands::Draft, rules::DraftError},
    error::Fault,
};

use super::{ClauseInput, Contract};

/// A new contract.
#[derive(Clone, Debug, InputObject)]
pub struct ContractDraftInput {
    /// The enterprise.
    pub enterprise_id: ID,
    /// The number people use; the next one of the year when not given.
    pub number: Option<String>,
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
    /// The clauses; the standard text (示范文本) when not given.
    pub clauses: Option<Vec<ClauseInput>>,
    /// Whether the standard promises (标准承诺) go into it.
    #[graphql(default = true)]
    pub standard_commitments: bool,
    /// Idempotency key, up to 120 characters: a repeated request gets the first answer, and nothing is done twice.
    pub idempotency_key: Option<String>,
}

impl ContractDraftInput {
    pub(super) fn read(self) -> Result<DraftContract, Fault> {
        Ok(DraftContract {
            draft: Draft {
                enterprise_id: Kind::Enterprise.require(&self.enterprise_id)?,
                number: self.number,
                park_party: self.park_party,
                park_signatory: self.park_signatory,
                enterprise_signatory: self.enterprise_signatory,
                starts_on: self.starts_on.into(),
                ends_on: self.ends_on.into(),
                clauses: self
                    .clauses
                    .map(|clauses| clauses.into_iter().map(Into::into).collect()),
            },
            standard_commitments: self.standard_commitments,
        })
    }
}

payload! {
    /// The answer of `contractDraft`.
    ContractDraftPayload, ContractDraftUserError, Coded<DraftError>, DraftError,
    /// The draft; null when it was refused.
    contract: Contract
}
