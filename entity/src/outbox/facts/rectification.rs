//! Facts of letters about rectifications: to those who were rated, and to the enterprise that is asked to rate again.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::Facts;
use crate::language::Text;

/// What has happened to a rectification.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum RectificationStep {
    /// A low mark has opened it.
    Opened,
    /// Nobody has called back in time. No such letter is written any more; those from before are read.
    ContactOverdue,
    /// The department has not replied in time. No such letter is written any more; those from before are read.
    ReplyOverdue,
    /// An appeal was dismissed: the mark stands.
    Upheld,
    /// The reply did not satisfy.
    Reopened,
    /// The second reply did not satisfy either.
    Supervised,
    /// The supervisor has ended it.
    Settled,
}

/// Facts of [`Kind::Rectification`](super::super::Kind::Rectification).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rectification {
    /// The recipient's name.
    pub name: String,
    /// What has happened.
    pub step: RectificationStep,
    /// What was rated.
    pub about: Text,
    /// Who rated it; none of a score.
    pub enterprise: Option<String>,
    /// The level that was given.
    pub level: Option<Text>,
    /// What was said with it.
    pub comment: Option<String>,
    /// The written conclusion with which the supervisor has ended it.
    #[serde(default)]
    pub settlement: Option<String>,
    /// By when somebody calls back.
    pub contact_by: NaiveDate,
    /// By when the department replies.
    pub reply_by: NaiveDate,
    /// Whether the recipient supervises, and somebody else has to act. Said by letters from before only.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub watches: bool,
    /// Why this person gets it.
    pub why: Text,
    /// The page below the public address.
    pub path: String,
}

/// Facts of [`Kind::RateAgain`](super::super::Kind::RateAgain).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RateAgain {
    /// The recipient's name.
    pub name: String,
    /// What was rated.
    pub about: Text,
    /// What the department replied.
    pub reply: String,
    /// The page below the public address.
    pub path: String,
}

impl Facts for Rectification {
    fn headline(&self) -> Text {
        let (zh, en) = match self.step {
            RectificationStep::Opened => ("请整改", "To be rectified"),
            RectificationStep::ContactOverdue => ("回访超期", "Call-back overdue"),
            RectificationStep::ReplyOverdue => ("整改答复超期", "Reply overdue"),
            RectificationStep::Upheld => ("评价维持，请整改", "Rating upheld"),
            RectificationStep::Reopened => ("请重新整改", "To be rectified again"),
            RectificationStep::Supervised => ("整改转督办", "Handed to the supervisor"),
            RectificationStep::Settled => ("整改督办结案", "Concluded by the supervisor"),
        };
        let about = &self.about;
        Text::new(format!("{zh}：{}", about.zh), format!("{en}: {}", about.en))
    }

    fn path(&self) -> Option<&str> {
        Some(&self.path)
    }
}

impl Facts for RateAgain {
    fn headline(&self) -> Text {
        let about = &self.about;
        Text::new(
            format!("已整改，请再次评价：{}", about.zh),
            format!("Please rate again: {}", about.en),
        )
    }

    fn path(&self) -> Option<&str> {
        Some(&self.path)
    }
}
