//! What people do with a time limit: pause, resume, extend it, meet or miss it.

use chrono::NaiveDate;
use uuid::Uuid;

use super::{
    super::{LegalEffect, State, pause},
    Deadline, LONGEST_LIMIT, before,
};
use crate::{calendar::rules::Calendar, error::refusals};

/// Who extends a time limit: by how many days he may depends on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Approver {
    /// 经办人: whoever handles the promise, within what the park leaves to him.
    Handler {
        /// How many days that are.
        margin: u32,
    },
    /// 企业服务中心: any promise.
    Centre,
    /// 决定机关负责人: what the law sets, by the days of its rule (行政许可法第四十二条).
    Head,
}

/// A pause as asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewPause {
    /// On what ground.
    pub kind: pause::Kind,
    /// Why, in words.
    pub reason: String,
    /// The written notice.
    pub document_id: Uuid,
    /// The first day that is not counted.
    pub started_on: NaiveDate,
    /// The end that the notice names.
    pub expected_end_on: Option<NaiveDate>,
}

refusals! {
    /// Why a time limit was not changed.
    pub enum DeadlineError as "DeadlineErrorCode" {
        /// It is met, missed or cancelled.
        Closed = "CLOSED", "该时限已结束，不能再变更。", "This time limit is closed and can no longer be changed.";
        /// It is paused already.
        AlreadyPaused = "ALREADY_PAUSED", "该时限已暂停，请先恢复。", "The time limit is already paused: resume it first.";
        /// It is not paused.
        NotPaused = "NOT_PAUSED", "该时限未暂停，无需恢复。", "The time limit is not paused: there is nothing to resume.";
        /// A reason is missing.
        ReasonMissing = "REASON_MISSING", "请填写理由。", "Enter a reason.";
        /// The reason has more than 1000 characters.
        ReasonTooLong = "REASON_TOO_LONG", "理由不得超过1000字。", "The reason may have at most 1,000 characters.";
        /// A limit of the same day cannot be paused.
        SameDay = "SAME_DAY", "当日办结的时限不能暂停。", "A same-day limit cannot be paused.";
        /// What two sides agree does not stop a limit that the law sets.
        AgreementAgainstLaw = "AGREEMENT_AGAINST_LAW",
            "法定时限不能因双方约定暂停计时，只能按法律规定的事由暂停（行政许可法第四十五条）。",
            "An agreement of both sides cannot pause a statutory limit; only the grounds named in the law can (Administrative Licence Law, \
             article 45).";
        /// There is no such written notice, or it is about another enterprise.
        DocumentUnknown = "DOCUMENT_UNKNOWN", "找不到该书面通知，请先上传文件。", "The written notice was not found: upload the file first.";
        /// The due date has passed.
        Expired = "EXPIRED", "时限已过，不能再暂停或延长。", "The due date has passed: the time limit can no longer be paused or extended.";
        /// The pause would begin before the limit last began to run.
        PauseTooEarly = "PAUSE_TOO_EARLY",
            "暂停不能早于本次起算日，请核对日期。",
            "The pause cannot begin before the time limit last started to run: check the date.";
        /// The pause would begin in the future.
        PauseInFuture = "PAUSE_IN_FUTURE", "暂停起始日不能晚于今天。", "The pause cannot begin after today.";
        /// The expected end lies before the beginning.
        EndBeforeStart = "END_BEFORE_START", "结束日不能早于起始日。", "The end cannot be before the start.";
        /// The pause would end in the future.
        EndInFuture = "END_IN_FUTURE", "恢复日不能晚于今天。", "The pause cannot end after today.";
        /// It was extended once.
        AlreadyExtended = "ALREADY_EXTENDED", "时限只能延长一次。", "A time limit can be extended only once.";
        /// An extension has at least one day, and not more than a limit may have.
        ExtensionLength = "EXTENSION_LENGTH", "延长期限应不少于1日。", "An extension must be at least one day and at most a hundred years.";
        /// What the law sets is extended by the head of the deciding body alone.
        HeadDecides = "HEAD_DECIDES",
            "法定时限的延长须由主管部门负责人批准；没有主管部门的，以及统一、联合、集中办理的，由管委会领导批准（行政许可法第四十二条）。",
            "Only the head of the department in charge can extend a statutory limit, or a leader if no department is in charge or several \
             bodies act jointly (Administrative Licence Law, article 42).";
        /// The rule of the limit allows fewer days, or no extension at all.
        BeyondLaw = "BEYOND_LAW",
            "超出法律允许延长的日数，请按该时限的法律依据办理。",
            "The law does not allow an extension by so many days: see the legal basis of this limit.";
        /// So many days are for the service centre to grant.
        BeyondMargin = "BEYOND_MARGIN",
            "超出经办人可以延长的日数，请由企业服务中心办理。",
            "This exceeds the days by which the person in charge may extend a promise: ask the enterprise service centre.";
        /// It is not overdue, so it cannot be missed.
        NotOverdue = "NOT_OVERDUE", "时限未到，不能登记为未完成。", "It is not overdue and cannot be declared missed.";
    }
}

fn check_reason(reason: &str) -> Result<(), DeadlineError> {
    match reason.trim().chars().count() {
        0 => Err(DeadlineError::ReasonMissing),
        1..=1_000 => Ok(()),
        _ => Err(DeadlineError::ReasonTooLong),
    }
}

impl Deadline {
    /// Pauses it. Days on which a pause is open at any time are not counted, the first and the last included.
    pub fn pause(
        &mut self,
        pause: &NewPause,
        today: NaiveDate,
        calendar: &Calendar,
    ) -> Result<(), DeadlineError> {
        self.require_open()?;
        let since = self.running_since.ok_or(DeadlineError::AlreadyPaused)?;
        if !pause.kind.stops(self.terms.legal_effect) {
            return Err(DeadlineError::AgreementAgainstLaw);
        }
        check_reason(&pause.reason)?;
        if self.terms.limit.days == 0 {
            return Err(DeadlineError::SameDay);
        }
        if pause.started_on > today {
            return Err(DeadlineError::PauseInFuture);
        }
        if pause.started_on < since {
            return Err(DeadlineError::PauseTooEarly);
        }
        // What is overdue stays overdue, also when the pause is dated back.
        if today > self.due_on {
            return Err(DeadlineError::Expired);
        }
        if pause
            .expected_end_on
            .is_some_and(|end| end < pause.started_on)
        {
            return Err(DeadlineError::EndBeforeStart);
        }
        self.stop(pause.started_on, pause.expected_end_on, calendar);
        Ok(())
    }

    pub(super) fn stop(
        &mut self,
        on: NaiveDate,
        expected_end: Option<NaiveDate>,
        calendar: &Calendar,
    ) {
        self.consumed = self.consumed_through(before(on), calendar);
        self.running_since = None;
        self.paused_on = Some(on);
        self.resume_expected_on = expected_end;
        self.state = State::Paused;
        self.derive(calendar);
    }

    /// Resumes it; `ended_on` is the last day that is not counted.
    pub fn resume(
        &mut self,
        ended_on: NaiveDate,
        today: NaiveDate,
        calendar: &Calendar,
    ) -> Result<(), DeadlineError> {
        self.require_open()?;
        let paused_on = self.paused_on.ok_or(DeadlineError::NotPaused)?;
        if ended_on < paused_on {
            return Err(DeadlineError::EndBeforeStart);
        }
        if ended_on > today {
            return Err(DeadlineError::EndInFuture);
        }
        self.restart(ended_on, calendar);
        Ok(())
    }

    pub(super) fn restart(&mut self, ended_on: NaiveDate, calendar: &Calendar) {
        self.running_since = Some(ended_on);
        self.paused_on = None;
        self.resume_expected_on = None;
        self.state = State::Running;
        self.derive(calendar);
    }

    /// By how many days `by` may extend it.
    pub fn extension_at_most(&self, by: Approver) -> u32 {
        match (self.terms.legal_effect, by) {
            (LegalEffect::Statutory, Approver::Head) => self.terms.extension,
            (LegalEffect::Statutory, _) | (_, Approver::Head) => 0,
            (_, Approver::Handler { margin }) => margin,
            (_, Approver::Centre) => LONGEST_LIMIT,
        }
    }

    /// Extends it, once and before it expires, as far as whoever does it may; the days are counted from the old due date.
    pub fn extend(
        &mut self,
        days: u32,
        reason: &str,
        by: Approver,
        today: NaiveDate,
        calendar: &Calendar,
    ) -> Result<(), DeadlineError> {
        self.require_open()?;
        if self.extension > 0 {
            return Err(DeadlineError::AlreadyExtended);
        }
        if !(1..=LONGEST_LIMIT).contains(&days) {
            return Err(DeadlineError::ExtensionLength);
        }
        if days > self.extension_at_most(by) {
            return Err(match (self.terms.legal_effect, by) {
                (LegalEffect::Statutory, Approver::Head) => DeadlineError::BeyondLaw,
                (LegalEffect::Statutory, _) => DeadlineError::HeadDecides,
                _ => DeadlineError::BeyondMargin,
            });
        }
        check_reason(reason)?;
        if today > self.forecast(today, calendar) {
            return Err(DeadlineError::Expired);
        }
        self.extension = days;
        self.extension_reason = Some(reason.trim().to_owned());
        self.derive(calendar);
        Ok(())
    }

    /// It was met on `on`, in time or late. A pause ends with it.
    pub fn meet(&mut self, on: NaiveDate, calendar: &Calendar) -> Result<(), DeadlineError> {
        self.close(State::Met, on, calendar)
    }

    /// It is declared missed: only when it is overdue, never by itself.
    pub fn miss(&mut self, on: NaiveDate, calendar: &Calendar) -> Result<(), DeadlineError> {
        self.require_open()?;
        if self.state == State::Paused || on <= self.due_on {
            return Err(DeadlineError::NotOverdue);
        }
        self.close(State::Missed, on, calendar)
    }

    /// It is no longer asked for.
    pub fn cancel(&mut self, on: NaiveDate, calendar: &Calendar) -> Result<(), DeadlineError> {
        self.close(State::Cancelled, on, calendar)
    }

    fn close(
        &mut self,
        state: State,
        on: NaiveDate,
        calendar: &Calendar,
    ) -> Result<(), DeadlineError> {
        self.require_open()?;
        if let Some(paused_on) = self.paused_on {
            self.restart(on.max(paused_on), calendar);
        }
        self.running_since = None;
        self.state = state;
        self.closed_on = Some(on);
        Ok(())
    }

    fn require_open(&self) -> Result<(), DeadlineError> {
        if self.state.is_open() {
            Ok(())
        } else {
            Err(DeadlineError::Closed)
        }
    }
}
