//! What is seen, read so that only whom it is about can differ.

use std::collections::BTreeMap;

use aho_corasick::AhoCorasick;
use entity::{account, enterprise};
use regex::Regex;
use sea_orm::{EntityTrait, prelude::Uuid};
use serde_json::Value;
use tests::{Park, schema::Schema};

use super::super::forms;

/// Text in which who is meant stays readable and every other key is gone.
pub(super) struct Reader {
    keys: AhoCorasick,
    names: Vec<String>,
    long: Regex,
}

impl Reader {
    pub(super) async fn of(park: &Park) -> Self {
        let (mut keys, mut names) = (Vec::new(), Vec::new());
        let mut add = |id: Uuid, name: String| {
            // As they are read, as SQLite's keys are written, and as they stand in addresses.
            let written = [
                id.to_string(),
                format!("{:X}", id.simple()),
                id.simple().to_string(),
            ];
            names.extend(written.iter().map(|_| format!("<{name}>")));
            keys.extend(written);
        };
        let enterprises = enterprise::Entity::find()
            .all(park.db())
            .await
            .expect("enterprises");
        let codes: BTreeMap<Uuid, String> = enterprises
            .into_iter()
            .map(|row| (row.id, row.credit_code))
            .collect();
        for form in forms(park).await {
            add(form.id, format!("form of {}", codes[&form.enterprise_id]));
        }
        for row in account::Entity::find()
            .all(park.db())
            .await
            .expect("accounts")
        {
            add(row.id, row.login);
        }
        for (id, code) in codes {
            add(id, code);
        }
        Self {
            keys: AhoCorasick::new(keys).expect("keys"),
            names,
            long: Regex::new("[0-9A-Za-z_-]{32,}").expect("a pattern"),
        }
    }

    pub(super) fn read(&self, text: &str) -> String {
        let named = self.keys.replace_all(text, &self.names);
        self.long.replace_all(&named, "?").into_owned()
    }

    /// The lines of a page or a file, in an order that does not depend on keys; each entry of a list is one. Of a longer list the first
    /// part is another one every time: its whole lies in the files and in the tables.
    pub(super) fn lines(&self, text: &str) -> Vec<String> {
        if text.contains("rel=\"next\"") {
            return vec!["a longer list".to_owned()];
        }
        let text = text
            .replace("<li", "\n<li")
            .replace("</li>", "</li>\n")
            .replace("<label", "\n<label");
        let mut lines: Vec<String> = text.lines().map(|line| self.read(line.trim())).collect();
        lines.sort();
        lines
    }
}

/// The same with the fields of each object in the order of their names, which come as they are ready, and with what is told of enterprises in
/// an order that does not depend on their keys.
pub(super) fn sorted(value: Value) -> Value {
    match value {
        Value::Array(all) => {
            let mut all: Vec<Value> = all.into_iter().map(sorted).collect();
            if all.iter().any(|one| one.get("enterprise").is_some()) {
                all.sort_by_cached_key(Value::to_string);
            }
            Value::Array(all)
        }
        Value::Object(fields) => {
            let fields = fields
                .into_iter()
                .map(|(name, value)| (name, sorted(value)));
            fields.collect::<BTreeMap<_, _>>().into_iter().collect()
        }
        other => other,
    }
}

/// Everything below an object that can be asked without arguments, so deep.
pub(super) fn selection(schema: &Schema, kind: &str, depth: usize) -> String {
    let mut fields = Vec::new();
    for field in schema.fields(kind).into_iter().filter(|field| field.bare) {
        if !schema.is_object(&field.kind) {
            fields.push(field.name);
        } else if depth > 0 && !field.kind.ends_with("Connection") {
            let below = selection(schema, &field.kind, depth - 1);
            if !below.is_empty() {
                fields.push(format!("{} {{ {below} }}", field.name));
            }
        }
    }
    fields.join(" ")
}
