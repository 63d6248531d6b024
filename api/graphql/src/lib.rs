//! The GraphQL door. Everything a client may read or do, and nothing that decides: rules live in `entity`.
//!
//! How a term joins, say `contract`:
//! 1. `src/contract.rs`: `pub struct Contract(pub(crate) contract::Model)` with `From<Model>` and `#[Object]` (id by
//!    `Kind::Contract.id(..)`); `#[derive(Default)] pub struct ContractQuery` with `#[Object]`. Reads begin
//!    `repository::page(store(ctx).db(), viewer(ctx), ..).await?`: every `Fault` passes through a plain `?`.
//! 2. A list is a connection: arguments `first, last: Option<i32>, after, before: Option<String>`, the attribute
//!    `#[graphql(complexity = "page::cost(first, last, child_complexity)")]`, the body
//!    `let page = page::request(ctx, first, last, after, before)?;` and `Ok(page::connection(rows, |row| row.id))`.
//!    A list that is no connection says `complexity = "N * child_complexity"` with its usual length.
//! 3. An edge: `loaders::by_id!` or `loaders::Batch` (one statement for all keys), then
//!    `loaders::one::<ContractById>(ctx, id).await?`.
//! 4. A mutation whose command has a form is one method that says which function it runs, `run(ctx, input, commands::renew).await`
//!    (see [`api_door::form`]). Any other, `src/contract/draft.rs`: an `InputObject`, `command::payload! { .. }`, a code enum
//!    `#[derive(Enum)] #[graphql(remote = "entity::contract::rules::SignError")]`, and `command(ctx, input, |store,
//!    viewer, input| async move { commands::sign(&store, &viewer, input).await }).await` (see `api_door::command`).
//! 5. Here: `pub mod contract;` and a member in `Query` and `Mutation`; in `src/node.rs` a line in `nodes!`.
//! 6. Run `just schema` and read what changed in `api/schema.graphql`.
//!
//! Ids in inputs are `ID`; `Kind::Contract.require(&input.id)?` gives the key or `NOT_FOUND`. Dates are `scalar::Date` and
//! `scalar::DateTime`; what a text may hold is seen to by [`api_door::input`], and a secret says `#[graphql(secret)]`. Doc comments are the descriptions a client reads: write them on every type, field and argument.

// The fields of the schema are one future within the other, term by term.
#![recursion_limit = "256"]

use api_door::{
    error,
    gate::{Admitted, Gate, LARGEST_DEPTH},
    loaders::{self, Loaders},
    operation::{Asker, Schema},
    order::Asked,
    row::Waiting,
};
use async_graphql::{EmptySubscription, MergedObject, OutputType, Response, registry::Registry};
use entity::{store::Store, viewer::Viewer};
use futures::{FutureExt, future::BoxFuture};

pub mod absence;
pub mod account;
pub mod application;
pub mod audit;
pub mod calendar;
pub mod deadline;
pub mod department;
pub mod enterprise;
pub mod case;
pub mod comment;
pub mod commitment;
pub mod contract;
pub mod document;
pub mod evaluation;
pub mod feed;
pub mod item;
pub mod job;
pub mod ledger;
pub mod letter;
pub mod liaison;
pub mod mail;
pub mod milestone;
pub mod news;
pub mod node;
pub mod notice;
pub mod obligation;
pub mod pending;
pub mod permit;
pub mod project;
pub mod preference;
pub mod range;
pub mod rating;
pub mod rectification;
pub mod report;
pub mod saved_filter;
pub mod search;
pub mod session;
pub mod setup;
pub mod silence;
pub mod supervision;
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
    enterprise::LightQuery,
    liaison::LiaisonQuery,
    contract::ContractQuery,
    commitment::CommitmentQuery,
    commitment::standard::StandardPromisesQuery,
    obligation::ObligationQuery,
    obligation::counter::CounterQuery,
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
    evaluation::hand::EvaluationsDueQuery,
    rating::RatingQuery,
    rectification::RectificationQuery,
    feed::FeedQuery,
    permit::PermitQuery,
    ledger::LedgerQuery,
    search::SearchQuery,
    setup::SetupQuery,
    supervision::SupervisionQuery,
    pending::PendingQuery,
    saved_filter::SavedFilterQuery,
    item::ItemQuery,
    item::history::HistoryQuery,
    case::CaseQuery,
    application::ApplicationQuery,
    silence::SilenceQuery,
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
    commitment::standard::StandardPromisesMutation,
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
    supervision::SupervisionMutation,
    comment::CommentMutation,
    saved_filter::SavedFilterMutation,
    item::ItemMutation,
    case::CaseMutation,
    application::ApplicationMutation,
    silence::SilenceMutation,
);

/// How much one operation may cost: every field is one, every list multiplies what is below it.
pub const LARGEST_COST: usize = 20_000;

/// What the schema is told of the settings of this process.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Whether all letters are held back by the setting `mail_hold`.
    pub mail_hold: bool,
    /// Whether a mail server is set, or none is meant to be.
    pub delivers: bool,
    /// What reads the files of ledgers.
    pub ledgers: api_door::ledger::LedgerReader,
}

/// The schema with the store in it, and the gate before it.
pub struct Api {
    schema: async_graphql::Schema<Query, Mutation, EmptySubscription>,
    store: Store,
    gate: Gate,
}

impl Api {
    /// Builds the schema. Where `introspection` is off, `__schema` and `__type` are null.
    pub fn new(store: Store, introspection: bool, settings: Settings) -> Self {
        let mut builder = blueprint()
            .data(settings)
            .limit_complexity(LARGEST_COST)
            .limit_depth(LARGEST_DEPTH + 4)
            .disable_suggestions();
        if !introspection {
            builder = builder.disable_introspection();
        }
        Self {
            schema: builder.finish(),
            store,
            gate: Gate::new(registry()),
        }
    }
}

impl Schema for Api {
    fn gate(&self) -> &Gate {
        &self.gate
    }

    /// The one way into the schema, for the network and for the console alike.
    fn execute(&self, admitted: Admitted, asker: Asker) -> BoxFuture<'_, Response> {
        async move {
            if matches!(asker.viewer, Viewer::Anonymous { .. }) && !admitted.is_open() {
                let language = asker.viewer.language();
                return Response::from_errors(vec![error::unauthenticated(language)]);
            }
            let loaders = Loaders::default();
            // What a mutation answers is what it has made of the database, so it reads anew.
            let store = match admitted.is_mutation() {
                true => self.store.clone(),
                false => self.store.at_once(),
            };
            let mut request = admitted
                .into_request()
                .data(loaders.clone())
                .data(Waiting::default())
                .data(store.clone())
                .data(asker.clone());
            let asked = request.parsed_query().map(Asked::of).unwrap_or_default();
            let running = self.schema.execute(request);
            let mut response =
                loaders::in_steps(&loaders, || store.db().is_running(), running).await;
            asked.arrange(&mut response.data);
            error::present(&mut response.errors, &asker);
            response
        }
        .boxed()
    }

    fn sdl(&self) -> String {
        self.schema.sdl()
    }
}

/// The text of the schema, as it is committed in `api/schema.graphql`.
pub fn sdl() -> String {
    blueprint().finish().sdl()
}

/// The types of the schema as the library knows them.
pub fn registry() -> Registry {
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
