//! What an enterprise answers: the parts of the form. Nothing in it is forced; what was left out is not there.

use std::collections::{BTreeMap, BTreeSet};

use sea_orm::FromJsonQueryResult;
use sea_orm::prelude::Uuid;
use serde::{Deserialize, Serialize};

pub use crate::rating::Cause;

/// What is rated of a department (part B).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Aspect {
    /// B1 服务态度.
    Attitude,
    /// B2 办事效率.
    Efficiency,
    /// B3 依法行政.
    Lawfulness,
    /// B4 政务公开.
    Openness,
    /// B5 廉洁自律: never shown for one enterprise.
    Integrity,
    /// B6 解决问题.
    Solution,
    /// B7 总体评价.
    Overall,
}

impl Aspect {
    /// All of them, in the order of the form.
    pub const ALL: [Self; 7] = [
        Self::Attitude,
        Self::Efficiency,
        Self::Lawfulness,
        Self::Openness,
        Self::Integrity,
        Self::Solution,
        Self::Overall,
    ];

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

/// What is rated of the contract and its liaison (part C).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Service {
    /// C1 专员能否及时联系到.
    Reachable,
    /// C2 专员是否主动告知项目进展.
    Informing,
    /// C3 反映的问题是否在约定时限内答复.
    Answering,
    /// C4 服务契约约定的事项落实情况.
    Keeping,
}

impl Service {
    /// All of them, in the order of the form.
    pub const ALL: [Self; 4] = [
        Self::Reachable,
        Self::Informing,
        Self::Answering,
        Self::Keeping,
    ];

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

/// A level of satisfaction (五档). Who does not know (不了解) rates nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Level {
    /// 非常满意.
    VerySatisfied,
    /// 满意.
    Satisfied,
    /// 基本满意.
    BasicallySatisfied,
    /// 不满意.
    Dissatisfied,
    /// 非常不满意.
    VeryDissatisfied,
    /// 不了解: leaves numerator and denominator.
    Unknown,
}

impl Level {
    /// All of them, the best first.
    pub const ALL: [Self; 6] = [
        Self::VerySatisfied,
        Self::Satisfied,
        Self::BasicallySatisfied,
        Self::Dissatisfied,
        Self::VeryDissatisfied,
        Self::Unknown,
    ];

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

/// How often the liaison came (C5 走访次数).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Visits {
    /// 偏少.
    TooFew,
    /// 合适.
    Right,
    /// 偏多.
    TooMany,
}

impl Visits {
    /// All of them, in the order of the form.
    pub const ALL: [Self; 3] = [Self::TooFew, Self::Right, Self::TooMany];
}

/// What is asked about facts (part D).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Check {
    /// D1 是否遇到要求补交未列明材料.
    UnlistedMaterials,
    /// D2 是否遇到同一事项被要求补正两次以上.
    SecondCorrection,
    /// D3 是否遇到超过承诺时限未办结.
    OverLimit,
    /// D4 是否被指定或变相指定中介: a lead for the supervisor alone.
    IntermediaryImposed,
    /// D5 是否遇到无依据收费或摊派: a lead for the supervisor alone.
    LevyWithoutBasis,
}

impl Check {
    /// All of them, in the order of the form.
    pub const ALL: [Self; 5] = [
        Self::UnlistedMaterials,
        Self::SecondCorrection,
        Self::OverLimit,
        Self::IntermediaryImposed,
        Self::LevyWithoutBasis,
    ];

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

/// An answer about a fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum CheckAnswer {
    /// 是.
    Yes,
    /// 否.
    No,
    /// 不清楚.
    Unclear,
}

impl CheckAnswer {
    /// All of them, in the order of the form.
    pub const ALL: [Self; 3] = [Self::Yes, Self::No, Self::Unclear];
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
