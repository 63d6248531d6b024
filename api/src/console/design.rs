//! All parts of the pages on one page, for those who build and judge them.

use askama::Template;
use axum::response::Response;

use super::{form::Form, frame::Frame, refusal::Refusal, scalar::Date, term::*, visit::Visit};

#[derive(Template)]
#[template(path = "design.html")]
struct Design {
    f: Frame,
    lights: &'static [Light],
    day: Date,
    empty: Form,
    wrong: Form,
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
        empty: Form::new(&["note"]),
        wrong,
        f,
    }))
}
