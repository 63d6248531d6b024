//! Variables that were not sent: what names them stays out of the document.

use std::collections::HashSet;

use async_graphql::{
    Name, Positioned, Variables,
    parser::types::{
        Directive, DocumentOperations, ExecutableDocument, OperationDefinition, Selection,
        SelectionSet,
    },
};
use async_graphql_value::Value;

/// The nullable variables without a default that were not sent.
pub(super) fn omitted(operation: &OperationDefinition, sent: &Variables) -> HashSet<Name> {
    operation
        .variable_definitions
        .iter()
        .map(|definition| &definition.node)
        .filter(|definition| {
            definition.var_type.node.nullable
                && definition.default_value.is_none()
                && !sent.contains_key(&definition.name.node)
        })
        .map(|definition| definition.name.node.clone())
        .collect()
}

/// Takes omitted variables out of the document. The library would make them null, and a null erases what a patch was to
/// leave alone.
pub(super) fn leave_out(document: &mut ExecutableDocument, omitted: &HashSet<Name>) {
    let operations: Vec<&mut OperationDefinition> = match &mut document.operations {
        DocumentOperations::Single(operation) => vec![&mut operation.node],
        DocumentOperations::Multiple(operations) => operations
            .values_mut()
            .map(|operation| &mut operation.node)
            .collect(),
    };
    for operation in operations {
        operation
            .variable_definitions
            .retain(|definition| !omitted.contains(&definition.node.name.node));
        leave_out_of_directives(&mut operation.directives, omitted);
        leave_out_of_set(&mut operation.selection_set.node, omitted);
    }
    for fragment in document.fragments.values_mut() {
        leave_out_of_set(&mut fragment.node.selection_set.node, omitted);
    }
}

fn leave_out_of_set(set: &mut SelectionSet, omitted: &HashSet<Name>) {
    for item in &mut set.items {
        leave_out_of_directives(item.node.directives_mut(), omitted);
        match &mut item.node {
            Selection::Field(field) => {
                leave_out_of_arguments(&mut field.node.arguments, omitted);
                leave_out_of_set(&mut field.node.selection_set.node, omitted);
            }
            Selection::InlineFragment(inline) => {
                leave_out_of_set(&mut inline.node.selection_set.node, omitted);
            }
            Selection::FragmentSpread(_) => {}
        }
    }
}

fn leave_out_of_directives(directives: &mut [Positioned<Directive>], omitted: &HashSet<Name>) {
    for directive in directives {
        leave_out_of_arguments(&mut directive.node.arguments, omitted);
    }
}

fn leave_out_of_arguments(
    arguments: &mut Vec<(Positioned<Name>, Positioned<Value>)>,
    omitted: &HashSet<Name>,
) {
    arguments.retain(|(_, value)| !is_omitted(&value.node, omitted));
    for (_, value) in arguments {
        leave_out_of_value(&mut value.node, omitted);
    }
}

fn leave_out_of_value(value: &mut Value, omitted: &HashSet<Name>) {
    match value {
        Value::Object(fields) => {
            fields.retain(|_, value| !is_omitted(value, omitted));
            fields
                .values_mut()
                .for_each(|value| leave_out_of_value(value, omitted));
        }
        // A place in a list cannot be left out: there the specification says null.
        Value::List(items) => {
            for item in items {
                if is_omitted(item, omitted) {
                    *item = Value::Null;
                } else {
                    leave_out_of_value(item, omitted);
                }
            }
        }
        _ => {}
    }
}

fn is_omitted(value: &Value, omitted: &HashSet<Name>) -> bool {
    matches!(value, Value::Variable(name) if omitted.contains(name))
}

#[cfg(test)]
mod tests {
    use async_graphql::{
        EmptySubscription, InputObject, MaybeUndefined, Object, Request, Schema, value,
    };

    use super::*;
    use crate::gate::Gate;

    struct Patched;

    #[derive(InputObject)]
    struct Patch {
        note: MaybeUndefined<String>,
    }

    fn told(note: &MaybeUndefined<String>) -> String {
        match note {
            MaybeUndefined::Undefined => "kept".to_owned(),
            MaybeUndefined::Null => "erased".to_owned(),
            MaybeUndefined::Value(note) => note.clone(),
        }
    }

    #[Object]
    impl Patched {
        async fn patch(&self, input: Patch) -> String {
            told(&input.note)
        }

        async fn note(
            &self,
            note: MaybeUndefined<String>,
            #[graphql(default = 3)] days: i32,
        ) -> String {
            format!("{} {days}", told(&note))
        }
    }

    async fn run(query: &str, variables: serde_json::Value) -> async_graphql::Value {
        let schema = Schema::new(Patched, async_graphql::EmptyMutation, EmptySubscription);
        let request = Request::new(query).variables(Variables::from_json(variables));
        let admitted = Gate::default().admit(request, true).expect("admitted");
        let response = schema.execute(admitted.request).await;
        assert_eq!(response.errors, []);
        response.data
    }

    #[tokio::test]
    async fn an_omitted_variable_stays_omitted() {
        let inline = "query($note: String) { patch(input: { note: $note }) }";
        assert_eq!(
            run(inline, serde_json::json!({})).await,
            value!({"patch": "kept"})
        );
        assert_eq!(
            run(inline, serde_json::json!({"note": null})).await,
            value!({"patch": "erased"})
        );
        assert_eq!(
            run(inline, serde_json::json!({"note": "new"})).await,
            value!({"patch": "new"})
        );
        let fragment = "query A($note: String, $days: Int) { ...n } query B { patch(input: {}) }
            fragment n on Patched { note(note: $note, days: $days) }";
        let schema = Schema::new(Patched, async_graphql::EmptyMutation, EmptySubscription);
        let admitted = Gate::default()
            .admit(Request::new(fragment).operation_name("A"), true)
            .expect("admitted");
        let response = schema.execute(admitted.request).await;
        assert_eq!(
            response.data,
            value!({"note": "kept 3"}),
            "{:?}",
            response.errors
        );
    }
}
