//! Supervision orders, and comments.

use entity::{
    account, comment, liaison, supervision,
    viewer::Role::{self, Centre, DepartmentHead, Leader, Liaison, Supervisor},
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

use super::{ALL, Page, Shown, files, page, plain};

pub(super) async fn rows(it: &Shown<'_>) -> Vec<Page> {
    let db = it.store.db();
    let order = first!(db, supervision);
    let comment = first!(db, comment, ContractId = it.contract).id;
    let head = first!(db, account, Login = "head@park.example");
    let of_head = order.department_id.is_some() && order.department_id == head.department_id;
    let in_charge = first!(db, liaison, EnterpriseId = order.enterprise_id).account_id;
    let of_liaison = in_charge == first!(db, account, Login = "liaison01@park.example").id;
    let readers: &[Role] = match (of_liaison, of_head) {
        (false, false) => &[Leader, Centre, Supervisor],
        (true, false) => &[Leader, Centre, Liaison, Supervisor],
        (false, true) => &[Leader, Centre, DepartmentHead, Supervisor],
        (true, true) => &[Leader, Centre, Liaison, DepartmentHead, Supervisor],
    };
    let answerers: &[Role] = if of_head {
        &[Centre, DepartmentHead]
    } else {
        &[Centre]
    };
    let id = order.id;
    let mut pages = vec![
        plain("/supervisions", ALL),
        plain("/silence", ALL),
        page(
            "/supervisions/{key}",
            format!("/supervisions/{id}"),
            readers,
        ),
        page(
            "/supervisions/{key}/{verb}",
            format!("/supervisions/{id}/reply"),
            answerers,
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
