//! Facts of letters about cases: to the enterprise that applies.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::Facts;
use crate::language::Text;

/// What has happened to a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum CaseStep {
    /// Something is missing.
    CorrectionAsked,
    /// Something is missing, and the papers were handed back.
    HandedBack,
    /// It was accepted.
    Accepted,
    /// Its clocks were paused.
    Paused,
    /// The supervisor has settled a contested pause.
    PauseSettled,
    /// The limit of law was extended.
    Extended,
    /// It was decided.
    Decided,
    /// The result was handed over.
    Delivered,
    /// It was not completed in time.
    Lapsed,
}

/// One thing that is missing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CaseLine {
    /// The material or the field; nothing where it is about the whole.
    pub about: Option<Text>,
    /// Why.
    pub reason: Text,
    /// What is to be done.
    pub text: String,
}

/// Facts of [`Kind::Case`](super::super::Kind::Case).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Case {
    /// The recipient's name.
    pub name: String,
    /// Who applies.
    pub enterprise: String,
    /// The number of the case.
    pub number: String,
    /// What is applied for.
    pub item: Text,
    /// What has happened.
    pub step: CaseStep,
    /// What is missing.
    pub lines: Vec<CaseLine>,
    /// Until when it is completed, how long a pause is expected to last, when it is due now, or when it was handed over.
    pub day: Option<NaiveDate>,
    /// On what ground its clocks are paused.
    pub ground: Option<Text>,
    /// What the supervisor has found of a contested pause.
    pub finding: Option<Text>,
    /// How it was decided.
    pub outcome: Option<Text>,
    /// Why.
    pub reason: Option<String>,
    /// What can be done against a decision.
    pub remedies: Option<Text>,
    /// The page below the public address.
    pub path: String,
}

impl Facts for Case {
    fn headline(&self) -> Text {
        let (zh, en) = match self.step {
            CaseStep::CorrectionAsked => ("请补正申请材料", "Please complete your application"),
            CaseStep::HandedBack => ("材料退回补齐", "Handed back to be completed"),
            CaseStep::Accepted => ("已受理", "Accepted"),
            CaseStep::Paused => ("办理期限暂停计时", "Time limits paused"),
            CaseStep::PauseSettled => ("暂停异议已裁定", "Contested pause settled"),
            CaseStep::Extended => ("法定期限延长", "Limit of law extended"),
            CaseStep::Decided => ("已作出决定", "Decided"),
            CaseStep::Delivered => ("办理结果已送达", "Result delivered"),
            CaseStep::Lapsed => ("逾期终止", "Lapsed"),
        };
        let number = &self.number;
        Text::new(format!("{zh}：{number}"), format!("{en}: {number}"))
    }

    fn path(&self) -> Option<&str> {
        Some(&self.path)
    }
}
