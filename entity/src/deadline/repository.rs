//! How time limits are kept. A time limit has no reader of its own: who may see the thing it belongs to (an obligation, say)
//! may see it, and learns its id only there.

use std::collections::HashMap;

use sea_orm::{
    ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, entity::prelude::*,
};

use super::{Column, Entity, Model, State, pause};
use crate::{error::Fault, page::of_keys, store::Unit};

/// The time limits of things that the caller was allowed to see.
pub async fn of_ids(db: &impl ConnectionTrait, ids: &[Uuid]) -> Result<Vec<Model>, Fault> {
    of_keys(db, Entity::find(), Column::Id, ids).await
}

/// The pauses of those time limits, by time limit, the earliest first.
pub async fn pauses_of(
    db: &impl ConnectionTrait,
    ids: &[Uuid],
) -> Result<HashMap<Uuid, Vec<pause::Model>>, Fault> {
    let in_order = pause::Entity::find()
        .order_by_asc(pause::Column::StartedOn)
        .order_by_asc(pause::Column::Id);
    let mut found: HashMap<Uuid, Vec<pause::Model>> = HashMap::new();
    for row in of_keys(db, in_order, pause::Column::DeadlineId, ids).await? {
        found.entry(row.deadline_id).or_default().push(row);
    }
    Ok(found)
}

/// The time limit that a command is about to change.
pub(crate) async fn load(unit: &Unit, id: Uuid) -> Result<Model, Fault> {
    Entity::find_by_id(id)
        .one(unit.db())
        .await?
        .ok_or(Fault::NotFound)
}

/// Up to `limit` open time limits after `after`, by key: for recounting.
pub(crate) async fn open_after(
    db: &impl ConnectionTrait,
    after: Option<Uuid>,
    limit: u64,
) -> Result<Vec<Model>, Fault> {
    let mut select = Entity::find().filter(Column::State.is_in([State::Running, State::Paused]));
    if let Some(after) = after {
        select = select.filter(Column::Id.gt(after));
    }
    Ok(select.order_by_asc(Column::Id).limit(limit).all(db).await?)
}
