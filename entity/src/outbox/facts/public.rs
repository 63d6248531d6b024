//! Facts of the public part of the quarterly report, for the special inspectors.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Facts, ResultLine};
use crate::language::Text;

/// Facts of [`Kind::PublicReport`](super::super::Kind::PublicReport): what everybody may know of a quarter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublicReport {
    /// The recipient's name.
    pub name: String,
    /// The quarter ("2026-Q3").
    pub period: String,
    /// Its first day.
    pub from: NaiveDate,
    /// Its last day.
    pub to: NaiveDate,
    /// How many promises fell due in it.
    pub due: u32,
    /// How many of them were kept in time.
    pub on_time: u32,
    /// How many were kept afterwards.
    pub late: u32,
    /// How many were declared missed.
    pub missed: u32,
    /// How many were still open.
    pub overdue: u32,
    /// The on-time rate in words.
    pub rate: Text,
    /// The newest evaluation that is published, if there is one.
    pub evaluation: Option<PublishedEvaluation>,
}

/// The figures of a published evaluation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublishedEvaluation {
    /// The quarter ("2026-Q2").
    pub quarter: String,
    /// How many enterprises were asked.
    pub invited: u32,
    /// How many answered.
    pub answered: u32,
    /// The departments and their figures.
    pub lines: Vec<ResultLine>,
    /// The page below the public address.
    pub path: String,
}

impl Facts for PublicReport {
    fn headline(&self) -> Text {
        let period = &self.period;
        Text::new(
            format!("{period} 季报（公开部分）"),
            format!("{period} quarterly report (public part)"),
        )
    }
}
