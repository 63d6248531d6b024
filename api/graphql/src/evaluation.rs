//! The quarterly evaluation (企业评议) as the API shows it. No count of answers and no figure is told before its time: `entity` decides, not
//! the client.

use std::collections::HashMap;

use api_door::{
    coded::{Coded, plain},
    command::Answer,
    form::{Offered, offered},
    loaders::{self, Batch, by_id},
    operation::{store, viewer},
    page::{self, Connection, SortDirection},
    row::Row,
    scalar::{Date, DateTime, Kind},
};
use async_graphql::{Context, Enum, ID, InputObject, MergedObject, Object, Result, SimpleObject};
use entity::{
    error::Fault,
    evaluation::{
        self,
        commands::{answer, decide as decisions, hand as begun},
        figures::Figures,
        objection, repository, response,
        rules::takes_answers,
        scoring, sheet,
    },
    link,
    store::Store,
    table::Visible,
    text::Search,
    viewer::Viewer as Asking,
};
use uuid::Uuid;

use super::{
    department::{Department, DepartmentById},
    enterprise::{Enterprise, EnterpriseById},
    liaison::{Official, official},
    rectification::{Rectification, RectificationsOfEvaluation},
};

pub mod adopt_design;
pub mod answers;
pub mod decide;
pub mod design;
pub mod figures;
pub mod fill;
pub mod form;
pub mod hand;
pub mod object;
pub mod paper;

pub use answers::Answers;
pub use design::EvaluationDesign;
pub use figures::EvaluationFigures;

/// The evaluation of one quarter (企业评议).
pub struct Evaluation(pub(crate) evaluation::Model);

impl From<evaluation::Model> for Evaluation {
    fn from(row: evaluation::Model) -> Self {
        Self(row)
    }
}

/// The evaluation of one quarter (企业评议).
#[Object]
impl Evaluation {
    /// The global id.
    pub(super) async fn id(&self) -> ID {
        Kind::Evaluation.id(self.0.id)
    }

    /// The quarter: `2026-Q3`.
    async fn quarter(&self) -> &str {
        &self.0.quarter
    }

    /// The first day of the quarter.
    async fn from_on(&self) -> Date {
        self.0.from_on.into()
    }

    /// The last day of the quarter.
    async fn to_on(&self) -> Date {
        self.0.to_on.into()
    }

    /// Where it stands.
    async fn state(&self) -> Coded<evaluation::State> {
        self.0.state.into()
    }

    /// When it was compiled: the last working day of the quarter.
    async fn compiled_on(&self) -> Date {
        self.0.compiled_on.into()
    }

    /// From when on the enterprises answer.
    async fn opens_on(&self) -> Date {
        self.0.opens_on.into()
    }

    /// The last day for answers, until the close of business.
    async fn closes_on(&self) -> Date {
        self.0.closes_on.into()
    }

    /// The day of the scores.
    async fn score_on(&self) -> Date {
        self.0.score_on.into()
    }

    /// The last day for objections of departments.
    async fn objections_until(&self) -> Date {
        self.0.objections_until.into()
    }

    /// By when the leaders decide.
    async fn approve_by(&self) -> Date {
        self.0.approve_by.into()
    }

    /// By when it is published; null until it is approved (公开条例第二十六条).
    async fn publish_by(&self) -> Option<Date> {
        self.0.publish_by.map(Into::into)
    }

    /// When it was approved.
    async fn approved_at(&self) -> Option<DateTime> {
        self.0.approved_at.map(Into::into)
    }

    /// When it was published.
    async fn published_at(&self) -> Option<DateTime> {
        self.0.published_at.map(Into::into)
    }

    /// The wording, weights, points and thresholds it has.
    async fn design(&self, ctx: &Context<'_>) -> Result<Option<EvaluationDesign>> {
        let design = loaders::one::<design::EvaluationDesignById>(ctx, self.0.design_id).await?;
        Ok(design.map(EvaluationDesign))
    }

    /// Where the blank form is downloaded as a workbook, in the reader's language; `?language=zh-CN` and `?language=en` ask for one.
    async fn blank_form_path(&self) -> String {
        format!("{}/form.xlsx", link::evaluation(self.0.id))
    }

    /// The departments that may be rated, as they were called.
    #[graphql(complexity = "14 * child_complexity")]
    async fn departments(&self) -> Vec<RatedDepartment> {
        self.0
            .departments
            .0
            .iter()
            .map(RatedDepartment::from)
            .collect()
    }

    /// The figures in force, as far as the viewer may see them: CENTRE, LEADER and SUPERVISOR all once they are made, a head his
    /// department's, everybody once they are published.
    async fn figures(&self, ctx: &Context<'_>) -> Result<Option<EvaluationFigures>> {
        let revisions = loaders::one::<FiguresOf>(ctx, self.0.id).await?;
        Ok(revisions
            .unwrap_or_default()
            .into_iter()
            .next_back()
            .map(EvaluationFigures))
    }

    /// All figures that were made, the original first: for CENTRE, LEADER and SUPERVISOR. Everybody else gets those in force alone, because
    /// the difference would tell what was left out.
    #[graphql(complexity = "3 * child_complexity")]
    async fn revisions(&self, ctx: &Context<'_>) -> Result<Vec<EvaluationFigures>> {
        let revisions = loaders::one::<FiguresOf>(ctx, self.0.id).await?;
        Ok(revisions
            .unwrap_or_default()
            .into_iter()
            .map(EvaluationFigures)
            .collect())
    }

    /// The objections that the viewer may see (异议).
    #[graphql(complexity = "14 * child_complexity")]
    async fn objections(&self, ctx: &Context<'_>) -> Result<Vec<EvaluationObjection>> {
        let found = loaders::one::<ObjectionsOf>(ctx, self.0.id).await?;
        Ok(found
            .unwrap_or_default()
            .into_iter()
            .map(EvaluationObjection)
            .collect())
    }

    /// The answers with a name that the viewer may open with `evaluationAnswerRead`, from the scores on. Those are missing whose reading
    /// would tell what the others answered.
    #[graphql(complexity = "100 * child_complexity")]
    async fn answers(&self, ctx: &Context<'_>) -> Result<Vec<EvaluationAnswer>> {
        let found = loaders::one::<AnswersOf>(ctx, self.0.id).await?;
        let found = found.unwrap_or_default().into_iter();
        Ok(found.map(EvaluationAnswer::closed).collect())
    }

    /// What was written in words, from the scores on: for CENTRE, LEADER and SUPERVISOR, in an order that reveals nothing.
    async fn words(&self, ctx: &Context<'_>) -> Result<EvaluationWords> {
        let found = loaders::one::<WordsOf>(ctx, self.0.id).await?;
        Ok(EvaluationWords(found.unwrap_or_default()))
    }

    /// What low scores have opened for departments (整改), once the figures are approved.
    #[graphql(complexity = "14 * child_complexity")]
    async fn rectifications(&self, ctx: &Context<'_>) -> Result<Vec<Rectification>> {
        let rows = loaders::one::<RectificationsOfEvaluation>(ctx, self.0.id).await?;
        Ok(rows
            .unwrap_or_default()
            .into_iter()
            .map(Rectification)
            .collect())
    }

    /// How many sheets of paper are under way: for CENTRE.
    async fn sheets(&self, ctx: &Context<'_>) -> Result<Option<paper::SheetCounts>> {
        let found = loaders::one::<SheetsOf>(ctx, self.0.id).await?;
        Ok(found.map(Into::into))
    }

    /// The enterprises in the park that have no form, the first 100 by name, until the evaluation closes: for CENTRE, who may give them one.
    #[graphql(complexity = "10 * child_complexity")]
    async fn unasked(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "Only those whose names or credit code contain it; its first 100 characters count."
        )]
        text: Option<String>,
    ) -> Result<Vec<Row<Enterprise>>> {
        let text = text.as_deref().and_then(Search::of);
        let (db, viewer) = (store(ctx).db(), viewer(ctx));
        let found = repository::unasked(db, viewer, &self.0, text.as_ref()).await?;
        Ok(found.into_iter().map(Enterprise).map(Row).collect())
    }

    /// Whether answers are taken now and the viewer's enterprise has not given its own; false for everybody else (ENTERPRISE).
    async fn awaits_answer(&self, ctx: &Context<'_>) -> Result<bool> {
        let store = store(ctx);
        if !takes_answers(&self.0, store.now(), store.zone()) {
            return Ok(false);
        }
        let found = loaders::one::<AwaitedIn>(ctx, self.0.id).await?;
        Ok(found.unwrap_or_default())
    }

    /// Counts the changes by people and jobs; give it back as `expectedVersion`.
    async fn version(&self) -> i32 {
        self.0.version
    }

    /// The commands for it: whether the viewer may give each one now, and why not.
    #[graphql(complexity = "3 * child_complexity")]
    async fn commands(&self, ctx: &Context<'_>) -> Result<Vec<Offered>> {
        let objections = loaders::one::<ObjectionsOf>(ctx, self.0.id).await?;
        let objections = objections.unwrap_or_default();
        let (store, viewer) = (store(ctx), viewer(ctx));
        let mut offers = decisions::offered(viewer, &self.0, &objections, store.today());
        offers.extend(begun::offered(viewer, &self.0, store.now(), store.zone()));
        Ok(offered(ctx, offers, None))
    }
}

by_id! {
    /// Evaluations by key.
    EvaluationById: evaluation::Model = evaluation::Entity::of_ids
}

/// A [`Batch`] of what belongs to evaluations: `Name: Value = read`, where `read` is given the evaluations that the viewer may know of.
macro_rules! of_evaluations {
    ($(#[$meta:meta])* $name:ident: $value:ty = $read:path) => {
        $(#[$meta])*
        pub struct $name;

        impl Batch for $name {
            type Key = Uuid;
            type Value = $value;

            async fn load(
                store: &Store,
                viewer: &Asking,
                keys: &[Uuid],
            ) -> std::result::Result<HashMap<Uuid, $value>, Fault> {
                let rows = evaluation::Entity::of_ids(store.db(), viewer, keys).await?;
                $read(store.db(), viewer, &rows).await
            }
        }
    };
}

of_evaluations! {
    /// The figures of evaluations.
    FiguresOf: Vec<Figures> = repository::figures
}

of_evaluations! {
    /// The objections of evaluations.
    ObjectionsOf: Vec<objection::Model> = repository::objections
}

of_evaluations! {
    /// The answers with a name that may be read one by one.
    AnswersOf: Vec<response::Model> = repository::answers
}

of_evaluations! {
    /// What was written in words.
    WordsOf: repository::Words = repository::words
}

of_evaluations! {
    /// The states of the sheets of evaluations.
    SheetsOf: Vec<sheet::State> = repository::sheets
}

of_evaluations! {
    /// Whether the viewer's enterprise is asked and has not answered.
    AwaitedIn: bool = repository::awaited
}

/// A department as it was called when the evaluation was compiled.
#[derive(SimpleObject)]
pub struct RatedDepartment {
    /// The department.
    id: ID,
    /// Its number in the park's list.
    number: i32,
    /// Its name, Chinese.
    name_zh: String,
    /// Its name, English.
    name_en: String,
}

impl From<&evaluation::Rated> for RatedDepartment {
    fn from(rated: &evaluation::Rated) -> Self {
        Self {
            id: Kind::Department.id(rated.id),
            number: rated.number,
            name_zh: rated.name_zh.clone(),
            name_en: rated.name_en.clone(),
        }
    }
}

/// An objection of a department to what is said of it (异议).
pub struct EvaluationObjection(pub(crate) objection::Model);

impl From<objection::Model> for EvaluationObjection {
    fn from(row: objection::Model) -> Self {
        Self(row)
    }
}

/// An objection of a department to what is said of it (异议).
#[Object]
impl EvaluationObjection {
    /// The global id.
    pub(super) async fn id(&self) -> ID {
        Kind::EvaluationObjection.id(self.0.id)
    }

    /// The department.
    async fn department(&self, ctx: &Context<'_>) -> Result<Option<Row<Department>>> {
        let department = loaders::one::<DepartmentById>(ctx, self.0.department_id).await?;
        Ok(department.map(Department).map(Row))
    }

    /// Where it stands.
    async fn state(&self) -> Coded<objection::State> {
        self.0.state.into()
    }

    /// What is mistaken, and why.
    async fn reason(&self) -> &str {
        &self.0.reason
    }

    /// When it was raised.
    async fn raised_at(&self) -> DateTime {
        self.0.raised_at.into()
    }

    /// Whether it is proposed to uphold it; null before a proposal.
    async fn uphold(&self) -> Option<bool> {
        self.0.uphold
    }

    /// Why that is proposed.
    async fn opinion(&self) -> Option<&str> {
        self.0.opinion.as_deref()
    }

    /// The named answers that are left out when it is upheld.
    #[graphql(complexity = "20")]
    async fn excluded(&self) -> Vec<ID> {
        let excluded = self.0.excluded.0.iter();
        excluded.map(|id| Kind::EvaluationAnswer.id(*id)).collect()
    }

    /// Who proposed it.
    async fn proposed_by(&self, ctx: &Context<'_>) -> Result<Option<Row<Official>>> {
        official(ctx, self.0.proposed_by).await
    }

    /// Who decided: never who proposed.
    async fn decided_by(&self, ctx: &Context<'_>) -> Result<Option<Row<Official>>> {
        official(ctx, self.0.decided_by).await
    }

    /// When it was decided.
    async fn decided_at(&self) -> Option<DateTime> {
        self.0.decided_at.map(Into::into)
    }

    /// Grows by one with every change; send it back as `expectedVersion`.
    async fn version(&self) -> i32 {
        self.0.version
    }
}

by_id! {
    /// Objections by key.
    EvaluationObjectionById: objection::Model = repository::objections_by_ids
}

/// An answer that bears the enterprise's name (实名答卷).
pub struct EvaluationAnswer {
    response: response::Model,
    open: bool,
}

impl EvaluationAnswer {
    /// One of a list: what was answered is told only to who opens it.
    fn closed(response: response::Model) -> Self {
        Self {
            response,
            open: false,
        }
    }
}

impl From<response::Model> for EvaluationAnswer {
    fn from(response: response::Model) -> Self {
        Self {
            response,
            open: true,
        }
    }
}

impl Answer for EvaluationAnswer {}

/// An answer that bears the enterprise's name (实名答卷).
#[Object]
impl EvaluationAnswer {
    /// What `evaluationAnswerRead` and a proposal on an objection take.
    async fn id(&self) -> ID {
        Kind::EvaluationAnswer.id(self.response.id)
    }

    /// Whose it is.
    async fn enterprise(&self, ctx: &Context<'_>) -> Result<Option<Row<Enterprise>>> {
        let enterprise = loaders::one::<EnterpriseById>(ctx, self.response.enterprise_id).await?;
        Ok(enterprise.map(Enterprise).map(Row))
    }

    /// Who may know whose it is.
    async fn confidentiality(&self) -> Coded<evaluation::Confidentiality> {
        self.response.confidentiality.into()
    }

    /// What was answered, as far as the viewer may read it; null in a list, because whoever opens it is written down.
    async fn answers(&self) -> Option<Answers> {
        self.open.then(|| Answers::from(&self.response.answers))
    }
}

/// What the enterprises wrote, in an order that reveals nothing.
pub struct EvaluationWords(repository::Words);

/// What the enterprises wrote, in an order that reveals nothing.
#[Object]
impl EvaluationWords {
    /// The one thing that government should help to solve (E1).
    #[graphql(complexity = "100")]
    async fn wishes(&self) -> &[String] {
        &self.0.wishes
    }

    /// Comments, suggestions, praise (E2).
    #[graphql(complexity = "100")]
    async fn comments(&self) -> &[String] {
        &self.0.comments
    }

    /// How those may be reached who want to be called back (F1); kept apart from what they answered.
    #[graphql(complexity = "100")]
    async fn call_backs(&self) -> &[String] {
        &self.0.call_backs
    }

    /// An intermediary imposed, a levy without basis (D4, D5): for the SUPERVISOR alone.
    #[graphql(complexity = "100 * child_complexity")]
    async fn leads(&self) -> Vec<EvaluationLead> {
        let leads = self.0.leads.iter();
        leads
            .map(|(check, enterprise)| EvaluationLead {
                check: (*check).into(),
                enterprise: *enterprise,
            })
            .collect()
    }
}

/// A lead for the supervisor (线索).
pub struct EvaluationLead {
    check: Coded<entity::evaluation::answers::Check>,
    enterprise: Option<Uuid>,
}

/// A lead for the supervisor (线索).
#[Object]
impl EvaluationLead {
    /// What was answered with "yes".
    async fn check(&self) -> Coded<entity::evaluation::answers::Check> {
        self.check
    }

    /// By whom; null when the answer bore no name.
    async fn enterprise(&self, ctx: &Context<'_>) -> Result<Option<Row<Enterprise>>> {
        let Some(key) = self.enterprise else {
            return Ok(None);
        };
        let enterprise = loaders::one::<EnterpriseById>(ctx, key).await?;
        Ok(enterprise.map(Enterprise).map(Row))
    }
}

/// One of several states.
#[derive(InputObject)]
pub struct EvaluationStateIn {
    /// The state is one of these.
    one_of: Vec<Coded<evaluation::State>>,
}

/// Narrows a list of evaluations: all conditions hold.
#[derive(Default, InputObject)]
pub struct EvaluationFilter {
    /// In one of these states.
    state: Option<EvaluationStateIn>,
    /// Of this quarter: `2026-Q3`.
    quarter: Option<String>,
}

/// How enterprises found a liaison over four quarters; never a figure (专员等次).
pub struct LiaisonBand {
    liaison: Uuid,
    band: Option<scoring::Band>,
}

/// How enterprises found a liaison over four quarters; never a figure (专员等次).
#[Object(name = "EvaluationLiaisonBand")]
impl LiaisonBand {
    /// The liaison.
    async fn liaison(&self, ctx: &Context<'_>) -> Result<Option<Row<Official>>> {
        official(ctx, self.liaison).await
    }

    /// The band; null where too few have said something.
    async fn band(&self) -> Option<Coded<entity::evaluation::scoring::Band>> {
        self.band.map(Into::into)
    }
}

/// By what a list of evaluations may be sorted.
#[derive(Clone, Copy, PartialEq, Eq, Enum)]
pub enum EvaluationSortField {
    /// Its quarter.
    Quarter,
}

/// The order of a list of evaluations.
#[derive(InputObject)]
pub struct EvaluationSort {
    /// By what.
    #[graphql(default_with = "EvaluationSortField::Quarter")]
    field: EvaluationSortField,
    /// In which direction.
    #[graphql(default_with = "SortDirection::Asc")]
    direction: SortDirection,
}

/// Reads of evaluations.
#[derive(Default)]
pub struct EvaluationQuery;

#[Object]
impl EvaluationQuery {
    /// Evaluations: the published ones for everybody, all of them for those who work with them or are asked.
    #[allow(clippy::too_many_arguments, reason = "the arguments of a connection")]
    #[graphql(complexity = "page::cost(first, last, child_complexity)")]
    async fn evaluations(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many from the start.")] first: Option<i32>,
        #[graphql(desc = "How many from the end.")] last: Option<i32>,
        #[graphql(desc = "Only after this cursor.")] after: Option<String>,
        #[graphql(desc = "Only before this cursor.")] before: Option<String>,
        #[graphql(name = "where", desc = "Narrows the list.")] filter: Option<EvaluationFilter>,
        #[graphql(desc = "The order, by the quarter unless said otherwise.")] sort_by: Option<
            Vec<EvaluationSort>,
        >,
    ) -> Result<Connection<Evaluation>> {
        let request = page::request(ctx, first, last, after, before)?;
        let filter = filter.unwrap_or_default();
        let states = |any: EvaluationStateIn| plain(any.one_of);
        let filter = repository::Filter {
            states: filter.state.map(states),
            quarter: filter.quarter,
        };
        let sort = page::order(sort_by.unwrap_or_default(), |sort| {
            (sort.field, sort.direction)
        })?;
        let descending = sort.first().is_some_and(|(_, descending)| *descending);
        let (db, viewer) = (store(ctx).db(), viewer(ctx));
        let rows = repository::page(db, viewer, &filter, descending, &request).await?;
        Ok(page::connection(rows, |row| row.id))
    }

    /// One evaluation; `NOT_FOUND` when this viewer may not know of it.
    async fn evaluation(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Its id.")] id: ID,
    ) -> Result<Evaluation> {
        let key = Kind::Evaluation.require(&id)?;
        let found = loaders::one::<EvaluationById>(ctx, key).await?;
        Ok(found.map(Evaluation).ok_or(Fault::NotFound)?)
    }

    /// The form of an enterprise: by the secret of its invitation, or its own as a contact. Reading it changes nothing. `NOT_FOUND` when
    /// the link is unknown, used or over.
    async fn evaluation_form(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which form.")] access: form::AccessInput,
    ) -> Result<form::EvaluationForm> {
        let opened = answer::open(store(ctx), viewer(ctx), &access.read()?).await?;
        Ok(form::EvaluationForm::from(opened))
    }

    /// As SUPERVISOR: the band of each liaison over the last four approved evaluations, as far as enterprises gave their names; empty
    /// before there have been four, and for everybody else.
    #[graphql(complexity = "20 * child_complexity")]
    async fn evaluation_liaison_bands(&self, ctx: &Context<'_>) -> Result<Vec<LiaisonBand>> {
        let found = repository::liaison_bands(store(ctx).db(), viewer(ctx)).await?;
        Ok(found
            .into_iter()
            .map(|(liaison, band)| LiaisonBand { liaison, band })
            .collect())
    }

    /// CENTRE: the sheet with this code, to be typed in; `NOT_FOUND` when there is none, or no longer.
    async fn evaluation_sheet(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The code on the sheet.")] code: String,
    ) -> Result<paper::EvaluationSheet> {
        paper::EvaluationSheet::find(ctx, &code).await
    }

    /// The wording, weights, points and thresholds of the next evaluation (评议方案).
    async fn evaluation_design(&self, ctx: &Context<'_>) -> Result<EvaluationDesign> {
        let design = repository::next_design(store(ctx)).await?;
        Ok(EvaluationDesign(design))
    }
}

/// Changes of evaluations.
#[derive(MergedObject, Default)]
pub struct EvaluationMutation(
    adopt_design::EvaluationAdoptDesignMutation,
    fill::EvaluationFillMutation,
    paper::EvaluationPaperMutation,
    object::EvaluationObjectMutation,
    decide::EvaluationDecideMutation,
    hand::EvaluationHandMutation,
);
