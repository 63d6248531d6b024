//! Reading feeds, and the dates they show.

use std::collections::HashMap;

use chrono::NaiveDate;
use sea_orm::{
    Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder,
    entity::prelude::*,
    sea_query::{Expr, ExprTrait},
};

use super::{
    Column, Entity, Model,
    rules::{self, Event},
};
use crate::{
    clock::instant_of,
    deadline, enterprise,
    error::Fault,
    milestone,
    page::of_keys,
    project,
    store::Store,
    table::Visible,
    viewer::{Person, Viewer},
    visit,
};

impl Visible for Entity {
    /// The feeds this viewer may know of: the own ones.
    fn visible_to(viewer: &Viewer) -> Condition {
        match viewer {
            Viewer::System { .. } => Condition::all(),
            Viewer::Anonymous { .. } => Condition::all().add(Expr::val(1).eq(0)),
            Viewer::Person(person) => Condition::all().add(Column::AccountId.eq(person.account_id)),
        }
    }
}

/// The own feeds that are not revoked, the newest first; there are at most [`rules::MOST`].
pub async fn open_of(db: &impl ConnectionTrait, viewer: &Viewer) -> Result<Vec<Model>, Fault> {
    Ok(Entity::visible(viewer)
        .filter(Column::RevokedAt.is_null())
        .order_by_desc(Column::Id)
        .all(db)
        .await?)
}

/// The feed of a secret, unless it is revoked.
pub(crate) async fn of_secret(
    db: &impl ConnectionTrait,
    secret_hash: &str,
) -> Result<Option<Model>, Fault> {
    Ok(Entity::find()
        .filter(Column::SecretHash.eq(secret_hash))
        .filter(Column::RevokedAt.is_null())
        .one(db)
        .await?)
}

/// The dates that this person may see, from `since` on, in the order of time, and whether there are more than a feed shows.
pub async fn dates(
    store: &Store,
    person: &Person,
    since: NaiveDate,
) -> Result<(Vec<Event>, bool), Fault> {
    let (db, zone) = (store.db(), store.zone());
    let viewer = Viewer::Person(person.clone());
    let (such, most) = (rules::shown(person.role), rules::MOST_DATES);
    let (due, is_cut) = deadline::repository::due_since(store, &viewer, &such, since, most).await?;
    let milestones = milestone::repository::expected_since(db, &viewer, since, most).await?;
    let is_cut = is_cut || milestones.len() as u64 == most;
    let visits = if rules::shows_visits(person.role) {
        visit::repository::agreed_since(db, &viewer, instant_of(since, 0, 0, zone), most).await?
    } else {
        Vec::new()
    };
    let is_cut = is_cut || visits.len() as u64 == most;
    let projects = distinct(milestones.iter().map(|row| row.project_id).collect());
    let projects = of_keys(db, project::Entity::find(), project::Column::Id, &projects).await?;
    let projects: HashMap<Uuid, project::Model> =
        projects.into_iter().map(|row| (row.id, row)).collect();
    let of_milestones = milestones.iter().map(|row| row.enterprise_id);
    let of_visits = visits.iter().map(|row| row.enterprise_id);
    let enterprises: Vec<Uuid> = of_milestones.chain(of_visits).collect();
    let names = enterprise::Entity::of_ids(db, &viewer, &distinct(enterprises)).await?;
    let names: HashMap<Uuid, String> = names.into_iter().map(|row| (row.id, row.name_zh)).collect();
    let name = |id: &Uuid| names.get(id).map_or("", String::as_str);
    let due = due
        .iter()
        .filter(|matter| rules::shows(person.role, matter))
        .map(rules::of_matter);
    let milestones = milestones.iter().filter_map(|row| {
        let project = projects.get(&row.project_id)?;
        rules::of_milestone(row, project, name(&row.enterprise_id))
    });
    let visits = visits
        .iter()
        .filter_map(|row| rules::of_visit(row, name(&row.enterprise_id)));
    let mut events: Vec<Event> = due.chain(milestones).chain(visits).collect();
    events.sort_by(|a, b| (a.when, &a.uid).cmp(&(b.when, &b.uid)));
    Ok((events, is_cut))
}

fn distinct(mut ids: Vec<Uuid>) -> Vec<Uuid> {
    ids.sort_unstable();
    ids.dedup();
    ids
}
