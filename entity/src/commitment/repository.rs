//! Every query on commitments.

use sea_orm::{
    Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
    Select, entity::prelude::*,
};

use super::{Column, Entity, Model};
use crate::{contract, error::Fault, page::of_keys, viewer::Viewer};

/// The commitments this viewer may see: those of the contracts he may see; a head of department only the department's own.
pub fn visible_to(viewer: &Viewer) -> Condition {
    if matches!(viewer, Viewer::System { .. }) {
        return Condition::all();
    }
    let contracts = contract::Entity::find()
        .select_only()
        .column(contract::Column::Id)
        .filter(contract::repository::visible_to(viewer))
        .into_query();
    Condition::all()
        .add(Column::ContractId.in_subquery(contracts))
        .add_option(viewer.head_of().map(|of| Column::DepartmentId.eq(of)))
}

fn visible(viewer: &Viewer) -> Select<Entity> {
    Entity::find().filter(visible_to(viewer))
}

/// One commitment, if the viewer may see it.
pub async fn find(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    id: Uuid,
) -> Result<Option<Model>, Fault> {
    Ok(visible(viewer).filter(Column::Id.eq(id)).one(db).await?)
}

/// Those of `ids` that the viewer may see.
pub async fn of_ids(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    ids: &[Uuid],
) -> Result<Vec<Model>, Fault> {
    of_keys(db, visible(viewer), Column::Id, ids).await
}

/// All commitments of `contracts`, also ended ones, in the order of their numbers.
pub async fn of_contracts(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    contracts: &[Uuid],
) -> Result<Vec<Model>, Fault> {
    let in_order = visible(viewer)
        .order_by_asc(Column::Number)
        .order_by_asc(Column::Id);
    of_keys(db, in_order, Column::ContractId, contracts).await
}
