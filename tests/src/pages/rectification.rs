//! Rectifications.

use entity::{
    rectification,
    viewer::Role::{Centre, Enterprise, Leader, Supervisor},
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

use super::{ALL, CENTRE, Page, Shown, files, page, plain};

pub(super) async fn rows(it: &Shown<'_>) -> Vec<Page> {
    let rectification = first!(it.store.db(), rectification, EnterpriseId = it.enterprise).id;
    let mut pages = vec![
        plain("/rectifications", ALL),
        page(
            "/rectifications/{key}",
            format!("/rectifications/{rectification}"),
            &[Leader, Centre, Enterprise, Supervisor],
        ),
        // Nothing has been replied yet.
        page(
            "/rectifications/{key}/rate-again",
            format!("/rectifications/{rectification}/rate-again"),
            &[],
        ),
        page(
            "/rectifications/{key}/{verb}",
            format!("/rectifications/{rectification}/contact"),
            CENTRE,
        ),
    ];
    pages.extend(files("/rectifications.xlsx", "/rectifications.csv", ALL));
    pages
}
