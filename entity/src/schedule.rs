//! Schedule and run (计划与运行): what happens by itself, and the record of each time it happened.

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::language::Text;
use rules::{CatchUp, When};

pub mod commands;
pub mod repository;
pub mod rules;
pub mod run;

/// What the database knows of one job. When it is due and what it does is in the program, which writes it here at every start, so
/// that people and programs read it from one place, whichever version runs which job.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "schedule")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The job's name.
    pub name: String,
    /// What it does, in Chinese.
    pub what_zh: String,
    /// What it does, in English.
    pub what_en: String,
    /// When it is due and how it catches up: a [`Plan`].
    pub plan: Json,
    /// Paused until then.
    pub paused_until: Option<DateTimeUtc>,
    /// Who paused it.
    pub paused_by: Option<Uuid>,
    /// Why.
    pub pause_reason: Option<String>,
    /// The last nominal time that is settled: everything up to it has been run, tried or covered.
    pub caught_up_to: Option<DateTimeUtc>,
    /// Optimistic version.
    pub version: i32,
}

/// When a job is due, and what becomes of times that were missed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    /// When it is due.
    pub when: When,
    /// What becomes of missed times.
    pub catch_up: CatchUp,
}

impl Model {
    /// The plan; nothing when a newer version of the program wrote one that this version does not understand.
    pub fn plan(&self) -> Option<Plan> {
        serde_json::from_value(self.plan.clone()).ok()
    }

    /// What it does.
    pub fn what(&self) -> Text {
        Text::new(self.what_zh.clone(), self.what_en.clone())
    }

    /// Until when it is paused at `now`, if it is.
    pub fn paused_at(&self, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        self.paused_until.filter(|until| now < *until)
    }
}

/// Runs are found by the job's name.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
