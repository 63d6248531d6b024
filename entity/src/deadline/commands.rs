//! What happens to a time limit. Its light days are kept right here and nowhere else. Each `…_in` form runs inside the command of the thing that the time limit belongs to: it has
//! checked what the viewer may see and do.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, Condition, EntityTrait, IntoActiveModel, QueryFilter,
    entity::prelude::*,
};

use super::{
    ActiveModel, Column, Entity, Model, Reckoning, pause,
    repository::{is_without_light_days, load, pauses_of, without_light_days},
    rules::{Approver, Deadline, DeadlineError, LightDays, Limit, NewPause, Terms},
};
use crate::{
    audit::commands::{Change, Summary, record, summary},
    calendar::{self, rules::Calendar},
    command::{Command, commands},
    deadline,
    error::{CommandError, Fault, expect_version},
    id::new_id,
    store::Unit,
    table,
};

mod import;
pub use import::{ImportCalendar, ImportCalendarError, ImportOutcome, Moved, preview_calendar};
pub(crate) use import::{import_in, install_in};

commands! {
    /// A time limit is paused.
    PAUSE = "deadline.pause" on Deadline: "暂停", "paused", news LimitPaused;
    /// A time limit runs again.
    RESUME = "deadline.resume" on Deadline: "恢复", "resumed", news LimitResumed;
    /// A time limit is extended.
    EXTEND = "deadline.extend" on Deadline: "延期", "extended", news LimitExtended;
    /// A pause was found wrong, so that its days count.
    SET_PAUSE_ASIDE = "deadline.set_pause_aside" on Deadline: "暂停不成立，重新计时", "pause set aside";
    /// What was promised is never later than the law.
    SHORTEN = "deadline.shorten" on Deadline: "按法定期限缩短", "shortened to the limit of law";
    /// What it limits is done.
    MEET = "deadline.meet" on Deadline: "计时完成", "met";
    /// What it limits will not be done.
    MISS = "deadline.miss" on Deadline: "登记未履行", "declared missed";
    /// What it limits is owed no more.
    CANCEL = "deadline.cancel" on Deadline: "取消", "cancelled";
    /// What it is on ends on another day.
    MOVE = "deadline.move" on Deadline: "变更到期日", "due date changed";
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

/// The pause that began on `started_on` was found wrong: an open time limit is counted anew without it, and without later ones that hold up nothing then.
pub(crate) async fn set_pause_aside_in(
    unit: &Unit,
    calendar: &Calendar,
    id: Uuid,
    started_on: NaiveDate,
) -> Result<Model, Fault> {
    let (model, value) = load_value(unit, id).await?;
    let pauses = pauses_of(unit.db(), &[id]).await?;
    let pauses = pauses.get(&id).map_or(&[][..], Vec::as_slice);
    if pauses.iter().all(|pause| pause.started_on != started_on) {
        return Ok(model);
    }
    let (counted, holding) = value.without_pause(pauses, started_on, calendar);
    let holding = holding.iter().map(|pause| pause.id);
    pause::Entity::delete_many()
        .filter(pause::Column::DeadlineId.eq(id))
        .filter(pause::Column::Id.is_not_in(holding))
        .exec(unit.db())
        .await?;
    save(unit, calendar, model, counted, &SET_PAUSE_ASIDE, None).await
}

/// Lets an open time limit end by `latest` at the latest; nothing when it does.
pub(crate) async fn shorten_in(
    unit: &Unit,
    calendar: &Calendar,
    id: Uuid,
    latest: NaiveDate,
) -> Result<(), Fault> {
    let (model, value) = load_value(unit, id).await?;
    let pauses = pauses_of(unit.db(), &[id]).await?;
    let pauses = pauses.get(&id).map_or(&[][..], Vec::as_slice);
    let shorter = value.shortened(latest, pauses, calendar);
    if shorter != value {
        save(unit, calendar, model, shorter, &SHORTEN, None).await?;
    }
    Ok(())
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

fn of_light_days(days: LightDays) -> ActiveModel {
    ActiveModel {
        yellow_from: Set(days.yellow_from),
        orange_from: Set(days.orange_from),
        red_from: Set(days.red_from),
        black_from: Set(days.black_from),
        ..Default::default()
    }
}

/// How many time limits are counted again at once.
const AT_ONCE: usize = 500;

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
    let calendar = calendar::repository::in_force(unit).await?;
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
    let new = table::save(unit, &model, new).await?;
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
