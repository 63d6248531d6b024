//! The start page: what needs this person now.

use askama::Template;
use axum::response::Response;
use entity::{language::Language, viewer};

use super::{
    audit, bridge::operation, frame::Frame, guest::Guest, leader, own, refusal::Refusal, term::*,
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
pub async fn page(guest: Guest) -> Result<Response, Refusal> {
    match guest.viewer.role() {
        Some(viewer::Role::Leader) => leader::page(guest).await,
        Some(viewer::Role::Enterprise) => own::page(guest).await,
        Some(viewer::Role::Liaison) => super::desk::page(guest).await,
        Some(viewer::Role::Supervisor) => audit::start(guest).await,
        _ => due_soon(guest).await,
    }
}

async fn due_soon(guest: Guest) -> Result<Response, Refusal> {
    let data = guest.run::<Start>(start::Variables).await?;
    // Those in which this person has something to do now.
    let mut waiting = data.rectifications.nodes;
    waiting.retain(|one| !one.acts.is_empty());
    Ok(guest.show(&StartShown {
        f: guest.frame(match guest.language {
            Language::Chinese => "首页",
            Language::English => "Start",
        }),
        waiting,
        rows: data.obligations.nodes,
    }))
}
