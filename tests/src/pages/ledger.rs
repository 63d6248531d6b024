//! Ledgers.

use super::{CENTRE, Page, bare, file};

pub(super) fn rows() -> Vec<Page> {
    let template = "/ledger/template.xlsx";
    vec![
        bare("/ledger", "/ledger".to_owned(), CENTRE),
        file(template, template.to_owned(), CENTRE),
    ]
}
