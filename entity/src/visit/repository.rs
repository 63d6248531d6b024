//! Every query on visits.

use std::collections::HashMap;

use sea_orm::{
    Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
    entity::prelude::*,
    sea_query::{Expr, ExprTrait, Func, Order, Query, WindowStatement},
};

use super::{Column, Entity, Kind, Model, State};
use crate::{
    enterprise::repository::{meant, visible_enterprise_ids},
    error::Fault,
    page::{Page, PageRequest, among, keyset, of_keys, one_of},
    store::Unit,
    table::Visible,
    text::Search,
    viewer::Viewer,
};

impl Visible for Entity {
    /// The visits this viewer may see: those of the enterprises he may know of.
    fn visible_to(viewer: &Viewer) -> Condition {
        visible_enterprise_ids(viewer, Column::EnterpriseId)
    }
}

/// Which visits are wanted.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Of this enterprise.
    pub enterprise_id: Option<Uuid>,
    /// Of one of these kinds.
    pub kinds: Option<Vec<Kind>>,
    /// In one of these states.
    pub states: Option<Vec<State>>,
    /// Whose place, purpose or summary has this, or whose enterprise it means.
    pub text: Option<Search>,
    /// Beginning at this instant or later.
    pub from: Option<DateTimeUtc>,
    /// Beginning before this instant.
    pub before: Option<DateTimeUtc>,
}

/// One page of visits, by the time they begin.
pub async fn page(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    filter: &Filter,
    descending: bool,
    request: &PageRequest,
) -> Result<Page<Model>, Fault> {
    let filter = filter.clone();
    let text = match &filter.text {
        Some(text) => {
            let backend = db.get_database_backend();
            let words = [Column::Place, Column::Purpose, Column::Summary];
            let told = Entity::visible(viewer)
                .select_only()
                .column(Column::Id)
                .filter(text.within(backend, words.map(Column::into_expr)))
                .into_query();
            let meant = Condition::any()
                .add(meant(db, viewer, Column::EnterpriseId, text).await?)
                .add(one_of(db, Column::Id, told).await?);
            Some(meant)
        }
        None => None,
    };
    let condition = Condition::all()
        .add_option(text)
        .add_option(filter.enterprise_id.map(|id| Column::EnterpriseId.eq(id)))
        .add_option(filter.kinds.map(|kinds| Column::Kind.is_in(kinds)))
        .add_option(filter.states.map(|states| Column::State.is_in(states)))
        .add_option(filter.from.map(|at| Column::StartsAt.gte(at)))
        .add_option(filter.before.map(|at| Column::StartsAt.lt(at)));
    keyset(
        db,
        Entity::visible(viewer),
        condition,
        Column::StartsAt,
        descending,
        Column::Id,
        request,
    )
    .await
}

/// Of each of `enterprises` the contact that was held last.
pub async fn last_held(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    enterprises: &[Uuid],
) -> Result<HashMap<Uuid, Model>, Fault> {
    let newest = Entity::visible(viewer)
        .select_only()
        .column(Column::EnterpriseId)
        .column_as(Column::StartsAt.max(), "newest")
        .filter(Column::State.eq(State::Held))
        .filter(among(db, Column::EnterpriseId, enterprises))
        .group_by(Column::EnterpriseId)
        .into_query();
    let key = Expr::tuple([
        Expr::col((Entity, Column::EnterpriseId)),
        Expr::col((Entity, Column::StartsAt)),
    ]);
    let held = Entity::visible(viewer)
        .filter(Column::State.eq(State::Held))
        .filter(key.in_subquery(newest))
        .order_by_asc(Column::Id);
    let rows = of_keys(db, held, Column::EnterpriseId, enterprises).await?;
    Ok(rows
        .into_iter()
        .map(|row| (row.enterprise_id, row))
        .collect())
}

/// Of each of `enterprises` the `most` latest visits, the latest first.
pub async fn latest_of(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    enterprises: &[Uuid],
    most: u64,
) -> Result<Vec<Model>, Fault> {
    let place = WindowStatement::partition_by(Column::EnterpriseId)
        .order_by(Column::StartsAt, Order::Desc)
        .order_by(Column::Id, Order::Desc)
        .to_owned();
    let ranked = Query::select()
        .column(Column::Id)
        .expr_window_as(Func::cust("ROW_NUMBER"), place, "place")
        .from(Entity)
        .cond_where(Entity::visible_to(viewer))
        .and_where(among(db, Column::EnterpriseId, enterprises))
        .to_owned();
    let latest = Query::select()
        .column("id")
        .from_subquery(ranked, "ranked")
        .and_where(Expr::col("place").lte(most))
        .to_owned();
    let latest_first = Entity::visible(viewer)
        .filter(Column::Id.in_subquery(latest))
        .order_by_desc(Column::StartsAt)
        .order_by_desc(Column::Id);
    of_keys(db, latest_first, Column::EnterpriseId, enterprises).await
}

/// The visits that were agreed and begin at `since` or later, the `most` that begin first: for calendars.
pub async fn agreed_since(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    since: DateTimeUtc,
    most: u64,
) -> Result<Vec<Model>, Fault> {
    Ok(Entity::visible(viewer)
        .filter(Column::Purpose.is_not_null())
        .filter(Column::StartsAt.gte(since))
        .order_by_asc(Column::StartsAt)
        .order_by_asc(Column::Id)
        .limit(most)
        .all(db)
        .await?)
}

/// The visits agreed with an enterprise that have not begun.
pub(crate) async fn to_come(unit: &Unit, enterprise_id: Uuid) -> Result<Vec<Model>, Fault> {
    Ok(Entity::find()
        .filter(Column::EnterpriseId.eq(enterprise_id))
        .filter(Column::State.eq(State::Agreed))
        .filter(Column::StartsAt.gt(unit.now()))
        .order_by_asc(Column::Id)
        .all(unit.db())
        .await?)
}
