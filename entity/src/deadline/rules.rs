//! What may happen to a time limit, as a pure value: when it is due, which light it shows, and why.

use std::{fmt, str::FromStr};

use chrono::{Datelike, Days, NaiveDate};
use uuid::Uuid;

use super::{LegalEffect, Model, OnExpiry, Reckoning, State, Unit, pause};
use crate::{
    calendar::rules::{Calendar, DayKind, fixed_holiday},
    error::{Explain, refusals},
    language::{Language, Text},
    term::{Term, term},
};

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
    fn back_from(self, end: NaiveDate, calendar: &Calendar) -> NaiveDate {
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

// Mildest first, so that the worst is the greatest. Grey stands apart: the limit is paused or was cancelled.
term! {
    /// The traffic light of a deadline (红绿灯).
    pub enum Light as "Light" {
        /// Lawfully paused, or cancelled.
        Grey = "GREY", "暂停", "Paused";
        /// Enough days left, or met in time.
        Green = "GREEN", "正常", "On track";
        /// At most 30 % of the working days are left.
        Yellow = "YELLOW", "临近到期", "Due soon";
        /// Due within one working day.
        Orange = "ORANGE", "一个工作日内到期", "Due within one working day";
        /// Overdue.
        Red = "RED", "已超承诺时限", "Overdue";
        /// Overdue, and the law had set the limit.
        Black = "BLACK", "已超法定时限", "Statutory limit passed";
    }
}

/// The light of a limit of `length` working days with `remaining` left. The more severe light wins, so that a limit of three
/// days or fewer is never yellow.
pub fn light(effect: LegalEffect, length: i32, remaining: i32) -> Light {
    if remaining < 0 {
        overdue(effect)
    } else if remaining <= i32::from(length >= 3) {
        Light::Orange
    } else if is_yellow(length, remaining) {
        Light::Yellow
    } else {
        Light::Green
    }
}

/// The light of what is overdue.
fn overdue(effect: LegalEffect) -> Light {
    match effect {
        LegalEffect::Statutory => Light::Black,
        LegalEffect::Planned | LegalEffect::Promised => Light::Red,
    }
}

/// When is a commitment yellow: when at most 30 % of its working days (rounded up) remain to the due date, and the limit has
/// three working days or more. A percentage alone would be useless for short limits.
pub fn is_yellow(length: i32, remaining: i32) -> bool {
    length >= 3 && remaining <= (3 * length + 9) / 10
}

/// The days on which an open time limit changes its light (变灯日): from each day on it shows at least that light. None where it never
/// does as things stand: no promise is ever black, and what is paused stays grey unless the law does not know the pause.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct LightDays {
    /// From this day on at least yellow.
    pub yellow_from: Option<NaiveDate>,
    /// At least orange.
    pub orange_from: Option<NaiveDate>,
    /// At least red.
    pub red_from: Option<NaiveDate>,
    /// Black.
    pub black_from: Option<NaiveDate>,
}

impl LightDays {
    /// The most severe light that has come by `on`; none before the first.
    pub fn light(self, on: NaiveDate) -> Option<Light> {
        let from = [
            (Light::Black, self.black_from),
            (Light::Red, self.red_from),
            (Light::Orange, self.orange_from),
            (Light::Yellow, self.yellow_from),
        ];
        let mut come = from
            .into_iter()
            .filter(|(_, from)| from.is_some_and(|from| from <= on));
        come.next().map(|(light, _)| light)
    }
}

/// When somebody is told of what ends by itself (提醒日).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Threshold {
    /// So many calendar days before the end.
    End(u64),
    /// So many working days before the last day of applying.
    Apply(u32),
}

impl Reckoning {
    /// When those concerned are told of it; nothing where its lights say that.
    pub fn thresholds(self) -> &'static [Threshold] {
        use Threshold::{Apply, End};
        match self {
            Self::Forward => &[],
            Self::Application => &[End(90), End(60), End(30), Apply(10), Apply(3)],
            Self::Term => &[End(60), End(30), End(10)],
        }
    }
}

term! {
    /// A side of a contract (契约双方).
    pub enum Side as "ContractSide" {
        /// Who keeps the promises: a later day gives it more time.
        Park = "PARK", "园区", "The park";
        /// To whom they were given: an earlier day is sooner for it.
        Enterprise = "ENTERPRISE", "企业", "The enterprise";
    }
}

impl Side {
    /// In whose favour a due date moves: a later day gives the park more time, an earlier one is sooner for the enterprise.
    pub fn favoured(from: NaiveDate, to: NaiveDate) -> Self {
        if to > from {
            Self::Park
        } else {
            Self::Enterprise
        }
    }

    /// How a due date moves in its favour, as letters and pages say it.
    pub fn moves(self) -> Text {
        match self {
            Self::Park => Text::new("推迟，有利于园区", "later, in favour of the park"),
            Self::Enterprise => {
                Text::new("提前，有利于企业", "sooner, in favour of the enterprise")
            }
        }
    }
}

/// What is laid down when a time limit is opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Terms {
    /// What it means to break it.
    pub legal_effect: LegalEffect,
    /// What happens when it runs out.
    pub on_expiry: OnExpiry,
    /// How long.
    pub limit: Limit,
    /// By how many days at most its rule lets it be extended; asked of limits that the law sets.
    pub extension: u32,
}

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

/// A time limit as a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deadline {
    /// What was laid down.
    pub terms: Terms,
    /// Which way it is counted.
    pub reckoning: Reckoning,
    /// The one extension, in the same unit; 0 when there is none.
    pub extension: u32,
    /// Why it was extended.
    pub extension_reason: Option<String>,
    /// The day of the start event, never counted; of what is counted back, the end from which it is.
    pub started_on: NaiveDate,
    /// Days used up before it last began to run.
    pub consumed: u32,
    /// The day after which it counts now.
    pub running_since: Option<NaiveDate>,
    /// The first day of the present pause.
    pub paused_on: Option<NaiveDate>,
    /// When the present pause is expected to end.
    pub resume_expected_on: Option<NaiveDate>,
    /// Where it stands.
    pub state: State,
    /// The last day on which it can be met.
    pub due_on: NaiveDate,
    /// Whether days without a published notice were counted.
    pub provisional: bool,
    /// The day on which it was met, missed or cancelled.
    pub closed_on: Option<NaiveDate>,
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
            "法定时限不能因双方约定而中止，只能按法律规定的事由中止（行政许可法第四十五条）。",
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

/// One stretch of counting: so many days after a day, up to and with the last of them.
struct Leg {
    from: NaiveDate,
    days: u32,
    end: NaiveDate,
}

impl Leg {
    fn new(from: NaiveDate, limit: Limit, calendar: &Calendar) -> Self {
        Self {
            from,
            days: limit.days,
            end: limit.due_after(from, calendar),
        }
    }
}

impl Deadline {
    /// Opens a time limit by its start event.
    pub fn open(terms: Terms, started_on: NaiveDate, calendar: &Calendar) -> Self {
        Self::opened(terms, Reckoning::Forward, started_on, calendar)
    }

    /// Opens what ends by itself on `end`: a permit whose renewal is applied for so long before, or a term. It is nobody's promise.
    pub fn ending(reckoning: Reckoning, lead: Limit, end: NaiveDate, calendar: &Calendar) -> Self {
        let terms = Terms {
            legal_effect: LegalEffect::Planned,
            on_expiry: OnExpiry::Warn,
            limit: lead,
            extension: 0,
        };
        Self::opened(terms, reckoning, end, calendar)
    }

    fn opened(
        terms: Terms,
        reckoning: Reckoning,
        started_on: NaiveDate,
        calendar: &Calendar,
    ) -> Self {
        let mut deadline = Self {
            terms,
            reckoning,
            extension: 0,
            extension_reason: None,
            started_on,
            consumed: 0,
            running_since: Some(started_on),
            paused_on: None,
            resume_expected_on: None,
            state: State::Running,
            due_on: started_on,
            provisional: false,
            closed_on: None,
        };
        deadline.derive(calendar);
        deadline
    }

    /// The same with another end, also when it was closed.
    pub fn moved(&self, lead: Limit, end: NaiveDate, calendar: &Calendar) -> Self {
        Self::ending(self.reckoning, lead, end, calendar)
    }

    /// Whether it ends by itself, and nobody owes anything by then.
    pub fn ends(&self) -> bool {
        self.reckoning != Reckoning::Forward
    }

    /// The day on which a threshold is crossed.
    fn crossed_on(&self, threshold: Threshold, calendar: &Calendar) -> NaiveDate {
        match threshold {
            Threshold::End(days) => days_before(self.started_on, days),
            Threshold::Apply(days) => before_working_days(self.due_on, days, calendar),
        }
    }

    /// Which thresholds have been crossed by `on`, the newest last: only that one is told. None once it has ended.
    pub fn crossed(&self, on: NaiveDate, calendar: &Calendar) -> Vec<Threshold> {
        if !self.state.is_open() || self.started_on < on {
            return Vec::new();
        }
        let thresholds = self.reckoning.thresholds().iter();
        let mut crossed: Vec<(NaiveDate, Threshold)> = thresholds
            .map(|threshold| (self.crossed_on(*threshold, calendar), *threshold))
            .filter(|(day, _)| *day <= on)
            .collect();
        crossed.sort_unstable();
        crossed.into_iter().map(|(_, one)| one).collect()
    }

    /// The day under which it is remembered what was told of it, so that another day is told anew: the due date, or the end.
    pub fn told_under(&self) -> NaiveDate {
        match self.reckoning {
            Reckoning::Forward => self.due_on,
            Reckoning::Application | Reckoning::Term => self.started_on,
        }
    }

    /// As what it is remembered that somebody was told.
    pub fn threshold(&self, threshold: Threshold) -> String {
        let end = self.started_on;
        match threshold {
            Threshold::End(days) => format!("E{days}:{end}"),
            Threshold::Apply(days) => format!("A{days}:{end}"),
        }
    }

    /// The budget: the limit as extended.
    pub fn budget(&self) -> u32 {
        self.terms.limit.days + self.extension
    }

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

    fn stop(&mut self, on: NaiveDate, expected_end: Option<NaiveDate>, calendar: &Calendar) {
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

    fn restart(&mut self, ended_on: NaiveDate, calendar: &Calendar) {
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

    /// The due date as things stand on `on`: while it is paused, what it would be if the pause ended as expected, or on `on` when
    /// that is later.
    pub fn forecast(&self, on: NaiveDate, calendar: &Calendar) -> NaiveDate {
        match self.paused_on {
            Some(paused_on) => {
                let end = self.resume_expected_on.unwrap_or(paused_on).max(on);
                self.due_when_running_since(end, calendar)
            }
            None => self.due_on,
        }
    }

    /// Working days left to the due date: 0 on the day itself, negative afterwards. While paused, what was left when the pause
    /// began. A late day counts from its beginning, also when it is a day off.
    pub fn remaining(&self, on: NaiveDate, calendar: &Calendar) -> i32 {
        let (on, due) = match self.paused_on {
            Some(paused_on) => (
                paused_on,
                self.due_when_running_since(before(paused_on), calendar),
            ),
            None => (self.closed_on.unwrap_or(on), self.due_on),
        };
        let days = calendar.working_days_between(on, due);
        if on > due { days.min(-1) } else { days }
    }

    /// By how many working days it is late on `on`; 0 when it is not.
    pub fn overdue_by(&self, on: NaiveDate, calendar: &Calendar) -> u32 {
        self.remaining(on, calendar).min(0).unsigned_abs()
    }

    /// The working days in the limit as extended; for a limit in calendar days, those it contained.
    pub fn length(&self, calendar: &Calendar) -> i32 {
        match self.terms.limit.unit {
            Unit::WorkingDay => i32::try_from(self.budget()).unwrap_or(i32::MAX),
            Unit::CalendarDay => {
                let end = self
                    .legs(self.started_on, 0, calendar)
                    .last()
                    .map_or(self.started_on, |leg| leg.end);
                calendar.working_days_between(self.started_on, end)
            }
        }
    }

    /// Its light on `on`. What is closed keeps the light of that day; met in time is green.
    pub fn light(&self, on: NaiveDate, calendar: &Calendar) -> Light {
        match self.state {
            State::Paused | State::Cancelled => Light::Grey,
            State::Met if self.closed_on.is_some_and(|closed| closed <= self.due_on) => {
                Light::Green
            }
            State::Running | State::Met | State::Missed => self.light_beneath(on, calendar),
        }
    }

    /// The days on which it changes its light, while it is open. Past its day by law it is black, whatever an agreement or too long an
    /// extension has put off (行政许可法第四十五条).
    pub fn light_days(&self, pauses: &[pause::Model], calendar: &Calendar) -> LightDays {
        let mut days = match self.state {
            State::Running => self.light_days_as_recorded(calendar),
            _ => LightDays::default(),
        };
        let of_law = self
            .by_law(pauses, calendar)
            .filter(|limit| self.state.is_open() && limit.state == State::Running);
        if let Some(limit) = of_law {
            let black = after(limit.due_on);
            for from in [
                &mut days.yellow_from,
                &mut days.orange_from,
                &mut days.red_from,
                &mut days.black_from,
            ] {
                *from = Some(from.map_or(black, |from| from.min(black)));
            }
        }
        days
    }

    fn light_days_as_recorded(&self, calendar: &Calendar) -> LightDays {
        if self.ends() {
            return self.light_days_of_an_end(calendar);
        }
        let length = self.length(calendar);
        let late = after(self.due_on);
        let from = |least: Light| {
            let shows = |left: &i32| light(self.terms.legal_effect, length, *left) >= least;
            let most = (0..).take_while(shows).last();
            most.map_or(late, |left: i32| {
                calendar.first_with_left(self.due_on, left.unsigned_abs())
            })
        };
        let is_law = self.terms.legal_effect == LegalEffect::Statutory;
        LightDays {
            yellow_from: Some(from(Light::Yellow)),
            orange_from: Some(from(Light::Orange)),
            red_from: Some(late),
            black_from: is_law.then_some(late),
        }
    }

    /// What ends by itself is yellow from its first threshold on.
    fn light_days_of_an_end(&self, calendar: &Calendar) -> LightDays {
        let late = after(self.due_on);
        let thresholds = self.reckoning.thresholds().iter();
        let first = thresholds.map(|threshold| self.crossed_on(*threshold, calendar));
        let yellow = first.min().unwrap_or(late).min(late);
        LightDays {
            yellow_from: Some(yellow),
            orange_from: Some(calendar.first_with_left(self.due_on, 1).clamp(yellow, late)),
            red_from: Some(late),
            black_from: None,
        }
    }

    /// The light without the grey: while paused, the one it had when the pause began.
    pub fn light_beneath(&self, on: NaiveDate, calendar: &Calendar) -> Light {
        if self.ends() {
            let come = self.light_days_of_an_end(calendar);
            return come.light(on).unwrap_or(Light::Green);
        }
        light(
            self.terms.legal_effect,
            self.length(calendar),
            self.remaining(on, calendar),
        )
    }

    /// The stretches that make up the limit when `consumed` days are used up and it runs since `since`: what is left of the
    /// limit, then the extension, which is counted from the old due date.
    fn legs(&self, since: NaiveDate, consumed: u32, calendar: &Calendar) -> Vec<Leg> {
        let Limit { days, unit } = self.terms.limit;
        if days > 0 && consumed >= days {
            let days = self.budget().saturating_sub(consumed);
            return vec![Leg::new(since, Limit { days, unit }, calendar)];
        }
        let days = days.saturating_sub(consumed);
        let mut legs = vec![Leg::new(since, Limit { days, unit }, calendar)];
        if self.extension > 0 {
            let days = self.extension;
            legs.push(Leg::new(legs[0].end, Limit { days, unit }, calendar));
        }
        legs
    }

    fn due_when_running_since(&self, since: NaiveDate, calendar: &Calendar) -> NaiveDate {
        self.legs(since, self.consumed, calendar)
            .last()
            .map_or(since, |leg| leg.end)
    }

    /// How many days of the budget are used up at the end of `day`. The last day of a stretch is used up on the day on which it
    /// is due and not earlier, also when a limit in calendar days moved over days off.
    fn consumed_through(&self, day: NaiveDate, calendar: &Calendar) -> u32 {
        let mut consumed = self.consumed;
        let Some(since) = self.running_since else {
            return consumed;
        };
        for leg in self.legs(since, self.consumed, calendar) {
            if day < leg.end {
                let days = match self.terms.limit.unit {
                    Unit::WorkingDay => i64::from(calendar.working_days_between(leg.from, day)),
                    Unit::CalendarDay => (day - leg.from).num_days(),
                };
                let most = leg.days.saturating_sub(1);
                return consumed + u32::try_from(days.max(0)).unwrap_or(most).min(most);
            }
            consumed += leg.days;
        }
        consumed
    }

    /// Sets what is derived.
    fn derive(&mut self, calendar: &Calendar) {
        let (end, lead) = (self.started_on, self.terms.limit);
        match self.reckoning {
            Reckoning::Forward => {}
            Reckoning::Application => {
                self.due_on = lead.back_from(end, calendar);
                let counted = match lead.unit {
                    Unit::WorkingDay => end,
                    Unit::CalendarDay => days_before(end, u64::from(lead.days)),
                };
                self.provisional = calendar.provisional_between(before(self.due_on), counted);
                return;
            }
            Reckoning::Term => {
                self.due_on = end;
                self.provisional = false;
                return;
            }
        }
        let since = self
            .running_since
            .or(self.resume_expected_on)
            .or(self.paused_on)
            .unwrap_or(self.started_on);
        self.due_on = self.due_when_running_since(since, calendar);
        self.provisional = self
            .terms
            .limit
            .is_provisional(self.started_on, self.due_on, calendar);
    }

    /// The same open time limit under another calendar: everything is counted again from its start event. A closed one is
    /// returned as it is.
    pub fn recounted(&self, pauses: &[pause::Model], calendar: &Calendar) -> Self {
        if !self.state.is_open() {
            return self.clone();
        }
        if self.ends() {
            return self.moved(self.terms.limit, self.started_on, calendar);
        }
        self.stages(pauses, calendar)
            .pop()
            .unwrap_or_else(|| self.clone())
    }

    /// When a limit that the law sets would have been due without what the law does not know: pauses by agreement, and more days than
    /// its rule adds. None when nothing of the kind has happened to it.
    pub fn due_by_law(&self, pauses: &[pause::Model], calendar: &Calendar) -> Option<NaiveDate> {
        Some(self.by_law(pauses, calendar)?.due_on)
    }

    /// An open limit as the law counts it, once it has passed by law: its light and its days overdue are those of the law, whatever an
    /// agreement has put off (行政许可法第四十五条).
    pub fn past_the_law(
        &self,
        pauses: &[pause::Model],
        on: NaiveDate,
        calendar: &Calendar,
    ) -> Option<Self> {
        if !self.state.is_open() {
            return None;
        }
        self.by_law(pauses, calendar)
            .filter(|limit| limit.state == State::Running && limit.due_on < on)
    }

    fn by_law(&self, pauses: &[pause::Model], calendar: &Calendar) -> Option<Self> {
        let effect = self.terms.legal_effect;
        let stops = |pause: &&pause::Model| pause.kind.stops(effect);
        let extended = effect == LegalEffect::Statutory && self.extension > self.terms.extension;
        if !extended && pauses.iter().all(|pause| stops(&pause)) {
            return None;
        }
        let lawful_extension = Self {
            extension: self.extension.min(self.terms.extension),
            ..self.clone()
        };
        let mut lawful: Vec<pause::Model> = Vec::new();
        for pause in in_order(pauses).into_iter().filter(stops) {
            // What is past its day by law stays past: a pause that begins later holds up nothing more.
            let stage = lawful_extension.stages(&lawful, calendar).pop()?;
            if stage.state == State::Running && stage.due_on < pause.started_on {
                break;
            }
            lawful.push(pause.clone());
        }
        lawful_extension.stages(&lawful, calendar).pop()
    }

    /// The time limit as it stood after its opening and after each beginning and end of a pause.
    fn stages(&self, pauses: &[pause::Model], calendar: &Calendar) -> Vec<Self> {
        let mut now = Self::open(self.terms, self.started_on, calendar);
        now.extension = self.extension;
        now.extension_reason.clone_from(&self.extension_reason);
        now.derive(calendar);
        let mut stages = vec![now.clone()];
        for pause in in_order(pauses) {
            now.stop(pause.started_on, pause.expected_end_on, calendar);
            stages.push(now.clone());
            if let Some(ended_on) = pause.ended_on {
                now.restart(ended_on, calendar);
                stages.push(now.clone());
            }
        }
        stages
    }

    /// Tells day by day how the due date comes about. It asks the same arithmetic that sets the date: a day counts when it uses
    /// up the budget.
    pub fn explain(&self, pauses: &[pause::Model], calendar: &Calendar) -> Vec<Step> {
        if self.ends() {
            return self.explain_back(calendar);
        }
        let stages = self.stages(pauses, calendar);
        let pauses = in_order(pauses);
        let mut steps = Vec::new();
        let mut count = 0;
        let mut day = self.started_on;
        // Stages alternate: it runs up to the first pause, is in it, runs up to the second, and so on. Looking for a pause by its
        // day would confuse two that begin on the same one.
        for (index, stage) in stages.iter().enumerate() {
            let pause = pauses.get(index / 2).copied();
            let (last, paused) = match stage.state {
                State::Running => (
                    pause.map_or(stage.due_on, |pause| before(pause.started_on)),
                    None,
                ),
                _ => {
                    let end = pause
                        .and_then(|pause| pause.ended_on.or(pause.expected_end_on))
                        .or(stage.paused_on);
                    (end.unwrap_or(day), pause)
                }
            };
            while day <= last {
                let consumed = match paused {
                    Some(_) => stage.consumed,
                    None => stage.consumed_through(day, calendar),
                };
                let counts = consumed > count;
                count = consumed;
                let same_day = self.budget() == 0 && day == stage.due_on;
                steps.push(Step {
                    day,
                    kind: calendar.day(day),
                    provisional: calendar.provisional(day),
                    role: match paused {
                        Some(pause) => Role::Paused {
                            kind: pause.kind,
                            reason: pause.reason.clone(),
                            document_id: pause.document_id,
                        },
                        None if counts => Role::Counted,
                        None if same_day => Role::SameDay {
                            moved: day != self.started_on,
                        },
                        None if day == self.started_on => Role::Start,
                        None => Role::Skipped,
                    },
                    count,
                    due: false,
                });
                day = day.succ_opt().unwrap_or(NaiveDate::MAX);
            }
        }
        // A pause that lasts: what follows if it ends as expected.
        if let Some(stage) = stages.last().filter(|stage| stage.state == State::Paused) {
            let mut running = stage.clone();
            running.restart(
                stage.resume_expected_on.or(stage.paused_on).unwrap_or(day),
                calendar,
            );
            while day <= running.due_on {
                let consumed = running.consumed_through(day, calendar);
                steps.push(Step {
                    day,
                    kind: calendar.day(day),
                    provisional: calendar.provisional(day),
                    role: if consumed > count {
                        Role::Counted
                    } else {
                        Role::Skipped
                    },
                    count: consumed,
                    due: false,
                });
                count = consumed;
                day = day.succ_opt().unwrap_or(NaiveDate::MAX);
            }
        }
        if let Some(step) = steps.last_mut() {
            step.due = true;
        }
        steps
    }
}

impl Deadline {
    /// The same of what is counted back, from the end to the last day of applying.
    fn explain_back(&self, calendar: &Calendar) -> Vec<Step> {
        let step = |day: NaiveDate, role: Role, count: u32| Step {
            day,
            kind: calendar.day(day),
            provisional: calendar.provisional(day),
            role,
            count,
            due: day == self.due_on,
        };
        let Limit { days, unit } = self.terms.limit;
        let mut steps = Vec::new();
        let mut count = 0;
        let mut day = self.started_on;
        while day > self.due_on {
            let counts = count < days
                && match unit {
                    Unit::WorkingDay => calendar.is_working_day(day),
                    Unit::CalendarDay => true,
                };
            count += u32::from(counts);
            let role = if counts { Role::Counted } else { Role::Skipped };
            steps.push(step(day, role, count));
            day = before(day);
        }
        steps.push(step(self.due_on, Role::Last, count));
        steps
    }
}

/// So many days before.
fn days_before(day: NaiveDate, days: u64) -> NaiveDate {
    day.checked_sub_days(Days::new(days)).unwrap_or(day)
}

/// The latest day after which, up to and with `day`, there are so many working days.
fn before_working_days(day: NaiveDate, working_days: u32, calendar: &Calendar) -> NaiveDate {
    let mut left = working_days;
    let mut at = day;
    while left > 0 {
        left -= u32::from(calendar.is_working_day(at));
        at = before(at);
    }
    at
}

fn in_order(pauses: &[pause::Model]) -> Vec<&pause::Model> {
    let mut pauses: Vec<_> = pauses.iter().collect();
    pauses.sort_by_key(|pause| (pause.started_on, pause.ended_on.unwrap_or(NaiveDate::MAX)));
    pauses
}

fn before(day: NaiveDate) -> NaiveDate {
    day.pred_opt().unwrap_or(NaiveDate::MIN)
}

fn after(day: NaiveDate) -> NaiveDate {
    day.succ_opt().unwrap_or(NaiveDate::MAX)
}

fn check_reason(reason: &str) -> Result<(), DeadlineError> {
    match reason.trim().chars().count() {
        0 => Err(DeadlineError::ReasonMissing),
        1..=1_000 => Ok(()),
        _ => Err(DeadlineError::ReasonTooLong),
    }
}

impl From<&Model> for Deadline {
    fn from(model: &Model) -> Self {
        Self {
            terms: Terms {
                legal_effect: model.legal_effect,
                on_expiry: model.on_expiry,
                limit: Limit {
                    days: model.limit_days.max(0).unsigned_abs(),
                    unit: model.unit,
                },
                extension: model.extension_limit.max(0).unsigned_abs(),
            },
            reckoning: model.reckoning,
            extension: model.extension_days.max(0).unsigned_abs(),
            extension_reason: model.extension_reason.clone(),
            started_on: model.started_on,
            consumed: model.consumed_days.max(0).unsigned_abs(),
            running_since: model.running_since,
            paused_on: model.paused_on,
            resume_expected_on: model.resume_expected_on,
            state: model.state,
            due_on: model.due_on,
            provisional: model.provisional,
            closed_on: model.closed_on,
        }
    }
}

impl Model {
    /// The time limit as a value.
    pub fn value(&self) -> Deadline {
        self.into()
    }

    /// The days on which it changes its light, as they are kept with it.
    pub fn light_days(&self) -> LightDays {
        LightDays {
            yellow_from: self.yellow_from,
            orange_from: self.orange_from,
            red_from: self.red_from,
            black_from: self.black_from,
        }
    }

    /// The same with these days kept.
    pub(crate) fn with_light_days(self, days: LightDays) -> Self {
        Self {
            yellow_from: days.yellow_from,
            orange_from: days.orange_from,
            red_from: days.red_from,
            black_from: days.black_from,
            ..self
        }
    }

    /// The same as it is after it was met on its last day.
    pub(crate) fn met_on_its_day(self) -> Self {
        Self {
            running_since: None,
            state: State::Met,
            closed_on: Some(self.due_on),
            ..self
        }
        .with_light_days(LightDays::default())
    }

    /// Its light on `on`. What is closed keeps the light of that day; met in time is green.
    pub fn light(&self, on: NaiveDate) -> Light {
        let come = self.light_days().light(on);
        match self.state {
            State::Running => come.unwrap_or(Light::Green),
            State::Paused => come.unwrap_or(Light::Grey),
            State::Cancelled => Light::Grey,
            State::Met if self.closed_on.is_some_and(|closed| closed <= self.due_on) => {
                Light::Green
            }
            State::Met | State::Missed => overdue(self.legal_effect),
        }
    }

    /// As it is told on `on`: by the day of the law once that has passed, whatever has put it off; else as it is recorded.
    pub fn as_told(mut self, on: NaiveDate, calendar: &Calendar) -> Self {
        if let Some(black) = self.black_from.filter(|black| *black <= on) {
            self.state = State::Running;
            self.paused_on = None;
            self.due_on = before(black);
            let limit = self.value().terms.limit;
            self.provisional = limit.is_provisional(self.started_on, self.due_on, calendar);
        }
        self
    }
}

term! {
    /// What a day does in the count of a deadline.
    pub enum StepRole as "DeadlineStepRole" {
        /// The day of the start event; it is not counted.
        Start = "START", "起算", "Start";
        /// It counts.
        Counted = "COUNTED", "计入", "Counted";
        /// It does not count: a day off.
        Skipped = "SKIPPED", "不计", "Not counted";
        /// The one day of a limit of the same day.
        SameDay = "SAME_DAY", "当日", "The same day";
        /// The last day, to which it is counted back from an end.
        Last = "LAST", "最后一日", "The last day";
        /// It does not count: the deadline was paused.
        Paused = "PAUSED", "暂停", "Paused";
    }
}

/// What a day does in the count, with what makes it so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Role {
    /// The day of the start event; it is not counted.
    Start,
    /// It counts.
    Counted,
    /// It does not count: a day off.
    Skipped,
    /// The one day of a limit of the same day.
    SameDay {
        /// Whether it started on a day off and moved here.
        moved: bool,
    },
    /// The last day, to which it is counted back from an end.
    Last,
    /// It does not count: the limit was paused.
    Paused {
        /// On what ground.
        kind: pause::Kind,
        /// Why.
        reason: String,
        /// The written notice.
        document_id: Uuid,
    },
}

/// One day of the explanation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// The day.
    pub day: NaiveDate,
    /// What the calendar says of it.
    pub kind: DayKind,
    /// Whether no notice of its year is published.
    pub provisional: bool,
    /// What it does in the count.
    pub role: Role,
    /// How many days are counted up to and with it.
    pub count: u32,
    /// Whether it is the due date.
    pub due: bool,
}

impl Role {
    /// The same without its reasons.
    pub fn plain(&self) -> StepRole {
        match self {
            Self::Start => StepRole::Start,
            Self::Counted => StepRole::Counted,
            Self::Skipped => StepRole::Skipped,
            Self::SameDay { .. } => StepRole::SameDay,
            Self::Last => StepRole::Last,
            Self::Paused { .. } => StepRole::Paused,
        }
    }
}

impl Step {
    /// The day in a sentence; `paper` is what the written notice of a pause is called, where its reader may know.
    pub fn explain(&self, paper: Option<&str>) -> Text {
        let (zh, en) = (
            self.day.weekday().word(Language::Chinese),
            self.day.weekday().word(Language::English),
        );
        let (kind_zh, kind_en) = match &self.kind {
            DayKind::Working | DayKind::Weekend => (String::new(), String::new()),
            DayKind::WorkedWeekend(name) => (
                format!("（{}调休上班）", name.zh),
                format!(" (worked for {})", name.en),
            ),
            DayKind::Holiday(name) => (format!("（{}放假）", name.zh), format!(" ({})", name.en)),
        };
        let (role_zh, role_en) = match &self.role {
            Role::Start => ("起算日，不计入".to_owned(), "start, not counted".to_owned()),
            Role::Counted => (format!("第{}日", self.count), format!("day {}", self.count)),
            Role::Skipped => match fixed_holiday(self.day).filter(|_| self.provisional) {
                Some(name) => (
                    format!("{}放假，不计入", name.zh),
                    format!("{}, not counted", name.en),
                ),
                None => ("不计入".to_owned(), "not counted".to_owned()),
            },
            Role::SameDay { moved: false } => {
                ("当日办结".to_owned(), "due the same day".to_owned())
            }
            Role::SameDay { moved: true } => (
                "起算日休息，顺延至本日办结".to_owned(),
                "due on this day, because it started on a day off".to_owned(),
            ),
            Role::Last => (
                "最后一个办理日".to_owned(),
                "the last day for it".to_owned(),
            ),
            Role::Paused { kind, reason, .. } => {
                let (zh, en) = match paper {
                    Some(name) => (format!("《{name}》"), format!("“{name}”")),
                    None => ("书面告知".to_owned(), "a written notice".to_owned()),
                };
                let Text {
                    zh: zh_kind,
                    en: en_kind,
                } = kind.inside();
                (
                    format!("暂停（{zh_kind}：{reason}；依据{zh}），不计入"),
                    format!("paused ({en_kind}: {reason}; by {en}), not counted"),
                )
            }
        };
        let (guess_zh, guess_en) = if self.provisional {
            ("，暂按周一至周五推算", ", provisional")
        } else {
            ("", "")
        };
        let (due_zh, due_en) = if self.due {
            ("，到期", ", due")
        } else {
            ("", "")
        };
        Text::new(
            format!("{} {zh}{kind_zh}：{role_zh}{guess_zh}{due_zh}", self.day),
            format!("{} {en}{kind_en}: {role_en}{guess_en}{due_en}", self.day),
        )
    }
}

#[cfg(test)]
mod tests;
