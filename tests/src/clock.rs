//! The clock of a story: it stands still until the story moves it.

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;
use entity::clock::instant_of;

/// The park's zone.
pub const ZONE: Tz = chrono_tz::Asia::Shanghai;

/// The day on which every story begins: a Wednesday, the last working day before the holiday of 2026.
pub fn first_day() -> NaiveDate {
    day("2026-09-30")
}

/// Eight in the morning of the first day, park time.
pub fn morning() -> DateTime<Utc> {
    at("2026-09-30", 8, 0)
}

/// A civil date, written as in law.
pub fn day(text: &str) -> NaiveDate {
    text.parse().expect("a date as YYYY-MM-DD")
}

/// The instant at which the park's clocks show `hour:minute` on `date`.
pub fn at(date: &str, hour: u32, minute: u32) -> DateTime<Utc> {
    instant_of(day(date), hour, minute, ZONE)
}
