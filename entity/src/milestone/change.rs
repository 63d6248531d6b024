//! Change of a forecast (里程碑调整): from which day to which, and why.

use sea_orm::entity::prelude::*;

/// One change.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "milestone_change")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The milestone.
    pub milestone_id: Uuid,
    /// The day expected before.
    pub forecast_from: Option<Date>,
    /// The day expected since.
    pub forecast_to: Option<Date>,
    /// Why.
    pub reason: String,
    /// Who changed it, if a person did.
    pub changed_by: Option<Uuid>,
    /// When.
    pub changed_at: DateTimeUtc,
}

/// Nothing hangs below a change.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
