//! Evaluation (企业评议): each quarter the enterprises rate the departments they dealt with and what their contract promised them; frozen when it
//! is compiled, published when it is approved.

use sea_orm::{FromJsonQueryResult, entity::prelude::*};
use serde::{Deserialize, Serialize};

use crate::term::term;

pub mod answers;
pub mod commands;
pub mod design;
pub mod disclosure;
pub mod figures;
pub mod form;
pub mod invitation;
pub mod objection;
pub mod part;
pub mod performance;
pub mod reading;
pub mod repository;
pub mod response;
pub mod rules;
pub mod scoring;
pub mod sealed;
pub mod sheet;

term! {
    /// Where an evaluation stands.
    pub enum State as "EvaluationState" in "String(StringLen::N(10))" {
        /// Design, departments, respondents and their forms are frozen.
        Compiled = "COMPILED", "已编制", "Compiled";
        /// The enterprises answer.
        Open = "OPEN", "评议中", "Open";
        /// Nobody answers any more; nobody has seen a figure yet.
        Closed = "CLOSED", "已截止", "Closed";
        /// Departments may object.
        Scored = "SCORED", "已计分", "Scored";
        /// A leader has approved the figures.
        Approved = "APPROVED", "已批准", "Approved";
        /// Everybody may read the figures.
        Published = "PUBLISHED", "已公布", "Published";
    }
}

/// The evaluation of one quarter.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "evaluation")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// "2026-Q3".
    #[sea_orm(unique)]
    pub quarter: String,
    /// The first day of the quarter.
    pub from_on: Date,
    /// The last day of the quarter.
    pub to_on: Date,
    /// Where it stands.
    pub state: State,
    /// The wording, weights, points and thresholds it has.
    pub design_id: Uuid,
    /// The departments that may be rated, as they were called.
    #[sea_orm(column_type = "Json")]
    pub departments: Departments,
    /// When it was compiled.
    pub compiled_on: Date,
    /// From when on the enterprises answer.
    pub opens_on: Date,
    /// Who has not answered is reminded.
    pub first_reminder_on: Date,
    /// And for the last time.
    pub second_reminder_on: Date,
    /// The last day for answers, until the close of business.
    pub closes_on: Date,
    /// The day on which the scores are made.
    pub score_on: Date,
    /// The last day for objections.
    pub objections_until: Date,
    /// By when the leaders decide.
    pub approve_by: Date,
    /// By when it is published (公开条例第二十六条: 20 working days), once it is approved.
    pub publish_by: Option<Date>,
    /// How many reminders have gone.
    pub reminders: i32,
    /// How many enterprises were asked.
    pub invited: i32,
    /// How many have answered. Nobody is told while it is open.
    pub answered: i32,
    /// How many of these without a name.
    pub unnamed: i32,
    /// How many ratings without a name were not kept at the close, because too few of their kind came to hide them.
    pub uncounted: i32,
    /// Who approved it.
    pub approved_by: Option<Uuid>,
    /// When.
    pub approved_at: Option<DateTimeUtc>,
    /// Who published it.
    pub published_by: Option<Uuid>,
    /// When.
    pub published_at: Option<DateTimeUtc>,
    /// Counts the changes by people and jobs; answers do not count, so that nothing tells when one came.
    pub version: i32,
}

/// A department as it was called when the evaluation was compiled.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rated {
    /// The department.
    pub id: Uuid,
    /// Its number in the park's list.
    pub number: i32,
    /// Name, Chinese.
    pub name_zh: String,
    /// Name, English.
    pub name_en: String,
}

/// The departments that may be rated.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
pub struct Departments(pub Vec<Rated>);

term! {
    /// How open an answer is; chosen before the first answer, then fixed.
    pub enum Confidentiality as "EvaluationConfidentiality" in "String(StringLen::N(10))" {
        /// The park may read it, and the enterprise sees who has.
        Named = "NAMED", "实名", "With name";
        /// The supervisor may read it, nobody else.
        Supervisor = "SUPERVISOR", "仅向监督机构实名", "With name, for the supervisor only";
        /// Nobody can tell whose it is.
        Unnamed = "UNNAMED", "不记名", "Anonymous";
    }
}

/// Its parts point to it.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
