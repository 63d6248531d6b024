//! Applications of the demonstration, and the cases that came of them: some that nobody has looked at yet, one that was accepted, and one in which
//! the enterprise was told what is missing.

use std::collections::BTreeMap;

use entity::{
    application::{
        commands::{Fill, Filled, SetMaterial, Start, fill, set_material, start},
        material::Way,
        repository::open,
        rules::{Supply, value::Given},
    },
    calendar::rules::Calendar,
    case::{
        self,
        commands::{Accept, AskCorrection, NewLine, accept, ask_correction},
    },
    catalogue::{Bounds, FieldKind, FormField},
    clock::{SetClock, instant_of},
    contract, document,
    item,
    receipt::commands::{HandIn, hand_in},
    store::Store,
    table::Visible,
    viewer::Viewer,
};
use uuid::Uuid;

use super::{DemoError, HOTLINE, NOTICE, words::person};

/// Who takes applications in at the counter of the service centre, and who decides on those of the planning department.
const CENTRE: &str = "centre@park.example";
const OFFICER: &str = "window@park.example";

/// How often it is looked at most what is still missing in a form.
const ROUNDS: usize = 8;

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
    last_day: chrono::NaiveDate,
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
                "示例：勘测定界成果未加盖测绘单位公章，请重新提交。",
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
    let wanted = items.iter().filter(|item| codes.contains(&item.code.as_str()));
    let wanted: Vec<Uuid> = wanted.map(|item| item.id).collect();
    let found = entity::enterprise::Entity::found(store.db(), centre, contract.enterprise_id);
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
    // An answer may lead to further fields.
    for _ in 0..ROUNDS {
        let (zone, today) = (store.zone(), store.today());
        let opened = open(store, begun.clone(), zone, today).await?;
        let (fields, materials) = opened.sheet(|sheet| {
            let fields = sheet.entries.iter().filter(|entry| entry.wrong().is_some());
            let fields: Vec<Filled> = fields.map(|entry| filled(entry.field)).collect();
            let materials = sheet.materials.iter();
            let materials = materials.filter(|one| one.supply == Supply::Own);
            let materials = materials.filter(|one| one.wrong().is_some());
            let materials: Vec<(String, String)> = materials
                .map(|one| (one.key.clone(), one.material.name.zh.clone()))
                .collect();
            (fields, materials)
        });
        if fields.is_empty() && materials.is_empty() {
            break;
        }
        if !fields.is_empty() {
            let input = Fill {
                id: begun.id,
                fields,
            };
            fill(store, centre, input).await?;
        }
        for (material, name) in materials {
            let file = document::commands::Store {
                enterprise_id: Some(contract.enterprise_id),
                name: format!("{name}（示例）.pdf"),
                internal: false,
                bytes: NOTICE.to_vec(),
            };
            let file = document::commands::store(store, centre, file).await?;
            let input = SetMaterial {
                id: begun.id,
                material,
                way: Way::File,
                add: vec![file.id],
                remove: Vec::new(),
            };
            set_material(store, centre, input).await?;
        }
    }
    let input = HandIn {
        id: begun.id,
        expected_version: begun.version,
    };
    hand_in(store, centre, input).await?;
    let system = Viewer::system("demonstration");
    let cases = case::repository::of_applications(store.db(), &system, &[begun.id]).await?;
    let code = |case: &case::Model| {
        let code = case.number.split_once('-').map_or("", |(_, code)| code);
        code.to_owned()
    };
    Ok(cases.into_iter().map(|case| (code(&case), case)).collect())
}

/// A field filled in so that it can be handed in.
fn filled(field: &FormField) -> Filled {
    let least = match &field.bounds {
        Some(Bounds::Numbers(low, _)) => low.to_string().parse().unwrap_or(1),
        _ => 1,
    };
    let text: String = "示例内容".chars().cycle().take(usize::max(least, 4)).collect();
    let first = field.options.first().map(|option| option.code.clone());
    let (mut value, mut several, mut lines) = (None, Vec::new(), Vec::new());
    match field.kind {
        FieldKind::Number | FieldKind::Money | FieldKind::AreaM2 => {
            value = Some(usize::max(least, 1).to_string());
        }
        FieldKind::Date => {
            value = Some(match field.bounds {
                Some(Bounds::Days(from, _)) => from.to_string(),
                _ => "2027-03-01".to_owned(),
            });
        }
        FieldKind::YesNo => value = Some("NO".to_owned()),
        FieldKind::Declaration => value = Some("YES".to_owned()),
        FieldKind::Phone => value = Some(HOTLINE.to_owned()),
        FieldKind::OneOf => value = first,
        FieldKind::ManyOf => several.extend(first),
        FieldKind::Table => {
            let line = vec!["示例".to_owned(); field.options.len()];
            lines = vec![line; usize::max(least, 1)];
        }
        _ => value = Some(text),
    }
    Filled {
        key: field.key.clone(),
        expected_version: 0,
        given: Given {
            value,
            several,
            lines,
        },
        disputed_for: None,
    }
}
