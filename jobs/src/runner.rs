//! The runner: claims what is due, runs it under a lease, records it. The scheduler crate is only its pulse; what is due is
//! decided from rows by the injected clock.

use std::{
    collections::HashMap,
    panic::AssertUnwindSafe,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use chrono::{DateTime, TimeDelta, Utc};
use entity::{
    calendar::{self, rules::Calendar},
    clock::{SetClock, instant_of},
    error::Fault,
    id::new_id,
    schedule::{
        self,
        commands::Claim,
        run::{self, Cause, State},
    },
    store::Store,
};
use futures::FutureExt;
use tokio::time::{Instant, MissedTickBehavior, interval, timeout};
use tokio_cron_scheduler::{Job as Pulse, JobScheduler, JobSchedulerError};
use tokio_util::{sync::CancellationToken, task::TaskTracker};

use crate::{
    job::{Run, RunReport},
    outbox_delivery::{Delivery, Settings},
    schedule::{OUTBOX_DELIVERY, SCHEDULES, Schedule, find},
};

/// A sign of life is given this often.
const HEARTBEAT: Duration = Duration::from_secs(15);
/// Without a successful sign of life for this long, the holder stops itself.
const TRUST: Duration = Duration::from_secs(45);
/// How long the service waits for what is at work when it ends.
const FAREWELL: Duration = Duration::from_secs(20);

/// Why the runner cannot start.
#[derive(Debug, thiserror::Error)]
pub enum SetupError {
    /// The sender is no mail address.
    #[error("mail_from: {0}")]
    Sender(String),
    /// The pulse cannot start.
    #[error("scheduler: {0}")]
    Pulse(#[from] JobSchedulerError),
}

/// Claims, runs, records.
#[derive(Debug)]
pub struct Runner {
    store: Store,
    delivery: Delivery,
    holder: String,
    alone: bool,
    stop: CancellationToken,
    at_work: Mutex<Vec<uuid::Uuid>>,
}

/// A runner with its pulse.
#[derive(Debug)]
pub struct Running {
    runner: Arc<Runner>,
    tracker: TaskTracker,
    loop_task: tokio::task::JoinHandle<()>,
}

impl Running {
    /// The runner.
    pub fn runner(&self) -> &Arc<Runner> {
        &self.runner
    }

    /// Waits until everything at work has ended or was given back. Cancel the token first.
    pub async fn ended(self) {
        if self.loop_task.await.is_err() {
            tracing::error!("the loop of the runner panicked");
        }
        self.tracker.close();
        if timeout(FAREWELL, self.tracker.wait()).await.is_err() {
            tracing::warn!(
                "runs were still at work when the service ended: their leases will run out"
            );
        }
    }
}

impl Runner {
    /// A runner without a pulse: it runs when it is asked.
    pub fn new(
        store: Store,
        settings: &Settings,
        stop: CancellationToken,
    ) -> Result<Self, SetupError> {
        let holder = format!("{}/{}", std::process::id(), new_id(store.now()).simple());
        Ok(Self {
            delivery: Delivery::open(settings, store.zone(), holder.clone())
                .map_err(SetupError::Sender)?,
            store,
            holder,
            alone: settings.alone,
            stop,
            at_work: Mutex::default(),
        })
    }

    /// Starts the pulse: every ten seconds the runner looks at what is due, and at once on start.
    pub async fn start(
        store: Store,
        settings: &Settings,
        stop: CancellationToken,
    ) -> Result<Running, SetupError> {
        let runner = Arc::new(Self::new(store, settings, stop.clone())?);
        let wake = Arc::new(tokio::sync::Notify::new());
        wake.notify_one();
        let mut pulse = JobScheduler::new().await?;
        let bell = wake.clone();
        pulse
            .add(Pulse::new_async("*/10 * * * * *", move |_id, _pulse| {
                let bell = bell.clone();
                Box::pin(async move { bell.notify_one() })
            })?)
            .await?;
        pulse.start().await?;
        let tracker = TaskTracker::new();
        let (looking, tracked) = (runner.clone(), tracker.clone());
        let loop_task = tokio::spawn(async move {
            loop {
                tokio::select! {
                    () = stop.cancelled() => break,
                    () = wake.notified() => {
                        let runner = looking.clone();
                        // In a task of its own: one slow letter does not stop the next look.
                        tracked.spawn(async move { runner.run_due().await });
                    }
                }
            }
            if let Err(error) = pulse.shutdown().await {
                tracing::warn!(%error, "the pulse did not stop");
            }
        });
        Ok(Running {
            runner,
            tracker,
            loop_task,
        })
    }

    /// Runs everything that is due by the clock of the store, and waits for it. What was missed is caught up by one run.
    pub async fn run_due(&self) -> Vec<RunReport> {
        match self.look().await {
            Ok(reports) => reports,
            Err(error) => {
                tracing::error!(%error, "the runner cannot look at what is due");
                Vec::new()
            }
        }
    }

    async fn look(&self) -> Result<Vec<RunReport>, Fault> {
        let mut reports = self.recover().await?;
        let now = self.store.now();
        let calendar = calendar::repository::in_force(self.store.db()).await?;
        let remembered = schedule::repository::remembered(self.store.db()).await?;
        for schedule in &SCHEDULES {
            if self.stop.is_cancelled() {
                break;
            }
            if let Some(report) = self.tick(schedule, now, &calendar, &remembered).await? {
                reports.push(report);
            }
        }
        Ok(reports)
    }

    async fn tick(
        &self,
        schedule: &'static Schedule,
        now: DateTime<Utc>,
        calendar: &Calendar,
        remembered: &HashMap<String, schedule::Model>,
    ) -> Result<Option<RunReport>, Fault> {
        let memory = remembered.get(schedule.name);
        if memory.is_some_and(|row| row.paused_until.is_some_and(|until| now < until)) {
            return Ok(None);
        }
        // The first time ever, what was due earlier today is due.
        let since = memory
            .and_then(|row| row.caught_up_to)
            .unwrap_or_else(|| instant_of(self.store.today(), 0, 0, self.store.zone()));
        let zone = self.store.zone();
        let Some(nominal) = schedule.when.newest_since(since, now, zone, calendar) else {
            return self.retry(schedule, now).await;
        };
        if schedule.job.is_none() && !self.delivery.has_work(&self.store).await? {
            // Nothing to deliver leaves no row in the log, or the log would be nothing else.
            schedule::commands::catch_up_to(&self.store, schedule.name, nominal).await?;
            return Ok(None);
        }
        let late = now - nominal > TimeDelta::minutes(5);
        let claim = Claim {
            job: schedule.name,
            nominal_at: nominal,
            cause: if late { Cause::CatchUp } else { Cause::Clock },
            request_key: None,
            as_of: None,
            holder: &self.holder,
            note: late.then(|| format!("covers everything since {since}")),
        };
        let Some(row) = schedule::commands::claim(&self.store, claim).await? else {
            // Done before, or at work: then the next look finds it settled or free.
            return Ok(None);
        };
        schedule::commands::catch_up_to(&self.store, schedule.name, nominal).await?;
        Ok(Some(self.execute(schedule, row, self.store.clone()).await))
    }

    /// A failed run is tried again after 1, 5 and 15 minutes, then every hour, until its next time makes it moot.
    async fn retry(
        &self,
        schedule: &'static Schedule,
        now: DateTime<Utc>,
    ) -> Result<Option<RunReport>, Fault> {
        if schedule.job.is_none() {
            return Ok(None);
        }
        let Some(last) =
            schedule::repository::last_by_clock(self.store.db(), schedule.name).await?
        else {
            return Ok(None);
        };
        let wait = TimeDelta::minutes(match last.attempt {
            1 => 1,
            2 => 5,
            3 => 15,
            _ => 60,
        });
        let due = last.finished_at.is_some_and(|ended| ended + wait <= now);
        if last.state != State::Failed || !due {
            return Ok(None);
        }
        match schedule::commands::take_over(&self.store, &last, &self.holder).await? {
            Some(row) => Ok(Some(self.execute(schedule, row, self.store.clone()).await)),
            None => Ok(None),
        }
    }

    /// Takes over the runs of dead holders. A run that a person had asked for is closed instead: the person sees it and asks again.
    async fn recover(&self) -> Result<Vec<RunReport>, Fault> {
        let lost = if self.alone {
            schedule::repository::at_work(self.store.db()).await?
        } else {
            schedule::repository::lapsed(self.store.db(), self.store.now()).await?
        };
        let mut reports = Vec::new();
        for row in lost {
            let mine = self
                .at_work
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .contains(&row.id);
            if mine {
                continue;
            }
            let Some(schedule) = find(&row.job) else {
                // A newer version of the program knows this job.
                continue;
            };
            if row.cause == Cause::Manual {
                schedule::commands::abandon(&self.store, &row).await?;
            } else if let Some(row) =
                schedule::commands::take_over(&self.store, &row, &self.holder).await?
            {
                reports.push(self.execute(schedule, row, self.store.clone()).await);
            }
        }
        Ok(reports)
    }

    /// Runs one job now, as if it were `as_of`. A rehearsal writes nothing and tells what would be written. Nothing when there is
    /// no such job.
    pub async fn run_now(
        &self,
        name: &str,
        as_of: Option<DateTime<Utc>>,
        rehearsal: bool,
    ) -> Result<Option<RunReport>, Fault> {
        let Some(schedule) = find(name) else {
            return Ok(None);
        };
        let store = match as_of {
            Some(at) => self.store.with_clock(Arc::new(SetClock::at(at))),
            None => self.store.clone(),
        };
        if rehearsal {
            let run = Run::new(schedule.name, store, None, self.stop.child_token());
            self.perform(schedule, &run).await;
            return Ok(Some(RunReport {
                job: schedule.name,
                state: None,
                counts: run.counts(),
                planned: run.planned(),
                note: Some("rehearsal: nothing was written".to_owned()),
            }));
        }
        self.recover().await?;
        let claim = Claim {
            job: schedule.name,
            nominal_at: store.now(),
            cause: Cause::Manual,
            request_key: None,
            as_of,
            holder: &self.holder,
            note: as_of.map(|at| format!("as of {at}")),
        };
        let Some(row) = schedule::commands::claim(&self.store, claim).await? else {
            return Ok(Some(RunReport {
                job: schedule.name,
                state: None,
                counts: Default::default(),
                planned: Vec::new(),
                note: Some(
                    "at work elsewhere; if that process died, its lease ends within a minute"
                        .to_owned(),
                ),
            }));
        };
        Ok(Some(self.execute(schedule, row, store).await))
    }

    /// Delivers what is in the outbox now, as if it were `as_of`.
    pub async fn deliver_now(
        &self,
        as_of: Option<DateTime<Utc>>,
    ) -> Result<Option<RunReport>, Fault> {
        self.run_now(OUTBOX_DELIVERY, as_of, false).await
    }

    async fn perform(&self, schedule: &Schedule, run: &Run) {
        let work = async {
            match schedule.job {
                Some(job) => job.run(run).await,
                None => self.delivery.pass(run).await,
            }
        };
        match AssertUnwindSafe(work).catch_unwind().await {
            Ok(Ok(())) => {}
            Ok(Err(error)) => run.fail(error.to_string()),
            Err(_) => run.fail("panicked".to_owned()),
        }
    }

    async fn execute(
        &self,
        schedule: &'static Schedule,
        row: run::Model,
        store: Store,
    ) -> RunReport {
        self.at_work
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(row.id);
        let stop = self.stop.child_token();
        let run = Run::new(schedule.name, store, Some(row.clone()), stop.clone());
        tokio::select! {
            () = self.perform(schedule, &run) => {}
            () = self.stay_alive(&row, &stop) => {}
        }
        let counts = run.counts();
        // Interrupted by the end of the service: given back, so that another takes it over at once.
        let interrupted = self.stop.is_cancelled();
        let ended = if interrupted && row.cause != Cause::Manual {
            schedule::commands::release(&self.store, &row)
                .await
                .map(|()| None)
        } else {
            schedule::commands::finish(&self.store, &row, &counts)
                .await
                .map(|mine| {
                    let failed = counts.failed > 0 || !counts.errors.is_empty();
                    mine.then_some(if failed {
                        State::Failed
                    } else {
                        State::Succeeded
                    })
                })
        };
        self.at_work
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .retain(|id| *id != row.id);
        let state = ended.unwrap_or_else(|error| {
            tracing::error!(job = schedule.name, %error, "the end of a run cannot be recorded");
            None
        });
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
        for error in &counts.errors {
            tracing::error!(job = schedule.name, %error, "item failed");
        }
        RunReport {
            job: schedule.name,
            state,
            counts,
            planned: run.planned(),
            note: row.note,
        }
    }

    /// Gives signs of life; returns when the run was taken over, and has then told it to stop.
    async fn stay_alive(&self, row: &run::Model, stop: &CancellationToken) {
        let mut beat = interval(HEARTBEAT);
        beat.set_missed_tick_behavior(MissedTickBehavior::Delay);
        beat.tick().await;
        let mut last = Instant::now();
        loop {
            beat.tick().await;
            match schedule::commands::renew(&self.store, row).await {
                Ok(true) => last = Instant::now(),
                Ok(false) => break,
                Err(error) => {
                    tracing::warn!(%error, "no sign of life could be given");
                    if last.elapsed() > TRUST {
                        break;
                    }
                }
            }
        }
        stop.cancel();
    }
}
