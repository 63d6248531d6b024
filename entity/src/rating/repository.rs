//! Every query on ratings.

use sea_orm::{
    Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, Select, entity::prelude::*,
};

use super::{Column, Entity, Level, Model};
use crate::{
    error::Fault,
    page::{Page, PageRequest, keyset, of_keys},
    rectification::repository::marks_visible_to,
    viewer::Viewer,
};

/// The ratings this viewer may know of.
pub fn visible_to(viewer: &Viewer) -> Condition {
    marks_visible_to(
        viewer,
        Column::DepartmentId,
        Column::EnterpriseId,
        Column::ObligationId,
    )
}

fn visible(viewer: &Viewer) -> Select<Entity> {
    Entity::find().filter(visible_to(viewer))
}

/// Which ratings are wanted.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// At one of these levels.
    pub levels: Option<Vec<Level>>,
    /// Of this department.
    pub department_id: Option<Uuid>,
    /// By this enterprise.
    pub enterprise_id: Option<Uuid>,
}

/// One page of ratings, by when they were given.
pub async fn page(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    filter: &Filter,
    descending: bool,
    request: &PageRequest,
) -> Result<Page<Model>, Fault> {
    let filter = filter.clone();
    let condition = Condition::all()
        .add_option(filter.levels.map(|levels| Column::Level.is_in(levels)))
        .add_option(filter.department_id.map(|id| Column::DepartmentId.eq(id)))
        .add_option(filter.enterprise_id.map(|id| Column::EnterpriseId.eq(id)));
    keyset(
        db,
        visible(viewer),
        condition,
        Column::RatedAt,
        descending,
        Column::Id,
        request,
    )
    .await
}

/// Those of `ids` that the viewer may know of.
pub async fn of_ids(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    ids: &[Uuid],
) -> Result<Vec<Model>, Fault> {
    of_keys(db, visible(viewer), Column::Id, ids).await
}

/// The ratings of `obligations`: of each the one of the service first, then those of the replies.
pub async fn of_obligations(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    obligations: &[Uuid],
) -> Result<Vec<Model>, Fault> {
    let in_order = visible(viewer).order_by_asc(Column::Round);
    of_keys(db, in_order, Column::ObligationId, obligations).await
}
