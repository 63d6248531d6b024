//! The hard gates (法定前置条件) of projects, and `projectRecordRequirement`, which answers one.

use api_door::{
    coded::Coded,
    command::payload,
    loaders,
    scalar::{Date, DateTime, Kind},
};
use async_graphql::{Context, ID, InputObject, Object, OneofObject, Result};
use entity::{
    error::Fault,
    project::{
        commands::{Answer, RecordRequirement},
        requirement, rules,
        rules::ProjectError,
    },
};

use super::{Project, ProjectErrorCode};
use crate::document::{Document, DocumentById};

/// A hard gate (法定前置条件) and how a project answered it.
pub struct Gate(
    pub(super) &'static rules::Gate,
    pub(super) Option<requirement::Model>,
);

/// A hard gate (法定前置条件) and how a project answered it.
#[Object(name = "ProjectGate")]
impl Gate {
    /// What it is called in `projectRecordRequirement`.
    async fn code(&self) -> &str {
        self.0.code
    }

    /// Its name in Chinese.
    async fn name_zh(&self) -> &str {
        self.0.name_zh
    }

    /// Its name in English.
    async fn name_en(&self) -> &str {
        self.0.name_en
    }

    /// Law and article.
    async fn legal_basis(&self) -> &str {
        self.0.legal_basis
    }

    /// The stage it guards, from 1 to 10.
    async fn stage_number(&self) -> i32 {
        match self.0.transition {
            rules::Transition::Enter(stage) | rules::Transition::Leave(stage) => stage,
        }
    }

    /// Which step of that stage it guards.
    async fn step(&self) -> Coded<rules::GateStep> {
        self.0.transition.step().into()
    }

    /// How it was answered; null while it is open.
    async fn outcome(&self) -> Option<Coded<requirement::Outcome>> {
        self.1.as_ref().map(|answer| answer.outcome.into())
    }

    /// The number printed on the document that meets it.
    async fn document_number(&self) -> Option<&str> {
        self.1.as_ref()?.document_number.as_deref()
    }

    /// The date of that document.
    async fn document_date(&self) -> Option<Date> {
        self.1.as_ref()?.document_date.map(Date)
    }

    /// Its file; null when none was uploaded, or when it is not for this viewer.
    async fn document(&self, ctx: &Context<'_>) -> Result<Option<Document>> {
        let Some(id) = self.1.as_ref().and_then(|answer| answer.document_id) else {
            return Ok(None);
        };
        Ok(loaders::one::<DocumentById>(ctx, id).await?.map(Document))
    }

    /// Why it does not apply, or why a leader passed it.
    async fn reason(&self) -> Option<&str> {
        self.1.as_ref()?.reason.as_deref()
    }

    /// When it was answered.
    async fn recorded_at(&self) -> Option<DateTime> {
        self.1.as_ref().map(|answer| answer.recorded_at.into())
    }
}

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
    /// Idempotency key, up to 120 characters: a repeated request gets the first answer, and nothing is done twice.
    pub idempotency_key: Option<String>,
}

payload! {
    /// The answer of `projectRecordRequirement`.
    ProjectRecordRequirementPayload, ProjectRecordRequirementUserError, ProjectErrorCode, ProjectError,
    /// The project with the answered gate; null when it was refused.
    project: Project
}

impl TryFrom<ProjectRecordRequirementInput> for RecordRequirement {
    type Error = Fault;

    fn try_from(input: ProjectRecordRequirementInput) -> Result<Self, Fault> {
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
        Ok(Self {
            id: Kind::Project.require(&input.id)?,
            expected_version: input.expected_version,
            code: input.code,
            answer,
        })
    }
}
