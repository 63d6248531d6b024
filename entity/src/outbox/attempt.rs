//! Delivery attempt (投递尝试): one try to hand a letter to the mail server, and how far it came.

use sea_orm::entity::prelude::*;

use super::Phase;

/// One attempt.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "letter_attempt")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The letter.
    pub letter_id: Uuid,
    /// First, second, …
    pub number: i32,
    /// When it began.
    pub started_at: DateTimeUtc,
    /// When its result was known; never, when the process died.
    pub ended_at: Option<DateTimeUtc>,
    /// How far it came.
    pub phase: Phase,
    /// The reply code.
    pub code: Option<i32>,
    /// The reply or error.
    pub text: Option<String>,
    /// Who tried.
    pub holder: String,
}

/// Nothing hangs below an attempt.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
