//! The clock: the only source of "now". Time is a value handed in, so that a test or the demonstration can move it.

use std::{
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicI64, Ordering},
    },
    time::Instant,
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

    /// How far what it should follow has jumped away from it, while nobody has confirmed that jump. Until then it goes on by itself.
    fn jumped(&self) -> Option<TimeDelta> {
        None
    }

    /// Whether it is not known at all how late it is: jobs and letters wait for somebody who says so.
    fn is_in_doubt(&self) -> bool {
        false
    }
}

/// A clock that many parts share.
pub type SharedClock = Arc<dyn Clock>;

/// The clock of a service. It was set once, goes on by the machine's steady counter, which nobody can set, and follows what it is shown:
/// the database's clock in production, nothing in the demonstration. So a clock that is set forward or back for a moment is not acted on.
#[derive(Debug)]
pub struct OffsetClock(Mutex<Hand>);

/// Where the hand of the clock stands.
#[derive(Debug)]
struct Hand {
    set_to: DateTime<Utc>,
    set_at: Instant,
    /// Whether it follows what it is shown, and which jumps it follows without being asked; all when nothing is said.
    follows: Option<Option<TimeDelta>>,
    jumped: Option<TimeDelta>,
    /// While it is in doubt: from how near it follows again.
    in_doubt: Option<TimeDelta>,
}

impl Hand {
    fn now(&self) -> DateTime<Utc> {
        let gone = TimeDelta::from_std(self.set_at.elapsed()).unwrap_or_default();
        (self.set_to + gone).trunc_subsecs(6)
    }

    fn set(&mut self, now: DateTime<Utc>) {
        (self.set_to, self.set_at) = (now, Instant::now());
    }
}

/// A live clock is moved only when it differs by more than a message may have been on its way.
const MOVED_FROM: TimeDelta = TimeDelta::seconds(1);

impl Default for OffsetClock {
    fn default() -> Self {
        Self::starting_at(machine_now())
    }
}

impl OffsetClock {
    /// A clock that shows `now` at this moment and then advances normally.
    pub fn starting_at(now: DateTime<Utc>) -> Self {
        Self(Mutex::new(Hand {
            set_to: now,
            set_at: Instant::now(),
            follows: None,
            jumped: None,
            in_doubt: None,
        }))
    }

    /// From now on, shows `now` at this moment: follows another clock that was just read.
    pub fn follow(&self, now: DateTime<Utc>) {
        self.hand().set(now);
    }

    /// From now on, follows whatever it is shown as the database's clock, except jumps beyond `largest_jump`.
    pub fn go_live(&self, largest_jump: Option<TimeDelta>) {
        self.hand().follows = Some(largest_jump);
    }

    /// Goes on from `known`, and is in doubt until what it is shown comes as near as `near`.
    pub fn doubt(&self, known: DateTime<Utc>, near: TimeDelta) {
        let mut hand = self.hand();
        hand.set(known);
        hand.in_doubt = Some(near);
    }

    fn hand(&self) -> MutexGuard<'_, Hand> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Clock for OffsetClock {
    fn now(&self) -> DateTime<Utc> {
        self.hand().now()
    }

    fn observe(&self, database: DateTime<Utc>) -> Option<TimeDelta> {
        let mut hand = self.hand();
        let largest_jump = hand.in_doubt.or(hand.follows?);
        let ahead = database - hand.now();
        let jumps = largest_jump.is_some_and(|largest| ahead.abs() > largest);
        hand.jumped = jumps.then_some(ahead);
        hand.in_doubt = hand.in_doubt.filter(|_| jumps);
        if !jumps && ahead.abs() > MOVED_FROM {
            hand.set(database);
        }
        Some(machine_now() - database)
    }

    fn jumped(&self) -> Option<TimeDelta> {
        self.hand().jumped
    }

    fn is_in_doubt(&self) -> bool {
        self.hand().in_doubt.is_some()
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_false_future_is_not_followed_and_a_small_correction_is() {
        let clock = OffsetClock::default();
        let start = clock.now();
        let shown = |ahead: TimeDelta| {
            clock.observe(start + ahead);
            clock.now() - start
        };
        let near =
            |found: TimeDelta, wanted: TimeDelta| (found - wanted).abs() < TimeDelta::minutes(1);
        assert!(
            near(shown(TimeDelta::days(400)), TimeDelta::zero()),
            "not live"
        );
        clock.go_live(Some(TimeDelta::minutes(10)));
        for jump in [
            TimeDelta::days(400),
            TimeDelta::hours(-3),
            TimeDelta::minutes(12),
        ] {
            assert!(near(shown(jump), TimeDelta::zero()), "{jump}");
            assert!(near(clock.jumped().expect("noticed"), jump), "{jump}");
        }
        assert!(
            near(shown(TimeDelta::zero()), TimeDelta::zero()),
            "it is back"
        );
        assert_eq!(clock.jumped(), None);
        let five = TimeDelta::minutes(5);
        assert!(near(shown(five), five), "small enough to be a correction");
        assert_eq!(clock.jumped(), None);
        clock.go_live(None);
        let far = TimeDelta::days(400);
        assert!(
            near(shown(far), far),
            "every jump is followed where that is wished"
        );
    }

    #[test]
    fn a_clock_in_doubt_goes_on_from_what_is_known_until_it_is_shown_what_is_near() {
        let clock = OffsetClock::default();
        let (known, near) = (clock.now(), TimeDelta::days(35));
        clock.go_live(Some(TimeDelta::minutes(10)));
        clock.doubt(known, near);
        clock.observe(known + TimeDelta::days(400));
        assert!(clock.is_in_doubt() && clock.jumped().is_some());
        assert!(clock.now() - known < TimeDelta::minutes(1));
        clock.observe(known + TimeDelta::days(3));
        assert!(!clock.is_in_doubt() && clock.jumped().is_none());
        assert!(clock.now() - known >= TimeDelta::days(3), "set right");
        clock.observe(known + TimeDelta::days(20));
        assert!(
            clock.jumped().is_some(),
            "a jump like any other from now on"
        );
    }
}
