//! Objection (异议): a department says that answers about it are mistaken. One person proposes, another one decides; both figures are kept.

use sea_orm::{FromJsonQueryResult, entity::prelude::*};
use serde::{Deserialize, Serialize};

use crate::term::term;

term! {
    /// Where an objection stands.
    pub enum State as "EvaluationObjectionState" in "String(StringLen::N(10))" {
        /// Raised by the department.
        Raised = "RAISED", "已提出", "Raised";
        /// The service centre has proposed what to decide.
        Proposed = "PROPOSED", "已拟办", "Proposed";
        /// The named answers are left out.
        Upheld = "UPHELD", "成立", "Upheld";
        /// Everything stays as it is.
        Dismissed = "DISMISSED", "不成立", "Dismissed";
    }
}

impl State {
    /// Whether somebody still has to decide.
    pub fn is_open(self) -> bool {
        matches!(self, Self::Raised | Self::Proposed)
    }
}

/// One objection: a department raises one in an evaluation.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "evaluation_objection")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The evaluation.
    pub evaluation_id: Uuid,
    /// The department.
    pub department_id: Uuid,
    /// Where it stands.
    pub state: State,
    /// What is mistaken, and why.
    pub reason: String,
    /// Who raised it.
    pub raised_by: Uuid,
    /// When.
    pub raised_at: DateTimeUtc,
    /// What is proposed.
    pub uphold: Option<bool>,
    /// The named answers that are left out when it is upheld. Of unnamed ones nobody can say which.
    #[sea_orm(column_type = "Json")]
    pub excluded: Responses,
    /// Why it is proposed.
    pub opinion: Option<String>,
    /// Who proposed it.
    pub proposed_by: Option<Uuid>,
    /// When.
    pub proposed_at: Option<DateTimeUtc>,
    /// Who decided: somebody else.
    pub decided_by: Option<Uuid>,
    /// When.
    pub decided_at: Option<DateTimeUtc>,
    /// Counts the changes.
    pub version: i32,
}

/// Keys of named answers.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
pub struct Responses(pub Vec<Uuid>);

/// Nothing hangs below.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
