//! Project stage (项目阶段): one of the ten steps of an industrial project, and when this project was in it.

use sea_orm::entity::prelude::*;

/// One project in one stage.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "project_stage")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The project.
    pub project_id: Uuid,
    /// Which of the ten stages, from 1.
    pub number: i32,
    /// The day it was entered.
    pub entered_on: Option<Date>,
    /// The day it was left with its evidence.
    pub left_on: Option<Date>,
    /// Counts the changes.
    pub version: i32,
}

/// Nothing hangs below a stage.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
