//! Standard promises (标准承诺): the promises with which a new contract begins, and every contract that a ledger brings. A version of the list
//! never changes; a contract keeps the promises with which it was drafted.

use sea_orm::{FromJsonQueryResult, entity::prelude::*};
use serde::{Deserialize, Serialize};

use super::rules::{Promise, defaults};
use crate::viewer::{Role, Viewer};

/// One version of the list. While nobody has changed it there is none in the table, and [`Model::shipped`] is in force.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "standard_promises")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Its number, from 1. The newest is in force.
    #[sea_orm(unique)]
    pub version: i32,
    /// The promises, in the order of their numbers from 1.
    #[sea_orm(column_type = "Json")]
    pub promises: Promises,
    /// Why it was changed; none for the one that the product ships.
    pub reason: Option<String>,
    /// Who adopted it; none for the one that the product ships.
    pub adopted_by: Option<Uuid>,
    /// Since when it is in force; none for the one that the product ships.
    pub adopted_at: Option<DateTimeUtc>,
}

/// Promises in the order of their numbers.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
pub struct Promises(pub Vec<Promise>);

impl Model {
    /// The first version: what the product ships. It has the same key in every park.
    pub fn shipped() -> Self {
        Self {
            id: Uuid::nil(),
            version: 1,
            promises: Promises(defaults().to_vec()),
            reason: None,
            adopted_by: None,
            adopted_at: None,
        }
    }
}

/// Whether the viewer is told who has changed the list and why, and what it was before: who leads, runs and supervises the service.
pub fn tells_why(viewer: &Viewer) -> bool {
    match viewer {
        Viewer::System { .. } => true,
        Viewer::Anonymous { .. } => false,
        Viewer::Person(person) => {
            matches!(person.role, Role::Centre | Role::Leader | Role::Supervisor)
        }
    }
}

/// Nothing hangs below.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
