//! Facts of letters about the system itself: letters that reach nobody or come back, jobs that have failed, a clock that has jumped,
//! answers that were given up.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::Facts;
use crate::{language::Text, share};

/// Facts of [`Kind::Undelivered`](super::super::Kind::Undelivered). What the letters say is for their recipients alone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Undelivered {
    /// The recipient's name.
    pub name: String,
    /// The letters that reach nobody.
    pub letters: Vec<UndeliveredLetter>,
    /// Why this person is told.
    pub why: Text,
}

/// One letter that reaches nobody.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UndeliveredLetter {
    /// To whom it was written.
    pub recipient: String,
    /// What it is about.
    pub kind: Text,
    /// When it was written.
    pub on: NaiveDate,
    /// What has become of it.
    pub state: Text,
    /// The page below the public address on which its matter is seen.
    pub path: Option<String>,
}

/// Facts of [`Kind::JobFailed`](super::super::Kind::JobFailed).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct JobFailed {
    /// The recipient's name.
    pub name: String,
    /// The job, as people type it.
    pub job: String,
    /// What it does.
    pub what: Text,
    /// The time it stood for.
    pub nominal_at: DateTime<Utc>,
    /// What went wrong.
    pub error: String,
    /// When it is tried again; nothing when it is not.
    pub retry_at: Option<DateTime<Utc>>,
}

/// Facts of [`Kind::MailBouncing`](super::super::Kind::MailBouncing).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MailBouncing {
    /// The recipient's name.
    pub name: String,
    /// Since when it was counted.
    pub since: DateTime<Utc>,
    /// How many letters have gone since.
    pub sent: u64,
    /// How many of them came back.
    pub bounced: u64,
}

/// Facts of [`Kind::ClockJumped`](super::super::Kind::ClockJumped).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClockJumped {
    /// The recipient's name.
    pub name: String,
    /// When it was seen, by the clock that goes on.
    pub seen_at: DateTime<Utc>,
    /// What the clock shows in that moment, which is not followed.
    pub shown_at: DateTime<Utc>,
}

/// Facts of [`Kind::SealForgotten`](super::super::Kind::SealForgotten).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SealForgotten {
    /// The recipient's name.
    pub name: String,
    /// The quarter of the evaluation ("2026-Q3").
    pub quarter: String,
    /// How many answers were given up; who gave them may answer again.
    pub answers: u32,
    /// When.
    pub at: DateTime<Utc>,
    /// Why, as it was said at the command line.
    pub reason: String,
}

impl Facts for Undelivered {
    fn headline(&self) -> Text {
        let count = self.letters.len();
        let s = if count == 1 { "" } else { "s" };
        Text::new(
            format!("{count} 封邮件未能送达"),
            format!("{count} e-mail{s} could not be delivered"),
        )
    }
}

impl Facts for JobFailed {
    fn headline(&self) -> Text {
        Text::new(
            format!("任务失败：{}", self.job),
            format!("Job failed: {}", self.job),
        )
    }
}

impl MailBouncing {
    /// The share that came back, in words.
    pub fn share(&self) -> String {
        share::in_words(share::tenths(self.bounced, self.sent).unwrap_or_default())
    }
}

impl Facts for MailBouncing {
    fn headline(&self) -> Text {
        let (bounced, sent) = (self.bounced, self.sent);
        Text::new(
            format!("退信过多：近七日 {sent} 封中 {bounced} 封被退回"),
            format!("{bounced} of {sent} e-mails of the last seven days were returned"),
        )
    }
}

impl Facts for ClockJumped {
    fn headline(&self) -> Text {
        let minutes = (self.shown_at - self.seen_at).num_minutes();
        let (zh, en) = match minutes {
            0.. => ("拨快", "forward"),
            _ => ("拨慢", "back"),
        };
        let minutes = minutes.unsigned_abs();
        let s = if minutes == 1 { "" } else { "s" };
        Text::new(
            format!("时钟被{zh} {minutes} 分钟，系统未采用"),
            format!("The clock jumped {en} by {minutes} minute{s}; the jump is ignored"),
        )
    }
}

impl Facts for SealForgotten {
    fn headline(&self) -> Text {
        let (answers, quarter) = (self.answers, &self.quarter);
        let s = if answers == 1 { "" } else { "s" };
        Text::new(
            format!("{quarter} 评议：已放弃 {answers} 份封存答卷"),
            format!("{quarter} evaluation: {answers} sealed answer{s} discarded"),
        )
    }
}
