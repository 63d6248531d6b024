//! Every query on saved filters.

use sea_orm::{
    Condition, ConnectionTrait, PaginatorTrait, QueryFilter, QueryOrder,
    entity::prelude::*,
    sea_query::{Expr, ExprTrait},
};

use super::{Column, Entity, List, Model};
use crate::{error::Fault, table::Visible, viewer::Viewer};

impl Visible for Entity {
    /// The filters this viewer may know of: the own ones.
    fn visible_to(viewer: &Viewer) -> Condition {
        match viewer {
            Viewer::System { .. } => Condition::all(),
            Viewer::Anonymous { .. } => Condition::all().add(Expr::val(1).eq(0)),
            Viewer::Person(person) => Condition::all().add(Column::AccountId.eq(person.account_id)),
        }
    }
}

/// The own filters, of one list or of all, in the order of their names; there are at most [`super::rules::MOST`] for each.
pub async fn own(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    list: Option<List>,
) -> Result<Vec<Model>, Fault> {
    let of_list = list.map(|list| Column::List.eq(list));
    Ok(Entity::visible(viewer)
        .filter(Condition::all().add_option(of_list))
        .order_by_asc(Column::List)
        .order_by_asc(Column::Name)
        .all(db)
        .await?)
}

/// How many filters the viewer has for a list.
pub(super) async fn count(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    list: List,
) -> Result<u64, Fault> {
    let own = Entity::visible(viewer).filter(Column::List.eq(list));
    Ok(own.count(db).await?)
}
