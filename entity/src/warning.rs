//! Warning (预警记录): one person has been told that one thing has crossed one threshold. Recorded once, for ever. Of what a digest has only
//! counted it is recorded that it was left out, by the last digest that did so.

use sea_orm::entity::prelude::*;

pub mod commands;
pub mod repository;

/// How the thresholds begin that are told when a limit of the law has passed; the due date follows.
pub const STATUTORY: &str = "STATUTORY:";

/// As what it is recorded that a digest had no room for a thing, and told of it only in the number of what it left out.
pub(crate) const LEFT_OUT: &str = "LEFT_OUT";

/// What the end of a contract is remembered as.
pub const CONTRACT: &str = "CONTRACT";

/// What the end of a permit is remembered as.
pub const PERMIT: &str = "PERMIT";

/// One warning.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "warning")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The name of its kind, see `subject::Kind`.
    pub subject_kind: String,
    /// Which one: the key of the subject.
    pub subject_id: Uuid,
    /// The threshold, with the due date it was crossed for: "RED:2026-10-09", "EXPIRY_60".
    pub threshold: String,
    /// Who was told.
    pub recipient_id: Uuid,
    /// Not told, because a more urgent threshold of the same thing was told at the same time.
    pub superseded: bool,
    /// The letter that said it.
    pub letter_id: Option<Uuid>,
    /// When.
    pub recorded_at: DateTimeUtc,
}

/// Nothing hangs below a warning.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
