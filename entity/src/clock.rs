//! The clock: the only source of "now". Time is a value handed in, so that a test or the demonstration can move it.

use std::sync::{
    Arc,
    atomic::{AtomicBool, AtomicI64, Ordering},
};

use chrono::{DateTime, NaiveDate, SubsecRound, TimeDelta, TimeZone, Utc};
use chrono_tz::Tz;

/// Tells the time. Instants are UTC with microseconds, which is what both databases keep.
pub trait Clock: Send + Sync + std::fmt::Debug {
    /// The present instant.
    fn now(&self) -> DateTime<Utc>;

    /// Tells it what the database's clock shows. A live clock follows, and says how far the machine's own is off; a played one
    /// takes no notice.
    fn observe(&self, _database: DateTime<Utc>) -> Option<TimeDelta> {
        None
    }
}

/// A clock that many parts share.
pub type SharedClock = Arc<dyn Clock>;

/// The machine's clock, moved by a fixed offset: the measured distance to the database's clock in production, the distance
/// to the played day in the demonstration.
#[derive(Debug, Default)]
pub struct OffsetClock {
    offset_micros: AtomicI64,
    live: AtomicBool,
}

/// A live clock is moved only when it differs by more than a message may have been on its way.
const MOVED_FROM: TimeDelta = TimeDelta::seconds(1);

impl OffsetClock {
    /// A clock that shows `now` at this moment and then advances normally.
    pub fn starting_at(now: DateTime<Utc>) -> Self {
        let clock = Self::default();
        clock.follow(now);
        clock
    }

    /// From now on, shows `now` at this moment: follows another clock that was just read.
    pub fn follow(&self, now: DateTime<Utc>) {
        let offset = now - machine_now();
        self.offset_micros.store(
            offset.num_microseconds().unwrap_or_default(),
            Ordering::Relaxed,
        );
    }
}

impl OffsetClock {
    /// From now on, follows whatever it is shown as the database's clock.
    pub fn go_live(&self) {
        self.live.store(true, Ordering::Relaxed);
    }
}

impl Clock for OffsetClock {
    fn now(&self) -> DateTime<Utc> {
        machine_now() + TimeDelta::microseconds(self.offset_micros.load(Ordering::Relaxed))
    }

    fn observe(&self, database: DateTime<Utc>) -> Option<TimeDelta> {
        if !self.live.load(Ordering::Relaxed) {
            return None;
        }
        if (database - self.now()).abs() > MOVED_FROM {
            self.follow(database);
        }
        Some(machine_now() - database)
    }
}

/// A clock that stands still until it is moved: for commands that run "as of" an instant, for history and for tests.
#[derive(Debug)]
pub struct SetClock {
    micros: AtomicI64,
}

impl SetClock {
    /// A clock that stands at `now`.
    pub fn at(now: DateTime<Utc>) -> Self {
        Self {
            micros: AtomicI64::new(now.timestamp_micros()),
        }
    }

    /// Moves the clock to `now`, forward or back.
    pub fn set(&self, now: DateTime<Utc>) {
        self.micros.store(now.timestamp_micros(), Ordering::Relaxed);
    }

    /// Moves the clock by `step`.
    pub fn advance(&self, step: TimeDelta) {
        self.micros.fetch_add(
            step.num_microseconds().unwrap_or_default(),
            Ordering::Relaxed,
        );
    }
}

impl Clock for SetClock {
    fn now(&self) -> DateTime<Utc> {
        DateTime::from_timestamp_micros(self.micros.load(Ordering::Relaxed)).unwrap_or_default()
    }
}

#[allow(
    clippy::disallowed_methods,
    reason = "this is the home of the wall clock"
)]
pub(crate) fn machine_now() -> DateTime<Utc> {
    Utc::now().trunc_subsecs(6)
}

/// The first day and the last one that anything of a park can be about: what lies beyond is a slip of the pen (0026, 1926, 9998).
const FIRST_DAY: Option<NaiveDate> = NaiveDate::from_ymd_opt(1949, 10, 1);
const LAST_DAY: Option<NaiveDate> = NaiveDate::from_ymd_opt(2099, 12, 31);

/// Whether a day can be meant.
pub fn is_meant(day: NaiveDate) -> bool {
    FIRST_DAY.is_some_and(|first| first <= day) && LAST_DAY.is_some_and(|last| day <= last)
}

/// The civil date of an instant in the park's zone: what "today" means in law.
pub fn civil_date(instant: DateTime<Utc>, zone: Tz) -> NaiveDate {
    instant.with_timezone(&zone).date_naive()
}

/// The instant at which the clocks of `zone` show `hour:minute` on `date`. In a gap: the first instant after it; in a
/// repeated hour: the first of the two.
pub fn instant_of(date: NaiveDate, hour: u32, minute: u32, zone: Tz) -> DateTime<Utc> {
    let mut local = date.and_hms_opt(hour, minute, 0).unwrap_or_default();
    // No zone has ever left out more than a day.
    for _ in 0..=24 * 60 {
        if let Some(found) = zone.from_local_datetime(&local).earliest() {
            return found.with_timezone(&Utc);
        }
        local += TimeDelta::minutes(1);
    }
    local.and_utc()
}
