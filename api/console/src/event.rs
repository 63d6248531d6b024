//! What an enterprise tells by a call or a letter, and what else happens: the promises in force that an event starts, each with what starts
//! it and its limit. One of them is chosen; the event is recorded on the page of its command.

use api_door::scalar::Kind;
use askama::Template;
use axum::{extract::Path, response::Response};
use entity::trail;

use super::{
    bridge::operation, command, frame::Frame, global_id, guest::Guest, refusal::Refusal, term::*,
};

operation!(EnterpriseEvents in "src/operations/event.graphql");

type Promise = enterprise_events::EnterpriseEventsEnterpriseContractCommitments;

/// The command by which an event is recorded.
const OPEN: &str = "obligation.open";

#[derive(Template)]
#[template(path = "enterprise/events.html")]
struct EventsShown {
    f: Frame,
    it: enterprise_events::EnterpriseEventsEnterprise,
    /// Where the event is recorded, and what it starts.
    open: Vec<(String, Promise)>,
    /// Why there is nothing to choose.
    why: String,
}

/// The promises to choose from.
pub async fn page(guest: Guest, Path(key): Path<String>) -> Result<Response, Refusal> {
    let id = global_id(Kind::Enterprise, &key)?;
    let data = guest
        .run::<EnterpriseEvents>(enterprise_events::Variables { id })
        .await?;
    let mut it = data.enterprise.ok_or(Refusal::NotFound)?;
    if !it.permissions.can_record_visits {
        return Err(Refusal::Forbidden);
    }
    let form = trail::command(OPEN).and_then(|command| command.form);
    let title = form.ok_or(Refusal::NotFound)?.title;
    let f = guest.frame(title.in_language(guest.language));
    let contract = it.contract.take();
    let promises = contract.map_or_else(Vec::new, |contract| contract.commitments);
    let (mut open, mut why) = (Vec::new(), None);
    for promise in promises {
        if promise.kind != CommitmentKind::OnEvent || promise.ended_on.is_some() {
            continue;
        }
        match promise.commands.iter().find(|one| one.code == OPEN) {
            Some(one) if one.may => {
                let to = command::address(&command::page_of(&promise.id), OPEN);
                open.push((f.here.onto(&to), promise));
            }
            Some(one) => why = one.why_not.clone(),
            None => {}
        }
    }
    let nothing = f.t(
        "没有履行中的契约，或契约中没有由事件触发的承诺。",
        "There is no contract in force, or none of its promises starts with an event.",
    );
    Ok(guest.show(&EventsShown {
        why: why.unwrap_or_else(|| nothing.to_owned()),
        f,
        it,
        open,
    }))
}
