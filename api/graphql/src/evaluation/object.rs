//! `evaluationObject`, `evaluationObjectionPropose`, `evaluationObjectionDecide`: objections of departments.

use api_door::{
    coded::Coded,
    command::{command, payload},
    scalar::Kind,
};
use async_graphql::{Context, ID, InputObject, Object, Result};
use entity::evaluation::{
    commands::decide::{self, Propose, Target},
    rules::MoveError,
};

use super::EvaluationObjection;

/// An objection.
#[derive(InputObject)]
pub struct EvaluationObjectInput {
    /// The evaluation.
    evaluation_id: ID,
    /// What is mistaken, and why; up to 2000 characters.
    reason: String,
    /// Idempotency key, up to 120 characters: a repeated request gets the first answer, and nothing is done twice.
    idempotency_key: Option<String>,
}

payload! {
    /// The answer of `evaluationObject`.
    EvaluationObjectPayload, EvaluationObjectUserError, Coded<entity::evaluation::rules::MoveError>, MoveError,
    /// The objection; null when it was refused.
    objection: EvaluationObjection
}

/// A proposal on an objection.
#[derive(InputObject)]
pub struct EvaluationObjectionProposeInput {
    /// The objection.
    id: ID,
    /// Its version as seen.
    expected_version: i32,
    /// Whether to uphold it.
    uphold: bool,
    /// The named answers to be left out when it is upheld.
    #[graphql(default)]
    excluded: Vec<ID>,
    /// Why; up to 2000 characters.
    opinion: String,
}

payload! {
    /// The answer of `evaluationObjectionPropose`.
    EvaluationObjectionProposePayload, EvaluationObjectionProposeUserError, Coded<entity::evaluation::rules::MoveError>, MoveError,
    /// The objection; null when it was refused.
    objection: EvaluationObjection
}

/// A decision on an objection.
#[derive(InputObject)]
pub struct EvaluationObjectionDecideInput {
    /// The objection.
    id: ID,
    /// Its version as seen.
    expected_version: i32,
    /// Whether to uphold it.
    uphold: bool,
}

payload! {
    /// The answer of `evaluationObjectionDecide`.
    EvaluationObjectionDecidePayload, EvaluationObjectionDecideUserError, Coded<entity::evaluation::rules::MoveError>, MoveError,
    /// The objection; null when it was refused.
    objection: EvaluationObjection
}

/// The mutations of objections.
#[derive(Default)]
pub struct EvaluationObjectMutation;

#[Object]
impl EvaluationObjectMutation {
    /// As a head: objects to what is said of the own department, within five working days of the scores.
    async fn evaluation_object(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The objection.")] input: EvaluationObjectInput,
    ) -> Result<EvaluationObjectPayload> {
        let input = (
            Kind::Evaluation.require(&input.evaluation_id)?,
            input.reason,
        );
        command(
            ctx,
            input,
            |store, viewer, (evaluation, reason)| async move {
                decide::object(&store, &viewer, evaluation, &reason).await
            },
        )
        .await
    }

    /// As CENTRE: proposes what to decide. It may be proposed anew until it is decided.
    async fn evaluation_objection_propose(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The proposal.")] input: EvaluationObjectionProposeInput,
    ) -> Result<EvaluationObjectionProposePayload> {
        let excluded = input
            .excluded
            .iter()
            .map(|id| Kind::EvaluationAnswer.require(id));
        let input = Propose {
            target: Target {
                id: Kind::EvaluationObjection.require(&input.id)?,
                expected_version: input.expected_version,
            },
            uphold: input.uphold,
            excluded: excluded.collect::<std::result::Result<_, _>>()?,
            opinion: input.opinion,
        };
        command(ctx, input, |store, viewer, input| async move {
            decide::propose(&store, &viewer, input).await
        })
        .await
    }

    /// As LEADER: decides. When it is upheld the figures are made anew without the answers named; both are kept.
    async fn evaluation_objection_decide(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The decision.")] input: EvaluationObjectionDecideInput,
    ) -> Result<EvaluationObjectionDecidePayload> {
        let target = Target {
            id: Kind::EvaluationObjection.require(&input.id)?,
            expected_version: input.expected_version,
        };
        let input = (target, input.uphold);
        command(ctx, input, |store, viewer, (target, uphold)| async move {
            decide::decide(&store, &viewer, target, uphold).await
        })
        .await
    }
}
