//! Version of an item (事项版本): what an item asks, promises and rests on from a day on. Once it is published it never changes; it holds until the
//! next one of its item begins.

use sea_orm::{FromJsonQueryResult, entity::prelude::*};
use serde::{Deserialize, Serialize};

use crate::{
    catalogue::{Guide, Item, Limit, Material, Need, SilenceClass},
    error::Fault,
    id::sha256_hex,
    term::term,
};

term! {
    /// How far a version of an item has come.
    pub enum State as "ItemVersionState" in "String(StringLen::N(10))" {
        /// The department works on it.
        Draft = "DRAFT", "拟稿", "Draft";
        /// The department has proposed it: the service centre publishes or returns it.
        Proposed = "PROPOSED", "待公布", "Proposed";
        /// It is published and never changes.
        Published = "PUBLISHED", "已公布", "Published";
        /// Its item has left the catalogue.
        Retired = "RETIRED", "已移出目录", "Taken off the catalogue";
    }
}

/// One version.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "item_version")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Its item.
    pub item_id: Uuid,
    /// Its number within the item, from 1.
    pub number: i32,
    /// How far it has come.
    pub state: State,
    /// What it says.
    #[sea_orm(column_type = "Json")]
    pub content: Content,
    /// SHA-256 of that.
    pub sha256: String,
    /// What silence means; nothing for an item that left the catalogue before.
    pub silence: Option<SilenceClass>,
    /// In how many working days the decision is promised.
    pub promised_days: Option<i32>,
    /// The first day on which it holds, once that was proposed.
    pub valid_from: Option<Date>,
    /// The last day, of an item that left the catalogue. Otherwise it holds until the next one begins.
    pub valid_to: Option<Date>,
    /// Who proposed it.
    pub proposed_by: Option<Uuid>,
    /// When.
    pub proposed_at: Option<DateTimeUtc>,
    /// Why it was returned the last time.
    pub returned_for: Option<String>,
    /// The leader who confirmed what it says of silence.
    pub confirmed_by: Option<Uuid>,
    /// When.
    pub confirmed_at: Option<DateTimeUtc>,
    /// The written decision.
    pub document_id: Option<Uuid>,
    /// Who published it: another person than who proposed it.
    pub published_by: Option<Uuid>,
    /// When.
    pub published_at: Option<DateTimeUtc>,
}

/// What belongs to a version is a part of its content.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// What a version says: the rows of one item in the files of the catalogue.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
pub struct Content {
    /// Name, department, basis, promise, silence class.
    pub item: Item,
    /// The public facts; an item that left the catalogue before has none.
    pub guide: Option<Guide>,
    /// What is handed in, and what no longer is.
    pub materials: Vec<Material>,
    /// The clocks.
    pub limits: Vec<Limit>,
    /// When a project needs it.
    pub needs: Vec<Need>,
}

impl Content {
    /// SHA-256 of it.
    pub fn sha256(&self) -> Result<String, Fault> {
        written(self)
    }
}

/// SHA-256 of a document of the catalogue.
pub(super) fn written(document: &impl Serialize) -> Result<String, Fault> {
    let text = serde_json::to_vec(document);
    let text = text.map_err(|error| Fault::Internal(format!("a document: {error}")))?;
    Ok(sha256_hex(&text))
}
