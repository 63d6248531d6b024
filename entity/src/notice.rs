//! Notice (通知): the same fact as a letter, shown in the app, read or unread.

use sea_orm::entity::prelude::*;

use crate::language::Text;

pub mod commands;
pub mod repository;
pub mod rules;

/// One notice.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "notice")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// What makes it the one notice of its kind, for ever: the key of its letter.
    #[sea_orm(unique)]
    pub key: String,
    /// To whom.
    pub recipient_id: Uuid,
    /// What it is about, named as the kind of its letter: "contract_expiry".
    pub kind: String,
    /// What has happened, in Chinese.
    pub title_zh: String,
    /// What has happened, in English.
    pub title_en: String,
    /// The page below the public address on which it is seen.
    pub path: Option<String>,
    /// When it was written.
    pub created_at: DateTimeUtc,
    /// When its recipient read it.
    pub read_at: Option<DateTimeUtc>,
    /// The letter that says the same.
    pub letter_id: Option<Uuid>,
    /// Its recipient has had letters enough today: the next digest says it.
    pub waits_for_digest: bool,
}

impl Model {
    /// What has happened, in one sentence.
    pub fn title(&self) -> Text {
        Text::new(self.title_zh.clone(), self.title_en.clone())
    }
}

/// Nothing hangs below.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
