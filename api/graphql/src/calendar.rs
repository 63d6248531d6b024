//! The working-day calendar: what a day is, which years are published, when something is due.

use std::collections::HashMap;

use api_door::{
    coded::Coded,
    command::Answer,
    error::bad_request,
    loaders::{self, Batch},
    operation::{store, viewer},
    scalar::{Date, Kind, int},
};
use async_graphql::{Context, ID, Object, Result};
use chrono::Datelike;
use entity::{
    calendar::rules as calendar,
    deadline::{
        commands::{ImportOutcome, Moved, preview_calendar},
        rules::{self, Terms},
    },
    error::{CommandError, Explain, Fault},
    language::Language,
    obligation::{self, repository::Numbers},
    store::Store,
    viewer::Viewer,
};
use uuid::Uuid;

use super::deadline::{DeadlineStep, calendar_in_force};

pub mod import;

/// The longest limit that is explained day by day.
const LONGEST_EXPLAINED: u32 = 400;

fn name(kind: &calendar::DayKind, language: Language) -> Option<String> {
    match kind {
        calendar::DayKind::WorkedWeekend(name) | calendar::DayKind::Holiday(name) => {
            Some(name.in_language(language).to_owned())
        }
        calendar::DayKind::Working | calendar::DayKind::Weekend => None,
    }
}

/// One day of the calendar.
pub struct CalendarDay {
    date: chrono::NaiveDate,
    kind: calendar::DayKind,
    provisional: bool,
}

impl CalendarDay {
    /// What a day is in this calendar.
    pub(super) fn of(calendar: &calendar::Calendar, date: chrono::NaiveDate) -> Self {
        Self {
            date,
            kind: calendar.day(date),
            provisional: calendar.provisional(date),
        }
    }
}

/// One day of the calendar.
#[Object]
impl CalendarDay {
    /// The day.
    async fn date(&self) -> Date {
        self.date.into()
    }

    /// What it is.
    async fn kind(&self) -> Coded<calendar::DayNature> {
        self.kind.nature().into()
    }

    /// Whether it counts as a working day.
    async fn working(&self) -> bool {
        self.kind.is_working()
    }

    /// The holiday it belongs to, in the viewer's language.
    async fn holiday(&self, ctx: &Context<'_>) -> Option<String> {
        name(&self.kind, viewer(ctx).language())
    }

    /// Whether the notice of its year is not published yet (Monday to Friday is assumed).
    async fn provisional(&self) -> bool {
        self.provisional
    }
}

/// When something is due.
pub struct CalendarDue {
    due_on: chrono::NaiveDate,
    provisional: bool,
    steps: Option<Vec<rules::Step>>,
}

/// When something is due.
#[Object]
impl CalendarDue {
    /// The last day of the limit.
    async fn due_on(&self) -> Date {
        self.due_on.into()
    }

    /// Whether it rests on a year whose calendar is not published yet.
    async fn provisional(&self) -> bool {
        self.provisional
    }

    /// How the date comes about, day by day; null when the limit has more than 400 days.
    #[graphql(complexity = "40 * child_complexity")]
    async fn explain(&self) -> Option<Vec<DeadlineStep>> {
        let steps = self.steps.clone()?;
        Some(steps.into_iter().map(DeadlineStep::of).collect())
    }
}

/// A day that an import changes.
pub struct CalendarDayChange(calendar::DayChange);

/// A day that an import changes.
#[Object]
impl CalendarDayChange {
    /// The day.
    async fn date(&self) -> Date {
        self.0.day.into()
    }

    /// What it was.
    async fn before(&self) -> Coded<calendar::DayNature> {
        self.0.before.nature().into()
    }

    /// What it becomes.
    async fn after(&self) -> Coded<calendar::DayNature> {
        self.0.after.nature().into()
    }

    /// The holiday it then belongs to, in the viewer's language.
    async fn holiday(&self, ctx: &Context<'_>) -> Option<String> {
        name(&self.0.after, viewer(ctx).language())
    }
}

/// An open deadline that an import moves. What is closed never moves.
pub struct MovedDeadline(Moved);

/// An open deadline that an import moves. What is closed never moves.
#[Object]
impl MovedDeadline {
    /// The deadline.
    async fn deadline_id(&self) -> ID {
        Kind::Deadline.id(self.0.deadline_id)
    }

    /// The contract whose promise it limits, by number alone: who imports a calendar does not read contracts.
    async fn contract_number(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        let numbers = loaders::one::<NumbersOfLimit>(ctx, self.0.deadline_id).await?;
        Ok(numbers.map(|numbers| numbers.contract))
    }

    /// The number of that promise in the contract.
    async fn commitment_number(&self, ctx: &Context<'_>) -> Result<Option<i32>> {
        let numbers = loaders::one::<NumbersOfLimit>(ctx, self.0.deadline_id).await?;
        Ok(numbers.map(|numbers| numbers.commitment))
    }

    /// Its due date by the old calendar.
    async fn from(&self) -> Date {
        self.0.from.into()
    }

    /// Its due date by the new calendar.
    async fn to(&self) -> Date {
        self.0.to.into()
    }

    /// Whether the new date still rests on a year that is not published.
    async fn provisional(&self) -> bool {
        self.0.provisional
    }

    /// In whose favour it moves.
    async fn favours(&self) -> Coded<entity::deadline::rules::Side> {
        self.0.favours().into()
    }
}

/// What time limits are called, by their keys.
pub struct NumbersOfLimit;

impl Batch for NumbersOfLimit {
    type Key = Uuid;
    type Value = Numbers;

    async fn load(
        store: &Store,
        viewer: &Viewer,
        keys: &[Uuid],
    ) -> Result<HashMap<Uuid, Numbers>, Fault> {
        obligation::repository::numbers_of_limits(store.db(), viewer, keys).await
    }
}

/// A yearly notice in force, by which dates are counted (放假通知).
pub struct CalendarNotice(entity::calendar::Model);

impl From<entity::calendar::Model> for CalendarNotice {
    fn from(row: entity::calendar::Model) -> Self {
        Self(row)
    }
}

/// A yearly notice in force, by which dates are counted (放假通知).
#[Object]
impl CalendarNotice {
    /// The year that it arranges.
    async fn year(&self) -> i32 {
        self.0.notice_year
    }

    /// Where it comes from: the number of the notice (通知文号).
    async fn source(&self) -> &str {
        &self.0.source
    }

    /// Its version: 1 for the first import of the year.
    async fn revision(&self) -> i32 {
        self.0.revision
    }

    /// The fingerprint of its days: SHA-256, in hexadecimal.
    async fn fingerprint(&self) -> &str {
        &self.0.sha256
    }
}

/// The notices in force, by year.
pub struct NoticesInForce;

impl Batch for NoticesInForce {
    type Key = i32;
    type Value = entity::calendar::Model;

    async fn load(
        store: &Store,
        _viewer: &Viewer,
        _keys: &[i32],
    ) -> Result<HashMap<i32, entity::calendar::Model>, Fault> {
        let newest = entity::calendar::repository::newest_revisions(store.db()).await?;
        Ok(newest.into_iter().collect())
    }
}

/// What an import of the calendar changes, or would change.
pub struct CalendarChanges {
    outcome: ImportOutcome,
    problems: Vec<String>,
}

impl From<ImportOutcome> for CalendarChanges {
    fn from(outcome: ImportOutcome) -> Self {
        Self {
            outcome,
            problems: Vec::new(),
        }
    }
}

impl Answer for CalendarChanges {}

/// What an import of the calendar changes, or would change.
#[Object]
impl CalendarChanges {
    /// The years whose notice is new or different.
    #[graphql(complexity = "5")]
    async fn years(&self) -> &[i32] {
        &self.outcome.years
    }

    /// Those years of the file whose notice is not whole (全年): what it does not name stays provisional.
    #[graphql(complexity = "5")]
    async fn incomplete_years(&self) -> &[i32] {
        &self.outcome.incomplete
    }

    /// The days that become something else.
    #[graphql(complexity = "40 * child_complexity")]
    async fn days(&self) -> Vec<CalendarDayChange> {
        let days = self.outcome.days.iter().cloned();
        days.map(CalendarDayChange).collect()
    }

    /// The open deadlines that move, from when to when, the first due so far first.
    #[graphql(complexity = "100 * child_complexity")]
    async fn moved(
        &self,
        #[graphql(desc = "The first so many; all when not given.")] first: Option<u32>,
    ) -> Vec<MovedDeadline> {
        let most = first.map_or(usize::MAX, |first| first as usize);
        let moved = self.outcome.moved.iter().take(most).cloned();
        moved.map(MovedDeadline).collect()
    }

    /// How many open deadlines move.
    async fn moved_count(&self) -> i32 {
        int(self.outcome.moved.len())
    }

    /// What is wrong with the file, line by line, in the viewer's language; then nothing else is told.
    #[graphql(complexity = "10")]
    async fn problems(&self) -> &[String] {
        &self.problems
    }
}

/// Reading the working-day calendar. It is the same for everybody.
#[derive(Default)]
pub struct CalendarQuery;

/// Reading the working-day calendar. It is the same for everybody.
#[Object]
impl CalendarQuery {
    /// What a day is in the working-day calendar (工作日历).
    async fn calendar_day(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The day.")] date: Date,
    ) -> Result<CalendarDay> {
        let calendar = calendar_in_force(ctx).await?;
        Ok(CalendarDay::of(&calendar, date.into()))
    }

    /// All days of a year, from 1 January to 31 December.
    #[graphql(complexity = "366 * child_complexity")]
    async fn calendar_days(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The year, from 2000 to 2100.")] year: i32,
    ) -> Result<Vec<CalendarDay>> {
        let first = chrono::NaiveDate::from_ymd_opt(year, 1, 1)
            .filter(|_| (2000..=2100).contains(&year))
            .ok_or_else(|| bad_request("`year` is from 2000 to 2100."))?;
        let calendar = calendar_in_force(ctx).await?;
        let days = first.iter_days().take_while(|day| day.year() == year);
        Ok(days.map(|date| CalendarDay::of(&calendar, date)).collect())
    }

    /// The years whose notice is published, in order. Past the last one every date is provisional.
    #[graphql(complexity = "30")]
    async fn calendar_years(&self, ctx: &Context<'_>) -> Result<Vec<i32>> {
        let calendar = calendar_in_force(ctx).await?;
        Ok(calendar.published_years().collect())
    }

    /// When something is due that starts on a day and has a limit, with the explanation.
    async fn calendar_due(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The day of the start event; it is never counted itself.")] start: Date,
        #[graphql(
            desc = "`20wd` (working days), `30d` (days; a last day off moves to the next working day), `0wd` (the same day)."
        )]
        limit: String,
    ) -> Result<CalendarDue> {
        let limit: rules::Limit = limit.parse().map_err(|error: rules::LimitError| {
            let text = error.explain();
            bad_request(text.in_language(viewer(ctx).language()))
        })?;
        let calendar = calendar_in_force(ctx).await?;
        let terms = Terms {
            legal_effect: entity::deadline::LegalEffect::Planned,
            on_expiry: entity::deadline::OnExpiry::Warn,
            limit,
            extension: 0,
        };
        let deadline = rules::Deadline::open(terms, start.into(), &calendar);
        let wanted = limit.days <= LONGEST_EXPLAINED && ctx.look_ahead().field("explain").exists();
        Ok(CalendarDue {
            due_on: deadline.due_on,
            provisional: deadline.provisional,
            steps: wanted.then(|| deadline.explain(&[], &calendar)),
        })
    }

    /// What an import of this file would change; changes nothing. For the administrator.
    async fn calendar_import_preview(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "The file: columns `date,kind,name_zh,name_en,notice_year`, each notice whole."
        )]
        csv: String,
    ) -> Result<CalendarChanges> {
        match preview_calendar(store(ctx), viewer(ctx), &csv).await {
            Ok(outcome) => Ok(outcome.into()),
            Err(CommandError::Refused(refusals)) => {
                let language = viewer(ctx).language();
                let problem = |text: entity::language::Text| text.in_language(language).to_owned();
                Ok(CalendarChanges {
                    outcome: ImportOutcome {
                        years: Vec::new(),
                        incomplete: Vec::new(),
                        days: Vec::new(),
                        moved: Vec::new(),
                    },
                    problems: refusals
                        .iter()
                        .map(|refusal| problem(refusal.code.explain()))
                        .collect(),
                })
            }
            Err(CommandError::Fault(fault)) => Err(fault.into()),
        }
    }
}
