//! Attaching files to what was just written. The caller checks that its viewer may see them.

use sea_orm::entity::prelude::*;

use super::{ActiveModel, Model};
use crate::{error::Fault, store::Unit};

/// Attaches files to `subject`, in this order.
pub async fn attach(
    unit: &Unit,
    subject: Uuid,
    files: impl IntoIterator<Item = Uuid>,
) -> Result<(), Fault> {
    let row = |(place, document_id)| {
        let row = Model {
            subject_id: subject,
            place,
            document_id,
        };
        ActiveModel::from(row).reset_all()
    };
    unit.insert_all((1..).zip(files).map(row).collect()).await
}
