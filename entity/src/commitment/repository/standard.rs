//! Queries on the versions of the standard promises.

use sea_orm::{
    Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
    entity::prelude::*,
};

use super::super::standard::{Column, Entity, Model, tells_why};
use crate::{
    error::Fault,
    page::{Page, PageRequest, keyset},
    table::Visible,
    viewer::Viewer,
};

impl Visible for Entity {
    /// The versions this viewer may see: whoever reads the history all of them, every other person the one in force.
    fn visible_to(viewer: &Viewer) -> Condition {
        match viewer {
            Viewer::Anonymous { .. } => Condition::all().add(Column::Version.eq(0)),
            _ if tells_why(viewer) => Condition::all(),
            _ => {
                let newest = Entity::find()
                    .select_only()
                    .column_as(Column::Version.max(), "newest")
                    .into_query();
                Condition::all().add(Column::Version.in_subquery(newest))
            }
        }
    }
}

/// The list in force: the newest, at first the one that the product ships. Everybody who has signed in may know it.
pub async fn newest(db: &impl ConnectionTrait) -> Result<Model, Fault> {
    let newest = Entity::find()
        .order_by_desc(Column::Version)
        .one(db)
        .await?;
    Ok(newest.unwrap_or_else(Model::shipped))
}

/// The version with this number; nothing when there is none for this viewer.
pub async fn of_version(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    version: i32,
) -> Result<Option<Model>, Fault> {
    let newest = newest(db).await?;
    if newest.version == version {
        return Ok(Some(newest));
    }
    Ok(Entity::visible(viewer)
        .filter(Column::Version.eq(version))
        .one(db)
        .await?)
}

/// The versions with these keys that the viewer may see.
pub async fn of_ids(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    ids: &[Uuid],
) -> Result<Vec<Model>, Fault> {
    let mut rows = Entity::of_ids(db, viewer, ids).await?;
    let newest = newest(db).await?;
    // The shipped one is in no table before it is changed.
    if ids.contains(&newest.id) && rows.iter().all(|row| row.id != newest.id) {
        rows.push(newest);
    }
    Ok(rows)
}

/// One page of the versions that were adopted, with the shipped one once it was replaced; the newest first.
pub async fn versions(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    request: &PageRequest,
) -> Result<Page<Model>, Fault> {
    keyset(
        db,
        Entity::visible(viewer),
        Condition::all(),
        Column::Version,
        true,
        Column::Id,
        request,
    )
    .await
}
