//! Facts of the letter that tells an enterprise that time limits were paused, run again or were extended.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::Facts;
use crate::language::Text;

/// What has happened to time limits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum LimitStep {
    /// 暂停: days do not count.
    Paused,
    /// 恢复: they count again.
    Resumed,
    /// 延期: there are more of them.
    Extended,
}

/// Facts of [`Kind::LimitChanged`](super::super::Kind::LimitChanged).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LimitChanged {
    /// The recipient's name.
    pub name: String,
    /// The enterprise.
    pub enterprise: String,
    /// What has happened.
    pub step: LimitStep,
    /// The first day that is not counted, the last one, or the day of the extension.
    pub on: NaiveDate,
    /// The end that the notice of a pause names.
    pub until: Option<NaiveDate>,
    /// The ground of a pause, also when it ends.
    pub ground: Option<Text>,
    /// Why it was paused or extended.
    pub reason: Option<String>,
    /// The time limits.
    pub lines: Vec<LimitLine>,
    /// Why this person gets it.
    pub why: Text,
}

/// One time limit of a letter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LimitLine {
    /// What is owed.
    pub item: Text,
    /// For which period or event.
    pub occasion: String,
    /// When it was due before.
    pub before: NaiveDate,
    /// When it is due now; of a pause: if it ends as expected.
    pub due_on: NaiveDate,
    /// Whether the date rests on a calendar that is not published yet.
    pub provisional: bool,
    /// The page below the public address.
    pub path: String,
}

impl Facts for LimitChanged {
    fn headline(&self) -> Text {
        let (zh, en) = match self.step {
            LimitStep::Paused => ("暂停计时", "Time limit paused"),
            LimitStep::Resumed => ("恢复计时", "Time limit resumed"),
            LimitStep::Extended => ("时限延期", "Time limit extended"),
        };
        let enterprise = &self.enterprise;
        match self.lines.as_slice() {
            [line] => Text::new(
                format!("{zh}：{enterprise} {} 到期", line.due_on),
                format!("{en}: {enterprise}, due {}", line.due_on),
            ),
            lines => Text::new(
                format!("{zh}：{enterprise} {} 项", lines.len()),
                format!("{en}: {enterprise}, {} matters", lines.len()),
            ),
        }
    }

    fn path(&self) -> Option<&str> {
        self.lines.first().map(|line| line.path.as_str())
    }
}
