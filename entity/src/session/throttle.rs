//! Login throttle (登录限制): how often an account was tried lately, from elsewhere or by a browser it knows, and how many
//! wrong passwords came from one address. Kept in the database, so that
//! it holds across replicas.

use sea_orm::entity::prelude::*;

/// The attempts of one subject.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "login_throttle")]
pub struct Model {
    /// "account:LOGIN", "browser:HASH:ACCOUNT", "own:ACCOUNT" or "address:ADDRESS".
    #[sea_orm(primary_key, auto_increment = false)]
    pub subject: String,
    /// When the present minute of counting began.
    pub window_started_at: DateTimeUtc,
    /// Attempts in the present minute.
    pub attempts: i32,
    /// Wrong passwords since the last right one.
    pub failures: i32,
    /// No attempt is looked at before this instant.
    pub locked_until: Option<DateTimeUtc>,
}

/// Nothing hangs below.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
