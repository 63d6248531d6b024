//! Attachment (附件): one of several files of an act, in the order in which they were chosen.

use sea_orm::entity::prelude::*;

pub mod commands;
pub mod repository;

/// One file of an act: a further one of the evidence of an obligation or of a visit, or one of an answer to a supervision order.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "attachment")]
pub struct Model {
    /// The obligation, the visit, or the entry of the order.
    #[sea_orm(primary_key, auto_increment = false)]
    pub subject_id: Uuid,
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
