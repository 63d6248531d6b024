//! The audit trail (审计记录) in the API.

use api_door::{
    loaders::by_id,
    operation::{store, viewer},
    page::{self, Connection, SortDirection},
    row::Row,
    scalar::{DateTime, Kind},
};
use async_graphql::{Context, Enum, ID, InputObject, Object, Result};
use entity::audit::{
    self, repository,
    rules::{self, FieldChange},
};
use entity::table::Visible;
use serde_json::Value;
use uuid::Uuid;

use super::{
    liaison::{Official, official, officials},
    range::DateTimeRange,
};

/// Who changed what, when and why (审计记录). Written with the change itself, never altered.
pub struct AuditEntry(audit::Model);

impl From<audit::Model> for AuditEntry {
    fn from(row: audit::Model) -> Self {
        Self(row)
    }
}

/// Who changed what, when and why (审计记录). Written with the change itself, never altered.
#[Object]
impl AuditEntry {
    /// The global id.
    pub(super) async fn id(&self) -> ID {
        Kind::AuditEntry.id(self.0.id)
    }

    /// When.
    async fn at(&self) -> DateTime {
        self.0.at.into()
    }

    /// The person; null when a part of the system did it by itself.
    async fn actor(&self, ctx: &Context<'_>) -> Result<Option<Row<Official>>> {
        official(ctx, self.0.actor_id).await
    }

    /// As what: the role the person had then (`LIAISON`), or the part of the system (`system: import`).
    async fn acted_as(&self) -> &str {
        &self.0.actor
    }

    /// The command: `contract.sign`.
    async fn action(&self) -> &str {
        &self.0.action
    }

    /// The type of the thing changed: `Contract`.
    async fn subject_kind(&self) -> &str {
        &self.0.subject_kind
    }

    /// The global id of the thing changed; null for what has none, such as the calendar.
    async fn subject_id(&self) -> Option<ID> {
        Kind::of_type(&self.0.subject_kind).map(|kind| kind.id(self.0.subject_id))
    }

    /// The fields that changed, by name.
    #[graphql(complexity = "10 * child_complexity")]
    async fn changes(&self) -> Vec<AuditChange> {
        let changes = rules::changes(&self.0).into_iter();
        changes.map(AuditChange).collect()
    }

    /// Why, where the command asks for a reason.
    async fn reason(&self) -> Option<&str> {
        self.0.reason.as_deref()
    }
}

/// One field of a thing, as it was and as it became.
pub struct AuditChange(FieldChange);

/// One field of a thing, as it was and as it became.
#[Object]
impl AuditChange {
    /// The name of the field.
    async fn field(&self) -> &str {
        &self.0.field
    }

    /// What it was, as text; null when there was nothing.
    async fn before(&self) -> Option<String> {
        shown(&self.0.field, self.0.before.as_ref())
    }

    /// What it became, as text; null when there is nothing.
    async fn after(&self) -> Option<String> {
        shown(&self.0.field, self.0.after.as_ref())
    }
}

/// A recorded value as text. The key of another thing is shown as its global id.
fn shown(field: &str, value: Option<&Value>) -> Option<String> {
    Some(match value? {
        Value::String(text) => match Uuid::try_parse(text) {
            Ok(key) => match field.strip_suffix("Id").and_then(Kind::of_prefix) {
                Some(kind) => kind.id(key).0,
                None => key.simple().to_string(),
            },
            Err(_) => text.clone(),
        },
        other => other.to_string(),
    })
}

by_id! {
    /// Audit entries by key.
    AuditEntryById: audit::Model = audit::Entity::of_ids
}

/// One of several words.
#[derive(InputObject)]
pub struct AuditWordIn {
    /// It is one of these.
    one_of: Vec<String>,
}

/// One of several people.
#[derive(InputObject)]
pub struct AuditActorIn {
    /// The account is one of these.
    one_of: Vec<ID>,
}

/// Narrows the audit trail: all conditions hold.
#[derive(Default, InputObject)]
pub struct AuditFilter {
    /// Who did it.
    actor_id: Option<AuditActorIn>,
    /// By which command: `contract.sign`.
    action: Option<AuditWordIn>,
    /// What type of thing was changed: `Contract`.
    subject_kind: Option<AuditWordIn>,
    /// Which thing was changed: its history.
    subject_id: Option<ID>,
    /// When.
    at: Option<DateTimeRange>,
}

/// By what the audit trail may be sorted.
#[derive(Clone, Copy, PartialEq, Eq, Enum)]
pub enum AuditSortField {
    /// When it happened.
    At,
}

/// The order of the audit trail.
#[derive(InputObject)]
pub struct AuditSort {
    /// By what.
    #[graphql(default_with = "AuditSortField::At")]
    field: AuditSortField,
    /// In which direction.
    #[graphql(default_with = "SortDirection::Asc")]
    direction: SortDirection,
}

/// Reading the audit trail.
#[derive(Default)]
pub struct AuditQuery;

#[Object]
impl AuditQuery {
    /// Everybody who did something in the trail that this viewer may read, by name.
    #[graphql(complexity = "100 * child_complexity")]
    async fn audit_actors(&self, ctx: &Context<'_>) -> Result<Vec<Row<Official>>> {
        let ids = repository::actors(store(ctx).db(), viewer(ctx)).await?;
        officials(ctx, ids).await
    }

    /// The audit trail: SUPERVISOR reads all of it, ADMIN what concerns operations and no business content.
    #[allow(clippy::too_many_arguments, reason = "the arguments of a connection")]
    #[graphql(complexity = "page::cost(first, last, child_complexity)")]
    async fn audit_entries(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many from the start.")] first: Option<i32>,
        #[graphql(desc = "How many from the end.")] last: Option<i32>,
        #[graphql(desc = "Only after this cursor.")] after: Option<String>,
        #[graphql(desc = "Only before this cursor.")] before: Option<String>,
        #[graphql(name = "where", desc = "Narrows the list.")] filter: Option<AuditFilter>,
        #[graphql(
            desc = "The order, the oldest first unless said otherwise; the id decides among equals."
        )]
        sort_by: Option<Vec<AuditSort>>,
    ) -> Result<Connection<AuditEntry>> {
        let request = page::request(ctx, first, last, after, before)?;
        let filter = filter.unwrap_or_default();
        let people = |actors: AuditActorIn| {
            let keys = actors.one_of.iter().map(|id| Kind::Account.require(id));
            keys.collect::<Result<Vec<_>, _>>()
        };
        let (from, before) = filter.at.unwrap_or_default().bounds();
        let subject = |id: ID| Kind::parse(&id).map(|(_, key)| key);
        let filter = repository::Filter {
            actors: filter.actor_id.map(people).transpose()?,
            actions: filter.action.map(|word| word.one_of),
            subject_kinds: filter.subject_kind.map(|word| word.one_of),
            subject_id: filter
                .subject_id
                .map(|id| subject(id).ok_or(entity::error::Fault::NotFound))
                .transpose()?,
            from,
            before,
        };
        let sort = page::order(sort_by.unwrap_or_default(), |sort| {
            (sort.field, sort.direction)
        })?;
        let descending = sort.first().is_some_and(|(_, descending)| *descending);
        let rows =
            repository::page(store(ctx).db(), viewer(ctx), &filter, descending, &request).await?;
        Ok(page::connection(rows, |row| row.id))
    }
}
