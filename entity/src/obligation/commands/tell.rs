//! Who owes something is told when it begins to be owed.

use chrono::NaiveDate;
use sea_orm::prelude::Uuid;

use crate::{
    calendar::rules::Calendar,
    clock::instant_of,
    error::Fault,
    liaison,
    obligation::{Model, subject::subjects},
    outbox::{
        Class, Kind,
        commands::{NewLetter, enqueue, withdraw},
        facts::ObligationOpened,
    },
    preference::rules::DIGEST_AT,
    store::Unit,
    subject::Subject,
    viewer::Viewer,
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
pub(super) async fn opened(
    unit: &Unit,
    obligation: &Model,
    due_on: NaiveDate,
) -> Result<(), Fault> {
    let viewer = Viewer::system("opened");
    let found = subjects(unit.db(), &viewer, std::slice::from_ref(obligation)).await?;
    let found: Vec<&Subject> = found.values().collect();
    let told = liaison::repository::told(unit.db(), &found).await?;
    for (subject, told) in found.into_iter().zip(told) {
        for (person, why) in told {
            let facts = ObligationOpened {
                name: person.name,
                enterprise: subject.enterprise.clone(),
                item: subject.title.clone(),
                occasion: subject.occasion.clone(),
                note: obligation.event_note.clone(),
                due_on,
                why,
                path: subject.path.clone(),
            };
            let letter = NewLetter::new(
                format!("opened:{}:{}", obligation.id, person.id),
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
