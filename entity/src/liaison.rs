//! Liaison (服务专员): who looks after which enterprise, from when to when, and who stands in.

use sea_orm::entity::prelude::*;

use crate::term::term;

pub mod commands;
pub mod repository;
pub mod rules;

term! {
    /// Where the assignment of a liaison stands.
    pub enum State as "LiaisonState" in "String(StringLen::N(12))" {
        /// Named, not yet at work.
        Proposed = "PROPOSED", "拟任", "Proposed";
        /// Looks after the enterprise.
        Active = "ACTIVE", "在任", "Active";
        /// Still looks after it, a successor is being prepared.
        HandingOver = "HANDING_OVER", "交接中", "Handing over";
        /// History.
        Ended = "ENDED", "已离任", "Ended";
    }
}

impl State {
    /// The states in which the person looks after the enterprise. At most one assignment of an enterprise is in them.
    pub const IN_CHARGE: [Self; 2] = [Self::Active, Self::HandingOver];

    /// Whether it is on its way to another one.
    pub fn is_passing(self) -> bool {
        matches!(self, Self::Proposed | Self::HandingOver)
    }
}

/// One assignment.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "liaison")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The enterprise looked after.
    pub enterprise_id: Uuid,
    /// The liaison.
    pub account_id: Uuid,
    /// Who stands in while the liaison is absent.
    pub deputy_id: Option<Uuid>,
    /// Where it stands.
    pub state: State,
    /// First day; empty while proposed.
    pub started_on: Option<Date>,
    /// Last day.
    pub ended_on: Option<Date>,
    /// What the predecessor passed on (交接说明).
    pub handover_note: Option<String>,
    /// Counts the changes.
    pub version: i32,
}

/// Nothing hangs below.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
