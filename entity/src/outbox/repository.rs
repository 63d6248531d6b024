//! Reading the outbox. States and numbers of letters are for ADMIN and CENTRE; the text belongs to its recipient alone and is
//! never read here for anybody else.

use chrono::{DateTime, Utc};
use sea_orm::{
    Condition, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
    entity::prelude::*,
};

use super::{Column, Entity, Model, State, attachment};
use crate::{
    error::Fault,
    permission::{Action, Standing, require},
    viewer::Viewer,
};

/// The newest `limit` letters, only those in `state` if one is given.
pub async fn newest(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    state: Option<State>,
    limit: u64,
) -> Result<Vec<Model>, Fault> {
    require(viewer, Action::ReadOperations, Standing::None)?;
    let mut select = Entity::find();
    if let Some(state) = state {
        select = select.filter(Column::State.eq(state));
    }
    Ok(select
        .order_by_desc(Column::CreatedAt)
        .order_by_desc(Column::Id)
        .limit(limit)
        .all(db)
        .await?)
}

/// How many letters were not delivered and will not be without a person: dead, expired or held.
pub async fn undelivered(db: &impl ConnectionTrait, viewer: &Viewer) -> Result<u64, Fault> {
    require(viewer, Action::ReadOperations, Standing::None)?;
    Ok(Entity::find()
        .filter(Column::State.is_in([State::Dead, State::Expired, State::Held]))
        .count(db)
        .await?)
}

/// One letter, for those who run the service.
pub async fn one(db: &impl ConnectionTrait, viewer: &Viewer, id: Uuid) -> Result<Model, Fault> {
    require(viewer, Action::ReadOperations, Standing::None)?;
    Entity::find_by_id(id).one(db).await?.ok_or(Fault::NotFound)
}

/// The files of a letter, in their order, for the one who sends it.
pub async fn attachments_of(
    db: &impl ConnectionTrait,
    letter_id: Uuid,
) -> Result<Vec<attachment::Model>, Fault> {
    Ok(attachment::Entity::find()
        .filter(attachment::Column::LetterId.eq(letter_id))
        .order_by_asc(attachment::Column::Position)
        .all(db)
        .await?)
}

/// The keys of letters that are due at `now`, in the order of their time: waiting ones, unclear ones whose re-send has come, and
/// those whose holder died.
pub async fn due_by(
    db: &impl ConnectionTrait,
    now: DateTime<Utc>,
    limit: u64,
) -> Result<Vec<Uuid>, Fault> {
    Ok(Entity::find()
        .select_only()
        .column(Column::Id)
        .filter(is_due(now))
        .order_by_asc(Column::NextAttemptAt)
        .order_by_asc(Column::Id)
        .limit(limit)
        .into_tuple()
        .all(db)
        .await?)
}

/// Whether anything is due at `now`.
pub async fn any_due(db: &impl ConnectionTrait, now: DateTime<Utc>) -> Result<bool, Fault> {
    Ok(!due_by(db, now, 1).await?.is_empty())
}

pub(super) fn is_due(now: DateTime<Utc>) -> Condition {
    Condition::any()
        .add(
            Condition::all()
                .add(Column::State.is_in([State::Pending, State::Ambiguous]))
                .add(Column::NextAttemptAt.lte(now)),
        )
        .add(
            Condition::all()
                .add(Column::State.eq(State::Sending))
                .add(Column::LeaseUntil.lt(now)),
        )
}
