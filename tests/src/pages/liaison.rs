//! Liaisons.

use entity::liaison;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

use super::{ALL, CENTRE, MATTERS, Page, Shown, page, plain, verbs};

pub(super) async fn rows(it: &Shown<'_>) -> Vec<Page> {
    let liaison = first!(it.store.db(), liaison, EnterpriseId = it.enterprise).id;
    let mut pages = vec![
        plain("/liaisons", ALL),
        plain("/liaisons/new", CENTRE),
        page("/liaisons/{key}", format!("/liaisons/{liaison}"), MATTERS),
    ];
    pages.extend(verbs(
        "/liaisons/{key}/{verb}",
        &format!("/liaisons/{liaison}"),
        &["appoint-deputy", "begin-hand-over"],
        CENTRE,
    ));
    pages
}
