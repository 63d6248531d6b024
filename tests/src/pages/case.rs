//! Cases of the approval hall.

use api_door::scalar::Kind;
use entity::{
    case::{self, clock},
    store::Store,
    viewer::Role::{self, Centre, DepartmentHead, Enterprise, WindowOfficer},
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, prelude::Uuid};

use super::{ALL, APPLICATIONS, Page, Shown, files, page, plain};

/// Who decides on them.
const OFFICE: &[Role] = &[DepartmentHead, WindowOfficer];

/// Who hands in what was missing, or types it in at the window.
const HANDS_IN: &[Role] = &[Centre, DepartmentHead, WindowOfficer, Enterprise];

pub(super) async fn rows(it: &Shown<'_>) -> Vec<Page> {
    let db = it.store.db();
    let of_state = |state: case::State| async move {
        first!(db, case, EnterpriseId = it.enterprise, State = state).id
    };
    let received = of_state(case::State::Received).await;
    let asked = of_state(case::State::CorrectionAsked).await;
    let limit = limit_of(it.store, received).await;
    let mut pages = vec![
        plain("/cases", ALL),
        page("/cases/{key}", format!("/cases/{received}"), APPLICATIONS),
        page(
            "/cases/{key}/why/{deadline}",
            format!("/cases/{received}/why/{limit}"),
            APPLICATIONS,
        ),
        page(
            "/cases/many/{verb}",
            format!("/cases/many/take?of={}", Kind::Case.id(received).0),
            OFFICE,
        ),
        page(
            "/cases/{key}/ask-correction",
            format!("/cases/{received}/ask-correction"),
            OFFICE,
        ),
        page(
            "/cases/{key}/complete",
            format!("/cases/{asked}/complete"),
            HANDS_IN,
        ),
        page(
            "/cases/{key}/hand-in",
            format!("/cases/{received}/hand-in"),
            HANDS_IN,
        ),
        page(
            "/cases/{key}/{verb}",
            format!("/cases/{received}/accept"),
            OFFICE,
        ),
        page(
            "/cases/{key}/{verb}",
            format!("/cases/{received}/withdraw"),
            &[Enterprise],
        ),
    ];
    pages.extend(files("/cases.xlsx", "/cases.csv", ALL));
    pages
}

/// The time limit of the first clock of a case.
async fn limit_of(store: &Store, case: Uuid) -> Uuid {
    clock::Entity::find()
        .filter(clock::Column::CaseId.eq(case))
        .order_by_asc(clock::Column::DeadlineId)
        .one(store.db())
        .await
        .expect("a read")
        .expect("a clock")
        .deadline_id
}
