//! The start page: what needs this person now.

use askama::Template;
use axum::response::Response;
use entity::{language::Language, viewer};

use super::{
    audit, bridge::operation, frame::Frame, leader, own, refusal::Refusal, term::*, visit::Visit,
};

operation!(Start in "src/operations/start.graphql");

#[derive(Template)]
#[template(path = "start.html")]
struct StartShown {
    f: Frame,
    waiting: Vec<start::StartRectificationsNodes>,
    rows: Vec<start::StartObligationsNodes>,
}

/// The start page of the person's role.
pub async fn page(visit: Visit) -> Result<Response, Refusal> {
    match visit.viewer.role() {
        Some(viewer::Role::Leader) => leader::page(visit).await,
        Some(viewer::Role::Enterprise) => own::page(visit).await,
        Some(viewer::Role::Liaison) => super::desk::page(visit).await,
        Some(viewer::Role::Supervisor) => audit::start(visit).await,
        _ => due_soon(visit).await,
    }
}

async fn due_soon(visit: Visit) -> Result<Response, Refusal> {
    let data = visit.run::<Start>(start::Variables).await?;
    // Those in which this person has something to do now.
    let mut waiting = data.rectifications.nodes;
    waiting.retain(|one| !one.acts.is_empty());
    Ok(visit.show(&StartShown {
        f: visit.frame(match visit.language {
            Language::Chinese => "首页",
            Language::English => "Start",
        }),
        waiting,
        rows: data.obligations.nodes,
    }))
}
