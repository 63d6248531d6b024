//! The visits of the demonstration: what liaisons and firms talked about in the last weeks, and one that is agreed.

use chrono::{NaiveDate, TimeDelta};
use entity::{
    account,
    calendar::rules::Calendar,
    clock::{SetClock, instant_of},
    contract, liaison,
    store::Store,
    table::Visible,
    viewer::{Role, Viewer},
    visit::{
        Kind,
        commands::{Agree, Record, agree, record},
    },
};

use super::DemoError;

/// What was talked about: the place of the contract in the ledger, how many working days ago, in which way, in one line, and the note
/// that stays in the park.
const HELD: [(usize, u32, Kind, &str, Option<&str>); 8] = [
    (
        0,
        26,
        Kind::OnSite,
        "示例：现场查看二期厂房，企业希望年底前通电。",
        None,
    ),
    (
        0,
        9,
        Kind::Telephone,
        "示例：回复用工补贴的申报材料清单。",
        Some("示例：财务负责人下月更换，需提前对接。"),
    ),
    (
        1,
        3,
        Kind::Message,
        "示例：发送人才公寓申请指南，企业已收到。",
        None,
    ),
    (
        2,
        14,
        Kind::Meeting,
        "示例：与规划局共同答复地块规划条件。",
        None,
    ),
    (3, 6, Kind::OnSite, "示例：了解设备进口通关进度。", None),
    (
        4,
        19,
        Kind::Telephone,
        "示例：企业确认开工日期顺延。",
        Some("示例：资金压力较大，建议关注。"),
    ),
    (5, 2, Kind::Telephone, "示例：提醒补交环评材料。", None),
    (
        8,
        11,
        Kind::OnSite,
        "示例：走访新产线，记录用电需求。",
        None,
    ),
];

/// Records them, each on its day, and agrees one on the day before the present.
pub(super) async fn hold(
    store: &Store,
    clock: &SetClock,
    system: &Viewer,
    contracts: &[contract::Model],
    calendar: &Calendar,
    last_day: NaiveDate,
) -> Result<(), DemoError> {
    let mut days = last_day.iter_days().rev();
    let mut working = || days.find(|day| calendar.is_working_day(*day));
    let past: Vec<NaiveDate> = (0..=30).map_while(|_| working()).collect();
    for (place, days_ago, kind, summary, internal_note) in HELD {
        let (Some(contract), Some(day)) = (contracts.get(place), past.get(days_ago as usize))
        else {
            continue;
        };
        clock.set(instant_of(*day, 15, 20, store.zone()));
        let input = Record {
            enterprise_id: contract.enterprise_id,
            kind,
            held_at: None,
            place: None,
            summary: summary.to_owned(),
            internal_note: internal_note.map(str::to_owned),
            document_ids: Vec::new(),
        };
        let liaison = liaison_of(store, system, contract).await?;
        record(store, &liaison, input).await?;
    }
    let (Some(contract), Some(yesterday)) = (contracts.first(), past.get(1)) else {
        return Ok(());
    };
    clock.set(instant_of(*yesterday, 10, 30, store.zone()));
    let centre = account::repository::enabled_in_role(store.db(), Role::Centre).await?;
    let centre = centre
        .first()
        .map_or(system.clone(), |person| Viewer::Person(person.person()));
    let starts_at = instant_of(calendar.add_working_days(last_day, 2), 14, 0, store.zone());
    let input = Agree {
        enterprise_id: contract.enterprise_id,
        kind: Kind::OnSite,
        starts_at,
        ends_at: Some(starts_at + TimeDelta::minutes(90)),
        place: Some("示例路 1 号企业会议室".to_owned()),
        purpose: "示例：二期厂房通电与验收安排".to_owned(),
    };
    agree(store, &centre, input).await?;
    Ok(())
}

/// The liaison of a contract's enterprise, as who the contact is recorded.
async fn liaison_of(
    store: &Store,
    system: &Viewer,
    contract: &contract::Model,
) -> Result<Viewer, DemoError> {
    let enterprise = [contract.enterprise_id];
    let assignments = liaison::repository::in_charge_of(store.db(), &enterprise).await?;
    let ids: Vec<_> = assignments.iter().map(|row| row.account_id).collect();
    let people = account::Entity::of_ids(store.db(), system, &ids).await?;
    Ok(people
        .first()
        .map_or(system.clone(), |person| Viewer::Person(person.person())))
}
