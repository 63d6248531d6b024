//! Idempotency keys (幂等键): the same key of the same person gives the first answer again, and runs nothing twice.

use sea_orm::{ActiveValue::Set, EntityTrait, QueryFilter, entity::prelude::*};

use crate::{error::Fault, id::sha256_hex, store::Unit, viewer::Viewer};

/// One key that was used.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "idempotency_key")]
pub struct Model {
    /// Who used it.
    #[sea_orm(primary_key, auto_increment = false)]
    pub account_id: Uuid,
    /// The key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub key: String,
    /// For which operation.
    pub operation: String,
    /// A fingerprint of what was asked.
    pub input_hash: String,
    /// What was answered.
    pub subject_id: Uuid,
    /// When.
    pub created_at: DateTimeUtc,
}

/// Nothing hangs below a key.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// One use of a key.
#[derive(Clone, Copy, Debug)]
pub struct Request<'a> {
    /// The key.
    pub key: &'a str,
    /// The operation, as the API spells it.
    pub operation: &'static str,
    /// What is asked.
    pub content: &'a str,
}

/// Whether a key was used before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum First {
    /// Never.
    New,
    /// With the same content, and this was the answer.
    Answered(Uuid),
    /// For something else.
    OtherContent,
}

/// Whether this person has used the key before. The system itself needs no keys.
pub(crate) async fn first_answer(unit: &Unit, request: &Request<'_>) -> Result<First, Fault> {
    let Some(account) = unit.viewer().account_id() else {
        return Ok(First::New);
    };
    let found = Entity::find()
        .filter(Column::AccountId.eq(account))
        .filter(Column::Key.eq(request.key))
        .one(unit.db())
        .await?;
    Ok(match found {
        None => First::New,
        Some(row) if row.operation == request.operation && row.input_hash == hash(request) => {
            First::Answered(row.subject_id)
        }
        Some(_) => First::OtherContent,
    })
}

/// Keeps the answer. A conflict when the same key was used at the same moment: the next try finds the answer.
pub(crate) async fn remember(
    unit: &Unit,
    request: &Request<'_>,
    subject: Uuid,
) -> Result<(), Fault> {
    let Some(account) = unit.viewer().account_id() else {
        return Ok(());
    };
    let row = ActiveModel {
        account_id: Set(account),
        key: Set(request.key.to_owned()),
        operation: Set(request.operation.to_owned()),
        input_hash: Set(hash(request)),
        subject_id: Set(subject),
        created_at: Set(unit.now()),
    };
    Entity::insert(row)
        .exec_without_returning(unit.db())
        .await?;
    Ok(())
}

/// A key in a table that all people share.
pub(crate) fn scoped(viewer: &Viewer, key: &str) -> String {
    let who = viewer
        .account_id()
        .map_or_else(String::new, |id| id.simple().to_string());
    format!("{who}:{key}")
}

fn hash(request: &Request<'_>) -> String {
    sha256_hex(request.content.as_bytes())
}
