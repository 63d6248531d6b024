//! People, their leaves, and departments.

use api_door::scalar::Kind;
use chrono::Days;
use entity::{
    absence::{self, commands::RecordAbsence},
    account::{self, promotion},
    department,
    store::Store,
    viewer::{
        Role::{Admin, Centre, Liaison},
        Viewer,
    },
};
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, prelude::Uuid};

use super::{ADMIN, ALL, OPERATIONS, Page, Shown, files, page, plain};

pub(super) async fn rows(it: &Shown<'_>) -> Vec<Page> {
    let db = it.store.db();
    let account = liaison(it.store).await;
    let department = first!(db, department).id;
    let mut pages = vec![
        plain("/accounts", OPERATIONS),
        plain("/accounts/new", ADMIN),
        plain("/accounts/invite", OPERATIONS),
        page(
            "/accounts/{key}",
            format!("/accounts/{account}"),
            OPERATIONS,
        ),
        plain("/absences", ALL),
        plain("/absences/new", ALL),
        page(
            "/absences/{key}/{verb}",
            format!("/absences/{}/end", leave(it.store, account).await),
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
    pages.push(page(
        "/accounts/many/{verb}",
        format!("/accounts/many/invite?of={}", Kind::Account.id(account).0),
        OPERATIONS,
    ));
    awaited(it.store, account).await;
    for (route, verb) in [
        ("/accounts/{key}/change", "change"),
        ("/accounts/{key}/disable", "disable"),
        ("/accounts/{key}/enable", "enable"),
        ("/accounts/{key}/{verb}", "confirm"),
        ("/accounts/{key}/{verb}", "invite"),
    ] {
        pages.push(page(route, format!("/accounts/{account}/{verb}"), ADMIN));
    }
    pages.push(page(
        "/accounts/{key}/{verb}",
        format!("/accounts/{account}/change-telephone"),
        OPERATIONS,
    ));
    pages.extend(files("/accounts.xlsx", "/accounts.csv", OPERATIONS));
    pages
}

/// The liaison who signs in to the demonstration.
const LIAISON: &str = "liaison01@park.example";

/// Another liaison than the one who has signed in, who may see the own account.
pub(super) async fn liaison(store: &Store) -> Uuid {
    account::Entity::find()
        .filter(account::Column::Role.eq(Liaison))
        .filter(account::Column::Login.ne(LIAISON))
        .one(store.db())
        .await
        .expect("a read")
        .expect("another liaison")
        .id
}

/// A leave of this liaison that has not begun: recorded when there is none.
async fn leave(store: &Store, account: Uuid) -> Uuid {
    let there = absence::Entity::find()
        .filter(absence::Column::AccountId.eq(account))
        .one(store.db())
        .await
        .expect("a read");
    if let Some(there) = there {
        return there.id;
    }
    let first = store.today() + Days::new(30);
    let leave = RecordAbsence {
        account_id: Some(account),
        deputy_id: first!(store.db(), account, Login = LIAISON).id,
        from_on: first,
        until_on: first,
    };
    absence::commands::record_absence(store, &Viewer::system("story"), leave)
        .await
        .expect("it is recorded")
        .id
}

/// A role that waits for its second administrator: asked for when none is yet.
async fn awaited(store: &Store, account: Uuid) {
    let there = promotion::Entity::find_by_id(account).one(store.db()).await;
    if there.expect("a read").is_some() {
        return;
    }
    let promotion = promotion::Model {
        account_id: account,
        role: Admin,
        asked_by: first!(store.db(), account, Role = Centre).id,
        asked_at: store.now(),
    };
    promotion::Entity::insert(promotion.into_active_model())
        .exec_without_returning(store.db())
        .await
        .expect("a role that waits");
}
