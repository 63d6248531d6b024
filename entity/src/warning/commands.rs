//! Recording what is told, in the transaction of the letter that tells it.

use sea_orm::{
    ActiveValue::Set, EntityTrait, QueryFilter, TryInsertResult, entity::prelude::*,
    sea_query::OnConflict,
};

use super::{ActiveModel, Column, Entity};
use crate::{error::Fault, id::new_id, store::Unit};

/// A crossed threshold to be recorded.
#[derive(Clone, Debug)]
pub struct Crossed {
    /// The name of its kind.
    pub subject_kind: &'static str,
    /// Which one.
    pub subject_id: Uuid,
    /// The threshold.
    pub threshold: String,
    /// Whether a more urgent one is told in its place.
    pub superseded: bool,
}

/// Forgets what the letter `letter` was to tell, because it never went: whoever tells it next tells something new.
pub async fn untold(unit: &Unit, letter: Uuid) -> Result<(), Fault> {
    Entity::delete_many()
        .filter(Column::LetterId.eq(letter))
        .exec(unit.db())
        .await?;
    Ok(())
}

/// Records thresholds as told to `recipient`; says how many were new.
pub async fn record(
    unit: &Unit,
    recipient: Uuid,
    letter: Option<Uuid>,
    crossed: Vec<Crossed>,
) -> Result<u64, Fault> {
    let mut fresh = 0;
    for part in crossed.chunks(500) {
        let rows = part.iter().map(|one| ActiveModel {
            id: Set(new_id(unit.now())),
            subject_kind: Set(one.subject_kind.to_owned()),
            subject_id: Set(one.subject_id),
            threshold: Set(one.threshold.clone()),
            recipient_id: Set(recipient),
            superseded: Set(one.superseded),
            letter_id: Set(letter),
            recorded_at: Set(unit.now()),
        });
        let inserted = Entity::insert_many(rows)
            .on_conflict(
                OnConflict::columns([Column::SubjectId, Column::Threshold, Column::RecipientId])
                    .do_nothing()
                    .to_owned(),
            )
            .try_insert()
            .exec_without_returning(unit.db())
            .await?;
        if let TryInsertResult::Inserted(rows) = inserted {
            fresh += rows;
        }
    }
    Ok(fresh)
}
