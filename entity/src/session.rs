//! Session (会话): a person signed in by a browser, or a named token of a program. Only the hash of the secret is kept.

use sea_orm::entity::prelude::*;

use crate::term::term;

pub mod commands;
pub mod repository;
pub mod rules;
pub mod throttle;

term! {
    /// How the secret of a session is carried.
    pub enum Kind as "SessionKind" in "String(StringLen::N(8))" {
        /// A person's browser; ends when idle.
        Cookie = "COOKIE", "浏览器", "Browser";
        /// A program; ends on its date or when revoked.
        Token = "TOKEN", "令牌", "Token";
    }
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
