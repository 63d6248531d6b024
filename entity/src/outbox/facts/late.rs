//! Facts of letters to the supervisor about what stays overdue: the list of every morning, and the draft of a criticism.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Facts, promised};
use crate::language::{Language, Text};

/// Facts of [`Kind::CriticismDraft`](super::super::Kind::CriticismDraft).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CriticismDraft {
    /// The recipient's name.
    pub name: String,
    /// The day on which it is written.
    pub date: NaiveDate,
    /// What may be criticised, the longest overdue first.
    pub lines: Vec<LateLine>,
}

/// Facts of [`Kind::RedList`](super::super::Kind::RedList).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RedList {
    /// The recipient's name.
    pub name: String,
    /// The working day it is for.
    pub date: NaiveDate,
    /// What is overdue, past the law first, then the longest overdue.
    pub lines: Vec<LateLine>,
    /// How many lines were left out because the list would be too long.
    pub left_out: usize,
}

/// Something overdue, with who is in charge.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LateLine {
    /// Whether its limit is set by law.
    pub statutory: bool,
    /// Whether it was promised; letters from before told of promises alone.
    #[serde(default = "promised")]
    pub is_promise: bool,
    /// The enterprise; empty where nobody may know, or where it is about none.
    pub enterprise: String,
    /// What is owed.
    pub item: Text,
    /// For which period or event; empty where the item says it all.
    pub occasion: String,
    /// The due date.
    pub due_on: NaiveDate,
    /// Working days since the due date.
    pub overdue: i32,
    /// The department in charge.
    pub department: Text,
    /// When the head of the department was chased.
    pub chased_on: Option<NaiveDate>,
    /// When the department was ordered to answer.
    pub ordered_on: Option<NaiveDate>,
    /// The page below the public address.
    pub path: String,
}

impl Facts for CriticismDraft {
    fn headline(&self) -> Text {
        let count = self.lines.len();
        let s = if count == 1 { "" } else { "s" };
        let (zh, en) = if self.lines.iter().all(|line| line.is_promise) {
            ("项承诺", "promise")
        } else {
            ("个事项", "matter")
        };
        Text::new(
            format!("通报草稿：{count} {zh}催办后仍未办结"),
            format!("Draft of a criticism: {count} {en}{s} still open after a reminder"),
        )
    }

    fn path(&self) -> Option<&str> {
        self.lines.first().map(|line| line.path.as_str())
    }
}

impl Facts for RedList {
    fn headline(&self) -> Text {
        let (date, count) = (self.date, self.lines.len() + self.left_out);
        let s = if count == 1 { "" } else { "s" };
        Text::new(
            format!("{date} 超期清单：{count} 项"),
            format!("Overdue list of {date}: {count} matter{s}"),
        )
    }
}

impl LateLine {
    /// In one line, as the log of runs has it.
    pub fn said(&self, language: Language) -> String {
        let what = self.item.in_language(language);
        format!("{} | {} | {what}", self.due_on, self.enterprise)
    }
}
