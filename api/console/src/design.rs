//! All parts of the pages on one page, for those who build and judge them.

use askama::Template;
use axum::response::Response;

use chrono::Days;
use serde_json::json;

use super::{
    contract::{Commitment, Obligation},
    form::Form,
    frame::Frame,
    guest::Guest,
    promise::Promise,
    refusal::Refusal,
    scalar::Date,
    term::*,
    timeline::{Dates, Timeline},
};

#[derive(Template)]
#[template(path = "design.html")]
struct Design {
    f: Frame,
    lights: Vec<Light>,
    day: Date,
    empty: Form,
    wrong: Form,
    plans: Vec<ProjectLight>,
    timeline: Option<Timeline>,
    info: Info,
    promises: Vec<Promise<Commitment, Obligation>>,
    not_now: Vec<(&'static str, &'static str)>,
}

/// A page in the middle of a list.
struct Info {
    has_previous_page: bool,
    has_next_page: bool,
    start_cursor: Option<String>,
    end_cursor: Option<String>,
}

/// A promise that is owed and was kept before, and one that nobody has called on, as the API tells them.
fn promises(f: &Frame) -> serde_json::Result<Vec<Promise<Commitment, Obligation>>> {
    let made = |number: i64| {
        serde_json::from_value::<Commitment>(json!({
            "id": format!("commitment_{number}"), "number": number, "kind": "ON_EVENT", "recurrence": null,
            "textZh": "三个工作日内答复企业来函", "textEn": "Answer a letter within three working days",
            "startEvent": "contact.received", "limitDays": 3, "unit": "WORKING_DAY", "statutory": false, "legalBasis": null,
            "owner": "LIAISON", "endedOn": null, "clause": null, "commands": [], "department": null,
        }))
    };
    let occasion = |state: &str, closed_at: Option<&str>| {
        serde_json::from_value::<Obligation>(json!({
            "id": "obligation_00000000000000000000000000000000", "occasion": "2026-09-28", "state": state,
            "closedAt": closed_at, "daysLate": closed_at.map(|_| 0), "evidenceNote": closed_at.map(|_| "已书面答复。"),
            "evidenceDocument": null, "commitment": null,
            "deadline": {
                "dueOn": f.today, "provisional": false, "light": "ORANGE", "remaining": 0, "overdueBy": 0,
            },
        }))
    };
    let title = f.t("登记来电、来函或事件", "Record a call, letter or event");
    Ok(vec![
        Promise {
            it: made(1)?,
            open: vec![occasion("OPEN", None)?],
            closed: vec![occasion("FULFILLED", Some("2026-09-30T01:00:00Z"))?],
            kept: 1,
            late: 0,
            ways: Vec::new(),
        },
        Promise {
            it: made(2)?,
            open: Vec::new(),
            closed: Vec::new(),
            kept: 0,
            late: 0,
            ways: vec![("/console/design".to_owned(), title.to_owned())],
        },
    ])
}

/// Four milestones: reached as planned, late, moved, and still ahead.
fn timeline(f: &Frame) -> Option<Timeline> {
    let day = |distance: u64| f.today + Days::new(distance);
    let past = |distance: u64| f.today - Days::new(distance);
    let row = |number: &str, light| Dates {
        label: format!("{number} {}", f.t("里程碑", "Milestone")),
        light: Some(light),
        ..Dates::default()
    };
    let rows = vec![
        Dates {
            entered_on: Some(past(150)),
            left_on: Some(past(100)),
            baseline_on: Some(past(100)),
            actual_on: Some(past(100)),
            ..row("1", ProjectLight::Green)
        },
        Dates {
            entered_on: Some(past(100)),
            left_on: Some(past(40)),
            baseline_on: Some(past(60)),
            actual_on: Some(past(40)),
            ..row("2", ProjectLight::Yellow)
        },
        Dates {
            entered_on: Some(past(40)),
            baseline_on: Some(day(30)),
            forecast_on: Some(day(90)),
            ..row("3", ProjectLight::Red)
        },
        Dates {
            baseline_on: Some(day(120)),
            forecast_on: Some(day(120)),
            ..row("4", ProjectLight::Green)
        },
    ];
    Timeline::of(f, rows)
}

/// The page, where the service describes itself to developers.
pub async fn page(guest: Guest) -> Result<Response, Refusal> {
    if !guest.state.describes_itself() {
        return Err(Refusal::NotFound);
    }
    let f = guest.frame("Design");
    let mut wrong = Form::new(&["note"]);
    wrong.set("note", f.t("已于周五上门走访", "Visited them on Friday"));
    wrong.refuse_one("note", f.t("请写明走访日期。", "Say on which day."));
    wrong.refuse_one("", f.t("该事项已办结。", "This has been closed already."));
    Ok(guest.show(&Design {
        day: f.today,
        lights: Light::ALL.into_iter().rev().collect(),
        plans: ProjectLight::ALL.into_iter().rev().collect(),
        timeline: timeline(&f),
        info: Info {
            has_previous_page: true,
            has_next_page: true,
            start_cursor: None,
            end_cursor: None,
        },
        not_now: vec![(
            f.t("下达督办单", "Order an answer"),
            f.t(
                "超期满三个工作日后方可督办。",
                "Possible when it has been overdue for three working days.",
            ),
        )],
        promises: promises(&f).map_err(|_| Refusal::Internal)?,
        empty: Form::new(&["note"]),
        wrong,
        f,
    }))
}
