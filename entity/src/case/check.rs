//! Line of a checklist (核对清单): what the office found on one material of a case, or on the conditions of its item.

use sea_orm::entity::prelude::*;

/// The answer to one line.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "case_check")]
pub struct Model {
    /// The case.
    #[sea_orm(primary_key, auto_increment = false)]
    pub case_id: Uuid,
    /// The line: a material by its key in the application, or the conditions.
    #[sea_orm(primary_key, auto_increment = false)]
    pub line: String,
    /// Whether it is as it should be.
    pub is_met: bool,
    /// What is to be said of it.
    pub note: Option<String>,
    /// Who looked.
    pub checked_by: Uuid,
    /// When.
    pub checked_at: DateTimeUtc,
}

/// Nothing hangs below.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
