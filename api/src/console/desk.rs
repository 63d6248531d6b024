//! The liaison's desk: whom I look after, what needs me today, what changed since yesterday.

use askama::Template;
use axum::response::Response;
use chrono::TimeDelta;
use entity::language::Language;

use super::{
    bridge::operation, enterprise::worst, frame::Frame, refusal::Refusal, term::*, visit::Visit,
};

operation!(Desk in "src/console/operations/desk.graphql");

/// An enterprise with the worst of its lights.
struct Mine {
    light: Option<Light>,
    open: i64,
    it: desk::DeskEnterprisesNodes,
}

/// What is due in one stretch of days.
struct Stretch {
    title: &'static str,
    rows: Vec<desk::DeskTodayNodes>,
}

#[derive(Template)]
#[template(path = "desk.html")]
struct DeskShown {
    f: Frame,
    mine: Vec<Mine>,
    stretches: Vec<Stretch>,
    opened: Vec<desk::DeskOpenedNodes>,
    closed: Vec<desk::DeskClosedNodes>,
    since: chrono::NaiveDate,
}

/// The desk.
pub async fn page(visit: Visit) -> Result<Response, Refusal> {
    let store = visit.state.store();
    let since = store.today() - TimeDelta::days(1);
    let data = visit
        .run::<Desk>(desk::Variables {
            since: entity::clock::instant_of(since, 0, 0, store.zone()),
        })
        .await?;
    let f = visit.frame(match visit.language {
        Language::Chinese => "我的工作台",
        Language::English => "My desk",
    });
    let mut mine: Vec<Mine> = data
        .enterprises
        .nodes
        .into_iter()
        .map(|it| Mine {
            light: worst(it.open_obligations.iter().map(|open| open.deadline.light)),
            open: i64::try_from(it.open_obligations.len()).unwrap_or(i64::MAX),
            it,
        })
        .collect();
    // The order of the lights, the worst first; who has nothing open comes last. The order of names stays within.
    mine.sort_by_key(|mine| {
        Light::ALL
            .iter()
            .position(|light| Some(*light) == mine.light)
            .unwrap_or(Light::ALL.len())
    });
    let (late, rest): (Vec<_>, Vec<_>) = data
        .today
        .nodes
        .into_iter()
        .partition(|row| row.deadline.overdue_by > 0);
    let (today, soon): (Vec<_>, Vec<_>) = rest
        .into_iter()
        .partition(|row| row.deadline.due_on <= f.today);
    let stretches = [
        (f.t("已逾期", "Overdue"), late),
        (f.t("今天到期", "Due today"), today),
        (
            f.t("三个工作日内到期", "Due within three working days"),
            soon,
        ),
    ]
    .into_iter()
    .filter(|(_, rows)| !rows.is_empty())
    .map(|(title, rows)| Stretch { title, rows })
    .collect();
    let mut closed = data.closed.nodes;
    closed.sort_by_key(|row| std::cmp::Reverse(row.closed_at));
    Ok(visit.show(&DeskShown {
        f,
        mine,
        stretches,
        opened: data.opened.nodes,
        closed,
        since,
    }))
}
