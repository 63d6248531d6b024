//! The document gate: measures a document before the library validates it, because the library's own limits are applied
//! after work that grows faster than the document. Every step here is linear in the size of the document; what is counted
//! after the expansion of fragments is counted with one visit per fragment and saturating sums.

use std::{
    any::Any,
    collections::{BTreeSet, HashMap, HashSet},
};

use async_graphql::{
    Name, Positioned, Request, ServerError, Variables,
    parser::{
        self, parse_query,
        types::{
            Directive, DocumentOperations, ExecutableDocument, Field, OperationDefinition,
            OperationType, Selection, SelectionSet,
        },
    },
    registry::Registry,
};
use async_graphql_value::{ConstValue, Value};

use crate::{
    error,
    input::{Inputs, with_characters},
};
use lists::Lists;
use scan::scan;

pub mod lists;
mod scan;

/// How deep one operation may be. The standard introspection needs a little more.
pub const LARGEST_DEPTH: usize = 12;
/// The most tokens in a document.
pub const MOST_TOKENS: usize = 1_000;
/// The longest name or number in a document, in bytes.
pub const LONGEST_WORD: usize = 200;
/// The deepest nesting of any brackets.
pub const DEEPEST_BRACKETS: usize = 48;
/// The most fragments in a document.
pub const MOST_FRAGMENTS: usize = 20;
/// The most aliases in a document.
pub const MOST_ALIASES: usize = 15;
/// The most directives in a document.
pub const MOST_DIRECTIVES: usize = 20;
/// The most fields, spreads and inline fragments of one operation after the expansion of its fragments.
pub const MOST_FIELDS: u64 = 1_000;
/// The most fields at the root of one operation after the expansion of its fragments.
pub const MOST_ROOT_FIELDS: u64 = 10;
/// How much deeper than [`LARGEST_DEPTH`] the schema's description of itself may be asked.
pub const INTROSPECTION_DEPTH: usize = 4;
/// How often the description's own lists may be nested: types → fields → type → fields is twice.
const NESTED_DESCRIPTIONS: usize = 2;

/// The fields at the root that are open to people who have not signed in. Everything else is closed to them, whatever its
/// resolver says.
pub const OPEN: &[&str] = &[
    "viewer",
    "calendarDay",
    "calendarDue",
    "calendarYears",
    "accountRequestPasswordLink",
    "accountAcceptLink",
    "evaluations",
    "evaluation",
    "evaluationDesign",
    "evaluationForm",
    "evaluationLiaisonBands",
    "evaluationChoose",
    "evaluationSaveDraft",
    "evaluationSubmit",
];

/// An operation that may bring more rows than this is heavy: one person runs only a few of them at once.
pub const HEAVY_ROWS: u64 = 500;

/// The fields at the root that are heavy whatever they bring.
const HEAVY: &[&str] = &[
    "calendarImport",
    "calendarImportPreview",
    "ledgerImport",
    "ledgerImportPreview",
];

/// A document that passed the gate, with the operation that is to run.
#[derive(Debug)]
pub struct Admitted {
    request: Request,
    operation: OperationType,
    roots: BTreeSet<Name>,
    rows: u64,
}

impl Admitted {
    /// What the library is to execute.
    pub fn into_request(self) -> Request {
        self.request
    }

    /// The same operation, with this to be found by its fields.
    pub fn with(self, data: impl Any + Send + Sync) -> Self {
        Self {
            request: self.request.data(data),
            ..self
        }
    }

    /// Whether it is a query: may be repeated, cached, asked by GET.
    pub fn is_query(&self) -> bool {
        self.operation == OperationType::Query
    }

    /// Whether all it asks for is open to people who have not signed in.
    pub fn is_open(&self) -> bool {
        self.roots
            .iter()
            .all(|name| name.starts_with("__") || OPEN.contains(&name.as_str()))
    }

    /// Whether it is so much work that one person may run only a few of its kind at once.
    pub fn is_heavy(&self) -> bool {
        self.rows > HEAVY_ROWS || self.roots.iter().any(|name| HEAVY.contains(&name.as_str()))
    }

    /// The one field at the root, or that there are several: the name under which an operation is counted.
    pub fn root(&self) -> &str {
        match self.roots.first() {
            Some(only) if self.roots.len() == 1 => only,
            _ => "several",
        }
    }

    /// Whether it changes something.
    pub fn is_mutation(&self) -> bool {
        self.operation == OperationType::Mutation
    }
}

/// Why a document does not pass.
#[derive(Debug)]
pub enum Refused {
    /// It is too large in some way.
    Limit(Box<ServerError>),
    /// It is no GraphQL, or names no operation.
    Request(Box<ServerError>),
}

/// The gate before a schema.
#[derive(Default)]
pub struct Gate {
    inputs: Inputs,
}

impl Gate {
    /// The gate before the schema with these types.
    pub fn new(types: Registry) -> Self {
        Self {
            inputs: Inputs::of(types),
        }
    }

    /// Lets a request pass, or says why not. What was parsed here is what the library will run.
    pub fn admit(&self, mut request: Request, introspection: bool) -> Result<Admitted, Refused> {
        scan(&request.query)?;
        request.query = with_characters(&request.query).into_owned();
        let mut document = parse_query(&request.query).map_err(|syntax| unreadable(&syntax))?;
        let rows = weigh(&document, &request.variables, introspection)?;
        let name = request.operation_name.as_deref();
        let operation = chosen(&document, name)?;
        let kind = operation.ty;
        let roots = roots(&document, operation);
        let omitted = omitted(operation, &request.variables);
        keep_chosen(&mut document, name);
        if !omitted.is_empty() {
            leave_out(&mut document, &omitted);
        }
        self.inputs
            .settle(&mut document, &mut request.variables)
            .map_err(bad)?;
        request.set_parsed_query(document);
        Ok(Admitted {
            request,
            operation: kind,
            roots,
            rows,
        })
    }
}

fn limit(message: &str) -> Refused {
    let mut refused = ServerError::new(message, None);
    tag(&mut refused, error::QUERY_LIMIT);
    Refused::Limit(Box::new(refused))
}

fn bad(message: impl Into<String>) -> Refused {
    let mut refused = ServerError::new(message, None);
    tag(&mut refused, error::BAD_REQUEST);
    Refused::Request(Box::new(refused))
}

/// What is no GraphQL: where, in our words; what was sent is not repeated.
fn unreadable(syntax: &parser::Error) -> Refused {
    let mut refused = ServerError::new("This is no GraphQL document.", None);
    refused.locations = syntax.positions().collect();
    tag(&mut refused, error::BAD_REQUEST);
    Refused::Request(Box::new(refused))
}

fn tag(refused: &mut ServerError, code: &str) {
    refused.extensions.get_or_insert_default().set("code", code);
}

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

/// How many rows the largest operation may bring, when none is too large.
fn weigh(
    document: &ExecutableDocument,
    variables: &Variables,
    introspection: bool,
) -> Result<u64, Refused> {
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
    for (_, operation) in document.operations.iter() {
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
        weights.push(weight);
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
    let mut rows = 0;
    for weight in weights {
        rows = rows.max(weight.rows);
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

fn chosen<'a>(
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
fn roots(document: &ExecutableDocument, operation: &OperationDefinition) -> BTreeSet<Name> {
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

/// The nullable variables without a default that were not sent.
fn omitted(operation: &OperationDefinition, sent: &async_graphql::Variables) -> HashSet<Name> {
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

/// Keeps the one operation that runs, with its fragments. The others were weighed with it; they share names of variables with it, and the
/// library would add their cost to its own.
fn keep_chosen(document: &mut ExecutableDocument, name: Option<&str>) {
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

/// Takes omitted variables out of the document. The library would make them null, and a null erases what a patch was to
/// leave alone.
fn leave_out(document: &mut ExecutableDocument, omitted: &HashSet<Name>) {
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
    use std::fmt::Write;

    use async_graphql::{
        EmptySubscription, InputObject, MaybeUndefined, Object, Schema, Variables, value,
    };

    use super::*;

    fn verdict(query: impl Into<String>) -> &'static str {
        match Gate::default().admit(Request::new(query), true) {
            Ok(_) => "passes",
            Err(Refused::Limit(_)) => "limit",
            Err(Refused::Request(_)) => "request",
        }
    }

    /// A chain of fragments in which each spreads the next `width` times.
    fn chain(length: usize, width: usize) -> String {
        let mut text = "{ ...f0 }".to_owned();
        for at in 0..length {
            let spreads = format!("...f{} ", at + 1).repeat(width);
            write!(text, " fragment f{at} on Query {{ {spreads} }}").expect("written");
        }
        write!(text, " fragment f{length} on Query {{ viewer {{ id }} }}").expect("written");
        text
    }

    #[test]
    fn expansion_is_measured_without_being_done() {
        assert_eq!(verdict(chain(4, 2)), "limit", "16 root fields");
        assert_eq!(verdict(chain(3, 2)), "passes", "8 root fields");
        assert_eq!(verdict(chain(MOST_FRAGMENTS - 1, 1)), "passes");
        let unknown = |query: String| query.replace("viewer { id }", "...elsewhere");
        assert_eq!(
            verdict(unknown(chain(MOST_FRAGMENTS - 1, 20))),
            "request",
            "what is not there is refused before anything is expanded"
        );
        assert_eq!(
            verdict(chain(MOST_FRAGMENTS - 1, 20)),
            "limit",
            "20 to the 19th"
        );
        assert_eq!(
            verdict(chain(MOST_FRAGMENTS, 1)),
            "limit",
            "one fragment too many"
        );
    }

    #[test]
    fn a_spread_weighs_something_itself() {
        let spreads = |times: usize| {
            let many = "... { ...a ...b }".repeat(times);
            format!("{{ viewer {{ {many} }} }} fragment a on V {{ id }} fragment b on V {{ ...a }}")
        };
        // Each time an inline fragment, three spreads and two fields.
        assert_eq!(verdict(spreads(66)), "passes");
        let many = |times: usize| {
            let once = "...a ".repeat(times);
            format!(
                "{{ viewer {{ {once} }} }} fragment a on V {{ {} }}",
                "... { ...b }".repeat(9)
            ) + " fragment b on V { id }"
        };
        // A spread, and nine inline fragments with a spread of a field each: 28 together.
        assert_eq!(verdict(many(35)), "passes");
        assert_eq!(verdict(many(36)), "limit");
    }

    #[test]
    fn fragments_that_are_not_there_or_not_used_are_refused() {
        for query in [
            "{ ...a }",
            "{ viewer { ... { ...a } } }",
            "{ ...a } fragment a on Query { viewer { ...b } }",
            "{ viewer { id } } fragment a on Query { viewer { id } }",
            "query A { ...a } query B { id } fragment a on Query { id } fragment b on Query { id }",
        ] {
            let named = Request::new(query).operation_name("A");
            assert!(
                matches!(Gate::default().admit(named, true), Err(Refused::Request(_))),
                "{query}"
            );
            assert_eq!(verdict(query), "request", "{query}");
        }
        let shared = "query A { ...a } query B { ...a } fragment a on Query { id }";
        assert!(
            Gate::default()
                .admit(Request::new(shared).operation_name("A"), true)
                .is_ok()
        );
    }

    #[test]
    fn what_is_no_graphql_is_told_where_and_not_repeated() {
        let word = "unheard";
        let Err(Refused::Request(refused)) =
            Gate::default().admit(Request::new(format!("{{ viewer {{ {word}( }} }}")), true)
        else {
            panic!("it is refused");
        };
        assert_eq!(refused.message, "This is no GraphQL document.");
        assert_eq!(refused.locations.len(), 1);
    }

    #[test]
    fn a_variable_is_defined_once() {
        let twice = "query($a: Int, $a: String) { viewer { id } }";
        assert_eq!(verdict(twice), "request");
        let of_two = "query A($a: Int) { a(b: $a) } query B($a: Int) { a(b: $a) }";
        assert!(
            Gate::default()
                .admit(Request::new(of_two).operation_name("A"), true)
                .is_ok()
        );
    }

    #[test]
    fn cycles_are_refused() {
        assert_eq!(verdict("{ ...a } fragment a on Query { ...a }"), "request");
        assert_eq!(
            verdict(
                "{ viewer { id } } fragment a on Query { x { ...b } } fragment b on X { ...a }"
            ),
            "request"
        );
    }

    #[test]
    fn many_rows_are_heavy_work() {
        let heavy = |query: &str, size: i64| {
            let variables = Variables::from_value(value!({ "n": size }));
            let request = Request::new(query).variables(variables);
            Gate::default()
                .admit(request, true)
                .expect("it passes")
                .is_heavy()
        };
        assert!(!heavy("{ a(first: 100) { nodes { id } } }", 0));
        assert!(heavy(
            "{ a(first: 100) { nodes { b(last: 5) { nodes { id } } } } }",
            0
        ));
        let query = "query($n: Int!) { a(first: 10) { nodes { ...c } } } fragment c on A { b(first: $n) { nodes { id } } }";
        assert!(!heavy(query, 49));
        assert!(heavy(query, 50));
        let unsent = |query: &str| {
            Gate::default()
                .admit(Request::new(query), true)
                .expect("it passes")
                .is_heavy()
        };
        assert!(unsent(
            "query($n: Int = 501) { a(first: $n) { nodes { id } } }"
        ));
        assert!(!unsent(
            "query($n: Int = 499) { a(first: $n) { nodes { id } } }"
        ));
        assert!(heavy("mutation { calendarImport { id } }", 0));
    }

    #[test]
    fn strangers_may_ask_for_little() {
        let open = |query: &str| {
            Gate::default()
                .admit(Request::new(query), true)
                .expect("it passes")
                .is_open()
        };
        assert!(open("{ __typename viewer { id } }"));
        assert!(open("mutation { accountAcceptLink { id } }"));
        for closed in [
            "{ contracts(first: 1) { totalCount } }",
            "{ viewer { id } v: contract(id: 1) { id } }",
            "{ ... on Query { node(id: 1) { id } } }",
            "{ ...a } fragment a on Query { ...b } fragment b on Query { nodes(ids: []) { id } }",
            "mutation { contractSign { id } }",
        ] {
            assert!(!open(closed), "{closed}");
        }
    }

    #[test]
    fn each_limit_holds_at_its_edge() {
        // Glued spreads are two tokens each.
        let glued = |times: usize| {
            format!(
                "{{ viewer {{ {} }} }} fragment a on V {{ id }}",
                "...a".repeat(times)
            )
        };
        assert_eq!(verdict(glued(400)), "passes");
        assert_eq!(verdict(glued(500)), "limit");
        assert_eq!(
            verdict(format!("{{ {} }}", "a".repeat(LONGEST_WORD))),
            "passes"
        );
        assert_eq!(
            verdict(format!("{{ {} }}", "a".repeat(LONGEST_WORD + 1))),
            "limit"
        );
        let repeated =
            |part: &str, times: usize| format!("{{ viewer {{ {} }} }}", part.repeat(times));
        assert_eq!(verdict(repeated("id ", MOST_TOKENS - 5)), "passes");
        assert_eq!(verdict(repeated("id ", MOST_TOKENS - 4)), "limit");
        assert_eq!(verdict(repeated("a: id ", MOST_ALIASES)), "passes");
        assert_eq!(verdict(repeated("a: id ", MOST_ALIASES + 1)), "limit");
        assert_eq!(verdict(repeated("id @a ", MOST_DIRECTIVES)), "passes");
        assert_eq!(verdict(repeated("id @a ", MOST_DIRECTIVES + 1)), "limit");
        assert_eq!(verdict(format!("{{ {} }}", "viewer ".repeat(10))), "passes");
        assert_eq!(verdict(format!("{{ {} }}", "viewer ".repeat(11))), "limit");
        let deep = |levels: usize| {
            format!(
                "{}x{}",
                "{ a ".repeat(levels - 1) + "{ ",
                " }".repeat(levels)
            )
        };
        assert_eq!(verdict(deep(LARGEST_DEPTH)), "passes");
        assert_eq!(verdict(deep(LARGEST_DEPTH + 1)), "limit");
        assert_eq!(
            verdict(format!("{{ a(b: {}1{}) }}", "[".repeat(60), "]".repeat(60))),
            "limit"
        );
    }

    #[test]
    fn the_description_may_be_deeper_but_not_circular() {
        let of =
            |levels: usize| format!("{}name{}", "ofType { ".repeat(levels), " }".repeat(levels));
        assert_eq!(
            verdict(format!(
                "{{ __schema {{ types {{ fields {{ args {{ type {{ {} }} }} }} }} }} }}",
                of(9)
            )),
            "passes"
        );
        let around = "fields { type { ".repeat(3) + "name" + &" } }".repeat(3);
        assert_eq!(
            verdict(format!("{{ __schema {{ types {{ {around} }} }} }}")),
            "limit"
        );
    }

    #[test]
    fn text_in_strings_and_comments_is_one_token_or_none() {
        let words = "{ word ".repeat(2_000);
        assert_eq!(verdict(format!("{{ a(b: \"{words}\") }}")), "passes");
        assert_eq!(
            verdict(format!("{{ a(b: \"\"\"{words} \\\"\"\" \" \"\"\") }}")),
            "passes"
        );
        assert_eq!(verdict(format!("{{ a }} # {words}")), "passes");
        assert_eq!(verdict("{ a(b: \"unfinished) }"), "request");
        assert_eq!(verdict(""), "request");
    }

    #[test]
    fn the_operation_is_the_named_one() {
        let both = "query A { a } mutation B { b }";
        assert_eq!(verdict(both), "request");
        let named =
            |name: &str| Gate::default().admit(Request::new(both).operation_name(name), true);
        assert!(named("A").expect("a query").is_query());
        assert!(named("B").expect("a mutation").is_mutation());
        assert!(named("C").is_err());
    }

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
