//! Needs (需办事项): what a project has answered to the questions of the catalogue, from which follow the items that it needs, each with its
//! reason.

use sea_orm::entity::prelude::*;

use crate::condition::Answers;

pub mod commands;
pub mod repository;
pub mod rules;

/// The answers of one project.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "project_needs")]
pub struct Model {
    /// The project.
    #[sea_orm(primary_key, auto_increment = false)]
    pub project_id: Uuid,
    /// The edition of the catalogue by which it was answered last.
    pub edition_id: Uuid,
    /// What was answered.
    #[sea_orm(column_type = "Json")]
    pub answers: Answers,
    /// Who answered last; none when the system did it.
    pub answered_by: Option<Uuid>,
    /// When.
    pub answered_at: DateTimeUtc,
    /// Counts the changes.
    pub version: i32,
}

/// What follows from the answers is stored nowhere.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
