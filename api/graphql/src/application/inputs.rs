//! What is sent to fill in an application, and why it is refused.

use api_door::{coded::Coded, command::payload, scalar::Kind};
use async_graphql::{Enum, ID, InputObject};
use entity::{
    application::{
        commands,
        material::Way,
        rules::{ApplicationError, value::Given},
    },
    error::Fault,
};
use uuid::Uuid;

use super::Application;

/// An application to be begun.
#[derive(Clone, Debug, InputObject)]
pub struct ApplicationStartInput {
    /// The items, at least one.
    pub item_ids: Vec<ID>,
    /// For which project; it says which enterprise applies.
    pub project_id: Option<ID>,
    /// At the window without a project: the credit code of the enterprise that applies. An enterprise applies for itself.
    pub credit_code: Option<String>,
    /// Idempotency key, up to 120 characters: a repeated request gets the first answer, and nothing is done twice.
    pub idempotency_key: Option<String>,
}

/// The items of a draft, as they are to be.
#[derive(Clone, Debug, InputObject)]
pub struct ApplicationChooseItemsInput {
    /// The application.
    pub id: ID,
    /// Its version as seen.
    pub expected_version: i32,
    /// The items, at least one.
    pub item_ids: Vec<ID>,
    /// For which project of the enterprise, `Application.projects`; null for none.
    pub project_id: Option<ID>,
}

/// One field as it is filled in: by `value`, of several options by `several`, of a table by `rows`; nothing takes it back.
#[derive(Clone, Debug, InputObject)]
pub struct ApplicationFieldInput {
    /// The key of the field.
    pub key: String,
    /// The version of what stands there as seen, `ApplicationField.version`; 0 where nothing does.
    pub expected_version: i32,
    /// A text, a number without its unit, a day, the code of an option, YES or NO; YES for a declaration.
    pub value: Option<String>,
    /// The codes of several options.
    pub several: Option<Vec<String>>,
    /// The rows of a table, each with a cell for each column.
    pub rows: Option<Vec<Vec<String>>>,
    /// Why what is on record is disputed, up to 500 characters; what is filled in is what it should be.
    pub disputed_for: Option<String>,
}

/// Fields of a draft to be filled in.
#[derive(Clone, Debug, InputObject)]
pub struct ApplicationFillInput {
    /// The application.
    pub id: ID,
    /// The fields.
    pub fields: Vec<ApplicationFieldInput>,
}

/// In which way a material is handed in.
#[derive(Clone, Debug, InputObject)]
pub struct ApplicationSetMaterialInput {
    /// The application.
    pub id: ID,
    /// The key of the material.
    pub material: String,
    /// In which way; another one than files takes all files away.
    pub way: Coded<Way>,
    /// Files to be attached behind those that are, uploaded before, at most ten together.
    pub add_document_ids: Option<Vec<ID>>,
    /// Files to be taken away.
    pub remove_document_ids: Option<Vec<ID>>,
}

/// Why something is not done with an application.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum ApplicationErrorCode {
    /// There is no catalogue yet.
    NoCatalogue,
    /// At the window it must be said for which enterprise.
    EnterpriseMissing,
    /// No enterprise has this credit code.
    EnterpriseUnknown,
    /// The enterprise has left the park.
    EnterpriseLeft,
    /// The project is one of another enterprise.
    ProjectOfAnother,
    /// The project is on hold, terminated or completed.
    ProjectNotActive,
    /// The enterprise has as many drafts as it may have.
    TooManyDrafts,
    /// No item was chosen, or none is left.
    NoItem,
    /// An item is not, or not yet, in the catalogue.
    ItemUnknown,
    /// It was received: it never changes.
    Received,
    /// The catalogue has changed since the items were chosen.
    Outdated,
    /// The catalogue has not changed since the items were chosen.
    UpToDate,
    /// The form has no such field.
    FieldUnknown,
    /// A field comes twice at once.
    Twice,
    /// A field is missing or wrong.
    FieldInvalid,
    /// It is on record, and is disputed with a reason rather than filled in.
    OnRecord,
    /// It is not on record: there is nothing to dispute.
    NotOnRecord,
    /// The reason of a dispute is too long.
    ReasonTooLong,
    /// Somebody else has filled in the field meanwhile.
    Overtaken,
    /// The form asks for no such material.
    MaterialUnknown,
    /// A file does not exist, or is about somebody else.
    FileUnknown,
    /// More files than one material takes.
    TooManyFiles,
    /// The material must be handed in with the application.
    CannotFollow,
    /// No promise replaces the material.
    CannotPromise,
    /// A material is missing.
    MaterialMissing,
}

impl From<ApplicationError> for ApplicationErrorCode {
    fn from(error: ApplicationError) -> Self {
        match error {
            ApplicationError::NoCatalogue => Self::NoCatalogue,
            ApplicationError::EnterpriseMissing => Self::EnterpriseMissing,
            ApplicationError::EnterpriseUnknown => Self::EnterpriseUnknown,
            ApplicationError::EnterpriseLeft => Self::EnterpriseLeft,
            ApplicationError::ProjectOfAnother => Self::ProjectOfAnother,
            ApplicationError::ProjectNotActive => Self::ProjectNotActive,
            ApplicationError::TooManyDrafts => Self::TooManyDrafts,
            ApplicationError::NoItem => Self::NoItem,
            ApplicationError::ItemUnknown => Self::ItemUnknown,
            ApplicationError::Received => Self::Received,
            ApplicationError::Outdated => Self::Outdated,
            ApplicationError::UpToDate => Self::UpToDate,
            ApplicationError::FieldUnknown { .. } => Self::FieldUnknown,
            ApplicationError::Twice { .. } => Self::Twice,
            ApplicationError::Field { .. } => Self::FieldInvalid,
            ApplicationError::OnRecord { .. } => Self::OnRecord,
            ApplicationError::NotOnRecord { .. } => Self::NotOnRecord,
            ApplicationError::ReasonTooLong => Self::ReasonTooLong,
            ApplicationError::Overtaken { .. } => Self::Overtaken,
            ApplicationError::MaterialUnknown => Self::MaterialUnknown,
            ApplicationError::FileUnknown => Self::FileUnknown,
            ApplicationError::TooManyFiles => Self::TooManyFiles,
            ApplicationError::CannotFollow { .. } => Self::CannotFollow,
            ApplicationError::CannotPromise { .. } => Self::CannotPromise,
            ApplicationError::MaterialMissing { .. } => Self::MaterialMissing,
        }
    }
}

payload! {
    /// The answer of `applicationStart`.
    ApplicationStartPayload, ApplicationStartUserError, ApplicationErrorCode, ApplicationError,
    /// The draft; null when it was refused.
    application: Application
}

payload! {
    /// The answer of `applicationChooseItems`.
    ApplicationChooseItemsPayload, ApplicationChooseItemsUserError, ApplicationErrorCode, ApplicationError,
    /// The draft; null when it was refused.
    application: Application
}

payload! {
    /// The answer of `applicationFill`.
    ApplicationFillPayload, ApplicationFillUserError, ApplicationErrorCode, ApplicationError,
    /// The draft; null when it was refused.
    application: Application
}

payload! {
    /// The answer of `applicationSetMaterial`.
    ApplicationSetMaterialPayload, ApplicationSetMaterialUserError, ApplicationErrorCode, ApplicationError,
    /// The draft; null when it was refused.
    application: Application
}

fn keys(kind: Kind, ids: &[ID]) -> Result<Vec<Uuid>, Fault> {
    ids.iter().map(|id| kind.require(id)).collect()
}

impl TryFrom<ApplicationStartInput> for commands::Start {
    type Error = Fault;

    fn try_from(input: ApplicationStartInput) -> Result<Self, Fault> {
        let project = input.project_id.map(|id| Kind::Project.require(&id));
        Ok(Self {
            items: keys(Kind::Item, &input.item_ids)?,
            project: project.transpose()?,
            credit_code: input.credit_code,
        })
    }
}

impl TryFrom<ApplicationChooseItemsInput> for commands::ChooseItems {
    type Error = Fault;

    fn try_from(input: ApplicationChooseItemsInput) -> Result<Self, Fault> {
        let project = input.project_id.map(|id| Kind::Project.require(&id));
        Ok(Self {
            id: Kind::Application.require(&input.id)?,
            expected_version: input.expected_version,
            items: keys(Kind::Item, &input.item_ids)?,
            project: project.transpose()?,
        })
    }
}

impl TryFrom<ApplicationFillInput> for commands::Fill {
    type Error = Fault;

    fn try_from(input: ApplicationFillInput) -> Result<Self, Fault> {
        let fields = input.fields.into_iter().map(|field| commands::Filled {
            key: field.key,
            expected_version: field.expected_version,
            given: Given {
                value: field.value,
                several: field.several.unwrap_or_default(),
                lines: field.rows.unwrap_or_default(),
            },
            disputed_for: field.disputed_for,
        });
        Ok(Self {
            id: Kind::Application.require(&input.id)?,
            fields: fields.collect(),
        })
    }
}

impl TryFrom<ApplicationSetMaterialInput> for commands::SetMaterial {
    type Error = Fault;

    fn try_from(input: ApplicationSetMaterialInput) -> Result<Self, Fault> {
        Ok(Self {
            id: Kind::Application.require(&input.id)?,
            material: input.material,
            way: input.way.0,
            add: keys(Kind::Document, &input.add_document_ids.unwrap_or_default())?,
            remove: keys(
                Kind::Document,
                &input.remove_document_ids.unwrap_or_default(),
            )?,
        })
    }
}
