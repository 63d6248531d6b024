//! Reading which orders were given. An order is a warning of its own kind, so it needs no table; what it says stands in the audit trail.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use sea_orm::{
    ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, entity::prelude::*,
    sea_query::Expr,
};

use super::{
    Given,
    rules::{THRESHOLD, ordered_for},
};
use crate::{
    audit,
    error::Fault,
    obligation::subject::Obligations,
    page::{KEYS_AT_ONCE, of_keys},
    viewer::{Role, Viewer},
    warning::{Column, Entity},
};

/// The orders given until `moment`: the obligation, and the due date for which it was ordered. Not scoped.
pub async fn orders(
    db: &impl ConnectionTrait,
    moment: DateTimeUtc,
) -> Result<HashSet<(Uuid, NaiveDate)>, Fault> {
    given(db, Column::RecordedAt.lte(moment)).await
}

/// For which due dates orders were given about these obligations. Not scoped.
pub async fn orders_about(
    db: &impl ConnectionTrait,
    obligations: &[Uuid],
) -> Result<HashMap<Uuid, Vec<NaiveDate>>, Fault> {
    let mut orders: HashMap<Uuid, Vec<NaiveDate>> = HashMap::new();
    for part in obligations.chunks(KEYS_AT_ONCE) {
        let about = Column::SubjectId.is_in(part.iter().copied());
        for (obligation, due_on) in given(db, about).await? {
            orders.entry(obligation).or_default().push(due_on);
        }
    }
    Ok(orders)
}

/// The orders about these obligations, the oldest first, as the audit trail tells them under this `code`. They are a matter of the
/// park: an enterprise reads none.
pub async fn given_about(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    obligations: &[Uuid],
    code: &str,
) -> Result<Vec<Given>, Fault> {
    if viewer.role() == Some(Role::Enterprise) {
        return Ok(Vec::new());
    }
    let entries = audit::Entity::find()
        .filter(audit::Column::Action.eq(code))
        .order_by_asc(audit::Column::At)
        .order_by_asc(audit::Column::Id);
    let entries = of_keys(db, entries, audit::Column::SubjectId, obligations).await?;
    let given = |entry: audit::Model| {
        let day = |name: &str| entry.after.as_ref()?.get(name)?.as_str()?.parse().ok();
        Some(Given {
            due_on: day("dueOn")?,
            reply_by: day("replyBy")?,
            obligation_id: entry.subject_id,
            at: entry.at,
            by: entry.actor_id,
            reason: entry.reason.unwrap_or_default(),
        })
    };
    Ok(entries.into_iter().filter_map(given).collect())
}

async fn given(db: &impl ConnectionTrait, such: Expr) -> Result<HashSet<(Uuid, NaiveDate)>, Fault> {
    let rows: Vec<(Uuid, String)> = Entity::find()
        .select_only()
        .column(Column::SubjectId)
        .column(Column::Threshold)
        .filter(Column::SubjectKind.eq(Obligations::NAME))
        .filter(Column::Threshold.starts_with(THRESHOLD))
        .filter(such)
        .into_tuple()
        .all(db)
        .await?;
    let ordered =
        |(obligation, threshold): (Uuid, String)| Some((obligation, ordered_for(&threshold)?));
    Ok(rows.into_iter().filter_map(ordered).collect())
}
