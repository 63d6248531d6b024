//! Silence that decides (默许): what becomes of a case whose office lets a time limit pass. Every application counts as accepted when nobody
//! says in time what is missing; beyond that only a law grants (classes T2 and T3), and by the park's own rule (T5) a case goes on inside of the
//! park until the office confirms. All of it is a function of the case and the day.

use chrono::NaiveDate;
use sea_orm::entity::prelude::StringLen;

use super::{Model, State, clock::Clock};
use crate::{
    calendar::rules::Calendar,
    catalogue::{Outcome, SilenceClass},
    deadline::{
        self, pause,
        rules::{Deadline, Limit, Terms},
    },
    outbox::facts::SilentStep,
    term::term,
};

pub mod decision;
pub mod repository;

term! {
    /// What silence brings about in a case (默许效果).
    pub enum Act as "SilentAct" in "String(StringLen::N(8))" {
        /// The application counts as accepted since its receipt.
        Accepted = "ACCEPTED", "视为受理", "Deemed accepted";
        /// It counts as granted by law.
        Granted = "GRANTED", "视为同意", "Deemed granted";
        /// It goes on inside of the park until the office confirms.
        Pending = "PENDING", "默许待确认", "Pending confirmation";
    }
}

impl Act {
    /// The same in letters.
    pub fn step(self) -> SilentStep {
        match self {
            Self::Accepted => SilentStep::Accepted,
            Self::Granted => SilentStep::Granted,
            Self::Pending => SilentStep::Pending,
        }
    }
}

/// So many working days before its last day the office is warned of what silence will bring about: the first time, again, and on that day.
pub const WARNED: [u32; 3] = [3, 1, 0];

/// How long the office has after a warning before silence acts by the park's own rule, and for the paper after it has acted.
pub const AFTERWARDS: Limit = Limit {
    days: 1,
    unit: deadline::Unit::WorkingDay,
};

/// What silence needs to know of a case.
#[derive(Clone, Copy, Debug)]
pub struct Facts<'a> {
    /// Where it stands.
    pub state: State,
    /// What silence of the office means, by the version of the item that it keeps.
    pub class: SilenceClass,
    /// When it was received.
    pub received_on: NaiveDate,
    /// Of an application to renew: what it renews.
    pub renewal: Option<Renewal>,
    /// Its open clocks.
    pub clocks: &'a [Running<'a>],
    /// When a warning of what silence will bring about first reached the department.
    pub warned_on: Option<NaiveDate>,
}

/// An open clock of a case.
#[derive(Clone, Copy, Debug)]
pub struct Running<'a> {
    /// Which.
    pub clock: Clock,
    /// Its time limit.
    pub limit: &'a Deadline,
    /// What has paused it.
    pub pauses: &'a [pause::Model],
}

/// What a case renews.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Renewal {
    /// What silence means on a renewal, by the version of the item.
    pub class: SilenceClass,
    /// The last day on which it could be applied for.
    pub apply_by: NaiveDate,
    /// The last day of the permit.
    pub ends_on: NaiveDate,
}

/// What silence does on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// Nothing.
    Nothing,
    /// The office is late, and that brings nothing about.
    Overdue,
    /// The office is to be warned: so many working days are left, one of [`WARNED`].
    Warn(u32),
    /// It acts.
    Acts(Act),
}

/// What silence will bring about in a case unless the office acts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Coming {
    /// What.
    pub act: Act,
    /// When which clock has run out.
    pub clock: Clock,
    /// The day that is shown, and by which is warned: the last one by the earlier reading of the law.
    pub shown_on: NaiveDate,
    /// The last day on which the office can act: by the later reading.
    pub last_day: NaiveDate,
    /// The day from which its limit is counted; of the first one the receipt, or that of the last correction.
    pub started_on: NaiveDate,
    /// How many working days the limit has.
    length: i32,
}

/// What silence would bring about in a case that stands so, and when which clock has run out. None where it never brings anything about.
pub fn at_the_end(state: State, class: SilenceClass) -> Option<(Act, Clock)> {
    match (state, class) {
        (State::Received, _) => Some((Act::Accepted, Clock::Notice)),
        (State::Accepted, SilenceClass::T2 | SilenceClass::T3) => {
            Some((Act::Granted, Clock::Statutory))
        }
        (State::Accepted, SilenceClass::T5) => Some((Act::Pending, Clock::Promised)),
        _ => None,
    }
}

/// What silence will bring about. None while the clock stands, and on a renewal that came too late or that no law grants.
pub fn coming(facts: &Facts<'_>, calendar: &Calendar) -> Option<Coming> {
    let (act, clock) = at_the_end(facts.state, facts.class)?;
    let runs =
        |one: &&Running<'_>| one.clock == clock && one.limit.state == deadline::State::Running;
    let running = facts.clocks.iter().find(runs)?;
    let (shown_on, last_day) = match (act, facts.class) {
        (Act::Granted, SilenceClass::T3) => {
            let renewal = facts.renewal?;
            let in_time = facts.received_on <= renewal.apply_by;
            if !in_time || renewal.class != SilenceClass::T3 {
                return None;
            }
            (renewal.ends_on, renewal.ends_on)
        }
        _ => readings(running, calendar),
    };
    Some(Coming {
        act,
        clock,
        shown_on,
        last_day,
        started_on: running.limit.started_on,
        length: running.limit.length(calendar),
    })
}

/// The last day of a limit by the earlier and by the later reading: a law that only says 日 may mean any days, or working days.
fn readings(running: &Running<'_>, calendar: &Calendar) -> (NaiveDate, NaiveDate) {
    let due = running.limit.due_on;
    let Limit { days, unit } = running.limit.terms.limit;
    if unit == deadline::Unit::WorkingDay || days == 0 {
        return (due, due);
    }
    let in_working_days = Deadline {
        terms: Terms {
            limit: Limit::working_days(days),
            ..running.limit.terms
        },
        ..running.limit.clone()
    };
    let other = in_working_days.recounted(running.pauses, calendar).due_on;
    (due.min(other), due.max(other))
}

impl Coming {
    /// The first day on which silence acts. By the park's own rule not before a warning has reached the department and a working day has passed: none as
    /// long as nobody was warned. A law asks for no warning.
    pub fn acts_on(&self, warned_on: Option<NaiveDate>, calendar: &Calendar) -> Option<NaiveDate> {
        let last_day = match self.act {
            Act::Accepted | Act::Granted => self.last_day,
            Act::Pending => self
                .last_day
                .max(AFTERWARDS.due_after(warned_on?, calendar)),
        };
        last_day.succ_opt()
    }

    /// From when on it counts: an acceptance from the receipt, all else from the day on which silence acts.
    pub fn counts_from(&self, acts_on: NaiveDate) -> NaiveDate {
        match self.act {
            Act::Accepted => self.started_on,
            Act::Granted | Act::Pending => acts_on,
        }
    }

    /// Which warning holds on `day`, in working days before the day that is shown. A limit that is not longer than that has no such warning.
    pub fn warning(&self, day: NaiveDate, calendar: &Calendar) -> Option<u32> {
        let holds = |left: &u32| {
            let fits = *left == 0 || i64::from(self.length) > i64::from(*left);
            fits && calendar.first_with_left(self.shown_on, *left) <= day
        };
        WARNED.into_iter().rev().find(holds)
    }
}

/// What silence does in a case on `day`.
pub fn silence(facts: &Facts<'_>, day: NaiveDate, calendar: &Calendar) -> What {
    let Some(coming) = coming(facts, calendar) else {
        let late = facts
            .clocks
            .iter()
            .any(|one| one.limit.state == deadline::State::Running && one.limit.due_on < day);
        return if late { What::Overdue } else { What::Nothing };
    };
    match coming.acts_on(facts.warned_on, calendar) {
        Some(on) if on <= day => What::Acts(coming.act),
        _ => coming
            .warning(day, calendar)
            .map_or(What::Nothing, What::Warn),
    }
}

/// Whether what a case shows as its result is none of a person: silence has granted it, or has let it go on.
pub fn is_silent(case: &Model) -> bool {
    case.outcome == Some(Outcome::DeemedGranted) || case.state == State::PendingConfirmation
}

/// Whether the department still owes the paper of what silence has granted.
pub fn owes_paper(case: &Model) -> bool {
    let granted = case.outcome == Some(Outcome::DeemedGranted) && case.state == State::Decided;
    granted && case.paper_number.is_none()
}

#[cfg(test)]
mod tests;
