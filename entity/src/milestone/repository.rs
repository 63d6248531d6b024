//! Every query on milestones.

use chrono::NaiveDate;
use sea_orm::{
    Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    entity::prelude::*,
    sea_query::{Expr, ExprTrait},
};

use super::{Column, Entity, Model, change, rules::Light};
use crate::{
    error::{Fault, expect_version},
    page::{Page, PageRequest, SortKey, keyset_by, of_keys},
    project,
    store::Unit,
    table::Visible,
    viewer::Viewer,
};

impl Visible for Entity {
    /// The milestones this viewer may see: those of the projects he may see.
    fn visible_to(viewer: &Viewer) -> Condition {
        project::Entity::seen_by(viewer, Column::ProjectId)
    }
}

/// Where a milestone stands in a list by day: those without a plan at the end. In the words of the index.
const EXPECTED_ON: &str = "COALESCE(\"milestone\".\"forecast_on\", '9999-12-31')";

fn expected_on() -> Expr {
    Expr::cust(EXPECTED_ON)
}

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
        .add_option(
            filter
                .forecast_from
                .map(|_| Column::ForecastOn.is_not_null()),
        )
        .add_option(filter.forecast_from.map(|day| expected_on().gte(day)))
        .add_option(filter.forecast_to.map(|day| expected_on().lte(day)));
    let expected = SortKey {
        by: expected_on(),
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

/// Which projects show one of `lights` on `today`, as [`shown`](super::rules::shown) has it.
pub fn showing(lights: &[Light], today: NaiveDate) -> Condition {
    use project::Column as Of;
    let has_come = |from: Of| from.lte(today);
    let is_to_come = |from: Of| from.is_null().or(from.gt(today));
    let each = lights.iter().map(|light| match light {
        Light::Red => Condition::all().add(has_come(Of::FarBehindFrom)),
        Light::Yellow => Condition::all()
            .add(has_come(Of::BehindFrom).or(has_come(Of::SilentFrom)))
            .add(is_to_come(Of::FarBehindFrom)),
        Light::Green => Condition::all()
            .add(is_to_come(Of::BehindFrom))
            .add(is_to_come(Of::SilentFrom)),
    });
    let any = each.fold(Condition::any(), Condition::add);
    // Without any light nothing is shown, and without a plan no light.
    Condition::all()
        .add(Of::IsPlanned.eq(true))
        .add(any.add(Expr::val(false)))
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
