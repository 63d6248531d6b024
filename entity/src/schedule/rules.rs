//! When a job is due, and what becomes of times that were missed: pure values, asked with the park's zone and its calendar.

use chrono::{DateTime, Datelike, Days as DaySpan, NaiveDate, TimeDelta, Timelike, Utc};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use super::Model;
use crate::{
    calendar::rules::Calendar,
    clock::{civil_date, instant_of},
    error::refusals,
    language::{self, Text},
    term::term,
    text::clean_lines,
};

/// A time of day in the park's zone. In the hour that a change of the clocks leaves out it is the first instant after the gap, in
/// the hour that comes twice the first of the two.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct TimeOfDay {
    /// 0 to 23.
    pub hour: u8,
    /// 0 to 59.
    pub minute: u8,
}

impl TimeOfDay {
    fn on(self, date: NaiveDate, zone: Tz) -> DateTime<Utc> {
        instant_of(date, self.hour.into(), self.minute.into(), zone)
    }
}

impl std::fmt::Display for TimeOfDay {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "{:02}:{:02}", self.hour, self.minute)
    }
}

/// On which days.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Days {
    /// Every day.
    All,
    /// Working days of the official calendar; Monday to Friday in a year whose notice is not published.
    Working,
}

impl Days {
    fn contain(self, date: NaiveDate, calendar: &Calendar) -> bool {
        self == Self::All || calendar.is_working_day(date)
    }
}

/// A stretch of civil days in which working days are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Span {
    /// 周: Monday to Sunday.
    Week,
    /// 月: a month.
    Month,
    /// 季度: January to March and so on.
    Quarter,
    /// 年: a year.
    Year,
}

impl Span {
    /// The first and the last day of the span that contains `date`.
    pub fn around(self, date: NaiveDate) -> (NaiveDate, NaiveDate) {
        let months = |first: u32, count: u32| {
            let start = NaiveDate::from_ymd_opt(date.year(), first, 1).unwrap_or(date);
            let end = start
                .checked_add_months(chrono::Months::new(count))
                .and_then(|next| next.pred_opt())
                .unwrap_or(date);
            (start, end)
        };
        match self {
            Self::Week => {
                let week = date.week(chrono::Weekday::Mon);
                (
                    week.checked_first_day().unwrap_or(date),
                    week.checked_last_day().unwrap_or(date),
                )
            }
            Self::Month => months(date.month(), 1),
            Self::Quarter => months(date.month0() / 3 * 3 + 1, 3),
            Self::Year => months(1, 12),
        }
    }
}

/// When a job is due.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum When {
    /// Every so many minutes, from one hour of the day until before another.
    Minutes {
        /// How many: 1 to 60.
        every: u8,
        /// The first hour.
        from: u8,
        /// The hour before which it ends; 24 for the end of the day.
        until: u8,
        /// On which days.
        days: Days,
    },
    /// Once a day.
    Daily {
        /// At that time.
        at: TimeOfDay,
        /// On which days.
        days: Days,
    },
    /// On the n-th working day of each week, month, quarter or year; a span with fewer working days has none.
    NthWorkingDay {
        /// 1 is the first, 2 the second; −1 is the last, −2 the one before.
        nth: i8,
        /// Of what.
        of: Span,
        /// At that time.
        at: TimeOfDay,
    },
}

/// Further away no time is looked for: no two spans without a matching day follow each other.
const REACH: usize = 800;

impl When {
    /// Every `every` minutes, day and night.
    pub const fn every_minutes(every: u8) -> Self {
        Self::Minutes {
            every,
            from: 0,
            until: 24,
            days: Days::All,
        }
    }

    /// Every `every` minutes of working days, from the hour `from` until before `until`.
    pub const fn in_working_hours(every: u8, from: u8, until: u8) -> Self {
        Self::Minutes {
            every,
            from,
            until,
            days: Days::Working,
        }
    }

    /// Every day at `hour:minute`.
    pub const fn daily(hour: u8, minute: u8) -> Self {
        Self::Daily {
            at: TimeOfDay { hour, minute },
            days: Days::All,
        }
    }

    /// Every working day at `hour:minute`.
    pub const fn working_days(hour: u8, minute: u8) -> Self {
        Self::Daily {
            at: TimeOfDay { hour, minute },
            days: Days::Working,
        }
    }

    /// The `nth` working day of each `of` at `hour:minute`; −1 is the last.
    pub const fn nth_working_day(nth: i8, of: Span, hour: u8, minute: u8) -> Self {
        Self::NthWorkingDay {
            nth,
            of,
            at: TimeOfDay { hour, minute },
        }
    }

    /// Whether it asks the calendar for working days.
    pub fn needs_calendar(self) -> bool {
        !matches!(
            self,
            Self::Minutes {
                days: Days::All,
                ..
            } | Self::Daily {
                days: Days::All,
                ..
            }
        )
    }

    /// The first time after `after`.
    pub fn next_after(
        self,
        after: DateTime<Utc>,
        zone: Tz,
        calendar: &Calendar,
    ) -> Option<DateTime<Utc>> {
        let today = civil_date(after, zone);
        let at = match self {
            Self::Minutes { every, .. } => {
                let step = TimeDelta::minutes(every.max(1).into());
                let mut at = floor(after, step) + step;
                let end = after + TimeDelta::days(REACH as i64);
                while !self.contains(at, zone, calendar) {
                    at = self.skip_forward(at, step, zone, calendar);
                    if at > end {
                        return None;
                    }
                }
                return Some(at);
            }
            Self::Daily { at, .. } | Self::NthWorkingDay { at, .. } => at,
        };
        today
            .iter_days()
            .take(REACH)
            .filter(|date| self.is_on(*date, calendar))
            .map(|date| at.on(date, zone))
            .find(|instant| *instant > after)
    }

    /// The newest time at or before `by`.
    pub fn newest_by(
        self,
        by: DateTime<Utc>,
        zone: Tz,
        calendar: &Calendar,
    ) -> Option<DateTime<Utc>> {
        let today = civil_date(by, zone);
        let at = match self {
            Self::Minutes { every, .. } => {
                let step = TimeDelta::minutes(every.max(1).into());
                let mut at = floor(by, step);
                let end = by - TimeDelta::days(REACH as i64);
                while !self.contains(at, zone, calendar) {
                    at = self.skip_back(at, step, zone, calendar);
                    if at < end {
                        return None;
                    }
                }
                return Some(at);
            }
            Self::Daily { at, .. } | Self::NthWorkingDay { at, .. } => at,
        };
        // A time in the gap before midnight may fall on the next day.
        (0..REACH as u64)
            .filter_map(|back| today.checked_sub_days(DaySpan::new(back)))
            .filter(|date| self.is_on(*date, calendar))
            .map(|date| at.on(date, zone))
            .find(|instant| *instant <= by)
    }

    /// The newest time at or before `now` that is later than `since`, if there is one.
    pub fn newest_since(
        self,
        since: DateTime<Utc>,
        now: DateTime<Utc>,
        zone: Tz,
        calendar: &Calendar,
    ) -> Option<DateTime<Utc>> {
        self.newest_by(now, zone, calendar).filter(|at| *at > since)
    }

    /// All times later than `since` up to and with `now`, oldest first, at most `most`.
    pub fn all_since(
        self,
        since: DateTime<Utc>,
        now: DateTime<Utc>,
        zone: Tz,
        calendar: &Calendar,
        most: usize,
    ) -> Vec<DateTime<Utc>> {
        let mut after = since;
        std::iter::from_fn(|| {
            let next = self
                .next_after(after, zone, calendar)
                .filter(|at| *at <= now)?;
            after = next;
            Some(next)
        })
        .take(most)
        .collect()
    }

    /// In words: "每月第 3 个工作日 08:00", "the third working day of the month at 08:00".
    pub fn in_words(self) -> Text {
        match self {
            Self::Minutes {
                every,
                from,
                until,
                days,
            } => {
                let (mut zh, mut en) = match every {
                    1 => ("每分钟".to_owned(), "every minute".to_owned()),
                    60 => ("每小时".to_owned(), "every hour".to_owned()),
                    _ => (format!("每 {every} 分钟"), format!("every {every} minutes")),
                };
                if (from, until) != (0, 24) {
                    zh = format!("{from:02}:00 至 {until:02}:00 {zh}");
                    en = format!("{en} from {from:02}:00 to {until:02}:00");
                }
                if days == Days::Working {
                    zh = format!("工作日 {zh}");
                    en = format!("{en} on working days");
                }
                Text::new(zh, en)
            }
            Self::Daily {
                at,
                days: Days::All,
            } => Text::new(format!("每日 {at}"), format!("every day at {at}")),
            Self::Daily {
                at,
                days: Days::Working,
            } => Text::new(
                format!("每个工作日 {at}"),
                format!("every working day at {at}"),
            ),
            Self::NthWorkingDay { nth, of, at } => {
                let (zh_of, en_of) = match of {
                    Span::Week => ("每周", "week"),
                    Span::Month => ("每月", "month"),
                    Span::Quarter => ("每季度", "quarter"),
                    Span::Year => ("每年", "year"),
                };
                let (zh_nth, en_nth) = match nth {
                    1 => ("首个".to_owned(), "first".to_owned()),
                    -1 => ("最后一个".to_owned(), "last".to_owned()),
                    2.. => (format!("第 {nth} 个"), ordinal(nth.into())),
                    _ => {
                        let back = -i32::from(nth);
                        (
                            format!("倒数第 {back} 个"),
                            format!("{} last", ordinal(back)),
                        )
                    }
                };
                Text::new(
                    format!("{zh_of}{zh_nth}工作日 {at}"),
                    format!("the {en_nth} working day of the {en_of} at {at}"),
                )
            }
        }
    }

    fn is_on(self, date: NaiveDate, calendar: &Calendar) -> bool {
        match self {
            Self::Minutes { days, .. } | Self::Daily { days, .. } => days.contain(date, calendar),
            Self::NthWorkingDay { nth, of, .. } => {
                if !calendar.is_working_day(date) {
                    return false;
                }
                let (first, last) = of.around(date);
                let before = |date: NaiveDate| date.pred_opt().unwrap_or(date);
                let rank = if nth > 0 {
                    calendar.working_days_between(before(first), date)
                } else {
                    -calendar.working_days_between(before(date), last)
                };
                rank == i32::from(nth)
            }
        }
    }

    fn contains(self, at: DateTime<Utc>, zone: Tz, calendar: &Calendar) -> bool {
        let Self::Minutes { from, until, .. } = self else {
            return false;
        };
        let hour = at.with_timezone(&zone).hour();
        (u32::from(from)..u32::from(until)).contains(&hour)
            && self.is_on(civil_date(at, zone), calendar)
    }

    /// One step on, or to the beginning of the next day when this one has nothing more.
    fn skip_forward(
        self,
        at: DateTime<Utc>,
        step: TimeDelta,
        zone: Tz,
        calendar: &Calendar,
    ) -> DateTime<Utc> {
        let date = civil_date(at, zone);
        match date.succ_opt() {
            Some(next) if !self.is_on(date, calendar) => {
                let begin = instant_of(next, 0, 0, zone);
                let floored = floor(begin, step);
                (if floored < begin {
                    floored + step
                } else {
                    floored
                })
                .max(at + step)
            }
            _ => at + step,
        }
    }

    /// One step back, or to the end of the day before when this one has nothing.
    fn skip_back(
        self,
        at: DateTime<Utc>,
        step: TimeDelta,
        zone: Tz,
        calendar: &Calendar,
    ) -> DateTime<Utc> {
        let date = civil_date(at, zone);
        if self.is_on(date, calendar) {
            at - step
        } else {
            floor(instant_of(date, 0, 0, zone) - TimeDelta::seconds(1), step).min(at - step)
        }
    }
}

fn floor(at: DateTime<Utc>, step: TimeDelta) -> DateTime<Utc> {
    let step = step.num_seconds().max(1);
    DateTime::from_timestamp(at.timestamp().div_euclid(step) * step, 0).unwrap_or(at)
}

fn ordinal(number: i32) -> String {
    match number {
        1 => "first".to_owned(),
        2 => "second".to_owned(),
        3 => "third".to_owned(),
        4 => "fourth".to_owned(),
        5 => "fifth".to_owned(),
        _ => format!("{number}th"),
    }
}

// A time that comes while its job is at work is recorded as skipped by a sweep, and waits for a period or a report.
term! {
    /// What becomes of times that were missed.
    pub enum CatchUp as "JobCatchUp" {
        /// One late run covers everything missed.
        Sweep = "SWEEP", "补跑一次", "One catch-up run";
        /// Every missed period is made good, oldest first.
        Period = "PERIOD", "逐期补做", "Caught up one by one";
        /// Only the newest missed one is made; older ones can be made by hand.
        Report = "REPORT", "只补最近一期", "Only the latest is caught up";
    }
}

impl CatchUp {
    /// In words.
    pub fn in_words(self) -> Text {
        match self {
            Self::Sweep => Text::new(
                "错过后补跑一次，覆盖全部遗漏",
                "if missed, one run covers everything that was missed",
            ),
            Self::Period => Text::new(
                "错过的每一期都依次补做",
                "missed periods are run one by one, oldest first",
            ),
            Self::Report => Text::new(
                "只补发最近一期，更早的可手动生成",
                "only the latest missed one is run; older ones can be run by hand",
            ),
        }
    }
}

/// A time further ahead than this of the database's clock is refused: the machine's clock is wrong, not the calendar.
pub const FURTHEST_AHEAD: TimeDelta = TimeDelta::seconds(60);

/// From this distance on between the clocks of machine and database people are warned.
pub const NOTICEABLE_SKEW: TimeDelta = TimeDelta::seconds(2);

/// From this distance on the machine starts no run.
pub const LARGEST_SKEW: TimeDelta = TimeDelta::seconds(30);

/// A service that starts later than this after its newest run does not believe its clock without being told. A house that is closed for
/// the Spring Festival, or moves, stands still for weeks; a clock without a battery or with a slip in its year is off by months.
pub const LONGEST_STANDSTILL: TimeDelta = TimeDelta::days(35);

/// How long a failed run waits until it is tried again: after 1, 5 and 15 minutes, then every hour; of that a part between half and
/// the whole that depends on `spread`, so that many runs that failed together are not tried together.
pub fn retry_wait(failures: i32, spread: u128) -> TimeDelta {
    let minutes: i64 = match failures {
        ..=1 => 1,
        2 => 5,
        3 => 15,
        _ => 60,
    };
    let half = minutes * 30;
    let part = i64::try_from(spread % (u128::from(half.unsigned_abs()) + 1)).unwrap_or_default();
    TimeDelta::seconds(half + part)
}

/// How long a job is paused at most. A pause ends by itself, so that nobody forgets a stopped warning for ever.
pub const LONGEST_PAUSE: TimeDelta = TimeDelta::days(31);

refusals! {
    /// Why a job is not paused, resumed or run.
    pub enum JobError as "JobErrorCode" {
        /// A reason is missing.
        ReasonMissing = "REASON_MISSING", "请填写原因。", "Enter a reason.";
        /// The reason is longer than 1000 characters.
        ReasonTooLong = "REASON_TOO_LONG", "原因不能超过 1000 字，请缩短。", "The reason is longer than 1,000 characters: shorten it.";
        /// The pause would end in the past.
        EndNotAhead = "END_NOT_AHEAD", "暂停的截止时间已过，请选择将来的时间。", "The pause would end in the past: choose a future time.";
        /// A pause lasts 31 days at most.
        PauseTooLong = "PAUSE_TOO_LONG",
            "暂停最长 31 天，到期可再次暂停。",
            "A pause may last at most 31 days: choose an earlier end; you can pause again afterwards.";
        /// The job is not paused.
        NotPaused = "NOT_PAUSED", "该任务未暂停，无需恢复。", "The job is not paused: there is nothing to resume.";
        /// The idempotency key is longer than 80 characters.
        KeyUnusable = "KEY_UNUSABLE", "幂等键须为 1 至 80 个字符。", "The idempotency key must have 1 to 80 characters.";
        /// No skipped run stands for that time.
        NotSkipped = "NOT_SKIPPED",
            "该时间没有被跳过的运行，请从运行记录中选择。",
            "There is no skipped run for this time: choose one from the log of runs.";
        /// This version of the program has no such job.
        NotKnown = "NOT_KNOWN", "当前版本没有该任务，无法运行。", "This version of the program does not have this job: it cannot be run.";
    }
}

/// A reason as it is kept.
pub fn reason(given: &str) -> Result<String, JobError> {
    language::text(given, 1000).ok_or(if clean_lines(given).is_empty() {
        JobError::ReasonMissing
    } else {
        JobError::ReasonTooLong
    })
}

/// An idempotency key as it is kept.
pub fn key(given: &str) -> Result<String, JobError> {
    language::line(given, 80).ok_or(JobError::KeyUnusable)
}

/// Whether there is a pause that can be ended before its time.
pub fn may_resume(job: &Model, now: DateTime<Utc>) -> Result<(), JobError> {
    match job.paused_at(now) {
        Some(_) => Ok(()),
        None => Err(JobError::NotPaused),
    }
}

/// Whether a pause may end then.
pub fn pause_ends(until: DateTime<Utc>, now: DateTime<Utc>) -> Result<(), JobError> {
    if until <= now {
        Err(JobError::EndNotAhead)
    } else if until - now > LONGEST_PAUSE {
        Err(JobError::PauseTooLong)
    } else {
        Ok(())
    }
}

#[cfg(test)]
mod tests;
