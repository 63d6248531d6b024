//! Reading what has been told.

use std::collections::HashSet;

use sea_orm::{
    ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, entity::prelude::*,
};

use super::{Column, Entity, Model};
use crate::{error::Fault, page::of_keys};

/// What has been told about these things: (thing, threshold, person). For jobs.
pub async fn told(
    db: &impl ConnectionTrait,
    subjects: &[Uuid],
) -> Result<HashSet<(Uuid, String, Uuid)>, Fault> {
    told_but_by(db, subjects, &HashSet::new()).await
}

/// The same, without what only the letters `unsent` would have told. For the digest that replaces them.
pub async fn told_but_by(
    db: &impl ConnectionTrait,
    subjects: &[Uuid],
    unsent: &HashSet<Uuid>,
) -> Result<HashSet<(Uuid, String, Uuid)>, Fault> {
    let mut told = HashSet::new();
    for part in subjects.chunks(500) {
        let rows: Vec<(Uuid, String, Uuid, Option<Uuid>)> = Entity::find()
            .select_only()
            .column(Column::SubjectId)
            .column(Column::Threshold)
            .column(Column::RecipientId)
            .column(Column::LetterId)
            .filter(Column::SubjectId.is_in(part.iter().copied()))
            .into_tuple()
            .all(db)
            .await?;
        let rows = rows.into_iter();
        told.extend(rows.filter_map(|(subject, threshold, person, letter)| {
            let by_unsent = letter.is_some_and(|letter| unsent.contains(&letter));
            (!by_unsent).then_some((subject, threshold, person))
        }));
    }
    Ok(told)
}

/// The warnings about these things, the oldest first. For jobs.
pub async fn about(db: &impl ConnectionTrait, subjects: &[Uuid]) -> Result<Vec<Model>, Fault> {
    let oldest_first = Entity::find().order_by_asc(Column::RecordedAt);
    of_keys(db, oldest_first, Column::SubjectId, subjects).await
}
