//! Project (重点项目): what an enterprise builds under its contract, through the ten stages from first talk to production.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

pub mod commands;
pub mod progress;
pub mod repository;
pub mod requirement;
pub mod rules;
pub mod stage;

/// One project.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "project")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The contract that names it.
    pub contract_id: Uuid,
    /// Whose project it is.
    pub enterprise_id: Uuid,
    /// What people call it; unique within the contract.
    pub name: String,
    /// Whether it goes on.
    pub state: State,
    /// Why it is on hold or dropped.
    pub state_reason: Option<String>,
    /// When it was recorded.
    pub created_at: DateTimeUtc,
    /// Counts the changes.
    pub version: i32,
}

/// Stages, requirements and reports point here; nothing is reached from here.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// Whether a project goes on.
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
    /// 推进中: it goes on.
    Active,
    /// 暂缓: it rests for a reason and may go on later.
    OnHold,
    /// 终止: it was given up for a reason.
    Dropped,
    /// 建成: it left its last stage.
    Done,
}
