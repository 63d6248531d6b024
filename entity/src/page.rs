//! Pages of a list: keyset cursors over (sort key, id), so that no row is shown twice or left out while others come and go.

use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, ModelTrait, Order, PaginatorTrait,
    QueryFilter, QueryOrder, QuerySelect, Select, sea_query::Value,
};
use uuid::Uuid;

use crate::error::Fault;

/// How many rows a page may have at most.
pub const LARGEST_PAGE: u64 = 100;

/// Which part of a list is wanted. The order of every list ends with the id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageRequest {
    /// How many rows, 1 to [`LARGEST_PAGE`].
    pub size: u64,
    /// From the end of the list backwards (`last`) instead of from its start (`first`).
    pub backwards: bool,
    /// Only rows after this id in the list's order.
    pub after: Option<Uuid>,
    /// Only rows before this id in the list's order.
    pub before: Option<Uuid>,
}

impl PageRequest {
    /// The first `size` rows.
    pub fn first(size: u64) -> Self {
        Self {
            size,
            backwards: false,
            after: None,
            before: None,
        }
    }
}

/// A part of a list, always in the list's own order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page<T> {
    /// The rows.
    pub rows: Vec<T>,
    /// Whether rows lie before these.
    pub has_previous: bool,
    /// Whether rows lie after these.
    pub has_next: bool,
    /// How many rows the whole list has for this viewer.
    pub total: u64,
}

/// How many keys one statement may have.
const KEYS_AT_ONCE: usize = 500;

/// The rows of `visible` whose `column` is one of `keys`, in parts of so many keys as one statement may have: in the order of
/// `visible` within each part.
pub async fn of_keys<E: EntityTrait>(
    db: &impl ConnectionTrait,
    visible: Select<E>,
    column: E::Column,
    keys: &[Uuid],
) -> Result<Vec<E::Model>, Fault> {
    let mut found = Vec::with_capacity(keys.len());
    for part in keys.chunks(KEYS_AT_ONCE) {
        let rows = visible
            .clone()
            .filter(column.is_in(part.iter().copied()))
            .all(db);
        found.extend(rows.await?);
    }
    Ok(found)
}

/// One page of the rows of `visible` that meet `filter`, in the order of `by` (a column that is never null) and then of `id`.
///
/// The row a cursor names is looked for among all that are visible, so that paging goes on when the row itself has meanwhile
/// left the filter; a cursor of a row one may not see is like one that never was, and gives an empty page.
pub async fn keyset<E>(
    db: &impl ConnectionTrait,
    visible: Select<E>,
    filter: Condition,
    by: E::Column,
    descending: bool,
    id: E::Column,
    request: &PageRequest,
) -> Result<Page<E::Model>, Fault>
where
    E: EntityTrait,
    E::Model: Send + Sync,
{
    let filtered = visible.clone().filter(filter);
    let total = filtered.clone().count(db).await?;
    let size = request.size.clamp(1, LARGEST_PAGE);
    let mut select = filtered;
    for (cursor, beyond) in [(request.after, !descending), (request.before, descending)] {
        let Some(cursor) = cursor else { continue };
        let Some(anchor) = visible.clone().filter(id.eq(cursor)).one(db).await? else {
            return Ok(Page {
                rows: Vec::new(),
                has_previous: false,
                has_next: false,
                total,
            });
        };
        let key: Value = anchor.get(by);
        let (further, next) = if beyond {
            (by.gt(key.clone()), id.gt(cursor))
        } else {
            (by.lt(key.clone()), id.lt(cursor))
        };
        select = select.filter(
            Condition::any()
                .add(further)
                .add(Condition::all().add(by.eq(key)).add(next)),
        );
    }
    let order = if descending == request.backwards {
        Order::Asc
    } else {
        Order::Desc
    };
    let mut rows = select
        .order_by(by, order.clone())
        .order_by(id, order)
        .limit(size + 1)
        .all(db)
        .await?;
    let more = rows.len() as u64 > size;
    rows.truncate(usize::try_from(size).unwrap_or(usize::MAX));
    let (has_previous, has_next) = if request.backwards {
        rows.reverse();
        (more, request.before.is_some())
    } else {
        (request.after.is_some(), more)
    };
    Ok(Page {
        rows,
        has_previous,
        has_next,
        total,
    })
}
