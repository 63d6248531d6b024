//! File of an application (申请文件): one file of a material that is handed in, in the order in which they were attached.

use sea_orm::entity::prelude::*;

/// One file of one material.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "application_file")]
pub struct Model {
    /// The application.
    #[sea_orm(primary_key, auto_increment = false)]
    pub application_id: Uuid,
    /// The material.
    #[sea_orm(primary_key, auto_increment = false)]
    pub material: String,
    /// Which one it is, from 1.
    #[sea_orm(primary_key, auto_increment = false)]
    pub place: i32,
    /// The file.
    pub document_id: Uuid,
}

/// Nothing hangs below.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
