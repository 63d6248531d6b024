//! How long a time limit is, and how people write it: `20wd`.

use std::{fmt, str::FromStr};

use chrono::NaiveDate;

use super::{super::Unit, before, before_working_days, days_before};
use crate::{calendar::rules::Calendar, error::Explain, language::Text};

/// The longest limit: a hundred years of days.
pub const LONGEST_LIMIT: u32 = 36_525;

/// How long, and in which days: `20wd`, `30d`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Limit {
    /// How many days; 0 is "the same day".
    pub days: u32,
    /// Which days count.
    pub unit: Unit,
}

impl Limit {
    /// So many working days.
    pub fn working_days(days: u32) -> Self {
        Self {
            days,
            unit: Unit::WorkingDay,
        }
    }

    /// So many days.
    pub fn calendar_days(days: u32) -> Self {
        Self {
            days,
            unit: Unit::CalendarDay,
        }
    }

    /// The last day of this limit when it starts on `start`. A limit of 0 days is due on the start day itself, or on the next
    /// working day when that is a day off.
    pub fn due_after(self, start: NaiveDate, calendar: &Calendar) -> NaiveDate {
        calendar.off_fixed_holidays(match (self.unit, self.days) {
            (_, 0) => calendar.roll_forward(start),
            (Unit::WorkingDay, days) => calendar.add_working_days(start, days),
            (Unit::CalendarDay, days) => calendar.add_calendar_days(start, days),
        })
    }

    /// The last working day up to and with that from which on this whole limit lies before and with `end`.
    pub(super) fn back_from(self, end: NaiveDate, calendar: &Calendar) -> NaiveDate {
        let day = match self.unit {
            Unit::WorkingDay => before_working_days(end, self.days, calendar),
            Unit::CalendarDay => days_before(end, u64::from(self.days)),
        };
        let mut day = day;
        while !calendar.is_working_day(day) {
            day = before(day);
        }
        day
    }

    /// Whether `due`, counted from `start`, rests on days that no published notice covers.
    pub fn is_provisional(self, start: NaiveDate, due: NaiveDate, calendar: &Calendar) -> bool {
        calendar.provisional(due)
            || self.unit == Unit::WorkingDay && calendar.provisional_between(start, due)
    }
}

impl fmt::Display for Limit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.unit {
            Unit::WorkingDay => write!(f, "{}wd", self.days),
            Unit::CalendarDay => write!(f, "{}d", self.days),
        }
    }
}

/// The text is no limit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LimitError(String);

impl Explain for LimitError {
    fn explain(&self) -> Text {
        Text::new(
            format!(
                "“{}”不是时限，请写成 20wd（工作日）或 30d（日），最多 {LONGEST_LIMIT} 日。",
                self.0
            ),
            format!(
                "“{}” is not a time limit: write 20wd (working days) or 30d (days), at most {LONGEST_LIMIT}",
                self.0
            ),
        )
    }
}

impl fmt::Display for LimitError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.explain().en)
    }
}

impl std::error::Error for LimitError {}

impl FromStr for Limit {
    type Err = LimitError;

    fn from_str(text: &str) -> Result<Self, LimitError> {
        let (digits, unit) = match text.strip_suffix("wd") {
            Some(digits) => (digits, Unit::WorkingDay),
            None => (
                text.strip_suffix('d').unwrap_or_default(),
                Unit::CalendarDay,
            ),
        };
        // `parse` alone would take "+5".
        let days = digits
            .bytes()
            .all(|byte| byte.is_ascii_digit())
            .then(|| digits.parse().ok())
            .flatten();
        match days {
            Some(days) if days <= LONGEST_LIMIT => Ok(Self { days, unit }),
            _ => Err(LimitError(text.to_owned())),
        }
    }
}
