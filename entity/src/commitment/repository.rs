//! Every query on commitments.

use sea_orm::{
    Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
    entity::prelude::*,
};

use super::{Column, Entity, Model};
use crate::{
    contract,
    error::{Conflict, Fault},
    store::Unit,
    viewer::Viewer,
};

/// The commitments this viewer may see: those of the contracts he may see.
pub fn visible_to(viewer: &Viewer) -> Condition {
    if matches!(viewer, Viewer::System { .. }) {
        return Condition::all();
    }
    let contracts = contract::Entity::find()
        .select_only()
        .column(contract::Column::Id)
        .filter(contract::repository::visible_to(viewer))
        .into_query();
    Condition::all().add(Column::ContractId.in_subquery(contracts))
}

/// One commitment, if the viewer may see it.
pub async fn find(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    id: Uuid,
) -> Result<Option<Model>, Fault> {
    Ok(Entity::find_by_id(id)
        .filter(visible_to(viewer))
        .one(db)
        .await?)
}

/// Those of `ids` that the viewer may see.
pub async fn of_ids(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    ids: &[Uuid],
) -> Result<Vec<Model>, Fault> {
    in_parts(db, viewer, Column::Id, ids).await
}

/// All commitments of `contracts`, also ended ones, in the order of their numbers.
pub async fn of_contracts(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    contracts: &[Uuid],
) -> Result<Vec<Model>, Fault> {
    in_parts(db, viewer, Column::ContractId, contracts).await
}

async fn in_parts(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    column: Column,
    keys: &[Uuid],
) -> Result<Vec<Model>, Fault> {
    let mut found = Vec::new();
    for part in keys.chunks(500) {
        found.extend(
            Entity::find()
                .filter(visible_to(viewer))
                .filter(column.is_in(part.iter().copied()))
                .order_by_asc(Column::Number)
                .order_by_asc(Column::Id)
                .all(db)
                .await?,
        );
    }
    Ok(found)
}

/// The commitment for a command: NOT_FOUND for who may not see it, CONFLICT when it is no longer of the expected version.
pub(crate) async fn load(unit: &Unit, id: Uuid, expected_version: i32) -> Result<Model, Fault> {
    let commitment = find(unit.db(), unit.viewer(), id)
        .await?
        .ok_or(Fault::NotFound)?;
    if commitment.version == expected_version {
        Ok(commitment)
    } else {
        Err(Fault::Conflict(Conflict {
            id: Some(id),
            current_version: Some(commitment.version),
        }))
    }
}
