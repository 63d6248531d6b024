//! Reading wishes.

use std::collections::HashMap;

use sea_orm::{ConnectionTrait, EntityTrait, entity::prelude::*};

use super::{Column, Entity, Model};
use crate::{error::Fault, page::of_keys};

/// The wishes of a person, which are that person's alone. For the person, and for the one who sends letters.
pub async fn of(db: &impl ConnectionTrait, account_id: Uuid) -> Result<Model, Fault> {
    let found = Entity::find_by_id(account_id).one(db).await?;
    Ok(found.unwrap_or_else(|| Model::of_nobody_yet(account_id)))
}

/// The wishes of those of `accounts` who have said something. For jobs.
pub async fn of_many(
    db: &impl ConnectionTrait,
    accounts: &[Uuid],
) -> Result<HashMap<Uuid, Model>, Fault> {
    let found = of_keys(db, Entity::find(), Column::AccountId, accounts).await?;
    Ok(found.into_iter().map(|row| (row.account_id, row)).collect())
}
