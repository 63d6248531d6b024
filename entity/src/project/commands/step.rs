//! The way of a project through its stages, and what is answered at the gates between them.

use chrono::NaiveDate;
use sea_orm::{
    ActiveValue::Set,
    EntityTrait, QueryFilter,
    entity::prelude::*,
    sea_query::{Expr, ExprTrait},
};

use super::{
    super::{
        Model, State, repository,
        requirement::{self, Outcome},
        rules::{self, ProjectError},
        stage,
    },
    ENTER_STAGE, LEAVE_STAGE, OVERRIDE_GATE, Outcomes, RECORD_REQUIREMENT, finish, load, reason_of,
};
use crate::{
    audit::commands::summary,
    command::{Command, Input, form},
    document,
    error::{CommandError, Fault},
    id::new_id,
    language,
    permission::Action,
    store::{Store, Unit},
    table::Visible,
    viewer::Viewer,
};

form! {
    /// The beginning of a stage.
    pub struct EnterStage of ENTER_STAGE by Action::ManageProjects, refused ProjectError {
        title: "进入阶段", "Start the stage";
        lead: "前一阶段已完成、法定前置条件已登记，方可进入。",
            "The previous stages must be finished and the statutory requirements recorded.";
        done: "已登记进入该阶段。", "The stage has started.";
        /// The project.
        id: Uuid = Target(Thing::Project);
        /// Its version as seen.
        expected_version: i32 = Version;
        /// The stage, from 1 to 10.
        number: i32 = Whole(1, 10), "阶段编号", "Number of the stage", "1 至 10", "From 1 to 10";
        /// The day on which it began; not after today.
        on: NaiveDate = Today, "日期", "Day", "不晚于今天", "Not after today";
    }
}

/// The project begins a stage. The stages before it are finished and its gates answered.
pub async fn enter_stage(store: &Store, viewer: &Viewer, input: EnterStage) -> Outcomes {
    let unit = store.begin(viewer).await?;
    let may = EnterStage::FORM.may;
    let project = load(&unit, input.id, input.expected_version, may).await?;
    let stages = repository::stages_of(unit.db(), viewer, &[project.id]).await?;
    let answered = answered(&unit, project.id).await?;
    let (state, today) = (project.state, unit.today());
    rules::enter(state, &stages, input.number, input.on, today, &answered).map_err(known)?;
    write(
        &unit,
        &project,
        input.number,
        stage::Column::EnteredOn,
        input.on,
    )
    .await?;
    let after = summary!({ "stage": input.number, "on": input.on, "state": project.state });
    finish(unit, &project, project.clone(), &ENTER_STAGE, after, None).await
}

form! {
    /// The end of a stage.
    pub struct LeaveStage of LEAVE_STAGE by Action::ManageProjects, refused ProjectError {
        title: "完成阶段", "Finish the stage";
        lead: "法定前置条件已登记，方可完成；完成最后一个阶段即为建成。",
            "The statutory requirements must be recorded first. Finishing the last stage completes the project.";
        done: "已登记完成该阶段。", "The stage is finished.";
        /// The project.
        id: Uuid = Target(Thing::Project);
        /// Its version as seen.
        expected_version: i32 = Version;
        /// The stage, from 1 to 10.
        number: i32 = Whole(1, 10), "阶段编号", "Number of the stage", "1 至 10", "From 1 to 10";
        /// The day on which it was finished; not after today.
        on: NaiveDate = Today, "日期", "Day", "不晚于今天", "Not after today";
    }
}

/// The project finishes a stage. Leaving the last one makes it done.
pub async fn leave_stage(store: &Store, viewer: &Viewer, input: LeaveStage) -> Outcomes {
    let unit = store.begin(viewer).await?;
    let may = LeaveStage::FORM.may;
    let project = load(&unit, input.id, input.expected_version, may).await?;
    let stages = repository::stages_of(unit.db(), viewer, &[project.id]).await?;
    let answered = answered(&unit, project.id).await?;
    let (state, today) = (project.state, unit.today());
    rules::leave(state, &stages, input.number, input.on, today, &answered).map_err(known)?;
    write(
        &unit,
        &project,
        input.number,
        stage::Column::LeftOn,
        input.on,
    )
    .await?;
    let mut changed = project.clone();
    if input.number == stage::LAST {
        changed.state = State::Done;
    }
    let after = summary!({ "stage": input.number, "on": input.on, "state": changed.state });
    finish(unit, &project, changed, &LEAVE_STAGE, after, None).await
}

/// What stands in the way of a step, beside the field that it is about.
fn known(code: ProjectError) -> CommandError<ProjectError> {
    let path: &[&'static str] = match code {
        ProjectError::StageUnknown => &["number"],
        ProjectError::DayInvalid => &["on"],
        _ => &[],
    };
    CommandError::refused(path, code)
}

/// Writes down the day of a step.
async fn write(
    unit: &Unit,
    project: &Model,
    number: i32,
    column: stage::Column,
    on: NaiveDate,
) -> Result<(), Fault> {
    stage::Entity::update_many()
        .col_expr(column, Expr::value(on))
        .col_expr(
            stage::Column::Version,
            Expr::col(stage::Column::Version).add(1),
        )
        .filter(stage::Column::ProjectId.eq(project.id))
        .filter(stage::Column::Number.eq(number))
        .exec(unit.db())
        .await?;
    Ok(())
}

/// How a gate is answered.
#[derive(Clone, Debug)]
pub struct RecordRequirement {
    /// The project.
    pub id: Uuid,
    /// Its version when it was read.
    pub expected_version: i32,
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
    let may = Action::ManageProjects;
    let project = load(&unit, input.id, input.expected_version, may).await?;
    let mut row = open_requirement(&unit, &project, &input.code).await?;
    match input.answer {
        Answer::Document { number, date, file } => {
            let invalid = |path| CommandError::refused(&[path], ProjectError::DocumentInvalid);
            let number = language::line(&number, 100).ok_or_else(|| invalid("documentNumber"))?;
            if date > unit.today() {
                return Err(invalid("documentDate"));
            }
            if let Some(file) = file {
                let found = document::Entity::one(unit.db(), viewer, file).await?;
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

form! {
    /// A gate that a leader passes.
    pub struct OverrideGate of OVERRIDE_GATE by Action::OverrideGate, refused ProjectError, keyed {
        title: "批准容缺办理", "Override the requirement";
        lead: "前置条件尚未满足，经领导批准容缺办理；会在项目各处标注。",
            "A leader approves going ahead although the requirement is not met. The project is marked wherever it is shown.";
        done: "已批准容缺办理，项目各处均会标注。", "Overridden; the project is marked wherever it is shown.";
        /// The project.
        id: Uuid = Target(Thing::Project);
        /// Its version as seen.
        expected_version: i32 = Version;
        /// Which gate, by the code in `Project.gates`.
        code: String = Line(40), "前置条件代码", "Code of the requirement";
        /// Why, up to 1000 characters; shown wherever the project is shown.
        reason: String = Lines(1000), "理由", "Reason";
    }
}

/// Passes a gate although its requirement is not met; the mark stays on the project.
pub async fn override_gate(store: &Store, viewer: &Viewer, input: OverrideGate) -> Outcomes {
    let unit = store.begin(viewer).await?;
    let may = OverrideGate::FORM.may;
    let project = load(&unit, input.id, input.expected_version, may).await?;
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

async fn answered(unit: &Unit, project_id: Uuid) -> Result<Vec<String>, Fault> {
    let rows = repository::requirements_of(unit.db(), unit.viewer(), &[project_id]).await?;
    Ok(rows.into_iter().map(|row| row.code).collect())
}
