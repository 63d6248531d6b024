//! Gate requirement (阶段前置条件): what the law asks for before a project may go on, and how this project answered it.

use sea_orm::entity::prelude::*;

use crate::term::term;

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

term! {
    /// How a hard gate was answered.
    pub enum Outcome as "GateOutcome" in "String(StringLen::N(16))" {
        /// By a recorded document.
        Met = "MET", "已满足", "Met";
        /// The law does not ask it of this project, with a reason.
        NotApplicable = "NOT_APPLICABLE", "不适用", "Not applicable";
        /// Passed by a leader with a reason; shown wherever the project is shown.
        Overridden = "OVERRIDDEN", "容缺办理（经批准）", "Overridden by a leader";
    }
}
