//! Facts of letters about what is owed: something has begun to be owed, or another calendar has moved due dates.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::Facts;
use crate::language::Text;

/// Facts of [`Kind::ObligationOpened`](super::super::Kind::ObligationOpened).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ObligationOpened {
    /// The recipient's name.
    pub name: String,
    /// The enterprise.
    pub enterprise: String,
    /// What is owed.
    pub item: Text,
    /// For which period or event.
    pub occasion: String,
    /// What was noted of the event.
    pub note: Option<String>,
    /// The due date.
    pub due_on: NaiveDate,
    /// Why this person gets it.
    pub why: Text,
    /// The page below the public address.
    pub path: String,
}

/// Facts of [`Kind::DueDatesMoved`](super::super::Kind::DueDatesMoved).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DueDatesMoved {
    /// The recipient's name.
    pub name: String,
    /// The notice by which the calendar has changed.
    pub source: String,
    /// The years of which the calendar has changed.
    pub years: Vec<i32>,
    /// What moves, the first due so far first.
    pub lines: Vec<MovedLine>,
    /// How many lines were left out because the list would be too long.
    pub left_out: usize,
    /// Why this person gets it.
    pub why: Text,
}

/// One due date that moves.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MovedLine {
    /// The enterprise; empty where nobody may know whose mark is to be resolved.
    pub enterprise: String,
    /// What is owed.
    pub item: Text,
    /// For which period or event; empty where the item says it all.
    pub occasion: String,
    /// The due date so far.
    pub from: NaiveDate,
    /// The due date from now on.
    pub to: NaiveDate,
    /// Whether it still rests on a calendar that is not published yet.
    pub provisional: bool,
    /// In whose favour.
    pub favours: Text,
    /// The page below the public address.
    pub path: String,
}

impl Facts for ObligationOpened {
    fn headline(&self) -> Text {
        let (enterprise, due) = (&self.enterprise, self.due_on);
        Text::new(
            format!("新的履约事项，{due} 到期：{enterprise}"),
            format!("New obligation, due on {due}: {enterprise}"),
        )
    }

    fn path(&self) -> Option<&str> {
        Some(&self.path)
    }
}

impl Facts for DueDatesMoved {
    fn headline(&self) -> Text {
        let count = self.lines.len() + self.left_out;
        let (s, have) = if count == 1 {
            ("", "has")
        } else {
            ("s", "have")
        };
        Text::new(
            format!("工作日历变动：{count} 项到期日改变"),
            format!("The calendar has changed: {count} due date{s} {have} moved"),
        )
    }

    fn path(&self) -> Option<&str> {
        self.lines.first().map(|line| line.path.as_str())
    }
}
