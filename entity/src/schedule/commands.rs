//! Claiming runs and recording what becomes of them. Every statement here is guarded, so that of any number of processes one acts.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{
    ActiveValue::{NotSet, Set},
    Condition, ConnectionTrait, EntityTrait, QueryFilter, TryInsertResult,
    entity::prelude::*,
    sea_query::{Expr, OnConflict},
};

use super::{ActiveModel, Column, Entity, run};
use crate::{error::Fault, id::new_id, store::Store};

/// How long a run is safe without a sign of life.
pub const LEASE: TimeDelta = TimeDelta::seconds(60);

/// What the runner asks for.
#[derive(Clone, Debug)]
pub struct Claim<'a> {
    /// The job.
    pub job: &'a str,
    /// The time it stands for.
    pub nominal_at: DateTime<Utc>,
    /// Why.
    pub cause: run::Cause,
    /// The key a person gave.
    pub request_key: Option<String>,
    /// The played instant.
    pub as_of: Option<DateTime<Utc>>,
    /// Who asks.
    pub holder: &'a str,
    /// A remark for the log.
    pub note: Option<String>,
}

/// Claims a run in one statement. Nothing when this time has been claimed before or the job is at work.
pub async fn claim(store: &Store, claim: Claim<'_>) -> Result<Option<run::Model>, Fault> {
    let now = store.now();
    let row = run::Model {
        id: new_id(now),
        job: claim.job.to_owned(),
        nominal_at: claim.nominal_at,
        cause: claim.cause,
        request_key: claim.request_key,
        state: run::State::Running,
        attempt: 1,
        holder: Some(claim.holder.to_owned()),
        lease_until: Some(now + LEASE),
        as_of: claim.as_of,
        started_at: now,
        finished_at: None,
        due: 0,
        done: 0,
        skipped: 0,
        failed: 0,
        error: None,
        note: claim.note,
    };
    // All columns are given, so the row written is the row returned.
    let values: run::ActiveModel = row.clone().into();
    let inserted = run::Entity::insert(values.reset_all())
        .on_conflict(OnConflict::new().do_nothing().to_owned())
        .try_insert()
        .exec_without_returning(store.db())
        .await?;
    Ok(matches!(inserted, TryInsertResult::Inserted(1)).then_some(row))
}

/// Takes over a run whose holder died, or tries a failed one again: the attempt is raised, so that whatever the former holder
/// still wants to write is refused.
pub async fn take_over(
    store: &Store,
    run: &run::Model,
    holder: &str,
) -> Result<Option<run::Model>, Fault> {
    let now = store.now();
    let remark = match run.state {
        run::State::Failed => format!("attempt {} failed: tried again", run.attempt),
        _ => format!(
            "attempt {} by {} abandoned: taken over",
            run.attempt,
            run.holder.as_deref().unwrap_or("nobody")
        ),
    };
    let note = match &run.note {
        Some(note) => format!("{note}; {remark}"),
        None => remark,
    };
    let note: String = note.chars().take(4000).collect();
    let taken = run::Entity::update_many()
        .col_expr(run::Column::Attempt, Expr::value(run.attempt + 1))
        .col_expr(run::Column::State, Expr::value(run::State::Running))
        .col_expr(run::Column::Holder, Expr::value(Some(holder.to_owned())))
        .col_expr(run::Column::LeaseUntil, Expr::value(Some(now + LEASE)))
        .col_expr(run::Column::FinishedAt, Expr::value(None::<DateTime<Utc>>))
        .col_expr(run::Column::Note, Expr::value(Some(note.clone())))
        .filter(run::Column::Id.eq(run.id))
        .filter(run::Column::Attempt.eq(run.attempt))
        .filter(run::Column::State.eq(run.state))
        .exec(store.db())
        .await
        .map_err(Fault::from);
    match taken {
        Ok(result) if result.rows_affected == 1 => Ok(Some(run::Model {
            attempt: run.attempt + 1,
            state: run::State::Running,
            holder: Some(holder.to_owned()),
            lease_until: Some(now + LEASE),
            finished_at: None,
            note: Some(note),
            ..run.clone()
        })),
        // Another run of the same job is at work: it covers this one.
        Ok(_) | Err(Fault::Conflict(_)) => Ok(None),
        Err(error) => Err(error),
    }
}

/// A sign of life. False when the run is no longer this holder's.
pub async fn renew(store: &Store, run: &run::Model) -> Result<bool, Fault> {
    let renewed = mine(run)
        .col_expr(
            run::Column::LeaseUntil,
            Expr::value(Some(store.now() + LEASE)),
        )
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

/// Gives a run back unfinished: whoever comes next takes it over at once.
pub async fn release(store: &Store, run: &run::Model) -> Result<(), Fault> {
    mine(run)
        .col_expr(run::Column::LeaseUntil, Expr::value(Some(store.now())))
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
    /// What failed.
    pub errors: Vec<String>,
}

/// Ends a run. False when it is no longer this holder's.
pub async fn finish(store: &Store, run: &run::Model, counts: &Counts) -> Result<bool, Fault> {
    let failed = counts.failed > 0 || !counts.errors.is_empty();
    let error: String = counts.errors.join("\n").chars().take(4000).collect();
    let ended = mine(run)
        .col_expr(
            run::Column::State,
            Expr::value(if failed {
                run::State::Failed
            } else {
                run::State::Succeeded
            }),
        )
        .col_expr(run::Column::FinishedAt, Expr::value(Some(store.now())))
        .col_expr(run::Column::LeaseUntil, Expr::value(None::<DateTime<Utc>>))
        .col_expr(run::Column::Due, Expr::value(counts.due))
        .col_expr(run::Column::Done, Expr::value(counts.done))
        .col_expr(run::Column::Skipped, Expr::value(counts.skipped))
        .col_expr(run::Column::Failed, Expr::value(counts.failed))
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
        .col_expr(run::Column::State, Expr::value(run::State::Abandoned))
        .col_expr(run::Column::FinishedAt, Expr::value(Some(store.now())))
        .col_expr(run::Column::LeaseUntil, Expr::value(None::<DateTime<Utc>>))
        .exec(store.db())
        .await?;
    Ok(())
}

/// Remembers that everything up to `nominal_at` is settled; never goes back.
pub async fn catch_up_to(store: &Store, job: &str, nominal_at: DateTime<Utc>) -> Result<(), Fault> {
    let row = ActiveModel {
        name: Set(job.to_owned()),
        paused_until: NotSet,
        paused_by: NotSet,
        pause_reason: NotSet,
        caught_up_to: Set(Some(nominal_at)),
        version: Set(1),
    };
    Entity::insert(row)
        .on_conflict(OnConflict::column(Column::Name).do_nothing().to_owned())
        .try_insert()
        .exec_without_returning(store.db())
        .await?;
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

fn mine(run: &run::Model) -> sea_orm::UpdateMany<run::Entity> {
    run::Entity::update_many()
        .filter(run::Column::Id.eq(run.id))
        .filter(run::Column::Attempt.eq(run.attempt))
        .filter(run::Column::State.eq(run::State::Running))
}
