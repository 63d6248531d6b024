//! Audit entry (审计记录): who changed what, when and why. Written in the transaction of the change; never altered.

use sea_orm::entity::prelude::*;

pub mod commands;
pub mod fields;
pub mod repository;
pub mod rules;

/// One change.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "audit_entry")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// When.
    pub at: DateTimeUtc,
    /// The person, if it was one.
    pub actor_id: Option<Uuid>,
    /// "LIAISON", "system: import": the role of the person, or the name of the part of the system.
    pub actor: String,
    /// The command, "obligation.fulfil".
    pub action: String,
    /// The kind of the thing changed, as the API names its type ("Contract").
    pub subject_kind: String,
    /// The thing changed.
    pub subject_id: Uuid,
    /// What the changed fields were.
    pub before: Option<Json>,
    /// What they are now.
    pub after: Option<Json>,
    /// Why, where the command asks for a reason.
    pub reason: Option<String>,
}

/// Nothing hangs below an audit entry.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
