//! Gate requirement (阶段前置条件): what the law asks for before a project may go on, and how this project answered it.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

/// The answer of one project to one requirement.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "project_requirement")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The project.
    pub project_id: Uuid,
    /// Which requirement.
    pub code: String,
    /// How it was answered.
    pub outcome: Outcome,
    /// The number printed on the document that meets it.
    pub document_number: Option<String>,
    /// The date of that document.
    pub document_date: Option<Date>,
    /// Its file, where it was uploaded.
    pub document_id: Option<Uuid>,
    /// Why it does not apply, or why a leader passed it.
    pub reason: Option<String>,
    /// Who recorded it, if a person did.
    pub recorded_by: Option<Uuid>,
    /// When.
    pub recorded_at: DateTimeUtc,
}

/// Nothing hangs below a requirement.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// How a requirement was answered.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize,
)]
#[sea_orm(
    rs_type = "String",
    db_type = "String(StringLen::N(16))",
    rename_all = "SCREAMING_SNAKE_CASE"
)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Outcome {
    /// 已满足: by a recorded document.
    Met,
    /// 不适用: with a reason.
    NotApplicable,
    /// 领导特批: passed by a leader with a reason; shown wherever the project is shown.
    Overridden,
}
