//! A licence that the law gives twenty working days, asked for by one enterprise and not decided in time: what leaders and
//! supervisors must see first.

use chrono::NaiveDate;
use entity::{
    calendar::rules::Calendar,
    commitment::{self, Kind, Owner, commands::Add},
    contract::{
        self,
        commands::{AmendBegin, AmendFinish},
    },
    deadline::Unit,
    department,
    obligation::{self, commands::OpenOnEvent},
    store::Store,
    table::Visible,
    viewer::Viewer,
};
use uuid::Uuid;

use super::DemoError;

/// The contract under which it was asked for.
const CONTRACT: &str = "QY-2026-017";
/// The clause about what the departments do.
const CLAUSE: i32 = 6;
/// The number of the department that decides.
const DEPARTMENT: i32 = 4;
/// What the law gives, in working days.
const LIMIT: i32 = 20;

/// By how many working days the same article lets the limit be extended.
const EXTENSION: i32 = 10;
/// How many working days it is late at present.
const LATE: i32 = 9;

/// Takes the limit of the law into the contract by an amendment; gives the promise.
pub(super) async fn promise(
    store: &Store,
    system: &Viewer,
    contracts: &[contract::Model],
) -> Result<Option<Uuid>, DemoError> {
    let Some(contract) = contracts.iter().find(|one| one.number == CONTRACT) else {
        return Ok(None);
    };
    let departments = department::repository::all(store.db(), system).await?;
    let department = departments.iter().find(|one| one.number == DEPARTMENT);
    let amending = contract::commands::amend_begin(
        store,
        system,
        AmendBegin {
            id: contract.id,
            expected_version: contract.version,
            reason: "示例：补充行政许可的法定期限。".to_owned(),
        },
    )
    .await?;
    let added = commitment::commands::add(
        store,
        system,
        Add {
            contract_id: amending.id,
            expected_version: amending.version,
            clause_number: CLAUSE,
            kind: Kind::OnEvent,
            recurrence: None,
            text_zh: "受理后作出行政许可决定".to_owned(),
            text_en: "Decide on a licence after accepting the application".to_owned(),
            start_event: "licence.accepted".to_owned(),
            limit_days: LIMIT,
            unit: Unit::WorkingDay,
            legal_basis: Some("行政许可法第四十二条".to_owned()),
            extension_days: Some(EXTENSION),
            owner: Owner::Department,
            department_id: department.map(|one| one.id),
            evidence_kind: "许可决定书".to_owned(),
        },
    )
    .await?;
    let contract = contract::Entity::one(store.db(), system, contract.id).await?;
    if let Some(contract) = contract {
        let finished = AmendFinish {
            id: contract.id,
            expected_version: contract.version,
        };
        contract::commands::amend_finish(store, system, finished).await?;
    }
    Ok(Some(added.id))
}

/// Whether the application is accepted on `day`, for a present on `last_day`.
pub(super) fn is_accepted_on(calendar: &Calendar, day: NaiveDate, last_day: NaiveDate) -> bool {
    calendar.working_days_between(day, last_day) == LIMIT + LATE
}

/// Accepts the application now.
pub(super) async fn accept(store: &Store, system: &Viewer, promise: Uuid) -> Result<(), DemoError> {
    obligation::commands::open_on_event(
        store,
        system,
        OpenOnEvent {
            commitment_id: promise,
            idempotency_key: "demonstration-licence".to_owned(),
            event_note: Some("示例：受理施工许可申请。".to_owned()),
            occurred_on: None,
        },
    )
    .await?;
    Ok(())
}
