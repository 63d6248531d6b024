//! `contractDraft`.

use api_door::{
    command::{command, payload},
    scalar::{Date, Kind},
};
use async_graphql::{Context, ID, InputObject, Object, Result};
use entity::{
    commitment::commands::{self, DraftContract},
    contract::commands::Draft,
};

use super::{ClauseInput, Contract, DraftErrorCode};

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
    /// Names this request, up to 120 characters: the same again gives the first answer and does nothing twice.
    pub idempotency_key: Option<String>,
}

payload! {
    /// The answer of `contractDraft`.
    ContractDraftPayload, ContractDraftUserError, DraftErrorCode, entity::contract::rules::DraftError,
    /// The draft; null when it was refused.
    contract: Contract
}

/// Drafting.
#[derive(Default)]
pub struct DraftMutation;

#[Object]
impl DraftMutation {
    /// Drafts a contract for an enterprise (起草契约).
    async fn contract_draft(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The contract.")] input: ContractDraftInput,
    ) -> Result<ContractDraftPayload> {
        let input = DraftContract {
            draft: Draft {
                enterprise_id: Kind::Enterprise.require(&input.enterprise_id)?,
                number: input.number,
                park_party: input.park_party,
                park_signatory: input.park_signatory,
                enterprise_signatory: input.enterprise_signatory,
                starts_on: input.starts_on.into(),
                ends_on: input.ends_on.into(),
                clauses: input
                    .clauses
                    .map(|clauses| clauses.into_iter().map(Into::into).collect()),
            },
            standard_commitments: input.standard_commitments,
        };
        command(ctx, input, |store, viewer, input| async move {
            commands::draft_contract(&store, &viewer, input).await
        })
        .await
    }
}
