//! Material of a case (办件材料): what its version asks for by its answers. Of an application for several items, the files of these materials
//! belong to the case.

use sea_orm::entity::prelude::*;

/// One material of one case.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "case_material")]
pub struct Model {
    /// The case.
    #[sea_orm(primary_key, auto_increment = false)]
    pub case_id: Uuid,
    /// The material, by its key in the application.
    #[sea_orm(primary_key, auto_increment = false)]
    pub material: String,
}

/// Nothing hangs below.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
