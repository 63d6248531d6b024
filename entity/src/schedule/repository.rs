//! Reading schedules and runs.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use sea_orm::{
    ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, entity::prelude::*,
};

use super::{Entity, Model, run};
use crate::{
    error::Fault,
    permission::{Action, Standing, require},
    viewer::Viewer,
};

/// The newest `limit` runs, only those of `job` if one is given.
pub async fn newest_runs(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    job: Option<&str>,
    limit: u64,
) -> Result<Vec<run::Model>, Fault> {
    require(viewer, Action::ReadOperations, Standing::None)?;
    let mut select = run::Entity::find();
    if let Some(job) = job {
        select = select.filter(run::Column::Job.eq(job));
    }
    Ok(select
        .order_by_desc(run::Column::StartedAt)
        .order_by_desc(run::Column::Id)
        .limit(limit)
        .all(db)
        .await?)
}

/// What is remembered of each schedule, for those who run the service.
pub async fn schedules(db: &impl ConnectionTrait, viewer: &Viewer) -> Result<Vec<Model>, Fault> {
    require(viewer, Action::ReadOperations, Standing::None)?;
    Ok(Entity::find()
        .order_by_asc(super::Column::Name)
        .all(db)
        .await?)
}

/// What is remembered of each schedule, by name. For the runner.
pub async fn remembered(db: &impl ConnectionTrait) -> Result<HashMap<String, Model>, Fault> {
    Ok(Entity::find()
        .all(db)
        .await?
        .into_iter()
        .map(|row| (row.name.clone(), row))
        .collect())
}

/// Runs whose holder has given no sign of life since `now`. For the runner.
pub async fn lapsed(
    db: &impl ConnectionTrait,
    now: DateTime<Utc>,
) -> Result<Vec<run::Model>, Fault> {
    Ok(run::Entity::find()
        .filter(run::Column::State.is_in([run::State::Claimed, run::State::Running]))
        .filter(run::Column::LeaseUntil.lte(now))
        .order_by_asc(run::Column::StartedAt)
        .all(db)
        .await?)
}

/// Runs that are at work now. For the runner.
pub async fn at_work(db: &impl ConnectionTrait) -> Result<Vec<run::Model>, Fault> {
    Ok(run::Entity::find()
        .filter(run::Column::State.is_in([run::State::Claimed, run::State::Running]))
        .all(db)
        .await?)
}

/// The newest run of `job` that the clock caused. For the runner, which may have to try it again.
pub async fn last_by_clock(
    db: &impl ConnectionTrait,
    job: &str,
) -> Result<Option<run::Model>, Fault> {
    Ok(run::Entity::find()
        .filter(run::Column::Job.eq(job))
        .filter(run::Column::Cause.ne(run::Cause::Manual))
        .order_by_desc(run::Column::NominalAt)
        .one(db)
        .await?)
}
