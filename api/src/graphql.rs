//! The GraphQL door. Everything a client may read or do, and nothing that decides: rules live in `entity`.
//!
//! How a term joins, say `contract`:
//! 1. `graphql/contract.rs`: `pub struct Contract(pub(crate) contract::Model)` with `From<Model>` and `#[Object]` (id by
//!    `Kind::Contract.id(..)`); `#[derive(Default)] pub struct ContractQuery` with `#[Object]`. Reads begin
//!    `repository::page(store(ctx).db(), viewer(ctx), ..).await?`: every `Fault` passes through a plain `?`.
//! 2. A list is a connection: arguments `first, last: Option<i32>, after, before: Option<String>`, the attribute
//!    `#[graphql(complexity = "page::cost(first, last, child_complexity)")]`, the body
//!    `let page = page::request(first, last, after, before)?;` and `Ok(page::connection(rows, |row| row.id))`.
//!    A list that is no connection says `complexity = "N * child_complexity"` with its usual length.
//! 3. An edge: `loaders::by_id!` or `loaders::Batch` (one statement for all keys), then
//!    `loaders::one::<ContractById>(ctx, id).await?`.
//! 4. A mutation, `graphql/contract/draft.rs`: an `InputObject`, `error::payload! { .. }`, a code enum
//!    `#[derive(Enum)] #[graphql(remote = "entity::contract::rules::SignError")]`, and `error::command(ctx, input, |store,
//!    viewer, input| async move { commands::sign(&store, &viewer, input).await }).await` (see `graphql/error.rs`).
//! 5. Here: `pub mod contract;` and a member in `Query` and `Mutation`; in `graphql/node.rs` a line in `nodes!`.
//! 6. Run `UPDATE_SCHEMA=1 cargo test -p api schema` and read what changed in `api/schema.graphql`.
//!
//! Ids in inputs are `ID`; `Kind::Contract.require(&input.id)?` gives the key or `NOT_FOUND`. Dates are `scalar::Date` and
//! `scalar::DateTime`; what a text may hold is seen to by [`input`], and a secret says `#[graphql(secret)]`. Doc comments are the descriptions a client reads: write them on every type, field and argument.

use std::sync::Arc;

use async_graphql::{EmptySubscription, MergedObject, OutputType, Response, registry::Registry};
use entity::{store::Store, viewer::Viewer};

pub mod absence;
pub mod account;
pub mod audit;
pub mod calendar;
pub mod deadline;
pub mod department;
pub mod enterprise;
pub mod commitment;
pub mod contract;
pub mod document;
pub mod error;
pub mod evaluation;
pub mod feed;
pub mod gate;
pub mod input;
pub mod job;
pub mod ledger;
pub mod letter;
pub mod liaison;
pub mod loaders;
pub mod mail;
pub mod milestone;
pub mod news;
pub mod node;
pub mod notice;
pub mod obligation;
pub mod page;
pub mod permit;
pub mod project;
pub mod preference;
pub mod range;
pub mod rating;
pub mod rectification;
pub mod report;
pub mod scalar;
pub mod session;
pub mod viewer;
pub mod visit;

/// What may be read.
#[derive(MergedObject, Default)]
pub struct Query(
    viewer::ViewerQuery,
    node::NodeQuery,
    account::AccountQuery,
    calendar::CalendarQuery,
    session::SessionQuery,
    department::DepartmentQuery,
    enterprise::EnterpriseQuery,
    liaison::LiaisonQuery,
    contract::ContractQuery,
    commitment::CommitmentQuery,
    obligation::ObligationQuery,
    project::ProjectQuery,
    milestone::MilestoneQuery,
    visit::VisitQuery,
    news::NewsQuery,
    document::DocumentQuery,
    job::JobQuery,
    report::ReportQuery,
    audit::AuditQuery,
    letter::LetterQuery,
    notice::NoticeQuery,
    absence::AbsenceQuery,
    evaluation::EvaluationQuery,
    rating::RatingQuery,
    rectification::RectificationQuery,
    feed::FeedQuery,
    permit::PermitQuery,
    ledger::LedgerQuery,
);

/// What may be done.
#[derive(MergedObject, Default)]
pub struct Mutation(
    account::AccountMutation,
    calendar::import::CalendarMutation,
    session::SessionMutation,
    department::DepartmentMutation,
    enterprise::EnterpriseMutation,
    liaison::LiaisonMutation,
    contract::ContractMutation,
    commitment::CommitmentMutation,
    obligation::ObligationMutation,
    project::ProjectMutation,
    milestone::MilestoneMutation,
    visit::VisitMutation,
    job::JobMutation,
    letter::LetterMutation,
    notice::NoticeMutation,
    preference::PreferenceMutation,
    absence::AbsenceMutation,
    evaluation::EvaluationMutation,
    rating::rate::RatingMutation,
    rectification::RectificationMutation,
    feed::FeedMutation,
    permit::PermitMutation,
    ledger::import::LedgerMutation,
);

/// The schema with the store in it.
pub type Schema = async_graphql::Schema<Query, Mutation, EmptySubscription>;

/// How much one operation may cost: every field is one, every list multiplies what is below it.
pub const LARGEST_COST: usize = 20_000;

/// How deep one operation may be. The standard introspection needs a little more and is excepted by the document gate.
pub const LARGEST_DEPTH: usize = 12;

/// What the schema is told of the settings of this process.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Whether all letters are held back by the setting `mail_hold`.
    pub mail_hold: bool,
    /// What reads the files of ledgers.
    pub ledgers: ledger::LedgerReader,
}

/// Builds the schema. Where `introspection` is off, `__schema` and `__type` are null.
pub fn build_schema(store: Store, introspection: bool, settings: Settings) -> Schema {
    let mut builder = blueprint()
        .data(store)
        .data(settings)
        .limit_complexity(LARGEST_COST)
        .limit_depth(LARGEST_DEPTH + 4)
        .disable_suggestions();
    if !introspection {
        builder = builder.disable_introspection();
    }
    builder.finish()
}

/// The text of the schema, as it is committed in `api/schema.graphql`.
pub fn sdl() -> String {
    blueprint().finish().sdl()
}

/// The types of the schema as the library knows them.
fn registry() -> Registry {
    let mut registry = Registry::default();
    Query::create_type_info(&mut registry);
    Mutation::create_type_info(&mut registry);
    // Without what only holds the terms together.
    registry.query_type = "Query".to_owned();
    registry.mutation_type = Some("Mutation".to_owned());
    registry.remove_unused_types();
    registry
}

fn blueprint() -> async_graphql::SchemaBuilder<Query, Mutation, EmptySubscription> {
    async_graphql::Schema::build(Query::default(), Mutation::default(), EmptySubscription)
}

/// Who sends a request, and the name under which the logs know it.
#[derive(Clone, Debug)]
pub struct Asker {
    /// The person, or nobody.
    pub viewer: Viewer,
    /// Appears in every log line and in an `INTERNAL` error.
    pub request_id: Arc<str>,
}

/// Executes what [`gate::admit`] let pass, for `asker`: the one way into the schema, for the network and for the console
/// alike.
pub async fn execute(schema: &Schema, admitted: gate::Admitted, asker: Asker) -> Response {
    if matches!(asker.viewer, Viewer::Anonymous { .. }) && !admitted.is_open() {
        return Response::from_errors(vec![error::unauthenticated(asker.viewer.language())]);
    }
    let loaders = loaders::Loaders::default();
    let request = admitted.request.data(loaders.clone()).data(asker.clone());
    let mut response = loaders::in_steps(&loaders, schema.execute(request)).await;
    error::present(&mut response.errors, &asker);
    response
}

#[cfg(test)]
mod conventions;
