//! Supervision order (督办单): the supervisor or a leader orders the department in charge to answer in writing for a promise that stays
//! overdue although reminders were sent. What is answered, asked again and settled is a thread below the order.

use sea_orm::entity::prelude::*;

use crate::term::term;

pub mod commands;
pub mod entry;
pub mod repository;
pub mod rules;

term! {
    /// Where an order stands.
    pub enum State as "SupervisionOrderState" in "String(StringLen::N(10))" {
        /// The department has to answer.
        Ordered = "ORDERED", "待答复", "Awaiting an answer";
        /// The department has answered; whoever orders has to settle it, or to ask again.
        Answered = "ANSWERED", "已答复", "Answered";
        /// It is settled.
        Settled = "SETTLED", "已了结", "Settled";
    }
}

/// One order.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "supervision_order")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The obligation.
    pub obligation_id: Uuid,
    /// Its enterprise.
    pub enterprise_id: Uuid,
    /// The department that answers; none when it is the service centre.
    pub department_id: Option<Uuid>,
    /// The promise as it was called, in Chinese.
    pub about_zh: String,
    /// In English.
    pub about_en: String,
    /// For which due date: there is one order for each.
    pub due_on: Date,
    /// Why.
    pub reason: String,
    /// When.
    pub ordered_at: DateTimeUtc,
    /// By whom; none when the system did it.
    pub ordered_by: Option<Uuid>,
    /// By when the department answers, as it was asked last.
    pub reply_by: Date,
    /// Where it stands.
    pub state: State,
    /// When it was settled.
    pub settled_at: Option<DateTimeUtc>,
    /// Grows by one with every change.
    pub version: i32,
}

/// Nothing hangs below but what is written to it.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
