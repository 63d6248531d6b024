//! What happens to documents: they are stored, and then never change.

use sea_orm::{ActiveValue::Set, EntityTrait, entity::prelude::*};

use super::{ActiveModel, Entity, Model, blob, repository, rules};
use crate::{
    audit::commands::{Change, record, summary},
    command::commands,
    enterprise,
    error::{CommandError, Fault},
    id::{new_id, sha256_hex},
    liaison,
    permission::{Action, Standing, require},
    store::Store as Database,
    table::Visible,
    viewer::{Role, Viewer},
};
use rules::StoreError;

commands! {
    /// A file is stored.
    STORE = "document.store" on Document: "存档", "stored";
}

/// A file to be kept.
#[derive(Clone, Debug)]
pub struct Store {
    /// The enterprise it is about; an enterprise's own files are always about itself.
    pub enterprise_id: Option<Uuid>,
    /// The name it was uploaded under.
    pub name: String,
    /// Kept from the enterprise.
    pub internal: bool,
    /// Its content.
    pub bytes: Vec<u8>,
}

/// Stores a file.
pub async fn store(
    database: &Database,
    viewer: &Viewer,
    input: Store,
) -> Result<Model, CommandError<StoreError>> {
    require(viewer, Action::UploadDocuments, Standing::None)?;
    let format = rules::accept(&input.bytes)?;
    let name = rules::clean_name(&input.name, format)
        .ok_or_else(|| CommandError::refused(&["name"], StoreError::NameMissing))?;
    let sha256 = sha256_hex(&input.bytes);
    let unit = database.begin(viewer).await?;
    let own = viewer
        .person()
        .filter(|person| person.role == Role::Enterprise)
        .and_then(|person| person.enterprise_id);
    if own.is_some() && input.internal {
        return Err(CommandError::refused(
            &["internal"],
            StoreError::InternalByEnterprise,
        ));
    }
    let enterprise_id = input.enterprise_id.or(own);
    if let Some(enterprise_id) = enterprise_id {
        let known = enterprise::Entity::one(unit.db(), viewer, enterprise_id).await?;
        // An officer knows the enterprises with a case at his department, and that for which he fills in a draft.
        let officer = viewer
            .person()
            .filter(|person| person.role == Role::WindowOfficer);
        let takes_in = match officer.filter(|_| known.is_none()) {
            Some(officer) => {
                repository::takes_in(unit.db(), officer.account_id, enterprise_id).await?
            }
            None => false,
        };
        if known.is_none() && !takes_in {
            return Err(Fault::NotFound.into());
        }
        let standing = liaison::repository::standing(unit.db(), viewer, enterprise_id).await?;
        require(viewer, Action::UploadDocuments, standing)?;
    }
    let size = u64::try_from(input.bytes.len()).unwrap_or(u64::MAX);
    if let Some(account) = viewer.account_id() {
        let since = unit.now() - rules::COUNTED_OVER;
        let of_account = repository::uploaded_since(unit.db(), account, since).await?;
        let of_enterprise = match own {
            Some(own) => Some(repository::uploaded_by_enterprise(unit.db(), own).await?),
            None => None,
        };
        rules::has_room(size, of_account, of_enterprise)
            .map_err(|refused| CommandError::refused(&["file"], refused))?;
    }
    let document = Model {
        id: new_id(unit.now()),
        enterprise_id,
        name,
        content_type: format.content_type().to_owned(),
        size: i64::try_from(size).unwrap_or(i64::MAX),
        sha256,
        internal: input.internal,
        uploaded_by: viewer.account_id(),
        uploaded_at: unit.now(),
    };
    Entity::insert(ActiveModel::from(document.clone()).reset_all())
        .exec_without_returning(unit.db())
        .await?;
    blob::Entity::insert(blob::ActiveModel {
        document_id: Set(document.id),
        bytes: Set(input.bytes),
    })
    .exec_without_returning(unit.db())
    .await?;
    record(
        &unit,
        Change {
            command: &STORE,
            subject_id: document.id,
            before: None,
            after: Some(summary!({
                "name": document.name,
                "contentType": document.content_type,
                "size": document.size,
                "sha256": document.sha256,
                "internal": document.internal,
            })),
            reason: None,
        },
    )
    .await?;
    unit.commit().await?;
    Ok(document)
}
