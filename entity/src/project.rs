//! Project (重点项目): what an enterprise builds under its contract, through the ten stages from first talk to production.

use sea_orm::entity::prelude::*;

use crate::term::term;

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
    /// Whether any of its milestones has a plan; nothing while an older program has left that open.
    pub is_planned: Option<bool>,
    /// From which day on it is behind its plan (滞后), as things stand.
    pub behind_from: Option<Date>,
    /// From which day on it is far behind (严重滞后).
    pub far_behind_from: Option<Date>,
    /// From which day on nothing has been heard of it for too long (进展逾期未报).
    pub silent_from: Option<Date>,
    /// Counts the changes.
    pub version: i32,
}

/// Stages, requirements and reports point here; nothing is reached from here.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

term! {
    /// Whether a project goes on (项目状态).
    pub enum State as "ProjectState" in "String(StringLen::N(8))" {
        /// It goes on.
        Active = "ACTIVE", "推进中", "In progress";
        /// On hold for a reason; it can be resumed.
        OnHold = "ON_HOLD", "暂缓", "On hold";
        /// Terminated for a reason.
        Dropped = "DROPPED", "终止", "Terminated";
        /// It left its last stage.
        Done = "DONE", "建成", "Completed";
    }
}
