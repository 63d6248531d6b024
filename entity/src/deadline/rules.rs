//! What may happen to a time limit, as a pure value: when it is due, which light it shows, and why.

use chrono::{Days, NaiveDate};

use super::{LegalEffect, Model, OnExpiry, Reckoning, State, Unit, pause};
use crate::{calendar::rules::Calendar, language::Text, term::term};

mod change;
mod ending;
mod explain;
mod light;
mod limit;

pub use change::{Approver, DeadlineError, NewPause};
pub use ending::Threshold;
pub use explain::{Role, Step, StepRole};
use light::overdue;
pub use light::{Light, LightDays, is_yellow, light};
pub use limit::{LONGEST_LIMIT, Limit, LimitError};

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

    /// The budget: the limit as extended.
    pub fn budget(&self) -> u32 {
        self.terms.limit.days + self.extension
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
        let lawful: Vec<pause::Model> = pauses.iter().filter(stops).cloned().collect();
        let lawful = lawful_extension.holding(&lawful, calendar);
        lawful_extension.stages(&lawful, calendar).pop()
    }

    /// Those of these pauses that hold it up, in order: what is past its day stays past, and a pause that begins later holds up nothing more.
    fn holding(&self, pauses: &[pause::Model], calendar: &Calendar) -> Vec<pause::Model> {
        let mut holding: Vec<pause::Model> = Vec::new();
        for pause in in_order(pauses) {
            let stage = self.stages(&holding, calendar).pop();
            let past =
                |stage: Self| stage.state == State::Running && stage.due_on < pause.started_on;
            if stage.is_some_and(past) {
                break;
            }
            holding.push(pause.clone());
        }
        holding
    }

    /// The same open time limit if the pause that began on that day had never been: counted anew from its start event, with the pauses that still hold
    /// it up.
    pub fn without_pause(
        &self,
        pauses: &[pause::Model],
        started_on: NaiveDate,
        calendar: &Calendar,
    ) -> (Self, Vec<pause::Model>) {
        let others = pauses.iter().filter(|pause| pause.started_on != started_on);
        let others: Vec<pause::Model> = others.cloned().collect();
        let holding = self.holding(&others, calendar);
        (self.recounted(&holding, calendar), holding)
    }

    /// The same open time limit by so many days shorter that it ends by `latest`, as far as that is possible.
    pub fn shortened(
        &self,
        latest: NaiveDate,
        pauses: &[pause::Model],
        calendar: &Calendar,
    ) -> Self {
        let mut shorter = self.clone();
        while shorter.due_on > latest && shorter.budget() > 0 {
            match shorter.terms.limit.days {
                0 => shorter.extension -= 1,
                _ => shorter.terms.limit.days -= 1,
            }
            shorter = shorter.recounted(pauses, calendar);
        }
        shorter
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

#[cfg(test)]
mod tests;
