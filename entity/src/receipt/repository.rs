//! Every query on what receipts say.

use sea_orm::{ConnectionTrait, EntityTrait, QueryFilter, entity::prelude::*};

use super::answer;
use crate::error::Fault;

/// What the receipt of an application says of its items, in no particular order; nothing as long as it is a draft. The caller may see the
/// application.
pub async fn answers_of(
    db: &impl ConnectionTrait,
    application: Uuid,
) -> Result<Vec<answer::Model>, Fault> {
    let own = answer::Entity::find().filter(answer::Column::ApplicationId.eq(application));
    Ok(own.all(db).await?)
}
