//! What happens to evaluations. Their steps by themselves are in [`cycle`], the answers in [`answer`], those
//! on paper in [`paper`], what people begin by hand in [`hand`], what they decide in [`decide`], the key that seals what is answered without a name in [`keys`].

use sea_orm::{ActiveModelTrait, EntityTrait, entity::prelude::*, sea_query::OnConflict};

use super::{
    ActiveModel, Entity, Model,
    design::{self, Wording},
    reading, repository, response,
    rules::{DesignError, MoveError},
    scoring::Parameters,
};
use crate::{
    audit::commands::{Change, record, summary},
    command::{Command, commands},
    error::{CommandError, Fault, Refusal, expect_version},
    id::new_id,
    language,
    permission::{Action, Standing, require},
    store::{Store, Unit},
    table::Visible,
    viewer::Viewer,
};

commands! {
    /// Another design counts from the next evaluation on.
    ADOPT_DESIGN = "evaluation.adoptDesign" on EvaluationDesign: "采用方案", "design adopted";
    /// The forms of a quarter are compiled.
    COMPILE = "evaluation.compile" on Evaluation: "编制", "compiled", form Compile;
    /// An enterprise that has no form gets one.
    INVITE = "evaluation.invite" on Evaluation: "补发评议表", "enterprise added", form Invite;
    /// The enterprises are asked.
    OPEN = "evaluation.open" on Evaluation: "发起", "opened";
    /// Who has not answered is reminded.
    REMIND = "evaluation.remind" on Evaluation: "催评", "reminded";
    /// No more answers are taken.
    CLOSE = "evaluation.close" on Evaluation: "截止", "closed";
    /// The answers become figures.
    SCORE = "evaluation.score" on Evaluation: "计分", "scored";
    /// An answer came.
    SUBMIT = "evaluation.submit" on Evaluation: "提交答卷", "answered";
    /// Sheets of paper are issued.
    ISSUE_SHEETS = "evaluation.issueSheets" on Evaluation: "发放纸质评议表", "sheets issued";
    /// Sealed answers that no key opens are given up.
    FORGET_SEALED = "evaluation.forgetSealed" on Evaluation: "放弃无法启封的答卷", "unreadable answers discarded";
    /// A department objects to its score.
    OBJECT = "evaluation.object" on EvaluationObjection: "提出异议", "objection raised";
    /// What to decide on an objection is proposed.
    PROPOSE = "evaluation.propose" on EvaluationObjection: "拟办", "proposed";
    /// An objection is decided.
    DECIDE = "evaluation.decide" on EvaluationObjection: "决定", "decided";
    /// The leaders approve the figures.
    APPROVE = "evaluation.approve" on Evaluation: "批准", "approved", form Approve;
    /// The figures are published.
    PUBLISH = "evaluation.publish" on Evaluation: "公布", "published", form Publish;
}

pub mod answer;
pub mod cycle;
pub mod decide;
pub mod hand;
pub mod keys;
pub mod paper;

use decide::{Approve, Publish};
use hand::{Compile, Invite};

/// A new design.
#[derive(Clone, Debug)]
pub struct AdoptDesign {
    /// The version the person saw.
    pub expected_version: i32,
    /// The questions.
    pub wording: Wording,
    /// How answers become a score.
    pub parameters: Parameters,
    /// Why.
    pub reason: String,
}

/// Adopts a new design for the evaluations that have not been compiled yet. Those that have keep theirs.
pub async fn adopt_design(
    store: &Store,
    viewer: &Viewer,
    input: AdoptDesign,
) -> Result<design::Model, CommandError<DesignError>> {
    let unit = store.begin(viewer).await?;
    require(viewer, Action::DesignEvaluation, Standing::None)?;
    let newest = design_in_force(&unit).await?;
    expect_version(newest.id, newest.version, input.expected_version)?;
    let mut refusals = Vec::new();
    let mut refuse = |field, code| {
        refusals.push(Refusal {
            code,
            path: vec![field],
        });
    };
    if !input.wording.is_whole() {
        refuse("wording", DesignError::WordingInvalid);
    }
    for problem in input.parameters.check() {
        refuse("parameters", problem);
    }
    let reason = language::text(&input.reason, 1000);
    if reason.is_none() {
        refuse("reason", DesignError::ReasonInvalid);
    }
    let Some(reason) = reason.filter(|_| refusals.is_empty()) else {
        return Err(refusals.into());
    };
    let design = design::Model {
        id: new_id(unit.now()),
        version: newest.version + 1,
        wording: input.wording,
        parameters: input.parameters,
        reason: reason.clone(),
        adopted_by: viewer.account_id(),
        adopted_at: unit.now(),
    };
    keep_design(&unit, &design).await?;
    record(
        &unit,
        Change {
            command: &ADOPT_DESIGN,
            subject_id: design.id,
            before: Some(summary!({ "parameters": newest.parameters, "wording": newest.wording })),
            after: Some(summary!({ "parameters": design.parameters, "wording": design.wording })),
            reason: Some(&reason),
        },
    )
    .await?;
    unit.commit().await?;
    Ok(design)
}

/// The design that the next evaluation will have: the newest, at first the one that the product ships.
pub(crate) async fn design_in_force(unit: &Unit) -> Result<design::Model, Fault> {
    if let Some(newest) = repository::newest_design(unit.db()).await? {
        return Ok(newest);
    }
    let shipped = design::Model::shipped(unit.now());
    let row = design::ActiveModel::from(shipped).reset_all();
    // Somebody else may be doing the same at this moment.
    let known = OnConflict::column(design::Column::Version)
        .do_nothing()
        .to_owned();
    unit.insert_new(vec![row], known).await?;
    let kept = repository::newest_design(unit.db()).await?;
    kept.ok_or_else(|| Fault::Internal("no design".to_owned()))
}

async fn keep_design(unit: &Unit, design: &design::Model) -> Result<(), Fault> {
    let row = design::ActiveModel::from(design.clone()).reset_all();
    design::Entity::insert(row)
        .exec_without_returning(unit.db())
        .await?;
    Ok(())
}

/// Opens an answer with a name for its reader, and writes down that he has read it: the enterprise sees who has.
pub async fn read_answer(
    store: &Store,
    viewer: &Viewer,
    response_id: Uuid,
) -> Result<response::Model, CommandError<MoveError>> {
    let unit = store.begin(viewer).await?;
    let reader = repository::reader(viewer).ok_or(Fault::NotFound)?;
    let Some(found) = response::Entity::find_by_id(response_id)
        .one(unit.db())
        .await?
    else {
        return Err(Fault::NotFound.into());
    };
    let evaluation = Entity::found(unit.db(), viewer, found.evaluation_id).await?;
    let readable = repository::readable(unit.db(), reader, &[evaluation]).await?;
    let response = readable
        .into_values()
        .flatten()
        .find(|readable| readable.id == response_id)
        .ok_or(Fault::NotFound)?;
    let account_id = viewer.account_id().ok_or(Fault::Unauthenticated)?;
    reading::Entity::insert(
        reading::ActiveModel::from(reading::Model {
            id: new_id(unit.now()),
            response_id,
            account_id,
            at: unit.now(),
        })
        .reset_all(),
    )
    .exec_without_returning(unit.db())
    .await?;
    unit.changed("EvaluationResponse", response_id);
    unit.commit().await?;
    Ok(response)
}

/// Tells the audit trail of a step.
pub(crate) async fn told(
    unit: &Unit,
    command: &'static Command,
    before: Option<&Model>,
    after: &Model,
    reason: Option<&str>,
) -> Result<(), Fault> {
    record(
        unit,
        Change {
            command,
            subject_id: after.id,
            before: before.map(|before| summary!({ "state": before.state })),
            after: Some(summary!({ "state": after.state, "quarter": after.quarter })),
            reason,
        },
    )
    .await
}
