//! Facts of letters about permits of an enterprise.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::Facts;
use crate::language::Text;

/// Facts of [`Kind::PermitExpiry`](super::super::Kind::PermitExpiry).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PermitExpiry {
    /// The recipient's name.
    pub name: String,
    /// The permits, the one to be applied for first at the head.
    pub permits: Vec<PermitLine>,
    /// Why this person gets it.
    pub why: Text,
}

/// One permit of a letter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PermitLine {
    /// The enterprise.
    pub enterprise: String,
    /// What is permitted.
    pub kind: Text,
    /// Its number.
    pub number: String,
    /// The last day on which it holds.
    pub valid_until: NaiveDate,
    /// Calendar days to that day.
    pub days: i64,
    /// The last day on which its renewal can be applied for.
    pub apply_by: NaiveDate,
    /// Working days to that day, negative when it has passed.
    pub remaining: i32,
    /// The page below the public address.
    pub path: String,
}

impl Facts for PermitExpiry {
    fn headline(&self) -> Text {
        let count = self.permits.len();
        let (s, ends) = if count == 1 { ("", "s") } else { ("s", "") };
        Text::new(
            format!("证照即将到期：{count} 件"),
            format!("{count} permit{s} end{ends} soon"),
        )
    }

    fn path(&self) -> Option<&str> {
        self.permits.first().map(|permit| permit.path.as_str())
    }
}
