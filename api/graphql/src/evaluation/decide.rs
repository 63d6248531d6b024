//! `evaluationAnswerRead`, `evaluationApprove`, `evaluationPublish`.

use api_door::{
    coded::Coded,
    command::{command, payload},
    scalar::Kind,
};
use async_graphql::{Context, ID, InputObject, Object, Result};
use entity::evaluation::{
    commands::{
        decide::{self, Target},
        read_answer,
    },
    rules::MoveError,
};

use super::{Evaluation, EvaluationAnswer};

/// Which answer.
#[derive(InputObject)]
pub struct EvaluationAnswerReadInput {
    /// The answer, of the list `answers` of its evaluation.
    id: ID,
}

payload! {
    /// The answer of `evaluationAnswerRead`.
    EvaluationAnswerReadPayload, EvaluationAnswerReadUserError, Coded<entity::evaluation::rules::MoveError>, MoveError,
    /// The answer, open.
    answer: EvaluationAnswer
}

/// An approval.
#[derive(InputObject)]
pub struct EvaluationApproveInput {
    /// The evaluation.
    id: ID,
    /// Its version as seen.
    expected_version: i32,
}

payload! {
    /// The answer of `evaluationApprove`.
    EvaluationApprovePayload, EvaluationApproveUserError, Coded<entity::evaluation::rules::MoveError>, MoveError,
    /// The evaluation; null when it was refused.
    evaluation: Evaluation
}

/// A publication.
#[derive(InputObject)]
pub struct EvaluationPublishInput {
    /// The evaluation.
    id: ID,
    /// Its version as seen.
    expected_version: i32,
    /// The result of the review of what becomes public (公开条例第十七条); up to 2000 characters.
    review: String,
}

payload! {
    /// The answer of `evaluationPublish`.
    EvaluationPublishPayload, EvaluationPublishUserError, Coded<entity::evaluation::rules::MoveError>, MoveError,
    /// The evaluation; null when it was refused.
    evaluation: Evaluation
}

/// The mutations of who reads and decides.
#[derive(Default)]
pub struct EvaluationDecideMutation;

#[Object]
impl EvaluationDecideMutation {
    /// Opens an answer with a name, as far as the viewer may read it. It is written down, and the enterprise sees it.
    async fn evaluation_answer_read(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which answer.")] input: EvaluationAnswerReadInput,
    ) -> Result<EvaluationAnswerReadPayload> {
        let id = Kind::EvaluationAnswer.require(&input.id)?;
        command(ctx, id, |store, viewer, id| async move {
            read_answer(&store, &viewer, id).await
        })
        .await
    }

    /// As LEADER: approves the figures, after the last day for objections and when each is decided. The heads are told of their
    /// departments, the leaders of all.
    async fn evaluation_approve(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The approval.")] input: EvaluationApproveInput,
    ) -> Result<EvaluationApprovePayload> {
        let target = Target {
            id: Kind::Evaluation.require(&input.id)?,
            expected_version: input.expected_version,
        };
        command(ctx, target, |store, viewer, target| async move {
            decide::approve(&store, &viewer, target).await
        })
        .await
    }

    /// As CENTRE: publishes the approved figures, after the review of what becomes public. Everybody may read them from then on.
    async fn evaluation_publish(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The publication.")] input: EvaluationPublishInput,
    ) -> Result<EvaluationPublishPayload> {
        let target = Target {
            id: Kind::Evaluation.require(&input.id)?,
            expected_version: input.expected_version,
        };
        let input = (target, input.review);
        command(ctx, input, |store, viewer, (target, review)| async move {
            decide::publish(&store, &viewer, target, &review).await
        })
        .await
    }
}
