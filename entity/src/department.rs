//! Department (部门): one of the fourteen offices of the park, with its counterpart in the city today and its windows.

use sea_orm::entity::prelude::*;

pub mod commands;
pub mod repository;
pub mod rules;

/// One department.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "department")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The number in the park's list.
    pub number: i32,
    /// Name, Chinese.
    pub name_zh: String,
    /// Name, English.
    pub name_en: String,
    /// The office that has these duties today (对应现行部门).
    pub counterpart_zh: String,
    /// How many windows it has in the hall.
    pub windows: i32,
    /// The last day, once dissolved.
    pub ended_on: Option<Date>,
    /// Counts the changes.
    pub version: i32,
}

/// Nothing hangs below.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
