//! The operation that runs, among those of a document.

use std::collections::{BTreeSet, HashSet};

use async_graphql::{
    Name,
    parser::types::{
        DocumentOperations, ExecutableDocument, OperationDefinition, Selection, SelectionSet,
    },
};

use super::{Refused, bad};

pub(super) fn chosen<'a>(
    document: &'a ExecutableDocument,
    name: Option<&str>,
) -> Result<&'a OperationDefinition, Refused> {
    let found = match (&document.operations, name) {
        (DocumentOperations::Single(operation), None) => Some(operation),
        (DocumentOperations::Multiple(operations), None) if operations.len() == 1 => {
            operations.values().next()
        }
        (DocumentOperations::Multiple(_), None) => {
            return Err(bad(
                "The document has several operations: `operationName` says which one is meant.",
            ));
        }
        (DocumentOperations::Single(_), Some(_)) => None,
        (DocumentOperations::Multiple(operations), Some(name)) => operations.get(name),
    };
    found
        .map(|operation| &operation.node)
        .ok_or_else(|| bad("The document has no operation of this name."))
}

/// The names of the fields at the root of an operation, with its fragments in place.
pub(super) fn roots(
    document: &ExecutableDocument,
    operation: &OperationDefinition,
) -> BTreeSet<Name> {
    let (mut roots, mut reached) = (BTreeSet::new(), HashSet::new());
    let mut open = vec![&operation.selection_set.node];
    while let Some(set) = open.pop() {
        for item in &set.items {
            match &item.node {
                Selection::Field(field) => {
                    roots.insert(field.node.name.node.clone());
                }
                Selection::InlineFragment(inline) => open.push(&inline.node.selection_set.node),
                Selection::FragmentSpread(spread) => {
                    let name = &spread.node.fragment_name.node;
                    if reached.insert(name)
                        && let Some(fragment) = document.fragments.get(name)
                    {
                        open.push(&fragment.node.selection_set.node);
                    }
                }
            }
        }
    }
    roots
}

/// Keeps the one operation that runs, with its fragments. The others were weighed with it; they share names of variables with it, and the
/// library would add their cost to its own.
pub(super) fn keep_chosen(document: &mut ExecutableDocument, name: Option<&str>) {
    let (DocumentOperations::Multiple(operations), Some(name)) = (&mut document.operations, name)
    else {
        return;
    };
    operations.retain(|key, _| key.as_str() == name);
    let mut reached = HashSet::new();
    let mut open: Vec<&SelectionSet> = operations
        .values()
        .map(|operation| &operation.node.selection_set.node)
        .collect();
    while let Some(set) = open.pop() {
        for item in &set.items {
            match &item.node {
                Selection::Field(field) => open.push(&field.node.selection_set.node),
                Selection::InlineFragment(inline) => {
                    open.push(&inline.node.selection_set.node);
                }
                Selection::FragmentSpread(spread) => {
                    let name = &spread.node.fragment_name.node;
                    if let Some(fragment) = document.fragments.get(name)
                        && reached.insert(name.clone())
                    {
                        open.push(&fragment.node.selection_set.node);
                    }
                }
            }
        }
    }
    document.fragments.retain(|name, _| reached.contains(name));
}
