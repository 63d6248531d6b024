//! Version of an item (事项版本): what an item asks, promises and rests on from a day on. Once it is published it never changes; it holds until the
//! next one of its item begins.

use sea_orm::{FromJsonQueryResult, entity::prelude::*};
use serde::{Deserialize, Serialize};

use crate::{
    catalogue::{Guide, Item, ItemStatus, Limit, Material, Need, SilenceClass},
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
    /// What silence means on an application; nothing for an item that left the catalogue before.
    pub silence: Option<SilenceClass>,
    /// In how many working days the decision is promised.
    pub promised_days: Option<i32>,
    /// How many materials it asks for.
    pub material_count: i32,
    /// The first day on which it holds, once that was proposed.
    pub valid_from: Option<Date>,
    /// The last day, of an item that left the catalogue. Otherwise it holds until the next one begins.
    pub valid_to: Option<Date>,
    /// Why its item left the catalogue; public. Chinese.
    pub retired_for_zh: Option<String>,
    /// English.
    pub retired_for_en: Option<String>,
    /// The code of the item that took its place.
    pub successor: Option<String>,
    /// Who proposed it.
    pub proposed_by: Option<Uuid>,
    /// When.
    pub proposed_at: Option<DateTimeUtc>,
    /// Why it was returned the last time.
    pub returned_for: Option<String>,
    /// Whether it was proposed and waits for a leader, who confirms what it says of silence.
    pub awaits_leader: bool,
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

impl Model {
    /// A draft that says this: without key, item and number.
    pub fn drafted(content: Content) -> Result<Self, Fault> {
        Ok(Self {
            id: Uuid::nil(),
            item_id: Uuid::nil(),
            number: 0,
            state: State::Draft,
            silence: content.item.silence,
            promised_days: content.item.promise_after.map(i32::from),
            material_count: content.material_count(),
            sha256: content.sha256()?,
            content,
            valid_from: None,
            valid_to: None,
            retired_for_zh: None,
            retired_for_en: None,
            successor: None,
            proposed_by: None,
            proposed_at: None,
            returned_for: None,
            awaits_leader: false,
            confirmed_by: None,
            confirmed_at: None,
            document_id: None,
            published_by: None,
            published_at: None,
        })
    }

    /// The version, if what was published is still what it says.
    ///
    /// # Errors
    ///
    /// [`Fault::Internal`] when the content has another SHA-256 than the one to which the publication is bound.
    pub fn verified(self) -> Result<Self, Fault> {
        if self.published_at.is_some() && self.content.sha256()? != self.sha256 {
            let which = self.id;
            return Err(Fault::Internal(format!(
                "the content of the published version {which} was changed"
            )));
        }
        Ok(self)
    }
}

/// What the history of the catalogue tells of a published version.
#[derive(Clone, Debug, PartialEq, Eq, DerivePartialModel)]
#[sea_orm(entity = "Entity")]
pub struct Milestone {
    /// Its item.
    pub item_id: Uuid,
    /// In how many working days the decision is promised.
    pub promised_days: Option<i32>,
    /// How many materials it asks for.
    pub material_count: i32,
    /// The first day on which it holds.
    pub valid_from: Option<Date>,
    /// The last day, of an item that left the catalogue.
    pub valid_to: Option<Date>,
    /// Why its item left the catalogue; Chinese.
    pub retired_for_zh: Option<String>,
    /// English.
    pub retired_for_en: Option<String>,
    /// The code of the item that took its place.
    pub successor: Option<String>,
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

    /// How many materials are asked for.
    pub fn material_count(&self) -> i32 {
        let asked = self.materials.iter().filter(|material| material.after);
        i32::try_from(asked.count()).unwrap_or(i32::MAX)
    }

    /// What files say of an item that has left the catalogue: the row of the item, and nothing that belongs to it.
    pub fn of_retired(&self, status: ItemStatus) -> Self {
        Self {
            item: Item {
                status,
                ..self.item.clone()
            },
            guide: None,
            materials: Vec::new(),
            limits: Vec::new(),
            needs: Vec::new(),
        }
    }
}

/// SHA-256 of a document of the catalogue.
pub(super) fn written(document: &impl Serialize) -> Result<String, Fault> {
    let text = serde_json::to_vec(document);
    let text = text.map_err(|error| Fault::Internal(format!("a document: {error}")))?;
    Ok(sha256_hex(&text))
}
