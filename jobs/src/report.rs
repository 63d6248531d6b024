//! Making a report: its figures frozen, its files, and a letter to each who gets it, all in one transaction. Whatever falls over,
//! a report is there with all its letters or not at all.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use entity::{
    account, calendar,
    calendar::rules::Calendar,
    clock::civil_date,
    error::Fault,
    language::Language,
    outbox::{
        self, Class,
        commands::{NewAttachment, NewLetter, attach, enqueue_with_id},
        rules::fitting,
    },
    report::{
        self, Kind,
        commands::{Compiled, NewFile, keep},
        facts::{Facts, Letter},
        file::Format,
        issue::{Issue, newest},
        rules::{Material, Slice},
        source::Source,
    },
};
use uuid::Uuid;

use crate::job::Run;

mod press;
pub mod workbook;

pub use press::Press;

/// Who gets which part of the park.
pub(crate) type Audience = BTreeMap<Slice, Vec<account::Model>>;

/// Of how many enterprises the rows are in memory at the same time, for the reports that each gets of its own.
const AT_ONCE: usize = 50;

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
    let concerned = report::repository::concerned(db, &issue, &missing, zone).await?;
    missing.retain(|slice| concerned.contains(slice));
    if missing.is_empty() {
        return Ok(());
    }
    // What was entered after the moment of the issue is not known in it, also when it is made later.
    let all = All {
        run,
        audience,
        issue: &issue,
        calendar: calendar::repository::known_at(db, issue.moment).await?,
        calendar_version: report::repository::calendar_version(db, issue.moment).await?,
    };
    let source = Source::then(db, &issue, zone).await?;
    let (enterprises, others): (Vec<Slice>, Vec<Slice>) = missing
        .into_iter()
        .partition(|slice| slice.enterprise_id().is_some());
    if !others.is_empty() {
        all.make(&others, source.material(None).await?).await?;
    }
    for part in enterprises.chunks(AT_ONCE) {
        if run.is_stopping() {
            break;
        }
        let ids: Vec<Uuid> = part.iter().filter_map(|of| of.enterprise_id()).collect();
        all.make(part, source.material(Some(&ids)).await?).await?;
    }
    Ok(())
}

/// The reports of one issue.
struct All<'a> {
    run: &'a Run,
    audience: &'a Audience,
    issue: &'a Issue,
    calendar: Calendar,
    calendar_version: String,
}

impl All<'_> {
    async fn make(&self, slices: &[Slice], material: Material) -> Result<(), Fault> {
        let mut material = Some(material);
        for (slice, left) in slices.iter().zip((0..slices.len()).rev()) {
            if self.run.is_stopping() {
                break;
            }
            let facts = material
                .as_ref()
                .and_then(|material| self.facts(*slice, material));
            // The last report is kept when its rows are gone.
            if left == 0 {
                material = None;
            }
            if let Some(facts) = facts {
                self.issue(*slice, facts).await?;
            }
        }
        Ok(())
    }

    /// The figures for a slice; none when there is nothing to report on.
    fn facts(&self, slice: Slice, material: &Material) -> Option<Facts> {
        let (issue, calendar, zone) = (self.issue, &self.calendar, self.run.store().zone());
        let concerns = report::rules::concerns(issue, slice, material, calendar, zone);
        concerns.then(|| report::rules::facts(issue, slice, material, calendar, zone))
    }

    async fn issue(&self, slice: Slice, facts: Facts) -> Result<(), Fault> {
        let run = self.run;
        let people = self.audience.get(&slice).map_or(&[][..], Vec::as_slice);
        let kind = letter_kind(facts.kind);
        let letter = Letter {
            late: is_late(self.issue, run),
            ..Letter::of(&facts)
        };
        for person in people {
            let why = vec![facts.title().in_language(person.language).to_owned()];
            if run.is_rehearsal() {
                let letter = serde_json::to_value(to(person, &letter))
                    .map_err(|error| Fault::Internal(error.to_string()))?;
                run.plan_letter(person, why, kind, letter);
            } else {
                run.plan(person, why);
            }
        }
        if !run.is_rehearsal() {
            let key = slice.key(facts.kind, &facts.period);
            let kept = self.keep(slice, facts, &letter, people);
            run.item::<Fault>(&key, kept).await;
        }
        Ok(())
    }

    async fn keep(
        &self,
        slice: Slice,
        facts: Facts,
        letter: &Letter,
        people: &[account::Model],
    ) -> Result<(), Fault> {
        let kind = letter_kind(facts.kind);
        let files = self.run.press().files(&facts, self.run.store().zone())?;
        let read = |language: &Language| people.iter().any(|one| one.language == *language);
        let enclosed: Vec<(Language, Vec<NewAttachment>)> = Language::ALL
            .into_iter()
            .filter(read)
            .map(|language| (language, enclose(&files, language)))
            .collect();
        let unit = self.run.begin().await?;
        let compiled = Compiled {
            slice,
            facts,
            files,
            calendar_version: self.calendar_version.clone(),
        };
        let Some((kept, about)) = keep(&unit, compiled).await? else {
            return unit.rollback().await;
        };
        for person in people {
            let workbook = about
                .iter()
                .find(|file| file.format == Format::Xlsx && file.language == person.language);
            let files = enclosed
                .iter()
                .find(|(language, _)| *language == person.language)
                .map(|(_, files)| files.clone())
                .unwrap_or_default();
            let own = Letter {
                path: workbook.map(|file| format!("/reports/files/{}", file.id)),
                workbook_left_out: workbook
                    .is_some_and(|book| files.iter().all(|file| file.name != book.name)),
                ..to(person, letter)
            };
            let new = NewLetter::new(
                format!("report:{}:{}", kept.key, person.id),
                kind,
                Class::MustNotDouble,
                person.id,
                &own,
            )?;
            if let Some(id) = enqueue_with_id(&unit, new).await? {
                attach(&unit, id, files).await?;
            }
        }
        self.run.commit(unit).await
    }
}

/// The files in a language that go with a letter: what is too large for one stays behind its link.
fn enclose(files: &[NewFile], language: Language) -> Vec<NewAttachment> {
    let own: Vec<&NewFile> = files
        .iter()
        .filter(|file| file.language == language)
        .collect();
    let fits = fitting(&own.iter().map(|file| file.bytes.len()).collect::<Vec<_>>());
    own.into_iter()
        .zip(fits)
        .filter(|(_, fits)| *fits)
        .map(|(file, _)| NewAttachment {
            name: file.name.clone(),
            content_type: file.format.content_type().to_owned(),
            bytes: file.bytes.clone(),
        })
        .collect()
}

/// The same letter to one of those who get it.
fn to(person: &account::Model, letter: &Letter) -> Letter {
    Letter {
        name: person.name.clone(),
        ..letter.clone()
    }
}

/// Whether a day passed between the moment of the issue and now.
fn is_late(issue: &Issue, run: &Run) -> bool {
    let day = |at: DateTime<Utc>| civil_date(at, run.store().zone());
    day(run.store().now()) > day(issue.moment)
}

fn letter_kind(kind: Kind) -> outbox::Kind {
    match kind {
        Kind::WeeklyBrief => outbox::Kind::WeeklyBrief,
        Kind::MonthlyBulletin => outbox::Kind::MonthlyBulletin,
        Kind::QuarterlyReport => outbox::Kind::QuarterlyReport,
        Kind::EnterpriseProgress => outbox::Kind::EnterpriseProgress,
    }
}

#[cfg(test)]
mod tests {
    use entity::outbox::rules::LARGEST_ATTACHMENTS;

    use super::*;

    #[test]
    fn a_letter_goes_without_the_file_that_is_too_large_for_it() {
        let file = |format: Format, language, size| NewFile {
            format,
            language,
            name: format!("report.{}", format.extension()),
            bytes: vec![0; size],
        };
        let files = [
            file(Format::Xlsx, Language::English, LARGEST_ATTACHMENTS + 1),
            file(Format::Pdf, Language::English, 1000),
            file(Format::Xlsx, Language::Chinese, 1000),
        ];
        let names = |language| -> Vec<String> {
            let enclosed = enclose(&files, language).into_iter();
            enclosed.map(|file| file.name).collect()
        };
        assert_eq!(names(Language::English), ["report.pdf"]);
        assert_eq!(names(Language::Chinese), ["report.xlsx"]);
    }
}
