//! A notice of the calendar comes in: every open time limit is counted anew.

use chrono::NaiveDate;
use sea_orm::{Condition, ConnectionTrait, entity::prelude::*};

use super::{
    super::{
        Model,
        repository::{open_after, pauses_of},
        rules::Side,
    },
    AT_ONCE, RECOUNT, changed, keep_light_days, told,
};
use crate::{
    audit::commands::{Change, record_all},
    calendar::{
        self,
        commands::before_and_after,
        rules::{Calendar, DayChange, Notice, ParseError},
    },
    error::{CommandError, Explain, Fault, Refusal},
    language::{Text, line},
    permission::{Action, Standing, require},
    store::{Store, Unit},
    table,
    viewer::Viewer,
};

/// The import of one or more notices.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportCalendar {
    /// The file: columns `date,kind,name_zh,name_en,notice_year`, each notice whole.
    pub csv: String,
    /// Where it comes from: the number of the notice.
    pub source: String,
}

/// Why an import was refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ImportCalendarError {
    /// A line cannot be taken.
    Line(ParseError),
    /// The source is missing or has more than 300 characters.
    Source,
    /// The file has more than 200,000 characters.
    TooLarge,
}

impl Explain for ImportCalendarError {
    fn explain(&self) -> Text {
        match self {
            Self::Line(error) => error.explain(),
            Self::Source => Text::new(
                "请填写通知文号，不超过300字。",
                "Enter the notice (up to 300 characters).",
            ),
            Self::TooLarge => Text::new(
                "文件过大，请只导入年度通知所列日期。",
                "The file is too large: import only the days that the notices name.",
            ),
        }
    }
}

/// What an import changes, or would change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportOutcome {
    /// The years whose notice is new or different.
    pub years: Vec<i32>,
    /// Those years of the file whose notice is not whole: what it does not name stays provisional.
    pub incomplete: Vec<i32>,
    /// The days that become something else.
    pub days: Vec<DayChange>,
    /// The open time limits that move.
    pub moved: Vec<Moved>,
}

/// An open time limit that another calendar moves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moved {
    /// The time limit.
    pub deadline_id: Uuid,
    /// Its due date by the old calendar.
    pub from: NaiveDate,
    /// Its due date by the new one.
    pub to: NaiveDate,
    /// Whether it is still provisional.
    pub provisional: bool,
    /// Whether it shows a light by now, so that those concerned have heard of its day.
    pub is_lit: bool,
}

impl Moved {
    /// In whose favour.
    pub fn favours(&self) -> Side {
        Side::favoured(self.from, self.to)
    }
}

/// Tells what an import would change, and changes nothing.
pub async fn preview_calendar(
    store: &Store,
    viewer: &Viewer,
    csv: &str,
) -> Result<ImportOutcome, CommandError<ImportCalendarError>> {
    require(viewer, Action::ImportCalendar, Standing::None)?;
    let notices = read(csv)?;
    let (before, after) = before_and_after(store.db(), &notices).await?;
    let known = calendar::repository::newest_revisions(store.db()).await?;
    let years = notices
        .iter()
        .filter(|notice| {
            known
                .get(&notice.year)
                .is_none_or(|newest| newest.sha256 != notice.sha256())
        })
        .map(|notice| notice.year)
        .collect();
    let moved = recounted(store.db(), &after, false).await?;
    Ok(outcome(
        years,
        incomplete(&notices),
        &before,
        &after,
        moves(&moved, store.today()),
    ))
}

/// Imports the notices and counts the open time limits again, for the command that also tells who is concerned:
/// `recount`.
pub(crate) async fn import_in(
    unit: &Unit,
    input: &ImportCalendar,
) -> Result<ImportOutcome, CommandError<ImportCalendarError>> {
    let source = line(&input.source, 300)
        .ok_or_else(|| CommandError::refused(&["source"], ImportCalendarError::Source))?;
    let notices = read(&input.csv)?;
    calendar::commands::hold(unit).await?;
    let (before, after) = before_and_after(unit.db(), &notices).await?;
    let incomplete = incomplete(&notices);
    let stored = calendar::commands::store_in(unit, notices, &source).await?;
    let moved = recount_in(unit, &after, &source).await?;
    let years = stored.iter().map(|import| import.notice_year).collect();
    let moved = moves(&moved, unit.today());
    Ok(outcome(years, incomplete, &before, &after, moved))
}

/// Stores the shipped notices of the years that have none and counts the open time limits again. Gives the years and what moves.
pub(crate) async fn install_in(unit: &Unit, source: &str) -> Result<(Vec<i32>, Vec<Moved>), Fault> {
    calendar::commands::hold(unit).await?;
    let missing = calendar::commands::missing(unit.db()).await?;
    let stored = calendar::commands::store_in(unit, missing, source).await?;
    let calendar = calendar::repository::in_force(unit).await?;
    let moved = recount_in(unit, &calendar, source).await?;
    let years = stored.iter().map(|import| import.notice_year).collect();
    Ok((years, moves(&moved, unit.today())))
}

fn read(csv: &str) -> Result<Vec<Notice>, CommandError<ImportCalendarError>> {
    const PATH: [&str; 1] = ["csv"];
    if csv.len() > 200_000 {
        return Err(CommandError::refused(&PATH, ImportCalendarError::TooLarge));
    }
    calendar::rules::parse(csv).map_err(|errors| {
        CommandError::Refused(
            errors
                .into_iter()
                .map(|error| Refusal {
                    code: ImportCalendarError::Line(error),
                    path: PATH.to_vec(),
                })
                .collect(),
        )
    })
}

fn incomplete(notices: &[Notice]) -> Vec<i32> {
    let broken = notices.iter().filter(|notice| !notice.is_whole());
    broken.map(|notice| notice.year).collect()
}

fn outcome(
    years: Vec<i32>,
    incomplete: Vec<i32>,
    before: &Calendar,
    after: &Calendar,
    moved: Vec<Moved>,
) -> ImportOutcome {
    ImportOutcome {
        years,
        incomplete,
        days: calendar::rules::diff(before, after),
        moved,
    }
}

/// What moves, the first due so far first.
fn moves(changed: &[(Model, Model)], today: NaiveDate) -> Vec<Moved> {
    let mut moved: Vec<Moved> = changed
        .iter()
        .filter(|(old, new)| old.due_on != new.due_on)
        .map(|(old, new)| Moved {
            deadline_id: old.id,
            from: old.due_on,
            to: new.due_on,
            provisional: new.provisional,
            is_lit: old.yellow_from.is_some_and(|from| from <= today),
        })
        .collect();
    moved.sort_by_key(|one| (one.from, one.to));
    moved
}

/// The open time limits that `calendar` changes, as they are and as they become. Where it changes the light days alone, the version stays.
/// Who keeps what is counted has them `held`: a pause, an extension or a fulfilment comes before or after, and never between.
async fn recounted(
    db: &impl ConnectionTrait,
    calendar: &Calendar,
    held: bool,
) -> Result<Vec<(Model, Model)>, Fault> {
    let mut found = Vec::new();
    let mut after = None;
    loop {
        let rows = open_after(db, after, AT_ONCE as u64, held).await?;
        let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
        let mut pauses = pauses_of(db, &ids).await?;
        for row in rows {
            let pauses = pauses.remove(&row.id).unwrap_or_default();
            let old = row.value();
            let new = old.recounted(&pauses, calendar);
            let days = new.light_days(&pauses, calendar);
            let new = match new == old {
                true => row.clone(),
                false => changed(&row, new),
            };
            let new = new.with_light_days(days);
            if new != row {
                found.push((row, new));
            }
        }
        after = ids.last().copied();
        if after.is_none() || ids.len() < AT_ONCE {
            return Ok(found);
        }
    }
}

async fn recount_in(
    unit: &Unit,
    calendar: &Calendar,
    reason: &str,
) -> Result<Vec<(Model, Model)>, Fault> {
    let changed = recounted(unit.db(), calendar, true).await?;
    let (lights, dates): (Vec<_>, Vec<_>) = changed
        .iter()
        .partition(|(old, new)| old.version == new.version);
    let days = lights.iter().map(|(_, new)| (new.id, new.light_days()));
    keep_light_days(unit, days, Condition::all()).await?;
    let mut changes = Vec::with_capacity(dates.len());
    for (old, new) in dates {
        table::save(unit, old, new.clone()).await?;
        changes.push(Change {
            command: &RECOUNT,
            subject_id: old.id,
            before: Some(told(old)),
            after: Some(told(new)),
            reason: Some(reason),
        });
    }
    record_all(unit, changes).await?;
    Ok(changed)
}
