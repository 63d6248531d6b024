//! What ends by itself: counted back from its end, and told at thresholds before it.

use chrono::NaiveDate;

use super::{
    super::{LegalEffect, OnExpiry, Reckoning},
    Deadline, Limit, Terms, before_working_days, days_before,
};
use crate::calendar::rules::Calendar;

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

impl Deadline {
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

    /// The same with another end, also when it was closed.
    pub fn moved(&self, lead: Limit, end: NaiveDate, calendar: &Calendar) -> Self {
        Self::ending(self.reckoning, lead, end, calendar)
    }

    /// Whether it ends by itself, and nobody owes anything by then.
    pub fn ends(&self) -> bool {
        self.reckoning != Reckoning::Forward
    }

    /// The day on which a threshold is crossed.
    pub(super) fn crossed_on(&self, threshold: Threshold, calendar: &Calendar) -> NaiveDate {
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
}
