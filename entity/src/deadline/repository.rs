//! How time limits are kept, and the one walk over them. A time limit has no reader of its own: who may see its subject may see it.

use std::collections::HashMap;

use chrono::NaiveDate;
use sea_orm::{
    Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    entity::prelude::*,
    sea_query::{CaseStatement, Expr, ExprTrait},
};

use super::{Column, Entity, Matter, Model, Reckoning, State, pause, rules::Light};
use crate::{
    error::Fault,
    id::first_at,
    page::of_keys,
    store::{Store, Unit},
    subject::Subject,
    viewer::Viewer,
};

/// The time limits of things that the caller was allowed to see.
pub async fn of_ids(db: &impl ConnectionTrait, ids: &[Uuid]) -> Result<Vec<Model>, Fault> {
    of_keys(db, Entity::find(), Column::Id, ids).await
}

/// How far a walk has come: the day by which it goes, and the time limit.
pub type Walked = (NaiveDate, Uuid);

/// What shows at least `least` on `on` (yellow or worse), at most `most` from after `after`: the chunks in which the jobs walk, in one
/// index from its beginning to that day. The cost grows with what is found, not with what exists. Not scoped.
pub async fn lit(
    store: &Store,
    on: NaiveDate,
    least: Light,
    after: Option<Walked>,
    most: u64,
) -> Result<(Vec<Matter>, Option<Walked>), Fault> {
    let (column, from): (Column, fn(&Model) -> Option<NaiveDate>) = match least {
        Light::Black => (Column::BlackFrom, |row| row.black_from),
        Light::Red => (Column::RedFrom, |row| row.red_from),
        Light::Orange => (Column::OrangeFrom, |row| row.orange_from),
        Light::Yellow | Light::Green | Light::Grey => (Column::YellowFrom, |row| row.yellow_from),
    };
    let beyond = after.map(|(day, key)| {
        let place = Expr::tuple([column.into_expr(), Column::Id.into_expr()]);
        place.gt(Expr::tuple([Expr::value(day), Expr::value(key)]))
    });
    let rows = Entity::find()
        .filter(column.lte(on))
        .filter(Condition::all().add_option(beyond))
        .order_by_asc(column)
        .order_by_asc(Column::Id)
        .limit(most)
        .all(store.db())
        .await?;
    let walked = rows.last().and_then(|row| Some((from(row)?, row.id)));
    Ok((matters(store, rows).await?, walked))
}

/// What has begun to be owed at `since` or later, runs and is green on `on`. Not scoped.
pub async fn opened_since(
    store: &Store,
    since: DateTimeUtc,
    on: NaiveDate,
) -> Result<Vec<Matter>, Fault> {
    let rows = Entity::find()
        .filter(Column::Id.gte(first_at(since)))
        .filter(Column::State.eq(State::Running))
        .filter(Column::YellowFrom.gt(on))
        .order_by_asc(Column::Id)
        .all(store.db())
        .await?;
    matters(store, rows).await
}

/// What runs and fell due from `from` to `until`, whatever its lights are. Not scoped.
pub async fn fallen_due(
    store: &Store,
    from: NaiveDate,
    until: NaiveDate,
) -> Result<Vec<Matter>, Fault> {
    let rows = Entity::find()
        .filter(Column::ClosedOn.is_null())
        .filter(Column::State.eq(State::Running))
        .filter(Column::DueOn.between(from, until))
        .order_by_asc(Column::Id)
        .all(store.db())
        .await?;
    matters(store, rows).await
}

/// The time limits of permits that ended before `today`, at most `most`: nobody applies for their renewal any more. Not scoped.
pub async fn ended_before(
    db: &impl ConnectionTrait,
    today: NaiveDate,
    most: u64,
) -> Result<Vec<Uuid>, Fault> {
    Ok(Entity::find()
        .select_only()
        .column(Column::Id)
        .filter(Column::RedFrom.lte(today))
        .filter(Column::Reckoning.eq(Reckoning::Application))
        .filter(Column::StartedOn.lt(today))
        .order_by_asc(Column::Id)
        .limit(most)
        .into_tuple()
        .all(db)
        .await?)
}

/// What is paused until a day named in its notice, from `from` to `until`, and that day. Not scoped.
pub async fn pauses_ending(
    store: &Store,
    from: NaiveDate,
    until: NaiveDate,
) -> Result<Vec<(Matter, NaiveDate)>, Fault> {
    let ends: HashMap<Uuid, NaiveDate> = pause::Entity::find()
        .filter(pause::Column::EndedOn.is_null())
        .filter(pause::Column::ExpectedEndOn.between(from, until))
        .all(store.db())
        .await?
        .into_iter()
        .filter_map(|pause| Some((pause.deadline_id, pause.expected_end_on?)))
        .collect();
    let paused: Vec<Uuid> = ends.keys().copied().collect();
    let mut rows = of_ids(store.db(), &paused).await?;
    rows.sort_by_key(|row| row.id);
    let found = matters(store, rows).await?.into_iter();
    Ok(found
        .filter_map(|matter| {
            let end = *ends.get(&matter.limit.id)?;
            Some((matter, end))
        })
        .collect())
}

/// What is open or due on `since` or later, of what the viewer may know and that is `such`: for calendars. Of each kind at most `most` that
/// are open, those due first, and `most` that are closed, those due last; says also whether there may be more.
pub async fn due_since(
    store: &Store,
    viewer: &Viewer,
    such: &Condition,
    since: NaiveDate,
    most: u64,
) -> Result<(Vec<Matter>, bool), Fault> {
    let db = store.db().executor().await?;
    let (mut found, mut is_cut) = (Vec::new(), false);
    for kind in store.subjects().kinds() {
        let own = Entity::find()
            .filter(Column::Id.in_subquery(kind.limits(viewer)))
            .filter(such.clone());
        let open = own
            .clone()
            .filter(Column::ClosedOn.is_null())
            .order_by_asc(Column::DueOn)
            .order_by_asc(Column::Id);
        let closed = own
            .filter(Column::ClosedOn.is_not_null())
            .filter(Column::DueOn.gte(since))
            .order_by_desc(Column::DueOn)
            .order_by_desc(Column::Id);
        let mut rows = Vec::new();
        for part in [open, closed] {
            let part = part.limit(most).all(store.db()).await?;
            is_cut |= part.len() as u64 == most;
            rows.extend(part);
        }
        if rows.is_empty() {
            continue;
        }
        // What a kind has named as its own no other is asked about.
        let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
        let subjects = kind.within(&db, viewer, &ids).await?;
        found.extend(joined(subjects, rows));
    }
    Ok((found, is_cut))
}

/// Those time limits of `ids` that are on something the viewer may know of.
pub async fn visible_of_ids(
    store: &Store,
    viewer: &Viewer,
    ids: &[Uuid],
) -> Result<Vec<Model>, Fault> {
    let mut found = Vec::with_capacity(ids.len());
    for kind in store.subjects().kinds() {
        let seen = Entity::find().filter(kind.sees(viewer));
        found.extend(of_keys(store.db(), seen, Column::Id, ids).await?);
    }
    Ok(found)
}

async fn matters(store: &Store, rows: Vec<Model>) -> Result<Vec<Matter>, Fault> {
    let viewer = Viewer::system("deadlines");
    let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
    let subjects = store
        .subjects()
        .within(store.db().executor().await?, &viewer, &ids)
        .await?;
    Ok(joined(subjects, rows).collect())
}

/// What is on none of the kinds that are known, or on what the viewer may not know of, is left out.
fn joined(mut subjects: HashMap<Uuid, Subject>, rows: Vec<Model>) -> impl Iterator<Item = Matter> {
    rows.into_iter().filter_map(move |limit| {
        let subject = subjects.remove(&limit.id)?;
        Some(Matter { limit, subject })
    })
}

/// The pauses of those time limits, by time limit, the earliest first.
pub async fn pauses_of(
    db: &impl ConnectionTrait,
    ids: &[Uuid],
) -> Result<HashMap<Uuid, Vec<pause::Model>>, Fault> {
    let in_order = pause::Entity::find()
        .order_by_asc(pause::Column::StartedOn)
        .order_by_asc(pause::Column::Id);
    let mut found: HashMap<Uuid, Vec<pause::Model>> = HashMap::new();
    for row in of_keys(db, in_order, pause::Column::DeadlineId, ids).await? {
        found.entry(row.deadline_id).or_default().push(row);
    }
    Ok(found)
}

/// What is open and shows one of `lights` on `on`: what `Model::light` says, as ranges of the light days that an index answers.
pub fn showing(lights: &[Light], on: NaiveDate) -> Condition {
    lights
        .iter()
        .map(|light| shows(*light, on))
        .fold(Condition::any(), Condition::add)
}

/// The light on `on` of what is open, as its place in [`Light::ALL`].
pub(crate) fn light_on(on: NaiveDate) -> Expr {
    let mut lights = CaseStatement::new();
    for (light, place) in Light::ALL.into_iter().zip(0_i32..) {
        lights = lights.case(shows(light, on), place);
    }
    lights.into()
}

/// What shows one light. The light days are in order, and none but black is missing where another is there.
fn shows(light: Light, on: NaiveDate) -> Condition {
    let none_yet = |next: Column| Condition::any().add(next.is_null()).add(next.gt(on));
    let shown = Condition::all();
    match light {
        Light::Grey => shown
            .add(Column::State.eq(State::Paused))
            .add(none_yet(Column::YellowFrom)),
        Light::Green => shown
            .add(Column::State.eq(State::Running))
            .add(Column::YellowFrom.gt(on)),
        Light::Yellow => shown
            .add(Column::YellowFrom.lte(on))
            .add(Column::OrangeFrom.gt(on)),
        Light::Orange => shown
            .add(Column::OrangeFrom.lte(on))
            .add(Column::RedFrom.gt(on)),
        Light::Red => shown
            .add(Column::RedFrom.lte(on))
            .add(none_yet(Column::BlackFrom)),
        Light::Black => shown.add(Column::BlackFrom.lte(on)),
    }
}

/// Whose lights nobody has counted: the migration knew no calendar.
pub(crate) fn is_without_light_days() -> Condition {
    Condition::all()
        .add(Column::RedFrom.is_not_null())
        .add(Column::YellowFrom.is_null())
}

/// Up to `limit` open time limits [without light days](is_without_light_days), held for this transaction alone: replicas that start
/// together take turns.
pub(crate) async fn without_light_days(unit: &Unit, limit: u64) -> Result<Vec<Model>, Fault> {
    Ok(Entity::find()
        .filter(is_without_light_days())
        .order_by_asc(Column::Id)
        .limit(limit)
        .lock_exclusive()
        .all(unit.db())
        .await?)
}

/// The time limit that a command is about to change.
pub(crate) async fn load(unit: &Unit, id: Uuid) -> Result<Model, Fault> {
    Entity::find_by_id(id)
        .one(unit.db())
        .await?
        .ok_or(Fault::NotFound)
}

/// Up to `limit` open time limits after `after`, by key: for recounting. `held` for the transaction, where what is counted is kept.
pub(crate) async fn open_after(
    db: &impl ConnectionTrait,
    after: Option<Uuid>,
    limit: u64,
    held: bool,
) -> Result<Vec<Model>, Fault> {
    let mut select = Entity::find().filter(Column::State.is_in([State::Running, State::Paused]));
    if let Some(after) = after {
        select = select.filter(Column::Id.gt(after));
    }
    if held {
        select = select.lock_exclusive();
    }
    Ok(select.order_by_asc(Column::Id).limit(limit).all(db).await?)
}
