//! Link (一次性链接): a secret sent by letter that lets a person choose a password, once, within 72 hours.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

/// What a link is for.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize,
)]
#[sea_orm(
    rs_type = "String",
    db_type = "String(StringLen::N(16))",
    rename_all = "SCREAMING_SNAKE_CASE"
)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Purpose {
    /// The first password of a new account.
    Invitation,
    /// A forgotten password.
    Password,
}

/// One link.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "account_link")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Whose password it sets.
    pub account_id: Uuid,
    /// What it is for.
    pub purpose: Purpose,
    /// SHA-256 of the secret in the letter.
    pub secret_hash: String,
    /// When it was made.
    pub created_at: DateTimeUtc,
    /// After this instant it is void.
    pub expires_at: DateTimeUtc,
    /// When it was used, or another link of the account was.
    pub used_at: Option<DateTimeUtc>,
}

/// Nothing hangs below.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
