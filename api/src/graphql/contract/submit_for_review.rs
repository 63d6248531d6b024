//! `contractSubmitForReview`.

use async_graphql::{Context, ID, InputObject, Object, Result};
use entity::contract::commands::{self, SubmitForReview, Target};

use super::{Contract, MoveErrorCode};
use crate::graphql::{
    error::{command, payload},
    scalar::Kind,
};

/// The two opinions that stand before an approval.
#[derive(Clone, Debug, InputObject)]
pub struct ContractSubmitForReviewInput {
    /// The contract.
    pub id: ID,
    /// Its version as seen; CONFLICT when it has changed since.
    pub expected_version: i32,
    /// The opinion on legality (合法性审查意见), up to 2000 characters.
    pub legality_opinion: String,
    /// The opinion on fair competition (公平竞争审查意见), up to 2000 characters.
    pub fair_competition_opinion: String,
}

payload! {
    /// The answer of `contractSubmitForReview`.
    ContractSubmitForReviewPayload, ContractSubmitForReviewUserError, MoveErrorCode, entity::contract::rules::MoveError,
    /// The contract under review; null when it was refused.
    contract: Contract
}

/// Records the two opinions and lays a draft before the leaders (提交审查).
#[derive(Default)]
pub struct SubmitForReviewMutation;

#[Object]
impl SubmitForReviewMutation {
    /// Records the two opinions and lays a draft before the leaders (提交审查).
    async fn contract_submit_for_review(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The contract, and what the step needs.")]
        input: ContractSubmitForReviewInput,
    ) -> Result<ContractSubmitForReviewPayload> {
        let target = Target {
            id: Kind::Contract.require(&input.id)?,
            expected_version: input.expected_version,
        };
        let input = SubmitForReview {
            target,
            legality_opinion: input.legality_opinion,
            fair_competition_opinion: input.fair_competition_opinion,
        };
        command(ctx, input, |store, viewer, input| async move {
            commands::submit_for_review(&store, &viewer, input).await
        })
        .await
    }
}
