//! Preference (个人设置): a person's settings for e-mail: when it may be sent, and which kinds.

use sea_orm::{FromJsonQueryResult, entity::prelude::*};
use serde::{Deserialize, Serialize};

use crate::outbox::Kind;

pub mod commands;
pub mod repository;
pub mod rules;

/// The wishes of one person. Who has said nothing has no row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "preference")]
pub struct Model {
    /// Whose.
    #[sea_orm(primary_key, auto_increment = false)]
    pub account_id: Uuid,
    /// Letters may come from this full hour of the park's clock on, 0 to 23; from 8 to 18 when nothing is said.
    pub from_hour: Option<i32>,
    /// Letters may come before this full hour, 1 to 24.
    pub until_hour: Option<i32>,
    /// On which weekdays letters may come: Monday is 1, Tuesday 2, Wednesday 4, … Sunday 64, added up.
    pub weekdays: i32,
    /// Until this day only what cannot be switched off comes.
    pub paused_until: Option<Date>,
    /// The kinds of letters that are switched off.
    #[sea_orm(column_type = "Json")]
    pub switched_off: Kinds,
    /// Counts the changes.
    pub version: i32,
}

/// Some kinds of letters.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
pub struct Kinds(pub Vec<Kind>);

impl Model {
    /// The wishes of somebody who has said nothing.
    pub fn of_nobody_yet(account_id: Uuid) -> Self {
        Self {
            account_id,
            from_hour: None,
            until_hour: None,
            weekdays: rules::EVERY_DAY,
            paused_until: None,
            switched_off: Kinds::default(),
            version: 0,
        }
    }
}

/// Nothing hangs below.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
