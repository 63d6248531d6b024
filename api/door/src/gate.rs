//! The document gate: measures a document before the library validates it, because the library's own limits are applied
//! after work that grows faster than the document. Every step here is linear in the size of the document; what is counted
//! after the expansion of fragments is counted with one visit per fragment and saturating sums.

use std::{any::Any, collections::BTreeSet};

use async_graphql::{
    Name, Request, ServerError,
    parser::{self, parse_query, types::OperationType},
    registry::Registry,
};

use crate::{
    error,
    input::{Inputs, with_characters},
};
use omitted::{leave_out, omitted};
use operation::{chosen, keep_chosen, roots};
use scan::scan;
use weight::weigh;

pub mod lists;
mod omitted;
mod operation;
mod scan;
mod weight;

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
pub const MOST_ROOT_FIELDS: u64 = 12;
/// How much deeper than [`LARGEST_DEPTH`] the schema's description of itself may be asked.
pub const INTROSPECTION_DEPTH: usize = 4;

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
    "evaluationsDue",
    "evaluationDesign",
    "evaluationForm",
    "evaluationLiaisonBands",
    "evaluationChoose",
    "evaluationSaveDraft",
    "evaluationSubmit",
    "item",
    "items",
    "catalogueHistory",
    "promiseBoard",
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
        let weighed = weigh(&document, &request.variables, introspection)?;
        let name = request.operation_name.as_deref();
        let operation = chosen(&document, name)?;
        // All were weighed, and one of them runs.
        let is_chosen = |known: &Option<Name>| name.is_none() || known.as_deref() == name;
        let rows = weighed.iter().find(|(known, _)| is_chosen(known));
        let rows = rows.map_or(0, |(_, rows)| *rows);
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
    let mut refused = ServerError::new("This is not a GraphQL document.", None);
    refused.locations = syntax.positions().collect();
    tag(&mut refused, error::BAD_REQUEST);
    Refused::Request(Box::new(refused))
}

fn tag(refused: &mut ServerError, code: &str) {
    refused.extensions.get_or_insert_default().set("code", code);
}

#[cfg(test)]
mod tests;
