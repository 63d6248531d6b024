//! Facts of letters that list matters: the digest, the reminder on the last day, the chase.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Facts, late, promised};
use crate::language::Text;

/// How urgent a line is; the order is the order of the letter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Urgency {
    /// The statutory limit has passed.
    Black,
    /// The promised limit has passed.
    Red,
    /// Due within one working day.
    Orange,
    /// Falls due soon.
    Yellow,
    /// Ends soon.
    Ending,
    /// Has begun to be owed.
    Opened,
}

/// Facts of [`Kind::Digest`](super::super::Kind::Digest).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Digest {
    /// The person's name.
    pub name: String,
    /// The working day it is for.
    pub date: NaiveDate,
    /// Whether it comes later than it should (补发).
    pub late: bool,
    /// The lines, most urgent first.
    pub lines: Vec<DigestLine>,
    /// How many lines were left out because the list would be too long.
    pub left_out: usize,
    /// What would have been a letter of its own, had there not been letters enough that day.
    #[serde(default)]
    pub notices: Vec<DigestNotice>,
}

/// What a digest says in the place of a letter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DigestNotice {
    /// What has happened.
    pub title: Text,
    /// When it was written.
    pub on: NaiveDate,
    /// The page below the public address.
    pub path: Option<String>,
}

/// One line of a digest.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DigestLine {
    /// How urgent.
    pub urgency: Urgency,
    /// Whether it is here for the first time.
    pub new: bool,
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
    /// Working days to the due date, negative when it has passed.
    pub remaining: i32,
    /// Whether the date rests on a calendar that is not published yet.
    pub provisional: bool,
    /// Of what ends: what is to be done, and by when.
    #[serde(default)]
    pub call: Option<Text>,
    /// Why this person gets this line.
    pub why: Text,
    /// The page below the public address.
    pub path: String,
}

/// Facts of [`Kind::LastDay`](super::super::Kind::LastDay).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LastDay {
    /// The person's name.
    pub name: String,
    /// The day.
    pub date: NaiveDate,
    /// What is due on it and still open.
    pub lines: Vec<DigestLine>,
}

/// Facts of [`Kind::Chase`](super::super::Kind::Chase).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Chase {
    /// The person's name.
    pub name: String,
    /// The day on which it is written.
    pub date: NaiveDate,
    /// What is overdue, the longest first.
    pub lines: Vec<DigestLine>,
}

impl Facts for Digest {
    fn headline(&self) -> Text {
        let (date, count) = (self.date, self.lines.len() + self.notices.len());
        let s = if count == 1 { "" } else { "s" };
        let (zh, en) = late(self.late);
        Text::new(
            format!("{zh}{date} 待办清单：{count} 项"),
            format!("{en}To do on {date}: {count} item{s}"),
        )
    }
}

impl Facts for LastDay {
    fn headline(&self) -> Text {
        let count = self.lines.len();
        let s = if count == 1 { "" } else { "s" };
        Text::new(
            format!("今日到期，尚未办结：{count} 项"),
            format!("Due today and still open: {count} item{s}"),
        )
    }
}

impl Facts for Chase {
    fn headline(&self) -> Text {
        let count = self.lines.len();
        let s = if count == 1 { "" } else { "s" };
        Text::new(
            format!("催办：{count} 项超期"),
            format!("Overdue reminder: {count} item{s}"),
        )
    }
}
