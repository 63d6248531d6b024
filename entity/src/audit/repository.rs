//! Reading the audit trail.

use sea_orm::{
    ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, entity::prelude::*,
};

use super::{Column, Entity, Model};
use crate::{
    error::Fault,
    permission::{Action, Standing, require},
    viewer::{Role, Viewer},
};

/// Subjects whose entries an administrator may read: operations, never business content.
const OPERATIONS: [&str; 6] = [
    "Account",
    "Department",
    "Session",
    "Calendar",
    "Job",
    "Letter",
];

/// The newest `limit` entries this viewer may read, about `subject` if one is given.
pub async fn newest(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    subject: Option<Uuid>,
    limit: u64,
) -> Result<Vec<Model>, Fault> {
    require(viewer, Action::ReadAudit, Standing::None)?;
    let mut select = Entity::find();
    if viewer.role() == Some(Role::Admin) {
        select = select.filter(Column::SubjectKind.is_in(OPERATIONS));
    }
    if let Some(subject) = subject {
        select = select.filter(Column::SubjectId.eq(subject));
    }
    Ok(select
        .order_by_desc(Column::At)
        .order_by_desc(Column::Id)
        .limit(limit)
        .all(db)
        .await?)
}

/// When the last entry was written: the moment up to which this database has lived.
pub async fn last_instant(db: &impl ConnectionTrait) -> Result<Option<DateTimeUtc>, Fault> {
    let last = Entity::find().order_by_desc(Column::At).one(db).await?;
    Ok(last.map(|entry| entry.at))
}
