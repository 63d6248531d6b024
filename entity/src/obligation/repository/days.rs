//! What falls due on which day.

use std::{
    cmp::{max, min},
    collections::HashMap,
    ops::RangeInclusive,
};

use chrono::NaiveDate;
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, JoinType, QueryFilter, QuerySelect, QueryTrait,
    prelude::Uuid,
    sea_query::{Alias, Asterisk, Expr, ExprTrait, Func, Order, Query, WindowStatement},
};

use super::{Column, Entity, Filter, Model, condition, its_deadline};
use crate::{
    deadline,
    error::Fault,
    page::{LARGEST_PAGE, of_keys},
    table::Visible,
    viewer::Viewer,
};

/// A day on which something falls due.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Day {
    /// The day.
    pub on: NaiveDate,
    /// How many.
    pub count: u32,
    /// The first of them.
    pub first: Vec<Model>,
}

/// What falls due on each of these days, of the obligations that the viewer may see and that the filter wants: how many, and at most `most` of
/// them. Days on which nothing does are left out. Two statements, whatever is found: the first walks what falls due on these days.
pub async fn by_day(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    filter: &Filter,
    days: RangeInclusive<NaiveDate>,
    most: u64,
) -> Result<Vec<Day>, Fault> {
    let (first, last) = days.into_inner();
    let filter = Filter {
        due_from: max(filter.due_from, Some(first)),
        due_to: Some(filter.due_to.map_or(last, |day| min(day, last))),
        ..filter.clone()
    };
    let day = deadline::Column::DueOn;
    let of_day = || WindowStatement::partition_by(day.as_column_ref());
    let place = of_day()
        .order_by(deadline::Column::Id.as_column_ref(), Order::Asc)
        .take();
    let mut placed = Entity::visible(viewer)
        .join(JoinType::InnerJoin, its_deadline())
        .filter(
            condition(db, viewer, &filter)
                .await?
                .add_option(filter.limit_is_open()),
        )
        .select_only()
        .column_as(Column::Id, "key")
        .column_as(day, "day")
        .into_query();
    placed
        .expr_window_as(Func::cust("ROW_NUMBER"), place, Alias::new("place"))
        .expr_window_as(
            Func::count(Expr::col(Asterisk)),
            of_day(),
            Alias::new("many"),
        );
    let first = Query::select()
        .columns(["key", "day", "many"].map(Alias::new))
        .from_subquery(placed, Alias::new("placed"))
        .and_where(Expr::col(Alias::new("place")).lte(most.clamp(1, LARGEST_PAGE)))
        .order_by(Alias::new("day"), Order::Asc)
        .order_by(Alias::new("place"), Order::Asc)
        .to_owned();
    let mut found: Vec<(Uuid, NaiveDate, i64)> = Vec::new();
    for row in db.query_all(&first).await? {
        found.push((
            row.try_get_by_index(0)?,
            row.try_get_by_index(1)?,
            row.try_get_by_index(2)?,
        ));
    }
    let keys: Vec<Uuid> = found.iter().map(|(key, ..)| *key).collect();
    let rows = of_keys(db, Entity::find(), Column::Id, &keys).await?;
    let mut rows: HashMap<Uuid, Model> = rows.into_iter().map(|row| (row.id, row)).collect();
    let mut days: Vec<Day> = Vec::new();
    for (key, on, many) in found {
        if days.last().is_none_or(|day| day.on != on) {
            days.push(Day {
                on,
                count: u32::try_from(many).unwrap_or(u32::MAX),
                first: Vec::new(),
            });
        }
        if let (Some(day), Some(row)) = (days.last_mut(), rows.remove(&key)) {
            day.first.push(row);
        }
    }
    Ok(days)
}
