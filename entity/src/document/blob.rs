//! The content of a document (文件内容), in the database: the one place that replicas share and one backup covers.

use sea_orm::entity::prelude::*;

/// The bytes of one document.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "document_blob")]
pub struct Model {
    /// The document.
    #[sea_orm(primary_key, auto_increment = false)]
    pub document_id: Uuid,
    /// Its content.
    pub bytes: Vec<u8>,
}

/// Relations point from child to parent and are written where they are needed.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
