//! One-time notice (一次性告知): what is missing, told once and all of it. A second notice says why the first did not have it.

use sea_orm::{FromJsonQueryResult, entity::prelude::*};
use serde::{Deserialize, Serialize};

/// One notice.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "case_notice")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The case.
    pub case_id: Uuid,
    /// The how manieth of the case, from 1.
    pub number: i32,
    /// What is missing.
    #[sea_orm(column_type = "Json")]
    pub content: Lines,
    /// Why the first notice did not have it; of every further one.
    pub again_for: Option<String>,
    /// Who told it.
    pub asked_by: Uuid,
    /// When.
    pub asked_at: DateTimeUtc,
    /// The last day on which it is completed.
    pub answer_by: Date,
    /// When the applicant completed it.
    pub answered_at: Option<DateTimeUtc>,
}

/// Nothing hangs below.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// The lines of a notice.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
#[serde(transparent)]
pub struct Lines(pub Vec<Line>);

/// Something that is missing or wrong.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// Why, by the code of the catalogue (correction-reasons.csv).
    pub reason: String,
    /// What it is about.
    pub about: About,
    /// What is to be done, in words.
    pub text: String,
    /// Whether it could have been seen the first time, as the catalogue said when it was told.
    pub is_visible_first: bool,
}

/// What a line of a notice is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum About {
    /// A material, by its key in the application.
    Material(String),
    /// A field of the form, by its key.
    Field(String),
    /// The application as a whole.
    Whole,
}
