//! Rating (单项评价): what an enterprise says of one service that it was given: once, and once more after each reply to a bad one.

use std::collections::BTreeSet;

use sea_orm::{FromJsonQueryResult, entity::prelude::*};
use serde::{Deserialize, Serialize};

use crate::term::term;

pub mod commands;
pub mod repository;
pub mod rules;

term! {
    /// How satisfied an enterprise is with a service.
    pub enum Level as "RatingLevel" in "String(StringLen::N(20))" {
        /// Very satisfied.
        VerySatisfied = "VERY_SATISFIED", "非常满意", "Very satisfied";
        /// Satisfied.
        Satisfied = "SATISFIED", "满意", "Satisfied";
        /// Basically satisfied.
        BasicallySatisfied = "BASICALLY_SATISFIED", "基本满意", "Basically satisfied";
        /// Dissatisfied: opens a rectification.
        Dissatisfied = "DISSATISFIED", "不满意", "Dissatisfied";
        /// Very dissatisfied: opens a rectification.
        VeryDissatisfied = "VERY_DISSATISFIED", "非常不满意", "Very dissatisfied";
    }
}

impl Level {
    /// Whether it is a bad rating (差评).
    pub fn is_bad(self) -> bool {
        matches!(self, Self::Dissatisfied | Self::VeryDissatisfied)
    }
}

term! {
    /// Why somebody is dissatisfied (B8).
    pub enum Cause as "EvaluationCause" {
        /// It was not said at once what is needed.
        NotToldAtOnce = "NOT_TOLD_AT_ONCE", "一次没有告知清楚", "Not told clearly at once";
        /// Materials were asked for more than once.
        RepeatedMaterials = "REPEATED_MATERIALS", "多次补件", "Asked for materials repeatedly";
        /// It took longer than was promised.
        OverLimit = "OVER_LIMIT", "超过承诺时限", "Over the promised limit";
        /// One office sent to another.
        PassedAround = "PASSED_AROUND", "互相推诿", "Passed around";
        /// The tone was rude.
        Rude = "RUDE", "态度生硬", "Rude";
        /// The fees were not clear.
        UnclearFees = "UNCLEAR_FEES", "收费不清", "Fees unclear";
        /// An intermediary was imposed.
        IntermediaryImposed = "INTERMEDIARY_IMPOSED", "指定中介", "Intermediary imposed";
        /// The system is hard to use.
        SystemHard = "SYSTEM_HARD", "系统不好用", "System hard to use";
        /// Something else.
        Other = "OTHER", "其他", "Other";
    }
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
