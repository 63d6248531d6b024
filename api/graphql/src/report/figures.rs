//! The figures of a report, as the API tells them.

use std::sync::Arc;

use api_door::{
    coded::Coded,
    loaders,
    scalar::{Date, Kind, int},
};
use async_graphql::{Context, ID, Object, Result, SimpleObject};
use entity::{
    deadline::rules::Light, error::Fault, milestone::rules::Light as PlanLight, report::facts,
    share,
};
use uuid::Uuid;

use super::{super::evaluation::EvaluationFigures, FactsOfReport, words};

fn of_plan(light: PlanLight) -> Light {
    match light {
        PlanLight::Green => Light::Green,
        PlanLight::Yellow => Light::Yellow,
        PlanLight::Red => Light::Red,
    }
}

/// The figures of a report.
pub struct ReportFacts {
    pub(super) id: Uuid,
    pub(super) summary: facts::Summary,
}

impl ReportFacts {
    fn short(&self) -> &facts::Facts {
        &self.summary.facts
    }

    /// All facts, for the lists that the summary has not.
    async fn whole(&self, ctx: &Context<'_>) -> Result<Arc<facts::Facts>> {
        let facts = loaders::one::<FactsOfReport>(ctx, self.id).await?;
        Ok(facts.ok_or(Fault::NotFound)?)
    }
}

/// The figures of a report.
#[Object]
impl ReportFacts {
    /// What it is about: the whole park, a department, an enterprise.
    async fn about(&self, ctx: &Context<'_>) -> String {
        words(ctx, &self.short().slice)
    }

    /// The day the lights are shown for.
    async fn as_of(&self) -> Date {
        self.short().as_of.into()
    }

    /// The day the lights are compared with.
    async fn since(&self) -> Date {
        self.short().since.into()
    }

    /// How many open promises show each light, the most severe first.
    #[graphql(complexity = "6 * child_complexity")]
    async fn lights(&self) -> Vec<ReportLight> {
        self.short()
            .lights
            .iter()
            .map(|light| ReportLight {
                light: light.light.into(),
                now: int(light.now),
                before: int(light.before),
            })
            .collect()
    }

    /// The promises that fell due in the period.
    async fn kept(&self) -> ReportKept {
        self.short().kept.into()
    }

    /// Those that fell due in the period before.
    async fn kept_before(&self) -> ReportKept {
        self.short().kept_before.into()
    }

    /// The milestones planned for the period.
    async fn milestones(&self) -> ReportKept {
        self.short().milestones.into()
    }

    /// The promises by who has to keep them.
    #[graphql(complexity = "15 * child_complexity")]
    async fn owners(&self, ctx: &Context<'_>) -> Vec<ReportOwner> {
        self.short()
            .owners
            .iter()
            .map(|row| ReportOwner {
                name: words(ctx, &row.name),
                kept: row.kept.into(),
                open: int(row.open),
                overdue: int(row.overdue),
            })
            .collect()
    }

    /// The enterprises and their lights, by name.
    #[graphql(complexity = "20 * child_complexity")]
    async fn enterprises(&self, ctx: &Context<'_>) -> Result<Vec<ReportEnterprise>> {
        let facts = self.whole(ctx).await?;
        let rows = facts.enterprises.iter().cloned();
        Ok(rows.map(ReportEnterprise).collect())
    }

    /// The promises whose statutory limit has passed.
    #[graphql(complexity = "5 * child_complexity")]
    async fn statutory_overdue(&self, ctx: &Context<'_>) -> Result<Vec<ReportItem>> {
        let facts = self.whole(ctx).await?;
        let items = facts.statutory_overdue().cloned();
        Ok(items.map(ReportItem).collect())
    }

    /// What needs a decision, the most pressing first.
    #[graphql(complexity = "5 * child_complexity")]
    async fn problems(&self, ctx: &Context<'_>) -> Vec<ReportProblem> {
        self.short()
            .problems
            .iter()
            .map(|problem| ReportProblem {
                enterprise_id: Kind::Enterprise.id(problem.enterprise_id),
                enterprise: problem.enterprise.clone(),
                what: words(ctx, &problem.what),
                blocked_by: words(ctx, &problem.blocked_by),
                days: int(problem.days),
                proposal: words(ctx, &problem.proposal),
            })
            .collect()
    }

    /// What the coming seven days bring.
    #[graphql(complexity = "12 * child_complexity")]
    async fn key_dates(&self, ctx: &Context<'_>) -> Result<Vec<ReportKeyDate>> {
        let facts = self.whole(ctx).await?;
        let dates = facts.key_dates.iter();
        Ok(dates.map(|date| ReportKeyDate::of(ctx, date)).collect())
    }

    /// The same by day, with the first few of each day: it costs little however large the park is.
    #[graphql(complexity = "7 * child_complexity")]
    async fn key_days(&self, ctx: &Context<'_>) -> Vec<ReportKeyDay> {
        let days = self.summary.key_days().into_iter();
        days.map(|day| ReportKeyDay {
            on: day.on.into(),
            dates: day
                .named
                .iter()
                .map(|date| ReportKeyDate::of(ctx, date))
                .collect(),
            more: int(day.more),
        })
        .collect()
    }

    /// The projects, by enterprise and name.
    #[graphql(complexity = "20 * child_complexity")]
    async fn projects(&self, ctx: &Context<'_>) -> Result<Vec<ReportProject>> {
        let facts = self.whole(ctx).await?;
        let projects = facts.projects.iter().map(|row| ReportProject {
            project_id: Kind::Project.id(row.project_id),
            name: row.name.clone(),
            enterprise: row.enterprise.clone(),
            stages: row.stages.iter().map(|stage| words(ctx, stage)).collect(),
            planned: row.planned,
            actual: row.actual,
            light: row.light.map(of_plan).map(Coded),
            next_milestone: row.next().map(|next| next.name.clone()),
            next_on: row.next().and_then(|next| next.expected_on).map(Date),
            reported_on: row.reported_on.map(Date),
            reported: row.reported,
        });
        Ok(projects.collect())
    }

    /// In a quarterly report: what the newest evaluation came to that a leader had approved by then.
    async fn evaluation(&self) -> Option<EvaluationFigures> {
        self.short().evaluation.clone().map(EvaluationFigures)
    }

    /// Letters that nobody could deliver; null where the report is not about the whole park.
    async fn undelivered(&self) -> Option<i32> {
        self.short().undelivered.map(int)
    }

    /// Every promise in one of the figures, by due date.
    #[graphql(complexity = "300 * child_complexity")]
    async fn items(&self, ctx: &Context<'_>) -> Result<Vec<ReportItem>> {
        let facts = self.whole(ctx).await?;
        Ok(facts.items.iter().cloned().map(ReportItem).collect())
    }
}

/// How many show a light.
#[derive(SimpleObject)]
pub struct ReportLight {
    /// The light.
    light: Coded<Light>,
    /// How many on the day of the report.
    now: i32,
    /// How many on the day of comparison.
    before: i32,
}

/// What became of those that fell due in a period: each in exactly one of the four counts, all of them in `due`.
#[derive(SimpleObject)]
pub struct ReportKept {
    /// How many fell due.
    due: i32,
    /// Done on their last day or before.
    on_time: i32,
    /// Done afterwards.
    late: i32,
    /// Declared missed.
    missed: i32,
    /// Still open.
    overdue: i32,
    /// `onTime` ÷ `due` in percent, rounded half up to a tenth; only all are 100, only none are 0. Null when nothing fell due.
    on_time_rate: Option<f64>,
}

impl From<facts::Kept> for ReportKept {
    fn from(kept: facts::Kept) -> Self {
        Self {
            due: int(kept.due),
            on_time: int(kept.on_time),
            late: int(kept.late),
            missed: int(kept.missed),
            overdue: int(kept.overdue),
            on_time_rate: share::percent(kept.on_time.into(), kept.due.into()),
        }
    }
}

/// The figures of those who have to keep promises.
#[derive(SimpleObject)]
pub struct ReportOwner {
    /// A department, the liaisons together, or the service centre.
    name: String,
    /// The promises of the period.
    kept: ReportKept,
    /// How many are open.
    open: i32,
    /// How many of these are past their limit.
    overdue: i32,
}

/// One enterprise in the matrix.
pub struct ReportEnterprise(facts::EnterpriseRow);

/// One enterprise in the matrix.
#[Object]
impl ReportEnterprise {
    /// The global id of the enterprise.
    async fn enterprise_id(&self) -> ID {
        Kind::Enterprise.id(self.0.enterprise_id)
    }

    /// Its name then.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// Its liaison then.
    async fn liaison(&self) -> Option<&str> {
        self.0.liaison.as_deref()
    }

    /// The number of the contract in force.
    async fn contract(&self) -> Option<&str> {
        self.0.contract.as_deref()
    }

    /// The contract's last day.
    async fn contract_ends_on(&self) -> Option<Date> {
        self.0.contract_ends_on.map(Date)
    }

    /// The most severe light of its open promises.
    async fn worst(&self) -> Option<Coded<Light>> {
        self.0.worst().map(Coded)
    }

    /// How many of its open promises show this light.
    async fn count(&self, #[graphql(desc = "The light.")] light: Coded<Light>) -> i32 {
        int(self.0.lights.of(light.0))
    }

    /// The most severe light of its projects; null where nothing is planned.
    async fn project_light(&self) -> Option<Coded<Light>> {
        self.0.project.map(of_plan).map(Coded)
    }

    /// The promises to it that fell due in the period.
    async fn kept(&self) -> ReportKept {
        self.0.kept.into()
    }
}

/// One promise in the figures.
pub struct ReportItem(facts::Item);

/// One promise in the figures.
#[Object]
impl ReportItem {
    /// The global id of the obligation.
    async fn obligation_id(&self) -> ID {
        Kind::Obligation.id(self.0.obligation_id)
    }

    /// The enterprise's name then.
    async fn enterprise(&self) -> &str {
        &self.0.enterprise
    }

    /// What was promised.
    async fn what(&self, ctx: &Context<'_>) -> String {
        words(ctx, &self.0.what)
    }

    /// For which period or event.
    async fn occasion(&self) -> &str {
        &self.0.occasion
    }

    /// Who had to keep it.
    async fn owner(&self, ctx: &Context<'_>) -> String {
        words(ctx, &self.0.owner)
    }

    /// The article of law, for statutory limits.
    async fn legal_basis(&self) -> Option<&str> {
        self.0.legal_basis.as_deref()
    }

    /// The last day on which it was on time.
    async fn due_on(&self) -> Date {
        self.0.due_on.into()
    }

    /// What had become of it.
    async fn outcome(&self) -> Coded<facts::Outcome> {
        self.0.outcome.into()
    }

    /// Its light; null when it was closed.
    async fn light(&self) -> Option<Coded<Light>> {
        self.0.light.map(Coded)
    }

    /// The day it was closed.
    async fn closed_on(&self) -> Option<Date> {
        self.0.closed_on.map(Date)
    }

    /// By how many working days it was late.
    async fn days_late(&self) -> i32 {
        int(self.0.days_late)
    }

    /// Whether it is in the on-time rate of the period.
    async fn in_period(&self) -> bool {
        self.0.in_period
    }
}

/// What needs a decision.
#[derive(SimpleObject)]
pub struct ReportProblem {
    /// The global id of the enterprise.
    enterprise_id: ID,
    /// Its name then.
    enterprise: String,
    /// What the matter is.
    what: String,
    /// Who has to act and does not.
    blocked_by: String,
    /// For how many working days.
    days: i32,
    /// What may be done about it.
    proposal: String,
}

/// What a day of the coming week brings.
#[derive(SimpleObject)]
pub struct ReportKeyDate {
    /// The day.
    on: Date,
    /// What happens.
    what: String,
    /// To whom, when it is about one enterprise.
    enterprise: Option<String>,
}

impl ReportKeyDate {
    fn of(ctx: &Context<'_>, date: &facts::KeyDate) -> Self {
        Self {
            on: date.on.into(),
            what: words(ctx, &date.what),
            enterprise: date.enterprise.clone(),
        }
    }
}

/// A day of the coming week.
#[derive(SimpleObject)]
pub struct ReportKeyDay {
    /// The day.
    on: Date,
    /// The first of what it brings.
    #[graphql(complexity = "4 * child_complexity")]
    dates: Vec<ReportKeyDate>,
    /// How much more it brings.
    more: i32,
}

/// One project in a report.
#[derive(SimpleObject)]
pub struct ReportProject {
    /// The global id of the project.
    project_id: ID,
    /// Its name then.
    name: String,
    /// The enterprise that builds it.
    enterprise: String,
    /// The stages it was in.
    #[graphql(complexity = "3 * child_complexity")]
    stages: Vec<String>,
    /// What the first plan says, in percent; null without a plan.
    planned: Option<i32>,
    /// What was reached, in percent.
    actual: Option<i32>,
    /// Its light; null without a plan.
    light: Option<Coded<Light>>,
    /// The milestone it works towards.
    next_milestone: Option<String>,
    /// The day it is expected.
    next_on: Option<Date>,
    /// The day of its newest progress report.
    reported_on: Option<Date>,
    /// What that said, in percent.
    reported: Option<i32>,
}
