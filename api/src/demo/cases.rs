//! Applications of the demonstration, and the cases that came of them: some that nobody has looked at yet, one that was accepted, and one in which
//! the enterprise was told what is missing.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use entity::{
    application::{
        self,
        commands::{Start, start},
    },
    calendar::rules::Calendar,
    case::{
        self,
        commands::{Accept, AskCorrection, NewLine, accept, ask_correction},
    },
    clock::{SetClock, instant_of},
    contract, enterprise, item,
    receipt::commands::{HandIn, hand_in},
    store::Store,
    table::Visible,
    viewer::Viewer,
};
use uuid::Uuid;

use super::{DemoError, applications::complete, words::person};

/// Who takes applications in at the counter of the service centre, and who decides on those of the planning department.
const CENTRE: &str = "centre@park.example";
const OFFICER: &str = "window@park.example";

/// What became of an item that was applied for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Fate {
    /// Nobody has looked at it yet.
    Received,
    /// It was accepted on the working day after.
    Accepted,
    /// What is missing was told on the working day after.
    CorrectionAsked,
}

/// What was applied for: the place of the contract of the enterprise, how many working days ago, and the items with what became of them.
const APPLIED: [(usize, u32, &[(&str, Fate)]); 4] = [
    (
        0,
        2,
        &[("R07", Fate::CorrectionAsked), ("R25", Fate::Received)],
    ),
    (1, 3, &[("R07", Fate::Received)]),
    (2, 2, &[("R06", Fate::Received)]),
    (3, 3, &[("R06", Fate::Accepted), ("R25", Fate::Received)]),
];

/// Hands the applications in on their days, and lets the office begin with them.
pub(super) async fn apply(
    store: &Store,
    clock: &SetClock,
    contracts: &[contract::Model],
    calendar: &Calendar,
    last_day: NaiveDate,
) -> Result<(), DemoError> {
    let centre = person(store, CENTRE).await?;
    let officer = person(store, OFFICER).await?;
    let ago = |days: u32| {
        let mut before = last_day.iter_days().rev();
        before
            .by_ref()
            .filter(|day| calendar.is_working_day(*day))
            .nth(days as usize)
            .unwrap_or(last_day)
    };
    for (place, days, items) in APPLIED {
        let Some(contract) = contracts.get(place) else {
            continue;
        };
        clock.set(instant_of(ago(days), 10, 0, store.zone()));
        let codes: Vec<&str> = items.iter().map(|(code, _)| *code).collect();
        let cases = receive(store, &centre, contract, &codes).await?;
        clock.set(instant_of(ago(days - 1), 10, 30, store.zone()));
        for (code, fate) in items {
            let Some(case) = cases.get(*code) else {
                continue;
            };
            match fate {
                Fate::Received => {}
                Fate::Accepted => {
                    let input = Accept {
                        id: case.id,
                        expected_version: case.version,
                    };
                    accept(store, &officer, input).await?;
                }
                Fate::CorrectionAsked => ask(store, &officer, case).await?,
            }
        }
    }
    Ok(())
}

/// Tells what is missing: a material, and something in the form.
async fn ask(store: &Store, officer: &Viewer, case: &case::Model) -> Result<(), DemoError> {
    let line = |reason: &str, material: Option<&str>, field: Option<&str>, text: &str| NewLine {
        reason: reason.to_owned(),
        material: material.map(str::to_owned),
        field: field.map(str::to_owned),
        text: text.to_owned(),
    };
    let input = AskCorrection {
        id: case.id,
        expected_version: case.version,
        lines: vec![
            line(
                "DOCUMENT",
                Some("PARCEL_SURVEY"),
                None,
                "示例：请提交加盖测绘单位公章的勘测定界成果。",
            ),
            line(
                "DESCRIPTION",
                None,
                Some("parcel_no"),
                "示例：宗地代码与出让合同不一致，请核对后说明。",
            ),
        ],
        again_for: None,
    };
    ask_correction(store, officer, input).await?;
    Ok(())
}

/// Types in an application at the counter, as completely as it has to be, and receives it. Its cases, by the codes of their items.
async fn receive(
    store: &Store,
    centre: &Viewer,
    contract: &contract::Model,
    codes: &[&str],
) -> Result<BTreeMap<String, case::Model>, DemoError> {
    let items = item::repository::all(store.db()).await?;
    let wanted = items
        .iter()
        .filter(|item| codes.contains(&item.code.as_str()));
    let wanted: Vec<Uuid> = wanted.map(|item| item.id).collect();
    let found = enterprise::Entity::found(store.db(), centre, contract.enterprise_id);
    let begun = start(
        store,
        centre,
        Start {
            items: wanted,
            project: None,
            credit_code: Some(found.await?.credit_code),
        },
    )
    .await?;
    complete(store, centre, contract.enterprise_id, begun.id).await?;
    let system = Viewer::system("demonstration");
    let begun = application::Entity::found(store.db(), &system, begun.id).await?;
    let input = HandIn {
        id: begun.id,
        expected_version: begun.version,
    };
    hand_in(store, centre, input).await?;
    let cases = case::repository::of_applications(store.db(), &system, &[begun.id]).await?;
    let code = |case: &case::Model| {
        let code = case.number.split_once('-').map_or("", |(_, code)| code);
        code.to_owned()
    };
    Ok(cases.into_iter().map(|case| (code(&case), case)).collect())
}
