//! Contracts.

use entity::{contract, store::Store};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

use super::{ALL, CENTRE, MATTERS, Page, Shown, files, page, plain, verbs};

/// The number of the contract to which the demonstration's liaison and contact belong.
const FIRST: &str = "QY-2026-001";

/// The contract of the first enterprise.
pub(super) async fn first(store: &Store) -> contract::Model {
    first!(store.db(), contract, Number = FIRST)
}

pub(super) fn rows(it: &Shown<'_>) -> Vec<Page> {
    let key = it.contract;
    let mut pages = vec![
        plain("/contracts", ALL),
        page("/contracts/{key}", format!("/contracts/{key}"), MATTERS),
        page(
            "/contracts/{key}/acts",
            format!("/contracts/{key}/acts"),
            MATTERS,
        ),
        plain("/contracts/new", CENTRE),
    ];
    pages.extend(verbs(
        "/contracts/{key}/acts/{verb}",
        &format!("/contracts/{key}/acts"),
        &["amend", "suspend", "terminate", "renew"],
        CENTRE,
    ));
    pages.extend(files("/contracts.xlsx", "/contracts.csv", ALL));
    pages
}
