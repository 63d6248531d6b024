//! Enterprise (企业): a firm in the park, known by its unified social credit code (统一社会信用代码).

use sea_orm::entity::prelude::*;

pub mod commands;
pub mod repository;
pub mod rules;

/// One enterprise.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "enterprise")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Unified social credit code, normalised, 18 characters.
    pub credit_code: String,
    /// Registered name.
    pub name_zh: String,
    /// Name in English.
    pub name_en: Option<String>,
    /// Line of business (行业).
    pub industry: String,
    /// Remark of the service centre; internal.
    pub remark: Option<String>,
    /// Since when it is known here.
    pub created_at: DateTimeUtc,
    /// The last day in the park, once it has left.
    pub ended_on: Option<Date>,
    /// Counts the changes.
    pub version: i32,
}

/// Nothing hangs below.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
