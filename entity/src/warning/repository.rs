//! Reading what has been told.

use std::collections::{HashMap, HashSet};

use sea_orm::{
    Condition, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect, entity::prelude::*,
};

use super::{Column, Entity, LEFT_OUT, Model};
use crate::{
    error::Fault,
    page::{KEYS_AT_ONCE, among, of_keys},
};

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
    for part in subjects.chunks(KEYS_AT_ONCE) {
        let rows: Vec<(Uuid, String, Uuid, Option<Uuid>)> = Entity::find()
            .select_only()
            .column(Column::SubjectId)
            .column(Column::Threshold)
            .column(Column::RecipientId)
            .column(Column::LetterId)
            .filter(among(db, Column::SubjectId, part))
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

/// When these things were first told to somebody under one of `steps` (what comes before the `:` of the threshold), by thing and threshold.
/// For jobs.
pub async fn first_told(
    db: &impl ConnectionTrait,
    subjects: &[Uuid],
    steps: &[&str],
) -> Result<HashMap<(Uuid, String), DateTimeUtc>, Fault> {
    let such = steps
        .iter()
        .map(|step| Column::Threshold.starts_with(format!("{step}:")))
        .fold(Condition::any(), Condition::add);
    let mut first: HashMap<(Uuid, String), DateTimeUtc> = HashMap::new();
    for part in subjects.chunks(KEYS_AT_ONCE) {
        let rows: Vec<(Uuid, String, DateTimeUtc)> = Entity::find()
            .select_only()
            .column(Column::SubjectId)
            .column(Column::Threshold)
            .column(Column::RecordedAt)
            .filter(among(db, Column::SubjectId, part))
            .filter(such.clone())
            .into_tuple()
            .all(db)
            .await?;
        for (subject, threshold, at) in rows {
            let known = first.entry((subject, threshold)).or_insert(at);
            *known = at.min(*known);
        }
    }
    Ok(first)
}

/// Of which of these things a digest has told whom, at `since` or later, only that they are among what it leaves out: (thing, person). For
/// jobs.
pub async fn left_out_since(
    db: &impl ConnectionTrait,
    subjects: &[Uuid],
    since: DateTimeUtc,
) -> Result<HashSet<(Uuid, Uuid)>, Fault> {
    let left_out = Entity::find()
        .filter(Column::Threshold.eq(LEFT_OUT))
        .filter(Column::RecordedAt.gte(since));
    let rows = of_keys(db, left_out, Column::SubjectId, subjects).await?;
    let of = |row: Model| (row.subject_id, row.recipient_id);
    Ok(rows.into_iter().map(of).collect())
}
