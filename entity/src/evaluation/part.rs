//! Part (答卷散页): a piece of an answer without a name. The pieces of one answer have nothing in common: no key, no time, no order.
//!
//! Five answers at a time are mixed before anything of them lies still: whenever one comes, all pieces that wait are written anew in
//! the order of their random keys. So neither the order of rows nor that of a backup tells which pieces came together.

use sea_orm::entity::prelude::*;

/// What a piece holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(
    rs_type = "String",
    db_type = "String(StringLen::N(10))",
    rename_all = "SCREAMING_SNAKE_CASE"
)]
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

/// How many answers make a batch.
pub const BATCH: i32 = 5;

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
    /// Whether its batch is full, or the evaluation closed.
    pub released: bool,
}

/// Nothing hangs below.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
