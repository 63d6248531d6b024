//! Notices (通知): the same facts as letters, in the app.

use api_door::{
    loaders::by_id,
    operation::{store, viewer},
    page::{self, Connection, SortDirection},
    scalar::{DateTime, Kind},
};
use async_graphql::{Context, Enum, ID, InputObject, MergedObject, Object, Result};
use entity::notice::{self, repository};
use entity::table::Visible;

use super::letter::LetterKindIn;

pub mod read;
pub mod read_all;

/// The same fact as a letter, shown in the app, read or unread (通知).
pub struct Notice(pub(crate) notice::Model);

impl From<notice::Model> for Notice {
    fn from(row: notice::Model) -> Self {
        Self(row)
    }
}

/// The same fact as a letter, shown in the app, read or unread (通知).
#[Object]
impl Notice {
    /// The global id.
    pub(super) async fn id(&self) -> ID {
        Kind::Notice.id(self.0.id)
    }

    /// What it is about, named as the kind of its letter: `digest`, `contract_expiry`.
    async fn kind(&self) -> &str {
        &self.0.kind
    }

    /// What has happened, in one sentence, in the language of the person who asks.
    async fn title(&self, ctx: &Context<'_>) -> String {
        let language = viewer(ctx).language();
        self.0.title().in_language(language).to_owned()
    }

    /// The page below the public address on which it is seen; null when there is none.
    async fn path(&self) -> Option<&str> {
        self.0.path.as_deref()
    }

    /// When it was written.
    async fn created_at(&self) -> DateTime {
        self.0.created_at.into()
    }

    /// When it was read; null while it is unread.
    async fn read_at(&self) -> Option<DateTime> {
        self.0.read_at.map(Into::into)
    }
}

by_id! {
    /// Notices by key.
    NoticeById: notice::Model = notice::Entity::of_ids
}

/// Narrows a list of notices: all conditions hold.
#[derive(Default, InputObject)]
pub struct NoticeFilter {
    /// Only unread ones when true, only read ones when false.
    unread: Option<bool>,
    /// Of one of these kinds.
    kind: Option<LetterKindIn>,
}

/// By what a list of notices may be sorted.
#[derive(Clone, Copy, PartialEq, Eq, Enum)]
pub enum NoticeSortField {
    /// When it was written.
    CreatedAt,
}

/// The order of a list of notices.
#[derive(InputObject)]
pub struct NoticeSort {
    /// By what.
    #[graphql(default_with = "NoticeSortField::CreatedAt")]
    field: NoticeSortField,
    /// In which direction.
    #[graphql(default_with = "SortDirection::Asc")]
    direction: SortDirection,
}

/// Reads of notices.
#[derive(Default)]
pub struct NoticeQuery;

#[Object]
impl NoticeQuery {
    /// The own notices.
    #[allow(clippy::too_many_arguments, reason = "the arguments of a connection")]
    #[graphql(complexity = "page::cost(first, last, child_complexity)")]
    async fn notices(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many from the start.")] first: Option<i32>,
        #[graphql(desc = "How many from the end.")] last: Option<i32>,
        #[graphql(desc = "Only after this cursor.")] after: Option<String>,
        #[graphql(desc = "Only before this cursor.")] before: Option<String>,
        #[graphql(name = "where", desc = "Narrows the list.")] filter: Option<NoticeFilter>,
        #[graphql(
            desc = "The order, the oldest first unless said otherwise; the id decides among equals."
        )]
        sort_by: Option<Vec<NoticeSort>>,
    ) -> Result<Connection<Notice>> {
        let request = page::request(ctx, first, last, after, before)?;
        let filter = filter.unwrap_or_default();
        let filter = repository::Filter {
            unread: filter.unread,
            kinds: filter.kind.map(|any| any.one_of),
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

/// What a person does with notices.
#[derive(MergedObject, Default)]
pub struct NoticeMutation(read::NoticeReadMutation, read_all::NoticeReadAllMutation);
