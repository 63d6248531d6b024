//! What happens to milestones.

use chrono::NaiveDate;
use sea_orm::{ActiveValue::Set, Condition, EntityTrait, entity::prelude::*};

use super::{
    Entity, Model, change, repository,
    rules::{self, MilestoneError},
};
use crate::{
    audit::commands::{Change, record, summary},
    calendar::{self, rules::Calendar},
    command::{Command, Form, Input, Offer, Thing, commands, form, offers},
    document,
    error::{CommandError, Fault},
    id::new_id,
    language, liaison,
    page::grouped,
    permission::{Action, Standing, require},
    project,
    store::{Store, Unit},
    table::{self, Visible},
    viewer::Viewer,
};

commands! {
    /// A milestone gets its baseline.
    PLAN = "milestone.plan" on Milestone: "排期", "planned";
    /// A milestone is expected on another day.
    CHANGE_FORECAST = "milestone.change_forecast" on Milestone: "变更预计日期", "forecast changed", news MilestoneMoved, form ChangeForecast;
    /// A milestone is reached.
    REACH = "milestone.reach" on Milestone: "登记完成", "reached", form Reach;
}

type Outcome<T> = Result<T, CommandError<MilestoneError>>;

/// Records a project of a contract, with its ten stages as unplanned milestones.
pub async fn create_project(
    store: &Store,
    viewer: &Viewer,
    input: project::commands::Create,
) -> Result<project::Model, CommandError<project::rules::ProjectError>> {
    let unit = store.begin(viewer).await?;
    let project = project::commands::create_in(&unit, input).await?;
    let rows = project::stage::STAGES.iter().map(|stage| {
        rules::unplanned(new_id(unit.now()), project.id, project.enterprise_id, stage)
    });
    Entity::insert_many(rows)
        .exec_without_returning(unit.db())
        .await?;
    unit.commit().await?;
    Ok(project)
}

/// The plan of one milestone.
#[derive(Clone, Copy, Debug)]
pub struct Planned {
    /// The milestone, without a plan until now.
    pub id: Uuid,
    /// Its version when it was read.
    pub expected_version: i32,
    /// The day.
    pub on: NaiveDate,
    /// How much of the project it is, relative to the others.
    pub weight: i32,
}

/// The first plan of some milestones of one project.
#[derive(Clone, Debug)]
pub struct Plan {
    /// The project.
    pub project_id: Uuid,
    /// Its milestones.
    pub milestones: Vec<Planned>,
}

/// Plans milestones for the first time: this baseline is kept for ever.
pub async fn plan_milestones(
    store: &Store,
    viewer: &Viewer,
    input: Plan,
) -> Outcome<project::Model> {
    let unit = store.begin(viewer).await?;
    let project = project::Entity::found(unit.db(), viewer, input.project_id).await?;
    let standing = liaison::repository::standing(unit.db(), viewer, project.enterprise_id).await?;
    require(viewer, Action::ChangeMilestones, standing)?;
    rules::goes_on(project.state).map_err(|code| CommandError::refused(&["projectId"], code))?;
    let refused = |code| CommandError::refused(&["milestones"], code);
    for planned in input.milestones {
        let before = repository::load(&unit, planned.id, planned.expected_version).await?;
        if before.project_id != project.id {
            return Err(refused(MilestoneError::Unknown));
        }
        if before.actual_on.is_some() {
            return Err(refused(MilestoneError::AlreadyReached));
        }
        if before.baseline_on.is_some() {
            return Err(refused(MilestoneError::AlreadyPlanned));
        }
        if !(1..=1000).contains(&planned.weight) {
            return Err(refused(MilestoneError::WeightInvalid));
        }
        let after = Model {
            baseline_on: Some(planned.on),
            forecast_on: Some(planned.on),
            weight: planned.weight,
            ..before.clone()
        };
        save(&unit, &before, after, &PLAN, None).await?;
    }
    keep_light_days(&unit, project.id).await?;
    let planned = project::Entity::found(unit.db(), viewer, project.id).await?;
    unit.commit().await?;
    Ok(planned)
}

form! {
    /// A new forecast and its reason.
    pub struct ChangeForecast of CHANGE_FORECAST by Action::ChangeMilestones, refused MilestoneError {
        title: "变更预计日期", "Change the forecast";
        lead: "基准日期不变；每次变更都连同理由存档。",
            "The baseline does not change; every change of the forecast is kept with its reason.";
        done: "预计日期已变更，理由已存档。", "The forecast has been changed, and the reason has been saved.";
        /// The milestone.
        id: Uuid = Target(Thing::Milestone);
        /// Its version as seen.
        expected_version: i32 = Version;
        /// The day now expected.
        forecast_on: NaiveDate = Day, "新的预计日期", "New forecast date";
        /// Why, up to 1000 characters.
        reason: String = Lines(1000), "理由", "Reason",
            "企业和领导可以看到，永久保存", "Visible to the enterprise and the leaders; stored permanently";
    }
}

/// Changes the day a milestone is expected, with a reason. The first plan stays.
pub async fn change_forecast(
    store: &Store,
    viewer: &Viewer,
    input: ChangeForecast,
) -> Outcome<Model> {
    let unit = store.begin(viewer).await?;
    let (id, version) = (input.id, input.expected_version);
    let (before, project) = load(&unit, id, version, ChangeForecast::FORM).await?;
    rules::movable(&before, project.state).map_err(|code| CommandError::refused(&[], code))?;
    let reason = language::text(&input.reason, 1000)
        .ok_or_else(|| CommandError::refused(&["reason"], MilestoneError::ReasonInvalid))?;
    change::Entity::insert(change::ActiveModel {
        id: Set(new_id(unit.now())),
        milestone_id: Set(before.id),
        forecast_from: Set(before.forecast_on),
        forecast_to: Set(Some(input.forecast_on)),
        reason: Set(reason.clone()),
        changed_by: Set(viewer.account_id()),
        changed_at: Set(unit.now()),
    })
    .exec_without_returning(unit.db())
    .await?;
    let after = Model {
        forecast_on: Some(input.forecast_on),
        ..before.clone()
    };
    let saved = save(&unit, &before, after, &CHANGE_FORECAST, Some(&reason)).await?;
    keep_light_days(&unit, saved.project_id).await?;
    unit.commit().await?;
    Ok(saved)
}

form! {
    /// A milestone that was reached.
    pub struct Reach of REACH by Action::ChangeMilestones, refused MilestoneError, keyed {
        title: "登记完成", "Record as completed";
        lead: "登记后不再变更；实际进度按权重计算。",
            "This cannot be changed later. The milestone counts towards the progress of the project by its weight.";
        done: "里程碑已登记完成。", "The milestone has been completed.";
        /// The milestone.
        id: Uuid = Target(Thing::Milestone);
        /// Its version as seen.
        expected_version: i32 = Version;
        /// The day on which it was reached; not after today.
        actual_on: NaiveDate = Today, "完成日期", "Date of completion", "不晚于今天", "Not after today";
        /// The file that proves it, uploaded before.
        evidence_document_id: Option<Uuid> = File, "佐证文件（可选）", "Supporting file (optional)";
    }
}

/// Records that a milestone was reached.
pub async fn reach(store: &Store, viewer: &Viewer, input: Reach) -> Outcome<Model> {
    let unit = store.begin(viewer).await?;
    let (id, version) = (input.id, input.expected_version);
    let (before, project) = load(&unit, id, version, Reach::FORM).await?;
    rules::open(&before, project.state).map_err(|code| CommandError::refused(&[], code))?;
    if input.actual_on > unit.today() {
        return Err(CommandError::refused(
            &["actualOn"],
            MilestoneError::DayInFuture,
        ));
    }
    if let Some(evidence) = input.evidence_document_id {
        let found = document::Entity::one(unit.db(), viewer, evidence).await?;
        if found.is_none_or(|found| found.enterprise_id != Some(before.enterprise_id)) {
            return Err(CommandError::refused(
                &["evidenceDocumentId"],
                MilestoneError::EvidenceUnknown,
            ));
        }
    }
    let after = Model {
        actual_on: Some(input.actual_on),
        evidence_document_id: input.evidence_document_id,
        ..before.clone()
    };
    let saved = save(&unit, &before, after, &REACH, None).await?;
    keep_light_days(&unit, saved.project_id).await?;
    unit.commit().await?;
    Ok(saved)
}

/// What can be done with a milestone of a project in this state, and why not now.
pub fn offered(
    viewer: &Viewer,
    standing: Standing,
    milestone: &Model,
    project: project::State,
) -> Vec<Offer> {
    let rule = |command: &Command| {
        if command.code == CHANGE_FORECAST.code {
            rules::movable(milestone, project)
        } else {
            rules::open(milestone, project)
        }
    };
    offers(COMMANDS, Thing::Milestone, viewer, standing, rule)
}

/// The milestone as the viewer saw it, if he may do to it what the form asks, and its project.
async fn load(
    unit: &Unit,
    id: Uuid,
    expected_version: i32,
    form: &Form,
) -> Result<(Model, project::Model), Fault> {
    let milestone = repository::load(unit, id, expected_version).await?;
    let standing =
        liaison::repository::standing(unit.db(), unit.viewer(), milestone.enterprise_id).await?;
    require(unit.viewer(), form.may, standing)?;
    let project = project::Entity::found(unit.db(), unit.viewer(), milestone.project_id).await?;
    Ok((milestone, project))
}

/// How many projects are counted again at once.
const AT_ONCE: u64 = 500;

/// Counts the light days of the project anew after its plan has changed. It is held, so that of two changes the later counts both.
async fn keep_light_days(unit: &Unit, project: Uuid) -> Result<(), Fault> {
    let calendar = calendar::repository::in_force(unit).await?;
    calendar::commands::require_current(unit, &calendar).await?;
    let this = Condition::all().add(project::Column::Id.eq(project));
    let held = project::repository::held_after(unit, this, None, 1).await?;
    count_light_days(unit, &calendar, held).await
}

/// Counts the light days of all planned projects anew by the calendar that has just come.
pub(crate) async fn recount_in(unit: &Unit) -> Result<(), Fault> {
    let calendar = calendar::repository::in_force(unit).await?;
    let mut after = None;
    loop {
        let planned = Condition::all().add(project::Column::IsPlanned.eq(true));
        let held = project::repository::held_after(unit, planned, after, AT_ONCE).await?;
        after = held.last().map(|last| last.id);
        if after.is_none() {
            return Ok(());
        }
        count_light_days(unit, &calendar, held).await?;
    }
}

/// Gives some of those projects their light days that an older version has left without. Says whether there were any.
pub(crate) async fn add_light_days_in(unit: &Unit) -> Result<bool, Fault> {
    let without = Condition::all().add(project::Column::IsPlanned.is_null());
    let mut held = project::repository::held_after(unit, without, None, AT_ONCE).await?;
    if held.is_empty() {
        return Ok(false);
    }
    let calendar = calendar::repository::in_force(unit).await?;
    calendar::commands::require_current(unit, &calendar).await?;
    project::commands::count_silence(unit, &mut held).await?;
    count_light_days(unit, &calendar, held).await?;
    Ok(true)
}

/// Keeps with each of these projects, which are held, on which days its plan changes its light. That is no change of the project.
async fn count_light_days(
    unit: &Unit,
    calendar: &Calendar,
    projects: Vec<project::Model>,
) -> Result<(), Fault> {
    use project::Column as Of;
    let ids: Vec<Uuid> = projects.iter().map(|project| project.id).collect();
    let plans = repository::of_projects(unit.db(), &Viewer::system("light"), &ids).await?;
    let mut plans = grouped(plans, |row| row.project_id);
    for project in projects {
        let plan = plans.remove(&project.id).unwrap_or_default();
        let days = rules::light_days(&plan, calendar);
        let is_planned = Some(days.is_some());
        let days = days.unwrap_or_default();
        let kept = (
            project.is_planned,
            project.behind_from,
            project.far_behind_from,
        );
        if kept == (is_planned, days.behind_from, days.far_behind_from) {
            continue;
        }
        project::Entity::update_many()
            .col_expr(Of::IsPlanned, Expr::value(is_planned))
            .col_expr(Of::BehindFrom, Expr::value(days.behind_from))
            .col_expr(Of::FarBehindFrom, Expr::value(days.far_behind_from))
            .col_expr(Of::SilentFrom, Expr::value(project.silent_from))
            .filter(Of::Id.eq(project.id))
            .exec(unit.db())
            .await?;
    }
    Ok(())
}

/// The guarded save with its audit entry: only over the version that was seen.
async fn save(
    unit: &Unit,
    before: &Model,
    after: Model,
    command: &'static Command,
    reason: Option<&str>,
) -> Result<Model, Fault> {
    let after = table::save(unit, before, after).await?;
    let dates = |row: &Model| {
        summary!({
            "baselineOn": row.baseline_on,
            "forecastOn": row.forecast_on,
            "actualOn": row.actual_on,
            "weight": row.weight,
        })
    };
    record(
        unit,
        Change {
            command,
            subject_id: before.id,
            before: Some(dates(before)),
            after: Some(dates(&after)),
            reason,
        },
    )
    .await?;
    Ok(after)
}
