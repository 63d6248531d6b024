//! What was written to an order: an answer, a question that was asked again, how it was settled.

use sea_orm::entity::prelude::*;

use crate::term::term;

term! {
    /// What was written.
    pub enum Kind as "SupervisionEntryKind" in "String(StringLen::N(10))" {
        /// The department answers.
        Reply = "REPLY", "书面答复", "Answer";
        /// The answer does not do: the department answers again, by another day.
        AskAgain = "ASK_AGAIN", "要求再次答复", "Asked again";
        /// The order is settled.
        Settle = "SETTLE", "了结", "Settled";
    }
}

/// One entry, never changed.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "supervision_entry")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The order.
    pub order_id: Uuid,
    /// What it is.
    pub kind: Kind,
    /// What was written.
    pub text: String,
    /// By when the answer was, or now is, to come.
    pub reply_by: Date,
    /// Whether it is an answer that came after that day.
    pub late: bool,
    /// When it was written.
    pub written_at: DateTimeUtc,
    /// By whom; none when the system did it.
    pub written_by: Option<Uuid>,
}

/// Nothing hangs below.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
