//! What happens to projects. Every change counts up the version of the project, so that two people never step on each other.

use chrono::NaiveDate;
use sea_orm::{
    ActiveValue::Set,
    EntityTrait, QueryFilter,
    entity::prelude::*,
    sea_query::{Expr, ExprTrait},
};

use super::{
    ActiveModel, Column, Entity, Model, State, progress, repository,
    requirement::{self, Outcome},
    rules::{self, ProjectError},
    stage,
};
use crate::{
    audit::commands::{Change, Summary, record, summary},
    command::{Command, commands},
    contract, document,
    error::{CommandError, Fault, expect_saved},
    id::new_id,
    language, liaison,
    permission::{Action, require},
    store::{Store, Unit},
    viewer::Viewer,
};

commands! {
    /// A project is entered.
    CREATE = "project.create" on Project: "新建", "created";
    /// A stage begins.
    ENTER_STAGE = "project.enter_stage" on Project: "进入阶段", "stage begun";
    /// A stage is finished.
    LEAVE_STAGE = "project.leave_stage" on Project: "完成阶段", "stage finished";
    /// A requirement of a gate is answered.
    RECORD_REQUIREMENT = "project.record_requirement" on Project: "登记前置条件", "gate answered";
    /// A leader lets a project pass.
    OVERRIDE_GATE = "project.override_gate" on Project: "领导特批", "gate passed by a leader";
    /// A project rests.
    HOLD = "project.hold" on Project: "暂缓", "put on hold";
    /// A project is given up.
    DROP = "project.drop" on Project: "终止", "dropped";
    /// A project goes on.
    RESUME = "project.resume" on Project: "恢复", "resumed";
    /// Progress is reported.
    REPORT_PROGRESS = "project.report_progress" on Project: "填报进展", "progress reported";
}

type Outcomes = Result<Model, CommandError<ProjectError>>;

/// A project and the version that was seen.
#[derive(Clone, Copy, Debug)]
pub struct Target {
    /// The project.
    pub id: Uuid,
    /// Its version when it was read.
    pub expected_version: i32,
}

/// A new project.
#[derive(Clone, Debug)]
pub struct Create {
    /// The contract that names it.
    pub contract_id: Uuid,
    /// What people call it.
    pub name: String,
}

/// Records a project with its ten stages, none of them entered. Its milestones are made by
/// [`crate::milestone::commands::create_project`].
pub(crate) async fn create_in(unit: &Unit, input: Create) -> Outcomes {
    let viewer = unit.viewer();
    let contract = contract::repository::find(unit.db(), viewer, input.contract_id)
        .await?
        .ok_or(Fault::NotFound)?;
    let standing = liaison::repository::standing(unit.db(), viewer, contract.enterprise_id).await?;
    require(viewer, Action::ManageProjects, standing)?;
    if matches!(
        contract.state,
        contract::State::Expired | contract::State::Terminated | contract::State::Renewed
    ) {
        return Err(CommandError::refused(
            &["contractId"],
            ProjectError::ContractOver,
        ));
    }
    let name = language::line(&input.name, 200)
        .ok_or_else(|| CommandError::refused(&["name"], ProjectError::NameInvalid))?;
    let others = repository::of_contracts(unit.db(), viewer, &[contract.id]).await?;
    if others.iter().any(|other| other.name == name) {
        return Err(CommandError::refused(&["name"], ProjectError::NameTaken));
    }
    let project = Model {
        id: new_id(unit.now()),
        contract_id: contract.id,
        enterprise_id: contract.enterprise_id,
        name,
        state: State::Active,
        state_reason: None,
        created_at: unit.now(),
        version: 1,
    };
    Entity::insert(ActiveModel::from(project.clone()).reset_all())
        .exec_without_returning(unit.db())
        .await?;
    let stages = stage::STAGES
        .iter()
        .map(|stage| rules::unentered(new_id(unit.now()), project.id, stage));
    stage::Entity::insert_many(stages)
        .exec_without_returning(unit.db())
        .await?;
    let after = summary!({ "name": project.name, "contractId": project.contract_id });
    note(unit, project.id, &CREATE, None, Some(after), None).await?;
    Ok(project)
}

/// A step into or out of a stage.
#[derive(Clone, Copy, Debug)]
pub struct Step {
    /// The project.
    pub target: Target,
    /// The stage, from 1.
    pub number: i32,
    /// The day.
    pub on: NaiveDate,
}

/// The project begins a stage. The stages before it are finished and its gates answered.
pub async fn enter_stage(store: &Store, viewer: &Viewer, input: Step) -> Outcomes {
    step(store, viewer, input, true).await
}

/// The project finishes a stage. Leaving the last one makes it done.
pub async fn leave_stage(store: &Store, viewer: &Viewer, input: Step) -> Outcomes {
    step(store, viewer, input, false).await
}

async fn step(store: &Store, viewer: &Viewer, input: Step, enters: bool) -> Outcomes {
    let unit = store.begin(viewer).await?;
    let project = load(&unit, input.target, Action::ManageProjects).await?;
    let stages = repository::stages_of(unit.db(), viewer, &[project.id]).await?;
    let answered = answered(&unit, project.id).await?;
    let today = unit.today();
    let (outcome, column, command) = if enters {
        (
            rules::enter(
                project.state,
                &stages,
                input.number,
                input.on,
                today,
                &answered,
            ),
            stage::Column::EnteredOn,
            &ENTER_STAGE,
        )
    } else {
        (
            rules::leave(
                project.state,
                &stages,
                input.number,
                input.on,
                today,
                &answered,
            ),
            stage::Column::LeftOn,
            &LEAVE_STAGE,
        )
    };
    outcome.map_err(|code| {
        let path: &[&'static str] = match code {
            ProjectError::StageUnknown => &["number"],
            ProjectError::DayInvalid => &["on"],
            _ => &[],
        };
        CommandError::refused(path, code)
    })?;
    stage::Entity::update_many()
        .col_expr(column, Expr::value(input.on))
        .col_expr(
            stage::Column::Version,
            Expr::col(stage::Column::Version).add(1),
        )
        .filter(stage::Column::ProjectId.eq(project.id))
        .filter(stage::Column::Number.eq(input.number))
        .exec(unit.db())
        .await?;
    let mut changed = project.clone();
    if !enters && input.number == stage::LAST {
        changed.state = State::Done;
    }
    let after = summary!({ "stage": input.number, "on": input.on, "state": changed.state });
    finish(unit, &project, changed, command, after, None).await
}

/// How a gate is answered.
#[derive(Clone, Debug)]
pub struct RecordRequirement {
    /// The project.
    pub target: Target,
    /// Which gate.
    pub code: String,
    /// With what.
    pub answer: Answer,
}

/// The answer to a gate.
#[derive(Clone, Debug)]
pub enum Answer {
    /// The document is there.
    Document {
        /// The number printed on it.
        number: String,
        /// Its date.
        date: NaiveDate,
        /// Its file.
        file: Option<Uuid>,
    },
    /// The law does not ask it of this project.
    NotApplicable {
        /// Why.
        reason: String,
    },
}

/// Records the document that a gate asks for, or why the gate does not apply.
pub async fn record_requirement(
    store: &Store,
    viewer: &Viewer,
    input: RecordRequirement,
) -> Outcomes {
    let unit = store.begin(viewer).await?;
    let project = load(&unit, input.target, Action::ManageProjects).await?;
    let mut row = open_requirement(&unit, &project, &input.code).await?;
    match input.answer {
        Answer::Document { number, date, file } => {
            let invalid = |path| CommandError::refused(&[path], ProjectError::DocumentInvalid);
            let number = language::line(&number, 100).ok_or_else(|| invalid("documentNumber"))?;
            if date > unit.today() {
                return Err(invalid("documentDate"));
            }
            if let Some(file) = file {
                let found = document::repository::find(unit.db(), viewer, file).await?;
                if found.is_none_or(|found| found.enterprise_id != Some(project.enterprise_id)) {
                    return Err(invalid("documentId"));
                }
            }
            row.outcome = Set(Outcome::Met);
            row.document_number = Set(Some(number));
            row.document_date = Set(Some(date));
            row.document_id = Set(file);
        }
        Answer::NotApplicable { reason } => {
            row.outcome = Set(Outcome::NotApplicable);
            row.reason = Set(Some(reason_of(&reason)?));
        }
    }
    answer(unit, &project, row, &RECORD_REQUIREMENT).await
}

/// A leader's decision to pass a gate.
#[derive(Clone, Debug)]
pub struct OverrideGate {
    /// The project.
    pub target: Target,
    /// Which gate.
    pub code: String,
    /// Why.
    pub reason: String,
}

/// Passes a gate although its requirement is not met; the mark stays on the project.
pub async fn override_gate(store: &Store, viewer: &Viewer, input: OverrideGate) -> Outcomes {
    let unit = store.begin(viewer).await?;
    let project = load(&unit, input.target, Action::OverrideGate).await?;
    let mut row = open_requirement(&unit, &project, &input.code).await?;
    row.outcome = Set(Outcome::Overridden);
    row.reason = Set(Some(reason_of(&input.reason)?));
    answer(unit, &project, row, &OVERRIDE_GATE).await
}

/// A gate that has no answer yet.
async fn open_requirement(
    unit: &Unit,
    project: &Model,
    code: &str,
) -> Result<requirement::ActiveModel, CommandError<ProjectError>> {
    let gate = rules::gate_called(code)
        .ok_or_else(|| CommandError::refused(&["code"], ProjectError::GateUnknown))?;
    if answered(unit, project.id)
        .await?
        .iter()
        .any(|code| code == gate.code)
    {
        return Err(CommandError::refused(&["code"], ProjectError::GateAnswered));
    }
    rules::active(project.state).map_err(|code| CommandError::refused(&[], code))?;
    Ok(requirement::ActiveModel {
        id: Set(new_id(unit.now())),
        project_id: Set(project.id),
        code: Set(gate.code.to_owned()),
        outcome: Set(Outcome::Met),
        document_number: Set(None),
        document_date: Set(None),
        document_id: Set(None),
        reason: Set(None),
        recorded_by: Set(unit.viewer().account_id()),
        recorded_at: Set(unit.now()),
    })
}

async fn answer(
    unit: Unit,
    project: &Model,
    row: requirement::ActiveModel,
    command: &'static Command,
) -> Outcomes {
    let after = summary!({ "code": row.code.as_ref(), "outcome": row.outcome.as_ref() });
    let reason = row.reason.as_ref().clone();
    requirement::Entity::insert(row)
        .exec_without_returning(unit.db())
        .await?;
    finish(
        unit,
        project,
        project.clone(),
        command,
        after,
        reason.as_deref(),
    )
    .await
}

/// A change of state with its reason.
#[derive(Clone, Debug)]
pub struct Rest {
    /// The project.
    pub target: Target,
    /// Why.
    pub reason: String,
}

/// The project rests.
pub async fn hold(store: &Store, viewer: &Viewer, input: Rest) -> Outcomes {
    rest(store, viewer, input, State::OnHold, &HOLD).await
}

/// The project is given up.
pub async fn drop(store: &Store, viewer: &Viewer, input: Rest) -> Outcomes {
    rest(store, viewer, input, State::Dropped, &DROP).await
}

async fn rest(
    store: &Store,
    viewer: &Viewer,
    input: Rest,
    state: State,
    command: &'static Command,
) -> Outcomes {
    let unit = store.begin(viewer).await?;
    let project = load(&unit, input.target, Action::ManageProjects).await?;
    if !(project.state == State::Active
        || (project.state, state) == (State::OnHold, State::Dropped))
    {
        return Err(CommandError::refused(&[], ProjectError::NotActive));
    }
    let reason = reason_of(&input.reason)?;
    let changed = Model {
        state,
        state_reason: Some(reason.clone()),
        ..project.clone()
    };
    finish(
        unit,
        &project,
        changed,
        command,
        summary!({ "state": state }),
        Some(&reason),
    )
    .await
}

/// A resting or dropped project goes on.
pub async fn resume(store: &Store, viewer: &Viewer, input: Rest) -> Outcomes {
    let unit = store.begin(viewer).await?;
    let project = load(&unit, input.target, Action::ManageProjects).await?;
    rules::resting(project.state).map_err(|code| CommandError::refused(&[], code))?;
    let reason = reason_of(&input.reason)?;
    let changed = Model {
        state: State::Active,
        state_reason: None,
        ..project.clone()
    };
    let after = summary!({ "state": State::Active });
    finish(unit, &project, changed, &RESUME, after, Some(&reason)).await
}

/// A report of progress.
#[derive(Clone, Debug)]
pub struct ReportProgress {
    /// The project.
    pub target: Target,
    /// The day it speaks of.
    pub reported_on: NaiveDate,
    /// How much is done, 0 to 100.
    pub percent: i32,
    /// What was done, what blocks.
    pub note: String,
}

/// Records how far the project is, in the words of who reports.
pub async fn report_progress(store: &Store, viewer: &Viewer, input: ReportProgress) -> Outcomes {
    let unit = store.begin(viewer).await?;
    let project = load(&unit, input.target, Action::ReportProgress).await?;
    rules::active(project.state).map_err(|code| CommandError::refused(&[], code))?;
    if !(0..=100).contains(&input.percent) {
        return Err(CommandError::refused(
            &["percent"],
            ProjectError::PercentInvalid,
        ));
    }
    if input.reported_on > unit.today() {
        return Err(CommandError::refused(
            &["reportedOn"],
            ProjectError::DayInvalid,
        ));
    }
    let text = language::text(&input.note, 2000)
        .ok_or_else(|| CommandError::refused(&["note"], ProjectError::NoteInvalid))?;
    progress::Entity::insert(progress::ActiveModel {
        id: Set(new_id(unit.now())),
        project_id: Set(project.id),
        reported_on: Set(input.reported_on),
        percent: Set(input.percent),
        note: Set(text),
        reported_by: Set(viewer.account_id()),
        reported_at: Set(unit.now()),
    })
    .exec_without_returning(unit.db())
    .await?;
    let after = summary!({ "percent": input.percent, "reportedOn": input.reported_on });
    finish(
        unit,
        &project,
        project.clone(),
        &REPORT_PROGRESS,
        after,
        None,
    )
    .await
}

fn reason_of(given: &str) -> Result<String, CommandError<ProjectError>> {
    language::text(given, 1000)
        .ok_or_else(|| CommandError::refused(&["reason"], ProjectError::ReasonInvalid))
}

/// The project as the viewer saw it, if he may do `action` to it.
pub(crate) async fn load(unit: &Unit, target: Target, action: Action) -> Result<Model, Fault> {
    let project = repository::load(unit, target.id, target.expected_version).await?;
    let standing =
        liaison::repository::standing(unit.db(), unit.viewer(), project.enterprise_id).await?;
    require(unit.viewer(), action, standing)?;
    Ok(project)
}

async fn answered(unit: &Unit, project_id: Uuid) -> Result<Vec<String>, Fault> {
    let rows = repository::requirements_of(unit.db(), unit.viewer(), &[project_id]).await?;
    Ok(rows.into_iter().map(|row| row.code).collect())
}

async fn note(
    unit: &Unit,
    subject_id: Uuid,
    command: &'static Command,
    before: Option<Summary>,
    after: Option<Summary>,
    reason: Option<&str>,
) -> Result<(), Fault> {
    let change = Change {
        command,
        subject_id,
        before,
        after,
        reason,
    };
    record(unit, change).await
}

/// Saves the project under its next version, writes the audit entry and makes it true.
async fn finish(
    unit: Unit,
    before: &Model,
    changed: Model,
    command: &'static Command,
    after: Summary,
    reason: Option<&str>,
) -> Outcomes {
    let changed = save(&unit, before, changed).await?;
    let was = summary!({ "state": before.state });
    note(&unit, before.id, command, Some(was), Some(after), reason).await?;
    unit.commit().await?;
    Ok(changed)
}

/// The guarded save: only over the version that was seen.
pub(crate) async fn save(unit: &Unit, before: &Model, changed: Model) -> Result<Model, Fault> {
    let changed = Model {
        version: before.version + 1,
        ..changed
    };
    let saved = Entity::update_many()
        .col_expr(Column::State, Expr::value(changed.state.to_value()))
        .col_expr(
            Column::StateReason,
            Expr::value(changed.state_reason.clone()),
        )
        .col_expr(Column::Version, Expr::value(changed.version))
        .filter(Column::Id.eq(before.id))
        .filter(Column::Version.eq(before.version))
        .exec(unit.db())
        .await?;
    expect_saved(saved.rows_affected, before.id, None)?;
    Ok(changed)
}
