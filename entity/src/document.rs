//! Document (文件): a file that proves something: evidence of a fulfilled promise, a record a gate asks for, a written notice.

use sea_orm::entity::prelude::*;

pub mod blob;
pub mod commands;
pub mod repository;
pub mod rules;

/// What is known about a file. Its bytes are kept in [`blob`], so that lists never load them. Never changed after upload.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "document")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The enterprise it is about; none for files of the park itself.
    pub enterprise_id: Option<Uuid>,
    /// The file name, without folders and control characters.
    pub name: String,
    /// The media type found in the content, never the one the client claimed.
    pub content_type: String,
    /// Bytes.
    pub size: i64,
    /// SHA-256 of the content, in hexadecimal.
    pub sha256: String,
    /// Kept from the enterprise.
    pub internal: bool,
    /// Who uploaded it; none when the system did.
    pub uploaded_by: Option<Uuid>,
    /// When.
    pub uploaded_at: DateTimeUtc,
}

/// Relations point from child to parent and are written where they are needed.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
