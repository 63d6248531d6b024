//! The form of an enterprise, with the facts of its quarter.

use api_door::{
    coded::Coded,
    command::Answer,
    error::bad_request,
    operation::store,
    row::Row,
    scalar::{Date, DateTime, Kind, int},
};
use async_graphql::{Context, ID, InputObject, Object, Result, SimpleObject};
use entity::evaluation::{
    self,
    commands::answer::{Access, Opened},
    form, reading, repository, response,
};

use super::{Answers, Evaluation};
use crate::liaison::{Official, official};

/// How somebody comes to a form: exactly one of the two.
#[derive(Clone, InputObject)]
#[graphql(name = "EvaluationAccessInput")]
pub struct AccessInput {
    /// The secret of the invitation, for whoever has not signed in.
    #[graphql(secret)]
    secret: Option<String>,
    /// The evaluation, for a contact of the enterprise.
    evaluation_id: Option<ID>,
}

impl AccessInput {
    /// As the domain knows it.
    pub fn read(self) -> Result<Access> {
        match (self.secret, self.evaluation_id) {
            (Some(secret), None) => Ok(Access::Link(secret)),
            (None, Some(id)) => Ok(Access::Own(Kind::Evaluation.require(&id)?)),
            _ => Err(bad_request("Give either `secret` or `evaluationId`.")),
        }
    }
}

/// What one enterprise is asked in one evaluation (评议表).
pub struct EvaluationForm {
    form: form::Model,
    evaluation: evaluation::Model,
}

impl From<Opened> for EvaluationForm {
    fn from((form, evaluation): Opened) -> Self {
        Self { form, evaluation }
    }
}

impl Answer for EvaluationForm {}

/// What one enterprise is asked in one evaluation (评议表).
#[Object]
impl EvaluationForm {
    /// The evaluation, with its wording and its days.
    async fn evaluation(&self) -> Evaluation {
        Evaluation(self.evaluation.clone())
    }

    /// The name of the enterprise that is asked.
    async fn enterprise_name(&self, ctx: &Context<'_>) -> Result<String> {
        let found = repository::name_of(store(ctx).db(), self.form.enterprise_id).await?;
        Ok(found)
    }

    /// Whether it is asked about a contract, too (part C).
    async fn contracted(&self) -> bool {
        self.form.contracted
    }

    /// The departments it dealt with in the quarter; it may rate others, too (A2).
    #[graphql(complexity = "14")]
    async fn departments(&self) -> Vec<ID> {
        let dealt = self.form.departments.0.iter();
        dealt.map(|id| Kind::Department.id(*id)).collect()
    }

    /// What was promised and fell due in the quarter, and how it was kept.
    #[graphql(complexity = "20 * child_complexity")]
    async fn promises(&self) -> Vec<PromiseFact> {
        self.form
            .facts
            .promises
            .iter()
            .map(PromiseFact::from)
            .collect()
    }

    /// The milestones planned for the quarter, or reached in it.
    #[graphql(complexity = "10 * child_complexity")]
    async fn milestones(&self) -> Vec<MilestoneFact> {
        let milestones = self.form.facts.milestones.iter();
        milestones.map(MilestoneFact::from).collect()
    }

    /// How open the answer will be; null until it is chosen, and again once it is given.
    async fn confidentiality(&self) -> Option<Coded<entity::evaluation::Confidentiality>> {
        self.form.confidentiality.map(Into::into)
    }

    /// Whether it has been answered; forgotten when the evaluation closes.
    async fn submitted(&self) -> bool {
        self.form.submitted
    }

    /// Whether an answer is taken now.
    async fn open(&self, ctx: &Context<'_>) -> bool {
        let store = store(ctx);
        !self.form.submitted
            && evaluation::rules::takes_answers(&self.evaluation, store.now(), store.zone())
    }

    /// The own answer with a name, draft or given.
    async fn response(&self, ctx: &Context<'_>) -> Result<Option<EvaluationResponse>> {
        let found = repository::response_of(store(ctx).db(), self.form.id).await?;
        Ok(found.map(EvaluationResponse))
    }
}

/// How one promise was kept in the quarter.
#[derive(SimpleObject)]
#[graphql(name = "EvaluationPromiseFact")]
pub struct PromiseFact {
    /// The global id of the commitment; null on forms compiled before it was kept.
    commitment_id: Option<ID>,
    /// What was promised, Chinese.
    item_zh: String,
    /// What was promised, English.
    item_en: String,
    /// The department in charge; null when the liaison or the service centre is.
    department_id: Option<ID>,
    /// How often it fell due: in time, late and broken together.
    due: i32,
    /// How often it was kept in time.
    in_time: i32,
    /// How often late.
    late: i32,
    /// By how many working days at worst.
    days_late: i32,
    /// How often it was declared missed, or is still owed past its day.
    broken: i32,
    /// How often it was lawfully paused when the form was compiled: it has not fallen due.
    paused: i32,
    /// How often its last day in the quarter had not passed when the form was compiled.
    running: i32,
    /// How often something proves it.
    proven: i32,
    /// How often its time limit was paused.
    pauses: i32,
}

impl From<&form::PromiseFact> for PromiseFact {
    fn from(fact: &form::PromiseFact) -> Self {
        Self {
            commitment_id: fact.commitment_id.map(|id| Kind::Commitment.id(id)),
            item_zh: fact.item.zh.clone(),
            item_en: fact.item.en.clone(),
            department_id: fact.department_id.map(|id| Kind::Department.id(id)),
            due: int(fact.due),
            in_time: int(fact.in_time),
            late: int(fact.late),
            days_late: fact.days_late,
            broken: int(fact.broken),
            paused: int(fact.paused),
            running: int(fact.running),
            proven: int(fact.proven),
            pauses: int(fact.pauses),
        }
    }
}

/// A milestone of the quarter.
#[derive(SimpleObject)]
#[graphql(name = "EvaluationMilestoneFact")]
pub struct MilestoneFact {
    /// The project.
    project: String,
    /// What is reached.
    name: String,
    /// The day first planned.
    planned_on: Option<Date>,
    /// The day it was reached.
    reached_on: Option<Date>,
}

impl From<&form::MilestoneFact> for MilestoneFact {
    fn from(fact: &form::MilestoneFact) -> Self {
        Self {
            project: fact.project.clone(),
            name: fact.name.clone(),
            planned_on: fact.planned_on.map(Into::into),
            reached_on: fact.reached_on.map(Into::into),
        }
    }
}

/// The own answer with a name.
pub struct EvaluationResponse(response::Model);

impl From<response::Model> for EvaluationResponse {
    fn from(row: response::Model) -> Self {
        Self(row)
    }
}

impl Answer for EvaluationResponse {}

/// The own answer with a name.
#[Object]
impl EvaluationResponse {
    /// Who may know whose it is.
    async fn confidentiality(&self) -> Coded<entity::evaluation::Confidentiality> {
        self.0.confidentiality.into()
    }

    /// What was answered.
    async fn answers(&self) -> Answers {
        Answers::from(&self.0.answers)
    }

    /// Whether it has been given; a draft has not.
    async fn submitted(&self) -> bool {
        self.0.submitted
    }

    /// Who has read it, the last one first.
    #[graphql(complexity = "20 * child_complexity")]
    async fn readings(&self, ctx: &Context<'_>) -> Result<Vec<EvaluationReading>> {
        let found = repository::readings_of(store(ctx).db(), self.0.id).await?;
        Ok(found.into_iter().map(EvaluationReading).collect())
    }

    /// Grows by one with every change; send it back as `expectedVersion`.
    async fn version(&self) -> i32 {
        self.0.version
    }
}

/// Somebody has read an answer (查阅记录).
pub struct EvaluationReading(reading::Model);

/// Somebody has read an answer (查阅记录).
#[Object]
impl EvaluationReading {
    /// Who.
    async fn reader(&self, ctx: &Context<'_>) -> Result<Option<Row<Official>>> {
        official(ctx, self.0.account_id).await
    }

    /// When.
    async fn at(&self) -> DateTime {
        self.0.at.into()
    }
}
