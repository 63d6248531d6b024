//! How many open obligations show which light and fall due on which day, and the enterprises that have the most severe ones.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, HashMap},
};

use chrono::NaiveDate;
use sea_orm::{
    ColumnTrait, JoinType, QueryFilter, QueryOrder, QuerySelect, Select,
    prelude::Uuid,
    sea_query::{Asterisk, CaseStatement, Expr, ExprTrait, Func},
};

use super::{Column, Entity, is_open, its_deadline};
use crate::{
    deadline::{
        self,
        repository::{light_on, showing},
        rules::Light,
    },
    enterprise,
    error::Fault,
    page::{KEYS_AT_ONCE, among},
    store::Store,
    table::Visible,
    viewer::Viewer,
};

/// How many open obligations towards each of `enterprises` show which light today.
pub async fn lights_of(
    store: &Store,
    viewer: &Viewer,
    enterprises: &[Uuid],
) -> Result<HashMap<Uuid, BTreeMap<Light, u32>>, Fault> {
    let mut lights: HashMap<Uuid, BTreeMap<Light, u32>> = HashMap::new();
    for part in enterprises.chunks(KEYS_AT_ONCE) {
        let rows: Vec<(Uuid, i32, i64)> = open(viewer)
            .column(Column::EnterpriseId)
            .expr_as(light_on(store.today()), "light")
            .expr_as(how_many(), "many")
            .filter(among(store.db(), Column::EnterpriseId, part))
            .group_by(Column::EnterpriseId)
            .group_by(Expr::col("light"))
            .into_tuple()
            .all(store.db())
            .await?;
        for (enterprise, place, many) in rows {
            if let Some((light, many)) = counted(place, many) {
                lights.entry(enterprise).or_default().insert(light, many);
            }
        }
    }
    Ok(lights)
}

/// How many open obligations that the viewer may see show which light today.
pub async fn lights(store: &Store, viewer: &Viewer) -> Result<BTreeMap<Light, u32>, Fault> {
    let rows: Vec<(i32, i64)> = open(viewer)
        .expr_as(light_on(store.today()), "light")
        .expr_as(how_many(), "many")
        .group_by(Expr::col("light"))
        .into_tuple()
        .all(store.db())
        .await?;
    let lights = rows.into_iter();
    Ok(lights
        .filter_map(|(place, many)| counted(place, many))
        .collect())
}

/// How many open obligations fall due on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DueDay {
    /// The day.
    pub on: NaiveDate,
    /// How many.
    pub count: u32,
    /// How many of them by law.
    pub statutory: u32,
}

/// How many open obligations that the viewer may see fall due on each day from today to `last`; paused ones do not. Days on which none
/// does are left out.
pub async fn due_by_day(
    store: &Store,
    viewer: &Viewer,
    last: NaiveDate,
) -> Result<Vec<DueDay>, Fault> {
    let statutory = deadline::Column::LegalEffect.eq(deadline::LegalEffect::Statutory);
    let statutory: Expr = CaseStatement::new().case(statutory, 1).finally(0).into();
    let rows: Vec<(NaiveDate, i64, i64)> = open(viewer)
        .column(deadline::Column::DueOn)
        .expr_as(how_many(), "many")
        .expr_as(statutory.sum(), "statutory")
        .filter(deadline::Column::DueOn.between(store.today(), last))
        .filter(deadline::Column::PausedOn.is_null())
        .group_by(deadline::Column::DueOn)
        .order_by_asc(deadline::Column::DueOn)
        .into_tuple()
        .all(store.db())
        .await?;
    let number = |count: i64| u32::try_from(count).unwrap_or(u32::MAX);
    let day = |(on, count, statutory)| DueDay {
        on,
        count: number(count),
        statutory: number(statutory),
    };
    Ok(rows.into_iter().map(day).collect())
}

/// How many rows there are. To count a column would mean to look it up where the index does not have it.
fn how_many() -> Expr {
    Func::count(Expr::col(Asterisk)).into()
}

/// A light by its place, as the database has counted it.
fn counted(place: i32, many: i64) -> Option<(Light, u32)> {
    let light = *Light::ALL.get(usize::try_from(place).ok()?)?;
    Some((light, u32::try_from(many).unwrap_or(u32::MAX)))
}

/// The lights for which an enterprise is to be watched, the most severe first.
const SEVERE: [(Light, &str); 3] = [
    (Light::Black, "black"),
    (Light::Red, "red"),
    (Light::Orange, "orange"),
];

/// The enterprises in the park that the viewer may know of, at most `most`: first those with the most open obligations that show black today,
/// of equals those with the most red ones, then the most orange ones; last the others. Equals stand in the order of their names.
pub async fn to_watch(
    store: &Store,
    viewer: &Viewer,
    most: u64,
) -> Result<Vec<enterprise::Model>, Fault> {
    let (db, today) = (store.db(), store.today());
    // What is closed has no light days. To say once more that it is open would lead to the index of everything that is.
    let mut worst = beside_limits(viewer)
        .column(Column::EnterpriseId)
        .filter(deadline::Column::OrangeFrom.lte(today))
        .group_by(Column::EnterpriseId);
    for (light, name) in SEVERE {
        let shows = CaseStatement::new().case(showing(&[light], today), 1);
        let shows: Expr = shows.finally(0).into();
        worst = worst
            .expr_as(shows.sum(), name)
            .order_by_desc(Expr::col(name));
    }
    let worst: Vec<(Uuid, i64, i64, i64)> = worst
        .order_by_asc(Column::EnterpriseId)
        .limit(most)
        .into_tuple()
        .all(db)
        .await?;
    let severity: HashMap<Uuid, _> = worst
        .into_iter()
        .map(|(enterprise, black, red, orange)| (enterprise, (black, red, orange)))
        .collect();
    let by_name = || {
        enterprise::Entity::visible(viewer)
            .filter(enterprise::Column::EndedOn.is_null())
            .order_by_asc(enterprise::Column::NameZh)
            .order_by_asc(enterprise::Column::Id)
    };
    let watched: Vec<Uuid> = severity.keys().copied().collect();
    let of_them = || among(db, enterprise::Column::Id, &watched);
    let mut found = by_name().filter(of_them()).all(db).await?;
    found.sort_by_key(|row| Reverse(severity.get(&row.id).copied()));
    let left = most.saturating_sub(found.len() as u64);
    if left > 0 {
        let others = by_name().filter(of_them().not()).limit(left);
        found.extend(others.all(db).await?);
    }
    Ok(found)
}

/// The open obligations that the viewer may see, beside their time limits, which are told to be open as well: the index of lights has no
/// others, and both indexes have the same order.
fn open(viewer: &Viewer) -> Select<Entity> {
    beside_limits(viewer).filter(deadline::Column::ClosedOn.is_null())
}

/// The open obligations that the viewer may see, beside their time limits.
fn beside_limits(viewer: &Viewer) -> Select<Entity> {
    Entity::visible(viewer)
        .select_only()
        .join(JoinType::InnerJoin, its_deadline())
        .filter(is_open())
}
