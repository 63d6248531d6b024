//! Recording what is told, in the transaction of the letter that tells it.

use sea_orm::{
    ActiveValue::Set, EntityTrait, QueryFilter, entity::prelude::*, sea_query::OnConflict,
};

use super::{ActiveModel, Column, Entity, LEFT_OUT};
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
    let crossed = crossed.into_iter().map(|one| (recipient, letter, one));
    record_all(unit, crossed.collect()).await
}

/// As [`record`], what several letters tell: each with its recipient and its letter.
pub async fn record_all(
    unit: &Unit,
    told: Vec<(Uuid, Option<Uuid>, Crossed)>,
) -> Result<u64, Fault> {
    let mut once = key();
    once.do_nothing();
    insert(unit, told, once).await
}

/// Records that the digest `letter` has told `recipient` of these things, each with its kind, only how many they are: until one names them,
/// or the next leaves them out again.
pub async fn left_out(
    unit: &Unit,
    recipient: Uuid,
    letter: Uuid,
    things: impl IntoIterator<Item = (&'static str, Uuid)>,
) -> Result<(), Fault> {
    let counted = |(subject_kind, subject_id)| Crossed {
        subject_kind,
        subject_id,
        threshold: LEFT_OUT.to_owned(),
        superseded: false,
    };
    let things = things.into_iter().map(counted);
    let rows = things.map(|one| (recipient, Some(letter), one)).collect();
    let mut anew = key();
    anew.update_columns([Column::LetterId, Column::RecordedAt]);
    insert(unit, rows, anew).await?;
    Ok(())
}

fn key() -> OnConflict {
    OnConflict::columns([Column::SubjectId, Column::Threshold, Column::RecipientId])
}

async fn insert(
    unit: &Unit,
    rows: Vec<(Uuid, Option<Uuid>, Crossed)>,
    known: OnConflict,
) -> Result<u64, Fault> {
    let row = |(recipient, letter, one): (Uuid, Option<Uuid>, Crossed)| ActiveModel {
        id: Set(new_id(unit.now())),
        subject_kind: Set(one.subject_kind.to_owned()),
        subject_id: Set(one.subject_id),
        threshold: Set(one.threshold),
        recipient_id: Set(recipient),
        superseded: Set(one.superseded),
        letter_id: Set(letter),
        recorded_at: Set(unit.now()),
    };
    let rows: Vec<ActiveModel> = rows.into_iter().map(row).collect();
    unit.insert_new(rows, known).await
}
