//! The projects of the demonstration: how far each has come, what was planned, and what became late.

use chrono::{Days, NaiveDate};
use entity::{
    catalogue::Files,
    contract,
    milestone::{
        self,
        commands::{ChangeForecast, Plan, Planned, Reach},
    },
    needs::{self, rules::Given},
    project::{
        self,
        commands::{Answer, EnterStage, LeaveStage, RecordRequirement, ReportProgress},
        rules::GATES,
        stage,
    },
    store::Store,
    table::Visible,
    viewer::Viewer,
};
use uuid::Uuid;

use super::DemoError;

/// How many calendar days a stage is planned to take.
const STAGE_DAYS: u64 = 35;

/// The place of the project that is stuck.
const STUCK: usize = 5;

/// The place of the project that has answered what it is asked about approvals.
const ANSWERED: usize = 0;

/// The example of the catalogue whose answers it gives: a plant on auctioned land.
const PLANT: &str = "E2";

/// How the plan of a project is kept in the demonstration, so that every light can be seen.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Course {
    /// Everything on its day.
    Planned,
    /// The milestone at hand was due a few days ago.
    Late,
    /// The milestone at hand was due weeks ago: somebody must decide.
    Stuck,
    /// The milestone at hand is expected much later than first planned, with its reason.
    Moved,
    /// Everything on its day, as far as anybody knows: nobody reports.
    Silent,
    /// Nobody has planned it yet.
    Unplanned,
}

impl Course {
    /// The course of the project of the contract with this place in the ledger, from 0.
    fn of(place: usize) -> Self {
        if place == 8 {
            return Self::Silent;
        }
        match place % 7 {
            _ if place == STUCK => Self::Stuck,
            2 => Self::Late,
            4 => Self::Moved,
            6 => Self::Unplanned,
            _ => Self::Planned,
        }
    }
}

/// The projects of `contracts` with their places in the ledger.
async fn of(
    store: &Store,
    system: &Viewer,
    contracts: &[contract::Model],
) -> Result<Vec<(usize, Uuid)>, DemoError> {
    let ids: Vec<Uuid> = contracts.iter().map(|contract| contract.id).collect();
    let projects = project::repository::of_contracts(store.db(), system, &ids).await?;
    let place = |id| contracts.iter().position(|contract| contract.id == id);
    Ok(projects
        .iter()
        .filter_map(|project| Some((place(project.contract_id)?, project.id)))
        .collect())
}

/// How many stages the project with this place has left behind: from talks to the start of works.
fn done(place: usize) -> usize {
    place % 8
}

/// Plans the projects of `contracts` today, for a present on `last_day`.
pub(super) async fn begin(
    store: &Store,
    system: &Viewer,
    contracts: &[contract::Model],
    last_day: NaiveDate,
) -> Result<(), DemoError> {
    for (place, id) in of(store, system, contracts).await? {
        enter_and_leave(store, system, id, done(place)).await?;
        if Course::of(place) != Course::Unplanned {
            plan(store, system, id, place, last_day).await?;
        }
    }
    Ok(())
}

/// What has become of the plans today: forecasts that moved, and reports of progress.
pub(super) async fn go_on(
    store: &Store,
    system: &Viewer,
    contracts: &[contract::Model],
) -> Result<(), DemoError> {
    for (place, id) in of(store, system, contracts).await? {
        if Course::of(place) != Course::Unplanned {
            keep(store, system, id, place).await?;
        }
        if place == ANSWERED {
            answer(store, system, id).await?;
        }
    }
    Ok(())
}

/// The project answers the questions of the catalogue as its example of a plant does.
async fn answer(store: &Store, system: &Viewer, id: Uuid) -> Result<(), DemoError> {
    let examples = Files::embedded().examples.into_iter();
    let plant = examples.filter(|example| example.code == PLANT);
    let answers = plant.flat_map(|example| example.given);
    let answers = answers.map(|(key, answer)| Given {
        key,
        value: Some(answer.to_string()),
    });
    let input = needs::commands::Answer {
        id,
        expected_version: 0,
        answers: answers.collect(),
    };
    needs::commands::answer(store, system, input).await?;
    Ok(())
}

/// The project has left its first `done` stages, with the documents that the law asks for, and is in the next one.
async fn enter_and_leave(
    store: &Store,
    system: &Viewer,
    id: Uuid,
    done: usize,
) -> Result<(), DemoError> {
    let on = store.today();
    let last = i32::try_from(done).unwrap_or(stage::LAST) + 1;
    for gate in &GATES {
        let (project::rules::Transition::Enter(number) | project::rules::Transition::Leave(number)) =
            gate.transition;
        if number < last || gate.transition == project::rules::Transition::Enter(last) {
            let answer = RecordRequirement {
                id,
                expected_version: version(store, system, id).await?,
                code: gate.code.to_owned(),
                answer: Answer::Document {
                    number: format!("示例〔2026〕{number}号"),
                    date: on,
                    file: None,
                },
            };
            project::commands::record_requirement(store, system, answer).await?;
        }
    }
    for number in 1..=last {
        let entered = EnterStage {
            id,
            expected_version: version(store, system, id).await?,
            number,
            on,
        };
        let entered = project::commands::enter_stage(store, system, entered).await?;
        if number < last {
            let left = LeaveStage {
                id,
                expected_version: entered.version,
                number,
                on,
            };
            project::commands::leave_stage(store, system, left).await?;
        }
    }
    Ok(())
}

/// Plans every milestone: those of the stages left behind it before the first day, the one at hand around the last day, the others
/// after it.
async fn plan(
    store: &Store,
    system: &Viewer,
    id: Uuid,
    place: usize,
    last_day: NaiveDate,
) -> Result<(), DemoError> {
    let (done, course, first_day) = (done(place), Course::of(place), store.today());
    let rows = milestone::repository::of_projects(store.db(), system, &[id]).await?;
    let planned = rows.iter().enumerate().map(|(at, row)| {
        let on = if at < done {
            first_day - Days::new((done - at) as u64 * STAGE_DAYS)
        } else if at == done && course == Course::Late {
            last_day - Days::new(8)
        } else if at == done && course == Course::Stuck {
            last_day - Days::new(45)
        } else {
            last_day + Days::new(((at - done) as u64 * STAGE_DAYS) + 20)
        };
        Planned {
            id: row.id,
            expected_version: row.version,
            on,
            weight: if row.stage_number >= Some(8) { 3 } else { 1 },
        }
    });
    let plan = Plan {
        project_id: id,
        milestones: planned.collect(),
    };
    milestone::commands::plan_milestones(store, system, plan).await?;
    let rows = milestone::repository::of_projects(store.db(), system, &[id]).await?;
    for row in rows.iter().take(done) {
        let reached = Reach {
            id: row.id,
            expected_version: row.version,
            actual_on: row.baseline_on.unwrap_or(first_day),
            evidence_document_id: None,
        };
        milestone::commands::reach(store, system, reached).await?;
    }
    Ok(())
}

/// Every project reports, but those of which nothing is heard.
pub(super) async fn report(
    store: &Store,
    system: &Viewer,
    contracts: &[contract::Model],
) -> Result<(), DemoError> {
    for (place, id) in of(store, system, contracts).await? {
        report_on(store, system, id, Course::of(place)).await?;
    }
    Ok(())
}

/// What is known of the plan today: a forecast that moved, and a report of progress.
async fn keep(store: &Store, system: &Viewer, id: Uuid, place: usize) -> Result<(), DemoError> {
    let (done, course, last_day) = (done(place), Course::of(place), store.today());
    let rows = milestone::repository::of_projects(store.db(), system, &[id]).await?;
    if course == Course::Moved
        && let Some(row) = rows.get(done)
    {
        let moved = ChangeForecast {
            id: row.id,
            expected_version: row.version,
            forecast_on: last_day + Days::new(60),
            reason: "示例：地质勘察发现软土层，基础方案调整。".to_owned(),
        };
        milestone::commands::change_forecast(store, system, moved).await?;
    }
    report_on(store, system, id, course).await
}

async fn report_on(
    store: &Store,
    system: &Viewer,
    id: Uuid,
    course: Course,
) -> Result<(), DemoError> {
    if matches!(course, Course::Silent | Course::Unplanned) {
        return Ok(());
    }
    let last_day = store.today();
    let rows = milestone::repository::of_projects(store.db(), system, &[id]).await?;
    let percent = milestone::rules::progress(&rows, last_day).map_or(0, |progress| progress.actual);
    let report = ReportProgress {
        id,
        expected_version: version(store, system, id).await?,
        reported_on: Some(last_day),
        percent,
        note: match course {
            Course::Stuck => "示例：用地边界有争议，需分管领导协调。",
            Course::Late => "示例：设备到货延迟，正在协调。",
            Course::Moved => "示例：基础方案调整，预计日期已变更。",
            Course::Planned | Course::Silent | Course::Unplanned => "示例：按计划推进。",
        }
        .to_owned(),
    };
    project::commands::report_progress(store, system, report).await?;
    Ok(())
}

/// The version of the project as it is now.
async fn version(store: &Store, system: &Viewer, id: Uuid) -> Result<i32, DemoError> {
    let found = project::Entity::one(store.db(), system, id).await?;
    Ok(found.map_or(0, |project| project.version))
}
