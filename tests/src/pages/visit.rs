//! Visits.

use entity::visit;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

use super::{ALL, MATTERS, Page, Shown, WRITERS, files, page, plain, verbs};

pub(super) async fn rows(it: &Shown<'_>) -> Vec<Page> {
    let enterprise = it.enterprise;
    let visit = first!(it.store.db(), visit, State = visit::State::Agreed).id;
    let mut pages = vec![
        plain("/visits", ALL),
        page("/visits/{key}", format!("/visits/{visit}"), MATTERS),
        page(
            "/visits/record",
            format!(
                "/visits/record?enterpriseId=enterprise_{}",
                enterprise.simple()
            ),
            WRITERS,
        ),
        page(
            "/visits/agree",
            format!(
                "/visits/agree?enterpriseId=enterprise_{}",
                enterprise.simple()
            ),
            WRITERS,
        ),
    ];
    // An agreed visit is held when its day has come.
    pages.extend(verbs(
        "/visits/{key}/{verb}",
        &format!("/visits/{visit}"),
        &["move", "cancel"],
        WRITERS,
    ));
    pages.extend(files("/visits.xlsx", "/visits.csv", ALL));
    pages
}
