//! Claiming runs and recording what becomes of them; pausing, resuming and asking for a run.
//!
//! Every statement on a run is guarded by its id, attempt and state, so that of any number of processes one acts. Leases end by the
//! clock of the database, all other instants are those of the store.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{
    ActiveValue::{NotSet, Set},
    Condition, ConnectionTrait, EntityTrait, QueryFilter, TryInsertResult, UpdateMany,
    entity::prelude::*,
    sea_query::{Expr, OnConflict},
};

use super::{
    ActiveModel, Column, Entity, Model, Plan, repository,
    rules::{self, JobError},
    run::{self, Cause, SkippedBecause, State},
};
use crate::{
    audit::commands::{Change, record, summary},
    clock::instant_of,
    command::{Command, Input, Offer, Thing, commands, form, offers},
    error::{CommandError, Conflict, Fault, Refusal, expect_version},
    id::new_id,
    idempotency,
    permission::{Action, Standing, require},
    store::{Store, Unit},
    table::save,
    text::clean,
    viewer::Viewer,
};

commands! {
    /// A job is paused.
    PAUSE = "job.pause" on Job: "暂停", "paused", form Pause;
    /// A job goes on.
    RESUME = "job.resume" on Job: "恢复", "resumed", form Resume;
    /// A run is asked for by hand.
    RUN_NOW = "job.run_now" on Job: "立即运行", "run now";
}

type Refused = CommandError<JobError>;

/// How long error texts and remarks in the log are at most.
const LONGEST_TEXT: usize = 4000;

/// What a program says of one of its jobs.
#[derive(Clone, Copy, Debug)]
pub struct Job {
    /// The name.
    pub name: &'static str,
    /// What it does, in Chinese.
    pub what_zh: &'static str,
    /// What it does, in English.
    pub what_en: &'static str,
    /// When, and how it catches up.
    pub plan: Plan,
}

/// Writes the jobs of this program into the table, where the doors read them. Jobs of other versions are left alone, and so is what
/// people and runs have written: pauses, and up to when each job is settled.
pub async fn register(store: &Store, jobs: &[Job]) -> Result<(), Fault> {
    // What was due earlier on the day a job came into being is due.
    let (today, zone) = (store.today(), store.zone());
    let since = instant_of(today, 0, 0, zone) - TimeDelta::seconds(1);
    let known = Entity::find().all(store.db()).await?;
    let mut rows = Vec::with_capacity(jobs.len());
    for job in jobs {
        let plan =
            serde_json::to_value(job.plan).map_err(|error| Fault::Internal(error.to_string()))?;
        let same = |row: &Model| {
            (&*row.name, &*row.what_zh, &*row.what_en) == (job.name, job.what_zh, job.what_en)
                && row.plan == plan
        };
        if known.iter().any(same) {
            continue;
        }
        rows.push(ActiveModel {
            id: Set(new_id(store.now())),
            name: Set(job.name.to_owned()),
            what_zh: Set(job.what_zh.to_owned()),
            what_en: Set(job.what_en.to_owned()),
            plan: Set(plan),
            paused_until: NotSet,
            paused_by: NotSet,
            pause_reason: NotSet,
            caught_up_to: Set(Some(since)),
            version: Set(1),
        });
    }
    if !rows.is_empty() {
        Entity::insert_many(rows)
            .on_conflict(
                OnConflict::column(Column::Name)
                    .update_columns([Column::WhatZh, Column::WhatEn, Column::Plan])
                    .to_owned(),
            )
            .exec_without_returning(store.db())
            .await?;
    }
    Ok(())
}

/// What the runner asks for.
#[derive(Clone, Debug)]
pub struct Claim<'a> {
    /// The job.
    pub job: &'a str,
    /// The time it stands for.
    pub nominal_at: DateTime<Utc>,
    /// Why.
    pub cause: Cause,
    /// The played instant.
    pub as_of: Option<DateTime<Utc>>,
    /// Who asks.
    pub holder: &'a str,
    /// For how long it is safe without a sign of life.
    pub lease: TimeDelta,
    /// A remark for the log.
    pub note: Option<String>,
}

/// What became of a claim.
#[derive(Clone, Debug)]
pub enum Claimed {
    /// It is the claimant's.
    Mine(Box<run::Model>),
    /// This time has been claimed before.
    Known,
    /// The job is at work for another time.
    AtWork,
}

/// Claims a run in one statement: whoever inserts the row runs it.
pub async fn claim(store: &Store, claim: Claim<'_>) -> Result<Claimed, Fault> {
    let row = run::Model {
        holder: Some(claim.holder.to_owned()),
        lease_until: Some(store.database_now().await? + claim.lease),
        as_of: claim.as_of,
        note: claim.note,
        ..new_run(
            store,
            claim.job,
            claim.nominal_at,
            claim.cause,
            State::Running,
        )
    };
    if insert(store.db(), &row).await? {
        return Ok(Claimed::Mine(Box::new(row)));
    }
    let known = claim.cause != Cause::Manual
        && repository::of_time(store.db(), claim.job, claim.nominal_at)
            .await?
            .is_some();
    Ok(if known {
        Claimed::Known
    } else {
        Claimed::AtWork
    })
}

/// Records that a time is not run. One skipped for overlap is looked at again: it is made good when the run that was at work does
/// not succeed.
pub async fn skip(
    store: &Store,
    job: &str,
    nominal_at: DateTime<Utc>,
    because: SkippedBecause,
) -> Result<(), Fault> {
    let now = store.now();
    let row = run::Model {
        skipped_because: Some(because),
        retry_at: (because == SkippedBecause::Overlap).then_some(now),
        finished_at: Some(now),
        ..new_run(store, job, nominal_at, Cause::CatchUp, State::Skipped)
    };
    insert(store.db(), &row).await?;
    Ok(())
}

fn new_run(
    store: &Store,
    job: &str,
    nominal_at: DateTime<Utc>,
    cause: Cause,
    state: State,
) -> run::Model {
    let now = store.now();
    run::Model {
        id: new_id(now),
        job: job.to_owned(),
        nominal_at,
        cause,
        request_key: None,
        requested_by: None,
        reason: None,
        state,
        skipped_because: None,
        attempt: 1,
        failures: 0,
        retry_at: None,
        holder: None,
        lease_until: None,
        as_of: None,
        started_at: now,
        finished_at: None,
        due: 0,
        done: 0,
        skipped: 0,
        failed: 0,
        letters: 0,
        error: None,
        note: None,
    }
}

/// False when a constraint says that there is one already.
async fn insert(db: &impl ConnectionTrait, row: &run::Model) -> Result<bool, Fault> {
    // All columns are given, so the row written is the row at hand.
    let values: run::ActiveModel = row.clone().into();
    let inserted = run::Entity::insert(values.reset_all())
        .on_conflict(OnConflict::new().do_nothing().to_owned())
        .try_insert()
        .exec_without_returning(db)
        .await?;
    Ok(matches!(inserted, TryInsertResult::Inserted(1)))
}

/// Takes up a run: one whose holder died, one that failed or was skipped, or one that a person has asked for. The attempt is
/// raised, so that whatever a former holder still wants to write is refused. Nothing when somebody else was quicker or the job is
/// at work.
pub async fn take_up(
    store: &Store,
    run: &run::Model,
    holder: &str,
    lease: TimeDelta,
) -> Result<Option<run::Model>, Fault> {
    let remark = match run.state {
        State::Claimed => None,
        // The error is overwritten by the next end: its beginning stays in the log.
        State::Failed => Some(format!(
            "attempt {} failed ({}): tried again",
            run.attempt,
            run.error
                .iter()
                .flat_map(|error| error.chars())
                .take(200)
                .collect::<String>(),
        )),
        State::Skipped => Some("was skipped, and the run in its place did not succeed".to_owned()),
        State::Running | State::Succeeded | State::Abandoned => Some(format!(
            "attempt {} by {} abandoned after {} done, {} failed: taken over",
            run.attempt,
            run.holder.as_deref().unwrap_or("nobody"),
            run.done,
            run.failed,
        )),
    };
    let fresh = run.state == State::Claimed;
    let taken = run::Model {
        attempt: if fresh { run.attempt } else { run.attempt + 1 },
        state: State::Running,
        skipped_because: None,
        retry_at: None,
        holder: Some(holder.to_owned()),
        lease_until: Some(store.database_now().await? + lease),
        started_at: if fresh { store.now() } else { run.started_at },
        finished_at: None,
        note: with_remark(run.note.as_deref(), remark),
        ..run.clone()
    };
    let result = run::Entity::update_many()
        .col_expr(run::Column::Attempt, Expr::value(taken.attempt))
        .col_expr(run::Column::State, Expr::value(State::Running))
        .col_expr(
            run::Column::SkippedBecause,
            Expr::value(None::<SkippedBecause>),
        )
        .col_expr(run::Column::RetryAt, Expr::value(None::<DateTime<Utc>>))
        .col_expr(run::Column::Holder, Expr::value(taken.holder.clone()))
        .col_expr(run::Column::LeaseUntil, Expr::value(taken.lease_until))
        .col_expr(run::Column::StartedAt, Expr::value(taken.started_at))
        .col_expr(run::Column::FinishedAt, Expr::value(None::<DateTime<Utc>>))
        .col_expr(run::Column::Note, Expr::value(taken.note.clone()))
        .filter(run::Column::Id.eq(run.id))
        .filter(run::Column::Attempt.eq(run.attempt))
        .filter(run::Column::State.eq(run.state))
        // A holder that gave a sign of life after the row was read is not dead.
        .filter(match run.lease_until {
            Some(until) => run::Column::LeaseUntil.eq(until),
            None => run::Column::LeaseUntil.is_null(),
        })
        .exec(store.db())
        .await
        .map_err(Fault::from);
    match result {
        Ok(result) if result.rows_affected == 1 => Ok(Some(taken)),
        // Another run of the same job is at work: it covers this one.
        Ok(_) | Err(Fault::Conflict(_)) => Ok(None),
        Err(error) => Err(error),
    }
}

fn with_remark(note: Option<&str>, remark: Option<String>) -> Option<String> {
    let text = match (note, remark) {
        (Some(note), Some(remark)) => format!("{note}; {remark}"),
        (Some(note), None) => note.to_owned(),
        (None, remark) => remark?,
    };
    let text = clean(&text);
    // The newest remarks count when there are too many.
    let surplus = text.chars().count().saturating_sub(LONGEST_TEXT);
    Some(text.chars().skip(surplus).collect())
}

/// A sign of life, with what was done so far. False when the run is no longer this holder's.
pub async fn renew(
    store: &Store,
    run: &run::Model,
    lease: TimeDelta,
    counts: &Counts,
) -> Result<bool, Fault> {
    let until = store.database_now().await? + lease;
    let renewed = counted(mine(run), counts)
        .col_expr(run::Column::LeaseUntil, Expr::value(Some(until)))
        .exec(store.db())
        .await?;
    Ok(renewed.rows_affected == 1)
}

/// The fence: passes only while the run is still this holder's, and holds the row until the transaction ends.
pub async fn fence(db: &impl ConnectionTrait, run: &run::Model) -> Result<bool, Fault> {
    let passed = mine(run)
        .col_expr(run::Column::Attempt, Expr::value(run.attempt))
        .exec(db)
        .await?;
    Ok(passed.rows_affected == 1)
}

/// Gives a run back unfinished: whoever looks next takes it over at once.
pub async fn release(store: &Store, run: &run::Model, counts: &Counts) -> Result<(), Fault> {
    let now = store.database_now().await?;
    counted(mine(run), counts)
        .col_expr(run::Column::LeaseUntil, Expr::value(Some(now)))
        .exec(store.db())
        .await?;
    Ok(())
}

/// What a run has come to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// How many items were due.
    pub due: i32,
    /// How many were done.
    pub done: i32,
    /// How many needed nothing.
    pub skipped: i32,
    /// How many failed.
    pub failed: i32,
    /// How many letters were written.
    pub letters: i32,
    /// What failed.
    pub errors: Vec<String>,
}

impl Counts {
    /// Whether anything failed.
    pub fn has_failed(&self) -> bool {
        self.failed > 0 || !self.errors.is_empty()
    }

    /// What went wrong, as the log of runs keeps it.
    pub fn error(&self) -> String {
        let errors = clean(&self.errors.join("\n"));
        errors.chars().take(LONGEST_TEXT).collect()
    }
}

/// Ends a run; a failed one is tried again at `retry_at`. False when it is no longer this holder's.
pub async fn finish(
    store: &Store,
    run: &run::Model,
    counts: &Counts,
    retry_at: Option<DateTime<Utc>>,
) -> Result<bool, Fault> {
    let failed = counts.has_failed();
    let error = counts.error();
    let ended = counted(mine(run), counts)
        .col_expr(
            run::Column::State,
            Expr::value(if failed {
                State::Failed
            } else {
                State::Succeeded
            }),
        )
        .col_expr(
            run::Column::Failures,
            Expr::value(run.failures + i32::from(failed)),
        )
        .col_expr(
            run::Column::RetryAt,
            Expr::value(retry_at.filter(|_| failed)),
        )
        .col_expr(run::Column::FinishedAt, Expr::value(Some(store.now())))
        .col_expr(run::Column::LeaseUntil, Expr::value(None::<DateTime<Utc>>))
        .col_expr(
            run::Column::Error,
            Expr::value((!error.is_empty()).then_some(error)),
        )
        .exec(store.db())
        .await?;
    Ok(ended.rows_affected == 1)
}

/// Closes a run that nobody will take up again.
pub async fn abandon(store: &Store, run: &run::Model) -> Result<(), Fault> {
    mine(run)
        .col_expr(run::Column::State, Expr::value(State::Abandoned))
        .col_expr(run::Column::FinishedAt, Expr::value(Some(store.now())))
        .col_expr(run::Column::LeaseUntil, Expr::value(None::<DateTime<Utc>>))
        .exec(store.db())
        .await?;
    Ok(())
}

/// Nothing of this job is tried again: `job` has run since, or a newer time has come.
pub async fn forget_retries(store: &Store, job: &str) -> Result<(), Fault> {
    run::Entity::update_many()
        .col_expr(run::Column::RetryAt, Expr::value(None::<DateTime<Utc>>))
        .filter(run::Column::Job.eq(job))
        .filter(run::Column::RetryAt.is_not_null())
        .exec(store.db())
        .await?;
    Ok(())
}

/// Remembers that everything up to `nominal_at` is settled; never goes back.
pub async fn catch_up_to(store: &Store, job: &str, nominal_at: DateTime<Utc>) -> Result<(), Fault> {
    Entity::update_many()
        .col_expr(Column::CaughtUpTo, Expr::value(Some(nominal_at)))
        .filter(Column::Name.eq(job))
        .filter(
            Condition::any()
                .add(Column::CaughtUpTo.is_null())
                .add(Column::CaughtUpTo.lt(nominal_at)),
        )
        .exec(store.db())
        .await?;
    Ok(())
}

/// Takes back what was settled under a clock that showed a false future: from now on `settled` is the last settled time.
pub async fn set_back(
    store: &Store,
    schedule: &Model,
    settled: DateTime<Utc>,
) -> Result<(), Fault> {
    Entity::update_many()
        .col_expr(Column::CaughtUpTo, Expr::value(Some(settled)))
        .filter(Column::Id.eq(schedule.id))
        .filter(Column::CaughtUpTo.eq(schedule.caught_up_to))
        .exec(store.db())
        .await?;
    Ok(())
}

fn mine(run: &run::Model) -> UpdateMany<run::Entity> {
    run::Entity::update_many()
        .filter(run::Column::Id.eq(run.id))
        .filter(run::Column::Attempt.eq(run.attempt))
        .filter(run::Column::State.eq(State::Running))
}

fn counted(update: UpdateMany<run::Entity>, counts: &Counts) -> UpdateMany<run::Entity> {
    update
        .col_expr(run::Column::Due, Expr::value(counts.due))
        .col_expr(run::Column::Done, Expr::value(counts.done))
        .col_expr(run::Column::Skipped, Expr::value(counts.skipped))
        .col_expr(run::Column::Failed, Expr::value(counts.failed))
        .col_expr(run::Column::Letters, Expr::value(counts.letters))
}

form! {
    /// A job that shall start no run for a time.
    pub struct Pause of PAUSE by Action::ManageOperations, refused JobError {
        title: "暂停任务", "Pause the job";
        lead: "暂停期间不会启动新的运行；到点自动恢复，错过的运行按该任务的规则补上。",
            "No run starts while the job is paused. The pause ends automatically, and missed runs are made up for by the job's rule.";
        done: "任务已暂停。", "The job is paused.";
        /// The job.
        id: Uuid = Target(Thing::Job);
        /// The version last seen.
        expected_version: i32 = Version;
        /// When the pause ends by itself, at most 31 days ahead.
        until: DateTime<Utc> = Moment, "暂停至", "Paused until", "园区时间，最长 31 天", "Park time, 31 days at most";
        /// Why, up to 1000 characters.
        reason: String = Lines(1000), "理由", "Reason",
            "记入运行日志，所有管理员可见", "Stored in the log; visible to all administrators";
    }
}

/// Pauses a job, or moves the end of its pause. No replica starts a run of it from its next look on; one that is at work ends in
/// its own way.
pub async fn pause(store: &Store, viewer: &Viewer, input: Pause) -> Result<Model, Refused> {
    let unit = store.begin(viewer).await?;
    let before = load(&unit, input.id, Pause::FORM.may).await?;
    let mut refusals = Vec::new();
    let reason = rules::reason(&input.reason)
        .map_err(|code| refusals.push(refusal("reason", code)))
        .unwrap_or_default();
    if let Err(code) = rules::pause_ends(input.until, unit.now()) {
        refusals.push(refusal("until", code));
    }
    if !refusals.is_empty() {
        return Err(refusals.into());
    }
    expect_version(before.id, before.version, input.expected_version)?;
    let after = Model {
        paused_until: Some(input.until),
        paused_by: viewer.account_id(),
        pause_reason: Some(reason.clone()),
        ..before.clone()
    };
    let after = save(&unit, &before, after).await?;
    told(&unit, &PAUSE, &before, &after, &reason).await?;
    unit.commit().await?;
    Ok(after)
}

form! {
    /// A paused job that shall go on.
    pub struct Resume of RESUME by Action::ManageOperations, refused JobError {
        title: "恢复任务", "Resume the job";
        lead: "任务立即恢复，错过的运行按该任务的规则补上。",
            "The job resumes at once, and missed runs are made up for by its rule.";
        done: "任务已恢复。", "The job has been resumed.";
        /// The job.
        id: Uuid = Target(Thing::Job);
        /// The version last seen.
        expected_version: i32 = Version;
        /// Why, up to 1000 characters.
        reason: String = Lines(1000), "理由", "Reason",
            "记入运行日志，所有管理员可见", "Stored in the log; visible to all administrators";
    }
}

/// Ends a pause before its time. What was missed is caught up as the job's plan says.
pub async fn resume(store: &Store, viewer: &Viewer, input: Resume) -> Result<Model, Refused> {
    let unit = store.begin(viewer).await?;
    let before = load(&unit, input.id, Resume::FORM.may).await?;
    let reason = rules::reason(&input.reason)
        .map_err(|code| CommandError::Refused(vec![refusal("reason", code)]))?;
    rules::may_resume(&before, unit.now()).map_err(|code| CommandError::refused(&[], code))?;
    expect_version(before.id, before.version, input.expected_version)?;
    let after = Model {
        paused_until: None,
        paused_by: None,
        pause_reason: None,
        ..before.clone()
    };
    let after = save(&unit, &before, after).await?;
    told(&unit, &RESUME, &before, &after, &reason).await?;
    unit.commit().await?;
    Ok(after)
}

/// Asking for a run.
#[derive(Clone, Debug)]
pub struct RunNow {
    /// Which job.
    pub job_id: Uuid,
    /// Why.
    pub reason: String,
    /// The time it shall stand for: that of a skipped run, which is so made by hand. Now when empty.
    pub nominal_at: Option<DateTime<Utc>>,
    /// The same key again gives the same run.
    pub idempotency_key: String,
}

/// Asks for a run, also of a paused job: the next replica that looks begins it. While the job is at work, that run is the answer.
pub async fn run_now(store: &Store, viewer: &Viewer, input: RunNow) -> Result<run::Model, Refused> {
    let unit = store.begin(viewer).await?;
    let schedule = load(&unit, input.job_id, Action::ManageOperations).await?;
    if !store.knows_job(&schedule.name) {
        return Err(CommandError::refused(&["id"], JobError::NotKnown));
    }
    let mut refusals = Vec::new();
    let reason = rules::reason(&input.reason)
        .map_err(|code| refusals.push(refusal("reason", code)))
        .unwrap_or_default();
    let key = rules::key(&input.idempotency_key)
        .map_err(|code| refusals.push(refusal("idempotencyKey", code)))
        .unwrap_or_default();
    if !refusals.is_empty() {
        return Err(refusals.into());
    }
    if let Some(nominal_at) = input.nominal_at {
        let skipped = repository::of_time(unit.db(), &schedule.name, nominal_at).await?;
        if skipped.is_none_or(|run| run.state != State::Skipped) {
            return Err(CommandError::refused(&["nominalAt"], JobError::NotSkipped));
        }
    }
    let wanted = run::Model {
        request_key: Some(idempotency::scoped(viewer, &key)),
        requested_by: viewer.account_id(),
        reason: Some(reason.clone()),
        ..new_run(
            store,
            &schedule.name,
            input.nominal_at.unwrap_or_else(|| unit.now()),
            Cause::Manual,
            State::Claimed,
        )
    };
    let run = if insert(unit.db(), &wanted).await? {
        wanted
    } else {
        repository::open_run(unit.db(), &schedule.name)
            .await?
            .ok_or(Fault::Conflict(Conflict::default()))?
    };
    // The change is the job's, but the run is what is asked for.
    unit.changed("JobRun", run.id);
    let change = Change {
        command: &RUN_NOW,
        subject_id: schedule.id,
        before: None,
        after: Some(summary!({"name": schedule.name, "run": run.id, "nominalAt": run.nominal_at})),
        reason: Some(&reason),
    };
    record(&unit, change).await?;
    unit.commit().await?;
    Ok(run)
}

fn refusal(field: &'static str, code: JobError) -> Refusal<JobError> {
    Refusal {
        code,
        path: vec![field],
    }
}

/// What can be done with a job, and why not now.
pub fn offered(viewer: &Viewer, job: &Model, now: DateTime<Utc>) -> Vec<Offer> {
    let rule = |command: &Command| match command.code == RESUME.code {
        true => rules::may_resume(job, now),
        false => Ok(()),
    };
    offers(COMMANDS, Thing::Job, viewer, Standing::None, rule)
}

async fn load(unit: &Unit, id: Uuid, action: impl Into<Option<Action>>) -> Result<Model, Fault> {
    require(unit.viewer(), action, Standing::None)?;
    Entity::find_by_id(id)
        .one(unit.db())
        .await?
        .ok_or(Fault::NotFound)
}

async fn told(
    unit: &Unit,
    command: &'static Command,
    before: &Model,
    after: &Model,
    reason: &str,
) -> Result<(), Fault> {
    let fields = |row: &Model| summary!({"name": row.name, "pausedUntil": row.paused_until, "pauseReason": row.pause_reason});
    let change = Change {
        command,
        subject_id: before.id,
        before: Some(fields(before)),
        after: Some(fields(after)),
        reason: Some(reason),
    };
    record(unit, change).await
}
