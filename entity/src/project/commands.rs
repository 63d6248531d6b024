//! What happens to projects. Every change counts up the version of the project, so that two people never step on each other.

use chrono::NaiveDate;
use sea_orm::{ActiveValue::Set, EntityTrait, entity::prelude::*};

use super::{
    ActiveModel, Entity, Model, State, progress, repository,
    rules::{self, ProjectError},
    stage,
};
use crate::{
    audit::commands::{Change, Summary, record, summary},
    clock::civil_date,
    command::{Command, Input, Offer, Thing, commands, form, offers},
    contract,
    error::{CommandError, Fault},
    id::new_id,
    language, liaison,
    page::grouped,
    permission::{Action, Standing, require},
    store::{Store, Unit},
    table::{Visible, save},
    viewer::Viewer,
};

commands! {
    /// A project is entered.
    CREATE = "project.create" on Project: "新建", "created", form Create;
    /// A stage begins.
    ENTER_STAGE = "project.enter_stage" on Project: "进入阶段", "stage started", form EnterStage;
    /// A stage is finished.
    LEAVE_STAGE = "project.leave_stage" on Project: "完成阶段", "stage finished", form LeaveStage;
    /// A requirement of a gate is answered.
    RECORD_REQUIREMENT = "project.record_requirement" on Project: "登记前置条件", "requirement recorded";
    /// A leader lets a project pass.
    OVERRIDE_GATE = "project.override_gate" on Project: "容缺办理（经批准）", "requirement overridden by a leader", form OverrideGate;
    /// A project rests.
    HOLD = "project.hold" on Project: "暂缓", "put on hold", form Hold;
    /// A project is given up.
    DROP = "project.drop" on Project: "终止", "terminated", form GiveUp;
    /// A project goes on.
    RESUME = "project.resume" on Project: "恢复", "resumed", form Resume;
    /// Progress is reported.
    REPORT_PROGRESS = "project.report_progress" on Project: "填报进展", "progress reported", form ReportProgress;
}

mod step;

pub use step::{
    Answer, EnterStage, LeaveStage, OverrideGate, RecordRequirement, enter_stage, leave_stage,
    override_gate, record_requirement,
};

type Outcomes = Result<Model, CommandError<ProjectError>>;

form! {
    /// A new project.
    pub struct Create of CREATE by Action::ManageProjects, refused ProjectError, keyed {
        title: "新增项目", "Add a project";
        lead: "项目新增后有十个阶段和十个未排期的里程碑。",
            "The project starts with ten stages and ten milestones that are not planned yet.";
        done: "项目已新增。", "The project has been added.";
        /// The contract that names it.
        contract_id: Uuid = Target(Thing::Contract);
        /// What people call it, up to 200 characters; unique within the contract.
        name: String = Line(200), "项目名称", "Project name", "同一契约内不重复", "Unique within the contract";
    }
}

/// Records a project with its ten stages, none of them entered. Its milestones are made by
/// [`crate::milestone::commands::create_project`].
pub(crate) async fn create_in(unit: &Unit, input: Create) -> Outcomes {
    let viewer = unit.viewer();
    let contract = contract::Entity::found(unit.db(), viewer, input.contract_id).await?;
    let standing = liaison::repository::standing(unit.db(), viewer, contract.enterprise_id).await?;
    require(viewer, Create::FORM.may, standing)?;
    rules::takes_projects(&contract)
        .map_err(|code| CommandError::refused(&["contractId"], code))?;
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
        is_planned: Some(false),
        behind_from: None,
        far_behind_from: None,
        silent_from: rules::silent_from(State::Active, unit.today(), &[], None),
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

form! {
    /// A project to be put on hold.
    pub struct Hold of HOLD by Action::ManageProjects, refused ProjectError {
        title: "暂缓项目", "Put on hold";
        lead: "暂缓期间不登记阶段、前置条件、里程碑和进展；以后可以恢复。",
            "While the project is on hold, no stages, requirements, milestones or progress can be recorded. It can be resumed later.";
        done: "项目状态已变更。", "The state of the project has changed.";
        /// The project.
        id: Uuid = Target(Thing::Project);
        /// Its version as seen.
        expected_version: i32 = Version;
        /// Why, up to 1000 characters.
        reason: String = Lines(1000), "理由", "Reason", "企业可以看到", "Visible to the enterprise";
    }
}

/// The project rests.
pub async fn hold(store: &Store, viewer: &Viewer, input: Hold) -> Outcomes {
    let unit = store.begin(viewer).await?;
    let project = load(&unit, input.id, input.expected_version, Hold::FORM.may).await?;
    turn(unit, project, State::OnHold, &input.reason, &HOLD).await
}

form! {
    /// A project to be terminated.
    pub struct GiveUp of DROP by Action::ManageProjects, refused ProjectError {
        title: "终止项目", "Terminate the project";
        lead: "终止后不再登记进展；如条件变化，仍可恢复。",
            "Progress can no longer be recorded. The project can still be resumed if circumstances change.";
        done: "项目状态已变更。", "The state of the project has changed.";
        /// The project.
        id: Uuid = Target(Thing::Project);
        /// Its version as seen.
        expected_version: i32 = Version;
        /// Why, up to 1000 characters.
        reason: String = Lines(1000), "理由", "Reason", "企业可以看到", "Visible to the enterprise";
    }
}

/// The project is given up.
pub async fn drop(store: &Store, viewer: &Viewer, input: GiveUp) -> Outcomes {
    let unit = store.begin(viewer).await?;
    let project = load(&unit, input.id, input.expected_version, GiveUp::FORM.may).await?;
    turn(unit, project, State::Dropped, &input.reason, &DROP).await
}

form! {
    /// A project to be resumed.
    pub struct Resume of RESUME by Action::ManageProjects, refused ProjectError {
        title: "恢复项目", "Resume the project";
        lead: "恢复后继续按原排期推进，预警按原计划计算。",
            "The project continues on its plan, and its light is calculated from that plan.";
        done: "项目状态已变更。", "The state of the project has changed.";
        /// The project.
        id: Uuid = Target(Thing::Project);
        /// Its version as seen.
        expected_version: i32 = Version;
        /// Why, up to 1000 characters.
        reason: String = Lines(1000), "理由", "Reason", "企业可以看到", "Visible to the enterprise";
    }
}

/// A resting or dropped project goes on.
pub async fn resume(store: &Store, viewer: &Viewer, input: Resume) -> Outcomes {
    let unit = store.begin(viewer).await?;
    let project = load(&unit, input.id, input.expected_version, Resume::FORM.may).await?;
    turn(unit, project, State::Active, &input.reason, &RESUME).await
}

/// Brings the project into the state `to`, if it may come there.
async fn turn(
    unit: Unit,
    project: Model,
    to: State,
    reason: &str,
    command: &'static Command,
) -> Outcomes {
    rules::turn(project.state, to).map_err(|code| CommandError::refused(&[], code))?;
    let reason = reason_of(reason)?;
    let changed = Model {
        state: to,
        state_reason: Some(reason.clone()).filter(|_| to != State::Active),
        ..project.clone()
    };
    let after = summary!({ "state": to });
    finish(unit, &project, changed, command, after, Some(&reason)).await
}

form! {
    /// A report of progress.
    pub struct ReportProgress of REPORT_PROGRESS by Action::ReportProgress, refused ProjectError, keyed {
        title: "填报进展", "Report progress";
        lead: "每月至少填报一次；超过一个月未填报的，列为“进展逾期未报”，项目显示黄色预警。",
            "Report at least once a month. A project without a report for more than a month is marked “report overdue” and turns yellow.";
        done: "进展已填报。", "The progress has been reported.";
        /// The project.
        id: Uuid = Target(Thing::Project);
        /// Its version as seen.
        expected_version: i32 = Version;
        /// The day it speaks of; today when not given.
        reported_on: Option<NaiveDate> = Today, "截至", "As of";
        /// How much is done, 0 to 100.
        percent: i32 = Whole(0, 100), "完成百分比", "Per cent completed", "0 至 100 的整数", "A whole number from 0 to 100";
        /// What was done, what blocks, up to 2000 characters.
        note: String = Lines(2000), "进展说明", "What was done",
            "已做的工作、存在的问题、需要谁协调", "What was done, what is blocked, who is needed";
    }
}

/// Records how far the project is, in the words of who reports.
pub async fn report_progress(store: &Store, viewer: &Viewer, input: ReportProgress) -> Outcomes {
    let unit = store.begin(viewer).await?;
    let may = ReportProgress::FORM.may;
    let project = load(&unit, input.id, input.expected_version, may).await?;
    rules::active(project.state).map_err(|code| CommandError::refused(&[], code))?;
    if !(0..=100).contains(&input.percent) {
        return Err(CommandError::refused(
            &["percent"],
            ProjectError::PercentInvalid,
        ));
    }
    let reported_on = input.reported_on.unwrap_or_else(|| unit.today());
    if reported_on > unit.today() {
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
        reported_on: Set(reported_on),
        percent: Set(input.percent),
        note: Set(text),
        reported_by: Set(viewer.account_id()),
        reported_at: Set(unit.now()),
    })
    .exec_without_returning(unit.db())
    .await?;
    let after = summary!({ "percent": input.percent, "reportedOn": reported_on });
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

/// What can be done with a project, and why not now.
pub fn offered(viewer: &Viewer, standing: Standing, project: &Model) -> Vec<Offer> {
    const TURNS: [(&Command, State); 3] = [
        (&HOLD, State::OnHold),
        (&DROP, State::Dropped),
        (&RESUME, State::Active),
    ];
    let rule = |command: &Command| {
        let mut turns = TURNS.iter();
        match turns.find(|(known, _)| known.code == command.code) {
            Some((_, to)) => rules::turn(project.state, *to),
            None => rules::active(project.state),
        }
    };
    offers(COMMANDS, Thing::Project, viewer, standing, rule)
}

/// What can be done with a contract that names projects, and why not now.
pub fn offered_to_contract(
    viewer: &Viewer,
    standing: Standing,
    contract: &contract::Model,
) -> Vec<Offer> {
    let rule = |_: &Command| rules::takes_projects(contract);
    offers(COMMANDS, Thing::Contract, viewer, standing, rule)
}

/// The project as the viewer saw it, if he may do `action` to it.
async fn load(
    unit: &Unit,
    id: Uuid,
    expected_version: i32,
    action: impl Into<Option<Action>>,
) -> Result<Model, Fault> {
    let project = repository::load(unit, id, expected_version).await?;
    let standing =
        liaison::repository::standing(unit.db(), unit.viewer(), project.enterprise_id).await?;
    require(unit.viewer(), action, standing)?;
    Ok(project)
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

/// Counts from which day on nothing will have been heard of these projects, by the stages and reports that are there.
pub(crate) async fn count_silence(unit: &Unit, projects: &mut [Model]) -> Result<(), Fault> {
    let ids: Vec<Uuid> = projects.iter().map(|project| project.id).collect();
    let reported = repository::last_reports(unit.db(), &ids).await?;
    let stages = repository::stages_of(unit.db(), unit.viewer(), &ids).await?;
    let stages = grouped(stages, |row| row.project_id);
    for project in projects {
        let recorded_on = civil_date(project.created_at, unit.zone());
        let stages = stages.get(&project.id).map_or(&[][..], Vec::as_slice);
        let reported = reported.get(&project.id).copied();
        project.silent_from = rules::silent_from(project.state, recorded_on, stages, reported);
    }
    Ok(())
}

/// Saves the project under its next version, writes the audit entry and makes it true.
async fn finish(
    unit: Unit,
    before: &Model,
    mut changed: Model,
    command: &'static Command,
    after: Summary,
    reason: Option<&str>,
) -> Outcomes {
    count_silence(&unit, std::slice::from_mut(&mut changed)).await?;
    let changed = save(&unit, before, changed).await?;
    let was = summary!({ "state": before.state });
    note(&unit, before.id, command, Some(was), Some(after), reason).await?;
    unit.commit().await?;
    Ok(changed)
}
