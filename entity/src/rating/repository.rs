//! Every query on ratings.

use sea_orm::{Condition, ConnectionTrait, QueryOrder, entity::prelude::*};

use super::{Column, Entity, Level, Model};
use crate::{
    error::Fault,
    page::{Page, PageRequest, keyset, of_keys},
    rectification::repository::marks_visible_to,
    table::Visible,
    viewer::Viewer,
};

impl Visible for Entity {
    /// The ratings this viewer may know of.
    fn visible_to(viewer: &Viewer) -> Condition {
        marks_visible_to(
            viewer,
            Column::DepartmentId,
            Column::EnterpriseId,
            Column::ObligationId,
        )
    }
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
        Entity::visible(viewer),
        condition,
        Column::RatedAt,
        descending,
        Column::Id,
        request,
    )
    .await
}

/// The ratings of `obligations`: of each the one of the service first, then those of the replies.
pub async fn of_obligations(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    obligations: &[Uuid],
) -> Result<Vec<Model>, Fault> {
    let in_order = Entity::visible(viewer).order_by_asc(Column::Round);
    of_keys(db, in_order, Column::ObligationId, obligations).await
}
