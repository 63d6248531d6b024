//! Every query on the answers of projects.

use sea_orm::{ConnectionTrait, EntityTrait, QueryFilter, entity::prelude::*};

use super::{Column, Entity, Model};
use crate::{error::Fault, page::of_keys, project, table::Visible, viewer::Viewer};

/// The answers of projects, as far as the viewer may see the projects.
pub async fn of_projects(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    projects: &[Uuid],
) -> Result<Vec<Model>, Fault> {
    let seen = Entity::find().filter(project::Entity::seen_by(viewer, Column::ProjectId));
    of_keys(db, seen, Column::ProjectId, projects).await
}
