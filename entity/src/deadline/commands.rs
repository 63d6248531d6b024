//! What happens to a time limit. Its light days are kept right here and nowhere else. Each `…_in` form runs inside the command of the thing that the time limit belongs to: it has
//! checked what the viewer may see and do.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, Condition, ConnectionTrait, EntityTrait, IntoActiveModel,
    QueryFilter, entity::prelude::*,
};

use super::{
    ActiveModel, Column, Entity, Model, Reckoning, pause,
    repository::{is_without_light_days, load, open_after, pauses_of, without_light_days},
    rules::{Approver, Deadline, DeadlineError, LightDays, Limit, NewPause, Side, Terms},
};
use crate::{
    audit::commands::{Change, Summary, record, record_all, summary},
    calendar::{
        self,
        commands::before_and_after,
        rules::{Calendar, DayChange, Notice, ParseError},
    },
    command::{Command, commands},
    deadline,
    error::{CommandError, Explain, Fault, Refusal, expect_saved, expect_version},
    id::new_id,
    language::{Text, line},
    permission::{Action, Standing, require},
    store::{Store, Unit},
    viewer::Viewer,
};

commands! {
    /// A time limit is paused.
    PAUSE = "deadline.pause" on Deadline: "暂停", "paused", news LimitPaused;
    /// A time limit runs again.
    RESUME = "deadline.resume" on Deadline: "恢复", "resumed", news LimitResumed;
    /// A time limit is extended.
    EXTEND = "deadline.extend" on Deadline: "延期", "extended", news LimitExtended;
    /// What it limits is done.
    MEET = "deadline.meet" on Deadline: "计时完成", "met";
    /// What it limits will not be done.
    MISS = "deadline.miss" on Deadline: "登记未履行", "declared missed";
    /// What it limits is owed no more.
    CANCEL = "deadline.cancel" on Deadline: "取消", "cancelled";
    /// What it is on ends on another day.
    MOVE = "deadline.move" on Deadline: "更改到期日", "moved";
    /// Another calendar moves its due date.
    RECOUNT = "deadline.recount" on Deadline: "按新日历重算", "recalculated";
}

/// A new time limit as a row that is not stored yet: for those who insert many at once.
pub fn new_row(unit: &Unit, calendar: &Calendar, terms: Terms, started_on: NaiveDate) -> Model {
    row_of(unit, calendar, Deadline::open(terms, started_on, calendar))
}

/// The last day of a term as a row that is not stored yet.
pub fn new_end(unit: &Unit, calendar: &Calendar, ends_on: NaiveDate) -> Model {
    let term = Deadline::ending(Reckoning::Term, SAME_DAY, ends_on, calendar);
    row_of(unit, calendar, term)
}

/// What ends by itself has no days of its own.
const SAME_DAY: Limit = Limit {
    days: 0,
    unit: deadline::Unit::CalendarDay,
};

fn row_of(unit: &Unit, calendar: &Calendar, value: Deadline) -> Model {
    let days = value.light_days(&[], calendar);
    let terms = value.terms;
    Model {
        id: new_id(unit.now()),
        legal_effect: terms.legal_effect,
        on_expiry: terms.on_expiry,
        reckoning: value.reckoning,
        unit: terms.limit.unit,
        limit_days: as_stored(terms.limit.days),
        extension_days: 0,
        extension_reason: None,
        extension_limit: as_stored(terms.extension),
        started_on: value.started_on,
        consumed_days: 0,
        running_since: value.running_since,
        paused_on: None,
        resume_expected_on: None,
        state: value.state,
        due_on: value.due_on,
        provisional: value.provisional,
        yellow_from: days.yellow_from,
        orange_from: days.orange_from,
        red_from: days.red_from,
        black_from: days.black_from,
        closed_on: None,
        version: 1,
    }
}

/// Inserts many new time limits with few statements. The audit entry is that of the things they belong to.
pub(crate) async fn insert_in(
    unit: &Unit,
    calendar: &Calendar,
    rows: &[Model],
) -> Result<(), Fault> {
    calendar::commands::require_current(unit, calendar).await?;
    let rows = rows
        .iter()
        .map(|row| row.clone().into_active_model().reset_all());
    unit.insert_all(rows.collect()).await
}

/// Opens one time limit. The audit entry is that of the thing it belongs to.
pub(crate) async fn open_in(
    unit: &Unit,
    calendar: &Calendar,
    terms: Terms,
    started_on: NaiveDate,
) -> Result<Model, Fault> {
    insert_one(unit, calendar, new_row(unit, calendar, terms, started_on)).await
}

/// Opens the time limit of a permit: the last day of applying, so long before it ends.
pub(crate) async fn open_application_in(
    unit: &Unit,
    calendar: &Calendar,
    lead: Limit,
    end: NaiveDate,
) -> Result<Model, Fault> {
    let value = Deadline::ending(Reckoning::Application, lead, end, calendar);
    insert_one(unit, calendar, row_of(unit, calendar, value)).await
}

/// Opens the time limit of a term: its last day.
pub(crate) async fn open_end_in(
    unit: &Unit,
    calendar: &Calendar,
    ends_on: NaiveDate,
) -> Result<Model, Fault> {
    insert_one(unit, calendar, new_end(unit, calendar, ends_on)).await
}

async fn insert_one(unit: &Unit, calendar: &Calendar, row: Model) -> Result<Model, Fault> {
    insert_in(unit, calendar, std::slice::from_ref(&row)).await?;
    Ok(row)
}

/// What it is on ends on another day now. What had been closed with the old end runs again.
pub(crate) async fn move_in(
    unit: &Unit,
    calendar: &Calendar,
    id: Uuid,
    lead: Limit,
    end: NaiveDate,
) -> Result<Model, Fault> {
    let (model, value) = load_value(unit, id).await?;
    let moved = value.moved(lead, end, calendar);
    if moved == value {
        return Ok(model);
    }
    save(unit, calendar, model, moved, &MOVE, None).await
}

/// What it is on ends on `on`, as it was to or before: met on its day, or nobody's any more. Done again, it does nothing.
pub(crate) async fn end_in(
    unit: &Unit,
    calendar: &Calendar,
    id: Uuid,
    ended: Ended<'_>,
) -> Result<(), Fault> {
    let (model, mut value) = load_value(unit, id).await?;
    if !model.state.is_open() {
        return Ok(());
    }
    let (closed, command, reason) = match ended {
        Ended::OnItsDay => (value.meet(model.due_on, calendar), &MEET, None),
        Ended::For(reason) => (value.cancel(unit.today(), calendar), &CANCEL, Some(reason)),
    };
    closed.map_err(|error| Fault::Internal(format!("the end of {id}: {error:?}")))?;
    save(unit, calendar, model, value, command, reason).await?;
    Ok(())
}

/// How something ends.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Ended<'a> {
    /// On the day on which it was to.
    OnItsDay,
    /// For a reason.
    For(&'a str),
}

/// Pauses a time limit. The written notice must be a document that the viewer may see: the caller checks it.
pub(crate) async fn pause_in(
    unit: &Unit,
    calendar: &Calendar,
    id: Uuid,
    expected_version: i32,
    pause: NewPause,
) -> Result<Model, CommandError<DeadlineError>> {
    let (model, mut value) = load_version(unit, id, expected_version).await?;
    value
        .pause(&pause, unit.today(), calendar)
        .map_err(|error| refused(error, "reason"))?;
    let reason = pause.reason.trim().to_owned();
    let row = pause::ActiveModel {
        id: Set(new_id(unit.now())),
        deadline_id: Set(id),
        kind: Set(pause.kind),
        reason: Set(reason.clone()),
        document_id: Set(pause.document_id),
        started_on: Set(pause.started_on),
        expected_end_on: Set(pause.expected_end_on),
        ended_on: Set(None),
    };
    pause::Entity::insert(row)
        .exec_without_returning(unit.db())
        .await
        .map_err(Fault::from)?;
    Ok(save(unit, calendar, model, value, &PAUSE, Some(&reason)).await?)
}

/// Resumes a time limit; `ended_on` is the last day that is not counted.
pub(crate) async fn resume_in(
    unit: &Unit,
    calendar: &Calendar,
    id: Uuid,
    expected_version: i32,
    ended_on: NaiveDate,
) -> Result<Model, CommandError<DeadlineError>> {
    let (model, mut value) = load_version(unit, id, expected_version).await?;
    value
        .resume(ended_on, unit.today(), calendar)
        .map_err(|error| refused(error, "endedOn"))?;
    end_pause(unit, id, ended_on).await?;
    Ok(save(unit, calendar, model, value, &RESUME, None).await?)
}

/// An extension as asked for.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Extension<'a> {
    /// By how many days.
    pub days: u32,
    /// Why.
    pub reason: &'a str,
    /// Who grants it.
    pub by: Approver,
}

/// Extends a time limit, once and before it expires.
pub(crate) async fn extend_in(
    unit: &Unit,
    calendar: &Calendar,
    id: Uuid,
    expected_version: i32,
    extension: Extension<'_>,
) -> Result<Model, CommandError<DeadlineError>> {
    let (model, mut value) = load_version(unit, id, expected_version).await?;
    let Extension { days, reason, by } = extension;
    let pauses = pauses_of(unit.db(), &[id]).await?;
    let pauses = pauses.get(&id).map_or(&[][..], Vec::as_slice);
    // What an agreement has put off beyond the law is past its day by law, and stays past.
    if value.past_the_law(pauses, unit.today(), calendar).is_some() {
        return Err(refused(DeadlineError::Expired, "id"));
    }
    value
        .extend(days, reason, by, unit.today(), calendar)
        .map_err(|error| refused(error, "reason"))?;
    Ok(save(unit, calendar, model, value, &EXTEND, Some(reason.trim())).await?)
}

/// The thing was done on `on`, in time or late; a pause ends with it.
pub(crate) async fn meet_in(
    unit: &Unit,
    calendar: &Calendar,
    id: Uuid,
    on: NaiveDate,
) -> Result<Model, CommandError<DeadlineError>> {
    let (model, mut value) = load_value(unit, id).await?;
    value
        .meet(on, calendar)
        .map_err(|error| refused(error, "id"))?;
    if let Some(paused_on) = model.paused_on {
        end_pause(unit, id, on.max(paused_on)).await?;
    }
    Ok(save(unit, calendar, model, value, &MEET, None).await?)
}

/// The thing is declared missed today, for a public reason.
pub(crate) async fn miss_in(
    unit: &Unit,
    calendar: &Calendar,
    id: Uuid,
    reason: &str,
) -> Result<Model, CommandError<DeadlineError>> {
    let (model, mut value) = load_value(unit, id).await?;
    value
        .miss(unit.today(), calendar)
        .map_err(|error| refused(error, "id"))?;
    Ok(save(unit, calendar, model, value, &MISS, Some(reason)).await?)
}

/// The thing is no longer asked for.
pub(crate) async fn cancel_in(
    unit: &Unit,
    calendar: &Calendar,
    id: Uuid,
    reason: &str,
) -> Result<Model, CommandError<DeadlineError>> {
    let (model, mut value) = load_value(unit, id).await?;
    let today = unit.today();
    value
        .cancel(today, calendar)
        .map_err(|error| refused(error, "id"))?;
    if let Some(paused_on) = model.paused_on {
        end_pause(unit, id, today.max(paused_on)).await?;
    }
    Ok(save(unit, calendar, model, value, &CANCEL, Some(reason)).await?)
}

fn refused(error: DeadlineError, otherwise: &'static str) -> CommandError<DeadlineError> {
    let field = match error {
        DeadlineError::ReasonMissing | DeadlineError::ReasonTooLong => "reason",
        DeadlineError::PauseTooEarly | DeadlineError::PauseInFuture => "startedOn",
        DeadlineError::EndBeforeStart if otherwise == "reason" => "expectedEndOn",
        DeadlineError::EndBeforeStart | DeadlineError::EndInFuture => "endedOn",
        DeadlineError::ExtensionLength | DeadlineError::BeyondLaw | DeadlineError::BeyondMargin => {
            "days"
        }
        DeadlineError::AgreementAgainstLaw => "kind",
        DeadlineError::DocumentUnknown => "documentId",
        DeadlineError::Closed
        | DeadlineError::AlreadyPaused
        | DeadlineError::NotPaused
        | DeadlineError::SameDay
        | DeadlineError::Expired
        | DeadlineError::AlreadyExtended
        | DeadlineError::HeadDecides
        | DeadlineError::NotOverdue => "id",
    };
    CommandError::refused(&[field], error)
}

async fn load_value(unit: &Unit, id: Uuid) -> Result<(Model, Deadline), Fault> {
    let model = load(unit, id).await?;
    let value = model.value();
    Ok((model, value))
}

async fn load_version(
    unit: &Unit,
    id: Uuid,
    expected_version: i32,
) -> Result<(Model, Deadline), Fault> {
    let (model, value) = load_value(unit, id).await?;
    expect_version(id, model.version, expected_version)?;
    Ok((model, value))
}

async fn end_pause(unit: &Unit, deadline_id: Uuid, ended_on: NaiveDate) -> Result<(), Fault> {
    pause::Entity::update_many()
        .col_expr(pause::Column::EndedOn, Expr::value(Some(ended_on)))
        .filter(pause::Column::DeadlineId.eq(deadline_id))
        .filter(pause::Column::EndedOn.is_null())
        .exec(unit.db())
        .await?;
    Ok(())
}

/// The row with the value in it, one version later.
fn changed(model: &Model, value: Deadline) -> Model {
    Model {
        extension_days: as_stored(value.extension),
        extension_reason: value.extension_reason,
        consumed_days: as_stored(value.consumed),
        running_since: value.running_since,
        paused_on: value.paused_on,
        resume_expected_on: value.resume_expected_on,
        state: value.state,
        unit: value.terms.limit.unit,
        limit_days: as_stored(value.terms.limit.days),
        started_on: value.started_on,
        due_on: value.due_on,
        provisional: value.provisional,
        closed_on: value.closed_on,
        version: model.version + 1,
        ..model.clone()
    }
}

async fn update(unit: &Unit, new: &Model) -> Result<(), Fault> {
    let values = ActiveModel {
        extension_days: Set(new.extension_days),
        extension_reason: Set(new.extension_reason.clone()),
        consumed_days: Set(new.consumed_days),
        running_since: Set(new.running_since),
        paused_on: Set(new.paused_on),
        resume_expected_on: Set(new.resume_expected_on),
        state: Set(new.state),
        unit: Set(new.unit),
        limit_days: Set(new.limit_days),
        started_on: Set(new.started_on),
        due_on: Set(new.due_on),
        provisional: Set(new.provisional),
        closed_on: Set(new.closed_on),
        version: Set(new.version),
        ..of_light_days(new.light_days())
    };
    let done = Entity::update_many()
        .set(values)
        .filter(Column::Id.eq(new.id))
        .filter(Column::Version.eq(new.version - 1))
        .exec(unit.db())
        .await?;
    expect_saved(done.rows_affected, new.id, None)
}

fn of_light_days(days: LightDays) -> ActiveModel {
    ActiveModel {
        yellow_from: Set(days.yellow_from),
        orange_from: Set(days.orange_from),
        red_from: Set(days.red_from),
        black_from: Set(days.black_from),
        ..Default::default()
    }
}

/// Keeps other light days with those of these that are still `such`, one statement for all that share them. Nothing else about them has
/// changed: the caller holds them. The order is the same in every process, so that two never wait for each other.
async fn keep_light_days(
    unit: &Unit,
    rows: impl Iterator<Item = (Uuid, LightDays)>,
    such: Condition,
) -> Result<(), Fault> {
    let mut sharing: BTreeMap<LightDays, Vec<Uuid>> = BTreeMap::new();
    for (id, days) in rows {
        sharing.entry(days).or_default().push(id);
    }
    for (days, mut ids) in sharing {
        ids.sort_unstable();
        for part in ids.chunks(AT_ONCE) {
            Entity::update_many()
                .set(of_light_days(days))
                .filter(Column::Id.is_in(part.iter().copied()))
                .filter(such.clone())
                .exec(unit.db())
                .await?;
        }
    }
    Ok(())
}

/// Gives some of those open time limits their light days that an older version has left without; what ends by itself is counted anew, for
/// that version may not have done so since another calendar came. Says whether any moved; nothing when none was left without.
pub(crate) async fn add_light_days_in(unit: &Unit) -> Result<Option<bool>, Fault> {
    let rows = without_light_days(unit, AT_ONCE as u64).await?;
    if rows.is_empty() {
        return Ok(None);
    }
    let calendar = calendar::repository::in_force(unit.db()).await?;
    let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
    let pauses = pauses_of(unit.db(), &ids).await?;
    let mut counted = Vec::with_capacity(rows.len());
    let mut moved = false;
    for row in rows {
        let pauses = pauses.get(&row.id).map_or(&[][..], Vec::as_slice);
        let value = row.value();
        let anew = match value.ends() {
            true => value.recounted(pauses, &calendar),
            false => value.clone(),
        };
        if anew == value {
            counted.push((row.id, value.light_days(pauses, &calendar)));
        } else {
            moved |= anew.due_on != value.due_on;
            save(unit, &calendar, row, anew, &RECOUNT, None).await?;
        }
    }
    keep_light_days(unit, counted.into_iter(), is_without_light_days()).await?;
    Ok(Some(moved))
}

async fn save(
    unit: &Unit,
    calendar: &Calendar,
    model: Model,
    value: Deadline,
    command: &'static Command,
    reason: Option<&str>,
) -> Result<Model, Fault> {
    calendar::commands::require_current(unit, calendar).await?;
    let mut pauses = pauses_of(unit.db(), &[model.id]).await?;
    let days = value.light_days(&pauses.remove(&model.id).unwrap_or_default(), calendar);
    let new = changed(&model, value).with_light_days(days);
    update(unit, &new).await?;
    let change = Change {
        command,
        subject_id: model.id,
        before: Some(told(&model)),
        after: Some(told(&new)),
        reason,
    };
    record(unit, change).await?;
    Ok(new)
}

fn told(model: &Model) -> Summary {
    summary!({
        "state": model.state.to_value(),
        "dueOn": model.due_on,
        "provisional": model.provisional,
        "consumedDays": model.consumed_days,
        "extensionDays": model.extension_days,
    })
}

fn as_stored(days: u32) -> i32 {
    i32::try_from(days).unwrap_or(i32::MAX)
}

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
    let calendar = calendar::repository::in_force(unit.db()).await?;
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

/// How many time limits are counted again at once.
const AT_ONCE: usize = 500;

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
        update(unit, new).await?;
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
