//! Pages of a list: keyset cursors over (sort key, id), so that no row is shown twice or left out while others come and go.

use uuid::Uuid;

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
