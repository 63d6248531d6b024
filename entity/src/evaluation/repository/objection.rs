//! The objections of departments.

use std::collections::HashMap;

use sea_orm::{
    Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, Select, entity::prelude::*,
    sea_query::Expr,
};

use super::{
    super::{Model, objection, rules::Reader},
    reader,
};
use crate::{error::Fault, page::of_keys, viewer::Viewer};

/// The objections this viewer may see: a head those of his department.
fn visible_objections(viewer: &Viewer) -> Select<objection::Entity> {
    let mine = match (viewer, reader(viewer)) {
        (Viewer::System { .. }, _) | (_, Some(Reader::Park | Reader::Supervisor)) => {
            Condition::all()
        }
        (_, Some(Reader::Department(own))) => {
            Condition::all().add(objection::Column::DepartmentId.eq(own))
        }
        _ => Condition::all().add(Expr::value(false)),
    };
    objection::Entity::find()
        .filter(mine)
        .order_by_asc(objection::Column::RaisedAt)
        .order_by_asc(objection::Column::Id)
}

/// The objections of evaluations that this viewer may see, in the order in which they were raised.
pub async fn objections(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    evaluations: &[Model],
) -> Result<HashMap<Uuid, Vec<objection::Model>>, Fault> {
    let keys: Vec<Uuid> = evaluations.iter().map(|one| one.id).collect();
    let rows = of_keys(
        db,
        visible_objections(viewer),
        objection::Column::EvaluationId,
        &keys,
    )
    .await?;
    let mut found: HashMap<Uuid, Vec<objection::Model>> = HashMap::new();
    for row in rows {
        found.entry(row.evaluation_id).or_default().push(row);
    }
    Ok(found)
}

/// Those objections of `ids` that the viewer may see.
pub async fn objections_by_ids(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    ids: &[Uuid],
) -> Result<Vec<objection::Model>, Fault> {
    of_keys(db, visible_objections(viewer), objection::Column::Id, ids).await
}
