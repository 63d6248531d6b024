//! Facts of letters about one matter that is overdue: a statutory limit has passed, or a department is ordered to answer.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::Facts;
use crate::language::Text;

/// Facts of [`Kind::StatutoryOverdue`](super::super::Kind::StatutoryOverdue).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StatutoryOverdue {
    /// The recipient's name.
    pub name: String,
    /// The enterprise.
    pub enterprise: String,
    /// What was owed.
    pub item: Text,
    /// For which period or event.
    pub occasion: String,
    /// The legal basis of the limit.
    pub legal_basis: String,
    /// The due date.
    pub due_on: NaiveDate,
    /// Working days since the due date.
    pub overdue: i32,
    /// Why this person gets it.
    pub why: Text,
    /// The page below the public address.
    pub path: String,
}

/// Facts of [`Kind::SupervisionOrder`](super::super::Kind::SupervisionOrder).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SupervisionOrder {
    /// The recipient's name.
    pub name: String,
    /// The enterprise.
    pub enterprise: String,
    /// What is owed.
    pub item: Text,
    /// For which period or event.
    pub occasion: String,
    /// The due date.
    pub due_on: NaiveDate,
    /// Working days since the due date.
    pub overdue: i32,
    /// Whether the limit is one of law.
    #[serde(default)]
    pub statutory: bool,
    /// Why the order is given.
    pub reason: String,
    /// By when the department answers.
    pub reply_by: NaiveDate,
    /// Why this person gets it.
    pub why: Text,
    /// The page below the public address.
    pub path: String,
}

impl Facts for StatutoryOverdue {
    fn headline(&self) -> Text {
        Text::new(
            format!("法定超期：{} {}", self.enterprise, self.item.zh),
            format!(
                "Statutory limit passed: {}, {}",
                self.enterprise, self.item.en
            ),
        )
    }

    fn path(&self) -> Option<&str> {
        Some(&self.path)
    }
}

impl Facts for SupervisionOrder {
    fn headline(&self) -> Text {
        let by = self.reply_by;
        Text::new(
            format!("督办单：请最迟于 {by}（含当日）答复 {}", self.enterprise),
            format!("Supervision order: answer by {by}, {}", self.enterprise),
        )
    }

    fn path(&self) -> Option<&str> {
        Some(&self.path)
    }
}
