//! Feed (日历订阅): an address by which a calendar program reads a person's dates without signing in. Only the hash of its secret is
//! kept, and its owner can revoke it.

use sea_orm::entity::prelude::*;

pub mod commands;
pub mod ical;
pub mod repository;
pub mod rules;

/// One feed.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "feed")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Whose dates it shows.
    pub account_id: Uuid,
    /// By what its owner knows it: "telephone".
    pub name: String,
    /// SHA-256 of the secret in the address.
    #[sea_orm(unique)]
    pub secret_hash: String,
    /// When it was made.
    pub created_at: DateTimeUtc,
    /// When a program last read it, to the hour.
    pub last_read_at: Option<DateTimeUtc>,
    /// When it was revoked.
    pub revoked_at: Option<DateTimeUtc>,
}

/// Nothing hangs below.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
