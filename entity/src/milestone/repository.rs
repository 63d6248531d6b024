//! Every query on milestones.

use chrono::NaiveDate;
use sea_orm::{
    Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    entity::prelude::*, sea_query::Expr,
};

use super::{
    Column, Entity, Model, change,
    rules::{Light, project_light, silent_since},
};
use crate::{
    calendar,
    error::{Fault, expect_version},
    page::{Page, PageRequest, SortKey, grouped, keyset_by, of_keys},
    project,
    store::{Store, Unit},
    table::Visible,
    viewer::Viewer,
};

impl Visible for Entity {
    /// The milestones this viewer may see: those of the projects he may see.
    fn visible_to(viewer: &Viewer) -> Condition {
        let projects = project::repository::visible_ids(viewer);
        Condition::all().add(Column::ProjectId.in_subquery(projects))
    }
}

/// Where a milestone stands in a list by day: those without a plan at the end. In the words of the index.
const EXPECTED_ON: &str = "COALESCE(\"milestone\".\"forecast_on\", '9999-12-31')";

/// Which milestones are wanted.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Of this enterprise.
    pub enterprise_id: Option<Uuid>,
    /// Of this project.
    pub project_id: Option<Uuid>,
    /// Reached, or not yet.
    pub reached: Option<bool>,
    /// Expected on this day or later.
    pub forecast_from: Option<NaiveDate>,
    /// Expected on this day or earlier.
    pub forecast_to: Option<NaiveDate>,
}

/// One page of milestones: by the day they are expected, those without a plan at the end.
pub async fn page(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    filter: &Filter,
    descending: bool,
    request: &PageRequest,
) -> Result<Page<Model>, Fault> {
    let condition = Condition::all()
        .add_option(filter.enterprise_id.map(|id| Column::EnterpriseId.eq(id)))
        .add_option(filter.project_id.map(|id| Column::ProjectId.eq(id)))
        .add_option(filter.reached.map(|reached| {
            if reached {
                Column::ActualOn.is_not_null()
            } else {
                Column::ActualOn.is_null()
            }
        }))
        .add_option(filter.forecast_from.map(|day| Column::ForecastOn.gte(day)))
        .add_option(filter.forecast_to.map(|day| Column::ForecastOn.lte(day)));
    let expected = SortKey {
        by: Expr::cust(EXPECTED_ON),
        ..SortKey::column(Column::ForecastOn, descending)
    };
    let keys = vec![expected, SortKey::column(Column::Position, descending)];
    keyset_by(
        db,
        Entity::visible(viewer),
        condition,
        keys,
        Column::Id,
        request,
    )
    .await
}

/// The keys of the projects that fit `filter` and show one of `lights` today. When a light shows is one rule ([`project_light`]),
/// so it is asked here and not written a second time in SQL; there are only as many as the park builds.
pub async fn projects_showing(
    store: &Store,
    viewer: &Viewer,
    filter: &project::repository::Filter,
    lights: &[Light],
) -> Result<Vec<Uuid>, Fault> {
    let calendar = calendar::repository::in_force(store).await?;
    let projects = project::repository::all(store.db(), viewer, filter).await?;
    let ids: Vec<Uuid> = projects.iter().map(|row| row.id).collect();
    let plans = of_projects(store.db(), viewer, &ids).await?;
    let mut plans = grouped(plans, |row| row.project_id);
    let stages = project::repository::stages_of(store.db(), viewer, &ids).await?;
    let mut stages = grouped(stages, |row| row.project_id);
    let reports = project::repository::reports_of(store.db(), viewer, &ids).await?;
    let mut reports = grouped(reports, |row| row.project_id);
    let today = store.today();
    let shows = |row: &&project::Model| {
        let stages = stages.remove(&row.id).unwrap_or_default();
        let reports = reports.remove(&row.id).unwrap_or_default();
        let silent = silent_since(row, &stages, &reports, today, store.zone());
        let plan = plans.remove(&row.id).unwrap_or_default();
        project_light(&plan, silent, today, &calendar).is_some_and(|light| lights.contains(&light))
    };
    Ok(projects.iter().filter(shows).map(|row| row.id).collect())
}

/// The milestones that were reached or are expected on `since` or later, at most `most`, those expected first: for calendars.
pub async fn expected_since(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    since: Date,
    most: u64,
) -> Result<Vec<Model>, Fault> {
    Ok(Entity::visible(viewer)
        .filter(
            Condition::any()
                .add(Column::ActualOn.gte(since))
                .add(Column::ForecastOn.gte(since)),
        )
        .order_by_asc(Expr::cust(EXPECTED_ON))
        .order_by_asc(Column::Id)
        .limit(most)
        .all(db)
        .await?)
}

/// The milestones of projects, in the order of the plan.
pub async fn of_projects(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    projects: &[Uuid],
) -> Result<Vec<Model>, Fault> {
    let planned = Entity::visible(viewer).order_by_asc(Column::Position);
    of_keys(db, planned, Column::ProjectId, projects).await
}

/// The changes of the forecasts of milestones the viewer may see, oldest first.
pub async fn changes_of(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    milestones: &[Uuid],
) -> Result<Vec<change::Model>, Fault> {
    let seen: Vec<Uuid> = of_keys(db, Entity::visible(viewer), Column::Id, milestones)
        .await?
        .into_iter()
        .map(|milestone| milestone.id)
        .collect();
    let oldest_first = change::Entity::find()
        .order_by_asc(change::Column::ChangedAt)
        .order_by_asc(change::Column::Id);
    of_keys(db, oldest_first, change::Column::MilestoneId, &seen).await
}

/// The milestone for a command: NOT_FOUND for who may not see it, CONFLICT when it is no longer of the expected version.
pub(crate) async fn load(unit: &Unit, id: Uuid, expected_version: i32) -> Result<Model, Fault> {
    let milestone = Entity::found(unit.db(), unit.viewer(), id).await?;
    expect_version(id, milestone.version, expected_version)?;
    Ok(milestone)
}
