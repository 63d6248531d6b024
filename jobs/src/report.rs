//! Making a report: its figures frozen, its files, and a letter to each who gets it, all in one transaction. Whatever falls over,
//! a report is there with all its letters or not at all.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use entity::{
    account, calendar,
    calendar::rules::Calendar,
    clock::civil_date,
    error::Fault,
    outbox::{
        self, Class,
        commands::{NewAttachment, NewLetter, attach, enqueue_with_id},
    },
    report::{
        self, Kind,
        commands::{Compiled, keep},
        facts::{Facts, Letter},
        file::Format,
        issue::{Issue, newest},
        rules::{Material, Slice},
    },
};
use uuid::Uuid;

use crate::job::Run;

mod press;
pub mod workbook;

pub use press::Press;

/// Who gets which part of the park.
pub(crate) type Audience = BTreeMap<Slice, Vec<account::Model>>;

/// Makes the newest issue of `kind` that is due for each slice that has none yet, and writes its letters. An older one that was
/// missed is superseded: it is made when somebody asks for it as of its day.
pub(crate) async fn issue(run: &Run, kind: Kind, audience: &Audience) -> Result<(), Fault> {
    let store = run.store();
    let (db, zone) = (store.db(), store.zone());
    let calendar = calendar::repository::in_force(store).await?;
    let issue = newest(kind, store.now(), zone, &calendar);
    let keys: Vec<String> = audience
        .keys()
        .map(|slice| slice.key(kind, &issue.period))
        .collect();
    let made = report::repository::made(db, &keys).await?;
    let mut missing = Vec::new();
    for (slice, key) in audience.keys().zip(&keys) {
        if made.contains(key) {
            run.skip();
        } else {
            missing.push(*slice);
        }
    }
    if missing.is_empty() {
        return Ok(());
    }
    // What was entered after the moment of the issue is not known in it, also when it is made later.
    let calendar = calendar::repository::known_at(db, issue.moment).await?;
    let material = report::repository::material(db, &issue, None, issue.moment, zone).await?;
    for slice in missing {
        if run.is_stopping() {
            break;
        }
        let people = audience.get(&slice).map_or(&[][..], Vec::as_slice);
        if people.is_empty() || !report::rules::concerns(&issue, slice, &material, &calendar, zone)
        {
            continue;
        }
        let one = One {
            run,
            issue: &issue,
            slice,
            people,
        };
        one.make(&material, &calendar).await?;
    }
    Ok(())
}

/// One report for one slice.
struct One<'a> {
    run: &'a Run,
    issue: &'a Issue,
    slice: Slice,
    people: &'a [account::Model],
}

impl One<'_> {
    async fn make(&self, material: &Material, calendar: &Calendar) -> Result<(), Fault> {
        let run = self.run;
        let zone = run.store().zone();
        let facts = report::rules::facts(self.issue, self.slice, material, calendar, zone);
        let late = is_late(self.issue, run);
        for person in self.people {
            let letter = letter(&facts, person, late, None);
            run.plan_letter(
                person,
                vec![facts.title().in_language(person.language).to_owned()],
                letter_kind(facts.kind),
                serde_json::to_value(&letter)
                    .map_err(|error| Fault::Internal(error.to_string()))?,
            );
        }
        if run.is_rehearsal() {
            return Ok(());
        }
        let key = self.slice.key(facts.kind, &facts.period);
        run.item::<Fault>(&key, self.keep(facts, late)).await;
        Ok(())
    }

    async fn keep(&self, facts: Facts, late: bool) -> Result<(), Fault> {
        let files = self.run.press().files(&facts, self.run.store().zone())?;
        let unit = self.run.begin().await?;
        let compiled = Compiled {
            slice: self.slice,
            facts: facts.clone(),
            files: files.clone(),
        };
        let Some(kept) = keep(&unit, compiled).await? else {
            return unit.rollback().await;
        };
        let about = report::repository::files_of(unit.db(), self.run.viewer(), &[kept.id]).await?;
        for person in self.people {
            let download = about
                .get(&kept.id)
                .into_iter()
                .flatten()
                .find(|file| file.format == Format::Xlsx && file.language == person.language)
                .map(|file| file.id);
            let new = NewLetter::new(
                format!("report:{}:{}", kept.key, person.id),
                letter_kind(facts.kind),
                Class::MustNotDouble,
                person.id,
                &letter(&facts, person, late, download),
            )?;
            if let Some(id) = enqueue_with_id(&unit, new).await? {
                let attachments = files
                    .iter()
                    .filter(|file| file.language == person.language)
                    .map(|file| NewAttachment {
                        name: file.name.clone(),
                        content_type: file.format.content_type().to_owned(),
                        bytes: file.bytes.clone(),
                    })
                    .collect();
                attach(&unit, id, attachments).await?;
            }
        }
        self.run.commit(unit).await
    }
}

/// Whether a day passed between the moment of the issue and now.
fn is_late(issue: &Issue, run: &Run) -> bool {
    let day = |at: DateTime<Utc>| civil_date(at, run.store().zone());
    day(run.store().now()) > day(issue.moment)
}

fn letter(facts: &Facts, person: &account::Model, late: bool, download: Option<Uuid>) -> Letter {
    Letter {
        name: person.name.clone(),
        late,
        path: download.map(|id| format!("/reports/files/{id}")),
        statutory_overdue: facts.statutory_overdue().cloned().collect(),
        report: Facts {
            items: Vec::new(),
            ..facts.clone()
        },
    }
}

fn letter_kind(kind: Kind) -> outbox::Kind {
    match kind {
        Kind::WeeklyBrief => outbox::Kind::WeeklyBrief,
        Kind::MonthlyBulletin => outbox::Kind::MonthlyBulletin,
        Kind::QuarterlyReport => outbox::Kind::QuarterlyReport,
        Kind::EnterpriseProgress => outbox::Kind::EnterpriseProgress,
    }
}
