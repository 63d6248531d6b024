//! File of a case (办件补交文件): one file that followed after the receipt, because it had been missing or was allowed to follow.

use sea_orm::entity::prelude::*;

/// One file of one material.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "case_file")]
pub struct Model {
    /// The case.
    #[sea_orm(primary_key, auto_increment = false)]
    pub case_id: Uuid,
    /// The material, by its key in the application.
    #[sea_orm(primary_key, auto_increment = false)]
    pub material: String,
    /// Which one of the material it is, from 1.
    #[sea_orm(primary_key, auto_increment = false)]
    pub place: i32,
    /// The file.
    pub document_id: Uuid,
    /// Who handed it in.
    pub handed_in_by: Uuid,
    /// When.
    pub handed_in_at: DateTimeUtc,
}

/// Nothing hangs below.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
