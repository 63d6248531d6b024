//! The order of an answer: its fields stand as they were asked (section 6 of the specification). The library puts them down as they are ready.

use std::collections::HashSet;

use async_graphql::{
    Name, Value,
    indexmap::IndexMap,
    parser::types::{ExecutableDocument, Selection, SelectionSet},
};

/// What is asked of an object, by the names in the answer, and what is asked of each of these.
#[derive(Debug, Default)]
pub struct Asked(Vec<(Name, Asked)>);

impl Asked {
    /// What a document asks that has one operation. The gate has bounded what it asks together with its fragments.
    pub fn of(document: &ExecutableDocument) -> Self {
        let mut asked = Self::default();
        for (_, operation) in document.operations.iter() {
            let set = &operation.node.selection_set.node;
            asked.add(document, set, &mut HashSet::new());
        }
        asked
    }

    fn add<'a>(
        &mut self,
        document: &'a ExecutableDocument,
        set: &'a SelectionSet,
        spread: &mut HashSet<&'a Name>,
    ) {
        for item in &set.items {
            match &item.node {
                Selection::Field(field) => {
                    let name = &field.node.response_key().node;
                    let below = &field.node.selection_set.node;
                    self.field(name).add(document, below, &mut HashSet::new());
                }
                Selection::InlineFragment(fragment) => {
                    self.add(document, &fragment.node.selection_set.node, spread);
                }
                Selection::FragmentSpread(fragment) => {
                    let name = &fragment.node.fragment_name.node;
                    if let Some(fragment) = document.fragments.get(name)
                        && spread.insert(name)
                    {
                        self.add(document, &fragment.node.selection_set.node, spread);
                    }
                }
            }
        }
    }

    fn field(&mut self, name: &Name) -> &mut Self {
        let place = self.0.iter().position(|(known, _)| known == name);
        let place = place.unwrap_or_else(|| {
            self.0.push((name.clone(), Self::default()));
            self.0.len() - 1
        });
        &mut self.0[place].1
    }

    /// Puts the fields of an answer into this order.
    pub fn arrange(&self, answer: &mut Value) {
        match answer {
            Value::List(items) if !self.0.is_empty() => {
                for item in items {
                    self.arrange(item);
                }
            }
            Value::Object(fields) if !self.0.is_empty() => {
                if !self.is_order_of(fields) {
                    let mut left = std::mem::take(fields);
                    let named = self
                        .0
                        .iter()
                        .filter_map(|(name, _)| left.swap_remove_entry(name));
                    *fields = named.collect();
                }
                let mut asked = self.0.iter();
                for (name, value) in fields {
                    if let Some((_, below)) = asked.find(|(known, _)| known == name) {
                        below.arrange(value);
                    }
                }
            }
            _ => {}
        }
    }

    /// Whether the fields stand as they were asked; those that failed, or are of another type, are not there.
    fn is_order_of(&self, fields: &IndexMap<Name, Value>) -> bool {
        let mut asked = self.0.iter();
        fields
            .keys()
            .all(|name| asked.any(|(known, _)| known == name))
    }
}

#[cfg(test)]
mod tests {
    use async_graphql::{parser::parse_query, value};

    use super::*;

    fn arranged(query: &str, mut answer: Value) -> String {
        let document = parse_query(query).expect("a document");
        Asked::of(&document).arrange(&mut answer);
        serde_json::to_string(&answer).expect("JSON")
    }

    #[test]
    fn fields_stand_as_they_were_asked_in_objects_and_lists() {
        let query = "{ b a: x { d c ...more e } f { g } ...root } fragment more on T { h c i } fragment root on Q { j a { k } }";
        let answer = value!({
            "j": 1, "f": null,
            "a": [{"k": 0, "i": 1, "h": 2, "e": 3, "c": 4, "d": 5}, {"d": 6, "k": 7}],
            "b": [2, 1],
        });
        assert_eq!(
            arranged(query, answer),
            r#"{"b":[2,1],"a":[{"d":5,"c":4,"h":2,"i":1,"e":3,"k":0},{"d":6,"k":7}],"f":null,"j":1}"#
        );
    }

    #[test]
    fn a_value_of_a_scalar_is_left_as_it_is() {
        let answer = value!({"a": {"z": 1, "y": [{"x": 2, "w": 3}]}});
        assert_eq!(
            arranged("{ a }", answer),
            r#"{"a":{"z":1,"y":[{"x":2,"w":3}]}}"#
        );
    }
}
