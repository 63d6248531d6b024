//! Who owes something is told when it begins to be owed, and when another calendar moves its due date.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use sea_orm::prelude::Uuid;

use crate::{
    account,
    calendar::rules::Calendar,
    clock::instant_of,
    deadline::commands::Moved,
    error::Fault,
    id::new_id,
    language::Text,
    link,
    obligation::repository::{Owed, owed_within, owners},
    outbox::{
        Class, Kind,
        commands::{NewLetter, enqueue},
        facts::{DueDatesMoved, MovedLine, ObligationOpened},
    },
    preference::rules::DIGEST_AT,
    store::Unit,
    viewer::Role,
};

/// How many due dates a letter lists.
const LONGEST: usize = 60;

/// Whether the next digest would tell too late of what has just been opened: it is due today or was before, and today's has been
/// written. What is opened on a day off, or in the night before its day, the digest of the morning tells.
pub(super) fn is_too_late_for_a_digest(
    unit: &Unit,
    due_on: NaiveDate,
    calendar: &Calendar,
) -> bool {
    let today = unit.today();
    let (hour, minute) = DIGEST_AT;
    let written_at = instant_of(today, hour.into(), minute.into(), unit.zone());
    due_on <= today && calendar.is_working_day(today) && unit.now() >= written_at
}

/// Tells those who owe what has just been opened, in a letter at once.
pub(super) async fn opened(unit: &Unit, deadline_id: Uuid) -> Result<(), Fault> {
    for owed in owed_within(unit.db(), &[deadline_id]).await? {
        for (person, why) in told(unit, &owed).await? {
            let facts = ObligationOpened {
                name: person.name,
                enterprise: owed.enterprise_name.clone(),
                item: item(&owed),
                occasion: owed.obligation.occasion.clone(),
                note: owed.obligation.event_note.clone(),
                due_on: owed.deadline.due_on,
                why,
                path: link::obligation(owed.obligation.id),
            };
            let letter = NewLetter::new(
                format!("opened:{}:{}", owed.obligation.id, person.id),
                Kind::ObligationOpened,
                Class::MustNotMiss,
                person.id,
                &facts,
            )?;
            enqueue(unit, letter).await?;
        }
    }
    Ok(())
}

/// Tells those who owe it and those to whom it is owed that another calendar has moved due dates: one summary for each person.
pub(super) async fn moved(
    unit: &Unit,
    source: &str,
    years: &[i32],
    moved: &[Moved],
) -> Result<(), Fault> {
    if moved.is_empty() {
        return Ok(());
    }
    let ids: Vec<Uuid> = moved.iter().map(|one| one.deadline_id).collect();
    let found = owed_within(unit.db(), &ids).await?;
    let owed: BTreeMap<Uuid, &Owed> = found.iter().map(|owed| (owed.deadline.id, owed)).collect();
    let mut people: BTreeMap<Uuid, DueDatesMoved> = BTreeMap::new();
    for one in moved {
        let Some(owed) = owed.get(&one.deadline_id) else {
            continue;
        };
        let mut told = told(unit, owed).await?;
        let contacts =
            account::repository::contacts_of(unit.db(), owed.obligation.enterprise_id).await?;
        told.extend(contacts.into_iter().map(|contact| {
            let why = Text::new("这是对贵企业的承诺", "it was promised to your enterprise");
            (contact, why)
        }));
        for (person, why) in told {
            let facts = people.entry(person.id).or_insert_with(|| DueDatesMoved {
                name: person.name,
                source: source.to_owned(),
                years: years.to_vec(),
                lines: Vec::new(),
                left_out: 0,
                why,
            });
            if facts.lines.len() == LONGEST {
                facts.left_out += 1;
                continue;
            }
            facts.lines.push(MovedLine {
                enterprise: owed.enterprise_name.clone(),
                item: item(owed),
                occasion: owed.obligation.occasion.clone(),
                from: one.from,
                to: one.to,
                provisional: one.provisional,
                favours: one.favours().name(),
                path: link::obligation(owed.obligation.id),
            });
        }
    }
    let change = new_id(unit.now());
    for (person, facts) in people {
        let letter = NewLetter::new(
            format!("due_dates_moved:{change}:{person}"),
            Kind::DueDatesMoved,
            Class::MustNotMiss,
            person,
            &facts,
        )?;
        enqueue(unit, letter).await?;
    }
    Ok(())
}

fn item(owed: &Owed) -> Text {
    let promise = &owed.commitment;
    Text::new(promise.text_zh.clone(), promise.text_en.clone())
}

/// Those who owe it and why they are told, or the service centre when nobody does.
async fn told(unit: &Unit, owed: &Owed) -> Result<Vec<(account::Model, Text)>, Fault> {
    let id = owed.obligation.id;
    let found = owners(unit.db(), &[id]).await?;
    let owners = found.get(&id).map_or(&[][..], Vec::as_slice);
    let why = owed.commitment.owner.why();
    let people = account::repository::named(unit.db(), owners).await?;
    if !people.is_empty() {
        return Ok(people
            .into_iter()
            .map(|person| (person, why.clone()))
            .collect());
    }
    let why = || Text::new("该事项目前无人负责", "nobody is in charge of it at present");
    let centre = account::repository::enabled_in_role(unit.db(), Role::Centre).await?;
    Ok(centre.into_iter().map(|person| (person, why())).collect())
}
