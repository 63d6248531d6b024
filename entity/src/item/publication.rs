//! Publication (公布): holds a version to what it said. A row here is bound to the checksum of the content, the first day, the silence class and the
//! promised days of its version, so that the database refuses to change any of them; the content is held against its checksum whenever it is
//! read. No two versions of an item begin on the same day.

use sea_orm::entity::prelude::*;

use crate::catalogue::SilenceClass;

/// One publication. It never changes.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "item_publication")]
pub struct Model {
    /// The version.
    #[sea_orm(primary_key, auto_increment = false)]
    pub version_id: Uuid,
    /// Its item.
    pub item_id: Uuid,
    /// SHA-256 of its content.
    pub sha256: String,
    /// The first day on which it holds.
    pub valid_from: Date,
    /// What silence means.
    pub silence: SilenceClass,
    /// In how many working days the decision is promised.
    pub promised_days: i32,
}

/// Nothing hangs below.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
