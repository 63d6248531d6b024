//! Pages of a list: keyset cursors over (sort key, id), so that no row is shown twice or left out while others come and go.

use std::collections::{BTreeSet, HashMap, HashSet};

use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DbBackend, EntityTrait, FromQueryResult, JoinType,
    Order, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait, RelationDef, Select,
    sea_query::{
        Alias, Asterisk, Expr, ExprTrait, Func, Query, SelectStatement, WindowStatement,
        extension::postgres::PgFunc,
    },
};
use uuid::Uuid;

use crate::{error::Fault, text::Search};

/// How many rows a page may have at most.
pub const LARGEST_PAGE: u64 = 100;

/// How many rows a page may have that becomes a part of a file: as many as one statement has keys, so that what the rows belong to is
/// read with one statement for each kind.
pub const LARGEST_PART: u64 = KEYS_AT_ONCE as u64;

/// Which part of a list is wanted. The order of every list ends with the id.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct PageRequest {
    /// How many rows, 1 to [`LARGEST_PAGE`]; of a file 1 to [`LARGEST_PART`].
    pub size: u64,
    /// From the end of the list backwards (`last`) instead of from its start (`first`).
    pub backwards: bool,
    /// Only rows after this id in the list's order.
    pub after: Option<Uuid>,
    /// Only rows before this id in the list's order.
    pub before: Option<Uuid>,
    /// Whether it is asked how many rows the whole list has, up to [`COUNTED_TO`]: to count them costs more than to read a page.
    pub counted: bool,
}

impl PageRequest {
    /// The first `size` rows.
    pub fn first(size: u64) -> Self {
        Self {
            size,
            backwards: false,
            after: None,
            before: None,
            counted: false,
        }
    }

    /// How many rows it gives at most.
    fn rows(&self) -> u64 {
        self.size.clamp(1, LARGEST_PART)
    }

    /// The direction in which it is read, of a list that is `descending` or not.
    fn order(&self, descending: bool) -> Order {
        if descending == self.backwards {
            Order::Asc
        } else {
            Order::Desc
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
    /// How many rows the whole list has for this viewer, where that was asked.
    pub total: Option<u64>,
}

impl<T> Default for Page<T> {
    /// A list without rows.
    fn default() -> Self {
        Self {
            rows: Vec::new(),
            has_previous: false,
            has_next: false,
            total: None,
        }
    }
}

impl<T> Page<T> {
    /// The page `request` of a list. `rows` were read in the direction of the request, one more than it wants where
    /// there are more.
    fn of(request: &PageRequest, mut rows: Vec<T>, total: Option<u64>) -> Self {
        let size = request.rows();
        let more = rows.len() as u64 > size;
        rows.truncate(usize::try_from(size).unwrap_or(usize::MAX));
        let (has_previous, has_next) = if request.backwards {
            rows.reverse();
            (more, request.before.is_some())
        } else {
            (request.after.is_some(), more)
        };
        Self {
            rows,
            has_previous,
            has_next,
            total,
        }
    }
}

/// How many keys one statement may have.
pub(crate) const KEYS_AT_ONCE: usize = 500;

/// Whether `column` is one of `keys`. On PostgreSQL they are one value, so that the statement is the same for any number of keys and planned once.
pub(crate) fn among(db: &impl ConnectionTrait, column: impl ColumnTrait, keys: &[Uuid]) -> Expr {
    match db.get_database_backend() {
        DbBackend::Postgres => column.into_expr().eq(PgFunc::any(keys.to_vec())),
        _ => column.is_in(keys.iter().copied()),
    }
}

/// Whether `column` is one of the keys that `wanted` finds. A few are looked up, so that an index leads to their rows; of many, a list meets
/// enough on its way.
pub(crate) async fn one_of(
    db: &impl ConnectionTrait,
    column: impl ColumnTrait,
    wanted: SelectStatement,
) -> Result<Expr, Fault> {
    let few = wanted.clone().limit(KEYS_AT_ONCE as u64 + 1).to_owned();
    let found = db.query_all(&few).await?;
    if found.len() > KEYS_AT_ONCE {
        return Ok(column.in_subquery(wanted));
    }
    // Nothing has this key, and an index says so, also where one of several conditions suffices.
    if found.is_empty() {
        return Ok(column.eq(Uuid::nil()));
    }
    let keys: Result<Vec<Uuid>, _> = found.iter().map(|row| row.try_get_by_index(0)).collect();
    Ok(among(db, column, &keys?))
}

/// The rows of `found` that fit a search best, at most `most`: first where one of `names` is what is looked for, then where one begins so, then all
/// others; equals in the order of `by`. All that are found are looked at, so this is for things of which a park has some thousands.
pub(crate) async fn closest<E: EntityTrait>(
    db: &impl ConnectionTrait,
    found: Select<E>,
    text: &Search,
    names: &[E::Column],
    by: [E::Column; 2],
    most: u64,
) -> Result<Vec<E::Model>, Fault> {
    let names: Vec<Expr> = names.iter().map(|name| name.into_expr()).collect();
    let mut found = found.order_by_asc(text.rank(db.get_database_backend(), names));
    for by in by {
        found = found.order_by_asc(by);
    }
    Ok(found.limit(most.clamp(1, LARGEST_PAGE)).all(db).await?)
}

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
        let rows = visible.clone().filter(among(db, column, part)).all(db);
        found.extend(rows.await?);
    }
    Ok(found)
}

/// Which of these `texts` stand in the `column` of a row.
pub(crate) async fn known<E: EntityTrait>(
    db: &impl ConnectionTrait,
    column: E::Column,
    texts: &[String],
) -> Result<HashSet<String>, Fault> {
    let mut known = HashSet::with_capacity(texts.len());
    for part in texts.chunks(KEYS_AT_ONCE) {
        let found: Vec<String> = E::find()
            .select_only()
            .column(column)
            .filter(column.is_in(part.iter().map(String::as_str)))
            .into_tuple()
            .all(db)
            .await?;
        known.extend(found);
    }
    Ok(known)
}

/// Rows by the key of what they belong to, in their order.
pub fn grouped<T>(rows: Vec<T>, key: impl Fn(&T) -> Uuid) -> HashMap<Uuid, Vec<T>> {
    let mut groups: HashMap<Uuid, Vec<T>> = HashMap::new();
    for row in rows {
        groups.entry(key(&row)).or_default().push(row);
    }
    groups
}

/// One thing by which a list is sorted.
#[derive(Clone, Debug)]
pub struct SortKey {
    /// What is compared; never null.
    pub by: Expr,
    /// The largest first.
    pub descending: bool,
    /// The way to it, where it belongs to another table.
    pub via: Option<RelationDef>,
    /// Whether no two rows of the list have the same.
    pub unique: bool,
    /// What follows from the filter, in the words of the index that has this order.
    pub follows: Option<Expr>,
}

impl SortKey {
    /// A column of the table itself.
    pub fn column(by: impl ColumnTrait, descending: bool) -> Self {
        Self {
            by: by.into_expr(),
            descending,
            via: None,
            unique: false,
            follows: None,
        }
    }
}

/// One page of the rows of `visible` that meet `filter`, in the order of `by` (a column that is never null) and then of `id`.
/// See [`keyset_by`].
pub async fn keyset<E, M>(
    db: &impl ConnectionTrait,
    visible: Select<E>,
    filter: Condition,
    by: E::Column,
    descending: bool,
    id: E::Column,
    request: &PageRequest,
) -> Result<Page<M>, Fault>
where
    E: EntityTrait,
    E::Model: Send + Sync,
    M: FromQueryResult + Send + Sync,
{
    let keys = vec![SortKey::column(by, descending)];
    keyset_by(db, visible, filter, keys, id, request).await
}

/// One page of the rows of `visible` that meet `filter`, in the order of `keys` and, unless the last of them is unique, then of `id`, in the
/// direction of the last key.
///
/// The row a cursor names is looked for among all that are visible, so that paging goes on when the row itself has meanwhile
/// left the filter; a cursor of a row one may not see is like one that never was, and gives an empty page.
///
/// A row is a model, or what `visible` selects of it.
pub async fn keyset_by<E, M>(
    db: &impl ConnectionTrait,
    visible: Select<E>,
    filter: Condition,
    mut keys: Vec<SortKey>,
    id: E::Column,
    request: &PageRequest,
) -> Result<Page<M>, Fault>
where
    E: EntityTrait,
    E::Model: Send + Sync,
    M: FromQueryResult + Send + Sync,
{
    let last = keys.last();
    if !last.is_some_and(|key| key.unique) {
        let descending = last.is_some_and(|key| key.descending);
        keys.push(SortKey::column(id, descending));
    }
    let total = match request.counted {
        true => Some(counted(db, visible.clone().filter(filter.clone())).await?),
        false => None,
    };
    let ways = keys.iter().filter_map(|key| key.via.clone());
    let visible = ways.fold(visible, |visible, way| {
        visible.join(JoinType::InnerJoin, way)
    });
    let follows = keys.iter_mut().filter_map(|key| key.follows.take());
    let follows = follows.fold(Condition::all(), Condition::add);
    let mut select = visible.clone().filter(filter).filter(follows);
    for (cursor, after) in [(request.after, true), (request.before, false)] {
        let Some(cursor) = cursor else { continue };
        let anchor = visible.clone().filter(id.eq(cursor));
        if anchor.clone().count(db).await? == 0 {
            return Ok(Page {
                total,
                ..Page::default()
            });
        }
        select = select.filter(beyond(&keys, &anchor, after));
    }
    for key in keys {
        select = select.order_by(key.by, request.order(key.descending));
    }
    let rows = select.limit(request.rows() + 1).into_model().all(db);
    Ok(Page::of(request, rows.await?, total))
}

/// The page `request` of the list of each of `owners`: of the rows of `visible` that belong to it by the column `of`, in the order of
/// `id`. One statement, and one to count, however many owners there are; an owner without rows is left out.
pub async fn keyset_of_each<E>(
    db: &impl ConnectionTrait,
    visible: Select<E>,
    of: E::Column,
    owner: fn(&E::Model) -> Uuid,
    id: E::Column,
    owners: &[Uuid],
    request: &PageRequest,
) -> Result<HashMap<Uuid, Page<E::Model>>, Fault>
where
    E: EntityTrait,
    E::Model: Send + Sync,
{
    let visible = visible.filter(among(db, of, owners));
    let mut totals: HashMap<Uuid, u64> = HashMap::new();
    if request.counted {
        let counts: Vec<(Uuid, i64)> = visible
            .clone()
            .select_only()
            .column_as(of, "owner")
            .column_as(id.count(), "total")
            .group_by(of)
            .into_tuple()
            .all(db)
            .await?;
        let total = |(owner, total)| (owner, u64::try_from(total).unwrap_or_default());
        totals = counts.into_iter().map(total).collect();
    }
    let order = request.order(false);
    let place = WindowStatement::partition_by(of.as_column_ref())
        .order_by(id.as_column_ref(), order.clone())
        .take();
    let mut placed = visible
        .filter(
            Condition::all()
                .add_option(request.after.map(|after| id.gt(after)))
                .add_option(request.before.map(|before| id.lt(before))),
        )
        .select_only()
        .column_as(id, "key")
        .into_query();
    placed.expr_window_as(Func::cust("ROW_NUMBER"), place, Alias::new("place"));
    let wanted = Query::select()
        .column(Alias::new("key"))
        .from_subquery(placed, Alias::new("placed"))
        .and_where(Expr::col(Alias::new("place")).lte(request.rows() + 1))
        .to_owned();
    let rows = E::find()
        .filter(id.in_subquery(wanted))
        .order_by(id, order)
        .all(db)
        .await?;
    let mut rows = grouped(rows, owner);
    // Beyond the last page of an owner there are no rows, but they are counted.
    let owners: BTreeSet<Uuid> = rows.keys().chain(totals.keys()).copied().collect();
    let pages = owners.into_iter().map(|owner| {
        let rows = rows.remove(&owner).unwrap_or_default();
        let total = totals.get(&owner).copied();
        (owner, Page::of(request, rows, total))
    });
    Ok(pages.collect())
}

/// The number from which on a list is no longer counted.
pub const COUNTED_TO: u64 = 10_000;

/// How many rows a list has; [`COUNTED_TO`] and one more stand for all that have more, so that it does not cost more the longer the list is.
async fn counted<E: EntityTrait>(db: &impl ConnectionTrait, list: Select<E>) -> Result<u64, Fault> {
    let rows = list
        .select_only()
        .expr_as(Expr::val(1), "row")
        .limit(COUNTED_TO + 1)
        .into_query();
    let count = Query::select()
        .expr_as(Func::count(Expr::col(Asterisk)), "many")
        .from_subquery(rows, "rows")
        .to_owned();
    let count = db.query_one(&count).await?;
    let count: i64 = count.map_or(Ok(0), |row| row.try_get("", "many"))?;
    Ok(u64::try_from(count).unwrap_or_default())
}

/// The rows that stand after (or before) the row `anchor`: equal to it in the first keys and further in the next. The database
/// itself reads the anchor's keys, so that no value changes its type on the way. Where all keys go in one direction it is one comparison, which
/// an index answers.
fn beyond<E: EntityTrait>(keys: &[SortKey], anchor: &Select<E>, after: bool) -> Condition {
    let there = |keys: &[SortKey]| {
        let values = keys.iter().map(|key| key.by.clone());
        Expr::from(anchor.clone().select_only().exprs(values).into_query())
    };
    let here = |keys: &[SortKey]| match keys {
        [key] => key.by.clone(),
        keys => Expr::tuple(keys.iter().map(|key| key.by.clone())),
    };
    let further = |keys: &[SortKey]| {
        if after == keys[0].descending {
            here(keys).lt(there(keys))
        } else {
            here(keys).gt(there(keys))
        }
    };
    let same = keys
        .iter()
        .take_while(|key| key.descending == keys[0].descending);
    let (first, rest) = keys.split_at(same.count());
    let mut any = Condition::any().add(further(first));
    if !rest.is_empty() {
        let equal = here(first).eq(there(first));
        any = any.add(Condition::all().add(equal).add(beyond(rest, anchor, after)));
    }
    any
}
