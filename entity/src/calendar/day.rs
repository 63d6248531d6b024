//! Named day (通知所列日期): a day on which a notice departs from Monday to Friday.

use sea_orm::entity::prelude::*;

/// One day of one revision.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "calendar_day")]
pub struct Model {
    /// The revision.
    #[sea_orm(primary_key, auto_increment = false)]
    pub import_id: Uuid,
    /// The day.
    #[sea_orm(primary_key, auto_increment = false)]
    pub day: Date,
    /// What the notice makes of it.
    pub kind: Kind,
    /// 简体中文.
    pub name_zh: String,
    /// English.
    pub name_en: String,
}

/// What a notice makes of a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(
    rs_type = "String",
    db_type = "String(StringLen::N(8))",
    rename_all = "SCREAMING_SNAKE_CASE"
)]
pub enum Kind {
    /// 放假: a day off.
    Holiday,
    /// 上班: a Saturday or Sunday that is worked.
    Workday,
}

/// Nothing hangs below a day.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
