//! Item of an application (申请事项): what is applied for, by the version that held when it was chosen or answered again.

use sea_orm::entity::prelude::*;

/// One item of one application.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "application_item")]
pub struct Model {
    /// The application.
    #[sea_orm(primary_key, auto_increment = false)]
    pub application_id: Uuid,
    /// The item.
    #[sea_orm(primary_key, auto_increment = false)]
    pub item_id: Uuid,
    /// Its version.
    pub version_id: Uuid,
}

/// Nothing hangs below.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
