//! Part (答卷散页): a piece of an answer without a name. The pieces of one answer have nothing in common: no key, no time, no order.
//!
//! All of them are written at once, at the close, in the order of their random keys, and those of which too few came are not written at
//! all. Until then an answer lies sealed ([`super::sealed`]).

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

/// What a piece holds.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize,
)]
#[sea_orm(
    rs_type = "String",
    db_type = "String(StringLen::N(10))",
    rename_all = "SCREAMING_SNAKE_CASE"
)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Kind {
    /// The rating of one department (part B).
    Department,
    /// The rating of the contract (part C).
    Contract,
    /// The answers about facts (part D), without those that are leads.
    Checks,
    /// E1.
    Wish,
    /// E2.
    Comment,
    /// A "yes" to D4 or D5, for the supervisor.
    Lead,
    /// F1: how somebody may be called back. Of named answers, too: it is kept apart from what was answered.
    CallBack,
}

/// What a piece says: of which kind it is, of which department, and what.
pub type Piece = (Kind, Option<Uuid>, Json);

/// One piece.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "evaluation_part")]
pub struct Model {
    /// A random key, without a time in it.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The evaluation.
    pub evaluation_id: Uuid,
    /// What it holds.
    pub kind: Kind,
    /// The department that is rated; taken off when too few unnamed answers rate it.
    pub department_id: Option<Uuid>,
    /// The piece: a `Rating`, a `ContractRating`, the checks, a text.
    pub content: Json,
}

/// Nothing hangs below.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
