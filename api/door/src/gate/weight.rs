//! How much a document asks for: what its operations come to with all fragments in place.

use std::collections::{HashMap, HashSet};

use async_graphql::{
    Name, Positioned, Variables,
    parser::types::{Directive, ExecutableDocument, Field, Selection, SelectionSet},
};
use async_graphql_value::{ConstValue, Value};

use super::{
    INTROSPECTION_DEPTH, LARGEST_DEPTH, MOST_ALIASES, MOST_DIRECTIVES, MOST_FIELDS, MOST_FRAGMENTS,
    MOST_ROOT_FIELDS, Refused, bad, limit, lists::Lists,
};

/// How often the description's own lists may be nested: types → fields → type → fields is twice.
const NESTED_DESCRIPTIONS: usize = 2;

/// What a selection comes to with all its fragments in place.
#[derive(Clone, Copy, Default)]
struct Weight {
    /// Fields, spreads and inline fragments: a spread weighs at least itself.
    fields: u64,
    root_fields: u64,
    depth: usize,
    descriptions: usize,
    /// How many rows its pages may bring.
    rows: u64,
}

impl Weight {
    /// As much more as a spread or an inline fragment is itself.
    fn wrapped(self) -> Self {
        Self {
            fields: self.fields.saturating_add(1),
            ..self
        }
    }

    fn beside(self, other: Self) -> Self {
        Self {
            fields: self.fields.saturating_add(other.fields),
            root_fields: self.root_fields.saturating_add(other.root_fields),
            depth: self.depth.max(other.depth),
            descriptions: self.descriptions.max(other.descriptions),
            rows: self.rows.saturating_add(other.rows),
        }
    }
}

struct Scale<'a> {
    document: &'a ExecutableDocument,
    lists: Lists<'a>,
    /// A fragment that is being weighed has no weight yet: meeting it again is a cycle.
    fragments: HashMap<&'a str, Option<Weight>>,
    aliases: usize,
    directives: usize,
    introspection: bool,
}

/// How many rows each operation may bring, by its name, when none is too large.
pub(super) fn weigh(
    document: &ExecutableDocument,
    variables: &Variables,
    introspection: bool,
) -> Result<Vec<(Option<Name>, u64)>, Refused> {
    if document.fragments.len() > MOST_FRAGMENTS {
        return Err(limit("The document has too many fragments."));
    }
    let mut scale = Scale {
        document,
        lists: Lists::of(document, variables)?,
        fragments: HashMap::new(),
        aliases: 0,
        directives: 0,
        introspection,
    };
    let mut weights = Vec::new();
    for (name, operation) in document.operations.iter() {
        scale.count(&operation.node.directives);
        let mut variables = HashSet::new();
        for variable in &operation.node.variable_definitions {
            if !variables.insert(&variable.node.name.node) {
                return Err(bad("The operation defines a variable twice."));
            }
            scale.count(&variable.node.directives);
        }
        let weight = scale.set(&operation.node.selection_set.node)?;
        if weight.root_fields > MOST_ROOT_FIELDS {
            return Err(limit("The operation has too many fields at its root."));
        }
        weights.push((name.cloned(), weight));
    }
    if scale.fragments.len() < document.fragments.len() {
        return Err(bad("The document has a fragment that nothing uses."));
    }
    if scale.aliases > MOST_ALIASES {
        return Err(limit("The document has too many aliases."));
    }
    if scale.directives > MOST_DIRECTIVES {
        return Err(limit("The document has too many directives."));
    }
    let mut rows = Vec::with_capacity(weights.len());
    for (name, weight) in weights {
        rows.push((name, weight.rows));
        if weight.fields > MOST_FIELDS {
            return Err(limit("The operation has too many fields."));
        }
        if weight.depth > LARGEST_DEPTH {
            return Err(limit("The operation is nested too deep."));
        }
    }
    Ok(rows)
}

impl<'a> Scale<'a> {
    fn set(&mut self, set: &'a SelectionSet) -> Result<Weight, Refused> {
        let mut sum = Weight::default();
        for item in &set.items {
            sum = sum.beside(self.selection(&item.node)?);
        }
        Ok(sum)
    }

    fn selection(&mut self, selection: &'a Selection) -> Result<Weight, Refused> {
        self.count(selection.directives());
        match selection {
            Selection::Field(field) => {
                let field = &field.node;
                for (name, value) in &field.arguments {
                    self.lists.check(&name.node, &value.node)?;
                }
                self.aliases += usize::from(field.alias.is_some());
                let name = field.name.node.as_str();
                let below = self.set(&field.selection_set.node)?;
                let mut depth = below.depth + 1;
                let mut descriptions = below.descriptions;
                match name {
                    "fields" | "interfaces" | "possibleTypes" | "inputFields" => descriptions += 1,
                    "__schema" | "__type" => {
                        if descriptions > NESTED_DESCRIPTIONS {
                            return Err(limit("The description is nested too deep."));
                        }
                        if self.introspection {
                            depth = depth.saturating_sub(INTROSPECTION_DEPTH);
                        }
                    }
                    _ => {}
                }
                Ok(Weight {
                    fields: below.fields.saturating_add(1),
                    root_fields: 1,
                    depth,
                    descriptions,
                    rows: match self.page_size(field) {
                        Some(size) => below.rows.saturating_add(1).saturating_mul(size),
                        None => below.rows,
                    },
                })
            }
            Selection::InlineFragment(inline) => {
                Ok(self.set(&inline.node.selection_set.node)?.wrapped())
            }
            Selection::FragmentSpread(spread) => {
                Ok(self.fragment(&spread.node.fragment_name.node)?.wrapped())
            }
        }
    }

    /// How many rows a field asks for, when it is a page.
    fn page_size(&self, field: &Field) -> Option<u64> {
        let asked = ["first", "last"]
            .iter()
            .find_map(|name| field.get_argument(name))?;
        match &asked.node {
            Value::Number(size) => size.as_u64(),
            Value::Variable(name) => self
                .lists
                .values_of(name)
                .iter()
                .filter_map(|value| match value {
                    ConstValue::Number(size) => size.as_u64(),
                    _ => None,
                })
                .max(),
            _ => None,
        }
    }

    fn fragment(&mut self, name: &'a Name) -> Result<Weight, Refused> {
        match self.fragments.get(name.as_str()) {
            Some(Some(weight)) => return Ok(*weight),
            Some(None) => return Err(bad("The fragments of the document refer to themselves.")),
            None => {}
        }
        let fragment = self
            .document
            .fragments
            .get(name)
            .ok_or_else(|| bad("The document spreads a fragment that it does not have."))?;
        self.fragments.insert(name, None);
        self.count(&fragment.node.directives);
        let weight = self.set(&fragment.node.selection_set.node)?;
        self.fragments.insert(name, Some(weight));
        Ok(weight)
    }

    fn count(&mut self, directives: &[Positioned<Directive>]) {
        self.directives += directives.len();
    }
}
