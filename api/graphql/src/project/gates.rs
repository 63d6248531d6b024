//! `projectRecordRequirement` and `projectOverrideGate`.

use api_door::{
    command::{command, payload},
    scalar::{Date, Kind},
};
use async_graphql::{Context, ID, InputObject, Object, OneofObject, Result};
use entity::project::{
    commands::{self, Answer, OverrideGate, RecordRequirement},
    rules::ProjectError,
};

use super::{Project, ProjectErrorCode};

/// The document that a gate asks for.
#[derive(Clone, Debug, InputObject)]
pub struct GateDocumentInput {
    /// The number printed on it, up to 100 characters.
    pub number: String,
    /// Its date; not after today.
    pub date: Date,
    /// Its file, uploaded before.
    pub document_id: Option<ID>,
}

/// How a gate is answered.
#[derive(Clone, Debug, OneofObject)]
pub enum GateAnswerInput {
    /// The document is there.
    Document(GateDocumentInput),
    /// The law does not ask it of this project: why, up to 1000 characters.
    NotApplicableBecause(String),
}

/// A gate and its answer.
#[derive(Clone, Debug, InputObject)]
pub struct ProjectRecordRequirementInput {
    /// The project.
    pub id: ID,
    /// Its version as seen.
    pub expected_version: i32,
    /// Which gate, by the code in `Project.gates`.
    pub code: String,
    /// With what it is answered.
    pub answer: GateAnswerInput,
    /// Names this request, up to 120 characters: the same again gives the first answer and does nothing twice.
    pub idempotency_key: Option<String>,
}

payload! {
    /// The answer of `projectRecordRequirement`.
    ProjectRecordRequirementPayload, ProjectRecordRequirementUserError, ProjectErrorCode, ProjectError,
    /// The project with the answered gate; null when it was refused.
    project: Project
}

/// A gate that a leader passes.
#[derive(Clone, Debug, InputObject)]
pub struct ProjectOverrideGateInput {
    /// The project.
    pub id: ID,
    /// Its version as seen.
    pub expected_version: i32,
    /// Which gate, by the code in `Project.gates`.
    pub code: String,
    /// Why, up to 1000 characters; shown wherever the project is shown.
    pub reason: String,
    /// Names this request, up to 120 characters: the same again gives the first answer and does nothing twice.
    pub idempotency_key: Option<String>,
}

payload! {
    /// The answer of `projectOverrideGate`.
    ProjectOverrideGatePayload, ProjectOverrideGateUserError, ProjectErrorCode, ProjectError,
    /// The flagged project; null when it was refused.
    project: Project
}

/// What happens at the gates of projects.
#[derive(Default)]
pub struct GateMutation;

#[Object]
impl GateMutation {
    /// Records the document that a gate asks for, or why the gate does not apply (登记前置条件).
    async fn project_record_requirement(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The project, the gate and its answer.")]
        input: ProjectRecordRequirementInput,
    ) -> Result<ProjectRecordRequirementPayload> {
        let answer = match input.answer {
            GateAnswerInput::Document(document) => Answer::Document {
                number: document.number,
                date: document.date.into(),
                file: document
                    .document_id
                    .map(|id| Kind::Document.require(&id))
                    .transpose()?,
            },
            GateAnswerInput::NotApplicableBecause(reason) => Answer::NotApplicable { reason },
        };
        let input = RecordRequirement {
            target: super::target(&input.id, input.expected_version)?,
            code: input.code,
            answer,
        };
        command(ctx, input, |store, viewer, input| async move {
            commands::record_requirement(&store, &viewer, input).await
        })
        .await
    }

    /// A leader passes a gate although its requirement is not met; the mark stays on the project (领导特批).
    async fn project_override_gate(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The project, the gate and the reason.")] input: ProjectOverrideGateInput,
    ) -> Result<ProjectOverrideGatePayload> {
        let input = OverrideGate {
            target: super::target(&input.id, input.expected_version)?,
            code: input.code,
            reason: input.reason,
        };
        command(ctx, input, |store, viewer, input| async move {
            commands::override_gate(&store, &viewer, input).await
        })
        .await
    }
}
