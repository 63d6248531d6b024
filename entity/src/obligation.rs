//! Obligation (履约事项): one occasion on which a commitment must be kept, with its deadline, its owner and its evidence.

use sea_orm::entity::prelude::*;

use crate::term::term;

pub mod commands;
pub mod repository;
pub mod rules;
pub mod subject;

term! {
    /// Where an obligation stands. Overdue is not a state: it is open until it is fulfilled or declared missed.
    pub enum State as "ObligationState" in "String(StringLen::N(10))" {
        /// To be kept.
        Open = "OPEN", "待履行", "Open";
        /// Kept, with evidence, perhaps late.
        Fulfilled = "FULFILLED", "已履行", "Kept";
        /// Declared missed, with a public reason.
        Missed = "MISSED", "未履行", "Missed";
        /// No longer owed.
        Cancelled = "CANCELLED", "已取消", "Cancelled";
    }
}

/// One occasion.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "obligation")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The promise.
    pub commitment_id: Uuid,
    /// Its contract.
    pub contract_id: Uuid,
    /// The enterprise to which it is owed.
    pub enterprise_id: Uuid,
    /// Its time limit.
    pub deadline_id: Uuid,
    /// What it is for, unique in the promise: "once", "2026-W38", "2026-09", "event:KEY".
    pub occasion: String,
    /// What happened, for a promise that an event opens.
    pub event_note: Option<String>,
    /// Where it stands.
    pub state: State,
    /// When it was opened.
    pub opened_at: DateTimeUtc,
    /// When it was closed.
    pub closed_at: Option<DateTimeUtc>,
    /// Who closed it; none when the system did.
    pub closed_by: Option<Uuid>,
    /// The file that proves it; the first of several, whose others are attached.
    pub evidence_document_id: Option<Uuid>,
    /// The note that proves it.
    pub evidence_note: Option<String>,
    /// By how many working days it was late when it was closed.
    pub days_late: Option<i32>,
    /// Why it was missed or cancelled; the enterprise reads it.
    pub public_reason: Option<String>,
    /// Why it was entered on a later day than it was done. That day is kept with the time limit.
    pub backdating_reason: Option<String>,
    /// Grows by one with every change.
    pub version: i32,
}

/// Relations point from child to parent and are written where they are needed.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
