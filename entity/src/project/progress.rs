//! Progress report (进展填报): how far the project says it is, on one day.

use sea_orm::entity::prelude::*;

/// One report.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "progress_report")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The project.
    pub project_id: Uuid,
    /// The day it speaks of.
    pub reported_on: Date,
    /// How much is done, 0 to 100.
    pub percent: i32,
    /// What was done, what blocks.
    pub note: String,
    /// Who reported, if a person did.
    pub reported_by: Option<Uuid>,
    /// When.
    pub reported_at: DateTimeUtc,
}

/// Nothing hangs below a report.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
