//! How the calendar is kept. Everyone may read it.

use std::collections::BTreeMap;

use sea_orm::{
    Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
    entity::prelude::*,
};

use super::{
    Column, Entity, Model, day,
    rules::{Calendar, Edition, NamedDay, Notice},
};
use crate::{error::Fault, kept::Reader, language::Text, page::of_keys};

/// The newest revision of each notice year, by year.
pub async fn newest_revisions(db: &impl ConnectionTrait) -> Result<BTreeMap<i32, Model>, Fault> {
    newest(db, Condition::all()).await
}

/// The newest revision of each notice year that had been imported at `moment`; before the first import, those that came first.
pub async fn revisions_at(
    db: &impl ConnectionTrait,
    moment: DateTimeUtc,
) -> Result<BTreeMap<i32, Model>, Fault> {
    let first = Entity::find()
        .select_only()
        .column_as(Column::ImportedAt.min(), "first")
        .into_query();
    let known = Condition::any()
        .add(Column::ImportedAt.lte(moment))
        .add(Column::ImportedAt.in_subquery(first));
    newest(db, known).await
}

async fn newest(
    db: &impl ConnectionTrait,
    which: Condition,
) -> Result<BTreeMap<i32, Model>, Fault> {
    Ok(by_year(imports(db, which).await?))
}

async fn imports(db: &impl ConnectionTrait, which: Condition) -> Result<Vec<Model>, Fault> {
    Ok(Entity::find()
        .filter(which)
        .order_by_asc(Column::NoticeYear)
        .order_by_asc(Column::Revision)
        .all(db)
        .await?)
}

/// The last of each year.
fn by_year(imports: Vec<Model>) -> BTreeMap<i32, Model> {
    let imports = imports.into_iter();
    imports.map(|import| (import.notice_year, import)).collect()
}

/// All imports, the newest first.
pub async fn history(db: &impl ConnectionTrait) -> Result<Vec<Model>, Fault> {
    Ok(Entity::find()
        .order_by_desc(Column::ImportedAt)
        .order_by_desc(Column::NoticeYear)
        .order_by_desc(Column::Revision)
        .all(db)
        .await?)
}

/// The notices in force.
pub async fn notices_in_force(db: &impl ConnectionTrait) -> Result<Vec<Notice>, Fault> {
    notices(db, newest_revisions(db).await?).await
}

async fn notices(
    db: &impl ConnectionTrait,
    imports: BTreeMap<i32, Model>,
) -> Result<Vec<Notice>, Fault> {
    let ids: Vec<Uuid> = imports.values().map(|import| import.id).collect();
    let mut days: BTreeMap<Uuid, Vec<NamedDay>> = BTreeMap::new();
    let in_order = day::Entity::find().order_by_asc(day::Column::Day);
    for row in of_keys(db, in_order, day::Column::ImportId, &ids).await? {
        days.entry(row.import_id).or_default().push(NamedDay {
            day: row.day,
            kind: row.kind,
            name: Text::new(row.name_zh, row.name_en),
        });
    }
    Ok(imports
        .into_values()
        .map(|import| Notice {
            year: import.notice_year,
            days: days.remove(&import.id).unwrap_or_default(),
        })
        .collect())
}

/// The calendar in force: the newest revision of each notice year. Its days are read once in each edition.
pub async fn in_force(reader: &impl Reader) -> Result<Calendar, Fault> {
    let imports = imports(reader.db(), Condition::all()).await?;
    let rows: Vec<Uuid> = imports.iter().map(|import| import.id).collect();
    if let Some(calendar) = reader.kept().made_from::<Calendar>(&rows) {
        return Ok(calendar.as_ref().clone());
    }
    let calendar = made_from(reader.db(), imports).await?;
    reader.kept().keep(rows, calendar.clone());
    Ok(calendar)
}

/// The calendar in force, for a process that reads it once.
pub async fn read(db: &impl ConnectionTrait) -> Result<Calendar, Fault> {
    made_from(db, imports(db, Condition::all()).await?).await
}

async fn made_from(db: &impl ConnectionTrait, imports: Vec<Model>) -> Result<Calendar, Fault> {
    let last = imports.iter().map(|import| import.imported_at).max();
    let count = i64::try_from(imports.len()).unwrap_or(i64::MAX);
    let notices = notices(db, by_year(imports)).await?;
    Ok(Calendar::new(notices).in_edition((count, last)))
}

/// The calendar as it was known at `moment`.
pub async fn known_at(db: &impl ConnectionTrait, moment: DateTimeUtc) -> Result<Calendar, Fault> {
    Ok(Calendar::new(
        notices(db, revisions_at(db, moment).await?).await?,
    ))
}

/// The edition in force, in one statement.
pub async fn edition(db: &impl ConnectionTrait) -> Result<Edition, Fault> {
    let found = Entity::find()
        .select_only()
        .column_as(Column::Id.count(), "count")
        .column_as(Column::ImportedAt.max(), "last")
        .into_tuple()
        .one(db)
        .await?;
    Ok(found.unwrap_or_default())
}
