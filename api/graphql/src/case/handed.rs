//! What `caseAskCorrection`, `caseComplete` and `caseHandIn` take and answer: they have lists, so they have no form.

use api_door::{coded::Coded, command::payload, scalar::Kind};
use async_graphql::{ID, InputObject};
use entity::{
    case::{
        commands::{AskCorrection, Complete, HandIn, Handing, NewLine},
        rules::CaseError,
    },
    error::Fault,
};

use super::Case;

/// One thing that is missing.
#[derive(Clone, Debug, InputObject)]
pub struct CaseNoticeLineInput {
    /// Why, by the code in `Case.correctionReasons`.
    pub reason: String,
    /// Which material, by the key in `Case.materials`.
    pub material: Option<String>,
    /// Which field, by the key in `Case.fields`; of what is about no material.
    pub field: Option<String>,
    /// What is to be done, up to 500 characters.
    pub text: String,
}

/// What is missing, to be told once.
#[derive(Clone, Debug, InputObject)]
pub struct CaseAskCorrectionInput {
    /// The case.
    pub id: ID,
    /// Its version as seen.
    pub expected_version: i32,
    /// What is missing, up to 50 lines.
    pub lines: Vec<CaseNoticeLineInput>,
    /// Why the first notice did not have it, up to 1000 characters; of every further notice. The supervisor reads it.
    pub again_for: Option<String>,
}

payload! {
    /// The answer of `caseAskCorrection`.
    CaseAskCorrectionPayload, CaseAskCorrectionUserError, Coded<CaseError>, CaseError,
    /// The case; null when it was refused.
    case: Case
}

impl TryFrom<CaseAskCorrectionInput> for AskCorrection {
    type Error = Fault;

    fn try_from(input: CaseAskCorrectionInput) -> Result<Self, Fault> {
        let lines = input.lines.into_iter().map(|line| NewLine {
            reason: line.reason,
            material: line.material,
            field: line.field,
            text: line.text,
        });
        Ok(Self {
            id: Kind::Case.require(&input.id)?,
            expected_version: input.expected_version,
            lines: lines.collect(),
            again_for: input.again_for,
        })
    }
}

/// The files of one material.
#[derive(Clone, Debug, InputObject)]
pub struct CaseMaterialInput {
    /// The material, by the key in `Case.materials`.
    pub material: String,
    /// Its files, uploaded before; up to 10 of all materials together.
    pub document_ids: Vec<ID>,
}

fn handing(materials: Vec<CaseMaterialInput>) -> Result<Vec<Handing>, Fault> {
    let handing = |one: CaseMaterialInput| {
        let ids = one.document_ids.iter().map(|id| Kind::Document.require(id));
        Ok(Handing {
            material: one.material,
            document_ids: ids.collect::<Result<_, Fault>>()?,
        })
    };
    materials.into_iter().map(handing).collect()
}

/// What completes a case.
#[derive(Clone, Debug, InputObject)]
pub struct CaseCompleteInput {
    /// The case.
    pub id: ID,
    /// Its version as seen.
    pub expected_version: i32,
    /// The files of the materials that were asked for.
    pub materials: Vec<CaseMaterialInput>,
    /// What is said to the lines that are about no material, up to 1000 characters.
    pub note: Option<String>,
}

payload! {
    /// The answer of `caseComplete`.
    CaseCompletePayload, CaseCompleteUserError, Coded<CaseError>, CaseError,
    /// The case; null when it was refused.
    case: Case
}

impl TryFrom<CaseCompleteInput> for Complete {
    type Error = Fault;

    fn try_from(input: CaseCompleteInput) -> Result<Self, Fault> {
        Ok(Self {
            id: Kind::Case.require(&input.id)?,
            expected_version: input.expected_version,
            materials: handing(input.materials)?,
            note: input.note,
        })
    }
}

/// Materials that were allowed to follow.
#[derive(Clone, Debug, InputObject)]
pub struct CaseHandInInput {
    /// The case.
    pub id: ID,
    /// Its version as seen.
    pub expected_version: i32,
    /// The files of the materials.
    pub materials: Vec<CaseMaterialInput>,
}

payload! {
    /// The answer of `caseHandIn`.
    CaseHandInPayload, CaseHandInUserError, Coded<CaseError>, CaseError,
    /// The case; null when it was refused.
    case: Case
}

impl TryFrom<CaseHandInInput> for HandIn {
    type Error = Fault;

    fn try_from(input: CaseHandInInput) -> Result<Self, Fault> {
        Ok(Self {
            id: Kind::Case.require(&input.id)?,
            expected_version: input.expected_version,
            materials: handing(input.materials)?,
        })
    }
}
