//! The working-day calendar.

use super::{ADMIN, ALL, Page, bare, plain};

pub(super) fn rows() -> Vec<Page> {
    vec![
        plain("/calendar", ALL),
        bare("/calendar/import", "/calendar/import".to_owned(), ADMIN),
    ]
}
