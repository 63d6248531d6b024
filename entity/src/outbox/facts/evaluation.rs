//! Facts of letters about the quarterly evaluation: the invitation with its reminders, and the result.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::Facts;
use crate::language::Text;

/// Facts of [`Kind::EvaluationInvitation`](super::super::Kind::EvaluationInvitation).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EvaluationInvitation {
    /// The contact's name.
    pub name: String,
    /// The enterprise that is asked.
    pub enterprise: String,
    /// The quarter ("2026-Q3").
    pub quarter: String,
    /// The last day for an answer.
    pub closes_on: NaiveDate,
    /// 0 for the invitation, 1 and 2 for the reminders.
    pub reminder: i32,
    /// The page below the public address, with the secret of the link.
    pub path: String,
}

/// Facts of [`Kind::EvaluationResult`](super::super::Kind::EvaluationResult).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EvaluationResult {
    /// The recipient's name.
    pub name: String,
    /// The quarter ("2026-Q3").
    pub quarter: String,
    /// How many enterprises were asked.
    pub invited: u32,
    /// How many answered.
    pub answered: u32,
    /// The departments and their figures: a head's own, a leader's all.
    pub lines: Vec<ResultLine>,
    /// The page below the public address.
    pub path: String,
}

/// The figure of one department, in words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ResultLine {
    /// The department.
    pub department: Text,
    /// "92.3 (90% interval 88.1 to 96.5, n = 12), 良好", or why there is none.
    pub figure: Text,
}

impl Facts for EvaluationInvitation {
    fn headline(&self) -> Text {
        let (quarter, until) = (&self.quarter, self.closes_on);
        let (zh, en) = match self.reminder {
            0 => ("", ""),
            _ => ("提醒：", "Reminder: "),
        };
        Text::new(
            format!("{zh}请评议 {quarter} 政府服务，{until} 截止"),
            format!("{en}how was the park's service in {quarter}? Until {until}"),
        )
    }
}

impl Facts for EvaluationResult {
    fn headline(&self) -> Text {
        Text::new(
            format!("{} 企业评议结果", self.quarter),
            format!("Result of the {} evaluation", self.quarter),
        )
    }

    fn path(&self) -> Option<&str> {
        Some(&self.path)
    }
}
