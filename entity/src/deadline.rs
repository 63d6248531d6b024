//! Deadline (时限): a time limit on one thing. It has a budget of days, of which some are consumed; the rest runs since a day
//! or is paused. The due date is derived from these and kept beside them for indexes.

use sea_orm::entity::prelude::*;

use crate::subject::Subject;

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
    /// The day of the start event; never counted itself.
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

/// What it means to break a time limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(
    rs_type = "String",
    db_type = "String(StringLen::N(10))",
    rename_all = "SCREAMING_SNAKE_CASE"
)]
pub enum LegalEffect {
    /// 计划: a plan of the park's own.
    Planned,
    /// 承诺: a promise to an enterprise.
    Promised,
    /// 法定: the law sets it.
    Statutory,
}

/// What happens when a time limit runs out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(
    rs_type = "String",
    db_type = "String(StringLen::N(8))",
    rename_all = "SCREAMING_SNAKE_CASE"
)]
pub enum OnExpiry {
    /// 提醒: those concerned are told.
    Warn,
    /// 升级: it goes up to the department head and the supervisor.
    Escalate,
    /// 默认: silence decides (approvals only).
    Deem,
}

/// Which days a time limit counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(
    rs_type = "String",
    db_type = "String(StringLen::N(12))",
    rename_all = "SCREAMING_SNAKE_CASE"
)]
pub enum Unit {
    /// 工作日: working days only.
    WorkingDay,
    /// 日: every day; a last day that falls on a day off moves to the next working day.
    CalendarDay,
}

/// Where a time limit stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(
    rs_type = "String",
    db_type = "String(StringLen::N(10))",
    rename_all = "SCREAMING_SNAKE_CASE"
)]
pub enum State {
    /// 计时中: days count; overdue stays running.
    Running,
    /// 暂停: days do not count.
    Paused,
    /// 已完成: done, in time or late.
    Met,
    /// 未完成: declared missed, with a public reason.
    Missed,
    /// 已取消: no longer asked for.
    Cancelled,
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
