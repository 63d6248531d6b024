//! Contracts.

use chrono::Days;
use entity::{commitment, contract, store::Store, viewer::Viewer};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, prelude::Uuid};

use super::{ALL, CENTRE, MATTERS, Page, Shown, WRITERS, files, page, plain, verbs};

/// The number of the contract to which the demonstration's liaison and contact belong.
const FIRST: &str = "QY-2026-001";

/// The contract of the first enterprise.
pub(super) async fn first(store: &Store) -> contract::Model {
    first!(store.db(), contract, Number = FIRST)
}

pub(super) async fn rows(it: &Shown<'_>) -> Vec<Page> {
    let key = it.contract;
    let amending = amending(it.store).await;
    let draft = draft(it.store).await;
    let promise = on_event(it.store, key).await;
    let amended = on_event(it.store, amending).await;
    let mut pages = vec![
        plain("/contracts", ALL),
        plain("/contracts/standard", ALL),
        plain("/standard-promises/add", CENTRE),
        page("/contracts/{key}", format!("/contracts/{key}"), MATTERS),
        page(
            "/contracts/{key}/acts",
            format!("/contracts/{key}/acts"),
            MATTERS,
        ),
        page(
            "/contracts/{key}/amend-clause",
            format!("/contracts/{amending}/amend-clause"),
            CENTRE,
        ),
        page(
            "/contracts/{key}/change-draft",
            format!("/contracts/{draft}/change-draft"),
            CENTRE,
        ),
        page(
            "/contracts/{key}/{verb}",
            format!("/contracts/{amending}/commitments"),
            CENTRE,
        ),
        page(
            "/contracts/{key}/{verb}",
            format!("/contracts/{key}/projects"),
            WRITERS,
        ),
        page(
            "/commitments/{key}/{verb}",
            format!("/commitments/{promise}/obligations"),
            WRITERS,
        ),
        page(
            "/commitments/{key}/{verb}",
            format!("/commitments/{amended}/end"),
            CENTRE,
        ),
        plain("/contracts/new", CENTRE),
    ];
    pages.extend(verbs(
        "/contracts/{key}/{verb}",
        &format!("/contracts/{key}"),
        &["amend-begin", "suspend", "terminate", "renew"],
        CENTRE,
    ));
    pages.extend(verbs(
        "/standard-promises/{number}/{verb}",
        "/standard-promises/1",
        &["change", "remove"],
        CENTRE,
    ));
    pages.extend(files("/contracts.xlsx", "/contracts.csv", ALL));
    pages
}

/// The draft of another contract with another enterprise.
async fn draft(store: &Store) -> Uuid {
    let other = contract::Entity::find()
        .filter(contract::Column::Number.ne(FIRST))
        .order_by_asc(contract::Column::Id)
        .one(store.db())
        .await
        .expect("a read")
        .expect("another contract");
    let draft = contract::commands::Draft {
        enterprise_id: other.enterprise_id,
        number: None,
        park_party: "示例服务中心".to_owned(),
        park_signatory: None,
        enterprise_signatory: None,
        starts_on: store.today(),
        ends_on: store.today() + Days::new(364),
        clauses: None,
    };
    let drafted = commitment::commands::DraftContract {
        draft,
        standard_commitments: true,
    };
    commitment::commands::draft_contract(store, &Viewer::system("story"), drafted)
        .await
        .expect("it is drafted")
        .id
}

/// A promise of this contract to which an event answers.
async fn on_event(store: &Store, contract: Uuid) -> Uuid {
    first!(
        store.db(),
        commitment,
        ContractId = contract,
        Kind = commitment::Kind::OnEvent
    )
    .id
}

/// A contract whose amendment has begun: begun when none has.
async fn amending(store: &Store) -> Uuid {
    use contract::{Column, Entity, Model, State, commands};
    let first_in = async |state: State| -> Option<Model> {
        Entity::find()
            .filter(Column::State.eq(state))
            .filter(Column::Number.ne(FIRST))
            .order_by_asc(Column::Id)
            .one(store.db())
            .await
            .expect("a read")
    };
    if let Some(there) = first_in(State::Amending).await {
        return there.id;
    }
    let contract = first_in(State::Active).await.expect("one in force");
    let begin = commands::AmendBegin {
        id: contract.id,
        expected_version: contract.version,
        reason: "示例：双方协商".to_owned(),
    };
    commands::amend_begin(store, &Viewer::system("story"), begin)
        .await
        .expect("it begins")
        .id
}
