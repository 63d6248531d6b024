//! People and departments.

use entity::{account, department, viewer::Role::Liaison};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

use super::{ADMIN, ALL, OPERATIONS, Page, Shown, bare, files, page, plain, verbs};

pub(super) async fn rows(it: &Shown<'_>) -> Vec<Page> {
    let db = it.store.db();
    // Another liaison than the one who has signed in, who may see the own account.
    let account = account::Entity::find()
        .filter(account::Column::Role.eq(Liaison))
        .filter(account::Column::Login.ne("liaison01@park.example"))
        .one(db)
        .await
        .expect("a read")
        .expect("another liaison")
        .id;
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
        bare("/departments/new", "/departments/new".to_owned(), ADMIN),
        page(
            "/departments/{key}/change",
            format!("/departments/{department}/change"),
            ADMIN,
        ),
    ];
    pages.extend(verbs(
        "/accounts/{key}/{verb}",
        &format!("/accounts/{account}"),
        &["change", "confirm", "invite", "disable", "enable"],
        ADMIN,
    ));
    pages.extend(files("/accounts.xlsx", "/accounts.csv", OPERATIONS));
    pages
}
