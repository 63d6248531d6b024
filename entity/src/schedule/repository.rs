//! Reading schedules and runs.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use sea_orm::{
    Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
    Select,
    entity::prelude::*,
    sea_query::{Expr, ExprTrait},
};

use super::{
    Entity, Model,
    run::{self, Cause, State},
};
use crate::{
    error::Fault,
    page::{self, Page, PageRequest},
    permission::{Action, Standing, require},
    viewer::Viewer,
};

/// Narrows a list of runs.
#[derive(Clone, Debug, Default)]
pub struct RunFilter {
    /// Of these jobs.
    pub jobs: Option<Vec<String>>,
    /// In one of these states.
    pub states: Option<Vec<State>>,
    /// For one of these causes.
    pub causes: Option<Vec<Cause>>,
    /// Begun at or after.
    pub started_from: Option<DateTime<Utc>>,
    /// Begun before.
    pub started_before: Option<DateTime<Utc>>,
}

/// Runs and jobs are seen by those who run the service, or by nobody.
fn visible_to(viewer: &Viewer) -> Result<Select<run::Entity>, Fault> {
    require(viewer, Action::ReadOperations, Standing::None)?;
    Ok(run::Entity::find())
}

/// A page of runs, the newest first unless `descending` is false.
pub async fn runs(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    filter: &RunFilter,
    descending: bool,
    request: &PageRequest,
) -> Result<Page<run::Model>, Fault> {
    let condition = Condition::all()
        .add_option(
            filter
                .jobs
                .as_ref()
                .map(|jobs| run::Column::Job.is_in(jobs)),
        )
        .add_option(
            filter
                .states
                .as_ref()
                .map(|states| run::Column::State.is_in(states.iter().copied())),
        )
        .add_option(
            filter
                .causes
                .as_ref()
                .map(|causes| run::Column::Cause.is_in(causes.iter().copied())),
        )
        .add_option(
            filter
                .started_from
                .map(|from| run::Column::StartedAt.gte(from)),
        )
        .add_option(
            filter
                .started_before
                .map(|end| run::Column::StartedAt.lt(end)),
        );
    page::keyset(
        db,
        visible_to(viewer)?,
        condition,
        run::Column::StartedAt,
        descending,
        run::Column::Id,
        request,
    )
    .await
}

/// One run.
pub async fn run(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    id: Uuid,
) -> Result<Option<run::Model>, Fault> {
    Ok(visible_to(viewer)?
        .filter(run::Column::Id.eq(id))
        .one(db)
        .await?)
}

/// The newest `limit` runs, only those of `job` if one is given.
pub async fn newest_runs(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    job: Option<&str>,
    limit: u64,
) -> Result<Vec<run::Model>, Fault> {
    Ok(visible_to(viewer)?
        .filter(Condition::all().add_option(job.map(|job| run::Column::Job.eq(job))))
        .order_by_desc(run::Column::StartedAt)
        .order_by_desc(run::Column::Id)
        .limit(limit)
        .all(db)
        .await?)
}

/// The newest run that really ran of each of these jobs, by name.
pub async fn last_runs(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    jobs: &[String],
) -> Result<HashMap<String, run::Model>, Fault> {
    // One statement: the newest begin of each job, and the rows that have it.
    let newest = run::Entity::find()
        .select_only()
        .column(run::Column::Job)
        .column_as(run::Column::StartedAt.max(), "newest")
        .filter(run::Column::Job.is_in(jobs))
        .filter(run::Column::State.ne(State::Skipped))
        .group_by(run::Column::Job)
        .as_query()
        .to_owned();
    let mut found: HashMap<String, run::Model> = HashMap::new();
    for row in visible_to(viewer)?
        .filter(
            Expr::tuple([
                Expr::col(run::Column::Job),
                Expr::col(run::Column::StartedAt),
            ])
            .in_subquery(newest),
        )
        .filter(run::Column::State.ne(State::Skipped))
        .order_by_asc(run::Column::Id)
        .all(db)
        .await?
    {
        found.insert(row.job.clone(), row);
    }
    Ok(found)
}

/// When the newest successful run by the true clock ended, of each of these jobs that ever had one.
pub async fn last_successes(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    jobs: &[String],
) -> Result<HashMap<String, DateTime<Utc>>, Fault> {
    let mut found = HashMap::new();
    // One statement per job: each reads the end of an index, where one for all would read the whole log.
    for job in jobs {
        let newest = visible_to(viewer)?
            .filter(run::Column::Job.eq(job))
            .filter(run::Column::State.eq(State::Succeeded))
            .filter(run::Column::AsOf.is_null())
            .order_by_desc(run::Column::StartedAt)
            .one(db)
            .await?;
        if let Some(ended) = newest.and_then(|run| run.finished_at) {
            found.insert(job.clone(), ended);
        }
    }
    Ok(found)
}

/// The runs `ids`; none for those who may not see any.
pub async fn runs_by_ids(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    ids: &[Uuid],
) -> Result<Vec<run::Model>, Fault> {
    match visible_to(viewer) {
        Ok(select) => page::of_keys(db, select, run::Column::Id, ids).await,
        Err(_) => Ok(Vec::new()),
    }
}

/// A page of jobs by name.
pub async fn page(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    request: &PageRequest,
) -> Result<Page<Model>, Fault> {
    require(viewer, Action::ReadOperations, Standing::None)?;
    page::keyset(
        db,
        Entity::find(),
        Condition::all(),
        super::Column::Name,
        false,
        super::Column::Id,
        request,
    )
    .await
}

/// The jobs `ids`; none for those who may not see any.
pub async fn by_ids(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    ids: &[Uuid],
) -> Result<Vec<Model>, Fault> {
    match require(viewer, Action::ReadOperations, Standing::None) {
        Ok(()) => page::of_keys(db, Entity::find(), super::Column::Id, ids).await,
        Err(_) => Ok(Vec::new()),
    }
}

/// All jobs by name, for those who run the service.
pub async fn schedules(db: &impl ConnectionTrait, viewer: &Viewer) -> Result<Vec<Model>, Fault> {
    require(viewer, Action::ReadOperations, Standing::None)?;
    Ok(Entity::find()
        .order_by_asc(super::Column::Name)
        .all(db)
        .await?)
}

/// The jobs with these names.
pub async fn named(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    names: &[String],
) -> Result<Vec<Model>, Fault> {
    require(viewer, Action::ReadOperations, Standing::None)?;
    Ok(Entity::find()
        .filter(super::Column::Name.is_in(names))
        .all(db)
        .await?)
}

/// When the newest run by the true clock began. For the start.
pub async fn newest_start(db: &impl ConnectionTrait) -> Result<Option<DateTime<Utc>>, Fault> {
    let newest = run::Entity::find()
        .filter(run::Column::AsOf.is_null())
        .order_by_desc(run::Column::StartedAt)
        .one(db)
        .await?;
    Ok(newest.map(|run| run.started_at))
}

/// What is remembered of each job, by name. For the runner.
pub async fn remembered(db: &impl ConnectionTrait) -> Result<HashMap<String, Model>, Fault> {
    Ok(Entity::find()
        .all(db)
        .await?
        .into_iter()
        .map(|row| (row.name.clone(), row))
        .collect())
}

/// Every run that is asked for, at work, or to be tried again: at most one of the first two per job. For the runner.
pub async fn unsettled(db: &impl ConnectionTrait) -> Result<Vec<run::Model>, Fault> {
    Ok(run::Entity::find()
        .filter(
            Condition::any()
                .add(run::Column::State.is_in([State::Claimed, State::Running]))
                .add(run::Column::RetryAt.is_not_null()),
        )
        .order_by_asc(run::Column::NominalAt)
        .all(db)
        .await?)
}

/// The run of `job` that is asked for or at work.
pub async fn open_run(db: &impl ConnectionTrait, job: &str) -> Result<Option<run::Model>, Fault> {
    Ok(run::Entity::find()
        .filter(run::Column::Job.eq(job))
        .filter(run::Column::State.is_in([State::Claimed, State::Running]))
        .one(db)
        .await?)
}

/// The run of `job` that the clock caused at `nominal_at`. For the runner.
pub async fn of_time(
    db: &impl ConnectionTrait,
    job: &str,
    nominal_at: DateTime<Utc>,
) -> Result<Option<run::Model>, Fault> {
    Ok(run::Entity::find()
        .filter(run::Column::Job.eq(job))
        .filter(run::Column::NominalAt.eq(nominal_at))
        .filter(run::Column::Cause.ne(Cause::Manual))
        .one(db)
        .await?)
}

/// The newest time up to `by` for which the clock caused a run of `job`. For the runner.
pub async fn newest_time_by(
    db: &impl ConnectionTrait,
    job: &str,
    by: DateTime<Utc>,
) -> Result<Option<DateTime<Utc>>, Fault> {
    let found = run::Entity::find()
        .filter(run::Column::Job.eq(job))
        .filter(run::Column::NominalAt.lte(by))
        .filter(run::Column::Cause.ne(Cause::Manual))
        .order_by_desc(run::Column::NominalAt)
        .one(db)
        .await?;
    Ok(found.map(|row| row.nominal_at))
}

/// Whether a run of `job` by the true clock has succeeded since `since`. For the runner.
pub async fn succeeded_since(
    db: &impl ConnectionTrait,
    job: &str,
    since: DateTime<Utc>,
) -> Result<bool, Fault> {
    Ok(run::Entity::find()
        .filter(run::Column::Job.eq(job))
        .filter(run::Column::State.eq(State::Succeeded))
        .filter(run::Column::AsOf.is_null())
        .filter(run::Column::FinishedAt.gte(since))
        .one(db)
        .await?
        .is_some())
}
