//! Reading which orders were given. An order is a warning of its own kind, so it needs no table.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use sea_orm::{ConnectionTrait, EntityTrait, QueryFilter, QuerySelect, entity::prelude::*};

use super::rules::{THRESHOLD, ordered_for};
use crate::{
    error::Fault,
    obligation::subject::Obligations,
    warning::{self, Column, Entity},
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
    let ordered =
        |(obligation, threshold): (Uuid, String)| Some((obligation, ordered_for(&threshold)?));
    Ok(rows.into_iter().filter_map(ordered).collect())
}

/// For which due dates orders were given about these obligations. Not scoped.
pub async fn orders_about(
    db: &impl ConnectionTrait,
    obligations: &[Uuid],
) -> Result<HashMap<Uuid, Vec<NaiveDate>>, Fault> {
    let mut orders: HashMap<Uuid, Vec<NaiveDate>> = HashMap::new();
    for (obligation, threshold, _) in warning::repository::told(db, obligations).await? {
        if let Some(due_on) = ordered_for(&threshold) {
            orders.entry(obligation).or_default().push(due_on);
        }
    }
    Ok(orders)
}
