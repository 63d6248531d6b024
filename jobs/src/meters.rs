//! What a Prometheus server reads of jobs and letters. What happens in this process is counted as it happens; how things stand is
//! looked up in the database when somebody asks, at most every few seconds.

use std::{sync::atomic::AtomicU64, time::Duration};

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use entity::{
    calendar,
    error::Fault,
    outbox::{self, rules::Outcome},
    schedule::{
        commands::Counts,
        repository::{last_runs, last_successes},
        run,
    },
    store::Store,
    viewer::Viewer,
};
use prometheus_client::{
    metrics::{counter::Counter, family::Family, gauge::Gauge, histogram::Histogram},
    registry::{Registry, Unit},
};
use serde::Serialize;
use tokio::{sync::Mutex, time::Instant};

use crate::schedule::Schedule;

/// Labels of a meter: names of ours, never an id, an address or a text of people.
type Labels<const N: usize> = [(&'static str, String); N];
type Seconds = Gauge<f64, AtomicU64>;

/// How long what was looked up in the database stays true enough.
const FRESH: Duration = Duration::from_secs(5);

/// The meters of one runner.
#[derive(Debug)]
pub struct Meters {
    runs: Family<Labels<2>, Counter>,
    duration: Family<Labels<1>, Histogram, fn() -> Histogram>,
    items: Family<Labels<2>, Counter>,
    missed: Family<Labels<1>, Counter>,
    takeovers: Family<Labels<1>, Counter>,
    attempts: Family<Labels<2>, Counter>,
    ambiguous: Counter,
    resent: Counter,
    dead: Counter,
    last_success: Family<Labels<1>, Seconds>,
    lag: Family<Labels<1>, Seconds>,
    letters: Family<Labels<1>, Gauge>,
    oldest: Seconds,
    missing: Gauge,
    calendar: Gauge,
    connections: Family<Labels<1>, Gauge>,
    pulse: Seconds,
    skew: Seconds,
    jump: Seconds,
    breaker: Gauge,
    looked: Mutex<Option<Instant>>,
}

/// What the runner knows without a database.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Present {
    pub(crate) pulse_age: Duration,
    pub(crate) skew: TimeDelta,
    pub(crate) jump: TimeDelta,
    pub(crate) relay_left_alone: bool,
}

impl Meters {
    /// Meters for the jobs of this table: a job that has not run yet is there with zero.
    pub(crate) fn of(schedules: &[Schedule]) -> Self {
        let meters = Self {
            runs: Family::default(),
            duration: Family::new_with_constructor(|| {
                Histogram::new([0.1, 0.5, 1.0, 5.0, 15.0, 60.0, 300.0, 900.0])
            }),
            items: Family::default(),
            missed: Family::default(),
            takeovers: Family::default(),
            attempts: Family::default(),
            ambiguous: Counter::default(),
            resent: Counter::default(),
            dead: Counter::default(),
            last_success: Family::default(),
            lag: Family::default(),
            letters: Family::default(),
            oldest: Seconds::default(),
            missing: Gauge::default(),
            calendar: Gauge::default(),
            connections: Family::default(),
            pulse: Seconds::default(),
            skew: Seconds::default(),
            jump: Seconds::default(),
            breaker: Gauge::default(),
            looked: Mutex::default(),
        };
        for schedule in schedules {
            let job = of_job(schedule.name);
            meters.missed.get_or_create(&job).inc_by(0);
            meters.takeovers.get_or_create(&job).inc_by(0);
        }
        meters
    }

    /// Names all meters to the registry that is asked for them.
    pub fn register(&self, registry: &mut Registry) {
        registry.register("job_runs", "Runs that ended here", self.runs.clone());
        registry.register_with_unit(
            "job_duration",
            "How long runs took",
            Unit::Seconds,
            self.duration.clone(),
        );
        registry.register(
            "job_items",
            "Items of runs that ended here",
            self.items.clone(),
        );
        registry.register(
            "job_missed_ticks",
            "Times that came and were not run, because a newer one was missed or the job was at work",
            self.missed.clone(),
        );
        registry.register(
            "job_takeovers",
            "Runs taken over here from a holder that had died",
            self.takeovers.clone(),
        );
        registry.register_with_unit(
            "job_last_success_timestamp",
            "When the newest successful run ended, on whichever machine",
            Unit::Seconds,
            self.last_success.clone(),
        );
        registry.register_with_unit(
            "job_lag",
            "How long after its time the newest run began",
            Unit::Seconds,
            self.lag.clone(),
        );
        registry.register(
            "letters",
            "Letters that wait or need somebody",
            self.letters.clone(),
        );
        registry.register_with_unit(
            "letters_oldest",
            "How long the letter has been due that has waited longest",
            Unit::Seconds,
            self.oldest.clone(),
        );
        registry.register(
            "letter_attempts",
            "Attempts to deliver a letter, by how far they came",
            self.attempts.clone(),
        );
        registry.register(
            "letters_ambiguous",
            "Attempts whose body went out and whose answer was lost",
            self.ambiguous.clone(),
        );
        registry.register(
            "letters_resent",
            "Unclear letters sent once more",
            self.resent.clone(),
        );
        registry.register(
            "letters_dead",
            "Letters that ended here without reaching anybody",
            self.dead.clone(),
        );
        registry.register(
            "completeness_missing",
            "What the newest count of the witness found untold",
            self.missing.clone(),
        );
        registry.register(
            "calendar_days_ahead",
            "Days until the end of the last published calendar",
            self.calendar.clone(),
        );
        registry.register(
            "db_pool_connections",
            "Open connections to the database",
            self.connections.clone(),
        );
        registry.register_with_unit(
            "pulse_age",
            "Since the runner last looked at what is due",
            Unit::Seconds,
            self.pulse.clone(),
        );
        registry.register_with_unit(
            "clock_skew",
            "How far this machine's clock is ahead of the database's",
            Unit::Seconds,
            self.skew.clone(),
        );
        registry.register_with_unit(
            "clock_jump",
            "How far the clock has jumped and is not followed",
            Unit::Seconds,
            self.jump.clone(),
        );
        registry.register(
            "smtp_breaker_open",
            "1 while the mail relay is left alone",
            self.breaker.clone(),
        );
    }

    /// A run has ended here, or was given up.
    pub(crate) fn ran(
        &self,
        job: &str,
        state: Option<run::State>,
        counts: &Counts,
        took: Duration,
    ) {
        let state = state.map_or_else(|| "GIVEN_BACK".to_owned(), word);
        let labels = [("job", job.to_owned()), ("state", state)];
        self.runs.get_or_create(&labels).inc();
        self.duration
            .get_or_create(&of_job(job))
            .observe(took.as_secs_f64());
        for (state, count) in [
            ("done", counts.done),
            ("skipped", counts.skipped),
            ("failed", counts.failed),
        ] {
            let labels = [("job", job.to_owned()), ("state", state.to_owned())];
            let counter = self.items.get_or_create(&labels);
            counter.inc_by(u64::try_from(count).unwrap_or_default());
        }
    }

    /// A time was passed over.
    pub(crate) fn missed(&self, job: &str) {
        self.missed.get_or_create(&of_job(job)).inc();
    }

    /// A run of a dead holder is taken up here.
    pub(crate) fn taken_over(&self, job: &str) {
        self.takeovers.get_or_create(&of_job(job)).inc();
    }

    /// An attempt to deliver a letter has ended.
    pub(crate) fn attempted(&self, ended: outbox::State, outcome: &Outcome, again: bool) {
        let (phase, code) = match outcome {
            Outcome::Accepted { .. } => (word(outbox::Phase::Body), "2xx"),
            Outcome::Refused { phase, code, .. } if *code >= 500 => (word(phase), "5xx"),
            Outcome::Refused { phase, .. } => (word(phase), "4xx"),
            Outcome::Broken { phase, .. } => (word(phase), "none"),
            Outcome::Unusable { .. } | Outcome::Suppressed { .. } => {
                ("NOT_TRIED".to_owned(), "none")
            }
        };
        let labels = [("phase", phase), ("code", code.to_owned())];
        self.attempts.get_or_create(&labels).inc();
        self.resent.inc_by(u64::from(again));
        let unclear = matches!(
            outcome,
            Outcome::Broken {
                phase: outbox::Phase::Body,
                ..
            }
        );
        self.ambiguous.inc_by(u64::from(unclear));
        self.dead
            .inc_by(u64::from(outbox::State::UNDELIVERED.contains(&ended)));
    }

    /// Sets everything that shows how things stand.
    pub(crate) async fn measure(&self, store: &Store, present: Present) -> Result<(), Fault> {
        self.pulse.set(present.pulse_age.as_secs_f64());
        self.skew.set(seconds(present.skew));
        self.jump.set(seconds(present.jump));
        self.breaker.set(i64::from(present.relay_left_alone));
        let connections = store.connections();
        for (state, count) in [("used", connections.used), ("idle", connections.idle)] {
            let gauge = self
                .connections
                .get_or_create(&[("state", state.to_owned())]);
            gauge.set(i64::from(count));
        }
        let mut looked = self.looked.lock().await;
        if looked.is_some_and(|at| at.elapsed() < FRESH) {
            return Ok(());
        }
        self.look_up(store).await?;
        *looked = Some(Instant::now());
        Ok(())
    }

    async fn look_up(&self, store: &Store) -> Result<(), Fault> {
        let (db, viewer, now) = (store.db(), Viewer::system("metrics"), store.now());
        let names: Vec<String> = crate::schedule::SCHEDULES
            .iter()
            .map(|schedule| schedule.name.to_owned())
            .collect();
        let last = last_runs(db, &viewer, &names).await?;
        for (job, run) in &last {
            let late = run.started_at - run.nominal_at;
            self.lag.get_or_create(&of_job(job)).set(seconds(late));
        }
        for (job, at) in last_successes(db, &viewer, &names).await? {
            let gauge = self.last_success.get_or_create(&of_job(&job));
            gauge.set(seconds(at - DateTime::<Utc>::UNIX_EPOCH));
        }
        let witness = last.get("completeness").map_or(0, |run| run.failed);
        self.missing.set(i64::from(witness));
        self.letters.clear();
        for (state, count) in outbox::repository::count_by_state(db, &viewer).await? {
            self.letters
                .get_or_create(&[("state", word(state))])
                .set(count);
        }
        let waiting = outbox::repository::waiting_since(db, now).await?;
        self.oldest
            .set(waiting.map_or(0.0, |since| seconds(now - since).max(0.0)));
        let calendar = calendar::repository::in_force(store).await?;
        let end = calendar
            .last_published()
            .and_then(|year| NaiveDate::from_ymd_opt(year, 12, 31));
        self.calendar
            .set(end.map_or(0, |end| (end - store.today()).num_days()));
        Ok(())
    }
}

fn of_job(job: &str) -> Labels<1> {
    [("job", job.to_owned())]
}

/// The word of a state, as the database and the API have it.
fn word(state: impl Serialize) -> String {
    let value = serde_json::to_value(state).unwrap_or_default();
    value.as_str().unwrap_or_default().to_owned()
}

fn seconds(span: TimeDelta) -> f64 {
    span.as_seconds_f64()
}
