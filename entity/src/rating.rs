//! Rating (单项评价): what an enterprise says of one service that it was given: once, and once more after each reply to a bad one.

use std::collections::BTreeSet;

use sea_orm::{FromJsonQueryResult, entity::prelude::*};
use serde::{Deserialize, Serialize};

use crate::language::Text;

pub mod commands;
pub mod repository;
pub mod rules;

/// How satisfied an enterprise is (五档).
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize,
)]
#[sea_orm(
    rs_type = "String",
    db_type = "String(StringLen::N(20))",
    rename_all = "SCREAMING_SNAKE_CASE"
)]
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
}

impl Level {
    /// Whether it is a bad rating (差评).
    pub fn is_bad(self) -> bool {
        matches!(self, Self::Dissatisfied | Self::VeryDissatisfied)
    }

    /// What people call it.
    pub fn label(self) -> Text {
        let (zh, en) = match self {
            Self::VerySatisfied => ("非常满意", "Very satisfied"),
            Self::Satisfied => ("满意", "Satisfied"),
            Self::BasicallySatisfied => ("基本满意", "Basically satisfied"),
            Self::Dissatisfied => ("不满意", "Dissatisfied"),
            Self::VeryDissatisfied => ("非常不满意", "Very dissatisfied"),
        };
        Text::new(zh, en)
    }
}

/// Why somebody is dissatisfied (B8).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Cause {
    /// 一次没有告知清楚.
    NotToldAtOnce,
    /// 多次补件.
    RepeatedMaterials,
    /// 超过承诺时限.
    OverLimit,
    /// 互相推诿.
    PassedAround,
    /// 态度生硬.
    Rude,
    /// 收费不清.
    UnclearFees,
    /// 指定中介.
    IntermediaryImposed,
    /// 系统不好用.
    SystemHard,
    /// 其他.
    Other,
}

impl Cause {
    /// All of them, in the order of the form.
    pub const ALL: [Self; 9] = [
        Self::NotToldAtOnce,
        Self::RepeatedMaterials,
        Self::OverLimit,
        Self::PassedAround,
        Self::Rude,
        Self::UnclearFees,
        Self::IntermediaryImposed,
        Self::SystemHard,
        Self::Other,
    ];
}

/// Why somebody is dissatisfied, each cause once.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
pub struct Causes(pub BTreeSet<Cause>);

/// One rating.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "rating")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The service.
    pub obligation_id: Uuid,
    /// Who rates it.
    pub enterprise_id: Uuid,
    /// The department that was in charge; none when the service centre was.
    pub department_id: Option<Uuid>,
    /// 0 is the rating of the service, 1 and 2 are those of the replies to a bad one.
    pub round: i32,
    /// How satisfied.
    pub level: Level,
    /// Why not, when it is bad.
    #[sea_orm(column_type = "Json")]
    pub causes: Causes,
    /// In words.
    pub comment: Option<String>,
    /// Which contact gave it; none when the system did.
    pub rated_by: Option<Uuid>,
    /// When.
    pub rated_at: DateTimeUtc,
}

/// Nothing hangs below.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
