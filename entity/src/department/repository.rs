//! Every query on departments. Everybody who has signed in may know them.

use crate::table::Visible;
use sea_orm::{
    Condition, ConnectionTrait, QueryOrder,
    sea_query::{Expr, ExprTrait},
};

use super::{Column, Entity, Model};
use crate::{error::Fault, viewer::Viewer};

impl Visible for Entity {
    /// All departments, for everybody but strangers.
    fn visible_to(viewer: &Viewer) -> Condition {
        match viewer {
            Viewer::Anonymous { .. } => Condition::all().add(Expr::val(1).eq(0)),
            Viewer::Person(_) | Viewer::System { .. } => Condition::all(),
        }
    }
}

/// All departments by number.
pub async fn all(db: &impl ConnectionTrait, viewer: &Viewer) -> Result<Vec<Model>, Fault> {
    Ok(Entity::visible(viewer)
        .order_by_asc(Column::Number)
        .all(db)
        .await?)
}
