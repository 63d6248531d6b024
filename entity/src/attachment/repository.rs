//! Every query on attachments. Each file is then read as its viewer may see it.

use sea_orm::{ConnectionTrait, EntityTrait, QueryOrder, entity::prelude::*};

use super::{Column, Entity, Model};
use crate::{error::Fault, page::of_keys};

/// What is attached to `subjects`, in its order.
pub async fn of_subjects(
    db: &impl ConnectionTrait,
    subjects: &[Uuid],
) -> Result<Vec<Model>, Fault> {
    let in_order = Entity::find().order_by_asc(Column::Place);
    of_keys(db, in_order, Column::SubjectId, subjects).await
}
