//! Facts of letters about silence that decides: what it will bring about, what it has brought about, and that nobody had been warned.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::Facts;
use crate::language::Text;

/// Facts of [`Kind::SilenceWarning`](super::super::Kind::SilenceWarning): cases with the same last day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SilenceWarning {
    /// The recipient's name.
    pub name: String,
    /// The day by which the office is to act: the last one by the earlier reading of the law.
    pub act_by: NaiveDate,
    /// The first day on which silence acts; of the park's own rule the earliest.
    pub from: NaiveDate,
    /// The cases, at least one.
    pub lines: Vec<SilenceLine>,
    /// Why this person gets it.
    pub why: Text,
}

/// A case in which silence will bring something about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SilenceLine {
    /// Its number.
    pub number: String,
    /// The item.
    pub item: Text,
    /// The enterprise.
    pub enterprise: String,
    /// What silence will bring about.
    pub step: SilentStep,
    /// The page below the public address.
    pub path: String,
}

/// What silence brings about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum SilentStep {
    /// 视为受理: the application counts as accepted.
    Accepted,
    /// 视为同意: it counts as granted.
    Granted,
    /// 默许待确认: it goes on inside of the park until the office confirms.
    Pending,
}

/// Who reads what silence has brought about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum SilentReader {
    /// Who applies.
    Applicant,
    /// Who should have acted, and who looks after it.
    Office,
}

/// Facts of [`Kind::SilentDecision`](super::super::Kind::SilentDecision).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SilentDecision {
    /// The recipient's name.
    pub name: String,
    /// Who that is.
    pub reader: SilentReader,
    /// The number of the case.
    pub number: String,
    /// The item.
    pub item: Text,
    /// The enterprise.
    pub enterprise: String,
    /// What silence has brought about.
    pub step: SilentStep,
    /// The last day on which the office could have acted.
    pub last_day: NaiveDate,
    /// From when on it counts.
    pub effective_on: NaiveDate,
    /// By which article.
    pub article: String,
    /// By when the department owes the paper, or decides.
    pub owed_by: Option<NaiveDate>,
    /// Why this person gets it.
    pub why: Text,
    /// The page below the public address.
    pub path: String,
}

/// Facts of [`Kind::SilenceIncident`](super::super::Kind::SilenceIncident).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SilenceIncident {
    /// The recipient's name.
    pub name: String,
    /// The number of the case.
    pub number: String,
    /// The item.
    pub item: Text,
    /// The enterprise.
    pub enterprise: String,
    /// The department that should have decided.
    pub department: Text,
    /// The last day on which it could have.
    pub last_day: NaiveDate,
    /// By which article silence has granted it.
    pub article: String,
    /// How many warnings were written, of which none arrived.
    pub written: usize,
    /// Why this person gets it.
    pub why: Text,
    /// The page below the public address.
    pub path: String,
}

impl Facts for SilenceWarning {
    fn headline(&self) -> Text {
        let (by, count) = (self.act_by, self.lines.len());
        let s = if count == 1 { "" } else { "s" };
        Text::new(
            format!("默许预警：{count} 件最迟须在 {by}（含当日）处理"),
            format!("Silence decides: act on {count} case{s} by {by}"),
        )
    }

    fn path(&self) -> Option<&str> {
        self.lines.first().map(|line| line.path.as_str())
    }
}

impl Facts for SilentDecision {
    fn headline(&self) -> Text {
        let number = &self.number;
        let (zh, en) = match self.step {
            SilentStep::Accepted => ("逾期未告知，视为受理", "accepted by silence"),
            SilentStep::Granted => ("逾期未决定，视为同意", "granted by silence"),
            SilentStep::Pending => (
                "逾期未决定，默许待确认",
                "pending confirmation after silence",
            ),
        };
        Text::new(
            format!("默许决定：{number} {zh}"),
            format!("Case {number}: {en}"),
        )
    }

    fn path(&self) -> Option<&str> {
        Some(&self.path)
    }
}

impl Facts for SilenceIncident {
    fn headline(&self) -> Text {
        let number = &self.number;
        Text::new(
            format!("未预警默许：{number} 无人收到预警即视为同意"),
            format!("Case {number}: granted by silence, nobody was warned"),
        )
    }

    fn path(&self) -> Option<&str> {
        Some(&self.path)
    }
}
