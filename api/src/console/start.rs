//! The start page: what needs this person now.

use askama::Template;
use axum::response::Response;
use entity::{language::Language, viewer::Role};

use super::{
    bridge::operation,
    frame::Frame,
    refusal::Refusal,
    term::{Light, Term},
    visit::Visit,
};

operation!(Start in "src/console/operations/start.graphql");

#[derive(Template)]
#[template(path = "start.html")]
struct StartShown {
    f: Frame,
    rows: Vec<start::StartObligationsNodes>,
}

/// The start page.
pub async fn page(visit: Visit) -> Result<Response, Refusal> {
    if visit.viewer.role() == Some(Role::Liaison) {
        return super::desk::page(visit).await;
    }
    let data = visit.run::<Start>(start::Variables).await?;
    Ok(visit.show(&StartShown {
        f: visit.frame(match visit.language {
            Language::Chinese => "首页",
            Language::English => "Start",
        }),
        rows: data.obligations.nodes,
    }))
}
