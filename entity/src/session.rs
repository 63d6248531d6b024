//! Session (会话): a person signed in by a browser, or a named token of a program. Only the hash of the secret is kept.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

pub mod commands;
pub mod repository;
pub mod rules;
pub mod throttle;

/// How the secret is carried.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize,
)]
#[sea_orm(
    rs_type = "String",
    db_type = "String(StringLen::N(8))",
    rename_all = "SCREAMING_SNAKE_CASE"
)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Kind {
    /// A person's browser, by cookie; ends when idle.
    Cookie,
    /// A program, by `Authorization: Bearer`; ends on its date or when revoked.
    Token,
}

/// One session.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "session")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Whose.
    pub account_id: Uuid,
    /// By cookie or by token.
    pub kind: Kind,
    /// The token's name, or what the browser called itself.
    pub name: String,
    /// SHA-256 of the secret.
    pub secret_hash: String,
    /// When it began.
    pub created_at: DateTimeUtc,
    /// When it was last used, to the minute.
    pub last_seen_at: DateTimeUtc,
    /// After this instant it is over whatever happens.
    pub expires_at: DateTimeUtc,
    /// When it was signed out or revoked.
    pub revoked_at: Option<DateTimeUtc>,
    /// SHA-256 of that by which the browser is known afterwards; nothing for a token.
    pub browser_hash: Option<String>,
}

/// Nothing hangs below.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
