//! Promotion (授权待确认): a role with power over all, given to an account by one administrator, that waits for a second one.

use sea_orm::entity::prelude::*;

use crate::viewer::Role;

/// One promotion; an account has at most one.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "account_promotion")]
pub struct Model {
    /// Whose.
    #[sea_orm(primary_key, auto_increment = false)]
    pub account_id: Uuid,
    /// The role that waits.
    pub role: Role,
    /// The administrator who gave it.
    pub asked_by: Uuid,
    /// When.
    pub asked_at: DateTimeUtc,
}

/// Nothing hangs below.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
