//! Reading (查阅记录): who has read an answer with a name, and when. The enterprise sees it.

use sea_orm::entity::prelude::*;

/// One reading.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "evaluation_reading")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The answer.
    pub response_id: Uuid,
    /// Who read it.
    pub account_id: Uuid,
    /// When.
    pub at: DateTimeUtc,
}

/// Nothing hangs below.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
