//! The lights of a time limit, and the days on which it changes them.

use chrono::NaiveDate;

use super::{
    super::{LegalEffect, State, pause},
    Deadline, after,
};
use crate::{calendar::rules::Calendar, term::term};

// Mildest first, so that the worst is the greatest. Grey stands apart: the limit is paused or was cancelled.
term! {
    /// The traffic light of a deadline (预警状态).
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
pub(super) fn overdue(effect: LegalEffect) -> Light {
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

/// The days on which an open time limit changes its light (预警变化日): from each day on it shows at least that light. None where it never
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

impl Deadline {
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
}
