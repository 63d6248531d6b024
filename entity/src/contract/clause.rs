//! Clause (条款): one numbered part of a contract. After the signature it changes only by amendment, which adds a revision
//! and keeps the one before.

use sea_orm::entity::prelude::*;

/// One revision of one clause.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "contract_clause")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The contract.
    pub contract_id: Uuid,
    /// Its number in the contract, from 1.
    pub number: i32,
    /// 1 as signed; one more with every amendment.
    pub revision: i32,
    /// Heading.
    pub title: String,
    /// Text.
    pub body: String,
    /// Why it was amended; none in the first revision.
    pub amendment_reason: Option<String>,
    /// From which day it binds; none while it is only drafted.
    pub effective_on: Option<Date>,
    /// The day on which a later revision took its place.
    pub ended_on: Option<Date>,
}

/// Relations point from child to parent and are written where they are needed.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
