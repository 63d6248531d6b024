//! The runner: claims what is due, runs it under a lease, records it. The scheduler crate is only its pulse; what is due is
//! decided from rows by the injected clock.

use std::{
    panic::AssertUnwindSafe,
    path::PathBuf,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use chrono::{DateTime, TimeDelta, Utc};
use entity::{
    calendar::{self, rules::Calendar},
    clock::{SetClock, civil_date, instant_of},
    error::Fault,
    id::new_id,
    schedule::{
        self,
        commands::{self, Claim, Claimed},
        repository,
        rules::{CatchUp, FURTHEST_AHEAD, LARGEST_SKEW, NOTICEABLE_SKEW, retry_wait},
        run::{self, Cause, SkippedBecause, State},
    },
    store::Store,
};
use futures::FutureExt;
use tokio::time::{Instant, interval, timeout, timeout_at};
use tokio_cron_scheduler::{Job as Pulse, JobScheduler, JobSchedulerError};
use tokio_util::{sync::CancellationToken, task::TaskTracker};

use crate::{
    job::{Run, RunReport},
    job_watch,
    meters::{Meters, Present},
    outbox_delivery::{Delivery, Settings},
    report::Press,
    schedule::{OUTBOX_DELIVERY, SCHEDULES, Schedule},
};

/// How long the service waits for what is at work when it ends.
const FAREWELL: Duration = Duration::from_secs(20);
/// From then on a run is called late.
const LATE: TimeDelta = TimeDelta::minutes(5);
/// How many missed periods one look makes good; the next look goes on.
const PERIODS_AT_ONCE: usize = 500;
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

    /// Follows the clock of the database, and says whether this machine may start anything.
    fn is_on_time(&self, database_now: DateTime<Utc>) -> bool {
        let Some(skew) = self.store.clock().observe(database_now) else {
            return true;
        };
        let astray = is_astray(skew);
        if astray {
            tracing::error!(
                seconds = skew.num_seconds(),
                "this machine's clock is too far from the database's: it starts no job until it is mended"
            );
        } else if skew.abs() > NOTICEABLE_SKEW {
            tracing::warn!(
                seconds = skew.num_seconds(),
                "this machine's clock differs from the database's"
            );
        }
        self.senses().skew = skew;
        !astray
    }

    /// Tells the administrators, once, of a jump that the clock does not follow.
    async fn tell_of_jump(&self) -> Result<(), Fault> {
        let jumped = self.store.clock().jumped();
        let is_new = jumped.is_some() && !self.senses().told_of_jump;
        if let Some(jump) = jumped.filter(|_| is_new) {
            tracing::error!(
                seconds = jump.num_seconds(),
                "the clock has jumped and is not followed until it is back: if it is right now, start the service anew"
            );
            job_watch::tell_of_jump(&self.store, jump).await?;
        }
        self.senses().told_of_jump = jumped.is_some();
        Ok(())
    }

    /// The calendar in force, read anew when another one was imported.
    async fn calendar(&self) -> Result<Calendar, Fault> {
        let edition = calendar::repository::edition(self.store.db()).await?;
        if let Some((known, calendar)) = &self.senses().calendar
            && *known == edition
        {
            return Ok(calendar.clone());
        }
        let calendar = calendar::repository::in_force(self.store.db()).await?;
        self.senses().calendar = Some((edition, calendar.clone()));
        Ok(calendar)
    }

    /// Looks at a run that is asked for, at work, or to be tried again.
    async fn settle(
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
        if !take {
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

    fn is_mine(&self, run: &run::Model) -> bool {
        self.at_work
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .contains(&run.id)
    }

    /// Whether its holder is dead. No other process can have a database that is this one's alone.
    fn is_lost(&self, run: &run::Model, database_now: DateTime<Utc>) -> bool {
        self.alone || run.lease_until.is_none_or(|until| until <= database_now)
    }

    fn playing(&self, as_of: Option<DateTime<Utc>>) -> Store {
        match as_of {
            Some(at) => self.store.with_clock(Arc::new(SetClock::at(at))),
            None => self.store.clone(),
        }
    }

    /// Runs what has become due of one job, as its kind demands.
    async fn tick(
        &self,
        schedule: &'static Schedule,
        job: &schedule::Model,
        calendar: &Calendar,
    ) -> Result<Vec<RunReport>, Fault> {
        let now = self.store.now();
        let zone = self.store.zone();
        if job.paused_at(now).is_some() {
            return Ok(Vec::new());
        }
        let since = self.settled(job, now).await?;
        let Some(newest) = schedule.when.newest_since(since, now, zone, calendar) else {
            return Ok(Vec::new());
        };
        if schedule.job.is_none() && !self.delivery.has_work(&self.store).await? {
            // Nothing to deliver leaves no row in the log, or the log would be nothing else.
            commands::catch_up_to(&self.store, schedule.name, newest).await?;
            return Ok(Vec::new());
        }
        let due = match schedule.catch_up {
            CatchUp::Sweep => vec![newest],
            CatchUp::Report | CatchUp::Period => {
                schedule
                    .when
                    .all_since(since, now, zone, calendar, PERIODS_AT_ONCE)
            }
        };
        let mut reports = Vec::new();
        for nominal in due {
            if self.stop.is_cancelled() {
                break;
            }
            if schedule.catch_up == CatchUp::Report && nominal != newest {
                let because = SkippedBecause::Superseded;
                commands::skip(&self.store, schedule.name, nominal, because).await?;
                self.meters.missed(schedule.name);
                commands::catch_up_to(&self.store, schedule.name, nominal).await?;
                continue;
            }
            match self.claim(schedule, nominal, since, calendar).await? {
                Claimed::Mine(row) => {
                    if schedule.catch_up != CatchUp::Period {
                        commands::forget_retries(&self.store, schedule.name).await?;
                    }
                    commands::catch_up_to(&self.store, schedule.name, nominal).await?;
                    reports.push(self.execute(schedule, *row, self.store.clone()).await);
                }
                Claimed::Known => {
                    commands::catch_up_to(&self.store, schedule.name, nominal).await?;
                }
                // A report or period waits for its turn.
                Claimed::AtWork if schedule.catch_up != CatchUp::Sweep => break,
                Claimed::AtWork => {
                    // The delivery goes on until nothing is left, so a run at work covers every time that comes.
                    if schedule.job.is_some() {
                        let because = SkippedBecause::Overlap;
                        commands::skip(&self.store, schedule.name, nominal, because).await?;
                        self.meters.missed(schedule.name);
                    }
                    commands::catch_up_to(&self.store, schedule.name, nominal).await?;
                }
            }
        }
        Ok(reports)
    }

    /// Up to when everything of this job is settled. The first time ever, what was due earlier today is due. What was settled under
    /// a clock that showed a false future counts no more.
    async fn settled(
        &self,
        job: &schedule::Model,
        now: DateTime<Utc>,
    ) -> Result<DateTime<Utc>, Fault> {
        let zone = self.store.zone();
        let today = || instant_of(civil_date(now, zone), 0, 0, zone) - TimeDelta::seconds(1);
        match job.caught_up_to {
            None => Ok(today()),
            Some(settled) if settled <= now => Ok(settled),
            Some(future) => {
                let settled = repository::newest_time_by(self.store.db(), &job.name, now)
                    .await?
                    .unwrap_or_else(today);
                tracing::warn!(job = job.name, %future, %settled, "the clock was turned back: this job goes on from here");
                commands::set_back(&self.store, job, settled).await?;
                Ok(settled)
            }
        }
    }

    async fn claim(
        &self,
        schedule: &'static Schedule,
        nominal: DateTime<Utc>,
        since: DateTime<Utc>,
        calendar: &Calendar,
    ) -> Result<Claimed, Fault> {
        let now = self.store.now();
        // A clock that follows the database's never shows such a time; a wrong one must not run the future.
        let database_now = self.store.database_now().await?;
        let clock = self.store.clock();
        if clock.observe(database_now).is_some()
            && clock.jumped().is_none()
            && nominal > database_now + FURTHEST_AHEAD
        {
            return Err(Fault::Internal(format!(
                "{nominal} is in the future of the database, where it is {database_now}"
            )));
        }
        let late = now - nominal > LATE;
        let date = civil_date(nominal, self.store.zone());
        let provisional = schedule.when.needs_calendar() && calendar.provisional(date);
        let note = [
            late.then(|| match schedule.catch_up {
                CatchUp::Sweep => format!("late: covers everything since {since}"),
                CatchUp::Period | CatchUp::Report => "late".to_owned(),
            }),
            provisional.then(|| {
                format!(
                    "provisional: no calendar is published for {date}, Monday to Friday was assumed"
                )
            }),
        ];
        let note = note.into_iter().flatten().collect::<Vec<_>>().join("; ");
        let claim = Claim {
            job: schedule.name,
            nominal_at: nominal,
            cause: if late { Cause::CatchUp } else { Cause::Clock },
            as_of: None,
            holder: &self.holder,
            lease: self.timing.lease,
            note: (!note.is_empty()).then_some(note),
        };
        commands::claim(&self.store, claim).await
    }

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
                note: Some("rehearsal: nothing was written".to_owned()),
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

    async fn perform(&self, schedule: &Schedule, run: &Run) {
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

/// Whether a machine this far from the clock of the database may start nothing.
fn is_astray(skew: TimeDelta) -> bool {
    skew.abs() > LARGEST_SKEW
}

/// Whether a person at the command line waits for it: nobody takes it up when it breaks off, the person asks again.
fn is_watched(run: &run::Model) -> bool {
    run.cause == Cause::Manual && run.request_key.is_none()
}
