//! Working-day calendar (工作日历): which days count. Saturdays and Sundays are off unless the State Council's yearly notice
//! says otherwise; a notice is stored whole, a corrected one as a further revision, and nothing of the past is overwritten.

use sea_orm::entity::prelude::*;

pub mod commands;
pub mod day;
pub mod repository;
pub mod rules;

/// One imported revision of one year's notice.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "calendar_import")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The year that the notice arranges.
    pub notice_year: i32,
    /// 1 for the first import of the year; the newest is in force.
    pub revision: i32,
    /// Where it comes from: the number of the notice, or that it came with the program.
    pub source: String,
    /// SHA-256 of the days as stored, so that the same days are not stored twice.
    pub sha256: String,
    /// The person who imported it; nobody when it was shipped.
    pub imported_by: Option<Uuid>,
    /// When.
    pub imported_at: DateTimeUtc,
}

/// Its days are a table of their own ([`day`]).
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
