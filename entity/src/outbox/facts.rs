//! What each kind of letter is made from. Names and dates only: never a rule, never a finished sentence of the mail itself.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use crate::language::Text;

/// Facts of [`Kind::Invitation`](super::Kind::Invitation).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invitation {
    /// The person's name.
    pub name: String,
    /// The name to sign in with.
    pub login: String,
    /// The page below the public address, with the secret of the link: "/join/SECRET".
    pub path: String,
    /// Until when the link works.
    pub expires_at: DateTime<Utc>,
}

/// Facts of [`Kind::Password`](super::Kind::Password).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Password {
    /// The person's name.
    pub name: String,
    /// The page below the public address, with the secret of the link.
    pub path: String,
    /// Until when the link works.
    pub expires_at: DateTime<Utc>,
}

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
}

/// Facts of [`Kind::Digest`](super::Kind::Digest).
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
}

/// One line of a digest.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DigestLine {
    /// How urgent.
    pub urgency: Urgency,
    /// Whether it is here for the first time.
    pub new: bool,
    /// The enterprise.
    pub enterprise: String,
    /// What was promised.
    pub item: Text,
    /// For which period or event.
    pub occasion: String,
    /// The due date.
    pub due_on: NaiveDate,
    /// Working days to the due date, negative when it has passed.
    pub remaining: i32,
    /// Whether the date rests on a calendar that is not published yet.
    pub provisional: bool,
    /// Why this person gets this line.
    pub why: Text,
    /// The page below the public address.
    pub path: String,
}

/// Facts of [`Kind::StatutoryOverdue`](super::Kind::StatutoryOverdue).
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

/// Facts of [`Kind::ContractExpiry`](super::Kind::ContractExpiry).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContractExpiry {
    /// The recipient's name.
    pub name: String,
    /// The contract's number.
    pub number: String,
    /// The enterprise.
    pub enterprise: String,
    /// The last day.
    pub ends_on: NaiveDate,
    /// Calendar days to the last day.
    pub days: i64,
    /// Why this person gets it.
    pub why: Text,
    /// The page below the public address.
    pub path: String,
}

/// Facts of [`Kind::LiaisonChanged`](super::Kind::LiaisonChanged).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LiaisonChanged {
    /// The recipient's name.
    pub name: String,
    /// The enterprise.
    pub enterprise: String,
    /// The new liaison.
    pub liaison: String,
    /// The deputy, if there is one.
    pub deputy: Option<String>,
    /// The former liaison, if there was one.
    pub previous: Option<String>,
    /// The first day.
    pub from: NaiveDate,
}

/// Facts of [`Kind::CalendarMissing`](super::Kind::CalendarMissing).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CalendarMissing {
    /// The recipient's name.
    pub name: String,
    /// The year without a calendar.
    pub year: i32,
}
