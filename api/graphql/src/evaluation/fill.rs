//! `evaluationChoose`, `evaluationSaveDraft`, `evaluationSubmit`: open to whoever has the link of an invitation.

use api_door::{
    coded::Coded,
    command::{command, payload},
};
use async_graphql::{Context, InputObject, Object, Result};
use entity::evaluation::{
    commands::answer::{self, Access, Submit},
    rules::AnswerError,
};

use super::{
    answers::AnswersInput,
    form::{AccessInput, EvaluationForm, EvaluationResponse},
};

/// How open the answer will be.
#[derive(InputObject)]
pub struct EvaluationChooseInput {
    /// Which form.
    access: AccessInput,
    /// How open.
    confidentiality: Coded<entity::evaluation::Confidentiality>,
}

payload! {
    /// The answer of `evaluationChoose`.
    EvaluationChoosePayload, EvaluationChooseUserError, Coded<entity::evaluation::rules::AnswerError>, AnswerError,
    /// The form; null when it was refused.
    form: EvaluationForm
}

/// What has been answered so far.
#[derive(InputObject)]
pub struct EvaluationSaveDraftInput {
    /// Which form.
    access: AccessInput,
    /// What is answered.
    answers: AnswersInput,
    /// The version of the draft as seen; 0 when there is none.
    expected_version: i32,
}

payload! {
    /// The answer of `evaluationSaveDraft`.
    EvaluationSaveDraftPayload, EvaluationSaveDraftUserError, Coded<entity::evaluation::rules::AnswerError>, AnswerError,
    /// The draft; null when it was refused.
    response: EvaluationResponse
}

/// The answer.
#[derive(InputObject)]
pub struct EvaluationSubmitInput {
    /// Which form.
    access: AccessInput,
    /// What is answered.
    answers: AnswersInput,
    /// How to call back, if that is wished (F1), up to 200 characters; kept apart from the answers.
    call_back: Option<String>,
    /// The version of the draft as seen; 0 when there is none.
    expected_version: i32,
}

payload! {
    /// The answer of `evaluationSubmit`.
    EvaluationSubmitPayload, EvaluationSubmitUserError, Coded<entity::evaluation::rules::AnswerError>, AnswerError,
    /// The form; null when it was refused.
    form: EvaluationForm
}

/// The mutations of who answers.
#[derive(Default)]
pub struct EvaluationFillMutation;

#[Object]
impl EvaluationFillMutation {
    /// Chooses how open the answer will be; it can be chosen anew until something has been saved.
    async fn evaluation_choose(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The choice.")] input: EvaluationChooseInput,
    ) -> Result<EvaluationChoosePayload> {
        let input: (Access, _) = (input.access.read()?, input.confidentiality.0);
        command(ctx, input, |store, viewer, (access, chosen)| async move {
            answer::choose(&store, &viewer, &access, chosen).await
        })
        .await
    }

    /// Saves what has been answered so far, of an answer with a name. One without stays in the browser until it is given.
    async fn evaluation_save_draft(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The draft.")] input: EvaluationSaveDraftInput,
    ) -> Result<EvaluationSaveDraftPayload> {
        let answers = input.answers.read()?;
        let input = (input.access.read()?, answers, input.expected_version);
        command(
            ctx,
            input,
            |store, viewer, (access, answers, version)| async move {
                answer::save_draft(&store, &viewer, &access, answers, version).await
            },
        )
        .await
    }

    /// Submits the answer, once and finally. Of an answer without a name no trace leads to the enterprise.
    async fn evaluation_submit(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The answer.")] input: EvaluationSubmitInput,
    ) -> Result<EvaluationSubmitPayload> {
        let submit = Submit {
            answers: input.answers.read()?,
            call_back: input.call_back,
            expected_version: input.expected_version,
        };
        let input = (input.access.read()?, submit);
        command(ctx, input, |store, viewer, (access, submit)| async move {
            answer::submit(&store, &viewer, &access, submit).await
        })
        .await
    }
}
