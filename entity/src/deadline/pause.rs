//! Pause (中止): a stretch of days that the law, or an agreement on paper, takes out of a time limit.

use sea_orm::entity::prelude::*;

use super::LegalEffect;

/// One pause.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "deadline_pause")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The time limit that it stops.
    pub deadline_id: Uuid,
    /// On what ground.
    pub kind: Kind,
    /// Why, in words.
    pub reason: String,
    /// The written notice.
    pub document_id: Uuid,
    /// The first day that is not counted.
    pub started_on: Date,
    /// The end that the notice names.
    pub expected_end_on: Option<Date>,
    /// The last day that is not counted; absent while the pause lasts.
    pub ended_on: Option<Date>,
}

/// The ground of a pause (许可法第四十五条).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(
    rs_type = "String",
    db_type = "String(StringLen::N(12))",
    rename_all = "SCREAMING_SNAKE_CASE"
)]
pub enum Kind {
    /// 听证.
    Hearing,
    /// 招标.
    Bid,
    /// 拍卖.
    Auction,
    /// 检验.
    Inspect,
    /// 检测.
    Test,
    /// 检疫.
    Quarantine,
    /// 鉴定.
    Appraise,
    /// 专家评审.
    Expert,
    /// 双方约定: both sides agreed in writing.
    Agreed,
}

impl Kind {
    /// All grounds.
    pub const ALL: [Self; 9] = [
        Self::Hearing,
        Self::Bid,
        Self::Auction,
        Self::Inspect,
        Self::Test,
        Self::Quarantine,
        Self::Appraise,
        Self::Expert,
        Self::Agreed,
    ];

    /// Whether this ground stops a limit of that effect. 行政许可法第四十五条 lists what stops a limit of the law; what two sides agree
    /// stops what one of them has promised.
    pub fn stops(self, effect: LegalEffect) -> bool {
        self != Self::Agreed || effect != LegalEffect::Statutory
    }
}

/// Nothing hangs below a pause.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
