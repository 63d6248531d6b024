//! Run (运行记录): one execution of a job, identified by the job and its nominal time.

use sea_orm::entity::prelude::*;

use crate::term::term;

term! {
    /// Why a job ran.
    pub enum Cause as "JobRunCause" in "String(StringLen::N(10))" {
        /// Its time had come.
        Clock = "CLOCK", "定时", "Scheduled";
        /// Its time had passed while the service was away.
        CatchUp = "CATCH_UP", "补跑", "Catch-up";
        /// A person asked for it.
        Manual = "MANUAL", "手动", "Manual";
    }
}

term! {
    /// Where a run stands.
    pub enum State as "JobRunState" in "String(StringLen::N(10))" {
        /// A person has asked for it, and no replica has begun.
        Claimed = "CLAIMED", "待运行", "Requested";
        /// At work under a lease.
        Running = "RUNNING", "运行中", "Running";
        /// Everything due was done.
        Succeeded = "SUCCEEDED", "成功", "Succeeded";
        /// At least one item, or the whole, failed.
        Failed = "FAILED", "失败", "Failed";
        /// Not run on purpose.
        Skipped = "SKIPPED", "跳过", "Skipped";
        /// Its holder died, and nobody takes it up again.
        Abandoned = "ABANDONED", "中断", "Interrupted";
    }
}

term! {
    /// Why a time was not run.
    pub enum SkippedBecause as "JobRunSkippedBecause" in "String(StringLen::N(12))" {
        /// The job was at work; when that run does not succeed, this one is made good.
        Overlap = "OVERLAP", "上一次仍在运行", "The previous run was still running";
        /// A newer one was missed too, and only the newest is made.
        Superseded = "SUPERSEDED", "已有更新的一期", "A newer report was made";
    }
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
