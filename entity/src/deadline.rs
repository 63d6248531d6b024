//! Deadline (时限): a time limit on one thing. It has a budget of days, of which some are consumed; the rest runs since a day
//! or is paused. The due date is derived from these and kept beside them for indexes.

use sea_orm::entity::prelude::*;

use crate::{subject::Subject, term::term};

pub mod commands;
pub mod pause;
pub mod repository;
pub mod rules;

/// A time limit as stored.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "deadline")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// What it means to break it.
    pub legal_effect: LegalEffect,
    /// What happens when it runs out.
    pub on_expiry: OnExpiry,
    /// Which way it is counted.
    pub reckoning: Reckoning,
    /// Which days count.
    pub unit: Unit,
    /// The limit as first set; 0 is "the same day".
    pub limit_days: i32,
    /// By how much it was extended; 0 when it never was.
    pub extension_days: i32,
    /// Why it was extended.
    pub extension_reason: Option<String>,
    /// By how many days at most its rule lets it be extended, for what the law sets; as in force when it was opened.
    pub extension_limit: i32,
    /// The day of the start event, never counted itself; of what is counted back, the end from which it is.
    pub started_on: Date,
    /// Days of the budget used up before `running_since` (or before the pause).
    pub consumed_days: i32,
    /// The day after which it counts now; absent unless it is running.
    pub running_since: Option<Date>,
    /// The first day of the present pause.
    pub paused_on: Option<Date>,
    /// When the present pause is expected to end.
    pub resume_expected_on: Option<Date>,
    /// Where it stands.
    pub state: State,
    /// The last day on which it can be met. While paused: what it would be if the pause ended as expected.
    pub due_on: Date,
    /// Whether days of a year without a published notice were counted as Monday to Friday.
    pub provisional: bool,
    /// While it is open: from which day it shows at least yellow, see [`rules::LightDays`].
    pub yellow_from: Option<Date>,
    /// At least orange.
    pub orange_from: Option<Date>,
    /// At least red.
    pub red_from: Option<Date>,
    /// Black.
    pub black_from: Option<Date>,
    /// The day on which it was met, missed or cancelled.
    pub closed_on: Option<Date>,
    /// Counts the changes.
    pub version: i32,
}

/// A time limit and what it is on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Matter {
    /// The time limit.
    pub limit: Model,
    /// What it is on.
    pub subject: Subject,
}

term! {
    /// What it means to break a deadline.
    pub enum LegalEffect as "LegalEffect" in "String(StringLen::N(10))" {
        /// A plan of the park's own.
        Planned = "PLANNED", "计划", "Plan";
        /// A promise to an enterprise.
        Promised = "PROMISED", "承诺", "Promise";
        /// The law sets it.
        Statutory = "STATUTORY", "法定", "Set by law";
    }
}

term! {
    /// What happens when a deadline runs out.
    pub enum OnExpiry as "OnExpiry" in "String(StringLen::N(8))" {
        /// Those concerned are told.
        Warn = "WARN", "提醒", "Reminder";
        /// It is escalated to the head of the department and the supervisor.
        Escalate = "ESCALATE", "升级", "Escalation";
        /// Approval is deemed granted; approvals only.
        Deem = "DEEM", "视为批准", "Deemed approved";
    }
}

term! {
    /// Which way a time limit is counted.
    pub enum Reckoning as "DeadlineReckoning" in "String(StringLen::N(12))" {
        /// Forward from a start event: what somebody owes.
        Forward = "FORWARD", "顺算", "Forward";
        /// Back from the end of a permit to the last working day on which its renewal can be applied for.
        Application = "APPLICATION", "自证照到期日倒算", "Back from the end of a permit";
        /// Not at all: the last day of a term.
        Term = "TERM", "期满日", "The last day of a term";
    }
}

term! {
    /// Which days a time limit counts.
    pub enum Unit as "DeadlineUnit" in "String(StringLen::N(12))" {
        /// Working days only.
        WorkingDay = "WORKING_DAY", "工作日", "working days";
        /// Every day; a last day that falls on a day off moves to the next working day.
        CalendarDay = "CALENDAR_DAY", "自然日", "calendar days";
    }
}

term! {
    /// Where a deadline stands.
    pub enum State as "DeadlineState" in "String(StringLen::N(10))" {
        /// Days count; an overdue deadline stays running.
        Running = "RUNNING", "计时中", "Running";
        /// Days do not count.
        Paused = "PAUSED", "已暂停", "Paused";
        /// Done, in time or late.
        Met = "MET", "已完成", "Met";
        /// Declared missed, with a public reason.
        Missed = "MISSED", "未完成", "Missed";
        /// No longer asked for.
        Cancelled = "CANCELLED", "已取消", "Cancelled";
    }
}

impl State {
    /// Whether it still counts or may count again.
    pub fn is_open(self) -> bool {
        matches!(self, Self::Running | Self::Paused)
    }
}

/// Its pauses are a table of their own ([`pause`]).
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
