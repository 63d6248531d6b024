//! Approval item (审批事项): one entry of the catalogue, with its code and the department that decides. What it asks and promises, its versions
//! say; what the items share, the edition of the catalogue.

use sea_orm::entity::prelude::*;

use crate::catalogue::ItemStatus;

pub mod commands;
pub mod edition;
pub mod publication;
pub mod repository;
pub mod rules;
pub mod version;

/// One item.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "item")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// As people and files name it: "R01".
    pub code: String,
    /// Where it stands in the catalogue.
    pub place: i32,
    /// The department that decides.
    pub department_id: Uuid,
    /// Its name, Chinese.
    pub name_zh: String,
    /// English.
    pub name_en: String,
    /// Whether it is in the catalogue.
    pub status: ItemStatus,
    /// Grows by one with every change of the item or of its versions.
    pub version: i32,
}

/// Its versions are a table of their own ([`version`]).
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
