//! What kind of day a day is: worked or off, and why.

use chrono::{Datelike, NaiveDate, Weekday};

use crate::{language::Text, term::term};

term! {
    /// What a day is in the calendar (日期性质).
    pub enum DayNature as "DayKind" {
        /// An ordinary working day.
        Working = "WORKING", "工作日", "Working day";
        /// A Saturday or Sunday that is worked.
        WorkedWeekend = "WORKED_WEEKEND", "调休上班", "Worked weekend";
        /// A Saturday or Sunday.
        Weekend = "WEEKEND", "周末", "Weekend";
        /// A day off by the yearly notice.
        Holiday = "HOLIDAY", "节假日", "Holiday";
    }
}

/// What a day is, with the holiday that makes it so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DayKind {
    /// Monday to Friday, nothing special.
    Working,
    /// A Saturday or Sunday that is worked because of the holiday named.
    WorkedWeekend(Text),
    /// A Saturday or Sunday.
    Weekend,
    /// Off because of the holiday named.
    Holiday(Text),
}

impl DayKind {
    /// The same without the holiday.
    pub fn nature(&self) -> DayNature {
        match self {
            Self::Working => DayNature::Working,
            Self::WorkedWeekend(_) => DayNature::WorkedWeekend,
            Self::Weekend => DayNature::Weekend,
            Self::Holiday(_) => DayNature::Holiday,
        }
    }

    /// Whether it counts as a working day.
    pub fn is_working(&self) -> bool {
        matches!(self, Self::Working | Self::WorkedWeekend(_))
    }
}

pub(super) fn is_weekend(date: NaiveDate) -> bool {
    matches!(date.weekday(), Weekday::Sat | Weekday::Sun)
}

/// The holiday that the law sets on that day of every year (全国年节及纪念日放假办法第二条): what follows the moon or the sun is known
/// by the yearly notice only.
pub fn fixed_holiday(date: NaiveDate) -> Option<Text> {
    match (date.month(), date.day()) {
        (1, 1) => Some(Text::new("元旦", "New Year's Day")),
        (5, 1 | 2) => Some(Text::new("劳动节", "Labour Day")),
        (10, 1..=3) => Some(Text::new("国庆节", "National Day")),
        _ => None,
    }
}
