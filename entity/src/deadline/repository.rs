//! How time limits are kept. A time limit has no reader of its own: who may see the thing it belongs to (an obligation, say)
//! may see it, and learns its id only there.

use std::collections::HashMap;

use chrono::NaiveDate;
use sea_orm::{
    Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    entity::prelude::*,
    sea_query::{CaseStatement, Expr},
};

use super::{Column, Entity, Model, State, pause, rules::Light};
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

/// What is open and shows one of `lights` on `on`: what `Model::light` says, as ranges of the light days that an index answers.
pub fn showing(lights: &[Light], on: NaiveDate) -> Condition {
    lights
        .iter()
        .map(|light| shows(*light, on))
        .fold(Condition::any(), Condition::add)
}

/// The light on `on` of what is open, as its place in [`Light::ALL`].
pub(crate) fn light_on(on: NaiveDate) -> Expr {
    let mut lights = CaseStatement::new();
    for (light, place) in Light::ALL.into_iter().zip(0_i32..) {
        lights = lights.case(shows(light, on), place);
    }
    lights.into()
}

/// What shows one light. The light days are in order, and none but black is missing where another is there.
fn shows(light: Light, on: NaiveDate) -> Condition {
    let none_yet = |next: Column| Condition::any().add(next.is_null()).add(next.gt(on));
    let shown = Condition::all();
    match light {
        Light::Grey => shown
            .add(Column::State.eq(State::Paused))
            .add(none_yet(Column::YellowFrom)),
        Light::Green => shown
            .add(Column::State.eq(State::Running))
            .add(Column::YellowFrom.gt(on)),
        Light::Yellow => shown
            .add(Column::YellowFrom.lte(on))
            .add(Column::OrangeFrom.gt(on)),
        Light::Orange => shown
            .add(Column::OrangeFrom.lte(on))
            .add(Column::RedFrom.gt(on)),
        Light::Red => shown
            .add(Column::RedFrom.lte(on))
            .add(none_yet(Column::BlackFrom)),
        Light::Black => shown.add(Column::BlackFrom.lte(on)),
    }
}

/// Up to `limit` open time limits whose lights nobody has counted: the migration knew no calendar.
pub(crate) async fn without_light_days(
    db: &impl ConnectionTrait,
    limit: u64,
) -> Result<Vec<Model>, Fault> {
    Ok(Entity::find()
        .filter(Column::RedFrom.is_not_null())
        .filter(Column::YellowFrom.is_null())
        .order_by_asc(Column::Id)
        .limit(limit)
        .all(db)
        .await?)
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
