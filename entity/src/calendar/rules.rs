//! The calendar as a value: which day counts, and arithmetic on working days in constant time.
//!
//! Inside the years whose notice is published the answers come from two prefix sums; outside them (and only there) Monday to
//! Friday is assumed, and what rests on the assumption is called provisional.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Arc, LazyLock},
};

use chrono::{DateTime, Datelike, NaiveDate, Utc};

use super::day::Kind;
use crate::{clock::is_meant, language::Text};

mod file;
mod kind;
mod notice;

use self::kind::is_weekend;
pub use self::{
    file::{LineError, ParseError, parse},
    kind::{DayKind, DayNature, fixed_holiday},
    notice::{NamedDay, Notice},
};

/// The calendar that the product ships: the notices for 2012 to 2026.
pub const SHIPPED: &str = include_str!("../../data/working-day-calendar-cn.csv");

static SHIPPED_CALENDAR: LazyLock<Calendar> =
    LazyLock::new(|| Calendar::new(parse(SHIPPED).unwrap_or_default()));

/// Which days count. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Calendar {
    tables: Arc<Tables>,
    edition: Option<Edition>,
}

/// What tells one edition of the calendar in force from another: how many notices were imported, and when the last.
pub type Edition = (i64, Option<DateTime<Utc>>);

#[derive(Debug)]
struct Tables {
    named: BTreeMap<NaiveDate, (Kind, Text)>,
    years: BTreeSet<i32>,
    /// The day before the first of the tables.
    origin: i32,
    /// `working[i]`: the working days in the first `i` days.
    working: Vec<i32>,
    /// `guessed[i]`: the days without a notice in the first `i` days.
    guessed: Vec<i32>,
    /// The working days of the tables, in order.
    nth: Vec<i32>,
}

impl Calendar {
    /// A calendar from its notices; a year is published when its notice is whole. Where two of them name the same day, the later year's counts.
    pub fn new(mut notices: Vec<Notice>) -> Self {
        notices.sort_by_key(|notice| notice.year);
        let whole = notices.iter().filter(|notice| notice.is_whole());
        let years: BTreeSet<i32> = whole.map(|notice| notice.year).collect();
        let named: BTreeMap<_, _> = notices
            .into_iter()
            .flat_map(|notice| notice.days)
            .map(|day| (day.day, (day.kind, day.name)))
            .collect();
        let new_year = |year: i32| NaiveDate::from_ymd_opt(year, 1, 1);
        let first = years.first().and_then(|&year| new_year(year));
        let last = years
            .last()
            .and_then(|&year| new_year(year + 1)?.pred_opt());
        let first = first.into_iter().chain(named.keys().next().copied()).min();
        let last = last
            .into_iter()
            .chain(named.keys().next_back().copied())
            .max();
        let mut tables = Tables {
            origin: first.map_or(0, |first| first.num_days_from_ce() - 1),
            named,
            years,
            working: vec![0],
            guessed: vec![0],
            nth: Vec::new(),
        };
        if let (Some(first), Some(last)) = (first, last) {
            let (mut working, mut guessed) = (0, 0);
            for day in first.iter_days().take_while(|day| *day <= last) {
                let named = tables.named.get(&day);
                let works = match named {
                    Some((Kind::Workday, _)) => true,
                    Some((Kind::Holiday, _)) => false,
                    None => !is_weekend(day),
                };
                if works {
                    working += 1;
                    tables.nth.push(day.num_days_from_ce());
                }
                if named.is_none() && !tables.years.contains(&day.year()) {
                    guessed += 1;
                }
                tables.working.push(working);
                tables.guessed.push(guessed);
            }
        }
        Self {
            tables: Arc::new(tables),
            edition: None,
        }
    }

    /// The same as it was in force in this edition.
    pub(super) fn in_edition(self, edition: Edition) -> Self {
        Self {
            edition: Some(edition),
            ..self
        }
    }

    /// The edition in force that it was read from.
    pub fn edition(&self) -> Option<Edition> {
        self.edition
    }

    /// The calendar that the product ships.
    pub fn shipped() -> Self {
        SHIPPED_CALENDAR.clone()
    }

    /// The years with a published notice, in order.
    pub fn published_years(&self) -> impl Iterator<Item = i32> + '_ {
        self.tables.years.iter().copied()
    }

    /// Whether the notice of `year` is published.
    pub fn is_published(&self, year: i32) -> bool {
        self.tables.years.contains(&year)
    }

    /// The last year with a published notice.
    pub fn last_published(&self) -> Option<i32> {
        self.tables.years.last().copied()
    }

    /// What `date` is.
    pub fn day(&self, date: NaiveDate) -> DayKind {
        match self.tables.named.get(&date) {
            Some((Kind::Holiday, name)) => DayKind::Holiday(name.clone()),
            Some((Kind::Workday, name)) if is_weekend(date) => DayKind::WorkedWeekend(name.clone()),
            Some((Kind::Workday, _)) => DayKind::Working,
            None if is_weekend(date) => DayKind::Weekend,
            None => DayKind::Working,
        }
    }

    /// Whether `date` is a working day.
    pub fn is_working_day(&self, date: NaiveDate) -> bool {
        let day = date.num_days_from_ce();
        self.tables.rank(day) > self.tables.rank(day - 1)
    }

    /// The `days`-th working day after `date`; `date` itself is never counted, also when it is a day off. 0 gives `date`.
    pub fn add_working_days(&self, date: NaiveDate, days: u32) -> NaiveDate {
        if days == 0 {
            return date;
        }
        let rank = self.tables.rank(date.num_days_from_ce());
        from_number(
            self.tables
                .working_day_of_rank(rank.saturating_add_unsigned(days)),
        )
    }

    /// `days` days after `date`; when that falls on a day off, the next working day.
    pub fn add_calendar_days(&self, date: NaiveDate, days: u32) -> NaiveDate {
        self.roll_forward(from_number(
            date.num_days_from_ce().saturating_add_unsigned(days),
        ))
    }

    /// `date` itself when it is a working day, else the next one.
    pub fn roll_forward(&self, date: NaiveDate) -> NaiveDate {
        if self.is_working_day(date) {
            date
        } else {
            self.add_working_days(date, 1)
        }
    }

    /// `date` itself, unless nobody has said yet what it is and the law itself gives it off: then the next working day that is not such
    /// a day.
    pub fn off_fixed_holidays(&self, mut date: NaiveDate) -> NaiveDate {
        while self.provisional(date) && fixed_holiday(date).is_some() {
            date = self.add_working_days(date, 1);
        }
        date
    }

    /// The working days after `after` up to and with `until`; negative when `until` lies before `after`.
    pub fn working_days_between(&self, after: NaiveDate, until: NaiveDate) -> i32 {
        self.tables.rank(until.num_days_from_ce()) - self.tables.rank(after.num_days_from_ce())
    }

    /// The first day on which at most `days` working days are left, up to and with `until`.
    pub fn first_with_left(&self, until: NaiveDate, days: u32) -> NaiveDate {
        let rank = self.tables.rank(until.num_days_from_ce());
        from_number(
            self.tables
                .working_day_of_rank(rank.saturating_sub_unsigned(days)),
        )
    }

    /// Whether nobody has said yet what `date` is: no notice of its year is published, and none names it.
    pub fn provisional(&self, date: NaiveDate) -> bool {
        let day = date.num_days_from_ce();
        self.tables.guesses(day) > self.tables.guesses(day - 1)
    }

    /// Whether any day after `after` up to and with `until` is provisional.
    pub fn provisional_between(&self, after: NaiveDate, until: NaiveDate) -> bool {
        self.tables.guesses(until.num_days_from_ce())
            > self.tables.guesses(after.num_days_from_ce())
    }
}

impl Tables {
    fn last(&self) -> i32 {
        self.origin + self.working.len() as i32 - 1
    }

    /// How many working days lie after the origin up to and with `day`; negative before it.
    fn rank(&self, day: i32) -> i32 {
        let last = self.last();
        if day < self.origin {
            weekdays_until(day) - weekdays_until(self.origin)
        } else if day > last {
            self.nth.len() as i32 + weekdays_until(day) - weekdays_until(last)
        } else {
            self.working[(day - self.origin) as usize]
        }
    }

    /// The first day of that rank.
    fn working_day_of_rank(&self, rank: i32) -> i32 {
        let known = self.nth.len() as i32;
        if rank < 1 {
            weekday_of_rank(weekdays_until(self.origin) + rank)
        } else if rank > known {
            weekday_of_rank(weekdays_until(self.last()).saturating_add(rank - known))
        } else {
            self.nth[(rank - 1) as usize]
        }
    }

    fn guesses(&self, day: i32) -> i32 {
        let last = self.last();
        if day < self.origin {
            day - self.origin
        } else if day > last {
            self.guessed[self.guessed.len() - 1] + day - last
        } else {
            self.guessed[(day - self.origin) as usize]
        }
    }
}

/// Mondays to Fridays up to and with day `number`; day 1 is Monday, 1 January of year 1.
fn weekdays_until(number: i32) -> i32 {
    5 * number.div_euclid(7) + number.rem_euclid(7).min(5)
}

/// The inverse: the first day with that many Mondays to Fridays.
fn weekday_of_rank(rank: i32) -> i32 {
    let before = rank - 1;
    before
        .div_euclid(5)
        .saturating_mul(7)
        .saturating_add(before.rem_euclid(5) + 1)
}

fn from_number(number: i32) -> NaiveDate {
    NaiveDate::from_num_days_from_ce_opt(number).unwrap_or(NaiveDate::MAX)
}

/// A day that can be meant, in exactly the form `YYYY-MM-DD`.
pub fn parse_date(text: &str) -> Option<NaiveDate> {
    let bytes = text.as_bytes();
    if bytes.len() != 10 || bytes[4] != b'-' || bytes[7] != b'-' {
        return None;
    }
    let number = |from: usize, to: usize| {
        bytes[from..to].iter().try_fold(0_u32, |sum, byte| {
            byte.is_ascii_digit()
                .then(|| sum * 10 + u32::from(byte - b'0'))
        })
    };
    NaiveDate::from_ymd_opt(
        number(0, 4)?.try_into().ok()?,
        number(5, 7)?,
        number(8, 10)?,
    )
    .filter(|day| is_meant(*day))
}

/// How a day changes between two calendars.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DayChange {
    /// The day.
    pub day: NaiveDate,
    /// What it was.
    pub before: DayKind,
    /// What it becomes.
    pub after: DayKind,
}

/// The days that are something else in `new` than in `old`.
pub fn diff(old: &Calendar, new: &Calendar) -> Vec<DayChange> {
    let days: BTreeSet<_> = old
        .tables
        .named
        .keys()
        .chain(new.tables.named.keys())
        .collect();
    days.into_iter()
        .map(|&day| DayChange {
            day,
            before: old.day(day),
            after: new.day(day),
        })
        .filter(|change| change.before != change.after)
        .collect()
}

#[cfg(test)]
mod tests;
