//! One run: under a lease, to its end, and recorded.

use std::{panic::AssertUnwindSafe, sync::PoisonError};

use chrono::{DateTime, Utc};
use entity::{
    schedule::{
        commands,
        rules::retry_wait,
        run::{self, Cause, State},
    },
    store::Store,
};
use futures::FutureExt;
use tokio::time::{Instant, interval, timeout_at};

use super::{Runner, again::is_watched};
use crate::{
    job::{Run, RunReport},
    schedule::Schedule,
};

impl Runner {
    pub(super) async fn perform(&self, schedule: &Schedule, run: &Run) {
        let work = async {
            match schedule.job {
                Some(job) => job.run(run).await,
                None => self.delivery.pass(run).await,
            }
        };
        match AssertUnwindSafe(work).catch_unwind().await {
            Ok(Ok(())) => {}
            Ok(Err(fault)) => run.fail(&fault),
            Err(_) => run.note_error("panicked".to_owned()),
        }
    }

    pub(super) async fn execute(
        &self,
        schedule: &'static Schedule,
        row: run::Model,
        store: Store,
    ) -> RunReport {
        self.at_work
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(row.id);
        let begun = Instant::now();
        let stop = self.stop.child_token();
        let press = self.press.clone();
        let run = Run::new(schedule.name, store, Some(row.clone()), stop.clone(), press);
        let lost = tokio::select! {
            () = self.perform(schedule, &run) => false,
            () = self.stay_alive(&row, &run) => true,
        };
        stop.cancel();
        let counts = run.counts();
        // Stopped by the end of the service or by a database that is away: no failure, and another goes on with it.
        let unfinished = lost || run.is_away() || self.stop.is_cancelled();
        let ended = if !unfinished {
            let retry_at = self.retry_at(schedule, &row);
            commands::finish(&self.store, &row, &counts, retry_at)
                .await
                .map(|mine| {
                    mine.then_some(if counts.has_failed() {
                        State::Failed
                    } else {
                        State::Succeeded
                    })
                })
        } else if is_watched(&row) {
            commands::abandon(&self.store, &row).await.map(|()| None)
        } else {
            commands::release(&self.store, &row, &counts)
                .await
                .map(|()| None)
        };
        self.at_work
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .retain(|id| *id != row.id);
        let state = ended.unwrap_or_else(|error| {
            // Its lease runs out, and it is taken over.
            tracing::error!(job = schedule.name, %error, "the end of a run cannot be recorded");
            None
        });
        self.meters
            .ran(schedule.name, state, &counts, begun.elapsed());
        tracing::info!(
            job = schedule.name,
            ?state,
            attempt = row.attempt,
            due = counts.due,
            done = counts.done,
            skipped = counts.skipped,
            failed = counts.failed,
            "run"
        );
        let error = counts.error();
        // One line for all of them, and none when a retry finds the same again.
        if !error.is_empty() && row.error.as_deref() != Some(error.as_str()) {
            tracing::error!(
                job = schedule.name,
                failed = counts.failed,
                error,
                "items failed"
            );
        }
        RunReport {
            job: schedule.name,
            state,
            counts,
            planned: run.planned(),
            note: row.note,
        }
    }

    /// When it is tried again if it fails. The delivery comes every minute anyhow, and a person who runs a job sees what it did.
    fn retry_at(&self, schedule: &Schedule, row: &run::Model) -> Option<DateTime<Utc>> {
        if schedule.job.is_none() || row.cause == Cause::Manual {
            return None;
        }
        Some(self.store.now() + retry_wait(row.failures + 1, row.id.as_u128()))
    }

    /// Gives signs of life; returns when the run is lost: taken over, or without a sign of life for as long as it is trusted.
    async fn stay_alive(&self, row: &run::Model, run: &Run) {
        let mut beat = interval(self.timing.heartbeat);
        beat.tick().await;
        let mut trusted = Instant::now() + self.timing.trust;
        loop {
            if timeout_at(trusted, beat.tick()).await.is_err() {
                return;
            }
            let begun = Instant::now();
            let counts = run.counts();
            let sign = commands::renew(&self.store, row, self.timing.lease, &counts);
            match timeout_at(trusted, sign).await {
                Ok(Ok(true)) => trusted = begun + self.timing.trust,
                Ok(Ok(false)) | Err(_) => return,
                Ok(Err(error)) => tracing::warn!(%error, "no sign of life could be given"),
            }
        }
    }
}
