//! Reading which orders were given. An order is a warning of its own kind, so it needs no table.

use std::collections::HashSet;

use chrono::NaiveDate;
use sea_orm::{ConnectionTrait, EntityTrait, QueryFilter, QuerySelect, entity::prelude::*};

use super::rules::THRESHOLD;
use crate::{
    error::Fault,
    obligation::subject::Obligations,
    warning::{Column, Entity},
};

/// The orders given until `moment`: the obligation, and the due date for which it was ordered. Not scoped.
pub async fn orders(
    db: &impl ConnectionTrait,
    moment: DateTimeUtc,
) -> Result<HashSet<(Uuid, NaiveDate)>, Fault> {
    let rows: Vec<(Uuid, String)> = Entity::find()
        .select_only()
        .column(Column::SubjectId)
        .column(Column::Threshold)
        .filter(Column::SubjectKind.eq(Obligations::NAME))
        .filter(Column::Threshold.starts_with(THRESHOLD))
        .filter(Column::RecordedAt.lte(moment))
        .into_tuple()
        .all(db)
        .await?;
    let ordered = |(obligation, threshold): (Uuid, String)| {
        let due_on = threshold.strip_prefix(THRESHOLD)?.parse().ok()?;
        Some((obligation, due_on))
    };
    Ok(rows.into_iter().filter_map(ordered).collect())
}
