//! Facts of letters about who looks after an enterprise.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::Facts;
use crate::language::Text;

/// Facts of [`Kind::LiaisonChanged`](super::super::Kind::LiaisonChanged).
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

/// Facts of [`Kind::DeputyNamed`](super::super::Kind::DeputyNamed).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeputyNamed {
    /// The deputy's name.
    pub name: String,
    /// Who is on leave.
    pub absent: String,
    /// The first day.
    pub from: NaiveDate,
    /// The last day.
    pub until: NaiveDate,
}

impl Facts for LiaisonChanged {
    fn headline(&self) -> Text {
        Text::new(
            format!("服务专员变更：{}", self.enterprise),
            format!("New liaison: {}", self.enterprise),
        )
    }
}

impl Facts for DeputyNamed {
    fn headline(&self) -> Text {
        let (absent, from, until) = (&self.absent, self.from, self.until);
        Text::new(
            format!("请代理 {absent}：{from} 至 {until}"),
            format!("Please stand in for {absent}: {from} to {until}"),
        )
    }
}
