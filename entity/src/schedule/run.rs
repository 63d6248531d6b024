//! Run (运行记录): one execution of a job, identified by the job and its nominal time.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

/// Why it ran.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize,
)]
#[sea_orm(
    rs_type = "String",
    db_type = "String(StringLen::N(10))",
    rename_all = "SCREAMING_SNAKE_CASE"
)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Cause {
    /// 按时: its time had come.
    Clock,
    /// 补跑: its time had passed while the service was away.
    CatchUp,
    /// 手动: a person asked for it.
    Manual,
}

/// Where it stands.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize,
)]
#[sea_orm(
    rs_type = "String",
    db_type = "String(StringLen::N(10))",
    rename_all = "SCREAMING_SNAKE_CASE"
)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum State {
    /// 待运行: a person has asked for it, and no process has begun.
    Claimed,
    /// 运行中: at work under a lease.
    Running,
    /// 成功: everything due was done.
    Succeeded,
    /// 失败: at least one item, or the whole, failed.
    Failed,
    /// 跳过: not run on purpose.
    Skipped,
    /// 中断: its holder died, and nobody takes it up again.
    Abandoned,
}

/// Why a time was not run.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize,
)]
#[sea_orm(
    rs_type = "String",
    db_type = "String(StringLen::N(12))",
    rename_all = "SCREAMING_SNAKE_CASE"
)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum SkippedBecause {
    /// 重叠: the job was at work; when that run does not succeed, this one is made good.
    Overlap,
    /// 已过时: a newer one was missed too, and only the newest is made.
    Superseded,
}

impl State {
    /// Whether it holds the one place a job has.
    pub fn is_open(self) -> bool {
        matches!(self, Self::Claimed | Self::Running)
    }
}

/// One run.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "job_run")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The job's name.
    pub job: String,
    /// The time it stands for.
    pub nominal_at: DateTimeUtc,
    /// Why it ran.
    pub cause: Cause,
    /// The key a person gave, so that asking twice runs once.
    pub request_key: Option<String>,
    /// Who asked for it.
    pub requested_by: Option<Uuid>,
    /// Why that person asked.
    pub reason: Option<String>,
    /// Where it stands.
    pub state: State,
    /// Why it was not run, when it was skipped.
    pub skipped_because: Option<SkippedBecause>,
    /// First, second, …: raised by every retry and takeover; nothing is written under an older number.
    pub attempt: i32,
    /// How many attempts ended as failures; a crash or an unreachable database is none.
    pub failures: i32,
    /// When it is tried again.
    pub retry_at: Option<DateTimeUtc>,
    /// Who runs it.
    pub holder: Option<String>,
    /// Until when the holder has it without a sign of life, by the clock of the database.
    pub lease_until: Option<DateTimeUtc>,
    /// The played instant, when a person ran it "as of".
    pub as_of: Option<DateTimeUtc>,
    /// When the first attempt began.
    pub started_at: DateTimeUtc,
    /// When it ended.
    pub finished_at: Option<DateTimeUtc>,
    /// How many items were due.
    pub due: i32,
    /// How many were done.
    pub done: i32,
    /// How many needed nothing.
    pub skipped: i32,
    /// How many failed.
    pub failed: i32,
    /// How many letters it wrote.
    pub letters: i32,
    /// What failed, item by item.
    pub error: Option<String>,
    /// Remarks: taken over, late, as of.
    pub note: Option<String>,
}

/// Nothing hangs below a run.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
