//! Recording a change.

use sea_orm::{ActiveValue::Set, entity::prelude::*};

use super::ActiveModel;
use crate::{error::Fault, id::new_id, store::Unit, viewer::Viewer};

/// What a command tells the audit trail.
#[derive(Clone, Debug)]
pub struct Change<'a> {
    /// The command, "commitment.fulfil".
    pub action: &'static str,
    /// The kind of the thing, as the API names its type ("Contract").
    pub subject_kind: &'static str,
    /// The thing.
    pub subject_id: Uuid,
    /// The changed fields as they were.
    pub before: Option<Json>,
    /// The changed fields as they are now.
    pub after: Option<Json>,
    /// The reason the person gave.
    pub reason: Option<&'a str>,
}

/// Records one change in the running transaction.
pub async fn record(unit: &Unit, change: Change<'_>) -> Result<(), Fault> {
    record_all(unit, vec![change]).await
}

/// Records many changes with few statements.
pub async fn record_all(unit: &Unit, changes: Vec<Change<'_>>) -> Result<(), Fault> {
    let actor = match unit.viewer() {
        Viewer::Anonymous { .. } => "anonymous".to_owned(),
        Viewer::Person(person) => person.role.to_value(),
        Viewer::System { name } => format!("system: {name}"),
    };
    for change in &changes {
        unit.changed(change.subject_kind, change.subject_id);
    }
    let rows: Vec<ActiveModel> = changes
        .into_iter()
        .map(|change| ActiveModel {
            id: Set(new_id(unit.now())),
            at: Set(unit.now()),
            actor_id: Set(unit.viewer().account_id()),
            actor: Set(actor.clone()),
            action: Set(change.action.to_owned()),
            subject_kind: Set(change.subject_kind.to_owned()),
            subject_id: Set(change.subject_id),
            before: Set(change.before),
            after: Set(change.after),
            reason: Set(change.reason.map(str::to_owned)),
        })
        .collect();
    unit.insert_all(rows).await
}
