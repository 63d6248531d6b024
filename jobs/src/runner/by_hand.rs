//! Jobs that a person runs.

use chrono::{DateTime, Utc};
use entity::{
    error::Fault,
    schedule::{
        commands::{self, Claim, Claimed},
        repository,
        run::{Cause, State},
    },
};

use super::Runner;
use crate::{
    job::{Run, RunReport},
    schedule::OUTBOX_DELIVERY,
};

impl Runner {
    /// Runs one job now, as if it were `as_of`. A rehearsal writes nothing and tells what would be written. Nothing when there is
    /// no such job.
    pub async fn run_now(
        &self,
        name: &str,
        as_of: Option<DateTime<Utc>>,
        rehearsal: bool,
    ) -> Result<Option<RunReport>, Fault> {
        let Some(schedule) = self.find(name) else {
            return Ok(None);
        };
        let store = self.playing(as_of);
        if rehearsal {
            let stop = self.stop.child_token();
            let run = Run::new(schedule.name, store, None, stop, self.press.clone());
            self.perform(schedule, &run).await;
            return Ok(Some(RunReport {
                job: schedule.name,
                state: None,
                counts: run.counts(),
                planned: self.delivery.in_words(run.planned()),
                note: Some("dry run: nothing was written".to_owned()),
            }));
        }
        let database_now = self.store.database_now().await?;
        if let Some(open) = repository::open_run(self.store.db(), schedule.name).await?
            && open.state == State::Running
            && !self.is_mine(&open)
            && self.is_lost(&open, database_now)
        {
            // This run does what the dead one has left undone.
            commands::abandon(&self.store, &open).await?;
        }
        let claim = Claim {
            job: schedule.name,
            nominal_at: store.now(),
            cause: Cause::Manual,
            as_of,
            holder: &self.holder,
            lease: self.timing.lease,
            note: as_of.map(|at| format!("as of {at}")),
        };
        match commands::claim(&self.store, claim).await? {
            Claimed::Mine(row) => Ok(Some(self.execute(schedule, *row, store).await)),
            Claimed::Known | Claimed::AtWork => Ok(Some(RunReport {
                job: schedule.name,
                state: None,
                counts: Default::default(),
                planned: Vec::new(),
                note: Some(
                    "at work elsewhere; if that process died, its lease ends within a minute"
                        .to_owned(),
                ),
            })),
        }
    }

    /// Delivers what is in the outbox now, as if it were `as_of`.
    pub async fn deliver_now(
        &self,
        as_of: Option<DateTime<Utc>>,
    ) -> Result<Option<RunReport>, Fault> {
        self.run_now(OUTBOX_DELIVERY, as_of, false).await
    }
}
