//! What an enterprise answers: the parts of the form. Nothing in it is forced; what was left out is not there.

use std::collections::{BTreeMap, BTreeSet};

use sea_orm::FromJsonQueryResult;
use sea_orm::prelude::Uuid;
use serde::{Deserialize, Serialize};

pub use crate::rating::Cause;

use crate::term::term;

term! {
    /// What is rated of a department (part B).
    pub enum Aspect as "EvaluationAspect" {
        /// B1.
        Attitude = "ATTITUDE", "服务态度", "Attitude";
        /// B2.
        Efficiency = "EFFICIENCY", "办事效率", "Efficiency";
        /// B3.
        Lawfulness = "LAWFULNESS", "依法行政", "Lawfulness";
        /// B4.
        Openness = "OPENNESS", "政务公开", "Openness";
        /// B5: never shown for one enterprise.
        Integrity = "INTEGRITY", "廉洁自律", "Integrity";
        /// B6.
        Solution = "SOLUTION", "解决问题", "Solution";
        /// B7.
        Overall = "OVERALL", "总体评价", "Overall";
    }
}

impl Aspect {
    /// Its number on the form.
    pub fn number(self) -> &'static str {
        match self {
            Self::Attitude => "B1",
            Self::Efficiency => "B2",
            Self::Lawfulness => "B3",
            Self::Openness => "B4",
            Self::Integrity => "B5",
            Self::Solution => "B6",
            Self::Overall => "B7",
        }
    }
}

term! {
    /// What is rated of the contract and its liaison (part C).
    pub enum Service as "EvaluationService" {
        /// C1: whether the liaison can be reached in time.
        Reachable = "REACHABLE", "及时联系", "Reachable";
        /// C2: whether the liaison tells how the project goes on without being asked.
        Informing = "INFORMING", "主动告知", "Informing";
        /// C3: whether what was reported is answered within the agreed time.
        Answering = "ANSWERING", "按时答复", "Answering";
        /// C4: how what the contract promises is kept.
        Keeping = "KEEPING", "契约落实", "Keeping the contract";
    }
}

impl Service {
    /// Its number on the form.
    pub fn number(self) -> &'static str {
        match self {
            Self::Reachable => "C1",
            Self::Informing => "C2",
            Self::Answering => "C3",
            Self::Keeping => "C4",
        }
    }
}

term! {
    /// A level of satisfaction (五档).
    pub enum Level as "EvaluationLevel" {
        /// Very satisfied.
        VerySatisfied = "VERY_SATISFIED", "非常满意", "Very satisfied";
        /// Satisfied.
        Satisfied = "SATISFIED", "满意", "Satisfied";
        /// Basically satisfied.
        BasicallySatisfied = "BASICALLY_SATISFIED", "基本满意", "Basically satisfied";
        /// Dissatisfied.
        Dissatisfied = "DISSATISFIED", "不满意", "Dissatisfied";
        /// Very dissatisfied.
        VeryDissatisfied = "VERY_DISSATISFIED", "非常不满意", "Very dissatisfied";
        /// Does not know: counts for nothing.
        Unknown = "UNKNOWN", "不了解", "Don’t know";
    }
}

impl Level {
    /// Whether it says anything.
    pub fn is_effective(self) -> bool {
        self != Self::Unknown
    }

    /// Whether it counts into the rate of satisfaction (满意率): basically satisfied and better.
    pub fn is_satisfied(self) -> bool {
        matches!(
            self,
            Self::VerySatisfied | Self::Satisfied | Self::BasicallySatisfied
        )
    }

    /// Whether it asks for causes: dissatisfied or worse.
    pub fn is_dissatisfied(self) -> bool {
        matches!(self, Self::Dissatisfied | Self::VeryDissatisfied)
    }
}

term! {
    /// How often the liaison came (C5).
    pub enum Visits as "EvaluationVisits" {
        /// Too seldom.
        TooFew = "TOO_FEW", "偏少", "Too few";
        /// As often as it should be.
        Right = "RIGHT", "合适", "Right";
        /// Too often.
        TooMany = "TOO_MANY", "偏多", "Too many";
    }
}

term! {
    /// What is asked about facts (part D).
    pub enum Check as "EvaluationCheck" {
        /// D1: materials were asked for that are on no list.
        UnlistedMaterials = "UNLISTED_MATERIALS", "要求补交未列明材料", "Materials not on the list";
        /// D2: the same matter was sent back for correction more than once.
        SecondCorrection = "SECOND_CORRECTION", "同一事项补正两次以上", "Sent back more than once";
        /// D3: it was not done within the promised limit.
        OverLimit = "OVER_LIMIT", "超过承诺时限未办结", "Over the promised limit";
        /// D4: an intermediary was imposed, openly or not; for the supervisor alone.
        IntermediaryImposed = "INTERMEDIARY_IMPOSED", "指定或变相指定中介", "Intermediary imposed";
        /// D5: a fee or a levy without basis; for the supervisor alone.
        LevyWithoutBasis = "LEVY_WITHOUT_BASIS", "无依据收费或摊派", "Fee or levy without basis";
    }
}

impl Check {
    /// Its number on the form.
    pub fn number(self) -> &'static str {
        match self {
            Self::UnlistedMaterials => "D1",
            Self::SecondCorrection => "D2",
            Self::OverLimit => "D3",
            Self::IntermediaryImposed => "D4",
            Self::LevyWithoutBasis => "D5",
        }
    }

    /// Whether a "yes" is a lead that goes to the supervisor and to nobody else.
    pub fn is_lead(self) -> bool {
        matches!(self, Self::IntermediaryImposed | Self::LevyWithoutBasis)
    }
}

term! {
    /// An answer about a fact.
    pub enum CheckAnswer as "EvaluationCheckAnswer" {
        /// It was so.
        Yes = "YES", "是", "Yes";
        /// It was not so.
        No = "NO", "否", "No";
        /// The enterprise is not sure.
        Unclear = "UNCLEAR", "不清楚", "Not sure";
    }
}

/// What one enterprise says of one department (part B).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rating {
    /// The levels given.
    pub levels: BTreeMap<Aspect, Level>,
    /// Why, when anything is dissatisfying.
    #[serde(default)]
    pub causes: BTreeSet<Cause>,
}

impl Rating {
    /// Whether anything in it counts.
    pub fn is_effective(&self) -> bool {
        self.levels.values().any(|level| level.is_effective())
    }
}

/// What one enterprise says of its contract and its liaison (part C).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContractRating {
    /// The levels given.
    pub levels: BTreeMap<Service, Level>,
    /// How often the liaison came.
    #[serde(default)]
    pub visits: Option<Visits>,
}

/// One filled form.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
pub struct Answers {
    /// Part B, by the department's key.
    #[serde(default)]
    pub departments: BTreeMap<Uuid, Rating>,
    /// Part C, of contracted enterprises.
    #[serde(default)]
    pub contract: ContractRating,
    /// Part D.
    #[serde(default)]
    pub checks: BTreeMap<Check, CheckAnswer>,
    /// E1 最希望政府帮助解决的一件事.
    #[serde(default)]
    pub wish: Option<String>,
    /// E2 意见建议或表扬.
    #[serde(default)]
    pub comment: Option<String>,
}
