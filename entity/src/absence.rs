//! Absence (请假): a person is on leave from one day until another, and a deputy stands in: letters follow to the deputy.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

pub mod commands;
pub mod repository;
pub mod rules;

/// Where a leave stands.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize,
)]
#[sea_orm(
    rs_type = "String",
    db_type = "String(StringLen::N(8))",
    rename_all = "SCREAMING_SNAKE_CASE"
)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum State {
    /// 未开始: it begins on a later day.
    Planned,
    /// 请假中: the deputy stands in.
    Current,
    /// 已结束: history.
    Ended,
}

/// One leave.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "absence")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Who is on leave.
    pub account_id: Uuid,
    /// Who stands in.
    pub deputy_id: Uuid,
    /// The first day.
    pub from_on: Date,
    /// The last day.
    pub until_on: Date,
    /// Where it stands.
    pub state: State,
    /// When it ended.
    pub ended_at: Option<DateTimeUtc>,
    /// Who recorded it.
    pub recorded_by: Option<Uuid>,
    /// When.
    pub recorded_at: DateTimeUtc,
    /// Counts the changes.
    pub version: i32,
}

/// Nothing hangs below.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
