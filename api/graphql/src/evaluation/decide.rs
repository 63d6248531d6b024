//! `evaluationAnswerRead`, `evaluationApprove`, `evaluationPublish`.

use api_door::{
    coded::Coded,
    command::{command, payload},
    form::{Input, Payload, run},
    scalar::Kind,
};
use async_graphql::{Context, ID, InputObject, Object, Result};
use entity::evaluation::{
    commands::{
        decide::{self, Approve, Publish},
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
        #[graphql(desc = "The approval.")] input: Input<Approve>,
    ) -> Result<Payload<Approve, Evaluation>> {
        run(ctx, input, decide::approve).await
    }

    /// As CENTRE: publishes the approved figures, after the review of what becomes public. Everybody may read them from then on.
    async fn evaluation_publish(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The publication.")] input: Input<Publish>,
    ) -> Result<Payload<Publish, Evaluation>> {
        run(ctx, input, decide::publish).await
    }
}
