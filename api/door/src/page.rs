//! Lists as Relay connections.

use std::borrow::Cow;

use async_graphql::{
    ContainerType, Context, Enum, Error, Object, OutputType, Result, SimpleObject, TypeName,
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use entity::{
    error::Fault,
    page::{LARGEST_PAGE, LARGEST_PART, Page, PageRequest},
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{error::bad_request, row::Row, scalar::int};

/// Who reads a list: this says how large a page may be. What an operation does not say itself, everybody does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Reader {
    /// Who sends a request, or opens a page of the console.
    #[default]
    Anybody,
    /// The console, writing a file: it drops each page before it asks for the next one, and only so many files are written at the same time.
    File,
}

impl Reader {
    fn of(ctx: &Context<'_>) -> Self {
        ctx.data_opt::<Self>().copied().unwrap_or_default()
    }

    /// How many rows a page may have.
    pub const fn largest_page(self) -> u64 {
        match self {
            Self::Anybody => LARGEST_PAGE,
            Self::File => LARGEST_PART,
        }
    }
}

/// The page a client asks for: exactly one of `first` and `last`, 1 to 100, for a file to [`LARGEST_PART`]; cursors are those of an earlier answer.
pub fn request(
    ctx: &Context<'_>,
    first: Option<i32>,
    last: Option<i32>,
    after: Option<String>,
    before: Option<String>,
) -> Result<PageRequest> {
    Ok(PageRequest {
        counted: ctx.look_ahead().field("totalCount").exists(),
        ..part(Reader::of(ctx), first, last, after, before)?
    })
}

fn part(
    reader: Reader,
    first: Option<i32>,
    last: Option<i32>,
    after: Option<String>,
    before: Option<String>,
) -> Result<PageRequest> {
    let (asked, backwards) = match (first, last) {
        (Some(size), None) => (size, false),
        (None, Some(size)) => (size, true),
        _ => return Err(bad_request("Give either `first` or `last`.")),
    };
    let size = size(asked, reader.largest_page())
        .ok_or_else(|| bad_request("`first` and `last` are from 1 to 100."))?;
    Ok(PageRequest {
        size,
        backwards,
        after: after.as_deref().map(key_of).transpose()?,
        before: before.as_deref().map(key_of).transpose()?,
        counted: false,
    })
}

/// How many rows are asked for, if that is from 1 to `most`.
pub fn size(asked: i32, most: u64) -> Option<u64> {
    u64::try_from(asked)
        .ok()
        .filter(|size| (1..=most).contains(size))
}

/// A direction of sorting.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Enum, Deserialize, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum SortDirection {
    /// The smallest first.
    #[default]
    Asc,
    /// The largest first.
    Desc,
}

/// The keys of `sortBy`, each a field and whether the largest comes first: at most [`crate::gate::lists::MOST_SORT_KEYS`] (the document gate says
/// so), each field once.
pub fn order<S, F: PartialEq>(
    sort_by: Vec<S>,
    key: impl Fn(&S) -> (F, SortDirection),
) -> Result<Vec<(F, bool)>> {
    let mut keys: Vec<(F, bool)> = Vec::with_capacity(sort_by.len());
    for (field, direction) in sort_by.iter().map(key) {
        if keys.iter().any(|(known, _)| *known == field) {
            return Err(bad_request("`sortBy` names each field once."));
        }
        keys.push((field, direction == SortDirection::Desc));
    }
    Ok(keys)
}

/// What a connection costs: each row it may have, and itself. A page that will be refused costs as one row; of a file, a page that everybody may ask for
/// counts in its place, because each row of it must cost no more than one on a page.
pub fn cost(first: Option<i32>, last: Option<i32>, child_complexity: usize) -> usize {
    let asked = u64::try_from(first.or(last).unwrap_or(1)).unwrap_or(1);
    let size = asked.clamp(1, LARGEST_PAGE);
    child_complexity
        .saturating_mul(usize::try_from(size).unwrap_or(usize::MAX))
        .saturating_add(1)
}

/// A page of rows as a connection; `key` gives the id of a row.
pub fn connection<M, T: From<M>>(page: Page<M>, key: impl Fn(&M) -> Uuid) -> Connection<T> {
    Connection {
        info: PageInfo {
            has_previous_page: page.has_previous,
            has_next_page: page.has_next,
            start_cursor: page.rows.first().map(|row| cursor_of(key(row))),
            end_cursor: page.rows.last().map(|row| cursor_of(key(row))),
        },
        total: page.total.map(int),
        edges: page
            .rows
            .into_iter()
            .map(|row| Edge {
                cursor: cursor_of(key(&row)),
                node: row.into(),
            })
            .collect(),
    }
}

fn cursor_of(key: Uuid) -> String {
    URL_SAFE_NO_PAD.encode(key.as_bytes())
}

fn key_of(cursor: &str) -> Result<Uuid, Error> {
    URL_SAFE_NO_PAD
        .decode(cursor)
        .ok()
        .and_then(|bytes| Uuid::from_slice(&bytes).ok())
        .ok_or_else(|| bad_request("This cursor is not valid."))
}

/// Where a page lies in its list.
#[derive(Clone, Debug, SimpleObject)]
pub struct PageInfo {
    /// Whether rows lie before this page.
    has_previous_page: bool,
    /// Whether rows lie after this page.
    has_next_page: bool,
    /// The cursor of the first row; null when there is none.
    start_cursor: Option<String>,
    /// The cursor of the last row; null when there is none.
    end_cursor: Option<String>,
}

/// A row of a list with its cursor.
pub struct Edge<T> {
    cursor: String,
    node: T,
}

/// A row of a list with its cursor.
#[Object(name_type)]
impl<T: ContainerType> Edge<T> {
    /// The cursor of the row; for `after` and `before`.
    async fn cursor(&self) -> &str {
        &self.cursor
    }

    /// The row.
    async fn node(&self) -> Row<&T> {
        Row(&self.node)
    }
}

impl<T: OutputType> TypeName for Edge<T> {
    fn type_name() -> Cow<'static, str> {
        format!("{}Edge", T::type_name()).into()
    }
}

/// One page of a list.
pub struct Connection<T> {
    info: PageInfo,
    total: Option<i32>,
    edges: Vec<Edge<T>>,
}

/// One page of a list.
#[Object(name_type)]
impl<T: ContainerType> Connection<T> {
    /// The rows of this page.
    async fn nodes(&self) -> Vec<Row<&T>> {
        self.edges.iter().map(|edge| Row(&edge.node)).collect()
    }

    /// The rows of this page, each with its cursor.
    async fn edges(&self) -> &[Edge<T>] {
        &self.edges
    }

    /// Where this page lies in the list.
    async fn page_info(&self) -> &PageInfo {
        &self.info
    }

    /// How many rows the whole list has for this viewer; 10001 means more than 10000.
    async fn total_count(&self) -> Result<i32> {
        // It was looked for in the operation before the rows were read.
        let uncounted = || Fault::Internal("the rows were not counted".to_owned());
        Ok(self.total.ok_or_else(uncounted)?)
    }
}

impl<T: OutputType> TypeName for Connection<T> {
    fn type_name() -> Cow<'static, str> {
        format!("{}Connection", T::type_name()).into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_order_names_each_field_once() {
        use SortDirection::{Asc, Desc};
        let order = |keys: &[(u8, SortDirection)]| order(keys.to_vec(), |key| *key).ok();
        assert_eq!(order(&[]), Some(Vec::new()));
        assert_eq!(
            order(&[(1, Asc), (2, Desc)]),
            Some(vec![(1, false), (2, true)])
        );
        assert_eq!(order(&[(1, Asc), (2, Asc), (1, Desc)]), None);
    }

    #[test]
    fn a_page_has_one_bounded_size() {
        for (first, last) in [
            (None, None),
            (Some(1), Some(1)),
            (Some(0), None),
            (Some(-1), None),
            (None, Some(101)),
        ] {
            let asked = part(Reader::Anybody, first, last, None, None);
            assert!(asked.is_err(), "{first:?} {last:?}");
        }
        let key = Uuid::from_u128(9);
        let before = Some(cursor_of(key));
        let page = part(Reader::Anybody, None, Some(100), None, before).expect("a page");
        assert_eq!((page.size, page.backwards), (100, true));
        assert_eq!(page.before, Some(key));
        assert!(part(Reader::Anybody, Some(1), None, Some("?".into()), None).is_err());
    }

    #[test]
    fn only_a_file_reads_larger_pages() {
        for (asked, right) in [(100, true), (101, true), (500, true), (501, false)] {
            let of = |reader| part(reader, Some(asked), None, None, None).is_ok();
            assert_eq!(
                (of(Reader::Anybody), of(Reader::File)),
                (asked <= 100, right),
                "{asked}"
            );
        }
        assert_eq!(Reader::default(), Reader::Anybody);
    }

    #[test]
    fn a_page_costs_what_it_may_hold() {
        assert_eq!(cost(Some(50), None, 3), 151);
        assert_eq!(cost(Some(i32::MAX), None, 3), 301);
        assert_eq!(cost(Some(2), None, usize::MAX), usize::MAX);
    }
}
