//! The start page: what needs this person now.

use askama::Template;
use axum::response::Response;
use chrono::Datelike;
use entity::{language::Language, viewer};

use super::{
    audit, bridge::operation, frame::Frame, guest::Guest, leader, own, refusal::Refusal, term::*,
};

operation!(Start in "src/operations/start.graphql");
operation!(AdminStart in "src/operations/start.graphql");
operation!(InspectorStart in "src/operations/start.graphql");

#[derive(Template)]
#[template(path = "start.html")]
struct StartShown {
    f: Frame,
    waiting: Vec<start::StartRectificationsNodes>,
    rows: Vec<start::StartObligationsNodes>,
    /// The supervision orders that this person can answer.
    orders: Vec<start::StartSupervisionOrdersNodes>,
    /// What waits at the counter of a window officer.
    counter: Vec<start::StartCounter>,
}

/// The start page of the person's role.
pub async fn page(guest: Guest) -> Result<Response, Refusal> {
    match guest.viewer.role() {
        Some(viewer::Role::Leader) => leader::page(guest).await,
        Some(viewer::Role::Enterprise) => own::page(guest).await,
        Some(viewer::Role::Liaison) => super::desk::page(guest).await,
        Some(viewer::Role::Supervisor) => audit::start(guest).await,
        Some(viewer::Role::Admin) => administrator(guest).await,
        Some(viewer::Role::Inspector) => inspector(guest).await,
        _ => due_soon(guest).await,
    }
}

async fn due_soon(guest: Guest) -> Result<Response, Refusal> {
    let data = guest.run::<Start>(start::Variables).await?;
    // Those in which this person has something to do now.
    let mut waiting = data.rectifications.nodes;
    waiting.retain(|one| !one.acts.is_empty());
    let mut orders = data.supervision_orders.nodes;
    orders.retain(|one| {
        let mut commands = one.commands.iter();
        commands.any(|command| command.code == "supervision.reply" && command.may)
    });
    Ok(guest.show(&StartShown {
        f: guest.frame(match guest.language {
            Language::Chinese => "首页",
            Language::English => "Start",
        }),
        waiting,
        orders,
        rows: data.obligations.nodes,
        counter: data.counter,
    }))
}

type Job = admin_start::AdminStartJobsNodes;

#[derive(Template)]
#[template(path = "start/administrator.html")]
struct AdministratorShown {
    f: Frame,
    /// The jobs whose last run failed or was interrupted, or left something undone.
    failed: Vec<Job>,
    paused: Vec<Job>,
    held: Option<MailHoldCause>,
    /// The e-mails that need somebody, by their state.
    undelivered: Vec<(LetterState, i64)>,
    people: Vec<admin_start::AdminStartAccountsNodes>,
    people_total: i64,
    /// The last year whose calendar is published.
    horizon: Option<i64>,
    year: i64,
}

/// The e-mails that do not go out by themselves any more.
const UNDELIVERED: [LetterState; 5] = [
    LetterState::Dead,
    LetterState::Ambiguous,
    LetterState::Held,
    LetterState::Expired,
    LetterState::Suppressed,
];

/// The administrator's first question: does everything run, does mail arrive, can everybody sign in, how far do the days reach.
async fn administrator(guest: Guest) -> Result<Response, Refusal> {
    let data = guest.run::<AdminStart>(admin_start::Variables).await?;
    let f = guest.frame(match guest.language {
        Language::Chinese => "运行情况",
        Language::English => "Operations",
    });
    let (failed, others): (Vec<Job>, Vec<Job>) = data.jobs.nodes.into_iter().partition(|job| {
        job.last_run.as_ref().is_some_and(|run| {
            let broken = [JobRunState::Failed, JobRunState::Abandoned].contains(&run.state);
            broken || run.failed > 0
        })
    });
    let letters = data.mail.letters.into_iter();
    Ok(guest.show(&AdministratorShown {
        year: f.today.year().into(),
        f,
        failed,
        paused: others
            .into_iter()
            .filter(|job| job.pause.is_some())
            .collect(),
        held: data.mail.held,
        undelivered: letters
            .filter(|one| one.count > 0 && UNDELIVERED.contains(&one.state))
            .map(|one| (one.state, one.count))
            .collect(),
        people_total: data.accounts.total_count,
        people: data.accounts.nodes,
        horizon: data.calendar_years.last().copied(),
    }))
}

type Published = inspector_start::InspectorStartEvaluationsNodes;

#[derive(Template)]
#[template(path = "start/inspector.html")]
struct InspectorShown {
    f: Frame,
    rows: Vec<Published>,
}

impl InspectorShown {
    /// Of the promises of all departments: how many were due in the quarter, how many were kept on time, and how many passed a statutory limit.
    fn sums(&self, row: &Published) -> (i64, i64, i64) {
        let departments = row.figures.iter().flat_map(|figures| &figures.departments);
        departments.filter_map(|one| one.performance.as_ref()).fold(
            (0, 0, 0),
            |(due, on_time, overdue), one| {
                (
                    due + one.due,
                    on_time + one.on_time,
                    overdue + one.statutory_overdue,
                )
            },
        )
    }
}

/// A special inspector's first question: what is published.
async fn inspector(guest: Guest) -> Result<Response, Refusal> {
    let data = guest
        .run::<InspectorStart>(inspector_start::Variables)
        .await?;
    let f = guest.frame(match guest.language {
        Language::Chinese => "公布的结果",
        Language::English => "Published results",
    });
    Ok(guest.show(&InspectorShown {
        f,
        rows: data.evaluations.nodes,
    }))
}
