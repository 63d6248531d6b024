//! Ledgers.

use super::{CENTRE, Page, bare};

pub(super) fn rows() -> Vec<Page> {
    vec![bare("/ledger", "/ledger".to_owned(), CENTRE)]
}
