//! All parts of the pages on one page, for those who build and judge them.

use askama::Template;
use axum::response::Response;

use chrono::Days;

use super::{
    form::Form,
    frame::Frame,
    refusal::Refusal,
    scalar::Date,
    term::*,
    timeline::{Dates, Timeline},
    visit::Visit,
};

#[derive(Template)]
#[template(path = "design.html")]
struct Design {
    f: Frame,
    lights: &'static [Light],
    day: Date,
    empty: Form,
    wrong: Form,
    plans: &'static [ProjectLight],
    timeline: Option<Timeline>,
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
pub async fn page(visit: Visit) -> Result<Response, Refusal> {
    if !visit.state.describes_itself() {
        return Err(Refusal::NotFound);
    }
    let f = visit.frame("Design");
    let mut wrong = Form::new(&["note"]);
    wrong.set("note", f.t("已于周五上门走访", "Visited them on Friday"));
    wrong.refuse_one("note", f.t("请写明走访日期。", "Say on which day."));
    wrong.refuse_one("", f.t("该事项已办结。", "This has been closed already."));
    Ok(visit.show(&Design {
        day: f.today,
        lights: Light::ALL,
        plans: ProjectLight::ALL,
        timeline: timeline(&f),
        empty: Form::new(&["note"]),
        wrong,
        f,
    }))
}
