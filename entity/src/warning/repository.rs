//! Reading what has been told.

use std::collections::HashSet;

use sea_orm::{ConnectionTrait, EntityTrait, QueryFilter, QuerySelect, entity::prelude::*};

use super::{Column, Entity};
use crate::error::Fault;

/// What has been told about these things: (thing, threshold, person). For jobs.
pub async fn told(
    db: &impl ConnectionTrait,
    subjects: &[Uuid],
) -> Result<HashSet<(Uuid, String, Uuid)>, Fault> {
    let mut told = HashSet::new();
    for part in subjects.chunks(500) {
        let rows: Vec<(Uuid, String, Uuid)> = Entity::find()
            .select_only()
            .column(Column::SubjectId)
            .column(Column::Threshold)
            .column(Column::RecipientId)
            .filter(Column::SubjectId.is_in(part.iter().copied()))
            .into_tuple()
            .all(db)
            .await?;
        told.extend(rows);
    }
    Ok(told)
}
