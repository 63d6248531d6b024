//! Runs that are asked for, at work, or to be tried again: which of them are taken up here.

use std::sync::PoisonError;

use chrono::{DateTime, Utc};
use entity::{
    error::Fault,
    schedule::{
        self, commands, repository,
        run::{self, Cause, State},
    },
};

use super::Runner;
use crate::{job::RunReport, schedule::Schedule};

impl Runner {
    /// Looks at a run that is asked for, at work, or to be tried again.
    pub(super) async fn settle(
        &self,
        schedule: &'static Schedule,
        job: &schedule::Model,
        run: run::Model,
        database_now: DateTime<Utc>,
    ) -> Result<Option<RunReport>, Fault> {
        let now = self.store.now();
        let paused = job.paused_at(now).is_some();
        let take = match run.state {
            // A person who asks for a run of a paused job means it.
            State::Claimed => true,
            State::Running if self.is_mine(&run) || !self.is_lost(&run, database_now) => false,
            State::Running if is_watched(&run) => {
                commands::abandon(&self.store, &run).await?;
                false
            }
            State::Running => !paused,
            State::Failed => !paused && run.retry_at.is_some_and(|at| at <= now),
            State::Skipped
                if repository::open_run(self.store.db(), &run.job)
                    .await?
                    .is_some() =>
            {
                false
            }
            State::Skipped => {
                let covered =
                    repository::succeeded_since(self.store.db(), &run.job, run.started_at).await?;
                if covered {
                    commands::forget_retries(&self.store, &run.job).await?;
                }
                !covered && !paused
            }
            State::Succeeded | State::Abandoned => false,
        };
        if !take || self.is_behind(schedule).await? {
            return Ok(None);
        }
        let orphaned = run.state == State::Running;
        let taken = commands::take_up(&self.store, &run, &self.holder, self.timing.lease).await?;
        match taken {
            Some(row) => {
                if orphaned {
                    self.meters.taken_over(schedule.name);
                }
                let store = self.playing(row.as_of);
                Ok(Some(self.execute(schedule, row, store).await))
            }
            None => Ok(None),
        }
    }

    /// Whether the job that it follows is at work.
    pub(super) async fn is_behind(&self, schedule: &Schedule) -> Result<bool, Fault> {
        let first = schedule.job.and_then(|job| job.follows());
        Ok(match first {
            Some(first) => repository::open_run(self.store.db(), first)
                .await?
                .is_some(),
            None => false,
        })
    }

    pub(super) fn is_mine(&self, run: &run::Model) -> bool {
        self.at_work
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .contains(&run.id)
    }

    /// Whether its holder is dead. No other process can have a database that is this one's alone.
    pub(super) fn is_lost(&self, run: &run::Model, database_now: DateTime<Utc>) -> bool {
        self.alone || run.lease_until.is_none_or(|until| until <= database_now)
    }
}

/// Whether a person at the command line waits for it: nobody takes it up when it breaks off, the person asks again.
pub(super) fn is_watched(run: &run::Model) -> bool {
    run.cause == Cause::Manual && run.request_key.is_none()
}
