//! Sealed answer (封存答卷): what was answered without a name, and how to call back, from the moment it came until the evaluation closes.
//!
//! That an enterprise has answered, and when, can be seen in many places: in the database, in its logs and backups, at a proxy. What it has
//! answered can be seen in none of them before the answers of all are opened together and mixed, so that nothing leads from the one to the
//! other. The sealed ones are all of the same size.

use sea_orm::entity::prelude::*;
use serde::{Serialize, de::DeserializeOwned};

use super::rules::AnswerError;
use crate::{
    error::{CommandError, Fault},
    seal::{Purpose, Seal},
};

/// One sealed answer.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "evaluation_sealed")]
pub struct Model {
    /// A random key, without a time in it.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The evaluation.
    pub evaluation_id: Uuid,
    /// Its pieces, sealed.
    pub content: Vec<u8>,
}

/// Nothing hangs below.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// All are filled up with blanks to this many bytes, so that a long wish is not known by its length. The longest answer about fifty
/// departments fits in.
const SIZE: usize = 32 * 1024;

/// Seals something of an evaluation.
pub fn seal<T: Serialize>(seal: &Seal, evaluation_id: Uuid, content: &T) -> Result<Vec<u8>, Fault> {
    let mut bytes =
        serde_json::to_vec(content).map_err(|error| Fault::Internal(error.to_string()))?;
    bytes.resize(bytes.len().next_multiple_of(SIZE), b' ');
    seal.seal(Purpose::Answers, evaluation_id.as_bytes(), &bytes)
}

/// Opens it.
///
/// # Errors
/// It was sealed by a key that is not here.
pub fn open<T: DeserializeOwned>(
    seal: &Seal,
    evaluation_id: Uuid,
    sealed: &[u8],
) -> Result<T, CommandError<AnswerError>> {
    let Some(bytes) = seal.open(Purpose::Answers, evaluation_id.as_bytes(), sealed) else {
        return Err(CommandError::refused(&[], AnswerError::SealMissing));
    };
    Ok(serde_json::from_slice(&bytes).map_err(|error| Fault::Internal(error.to_string()))?)
}
