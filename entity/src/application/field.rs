//! Field of an application (填写内容): what was filled into one field of the form, by whom and when.

use sea_orm::{FromJsonQueryResult, entity::prelude::*};
use serde::{Deserialize, Serialize};

use crate::catalogue::FieldSource;

/// One field that was filled in, whose content on record is disputed, or that was shown filled in when the application was received.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "application_field")]
pub struct Model {
    /// The application.
    #[sea_orm(primary_key, auto_increment = false)]
    pub application_id: Uuid,
    /// The key of the field.
    #[sea_orm(primary_key, auto_increment = false)]
    pub key: String,
    /// What was filled in.
    #[sea_orm(column_type = "Json")]
    pub value: Value,
    /// Where it comes from: asked while the application is a draft; when it was received, also what was on record then.
    pub source: FieldSource,
    /// Since when it is on record; nothing for what was asked.
    pub on_record_since: Option<Date>,
    /// Why what is on record is disputed; the value then is what it should be.
    pub disputed_for: Option<String>,
    /// What is on record, where that is disputed.
    #[sea_orm(column_type = "Json", nullable)]
    pub on_record: Option<Value>,
    /// Who filled it in last.
    pub filled_by: Uuid,
    /// When.
    pub filled_at: DateTimeUtc,
    /// Grows by one with every change of this field.
    pub version: i32,
}

/// Nothing hangs below.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// What a field holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
#[serde(rename_all = "snake_case")]
pub enum Value {
    /// A text, a number, a day, one option, a declaration: as it is written.
    One(String),
    /// The codes of several options, in the order of the field.
    Several(Vec<String>),
    /// The lines of a table, each with a cell for each column.
    Lines(Vec<Vec<String>>),
}
