//! Suppressed address (停投地址): an address the other side does not know. The address is given up, never the person: a new
//! address of the same person is tried at once.

use sea_orm::entity::prelude::*;

/// One address.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "suppressed_address")]
pub struct Model {
    /// The address, in small letters.
    #[sea_orm(primary_key, auto_increment = false)]
    pub address: String,
    /// Since when.
    pub since: DateTimeUtc,
    /// When it was refused last.
    pub refused_at: DateTimeUtc,
    /// How often.
    pub refusals: i32,
    /// The letter that was refused last.
    pub letter_id: Uuid,
    /// What the other side said.
    pub reason: String,
}

/// Nothing hangs below it.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
