//! Absence (请假): a person is on leave from one day until another, and a deputy stands in: letters follow to the deputy.

use sea_orm::entity::prelude::*;

use crate::term::term;

pub mod commands;
pub mod repository;
pub mod rules;

term! {
    /// Where a leave stands.
    pub enum State as "AbsenceState" in "String(StringLen::N(8))" {
        /// It begins on a later day.
        Planned = "PLANNED", "未开始", "Not started";
        /// The deputy stands in.
        Current = "CURRENT", "请假中", "On leave";
        /// History.
        Ended = "ENDED", "已结束", "Ended";
    }
}

/// One leave.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "absence")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Who is on leave.
    pub account_id: Uuid,
    /// Who stands in.
    pub deputy_id: Uuid,
    /// The first day.
    pub from_on: Date,
    /// The last day.
    pub until_on: Date,
    /// Where it stands.
    pub state: State,
    /// When it ended.
    pub ended_at: Option<DateTimeUtc>,
    /// Who recorded it.
    pub recorded_by: Option<Uuid>,
    /// When.
    pub recorded_at: DateTimeUtc,
    /// Counts the changes.
    pub version: i32,
}

/// Nothing hangs below.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
