//! The bound of every list that an argument may carry, and of all that variables may bring.

use std::collections::HashMap;

use async_graphql::{
    Name, Variables,
    parser::types::{DocumentOperations, ExecutableDocument},
};
use async_graphql_value::{ConstValue, Value};
use entity::{document::rules::MOST_TOGETHER, viewer::Role};

use super::{DEEPEST_BRACKETS, Refused, limit};

/// The most ids that `nodes` takes at once.
pub const MOST_IDS: usize = 100;

/// The most keys of an order: with the id behind them more would decide nothing, and each makes a list dearer.
pub const MOST_SORT_KEYS: usize = 3;

/// The most values in the variables of a request, those within lists and objects counted, too.
pub const MOST_VALUES: usize = 5_000;

/// How many items each list of the schema's arguments and inputs takes, by its name.
pub const LISTS: &[(&str, usize)] = &[
    ("addDocumentIds", MOST_TOGETHER),
    ("answers", 100),
    ("causes", 20),
    ("checks", 20),
    ("clauses", 200),
    ("contract", 20),
    ("departments", 100),
    ("documentIds", MOST_TOGETHER),
    ("enterpriseIds", 1_000),
    ("evidenceDocumentIds", MOST_TOGETHER),
    ("excluded", 1_000),
    ("fields", 200),
    ("ids", MOST_IDS),
    ("itemIds", 100),
    ("levels", 20),
    ("lines", 50),
    ("materials", 50),
    ("milestones", 100),
    ("oneOf", 100),
    ("points", 20),
    ("questions", 100),
    ("removeDocumentIds", MOST_TOGETHER),
    ("roles", Role::ALL.len()),
    ("rows", 500),
    ("several", 100),
    ("sortBy", MOST_SORT_KEYS),
    ("switchedOff", 100),
    ("weekdays", 7),
    ("weights", 50),
];

/// What variables stand for, and whether lists keep their bounds. Everything is looked at once, so that the work is linear in
/// what was sent.
pub(super) struct Lists<'a> {
    /// What was sent; otherwise every default that an operation gives.
    values: HashMap<&'a str, Vec<&'a ConstValue>>,
}

impl<'a> Lists<'a> {
    /// Looks into the variables and their defaults.
    pub(super) fn of(
        document: &'a ExecutableDocument,
        variables: &'a Variables,
    ) -> Result<Self, Refused> {
        let mut left = MOST_VALUES;
        let mut values: HashMap<&str, Vec<&ConstValue>> = HashMap::new();
        for (name, value) in variables.iter() {
            within("", value, 0, &mut left)?;
            values.insert(name, vec![value]);
        }
        let operations: Vec<_> = match &document.operations {
            DocumentOperations::Single(operation) => vec![&operation.node],
            DocumentOperations::Multiple(all) => all.values().map(|one| &one.node).collect(),
        };
        let definitions = operations
            .into_iter()
            .flat_map(|operation| &operation.variable_definitions);
        for definition in definitions {
            let definition = &definition.node;
            if let Some(default) = definition.default_value()
                && !variables.contains_key(&definition.name.node)
            {
                within("", default, 0, &mut left)?;
                let known = values.entry(&definition.name.node);
                known.or_default().push(default);
            }
        }
        Ok(Self { values })
    }

    /// What a variable may stand for.
    pub(super) fn values_of(&self, variable: &Name) -> &[&'a ConstValue] {
        self.values
            .get(variable.as_str())
            .map_or(&[], Vec::as_slice)
    }

    /// Whether the lists in the argument `name` keep their bounds.
    pub(super) fn check(&self, name: &str, value: &Value) -> Result<(), Refused> {
        match value {
            Value::List(items) => {
                bounded(name, items.len())?;
                items.iter().try_for_each(|item| self.check(name, item))
            }
            Value::Object(fields) => fields
                .iter()
                .try_for_each(|(name, value)| self.check(name, value)),
            Value::Variable(variable) => {
                let mut values = self.values_of(variable).iter();
                values.try_for_each(|value| match value {
                    ConstValue::List(items) => bounded(name, items.len()),
                    _ => Ok(()),
                })
            }
            _ => Ok(()),
        }
    }
}

/// Counts a value with all that is in it, and looks at the lists whose names it tells.
fn within(name: &str, value: &ConstValue, depth: usize, left: &mut usize) -> Result<(), Refused> {
    *left = left
        .checked_sub(1)
        .ok_or_else(|| limit("The variables carry too many values."))?;
    if depth > DEEPEST_BRACKETS {
        return Err(limit("The variables are nested too deep."));
    }
    match value {
        ConstValue::List(items) => {
            if !name.is_empty() {
                bounded(name, items.len())?;
            }
            items
                .iter()
                .try_for_each(|item| within(name, item, depth + 1, left))
        }
        ConstValue::Object(fields) => fields
            .iter()
            .try_for_each(|(name, value)| within(name, value, depth + 1, left)),
        _ => Ok(()),
    }
}

fn bounded(name: &str, items: usize) -> Result<(), Refused> {
    match LISTS.iter().find(|(known, _)| *known == name) {
        Some((known, most)) if items > *most => {
            Err(limit(&format!("`{known}` takes at most {most} items.")))
        }
        // Other names are none of the schema's lists, which the library says.
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use async_graphql::Request;
    use serde_json::{Value as Json, json};

    use super::*;
    use crate::gate::Gate;

    fn passes(query: &str, variables: Json) -> bool {
        let request = Request::new(query).variables(Variables::from_json(variables));
        Gate::default().admit(request, false).is_ok()
    }

    #[test]
    fn a_list_keeps_its_bound_however_it_is_sent() {
        for (items, right) in [(3, true), (4, false)] {
            let keys = vec!["A"; items].join(" ");
            let sent = json!(vec!["A"; items]);
            for (query, variables) in [
                (format!("{{ a(sortBy: [{keys}]) {{ b }} }}"), json!({})),
                (
                    format!("{{ a(in: {{ sortBy: [{keys}] }}) {{ b }} }}"),
                    json!({}),
                ),
                (
                    format!("{{ ...f }} fragment f on A {{ a(sortBy: [{keys}]) {{ b }} }}"),
                    json!({}),
                ),
                (
                    format!("query($s: [S!] = [{keys}]) {{ a(sortBy: $s) {{ b }} }}"),
                    json!({}),
                ),
                (
                    "query($s: [S!]) { a(sortBy: $s) { b } }".to_owned(),
                    json!({ "s": sent }),
                ),
                (
                    "query($s: [S!]) { a(in: { sortBy: $s }) { b } }".to_owned(),
                    json!({ "s": sent }),
                ),
                (
                    "query($s: In) { a(in: $s) { b } }".to_owned(),
                    json!({ "s": { "sortBy": sent } }),
                ),
            ] {
                assert_eq!(passes(&query, variables), right, "{query}");
            }
        }
    }

    #[test]
    fn variables_bring_so_many_values_and_no_more() {
        let query = "query($s: [Int!]) { a(b: $s) { c } }";
        assert!(passes(query, json!({ "s": vec![1; MOST_VALUES - 1] })));
        assert!(!passes(query, json!({ "s": vec![1; MOST_VALUES] })));
        let mut deep = json!(1);
        for _ in 0..DEEPEST_BRACKETS {
            deep = json!([deep]);
        }
        assert!(passes(query, json!({ "s": deep })));
        assert!(!passes(query, json!({ "s": [deep] })));
    }
}
