//! What may be acknowledged, and for how long repeats rest.

use std::collections::HashSet;

use chrono::NaiveDate;
use uuid::Uuid;

use crate::{
    calendar::rules::Calendar,
    deadline::{self, rules::Light},
    error::refusals,
    obligation,
};

/// For how many working days after the day itself repeats rest.
const RESTS_FOR: u32 = 2;

/// What the threshold of an acknowledgement begins with; behind it stands the last day of rest.
const ACKNOWLEDGED: &str = "RESTS:";

refusals! {
    /// Why nothing is acknowledged.
    pub enum AcknowledgementError as "AcknowledgementErrorCode" {
        /// It is not overdue: there are no reminders.
        NotOverdue = "NOT_OVERDUE", "该事项未超期，无需暂停提醒。", "This matter is not overdue: there are no reminders to suspend.";
        /// The statutory limit has passed: its reminders cannot be paused.
        Statutory = "STATUTORY", "该事项已超法定时限，相关提醒不能暂停。", "The statutory limit has passed: its reminders cannot be suspended.";
        /// It has already been acknowledged.
        Resting = "RESTING", "您已知悉，提醒已暂停。", "You have already acknowledged it; its reminders are suspended.";
    }
}

/// The light of what is still owed; what is closed shows none that asks for anything.
pub fn light_of(owed: &obligation::Model, limit: &deadline::Model, today: NaiveDate) -> Light {
    match owed.state {
        obligation::State::Open => limit.light(today),
        _ => Light::Green,
    }
}

/// Whether a promise with this light may be acknowledged by somebody for whom it rests until `resting`.
pub fn may_acknowledge(
    light: Light,
    resting: Option<NaiveDate>,
) -> Result<(), AcknowledgementError> {
    match light {
        Light::Black => Err(AcknowledgementError::Statutory),
        Light::Red if resting.is_some() => Err(AcknowledgementError::Resting),
        Light::Red => Ok(()),
        Light::Orange | Light::Yellow | Light::Green | Light::Grey => {
            Err(AcknowledgementError::NotOverdue)
        }
    }
}

/// The last day on which nothing is repeated to who acknowledges today.
pub fn rests_until(today: NaiveDate, calendar: &Calendar) -> NaiveDate {
    calendar.add_working_days(today, RESTS_FOR)
}

/// As what an acknowledgement is recorded.
pub fn threshold(until: NaiveDate) -> String {
    format!("{ACKNOWLEDGED}{until}")
}

/// Of what was told, as (thing, threshold, person): for which things and persons repeats rest today, and until when.
pub fn resting<'a>(
    told: impl IntoIterator<Item = &'a (Uuid, String, Uuid)>,
    today: NaiveDate,
) -> impl Iterator<Item = (Uuid, Uuid, NaiveDate)> {
    told.into_iter()
        .filter_map(move |(subject, threshold, person)| {
            let until: NaiveDate = threshold.strip_prefix(ACKNOWLEDGED)?.parse().ok()?;
            (today <= until).then_some((*subject, *person, until))
        })
}

/// As [`resting`], without the days.
pub fn pairs_at_rest(
    told: &HashSet<(Uuid, String, Uuid)>,
    today: NaiveDate,
) -> HashSet<(Uuid, Uuid)> {
    resting(told, today)
        .map(|(subject, person, _)| (subject, person))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_broken_promise_rests_and_only_once_at_a_time() {
        let day: NaiveDate = "2026-10-12".parse().expect("a day");
        for (light, resting, outcome) in [
            (Light::Green, None, Err(AcknowledgementError::NotOverdue)),
            (Light::Orange, None, Err(AcknowledgementError::NotOverdue)),
            (Light::Grey, None, Err(AcknowledgementError::NotOverdue)),
            (Light::Red, None, Ok(())),
            (Light::Red, Some(day), Err(AcknowledgementError::Resting)),
            (Light::Black, None, Err(AcknowledgementError::Statutory)),
        ] {
            assert_eq!(may_acknowledge(light, resting), outcome, "{light:?}");
        }
    }

    #[test]
    fn it_rests_through_the_second_working_day_after() {
        let day = |text: &str| -> NaiveDate { text.parse().expect("a day") };
        // The last working day before the holiday: the 8th and the 9th of October.
        let until = rests_until(day("2026-09-30"), &Calendar::shipped());
        assert_eq!(until, day("2026-10-09"));
        assert!(threshold(until).len() <= 20, "the column has 20 characters");
        let (thing, person) = (Uuid::from_u128(1), Uuid::from_u128(2));
        let told = HashSet::from([
            (thing, threshold(until), person),
            (thing, "RED:2026-09-29".to_owned(), person),
        ]);
        let at_rest = |on: &str| pairs_at_rest(&told, day(on)).contains(&(thing, person));
        assert!(at_rest("2026-10-09") && !at_rest("2026-10-10"));
    }
}
