//! Every query on milestones.

use sea_orm::{ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, Select, entity::prelude::*};

use super::{Column, Entity, Model, change};
use crate::{
    enterprise::repository::visible_enterprise_ids,
    error::{Fault, expect_version},
    page::of_keys,
    store::Unit,
    viewer::Viewer,
};

/// The milestones this viewer may see: those of the enterprises he may know of.
fn visible(viewer: &Viewer) -> Select<Entity> {
    Entity::find().filter(visible_enterprise_ids(viewer, Column::EnterpriseId))
}

/// One milestone, if the viewer may see it.
pub async fn find(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    id: Uuid,
) -> Result<Option<Model>, Fault> {
    Ok(visible(viewer).filter(Column::Id.eq(id)).one(db).await?)
}

/// The milestones of projects, in the order of the plan.
pub async fn of_projects(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    projects: &[Uuid],
) -> Result<Vec<Model>, Fault> {
    let planned = visible(viewer).order_by_asc(Column::Position);
    of_keys(db, planned, Column::ProjectId, projects).await
}

/// The changes of the forecasts of milestones the viewer may see, oldest first.
pub async fn changes_of(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    milestones: &[Uuid],
) -> Result<Vec<change::Model>, Fault> {
    let seen: Vec<Uuid> = of_keys(db, visible(viewer), Column::Id, milestones)
        .await?
        .into_iter()
        .map(|milestone| milestone.id)
        .collect();
    let oldest_first = change::Entity::find()
        .order_by_asc(change::Column::ChangedAt)
        .order_by_asc(change::Column::Id);
    of_keys(db, oldest_first, change::Column::MilestoneId, &seen).await
}

/// The milestone for a command: NOT_FOUND for who may not see it, CONFLICT when it is no longer of the expected version.
pub(crate) async fn load(unit: &Unit, id: Uuid, expected_version: i32) -> Result<Model, Fault> {
    let milestone = find(unit.db(), unit.viewer(), id)
        .await?
        .ok_or(Fault::NotFound)?;
    expect_version(id, milestone.version, expected_version)?;
    Ok(milestone)
}
