//! Reports.

use entity::report;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

use super::{ALL, PARK, Page, Shown, files, page, plain};

pub(super) async fn rows(it: &Shown<'_>) -> Vec<Page> {
    let weekly = first!(it.store.db(), report, Kind = report::Kind::WeeklyBrief).id;
    let mut pages = vec![
        plain("/reports", ALL),
        page("/reports/{key}", format!("/reports/{weekly}"), PARK),
        page(
            "/reports/{key}/since",
            format!("/reports/{weekly}/since"),
            PARK,
        ),
    ];
    pages.extend(files("/reports.xlsx", "/reports.csv", ALL));
    pages
}
