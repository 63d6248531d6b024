//! Service contract (服务契约): what the park promises one enterprise for a term, clause by clause.

use sea_orm::entity::prelude::*;
use serde::Serialize;

pub mod clause;
pub mod commands;
pub mod repository;
pub mod rules;

/// How far a contract has come. "Expiring" is not a state: it is derived from the days left, see [`rules::expiring`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize)]
#[sea_orm(
    rs_type = "String",
    db_type = "String(StringLen::N(16))",
    rename_all = "SCREAMING_SNAKE_CASE"
)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum State {
    /// 起草: being written.
    Draft,
    /// 法审: legality and fair competition have been examined; waits for the leaders.
    LegalReview,
    /// 已批准: approved by a leader, waits for the signatures.
    LeaderApproved,
    /// 已签署: signed, its term has not begun.
    Signed,
    /// 履行中: in force.
    Active,
    /// 变更中: in force, an amendment is being written.
    Amending,
    /// 中止: in force, but held for a stated reason.
    Suspended,
    /// 已续签: its term ended and a successor follows.
    Renewed,
    /// 已到期: its term ended.
    Expired,
    /// 已终止: ended before its time, or given up before it was signed.
    Terminated,
}

impl State {
    /// The states in which a contract binds; an enterprise has at most one contract in them.
    pub const IN_FORCE: [Self; 3] = [Self::Active, Self::Amending, Self::Suspended];

    /// The states of a contract that has been signed and whose term counts against others.
    pub const SIGNED_TERM: [Self; 6] = [
        Self::Signed,
        Self::Active,
        Self::Amending,
        Self::Suspended,
        Self::Renewed,
        Self::Expired,
    ];
}

/// How the contract came into the system.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize)]
#[sea_orm(
    rs_type = "String",
    db_type = "String(StringLen::N(12))",
    rename_all = "SCREAMING_SNAKE_CASE"
)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Origin {
    /// 系统起草: drafted, reviewed and approved here.
    Drafted,
    /// 纸质导入: taken over from paper; its approvals were given on paper and are not invented here.
    Paper,
}

/// One contract.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "contract")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The number people use ("QY-2026-003").
    pub number: String,
    /// The enterprise, party B (乙方).
    pub enterprise_id: Uuid,
    /// The contract this one renews.
    pub predecessor_id: Option<Uuid>,
    /// How it came into the system.
    pub origin: Origin,
    /// How far it has come.
    pub state: State,
    /// The executing unit of the park, party A (甲方).
    pub park_party: String,
    /// The post of who signs for the park.
    pub park_signatory: Option<String>,
    /// The post of who signs for the enterprise.
    pub enterprise_signatory: Option<String>,
    /// First day of the term.
    pub starts_on: Date,
    /// Last day of the term.
    pub ends_on: Date,
    /// The day of the signatures.
    pub signed_on: Option<Date>,
    /// The opinion on legality (合法性审查意见).
    pub legality_opinion: Option<String>,
    /// The opinion on fair competition (公平竞争审查意见).
    pub fair_competition_opinion: Option<String>,
    /// The leader who approved.
    pub approved_by: Option<Uuid>,
    /// When.
    pub approved_at: Option<DateTimeUtc>,
    /// Why it is suspended or was terminated.
    pub state_reason: Option<String>,
    /// While it is suspended: the paper in which both sides agreed; the pauses it brought name the same one.
    pub suspension_document_id: Option<Uuid>,
    /// The day on which it ended before its time.
    pub ended_on: Option<Date>,
    /// When the row was made.
    pub created_at: DateTimeUtc,
    /// Grows by one with every change.
    pub version: i32,
}

/// Relations point from child to parent and are written where they are needed.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
