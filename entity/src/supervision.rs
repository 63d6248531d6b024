//! Supervision (督办): the supervisor or a leader orders the department in charge to answer in writing for a promise that stays
//! overdue although reminders were sent.

use chrono::NaiveDate;
use sea_orm::prelude::{DateTimeUtc, Uuid};

pub mod commands;
pub mod repository;
pub mod rules;

/// An order as it was given.
#[derive(Clone, Debug)]
pub struct Given {
    /// The obligation.
    pub obligation_id: Uuid,
    /// When.
    pub at: DateTimeUtc,
    /// By whom; none when the system did it.
    pub by: Option<Uuid>,
    /// For which due date.
    pub due_on: NaiveDate,
    /// By when the department answers.
    pub reply_by: NaiveDate,
    /// Why.
    pub reason: String,
}
