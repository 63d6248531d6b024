//! Milestones (里程碑) in the API.

use api_door::{
    coded::Coded,
    command::command,
    form::{Input, Offered, Payload, offered, run},
    loaders::{self, by_id, by_owner},
    operation::{store, viewer},
    page::{self, Connection, SortDirection},
    row::Row,
    scalar::{Date, DateTime, Kind},
};
use async_graphql::{Context, Enum, ID, InputObject, Object, Result};
use entity::{
    milestone::{self, change, commands, repository, rules},
    permission::Standing,
    table::Visible,
};

use super::{
    deadline::calendar_in_force,
    document::{Document, DocumentById},
    enterprise::{Enterprise, EnterpriseById},
    liaison::{Official, official},
    obligation::StandingTo,
    project::{Project, ProjectById},
    range::{self, DayRange},
};

pub mod plan;

use plan::{MilestonePlanInput, MilestonePlanPayload};

/// A milestone (里程碑): a weighted point in a project with its first plan, its forecast and its actual day.
pub struct Milestone(pub(crate) milestone::Model);

impl From<milestone::Model> for Milestone {
    fn from(row: milestone::Model) -> Self {
        Self(row)
    }
}

/// A milestone (里程碑): a weighted point in a project with its first plan, its forecast and its actual day.
#[Object]
impl Milestone {
    /// The global id.
    pub(super) async fn id(&self) -> ID {
        Kind::Milestone.id(self.0.id)
    }

    /// The project.
    async fn project(&self, ctx: &Context<'_>) -> Result<Option<Row<Project>>> {
        let row = loaders::one::<ProjectById>(ctx, self.0.project_id).await?;
        Ok(row.map(Project).map(Row))
    }

    /// Whose project it is.
    async fn enterprise(&self, ctx: &Context<'_>) -> Result<Option<Row<Enterprise>>> {
        let row = loaders::one::<EnterpriseById>(ctx, self.0.enterprise_id).await?;
        Ok(row.map(Enterprise).map(Row))
    }

    /// Its place in the plan, from 1.
    async fn position(&self) -> i32 {
        self.0.position
    }

    /// The stage it closes, from 1 to 10; null when it closes none.
    async fn stage_number(&self) -> Option<i32> {
        self.0.stage_number
    }

    /// What is reached.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// How much of the project it is, relative to the others.
    async fn weight(&self) -> i32 {
        self.0.weight
    }

    /// The day first planned (基准); kept for ever. Null while it is unplanned (未排期).
    async fn baseline_on(&self) -> Option<Date> {
        self.0.baseline_on.map(Date)
    }

    /// The day now expected (预计).
    async fn forecast_on(&self) -> Option<Date> {
        self.0.forecast_on.map(Date)
    }

    /// The day it was reached (实际).
    async fn actual_on(&self) -> Option<Date> {
        self.0.actual_on.map(Date)
    }

    /// The file that proves it; null when there is none, or when it is not for this viewer.
    async fn evidence_document(&self, ctx: &Context<'_>) -> Result<Option<Document>> {
        let Some(id) = self.0.evidence_document_id else {
            return Ok(None);
        };
        Ok(loaders::one::<DocumentById>(ctx, id).await?.map(Document))
    }

    /// By how many working days it is late against its first plan, today; null while it is unplanned.
    async fn days_late(&self, ctx: &Context<'_>) -> Result<Option<i32>> {
        let calendar = calendar_in_force(ctx).await?;
        Ok(rules::days_late(&self.0, store(ctx).today(), &calendar))
    }

    /// Its light today; null while it is unplanned.
    async fn light(&self, ctx: &Context<'_>) -> Result<Option<Coded<milestone::rules::Light>>> {
        let calendar = calendar_in_force(ctx).await?;
        let light = rules::light(&self.0, store(ctx).today(), &calendar);
        Ok(light.map(Into::into))
    }

    /// The changes of its forecast (变更记录), oldest first.
    #[graphql(complexity = "5 * child_complexity")]
    async fn changes(&self, ctx: &Context<'_>) -> Result<Vec<MilestoneChange>> {
        let rows = loaders::one::<ChangesOfMilestone>(ctx, self.0.id).await?;
        let rows = rows.unwrap_or_default().into_iter();
        Ok(rows.map(MilestoneChange).collect())
    }

    /// Grows by one with every change; for `expectedVersion`.
    async fn version(&self) -> i32 {
        self.0.version
    }

    /// The commands for it: whether the viewer may give each one now, and why not.
    #[graphql(complexity = "2 * child_complexity")]
    async fn commands(&self, ctx: &Context<'_>) -> Result<Vec<Offered>> {
        let Some(project) = loaders::one::<ProjectById>(ctx, self.0.project_id).await? else {
            return Ok(Vec::new());
        };
        let standing = loaders::one::<StandingTo>(ctx, self.0.enterprise_id).await?;
        let standing = standing.unwrap_or(Standing::None);
        let offers = commands::offered(viewer(ctx), standing, &self.0, project.state);
        Ok(offered(ctx, offers, None))
    }
}

/// A change of the day on which a milestone is expected (里程碑调整).
pub struct MilestoneChange(change::Model);

/// A change of the day on which a milestone is expected (里程碑调整).
#[Object]
impl MilestoneChange {
    /// The day expected before.
    async fn forecast_from(&self) -> Option<Date> {
        self.0.forecast_from.map(Date)
    }

    /// The day expected since.
    async fn forecast_to(&self) -> Option<Date> {
        self.0.forecast_to.map(Date)
    }

    /// Why.
    async fn reason(&self) -> &str {
        &self.0.reason
    }

    /// Who changed it.
    async fn changed_by(&self, ctx: &Context<'_>) -> Result<Option<Row<Official>>> {
        official(ctx, self.0.changed_by).await
    }

    /// When.
    async fn changed_at(&self) -> DateTime {
        self.0.changed_at.into()
    }
}

by_id! {
    /// Milestones by key.
    MilestoneById: milestone::Model = milestone::Entity::of_ids
}

by_owner! {
    /// The changes of milestones.
    ChangesOfMilestone: change::Model = repository::changes_of, by |row| row.milestone_id;
}

/// Which milestones are wanted: all conditions hold.
#[derive(Clone, Debug, Default, InputObject)]
pub struct MilestoneFilter {
    /// Of which enterprise.
    pub enterprise_id: Option<ID>,
    /// Of which project.
    pub project_id: Option<ID>,
    /// Reached (true), or not yet (false).
    pub reached: Option<bool>,
    /// When they are expected.
    pub forecast_on: Option<DayRange>,
}

/// By what milestones are sorted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum MilestoneSortField {
    /// The day now expected; what is unplanned comes after everything else.
    ForecastOn,
}

/// The order of milestones.
#[derive(Clone, InputObject)]
pub struct MilestoneSort {
    /// By what.
    #[graphql(default_with = "MilestoneSortField::ForecastOn")]
    pub field: MilestoneSortField,
    /// In which direction.
    #[graphql(default_with = "SortDirection::Asc")]
    pub direction: SortDirection,
}

/// Reading milestones.
#[derive(Default)]
pub struct MilestoneQuery;

#[Object]
impl MilestoneQuery {
    /// One milestone; null when it does not exist for this viewer.
    async fn milestone(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The global id of the milestone.")] id: ID,
    ) -> Result<Option<Row<Milestone>>> {
        let Some(key) = Kind::Milestone.key(&id) else {
            return Ok(None);
        };
        Ok(loaders::one::<MilestoneById>(ctx, key)
            .await?
            .map(Milestone)
            .map(Row))
    }

    /// The milestones this viewer may see, by the day they are expected.
    #[graphql(complexity = "page::cost(first, last, child_complexity)")]
    #[allow(clippy::too_many_arguments, reason = "the arguments of a connection")]
    async fn milestones(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many from the start.")] first: Option<i32>,
        #[graphql(desc = "How many from the end.")] last: Option<i32>,
        #[graphql(desc = "After this cursor.")] after: Option<String>,
        #[graphql(desc = "Before this cursor.")] before: Option<String>,
        #[graphql(name = "where", desc = "Which milestones.")] filter: Option<MilestoneFilter>,
        #[graphql(desc = "The order; the id decides among equals.")] sort_by: Option<MilestoneSort>,
    ) -> Result<Connection<Milestone>> {
        let request = page::request(ctx, first, last, after, before)?;
        let filter = filter.unwrap_or_default();
        let key = |kind: Kind, id: Option<ID>| id.map(|id| kind.require(&id)).transpose();
        let (forecast_from, forecast_to) = range::days(filter.forecast_on, store(ctx)).await?;
        let wanted = repository::Filter {
            enterprise_id: key(Kind::Enterprise, filter.enterprise_id)?,
            project_id: key(Kind::Project, filter.project_id)?,
            reached: filter.reached,
            forecast_from,
            forecast_to,
        };
        let descending = sort_by.is_some_and(|sort| sort.direction == SortDirection::Desc);
        let rows =
            repository::page(store(ctx).db(), viewer(ctx), &wanted, descending, &request).await?;
        Ok(page::connection(rows, |row| row.id))
    }
}

/// What happens to milestones.
#[derive(Default)]
pub struct MilestoneMutation;

#[Object]
impl MilestoneMutation {
    /// Plans milestones for the first time: this baseline is kept for ever (排期).
    async fn milestone_plan(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The project and its plan.")] input: MilestonePlanInput,
    ) -> Result<MilestonePlanPayload> {
        let input = commands::Plan::try_from(input)?;
        command(ctx, input, |store, viewer, input| async move {
            commands::plan_milestones(&store, &viewer, input).await
        })
        .await
    }

    /// Changes the day on which a milestone is expected, with a reason; the first plan stays (变更预计日期).
    async fn milestone_change_forecast(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The milestone, the day and the reason.")] input: Input<
            commands::ChangeForecast,
        >,
    ) -> Result<Payload<commands::ChangeForecast, Milestone>> {
        run(ctx, input, commands::change_forecast).await
    }

    /// Records that a milestone was reached (完成里程碑).
    async fn milestone_reach(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The milestone, the day and the proof.")] input: Input<commands::Reach>,
    ) -> Result<Payload<commands::Reach, Milestone>> {
        run(ctx, input, commands::reach).await
    }
}
