//! Every query on departments. Everybody who has signed in may know them.

use sea_orm::{
    Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder,
    entity::prelude::*,
    sea_query::{Expr, ExprTrait},
};

use super::{Column, Entity, Model};
use crate::{error::Fault, page::of_keys, viewer::Viewer};

/// All departments, for everybody but strangers.
pub fn visible_to(viewer: &Viewer) -> Condition {
    match viewer {
        Viewer::Anonymous { .. } => Condition::all().add(Expr::val(1).eq(0)),
        Viewer::Person(_) | Viewer::System { .. } => Condition::all(),
    }
}

/// All departments by number.
pub async fn all(db: &impl ConnectionTrait, viewer: &Viewer) -> Result<Vec<Model>, Fault> {
    Ok(Entity::find()
        .filter(visible_to(viewer))
        .order_by_asc(Column::Number)
        .all(db)
        .await?)
}

/// One department.
pub async fn find(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    id: Uuid,
) -> Result<Option<Model>, Fault> {
    Ok(Entity::find_by_id(id)
        .filter(visible_to(viewer))
        .one(db)
        .await?)
}

/// Those of `ids` there are, in no particular order.
pub async fn by_ids(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    ids: &[Uuid],
) -> Result<Vec<Model>, Fault> {
    let select = Entity::find().filter(visible_to(viewer));
    of_keys(db, select, Column::Id, ids).await
}
