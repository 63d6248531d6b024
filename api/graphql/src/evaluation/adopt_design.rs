//! `evaluationAdoptDesign`.

use api_door::command::{command, payload};
use async_graphql::{Context, Enum, InputObject, Object, Result};
use entity::evaluation::{
    commands::{AdoptDesign, adopt_design},
    rules::DesignError,
};

use super::design::{EvaluationDesign, ParametersInput, Question, wording};

/// Why a design is not taken.
#[derive(Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "DesignError")]
pub enum EvaluationDesignErrorCode {
    /// A question has no text in one of the languages, a text is longer than 300 characters, or a question is none of the form's.
    WordingInvalid,
    /// A level has no points, or one that says nothing has some.
    PointsIncomplete,
    /// Points do not fall from 100 to 0.
    PointsNotFalling,
    /// A question has no weight.
    WeightsIncomplete,
    /// Weights do not add up to 100.
    WeightsNotWhole,
    /// Figures would be told of fewer than 5 answers.
    PublishedTooEarly,
    /// Departments would be ranked that have no figure.
    RankedTooEarly,
    /// Bands do not fall.
    BandsNotFalling,
    /// The interval is not between 50 and 99 per cent sure.
    ConfidenceOutOfRange,
    /// No score is above 100.
    LowOutOfRange,
    /// The formula does not weigh each part, or its weights do not add up to 100.
    FormulaInvalid,
    /// A reason is missing or longer than 1000 characters.
    ReasonInvalid,
}

/// A new design.
#[derive(InputObject)]
pub struct EvaluationAdoptDesignInput {
    /// The version of the design as seen.
    expected_version: i32,
    /// All questions of the form.
    questions: Vec<Question>,
    /// Weights, points and thresholds.
    parameters: ParametersInput,
    /// Why; up to 1000 characters.
    reason: String,
}

payload! {
    /// The answer of `evaluationAdoptDesign`.
    EvaluationAdoptDesignPayload, EvaluationAdoptDesignUserError, EvaluationDesignErrorCode, DesignError,
    /// The new design; null when it was refused.
    design: EvaluationDesign
}

/// The mutation `evaluationAdoptDesign`.
#[derive(Default)]
pub struct EvaluationAdoptDesignMutation;

#[Object]
impl EvaluationAdoptDesignMutation {
    /// As CENTRE: adopts a new design for the evaluations that have not been compiled yet. Those that have keep theirs.
    async fn evaluation_adopt_design(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The design.")] input: EvaluationAdoptDesignInput,
    ) -> Result<EvaluationAdoptDesignPayload> {
        let input = AdoptDesign {
            expected_version: input.expected_version,
            wording: wording(input.questions),
            parameters: input.parameters.read(),
            reason: input.reason,
        };
        command(ctx, input, |store, viewer, input| async move {
            adopt_design(&store, &viewer, input).await
        })
        .await
    }
}
