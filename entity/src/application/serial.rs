//! Serial number of applications (申请编号): the last number that was given in a year.

use sea_orm::entity::prelude::*;

/// The last number of one year.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "application_serial")]
pub struct Model {
    /// The year.
    #[sea_orm(primary_key, auto_increment = false)]
    pub year: i32,
    /// The last number that was given.
    pub last: i32,
}

/// Nothing hangs below.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
