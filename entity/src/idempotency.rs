//! Idempotency key (幂等键): the name a client gives to one request, so that the same request again gives the first answer and
//! does nothing twice.
//!
//! A command knows nothing of it. The door hands the key to the store ([`crate::store::Store::answering`]), and the unit of work
//! writes it down in the transaction of the command, beside the thing that is the answer: the one of that kind which the command
//! recorded last in the audit trail.

use std::sync::Arc;

use sea_orm::{
    ActiveValue::Set, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect, entity::prelude::*,
};

use crate::{error::Fault, id::sha256_hex, viewer::Viewer};

/// The longest key, in characters.
pub const LONGEST: usize = 120;

/// A request that was answered, kept for ever.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "idempotency_key")]
pub struct Model {
    /// Whose request.
    #[sea_orm(primary_key, auto_increment = false)]
    pub account_id: Uuid,
    /// Its name, unique for this account.
    #[sea_orm(primary_key, auto_increment = false)]
    pub key: String,
    /// What was asked for, "contractSign".
    pub operation: String,
    /// SHA-256 of the content.
    pub input_hash: String,
    /// The thing that was the answer.
    pub subject_id: Uuid,
    /// When.
    pub created_at: DateTimeUtc,
}

/// Nothing hangs below an answered request.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// A request with its name, on its way to an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// Who asks.
    pub account_id: Uuid,
    /// The name of the request.
    pub key: String,
    /// What is asked for.
    pub operation: String,
    /// SHA-256 of the content.
    pub input_hash: String,
    /// The kind of the answer, as the audit trail names it ("Contract").
    pub answer_kind: &'static str,
}

impl Request {
    /// Whether `first` was this very request; otherwise its key was used for another.
    pub fn is(&self, first: &Model) -> bool {
        self.operation == first.operation && self.input_hash == first.input_hash
    }
}

/// A request that does the same for many things, in transactions of some at a time: for each it is written down that it was done, in
/// the same transaction.
#[derive(Clone, Debug)]
pub(crate) struct ForMany {
    account_id: Uuid,
    operation: &'static str,
    /// What the names of all its rows begin with.
    stem: String,
    /// SHA-256 of the content.
    input_hash: String,
}

impl ForMany {
    /// The request to do `operation` with this content and this key, if a person has given one.
    pub(crate) fn of(
        viewer: &Viewer,
        operation: &'static str,
        content: &str,
        key: Option<&str>,
    ) -> Option<Self> {
        Some(Self {
            account_id: viewer.account_id()?,
            operation,
            stem: sha256_hex(format!("{operation}:{}", key?).as_bytes()),
            input_hash: sha256_hex(content.as_bytes()),
        })
    }

    /// For what it was done before. [`Fault::KeyUsed`] when that was a request with other content.
    pub(crate) async fn done(&self, db: &impl ConnectionTrait) -> Result<Vec<Uuid>, Fault> {
        let rows: Vec<(Uuid, String)> = Entity::find()
            .select_only()
            .columns([Column::SubjectId, Column::InputHash])
            .filter(Column::AccountId.eq(self.account_id))
            .filter(Column::Key.starts_with(format!("{}/", self.stem)))
            .into_tuple()
            .all(db)
            .await?;
        if rows.iter().any(|(_, hash)| *hash != self.input_hash) {
            return Err(Fault::KeyUsed);
        }
        Ok(rows.into_iter().map(|(subject_id, _)| subject_id).collect())
    }

    /// What is written down when it is done for these.
    pub(crate) fn rows(
        &self,
        done: impl Iterator<Item = Uuid>,
        now: DateTimeUtc,
    ) -> Vec<ActiveModel> {
        let row = |subject_id: Uuid| ActiveModel {
            account_id: Set(self.account_id),
            key: Set(format!("{}/{}", self.stem, subject_id.simple())),
            operation: Set(self.operation.to_owned()),
            input_hash: Set(self.input_hash.clone()),
            subject_id: Set(subject_id),
            created_at: Set(now),
        };
        done.map(row).collect()
    }
}

/// What was answered to the request with this key, if it was answered.
pub async fn answered(
    db: &impl ConnectionTrait,
    request: &Request,
) -> Result<Option<Model>, Fault> {
    let key = (request.account_id, request.key.clone());
    Ok(Entity::find_by_id(key).one(db).await?)
}

/// A key of this person in a table that all people share.
pub(crate) fn scoped(viewer: &Viewer, key: &str) -> String {
    let who = viewer
        .account_id()
        .map_or_else(String::new, |id| id.simple().to_string());
    format!("{who}:{key}")
}

/// Writes down the answer. A conflict when the same key was answered meanwhile.
pub(crate) async fn remember(
    db: &impl ConnectionTrait,
    request: &Arc<Request>,
    subject_id: Uuid,
    now: DateTimeUtc,
) -> Result<(), Fault> {
    let row = ActiveModel {
        account_id: Set(request.account_id),
        key: Set(request.key.clone()),
        operation: Set(request.operation.clone()),
        input_hash: Set(request.input_hash.clone()),
        subject_id: Set(subject_id),
        created_at: Set(now),
    };
    Entity::insert(row).exec_without_returning(db).await?;
    Ok(())
}
