//! People and departments.

use entity::{account, department, store::Store, viewer::Role::Liaison};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, prelude::Uuid};

use super::{ADMIN, ALL, OPERATIONS, Page, Shown, files, page, plain};

pub(super) async fn rows(it: &Shown<'_>) -> Vec<Page> {
    let db = it.store.db();
    let account = liaison(it.store).await;
    let department = first!(db, department).id;
    let mut pages = vec![
        plain("/accounts", OPERATIONS),
        plain("/accounts/new", ADMIN),
        page(
            "/accounts/{key}",
            format!("/accounts/{account}"),
            OPERATIONS,
        ),
        plain("/departments", ALL),
        plain("/departments/new", ADMIN),
        page(
            "/departments/{key}/{verb}",
            format!("/departments/{department}/change"),
            ADMIN,
        ),
    ];
    // A role is confirmed where one waits.
    for (route, verb) in [
        ("/accounts/{key}/change", "change"),
        ("/accounts/{key}/disable", "disable"),
        ("/accounts/{key}/enable", "enable"),
        ("/accounts/{key}/{verb}", "invite"),
    ] {
        pages.push(page(route, format!("/accounts/{account}/{verb}"), ADMIN));
    }
    pages.extend(files("/accounts.xlsx", "/accounts.csv", OPERATIONS));
    pages
}

/// Another liaison than the one who has signed in, who may see the own account.
pub(super) async fn liaison(store: &Store) -> Uuid {
    account::Entity::find()
        .filter(account::Column::Role.eq(Liaison))
        .filter(account::Column::Login.ne("liaison01@park.example"))
        .one(store.db())
        .await
        .expect("a read")
        .expect("another liaison")
        .id
}
