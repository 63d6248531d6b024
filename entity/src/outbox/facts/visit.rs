//! Facts of letters about a visit: that it is agreed, moved or cancelled.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::prelude::Uuid;
use serde::{Deserialize, Serialize};

use super::Facts;
use crate::language::Text;

/// What has happened to a visit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum VisitStep {
    /// 约定: there is a date.
    Agreed,
    /// 改期: there is another date.
    Moved,
    /// 取消: it does not take place.
    Cancelled,
}

/// Facts of [`Kind::Visit`](super::super::Kind::Visit).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Visit {
    /// The recipient's name.
    pub name: String,
    /// The visit.
    pub visit_id: Uuid,
    /// Rises with every change of the visit.
    pub sequence: u32,
    /// What has happened.
    pub step: VisitStep,
    /// In which way they meet.
    pub kind: Text,
    /// The enterprise.
    pub enterprise: String,
    /// Who of the park has agreed it.
    pub official: Option<String>,
    /// The day in the park.
    pub on: NaiveDate,
    /// When it begins.
    pub starts_at: DateTime<Utc>,
    /// When it ends.
    pub ends_at: DateTime<Utc>,
    /// When it was to begin before it was moved.
    pub formerly_at: Option<DateTime<Utc>>,
    /// Where.
    pub place: Option<String>,
    /// What it is about.
    pub purpose: String,
    /// Why it was cancelled.
    pub reason: Option<String>,
    /// The page below the public address.
    pub path: String,
}

impl Facts for Visit {
    fn headline(&self) -> Text {
        let (enterprise, on, kind) = (&self.enterprise, self.on, &self.kind);
        match self.step {
            VisitStep::Agreed => Text::new(
                format!("{}约定：{on} {enterprise}", kind.zh),
                format!("Agreed: {} on {on}, {enterprise}", kind.en),
            ),
            VisitStep::Moved => Text::new(
                format!("{}改期：{on} {enterprise}", kind.zh),
                format!("Rescheduled: {} now on {on}, {enterprise}", kind.en),
            ),
            VisitStep::Cancelled => Text::new(
                format!("{}取消：{on} {enterprise}", kind.zh),
                format!("Cancelled: {} on {on}, {enterprise}", kind.en),
            ),
        }
    }

    fn path(&self) -> Option<&str> {
        Some(&self.path)
    }
}
