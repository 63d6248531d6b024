//! The runner: claims what is due, runs it under a lease, records it. The scheduler crate is only its pulse; what is due is
//! decided from rows by the injected clock.

use std::{
    path::PathBuf,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use chrono::{DateTime, TimeDelta, Utc};
use entity::{
    calendar::{self, rules::Calendar},
    clock::SetClock,
    error::Fault,
    id::new_id,
    schedule::{commands, repository},
    store::Store,
};
use tokio::time::{Instant, timeout};
use tokio_cron_scheduler::{Job as Pulse, JobScheduler, JobSchedulerError};
use tokio_util::{sync::CancellationToken, task::TaskTracker};

use self::clock::is_astray;
use crate::{
    job::RunReport,
    meters::{Meters, Present},
    outbox_delivery::{Delivery, Settings},
    report::Press,
    schedule::{SCHEDULES, Schedule},
};

mod again;
mod by_hand;
mod clock;
mod due;
mod execution;

/// How long the service waits for what is at work when it ends.
const FAREWELL: Duration = Duration::from_secs(20);
/// Without a look for this long the pulse has been lost.
const PULSE_LOST: Duration = Duration::from_secs(60);

/// When the pulse beats.
const PULSE: &str = "*/10 * * * * *";

/// How long a holder is believed. The lease outlives the trust, so that a holder stops before anybody takes over.
#[derive(Clone, Copy, Debug)]
pub struct Timing {
    /// For how long a run is safe without a sign of life.
    pub lease: TimeDelta,
    /// How often a sign of life is given.
    pub heartbeat: Duration,
    /// Without a successful sign of life for this long, the holder stops itself.
    pub trust: Duration,
    /// Without a beat of the pulse for this long, the runner looks all the same: the pulse goes by the machine's clock, and stands still
    /// after a false future.
    pub watch: Duration,
}

impl Default for Timing {
    fn default() -> Self {
        Self {
            lease: TimeDelta::seconds(60),
            heartbeat: Duration::from_secs(15),
            trust: Duration::from_secs(45),
            watch: Duration::from_secs(15),
        }
    }
}

/// Whether jobs are run here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Health {
    /// Everything due is looked at.
    Well,
    /// Nobody has looked for a minute.
    PulseLost,
    /// The machine's clock is too far from the database's: nothing is started here until it is mended.
    ClockAstray,
    /// The clock has jumped: everything goes on by the steady counter until it is back, or somebody starts the service anew. One that was
    /// in doubt at the start: nothing is run.
    ClockJumped,
}

/// Why the runner cannot start.
#[derive(Debug, thiserror::Error)]
pub enum SetupError {
    /// Reports cannot be printed with this font.
    #[error("pdf_font: {0}")]
    Font(String),
    /// The settings of the mail cannot be used.
    #[error("{0}")]
    Sender(String),
    /// The mark cannot be kept there: without it a restored backup would send its letters again.
    #[error(
        "mail_mark_file: {path}: {error}: name a file outside the data folder that the service may write and that outlives a restart\n\
         mail_mark_file：{path}：{error}：请指定数据目录之外、本服务可写且重启后仍在的文件"
    )]
    Mark {
        /// Where.
        path: PathBuf,
        /// Why.
        error: std::io::Error,
    },
    /// The pulse cannot start.
    #[error("scheduler: {0}")]
    Pulse(#[from] JobSchedulerError),
}

/// Claims, runs, records.
#[derive(Debug)]
pub struct Runner {
    store: Store,
    delivery: Delivery,
    meters: Arc<Meters>,
    schedules: &'static [Schedule],
    timing: Timing,
    pulse: &'static str,
    holder: String,
    alone: bool,
    press: Press,
    stop: CancellationToken,
    at_work: Mutex<Vec<uuid::Uuid>>,
    senses: Mutex<Senses>,
}

/// What the runner remembers between two looks.
#[derive(Debug)]
struct Senses {
    last_look: Instant,
    skew: TimeDelta,
    told_of_jump: bool,
    calendar: Option<(calendar::rules::Edition, Calendar)>,
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
        let meters = Arc::new(Meters::of(&SCHEDULES));
        let holder = format!("{}/{}", std::process::id(), new_id(store.now()).simple());
        Ok(Self {
            delivery: Delivery::open(settings, store.zone(), holder.clone(), meters.clone())?,
            meters,
            store,
            schedules: &SCHEDULES,
            timing: Timing::default(),
            pulse: PULSE,
            holder,
            alone: settings.alone,
            press: settings.press.clone(),
            stop,
            at_work: Mutex::default(),
            senses: Mutex::new(Senses {
                last_look: Instant::now(),
                skew: TimeDelta::zero(),
                told_of_jump: false,
                calendar: None,
            }),
        })
    }

    /// The same runner over another table of jobs.
    pub fn over(self, schedules: &'static [Schedule]) -> Self {
        Self { schedules, ..self }
    }

    /// The same runner with other leases.
    pub fn timed(self, timing: Timing) -> Self {
        Self { timing, ..self }
    }

    /// The same runner with a pulse of this pattern.
    pub fn beating(self, pulse: &'static str) -> Self {
        Self { pulse, ..self }
    }

    /// Whether jobs are run here.
    pub fn health(&self) -> Health {
        let senses = self.senses();
        if senses.last_look.elapsed() > PULSE_LOST {
            Health::PulseLost
        } else if is_astray(senses.skew) {
            Health::ClockAstray
        } else if self.store.clock().jumped().is_some() {
            Health::ClockJumped
        } else {
            Health::Well
        }
    }

    /// What is counted here.
    pub fn meters(&self) -> &Meters {
        &self.meters
    }

    /// Sets the meters that show how things stand.
    pub async fn measure(&self) {
        let present = {
            let senses = self.senses();
            Present {
                pulse_age: senses.last_look.elapsed(),
                skew: senses.skew,
                jump: self.store.clock().jumped().unwrap_or_default(),
                relay_left_alone: self.delivery.leaves_relay_alone(&self.store),
            }
        };
        if let Err(error) = self.meters.measure(&self.store, present).await {
            tracing::warn!(%error, "the meters cannot look into the database");
        }
    }

    fn senses(&self) -> MutexGuard<'_, Senses> {
        self.senses.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Starts the pulse: every ten seconds the runner looks at what is due, and at once on start.
    pub async fn start(
        store: Store,
        settings: &Settings,
        stop: CancellationToken,
    ) -> Result<Running, SetupError> {
        Self::new(store, settings, stop)?.pulsating().await
    }

    /// The runner with its pulse.
    pub async fn pulsating(self) -> Result<Running, SetupError> {
        let stop = self.stop.clone();
        let runner = Arc::new(self);
        let wake = Arc::new(tokio::sync::Notify::new());
        wake.notify_one();
        let mut pulse = JobScheduler::new().await?;
        let bell = wake.clone();
        pulse
            .add(Pulse::new_async(runner.pulse, move |_id, _pulse| {
                let bell = bell.clone();
                Box::pin(async move { bell.notify_one() })
            })?)
            .await?;
        pulse.start().await?;
        let tracker = TaskTracker::new();
        let (looking, tracked) = (runner.clone(), tracker.clone());
        let loop_task = tokio::spawn(async move {
            let watch = looking.timing.watch;
            loop {
                tokio::select! {
                    () = stop.cancelled() => break,
                    _beat_or_overdue = timeout(watch, wake.notified()) => {
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
        self.senses().last_look = Instant::now();
        let database_now = self.store.database_now().await?;
        self.store.require_current().await?;
        // Whoever starts a clock in doubt is told at the start.
        if !self.is_on_time(database_now) || self.store.clock().is_in_doubt() {
            return Ok(Vec::new());
        }
        self.tell_of_jump().await?;
        self.delivery.look_at_mark(&self.store).await?;
        let mut jobs = repository::remembered(self.store.db()).await?;
        if self
            .schedules
            .iter()
            .any(|job| !jobs.contains_key(job.name))
        {
            let all: Vec<_> = self.schedules.iter().map(Schedule::registered).collect();
            commands::register(&self.store, &all).await?;
            jobs = repository::remembered(self.store.db()).await?;
        }
        let mut reports = Vec::new();
        for run in repository::unsettled(self.store.db()).await? {
            if self.stop.is_cancelled() {
                return Ok(reports);
            }
            // A newer version of the program knows the others.
            if let (Some(schedule), Some(job)) = (self.find(&run.job), jobs.get(&run.job)) {
                reports.extend(self.settle(schedule, job, run, database_now).await?);
            }
        }
        let calendar = self.calendar().await?;
        for schedule in self.schedules {
            if self.stop.is_cancelled() {
                break;
            }
            if let Some(job) = jobs.get(schedule.name) {
                reports.extend(self.tick(schedule, job, &calendar).await?);
            }
        }
        Ok(reports)
    }

    fn find(&self, name: &str) -> Option<&'static Schedule> {
        self.schedules.iter().find(|schedule| schedule.name == name)
    }

    /// The calendar in force, read anew when another one was imported.
    async fn calendar(&self) -> Result<Calendar, Fault> {
        let edition = calendar::repository::edition(self.store.db()).await?;
        if let Some((known, calendar)) = &self.senses().calendar
            && *known == edition
        {
            return Ok(calendar.clone());
        }
        let calendar = calendar::repository::in_force(&self.store).await?;
        self.senses().calendar = Some((edition, calendar.clone()));
        Ok(calendar)
    }

    fn playing(&self, as_of: Option<DateTime<Utc>>) -> Store {
        match as_of {
            Some(at) => self.store.with_clock(Arc::new(SetClock::at(at))),
            None => self.store.clone(),
        }
    }
}
