//! Schedule and run (计划与运行): what happens by itself, and the record of each time it happened.

use sea_orm::entity::prelude::*;

pub mod commands;
pub mod repository;
pub mod rules;
pub mod run;

/// What the database remembers of one schedule; its times and its work are in the program.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "schedule")]
pub struct Model {
    /// The job's name.
    #[sea_orm(primary_key, auto_increment = false)]
    pub name: String,
    /// Paused until then.
    pub paused_until: Option<DateTimeUtc>,
    /// Who paused it.
    pub paused_by: Option<Uuid>,
    /// Why.
    pub pause_reason: Option<String>,
    /// The last nominal time that is settled: everything up to it has been run, tried or covered.
    pub caught_up_to: Option<DateTimeUtc>,
    /// Optimistic version.
    pub version: i32,
}

/// Runs are found by the job's name.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
