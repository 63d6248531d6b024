//! `evaluationAdoptDesign`.

use api_door::coded::Coded;
use api_door::command::{command, payload};
use async_graphql::{Context, InputObject, Object, Result};
use entity::evaluation::{
    commands::{AdoptDesign, adopt_design},
    rules::DesignError,
};

use super::design::{EvaluationDesign, ParametersInput, Question, wording};

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
    EvaluationAdoptDesignPayload, EvaluationAdoptDesignUserError, Coded<entity::evaluation::rules::DesignError>, DesignError,
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
