//! When something is owed, and what closes it.

use chrono::{Datelike, Days, Months, NaiveDate, Weekday};
use uuid::Uuid;

use super::{Model, State};
use crate::{
    calendar::rules::Calendar,
    commitment::{self, Recurrence},
    contract,
    deadline::{
        self, LegalEffect, pause,
        rules::{Approver, DeadlineError, NewPause},
    },
    error::{Explain, Fault, refusals},
    language::{self, Text, TooLong, optional_text, text},
    permission::{Action, Standing, require},
    policy::Margins,
    viewer::{Role, Viewer},
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
        Err(_) => Text::new("来电、来函或事件", "on event"),
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
    let (begins, ends) = match recurrence {
        Recurrence::Week => {
            let monday =
                today.checked_sub_days(Days::new(today.weekday().num_days_from_monday().into()))?;
            (monday, monday.checked_add_days(Days::new(6))?)
        }
        Recurrence::Month => {
            let begins = today.with_day(1)?;
            let ends = begins.checked_add_months(Months::new(1))?.pred_opt()?;
            (begins, ends)
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
        occasion: occasion(recurrence, today),
        started_on: eve,
        limit_days,
    })
}

/// What the period is called that `today` lies in: the same for every promise.
pub fn occasion(recurrence: Recurrence, today: NaiveDate) -> String {
    match recurrence {
        Recurrence::Week => {
            let week = today.iso_week();
            format!("{}-W{:02}", week.year(), week.week())
        }
        Recurrence::Month => today.format("%Y-%m").to_string(),
    }
}

refusals! {
    /// Why nothing was opened for an event.
    pub enum OpenError as "ObligationOpenErrorCode" {
        /// The promise is not one that events open.
        NotOnEvent = "NOT_ON_EVENT",
            "该承诺不由事件触发，系统会按期自动产生履约事项。",
            "This promise is not triggered by events: its obligations are created automatically.";
        /// The contract is not in force, or is suspended.
        NotInForce = "NOT_IN_FORCE", "契约不在履行中，不能产生履约事项。", "The contract is not in force: no obligations can be created under it.";
        /// The promise does not bind on that day.
        NotBinding = "NOT_BINDING", "该承诺在事件发生日不生效。", "The promise is not in effect on the day of the event.";
        /// The event lies in the future.
        InFuture = "IN_FUTURE", "事件发生日不能晚于今天。", "The event cannot be in the future.";
        /// The idempotency key is empty or longer than 60 characters.
        KeyInvalid = "KEY_INVALID", "请提供 1 至 60 个字符的幂等键。", "Give an idempotency key of 1 to 60 characters.";
        /// The key was used for another event.
        KeyReused = "KEY_REUSED", "该幂等键已用于另一事件，请换用新的键。", "This idempotency key was used for another event: use a new one.";
        /// The note is longer than 1000 characters.
        NoteTooLong = "NOTE_TOO_LONG", "事件说明不得超过 1000 字。", "The note may have at most 1000 characters.";
    }
}

/// Events open only those promises that stand for them.
pub fn require_on_event(promise: &commitment::Model) -> Result<(), OpenError> {
    if promise.kind == commitment::Kind::OnEvent {
        Ok(())
    } else {
        Err(OpenError::NotOnEvent)
    }
}

/// Something becomes due only while the contract runs.
pub fn require_running(contract: &contract::Model) -> Result<(), OpenError> {
    if contract::State::RUNNING.contains(&contract.state) {
        Ok(())
    } else {
        Err(OpenError::NotInForce)
    }
}

refusals! {
    /// Why an obligation was not closed.
    pub enum CloseError as "ObligationCloseErrorCode" {
        /// It is closed already.
        Closed = "CLOSED", "该事项已经办结，不能再次办理。", "This obligation is already closed.";
        /// Neither a file nor a note proves it, or the note is too long.
        EvidenceMissing = "EVIDENCE_MISSING",
            "请上传履约凭证或填写说明（不超过 1000 字）。",
            "Attach the evidence as a file or as a note (up to 1000 characters).";
        /// The note says nothing: one character, or the same one again and again.
        EvidenceEmpty = "EVIDENCE_EMPTY",
            "说明没有内容，请写明何时办理、办了什么、结果如何。",
            "The note is not meaningful: write when it was done, what was done, and the result.";
        /// The file does not exist, or is about another enterprise.
        EvidenceUnknown = "EVIDENCE_UNKNOWN", "找不到该凭证文件，或文件属于其他企业。", "The file was not found, or it belongs to another enterprise.";
        /// It is not overdue: what can still be kept is not missed.
        NotOverdue = "NOT_OVERDUE", "尚未超期，不能登记为未履行。", "It is not overdue and can still be fulfilled.";
        /// A reason is missing or too long.
        ReasonInvalid = "REASON_INVALID",
            "请填写对企业公开的原因（不超过 1000 字）。",
            "Enter a reason; the enterprise can read it (up to 1000 characters).";
        /// It was done on a day to come.
        DoneInFuture = "DONE_IN_FUTURE", "办理日期不能晚于今天。", "The date of completion cannot be after today.";
        /// It was done before it was owed.
        DoneTooEarly = "DONE_TOO_EARLY", "办理日期早于该事项的起算日，请核对。", "The date of completion is before the start of the time limit: check the date.";
        /// It was done longer ago than the park lets anybody enter it.
        DoneTooLongAgo = "DONE_TOO_LONG_AGO",
            "办理日期距今超过可补录的工作日数，请按实际登记日办结，并在说明中写明办理日期。",
            "This date is further back than the park allows: record it as kept today, and state the actual date in the note.";
        /// It was done on an earlier day, and nobody says why it is entered now.
        BackdatingReason = "BACKDATING_REASON",
            "办理日期早于今天，请说明为何当日未登记（不超过 1000 字）。",
            "It was done on an earlier day: explain why it was not recorded then (up to 1000 characters).";
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

/// Why a promise is not recorded as kept by one note for several.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TogetherError {
    /// What the law sets is proved one by one.
    Statutory,
    /// It is another promise than the others: one note cannot say what was done for both.
    OtherPromise,
}

impl Explain for TogetherError {
    fn explain(&self) -> Text {
        match self {
            Self::Statutory => Text::new(
                "法定时限的事项须逐项登记凭证，请打开后单独办理。",
                "What the law sets is recorded with evidence of its own: open it and record it alone.",
            ),
            Self::OtherPromise => Text::new(
                "与所选第一项不是同一承诺，一份办理情况不能同时说明，请单独办理。",
                "This is another promise than the first one chosen, and one note cannot describe both: record it alone.",
            ),
        }
    }
}

/// Whether a promise in these words, with a limit of this effect, may be recorded as kept by the note that records the promise
/// `first`: one occasion can serve many enterprises, but only with what they were all promised.
pub fn together(first: &str, promise: &str, effect: LegalEffect) -> Result<(), TogetherError> {
    if effect == LegalEffect::Statutory {
        Err(TogetherError::Statutory)
    } else if first == promise {
        Ok(())
    } else {
        Err(TogetherError::OtherPromise)
    }
}

/// The note that proves something, when a file does not. One character is no evidence, nor is the same one again and again.
pub fn evidence(note: Option<String>, with_file: bool) -> Result<Option<String>, CloseError> {
    let note = optional_text(note, 1000).map_err(|TooLong| CloseError::EvidenceMissing)?;
    let Some(note) = note else {
        return with_file.then_some(None).ok_or(CloseError::EvidenceMissing);
    };
    let mut said = note.chars().filter(|each| each.is_alphanumeric());
    let first = said.next();
    if said.all(|each| Some(each) == first) {
        return Err(CloseError::EvidenceEmpty);
    }
    Ok(Some(note))
}

/// When something was done, as a person tells it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// The day.
    pub on: NaiveDate,
    /// Why it is told on a later day.
    pub reason: Option<String>,
}

/// The first day on which something that is owed since `started_on` can have been done: of a recurring promise the first day of its
/// period, for its limit starts on the eve.
pub fn first_day(kind: commitment::Kind, started_on: NaiveDate) -> NaiveDate {
    match kind {
        commitment::Kind::Recurring => started_on.succ_opt().unwrap_or(started_on),
        commitment::Kind::Once | commitment::Kind::OnEvent => started_on,
    }
}

/// What a person tells `today` of when it was done, as it is kept: an earlier day needs a reason and does not lie further back than
/// the park allows. An error names its field.
pub fn done(
    told: Told,
    first: NaiveDate,
    today: NaiveDate,
    margins: Margins,
    calendar: &Calendar,
) -> Result<Told, (&'static str, CloseError)> {
    let Told { on, reason } = told;
    if on > today {
        return Err(("doneOn", CloseError::DoneInFuture));
    }
    if on == today {
        return Ok(Told { on, reason: None });
    }
    if on < first {
        return Err(("doneOn", CloseError::DoneTooEarly));
    }
    if calendar.working_days_between(on, today).unsigned_abs() > margins.backdating {
        return Err(("doneOn", CloseError::DoneTooLongAgo));
    }
    let reason = text(&reason.unwrap_or_default(), 1000)
        .ok_or(("backdatingReason", CloseError::BackdatingReason))?;
    Ok(Told {
        on,
        reason: Some(reason),
    })
}

/// Something recorded elsewhere that may have kept a promise: a visit, a report of progress.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Deed {
    /// Towards whom.
    pub enterprise_id: Uuid,
    /// On which day.
    pub on: NaiveDate,
    /// The kinds of evidence that it is.
    pub evidence: &'static [&'static str],
}

/// As who a person extends a time limit. What the law sets is for the head of the deciding body (行政许可法第四十二条): the head of the
/// `department` that decides, or a leader where that is none. Whoever else may change time limits is told so by the rule.
pub fn approver(
    viewer: &Viewer,
    standing: Standing,
    effect: LegalEffect,
    department: Option<Uuid>,
    margins: Margins,
) -> Result<Approver, Fault> {
    let role = viewer.role();
    if effect == LegalEffect::Statutory {
        let standing = match role {
            Some(Role::Leader) if department.is_none() => Standing::OwnDepartment,
            Some(Role::DepartmentHead) if department.is_none() => Standing::None,
            _ => standing,
        };
        if require(viewer, Action::ExtendStatutoryLimit, standing).is_ok() {
            return Ok(Approver::Head);
        }
    }
    require(viewer, Action::ChangeDeadline, standing)?;
    Ok(match role {
        Some(Role::Centre) | None => Approver::Centre,
        Some(_) => Approver::Handler {
            margin: margins.extension,
        },
    })
}

/// Only what is open can be closed.
pub fn require_open(obligation: &Model) -> Result<(), CloseError> {
    if obligation.state == State::Open {
        Ok(())
    } else {
        Err(CloseError::Closed)
    }
}

/// Only what is overdue can be declared missed: what can still be kept is not.
pub fn require_overdue(
    obligation: &Model,
    limit: &deadline::Model,
    today: NaiveDate,
) -> Result<(), CloseError> {
    require_open(obligation)?;
    if limit.state != deadline::State::Running || today <= limit.due_on {
        return Err(CloseError::NotOverdue);
    }
    Ok(())
}

/// Stands for the reason that somebody will give: a change is tried on a copy, so that what is possible is never written beside the
/// rules themselves.
const SOME_REASON: &str = "-";

/// Whether a time limit can be paused today, on a ground that stops every limit.
pub fn can_pause(
    limit: &deadline::Model,
    today: NaiveDate,
    calendar: &Calendar,
) -> Result<(), DeadlineError> {
    let pause = NewPause {
        kind: pause::Kind::Hearing,
        reason: SOME_REASON.to_owned(),
        document_id: Uuid::nil(),
        started_on: today,
        expected_end_on: None,
    };
    limit.value().pause(&pause, today, calendar)
}

/// Whether a time limit can run again today.
pub fn can_resume(
    limit: &deadline::Model,
    today: NaiveDate,
    calendar: &Calendar,
) -> Result<(), DeadlineError> {
    limit.value().resume(today, today, calendar)
}

/// Whether a time limit can be extended today, by one day at least.
pub fn can_extend(
    limit: &deadline::Model,
    by: Approver,
    today: NaiveDate,
    calendar: &Calendar,
) -> Result<(), DeadlineError> {
    limit.value().extend(1, SOME_REASON, by, today, calendar)
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
    fn one_note_records_the_same_promise_to_many_and_nothing_the_law_sets() {
        use LegalEffect::{Planned, Promised, Statutory};
        for (promise, effect, outcome) in [
            ("每季度走访", Promised, Ok(())),
            ("每季度走访", Planned, Ok(())),
            ("两日内答复", Promised, Err(TogetherError::OtherPromise)),
            ("每季度走访", Statutory, Err(TogetherError::Statutory)),
        ] {
            assert_eq!(together("每季度走访", promise, effect), outcome);
        }
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
            ("event:2026-09", "来电、来函或事件", "on event"),
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
    fn one_character_is_no_evidence() {
        let note = |text: &str| evidence(Some(text.to_owned()), false);
        for empty in ["1", "。", "x.", "好好好", "- -"] {
            assert_eq!(note(empty), Err(CloseError::EvidenceEmpty), "{empty}");
        }
        for missing in ["", "  "] {
            assert_eq!(note(missing), Err(CloseError::EvidenceMissing));
        }
        assert_eq!(note(" 已办 "), Ok(Some("已办".to_owned())));
        assert_eq!(evidence(None, true), Ok(None));
        let long = Some("已办".repeat(501));
        assert_eq!(evidence(long, true), Err(CloseError::EvidenceMissing));
    }

    #[test]
    fn what_was_done_earlier_says_why_and_does_not_lie_far_back() {
        use CloseError::{BackdatingReason, DoneInFuture, DoneTooEarly, DoneTooLongAgo};
        let margins = Margins {
            backdating: 2,
            ..Margins::default()
        };
        let (first, today) = (day("2026-09-28"), day("2026-10-09"));
        for (on, reason, outcome) in [
            ("2026-10-09", None, Ok(None)),
            ("2026-10-09", Some("x"), Ok(None)),
            ("2026-10-10", Some("出差"), Err(("doneOn", DoneInFuture))),
            ("2026-10-08", Some(" 出差 "), Ok(Some("出差"))),
            (
                "2026-10-08",
                None,
                Err(("backdatingReason", BackdatingReason)),
            ),
            // Two working days, over the holiday.
            ("2026-09-30", Some("出差"), Ok(Some("出差"))),
            ("2026-09-29", Some("出差"), Err(("doneOn", DoneTooLongAgo))),
            ("2026-09-27", Some("出差"), Err(("doneOn", DoneTooEarly))),
        ] {
            let told = Told {
                on: day(on),
                reason: reason.map(str::to_owned),
            };
            let kept = done(told, first, today, margins, &Calendar::shipped());
            let reason = kept.map(|kept| kept.reason);
            assert_eq!(
                reason,
                outcome.map(|reason| reason.map(str::to_owned)),
                "{on}"
            );
        }
        let eve = day("2026-09-27");
        assert_eq!(first_day(commitment::Kind::Recurring, eve), first);
        assert_eq!(first_day(commitment::Kind::OnEvent, eve), eve);
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
