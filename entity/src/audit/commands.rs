//! Recording a change.

use sea_orm::{ActiveValue::Set, entity::prelude::*};

use super::ActiveModel;
use crate::{command::Command, error::Fault, id::new_id, store::Unit, viewer::Viewer};

/// Fields of a thing as they are at one moment. Made by [`summary!`], so that a field without words in both languages does not compile.
#[derive(Clone, Debug)]
pub struct Summary(pub(crate) Json);

impl Summary {
    /// What stands in a field, as an input spells it; nothing where nothing does.
    pub fn text(&self, field: &str) -> Option<String> {
        match self.0.get(field)? {
            Json::Null => None,
            Json::String(text) => Some(text.clone()),
            other => Some(other.to_string()),
        }
    }
}

/// The fields that the audit trail tells of: `summary!({ "state": contract.state })`, named as the API spells them.
macro_rules! summary {
    ({ $($name:literal: $value:expr),* $(,)? }) => {{
        $(const { $crate::audit::fields::require($name) };)*
        $crate::audit::commands::Summary(serde_json::json!({ $($name: $value),* }))
    }};
}
pub(crate) use summary;

/// What a command tells the audit trail.
#[derive(Clone, Debug)]
pub struct Change<'a> {
    /// The command, which says what kind of thing it changes.
    pub command: &'static Command,
    /// The thing.
    pub subject_id: Uuid,
    /// The changed fields as they were.
    pub before: Option<Summary>,
    /// The changed fields as they are now.
    pub after: Option<Summary>,
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
        unit.changed(change.command.subject.name(), change.subject_id);
    }
    let rows: Vec<ActiveModel> = changes
        .into_iter()
        .map(|change| ActiveModel {
            id: Set(new_id(unit.now())),
            at: Set(unit.now()),
            actor_id: Set(unit.viewer().account_id()),
            actor: Set(actor.clone()),
            action: Set(change.command.code.to_owned()),
            subject_kind: Set(change.command.subject.name().to_owned()),
            subject_id: Set(change.subject_id),
            before: Set(change.before.map(|Summary(fields)| fields)),
            after: Set(change.after.map(|Summary(fields)| fields)),
            reason: Set(change.reason.map(str::to_owned)),
        })
        .collect();
    unit.insert_all(rows).await
}
