//! Who owes something is told when it begins to be owed; and whom a time limit concerns.

use std::collections::{BTreeSet, HashMap};

use chrono::NaiveDate;
use sea_orm::prelude::Uuid;

use crate::{
    account,
    calendar::rules::Calendar,
    clock::instant_of,
    error::Fault,
    language::Text,
    link,
    obligation::repository::{Owed, owed_within, owners},
    outbox::{
        Class, Kind,
        commands::{NewLetter, enqueue, withdraw},
        facts::ObligationOpened,
    },
    preference::rules::DIGEST_AT,
    store::Unit,
    subject::Subject,
    viewer::Role,
};

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

/// Nobody is asked any more for what is closed: what [`opened`] wrote and has not gone is withdrawn.
pub(super) async fn closed(unit: &Unit, obligation_id: Uuid) -> Result<(), Fault> {
    withdraw(
        unit,
        Kind::ObligationOpened,
        &format!("opened:{obligation_id}:"),
    )
    .await
}

/// Tells those who owe what has just been opened, in a letter at once.
pub(super) async fn opened(unit: &Unit, deadline_id: Uuid) -> Result<(), Fault> {
    let found = owed_within(unit.db(), &[deadline_id]).await?;
    let mut told = told(unit, &found).await?;
    for owed in found {
        for (person, why) in told.remove(&owed.obligation.id).unwrap_or_default() {
            let facts = ObligationOpened {
                name: person.name,
                enterprise: owed.enterprise_name.clone(),
                item: owed.commitment.words(),
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

/// What is owed within these time limits, by the limit: it concerns those who owe it and the contacts of the enterprise.
pub(crate) async fn subjects(
    unit: &Unit,
    limits: &[Uuid],
) -> Result<HashMap<Uuid, Subject>, Fault> {
    let found = owed_within(unit.db(), limits).await?;
    let enterprises: Vec<Uuid> = found
        .iter()
        .map(|owed| owed.obligation.enterprise_id)
        .collect();
    let contacts = account::repository::contacts_of_each(unit.db(), &enterprises).await?;
    let mut owing = told(unit, &found).await?;
    let of = |owed: Owed| {
        let mut told = owing.remove(&owed.obligation.id).unwrap_or_default();
        let contacts = contacts.get(&owed.obligation.enterprise_id);
        told.extend(contacts.into_iter().flatten().map(|contact| {
            let why = Text::new("这是对贵企业的承诺", "it was promised to your enterprise");
            (contact.clone(), why)
        }));
        let subject = Subject {
            id: owed.obligation.id,
            title: owed.commitment.words(),
            enterprise: owed.enterprise_name,
            occasion: owed.obligation.occasion,
            path: link::obligation(owed.obligation.id),
            concerned: told,
        };
        (owed.deadline.id, subject)
    };
    Ok(found.into_iter().map(of).collect())
}

/// Those who owe each of these and why they are told, by the obligation; the service centre where nobody does.
async fn told(
    unit: &Unit,
    owed: &[Owed],
) -> Result<HashMap<Uuid, Vec<(account::Model, Text)>>, Fault> {
    let db = unit.db();
    let ids: Vec<Uuid> = owed.iter().map(|owed| owed.obligation.id).collect();
    let owners = owners(db, &ids).await?;
    let people: BTreeSet<Uuid> = owners.values().flatten().copied().collect();
    let people = account::repository::named(db, &Vec::from_iter(people)).await?;
    let centre = account::repository::enabled_in_role(db, Role::Centre).await?;
    let of = |owed: &Owed| -> Vec<(account::Model, Text)> {
        let owners = owners
            .get(&owed.obligation.id)
            .map_or(&[][..], Vec::as_slice);
        let of_it = people.iter().filter(|person| owners.contains(&person.id));
        let why = owed.commitment.owner.why();
        let told: Vec<_> = of_it.map(|person| (person.clone(), why.clone())).collect();
        if !told.is_empty() {
            return told;
        }
        let why = Text::new("该事项目前无人负责", "nobody is in charge of it at present");
        centre
            .iter()
            .map(|person| (person.clone(), why.clone()))
            .collect()
    };
    Ok(owed
        .iter()
        .map(|owed| (owed.obligation.id, of(owed)))
        .collect())
}
