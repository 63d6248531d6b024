//! Milestone (里程碑): a weighted point in a project with its first plan, its forecast and its actual day.

use sea_orm::entity::prelude::*;

pub mod change;
pub mod commands;
pub mod repository;
pub mod rules;

/// One milestone.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "milestone")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The project.
    pub project_id: Uuid,
    /// Whose project it is.
    pub enterprise_id: Uuid,
    /// Its place in the plan, from 1.
    pub position: i32,
    /// The stage it closes, if it closes one.
    pub stage_number: Option<i32>,
    /// What is reached.
    pub name: String,
    /// How much of the project it is, relative to the others.
    pub weight: i32,
    /// The day first planned; kept for ever.
    pub baseline_on: Option<Date>,
    /// The day now expected.
    pub forecast_on: Option<Date>,
    /// The day it was reached.
    pub actual_on: Option<Date>,
    /// The file that proves it.
    pub evidence_document_id: Option<Uuid>,
    /// Counts the changes.
    pub version: i32,
}

/// Changes point here; nothing is reached from here.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
