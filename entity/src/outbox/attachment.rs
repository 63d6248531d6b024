//! Attachment (附件): a file that goes with a letter, as it was when the letter was written.

use sea_orm::entity::prelude::*;

/// One file of a letter.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "letter_attachment")]
pub struct Model {
    /// The letter.
    #[sea_orm(primary_key, auto_increment = false)]
    pub letter_id: Uuid,
    /// First, second, …
    #[sea_orm(primary_key, auto_increment = false)]
    pub position: i32,
    /// The name of the file, in any script.
    pub name: String,
    /// Its MIME type.
    pub content_type: String,
    /// The content.
    pub bytes: Vec<u8>,
}

/// Nothing hangs below an attachment.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
