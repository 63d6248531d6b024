//! Attaching files to what was just written. The caller checks that its viewer may see them.

use sea_orm::{EntityTrait, entity::prelude::*};

use super::{ActiveModel, Entity, Model};
use crate::{error::Fault, store::Unit};

/// Attaches files to `subject`, in this order.
pub async fn attach(
    unit: &Unit,
    subject: Uuid,
    files: impl IntoIterator<Item = Uuid>,
) -> Result<(), Fault> {
    let rows: Vec<ActiveModel> = (1..)
        .zip(files)
        .map(|(place, document_id)| Model {
            subject_id: subject,
            place,
            document_id,
        })
        .map(|row| ActiveModel::from(row).reset_all())
        .collect();
    if rows.is_empty() {
        return Ok(());
    }
    Entity::insert_many(rows)
        .exec_without_returning(unit.db())
        .await?;
    Ok(())
}
