//! Supervision orders, and comments.

use entity::{
    comment, supervision,
    viewer::Role::{Centre, Leader, Liaison, Supervisor},
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

use super::{ALL, CENTRE, Page, Shown, files, page, plain};

pub(super) async fn rows(it: &Shown<'_>) -> Vec<Page> {
    let db = it.store.db();
    let order = first!(db, supervision);
    let comment = first!(db, comment, ContractId = it.contract).id;
    let id = order.id;
    let who: &[_] = if order.enterprise_id == it.enterprise {
        &[Leader, Centre, Liaison, Supervisor]
    } else {
        &[Leader, Centre, Supervisor]
    };
    let mut pages = vec![
        plain("/supervisions", ALL),
        page("/supervisions/{key}", format!("/supervisions/{id}"), who),
        page(
            "/supervisions/{key}/{verb}",
            format!("/supervisions/{id}/reply"),
            CENTRE,
        ),
        page(
            "/supervisions/{key}/{verb}",
            format!("/supervisions/{id}/settle"),
            &[Leader, Supervisor],
        ),
        // Only its author withdraws it.
        page(
            "/comments/{key}/{verb}",
            format!("/comments/{comment}/withdraw"),
            &[Liaison],
        ),
    ];
    pages.extend(files("/supervisions.xlsx", "/supervisions.csv", ALL));
    pages
}
