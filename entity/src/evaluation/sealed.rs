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
const SIZE: usize = 64 * 1024;

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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evaluation::{
        answers::{
            Answers, Aspect, Cause, Check, CheckAnswer, ContractRating, Level, Rating, Service,
            Visits,
        },
        part, rules,
    };

    #[test]
    fn the_shortest_and_the_longest_answer_are_of_one_size() {
        let worst = Level::VeryDissatisfied;
        let rating = Rating {
            levels: Aspect::ALL.map(|aspect| (aspect, worst)).into(),
            causes: Cause::ALL.into(),
        };
        let departments =
            (0..50).map(|number| (Uuid::from_u128(u128::MAX - number), rating.clone()));
        let longest = Answers {
            departments: departments.collect(),
            contract: ContractRating {
                levels: Service::ALL.map(|service| (service, worst)).into(),
                visits: Some(Visits::TooMany),
            },
            checks: Check::ALL.map(|check| (check, CheckAnswer::Yes)).into(),
            wish: Some("𠮷".repeat(rules::LONGEST_TEXT)),
            comment: Some("𠮷".repeat(rules::LONGEST_TEXT)),
        };
        let shortest = Answers {
            wish: Some("好".to_owned()),
            ..Answers::default()
        };
        let (keys, evaluation) = (Seal::passing(), Uuid::from_u128(1));
        let sealed = [longest, shortest].map(|answers| {
            let mut pieces = rules::pieces(&answers);
            let contact = "𠮷".repeat(rules::LONGEST_CONTACT);
            pieces.push((part::Kind::CallBack, None, contact.into()));
            let sealed = seal(&keys, evaluation, &pieces).expect("sealed");
            let opened: Vec<part::Piece> = open(&keys, evaluation, &sealed).expect("opened");
            assert_eq!(opened, pieces);
            sealed
        });
        assert_eq!(sealed[0].len(), sealed[1].len());
        assert!(open::<Vec<part::Piece>>(&keys, Uuid::from_u128(2), &sealed[0]).is_err());
    }
}
