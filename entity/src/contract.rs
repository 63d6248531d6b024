//! Service contract (服务契约): what the park promises one enterprise for a term, clause by clause.

use sea_orm::entity::prelude::*;

use crate::term::term;

pub mod clause;
pub mod commands;
pub mod repository;
pub mod rules;
pub mod subject;

// "Expiring" is not a state: it is derived from the days left, see `rules::expiring`.
term! {
    /// How far a contract has come (契约状态).
    pub enum State as "ContractState" in "String(StringLen::N(16))" {
        /// Being written.
        Draft = "DRAFT", "起草", "Draft";
        /// Legality and fair competition have been examined; waits for the leaders.
        LegalReview = "LEGAL_REVIEW", "合法性审查", "Legal review";
        /// Approved by a leader, waits for the signatures.
        LeaderApproved = "LEADER_APPROVED", "领导已批准", "Approved";
        /// Signed, its term has not begun.
        Signed = "SIGNED", "已签署", "Signed";
        /// In force.
        Active = "ACTIVE", "履行中", "In force";
        /// In force, an amendment is being written.
        Amending = "AMENDING", "变更中", "Under amendment";
        /// In force, but suspended for a stated reason.
        Suspended = "SUSPENDED", "中止", "Suspended";
        /// Its term ended and a successor follows.
        Renewed = "RENEWED", "已续签", "Renewed";
        /// Its term ended.
        Expired = "EXPIRED", "已到期", "Expired";
        /// Terminated early, or discarded before it was signed.
        Terminated = "TERMINATED", "已终止", "Terminated";
    }
}

impl State {
    /// The states in which a contract binds; an enterprise has at most one contract in them.
    pub const IN_FORCE: [Self; 3] = [Self::Active, Self::Amending, Self::Suspended];

    /// The states in which something becomes due under it.
    pub const RUNNING: [Self; 2] = [Self::Active, Self::Amending];

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

term! {
    /// How a contract came into the system.
    pub enum Origin as "ContractOrigin" in "String(StringLen::N(12))" {
        /// Drafted, reviewed and approved here.
        Drafted = "DRAFTED", "系统内起草", "Drafted here";
        /// Taken over from paper.
        Paper = "PAPER", "纸质导入", "Imported from paper";
    }
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
    /// The time limit of its term, since it was signed.
    #[sea_orm(unique)]
    pub end_deadline_id: Option<Uuid>,
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
