//! The draft of the enterprise of the demonstration, and how an application is filled in there.

use std::collections::BTreeMap;

use entity::{
    account,
    application::{
        self,
        commands::{Fill, Filled, SetMaterial, Start, fill, set_material, start},
        material::Way,
        repository::open,
        rules::{Supply, value::Given},
    },
    catalogue::{Bounds, FieldKind, FormField},
    condition::{Number, Truth},
    document, item, project,
    store::Store,
    table::Visible,
    viewer::Viewer,
};
use uuid::Uuid;

use super::{CONTACT, DemoError, NOTICE};

/// The items of the draft: planning permits of the project.
const DRAFTED: [&str; 2] = ["R09", "R10"];

/// How often an application is looked at until nothing more is asked; each answer may ask for another.
const ROUNDS: usize = 5;

/// Begins the draft as the contact.
pub(super) async fn make(store: &Store, system: &Viewer) -> Result<(), DemoError> {
    let db = store.db();
    let Some(contact) = account::repository::by_login(db, CONTACT.0).await? else {
        return Ok(());
    };
    let Some(enterprise) = contact.enterprise_id else {
        return Ok(());
    };
    let contact = Viewer::Person(contact.person());
    let projects = project::repository::of_enterprises(store.db(), system, &[enterprise]).await?;
    let input = Start {
        items: of_codes(store, &DRAFTED).await?,
        project: projects.first().map(|project| project.id),
        credit_code: None,
    };
    start(store, &contact, input).await?;
    Ok(())
}

/// The items with these codes.
pub(super) async fn of_codes(store: &Store, codes: &[&str]) -> Result<Vec<Uuid>, DemoError> {
    let items = item::repository::all(store.db()).await?;
    let wanted = items
        .iter()
        .filter(|item| codes.contains(&item.code.as_str()));
    Ok(wanted.map(|item| item.id).collect())
}

/// What becomes of materials that may follow.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Following {
    /// They do.
    Allowed,
    /// They are handed in with the others.
    Nothing,
}

/// Fills in everything that is asked, and hands in every material.
pub(super) async fn complete(
    store: &Store,
    contact: &Viewer,
    enterprise: Uuid,
    id: Uuid,
    following: Following,
) -> Result<(), DemoError> {
    for _ in 0..ROUNDS {
        let found = application::Entity::found(store.db(), contact, id).await?;
        let opened = open(store, found, store.zone(), store.today()).await?;
        let fields: Vec<Filled> = opened.sheet(|sheet| {
            let lacking = sheet.entries.iter().filter(|entry| entry.wrong().is_some());
            let lacking = lacking.map(|entry| Filled {
                key: entry.field.key.clone(),
                expected_version: entry.filled.map_or(0, |row| row.version),
                given: sample(entry.field),
                disputed_for: None,
            });
            lacking.collect()
        });
        if fields.is_empty() {
            break;
        }
        fill(store, contact, Fill { id, fields }).await?;
    }
    let found = application::Entity::found(store.db(), contact, id).await?;
    let opened = open(store, found, store.zone(), store.today()).await?;
    let lacking: BTreeMap<String, bool> = opened.sheet(|sheet| {
        let asked = sheet.materials.iter();
        let asked = asked.filter(|one| one.supply == Supply::Own && one.asked == Truth::True);
        let follows = |may_follow| may_follow && following == Following::Allowed;
        asked
            .map(|one| (one.key.clone(), follows(one.may_follow)))
            .collect()
    });
    for (material, follows) in lacking {
        let add = match follows {
            true => Vec::new(),
            false => vec![paper(store, contact, enterprise).await?],
        };
        let input = SetMaterial {
            way: match follows {
                true => Way::Follows,
                false => Way::File,
            },
            id,
            material,
            add,
            remove: Vec::new(),
        };
        set_material(store, contact, input).await?;
    }
    Ok(())
}

/// A file about the enterprise.
pub(super) async fn paper(
    store: &Store,
    contact: &Viewer,
    enterprise: Uuid,
) -> Result<Uuid, DemoError> {
    let file = document::commands::Store {
        enterprise_id: Some(enterprise),
        name: "申请材料（示例）.pdf".to_owned(),
        internal: false,
        bytes: NOTICE.to_vec(),
    };
    Ok(document::commands::store(store, contact, file).await?.id)
}

/// What stands in a text, as often as its field asks for, but not shorter.
const TEXT: &str = "示例内容，仅供演示";
const TEXT_LENGTH: usize = 9;

/// Something that the field accepts.
fn sample(field: &FormField) -> Given {
    let one = |text: String| Given {
        value: Some(text),
        ..Given::default()
    };
    let low = match field.bounds {
        Some(Bounds::Numbers(low, _)) => low,
        _ => Number::default(),
    };
    match field.kind {
        FieldKind::ManyOf => Given {
            several: field
                .options
                .iter()
                .take(1)
                .map(|one| one.code.clone())
                .collect(),
            ..Given::default()
        },
        FieldKind::Table => Given {
            lines: vec![vec!["示例".to_owned(); field.options.len()]],
            ..Given::default()
        },
        FieldKind::OneOf => one(field
            .options
            .first()
            .map_or_else(String::new, |option| option.code.clone())),
        FieldKind::YesNo => one("NO".to_owned()),
        FieldKind::Declaration => one("YES".to_owned()),
        FieldKind::Number | FieldKind::Money | FieldKind::AreaM2 => one(low.to_string()),
        FieldKind::Date => one("2026-09-01".to_owned()),
        FieldKind::Phone => one("0000-00000003".to_owned()),
        FieldKind::CreditCode => one(super::FIRST_ENTERPRISE.to_owned()),
        FieldKind::Text | FieldKind::Address | FieldKind::Person | FieldKind::Note => {
            let least = low.to_string().parse().unwrap_or_default();
            one(TEXT
                .chars()
                .cycle()
                .take(usize::max(least, TEXT_LENGTH))
                .collect())
        }
    }
}
