//! The designs of evaluations.

use sea_orm::{ConnectionTrait, EntityTrait, QueryOrder, entity::prelude::*};

use super::super::{Model, design};
use crate::{error::Fault, page::of_keys, store::Store};

/// The designs with these keys. How the park is evaluated is no secret.
pub async fn designs(db: &impl ConnectionTrait, ids: &[Uuid]) -> Result<Vec<design::Model>, Fault> {
    of_keys(db, design::Entity::find(), design::Column::Id, ids).await
}

/// The design of an evaluation.
pub async fn design_of(
    db: &impl ConnectionTrait,
    evaluation: &Model,
) -> Result<design::Model, Fault> {
    let found = design::Entity::find_by_id(evaluation.design_id);
    found.one(db).await?.ok_or(Fault::NotFound)
}

/// The design that the next evaluation will have.
pub async fn newest_design(db: &impl ConnectionTrait) -> Result<Option<design::Model>, Fault> {
    Ok(design::Entity::find()
        .order_by_desc(design::Column::Version)
        .one(db)
        .await?)
}

/// The design that the next evaluation will have, whether or not somebody has ever changed the one that the product ships.
pub async fn next_design(store: &Store) -> Result<design::Model, Fault> {
    let newest = newest_design(store.db()).await?;
    Ok(newest.unwrap_or_else(|| design::Model::shipped(store.now())))
}
