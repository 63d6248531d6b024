//! What an entry says has changed.

use std::collections::BTreeSet;

use sea_orm::prelude::Json;

use super::Model;

/// One field of a thing, as it was and as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldChange {
    /// The name of the field as the API spells it.
    pub field: String,
    /// What it was; nothing when there was nothing.
    pub before: Option<Json>,
    /// What it is now; nothing when there is nothing.
    pub after: Option<Json>,
}

/// The fields in which before and after differ, by name. A field that the later state does not mention stayed as it was.
pub fn changes(entry: &Model) -> Vec<FieldChange> {
    let told = entry.after.as_ref().or(entry.before.as_ref());
    let names: BTreeSet<&String> = told
        .and_then(Json::as_object)
        .into_iter()
        .flat_map(|fields| fields.keys())
        .collect();
    let value = |of: &Option<Json>, name: &str| {
        let value = of.as_ref()?.get(name)?;
        (!value.is_null()).then(|| value.clone())
    };
    names
        .into_iter()
        .map(|name| FieldChange {
            field: name.clone(),
            before: value(&entry.before, name),
            after: value(&entry.after, name),
        })
        .filter(|change| change.before != change.after)
        .collect()
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;
    use serde_json::json;
    use uuid::Uuid;

    use super::*;

    #[test]
    fn only_what_differs_is_a_change() {
        let entry = |before: Option<Json>, after: Option<Json>| Model {
            id: Uuid::nil(),
            at: DateTime::UNIX_EPOCH,
            actor_id: None,
            actor: "system: test".to_owned(),
            action: "test.change".to_owned(),
            subject_kind: "Contract".to_owned(),
            subject_id: Uuid::nil(),
            before,
            after,
            reason: None,
        };
        let named = |entry: Model| -> Vec<String> {
            changes(&entry)
                .into_iter()
                .map(|change| change.field)
                .collect()
        };
        let before = json!({"state": "DRAFT", "note": null, "same": 1, "unsaid": "x"});
        let after = json!({"state": "SIGNED", "note": "y", "same": 1, "empty": null});
        assert_eq!(
            named(entry(Some(before.clone()), Some(after))),
            ["note", "state"]
        );
        assert_eq!(named(entry(None, Some(json!({"a": 1, "b": null})))), ["a"]);
        assert_eq!(
            named(entry(Some(before), None)),
            ["same", "state", "unsaid"]
        );
        assert!(named(entry(None, None)).is_empty());
    }
}
