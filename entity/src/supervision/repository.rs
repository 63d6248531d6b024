//! Every query on orders and what was written to them.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use sea_orm::{
    Condition, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
    entity::prelude::*, sea_query::Expr,
};

use super::{Column, Entity, Model, State, entry};
use crate::{
    enterprise::repository::visible_enterprise_ids,
    error::Fault,
    page::{KEYS_AT_ONCE, Page, PageRequest, keyset, of_keys},
    table::Visible,
    viewer::{Role, Viewer},
};

impl Visible for Entity {
    /// The orders this viewer may see. They are a matter of the park: an enterprise sees none; a head of department those that the
    /// department answers, also of promises that are none of its own.
    fn visible_to(viewer: &Viewer) -> Condition {
        match (viewer.head_of(), viewer.role()) {
            (Some(department), _) => Condition::all().add(Column::DepartmentId.eq(department)),
            (None, Some(Role::Enterprise)) => Condition::all().add(Expr::value(false)),
            (None, _) => visible_enterprise_ids(viewer, Column::EnterpriseId),
        }
    }
}

/// One page of orders, by when they are to be answered.
pub async fn page(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    states: Option<Vec<State>>,
    descending: bool,
    request: &PageRequest,
) -> Result<Page<Model>, Fault> {
    keyset(
        db,
        Entity::visible(viewer),
        Condition::all().add_option(states.map(|states| Column::State.is_in(states))),
        Column::ReplyBy,
        descending,
        Column::Id,
        request,
    )
    .await
}

/// The orders about `obligations`, the oldest first.
pub async fn of_obligations(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    obligations: &[Uuid],
) -> Result<Vec<Model>, Fault> {
    let in_order = Entity::visible(viewer).order_by_asc(Column::Id);
    of_keys(db, in_order, Column::ObligationId, obligations).await
}

/// What was written to `orders` that the viewer may see, the oldest first.
pub async fn entries_of(
    db: &impl ConnectionTrait,
    orders: &[Uuid],
) -> Result<Vec<entry::Model>, Fault> {
    let in_order = entry::Entity::find().order_by_asc(entry::Column::Id);
    of_keys(db, in_order, entry::Column::OrderId, orders).await
}

/// How much was written to an order.
pub(super) async fn count_entries(db: &impl ConnectionTrait, order: Uuid) -> Result<u64, Fault> {
    let entries = entry::Entity::find().filter(entry::Column::OrderId.eq(order));
    Ok(entries.count(db).await?)
}

/// The orders given until `moment`: the obligation, and the due date for which it was ordered. Not scoped.
pub async fn orders(
    db: &impl ConnectionTrait,
    moment: DateTimeUtc,
) -> Result<HashSet<(Uuid, NaiveDate)>, Fault> {
    given(db, Column::OrderedAt.lte(moment)).await
}

/// For which due dates orders were given about these obligations. Not scoped.
pub async fn orders_about(
    db: &impl ConnectionTrait,
    obligations: &[Uuid],
) -> Result<HashMap<Uuid, Vec<NaiveDate>>, Fault> {
    let mut orders: HashMap<Uuid, Vec<NaiveDate>> = HashMap::new();
    for part in obligations.chunks(KEYS_AT_ONCE) {
        let about = Column::ObligationId.is_in(part.iter().copied());
        for (obligation, due_on) in given(db, about).await? {
            orders.entry(obligation).or_default().push(due_on);
        }
    }
    Ok(orders)
}

/// The orders that were to be answered between these days, with both, and are not, by that day. For the job; not scoped.
pub async fn unanswered(
    db: &impl ConnectionTrait,
    from: NaiveDate,
    until: NaiveDate,
) -> Result<Vec<Model>, Fault> {
    Ok(Entity::find()
        .filter(Column::State.eq(State::Ordered))
        // In the words of its index.
        .filter(Column::SettledAt.is_null())
        .filter(Column::ReplyBy.between(from, until))
        .order_by_asc(Column::ReplyBy)
        .order_by_asc(Column::Id)
        .all(db)
        .await?)
}

async fn given(db: &impl ConnectionTrait, such: Expr) -> Result<HashSet<(Uuid, NaiveDate)>, Fault> {
    let rows: Vec<(Uuid, NaiveDate)> = Entity::find()
        .select_only()
        .column(Column::ObligationId)
        .column(Column::DueOn)
        .filter(such)
        .into_tuple()
        .all(db)
        .await?;
    Ok(rows.into_iter().collect())
}
