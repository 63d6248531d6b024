//! When something is owed, and what closes it.

use chrono::{Datelike, Days, Months, NaiveDate, Weekday};
use uuid::Uuid;

use super::{Model, State};
use crate::{
    calendar::rules::Calendar,
    commitment::Recurrence,
    deadline::{self, pause, rules::NewPause},
    error::Explain,
    language::{self, Text},
};

/// The occasion of a promise that happens once.
pub const ONCE: &str = "once";

/// The occasion of an event that was reported under this key.
pub fn event_occasion(idempotency_key: &str) -> String {
    format!("event:{idempotency_key}")
}

/// What people call an occasion: the days of the week or the month that it is for, or that something happened.
pub fn occasion_name(occasion: &str) -> Text {
    if occasion == ONCE {
        return Text::new("一次性", "once");
    }
    if let Ok(monday) = NaiveDate::parse_from_str(&format!("{occasion}-1"), "%G-W%V-%u") {
        return language::days(monday, monday.week(Weekday::Mon).last_day());
    }
    match NaiveDate::parse_from_str(&format!("{occasion}-01"), "%Y-%m-%d") {
        Ok(month) => Text::new(month.format("%Y 年 %-m 月").to_string(), occasion),
        Err(_) => Text::new("来函或事件", "on event"),
    }
}

/// What a recurring promise owes in the period around a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Period {
    /// "2026-W38", "2026-09".
    pub occasion: String,
    /// The eve of the period's first day in the term: the period's first day counts.
    pub started_on: NaiveDate,
    /// The limit; shorter where the term covers a part of the period only.
    pub limit_days: i32,
}

/// The period around `today` of a promise with this limit in working days, inside the days from `first` to `last`. None when no
/// working day of the period lies inside.
pub fn period(
    recurrence: Recurrence,
    limit_days: i32,
    (first, last): (NaiveDate, NaiveDate),
    today: NaiveDate,
    calendar: &Calendar,
) -> Option<Period> {
    if today < first || today > last {
        return None;
    }
    let (begins, ends, occasion) = match recurrence {
        Recurrence::Week => {
            let monday =
                today.checked_sub_days(Days::new(today.weekday().num_days_from_monday().into()))?;
            let week = monday.iso_week();
            (
                monday,
                monday.checked_add_days(Days::new(6))?,
                format!("{}-W{:02}", week.year(), week.week()),
            )
        }
        Recurrence::Month => {
            let begins = today.with_day(1)?;
            let ends = begins.checked_add_months(Months::new(1))?.pred_opt()?;
            (begins, ends, today.format("%Y-%m").to_string())
        }
    };
    let eve = begins.max(first).pred_opt()?;
    let whole = calendar.working_days_between(begins.pred_opt()?, ends);
    let inside = calendar.working_days_between(eve, ends.min(last));
    if inside == 0 {
        return None;
    }
    let limit_days = if inside < whole {
        (limit_days * inside / whole).max(1)
    } else {
        limit_days
    };
    Some(Period {
        occasion,
        started_on: eve,
        limit_days,
    })
}

/// Why nothing is opened for an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OpenError {
    /// The promise is not one that events open.
    NotOnEvent,
    /// The contract is not in force, or is suspended.
    NotInForce,
    /// The promise does not bind on that day.
    NotBinding,
    /// The event lies in the future.
    InFuture,
    /// The idempotency key is empty or longer than 60 characters.
    KeyInvalid,
    /// The key was used for another event.
    KeyReused,
    /// The note is longer than 1000 characters.
    NoteTooLong,
}

impl Explain for OpenError {
    fn explain(&self) -> Text {
        match self {
            Self::NotOnEvent => Text::new(
                "该承诺不由事件触发，系统会按期自动产生履约事项。",
                "Events do not open this promise: what is owed from it appears by itself.",
            ),
            Self::NotInForce => Text::new(
                "契约不在履行中，不能产生履约事项。",
                "The contract is not in force: nothing can become due under it.",
            ),
            Self::NotBinding => Text::new(
                "该承诺在事件发生日不生效。",
                "The promise does not bind on the day of the event.",
            ),
            Self::InFuture => Text::new(
                "事件发生日不能晚于今天。",
                "The event cannot lie in the future.",
            ),
            Self::KeyInvalid => Text::new(
                "请提供 1 至 60 个字符的幂等键。",
                "Give an idempotency key of 1 to 60 characters.",
            ),
            Self::KeyReused => Text::new(
                "该幂等键已用于另一事件，请换用新的键。",
                "This idempotency key was used for another event: take a new one.",
            ),
            Self::NoteTooLong => Text::new(
                "事件说明不得超过 1000 字。",
                "The note has at most 1000 characters.",
            ),
        }
    }
}

/// Why an obligation is not closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CloseError {
    /// It is closed already.
    Closed,
    /// Neither a file nor a note proves it, or the note is too long.
    EvidenceMissing,
    /// The file does not exist, or is about another enterprise.
    EvidenceUnknown,
    /// It is not overdue: what can still be kept is not missed.
    NotOverdue,
    /// A reason is missing or too long.
    ReasonInvalid,
}

impl Explain for CloseError {
    fn explain(&self) -> Text {
        match self {
            Self::Closed => Text::new(
                "该事项已经办结，不能再次办理。",
                "This has been closed already.",
            ),
            Self::EvidenceMissing => Text::new(
                "请上传履约凭证或填写说明（不超过 1000 字）。",
                "Attach the evidence as a file or as a note (up to 1000 characters).",
            ),
            Self::EvidenceUnknown => Text::new(
                "找不到该凭证文件，或文件属于其他企业。",
                "There is no such file for this enterprise.",
            ),
            Self::NotOverdue => Text::new(
                "尚未逾期，不能登记为未履行。",
                "It is not overdue and can still be kept.",
            ),
            Self::ReasonInvalid => Text::new(
                "请填写对企业公开的原因（不超过 1000 字）。",
                "Give a reason that the enterprise will read (up to 1000 characters).",
            ),
        }
    }
}

/// By how many working days something due on `due_on` is late on `today`.
pub fn days_late(due_on: NaiveDate, today: NaiveDate, calendar: &Calendar) -> i32 {
    if today <= due_on {
        0
    } else {
        calendar.working_days_between(due_on, today)
    }
}

/// Only what is open can be closed.
pub fn require_open(obligation: &Model) -> Result<(), CloseError> {
    if obligation.state == State::Open {
        Ok(())
    } else {
        Err(CloseError::Closed)
    }
}

/// What the state of an obligation and of its time limit allows on a day, whoever asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Possible {
    /// It can be fulfilled or cancelled.
    pub close: bool,
    /// It can be declared missed.
    pub miss: bool,
    /// Its limit can be paused.
    pub pause: bool,
    /// Its limit can be resumed.
    pub resume: bool,
    /// Its limit can be extended.
    pub extend: bool,
}

/// Tries each change on a copy: what is possible is never written beside the rules themselves.
pub fn possible(
    obligation: &Model,
    limit: &deadline::Model,
    today: NaiveDate,
    calendar: &Calendar,
) -> Possible {
    const SOME_REASON: &str = "-";
    let close = require_open(obligation).is_ok();
    let limit = || limit.value();
    let pause = NewPause {
        kind: pause::Kind::Agreed,
        reason: SOME_REASON.to_owned(),
        document_id: Uuid::nil(),
        started_on: today,
        expected_end_on: None,
    };
    Possible {
        close,
        miss: close && limit().miss(today, calendar).is_ok(),
        pause: close && limit().pause(&pause, today, calendar).is_ok(),
        resume: close && limit().resume(today, today, calendar).is_ok(),
        extend: close && limit().extend(1, SOME_REASON, today, calendar).is_ok(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a date")
    }

    fn of(recurrence: Recurrence, limit: i32, today: &str) -> Option<(String, String, i32)> {
        let term = (day("2026-09-16"), day("2026-12-10"));
        let period = period(recurrence, limit, term, day(today), &Calendar::shipped())?;
        Some((
            period.occasion,
            period.started_on.to_string(),
            period.limit_days,
        ))
    }

    #[test]
    fn an_occasion_is_told_in_words() {
        for (occasion, zh, en) in [
            (ONCE, "一次性", "once"),
            (
                "2026-W08",
                "2026-02-16 至 2026-02-22",
                "2026-02-16 to 2026-02-22",
            ),
            // The first week of a year may begin in the year before.
            (
                "2026-W01",
                "2025-12-29 至 2026-01-04",
                "2025-12-29 to 2026-01-04",
            ),
            ("2026-09", "2026 年 9 月", "2026-09"),
            ("event:2026-09", "来函或事件", "on event"),
        ] {
            assert_eq!(occasion_name(occasion), Text::new(zh, en), "{occasion}");
        }
    }

    #[test]
    fn a_whole_week_has_the_whole_limit_from_its_monday() {
        assert_eq!(
            of(Recurrence::Week, 5, "2026-09-23"),
            Some(("2026-W39".into(), "2026-09-20".into(), 5))
        );
    }

    #[test]
    fn the_ends_of_the_term_shorten_the_limit() {
        // The term begins on Wednesday 2026-09-16. Its week has six working days, for Sunday 2026-09-20 is worked, and four of
        // them lie in the term: 5 × 4 / 6, rounded down.
        let first = of(Recurrence::Week, 5, "2026-09-16").expect("a period");
        assert_eq!(first, ("2026-W38".into(), "2026-09-15".into(), 3));
        // September has 22 working days (the 25th is a holiday), and eleven of them lie in the term: 20 × 11 / 22.
        let month = of(Recurrence::Month, 20, "2026-09-18").expect("a period");
        assert_eq!(month, ("2026-09".into(), "2026-09-15".into(), 10));
        let last = of(Recurrence::Week, 5, "2026-12-10").expect("a period");
        assert_eq!(last, ("2026-W50".into(), "2026-12-06".into(), 4));
    }

    #[test]
    fn nothing_is_owed_outside_the_term_or_in_a_part_without_working_days() {
        assert_eq!(of(Recurrence::Week, 5, "2026-09-15"), None);
        assert_eq!(of(Recurrence::Month, 20, "2026-12-11"), None);
        let golden = (day("2026-10-02"), day("2026-10-04"));
        assert_eq!(
            period(
                Recurrence::Week,
                5,
                golden,
                day("2026-10-03"),
                &Calendar::shipped()
            ),
            None
        );
    }

    #[test]
    fn lateness_counts_working_days() {
        let calendar = Calendar::shipped();
        assert_eq!(
            days_late(day("2026-09-30"), day("2026-09-30"), &calendar),
            0
        );
        assert_eq!(
            days_late(day("2026-09-30"), day("2026-10-07"), &calendar),
            0
        );
        assert_eq!(
            days_late(day("2026-09-30"), day("2026-10-08"), &calendar),
            1
        );
    }
}
