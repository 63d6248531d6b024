//! Obligations and their time limits.

use api_door::scalar::Kind;
use entity::{
    deadline, obligation, rating,
    store::Store,
    viewer::Role::{Centre, DepartmentHead, Enterprise, Liaison},
};
use sea_orm::{
    ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait, prelude::Uuid,
};

use super::{ALL, CENTRE, MATTERS, Page, Shown, WRITERS, files, page, plain};

pub(super) async fn rows(it: &Shown<'_>) -> Vec<Page> {
    let db = it.store.db();
    let obligation = first!(
        db,
        obligation,
        ContractId = it.contract,
        State = obligation::State::Open
    )
    .id;
    let paused = paused(it.store).await;
    let unrated = unrated(it.store, it.contract).await;
    let mut pages = vec![
        plain("/obligations", ALL),
        plain("/obligations/month", ALL),
        plain("/obligations/week", ALL),
        page(
            "/obligations/many/{verb}",
            format!(
                "/obligations/many/acknowledge?of={}",
                Kind::Obligation.id(obligation).0
            ),
            &[Centre, Liaison, DepartmentHead],
        ),
        page(
            "/obligations/many/{verb}",
            format!(
                "/obligations/many/fulfil?of={}",
                Kind::Obligation.id(obligation).0
            ),
            &[Centre, Liaison, DepartmentHead],
        ),
        page(
            "/obligations/{key}",
            format!("/obligations/{obligation}"),
            MATTERS,
        ),
        page(
            "/obligations/{key}/why",
            format!("/obligations/{obligation}/why"),
            MATTERS,
        ),
        page(
            "/obligations/{key}/{verb}",
            format!("/obligations/{obligation}/pause"),
            WRITERS,
        ),
        page(
            "/obligations/{key}/{verb}",
            format!("/obligations/{paused}/resume"),
            CENTRE,
        ),
        page(
            "/obligations/{key}/{verb}",
            format!("/obligations/{obligation}/extend"),
            WRITERS,
        ),
        page(
            "/obligations/{key}/{verb}",
            format!("/obligations/{obligation}/cancel"),
            WRITERS,
        ),
        page(
            "/obligations/{key}/rate",
            format!("/obligations/{unrated}/rate"),
            &[Enterprise],
        ),
    ];
    pages.extend(files("/obligations.xlsx", "/obligations.csv", ALL));
    pages
}

/// An obligation whose time limit is paused.
async fn paused(store: &Store) -> Uuid {
    let limits = deadline::Entity::find()
        .select_only()
        .column(deadline::Column::Id)
        .filter(deadline::Column::State.eq(deadline::State::Paused))
        .into_query();
    obligation::Entity::find()
        .filter(obligation::Column::DeadlineId.in_subquery(limits))
        .order_by_asc(obligation::Column::Id)
        .one(store.db())
        .await
        .expect("a read")
        .expect("the demonstration has one")
        .id
}

/// A service under this contract that was given and not rated.
async fn unrated(store: &Store, contract: Uuid) -> Uuid {
    let rated = rating::Entity::find().all(store.db()).await;
    let rated: Vec<Uuid> = rated
        .expect("a read")
        .into_iter()
        .map(|rating| rating.obligation_id)
        .collect();
    obligation::Entity::find()
        .filter(obligation::Column::ContractId.eq(contract))
        .filter(obligation::Column::State.eq(obligation::State::Fulfilled))
        .filter(obligation::Column::Id.is_not_in(rated))
        .one(store.db())
        .await
        .expect("a read")
        .expect("a service that was given")
        .id
}
