//! Documents in the API. Files come and go by routes of their own (`/documents`); here is what is known about them.

use api_door::{
    loaders::{self, by_id, by_owner},
    scalar::{DateTime, Kind, int},
};
use async_graphql::{Context, ID, Object, Result};
use entity::{attachment, document, table::Visible};
use uuid::Uuid;

/// A document (文件): a file that proves something.
pub struct Document(pub(crate) document::Model);

impl From<document::Model> for Document {
    fn from(row: document::Model) -> Self {
        Self(row)
    }
}

/// A document (文件): a file that proves something.
#[Object]
impl Document {
    /// The global id.
    pub(super) async fn id(&self) -> ID {
        Kind::Document.id(self.0.id)
    }

    /// The file name.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// The media type found in the content.
    async fn content_type(&self) -> &str {
        &self.0.content_type
    }

    /// Bytes.
    async fn size(&self) -> i32 {
        int(self.0.size)
    }

    /// SHA-256 of the content, in hexadecimal.
    async fn sha256(&self) -> &str {
        &self.0.sha256
    }

    /// Kept from the enterprise.
    async fn internal(&self) -> bool {
        self.0.internal
    }

    /// When it was uploaded.
    async fn uploaded_at(&self) -> DateTime {
        self.0.uploaded_at.into()
    }

    /// Where it is downloaded.
    async fn path(&self) -> String {
        format!("/documents/{}", Kind::Document.id(self.0.id).as_str())
    }
}

/// The `first` file, if there is one, and those that are attached to a thing, in their order, as far as they are for this viewer.
pub(super) async fn attached(
    ctx: &Context<'_>,
    first: Option<Uuid>,
    subject: Uuid,
) -> Result<Vec<Document>> {
    let rows = loaders::one::<AttachmentsOf>(ctx, subject).await?;
    let further = rows.iter().flatten().map(|row| row.document_id);
    let ids: Vec<Uuid> = first.into_iter().chain(further).collect();
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let mut files = loaders::many::<DocumentById>(ctx, ids.iter().copied()).await?;
    let seen = ids.iter().filter_map(|id| files.remove(id));
    Ok(seen.map(Document).collect())
}

by_owner! {
    /// What is attached to things.
    AttachmentsOf: attachment::Model = unscoped attachment::repository::of_subjects, by |row| row.subject_id;
}

by_id! {
    /// Documents by key.
    DocumentById: document::Model = document::Entity::of_ids
}

/// Reading documents.
#[derive(Default)]
pub struct DocumentQuery;

#[Object]
impl DocumentQuery {
    /// What is known about one file; null when it does not exist for this viewer.
    async fn document(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The global id of the document.")] id: ID,
    ) -> Result<Option<Document>> {
        let Some(key) = Kind::Document.key(&id) else {
            return Ok(None);
        };
        Ok(loaders::one::<DocumentById>(ctx, key).await?.map(Document))
    }
}
