//! Facts of letters about a contract as a whole.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::Facts;
use crate::language::Text;

/// Facts of [`Kind::ContractExpiry`](super::super::Kind::ContractExpiry).
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

impl Facts for ContractExpiry {
    fn headline(&self) -> Text {
        Text::new(
            format!("契约将于 {} 日后到期：{}", self.days, self.enterprise),
            format!("Contract ends in {} days: {}", self.days, self.enterprise),
        )
    }

    fn path(&self) -> Option<&str> {
        Some(&self.path)
    }
}
