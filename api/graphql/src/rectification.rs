//! Rectifications (整改) in the API.

use std::collections::HashMap;

use api_door::{
    coded::{Coded, plain},
    form::{Input, Offered, Payload, offered, run},
    loaders::{self, Batch, by_id, by_owner},
    operation::{store, viewer},
    page::{self, Connection, SortDirection},
    row::Row,
    scalar::{Date, DateTime, Kind},
};
use async_graphql::{Context, Enum, ID, InputObject, Object, Result};
use entity::{
    deadline,
    error::Fault,
    rectification::{
        self,
        commands::{self, Target},
        repository, rules,
    },
    store::Store,
    table::Visible,
    text::Search,
    viewer::{Role, Viewer},
};
use uuid::Uuid;

use super::{
    deadline::DeadlineById,
    department::{Department, DepartmentById},
    enterprise::{Enterprise, EnterpriseById},
    evaluation::{Evaluation, EvaluationById},
    liaison::{Official, official},
    obligation::{Obligation, ObligationById},
    rating::{Rating, RatingsOfObligation},
};

/// The work that a low mark opens for the department that was rated (整改).
pub struct Rectification(pub(crate) rectification::Model);

impl From<rectification::Model> for Rectification {
    fn from(row: rectification::Model) -> Self {
        Self(row)
    }
}

/// The work that a low mark opens for the department that was rated (整改).
#[Object]
impl Rectification {
    /// The global id.
    pub(super) async fn id(&self) -> ID {
        Kind::Rectification.id(self.0.id)
    }

    /// The evaluation in which the department scored low; null when a single service was rated badly.
    async fn evaluation(&self, ctx: &Context<'_>) -> Result<Option<Evaluation>> {
        let Some(id) = self.0.evaluation_id else {
            return Ok(None);
        };
        let row = loaders::one::<EvaluationById>(ctx, id).await?;
        Ok(row.map(Evaluation))
    }

    /// The service that was rated badly; null for the windows of the department.
    async fn obligation(&self, ctx: &Context<'_>) -> Result<Option<Row<Obligation>>> {
        let Some(id) = self.0.obligation_id else {
            return Ok(None);
        };
        let row = loaders::one::<ObligationById>(ctx, id).await?;
        Ok(row.map(Obligation).map(Row))
    }

    /// Who rated it; null of a score, and for the windows of the department.
    async fn enterprise(&self, ctx: &Context<'_>) -> Result<Option<Row<Enterprise>>> {
        let Some(id) = self.0.enterprise_id else {
            return Ok(None);
        };
        let row = loaders::one::<EnterpriseById>(ctx, id).await?;
        Ok(row.map(Enterprise).map(Row))
    }

    /// The department that was rated; null when the service centre was.
    async fn department(&self, ctx: &Context<'_>) -> Result<Option<Row<Department>>> {
        let Some(id) = self.0.department_id else {
            return Ok(None);
        };
        let row = loaders::one::<DepartmentById>(ctx, id).await?;
        Ok(row.map(Department).map(Row))
    }

    /// The ratings: the bad one, and one for each reply.
    #[graphql(complexity = "3 * child_complexity")]
    async fn ratings(&self, ctx: &Context<'_>) -> Result<Vec<Rating>> {
        let Some(id) = self.0.obligation_id else {
            return Ok(Vec::new());
        };
        let rows = loaders::one::<RatingsOfObligation>(ctx, id).await?;
        Ok(rows.unwrap_or_default().into_iter().map(Rating).collect())
    }

    /// What was rated as it was called, and the figure of a low score; Chinese.
    async fn about_zh(&self) -> &str {
        &self.0.about_zh
    }

    /// English.
    async fn about_en(&self) -> &str {
        &self.0.about_en
    }

    /// Where it stands.
    async fn state(&self) -> Coded<rectification::State> {
        self.0.state.into()
    }

    /// Whether a reply did not satisfy.
    async fn reopened(&self) -> bool {
        self.0.reopened
    }

    /// By when somebody calls back (回访期限).
    async fn contact_by(&self, ctx: &Context<'_>) -> Result<Date> {
        let limit = limit(ctx, self.0.contact_deadline_id).await?;
        Ok(limit.due_on.into())
    }

    /// By when the department replies (答复期限); of an appeal, the limit that ended with it.
    async fn reply_by(&self, ctx: &Context<'_>) -> Result<Date> {
        let limit = limit(ctx, self.0.reply_deadline_id).await?;
        Ok(limit.due_on.into())
    }

    /// Whether a call-back or a reply should have come before today.
    async fn overdue(&self, ctx: &Context<'_>) -> Result<bool> {
        let today = store(ctx).today();
        let contact = limit(ctx, self.0.contact_deadline_id).await?;
        let reply = limit(ctx, self.0.reply_deadline_id).await?;
        let has_passed = |limit: &deadline::Model| limit.state.is_open() && limit.due_on < today;
        Ok(has_passed(&contact) || has_passed(&reply))
    }

    /// What was said at the call-back.
    async fn contact(&self) -> Option<&str> {
        self.0.contact.as_deref()
    }

    /// What the department found.
    async fn verification(&self) -> Option<Coded<rectification::Verification>> {
        self.0.verification.map(Into::into)
    }

    /// What it found, in words.
    async fn finding(&self) -> Option<&str> {
        self.0.finding.as_deref()
    }

    /// How much there is to do.
    async fn complexity(&self) -> Option<Coded<rectification::Complexity>> {
        self.0.complexity.map(Into::into)
    }

    /// What is going to be done.
    async fn plan(&self) -> Option<&str> {
        self.0.plan.as_deref()
    }

    /// What was done.
    async fn reply(&self) -> Option<&str> {
        self.0.reply.as_deref()
    }

    /// Why the rating should not count; null for enterprises.
    async fn appeal(&self, ctx: &Context<'_>) -> Option<&str> {
        self.0.appeal.as_deref().filter(|_| is_inside(ctx))
    }

    /// What is proposed on the appeal: that the rating does not count; null for enterprises.
    async fn exclude(&self, ctx: &Context<'_>) -> Option<bool> {
        self.0.exclude.filter(|_| is_inside(ctx))
    }

    /// Why it is proposed; null for enterprises.
    async fn opinion(&self, ctx: &Context<'_>) -> Option<&str> {
        self.0.opinion.as_deref().filter(|_| is_inside(ctx))
    }

    /// Who proposed it; null for enterprises.
    async fn proposed_by(&self, ctx: &Context<'_>) -> Result<Option<Row<Official>>> {
        official(ctx, self.0.proposed_by.filter(|_| is_inside(ctx))).await
    }

    /// What was decided on the appeal, whatever had been proposed: that the rating does not count; null for enterprises.
    async fn excluded(&self, ctx: &Context<'_>) -> Option<bool> {
        self.0.excluded.filter(|_| is_inside(ctx))
    }

    /// Who decided: somebody else; null for enterprises.
    async fn decided_by(&self, ctx: &Context<'_>) -> Result<Option<Row<Official>>> {
        official(ctx, self.0.decided_by.filter(|_| is_inside(ctx))).await
    }

    /// The written conclusion with which the supervisor has ended it (督办结论).
    async fn settlement(&self) -> Option<&str> {
        self.0.settlement.as_deref()
    }

    /// When it was opened.
    async fn opened_at(&self) -> DateTime {
        self.0.opened_at.into()
    }

    /// When it ended; null while somebody still has something to do.
    async fn ended_at(&self) -> Option<DateTime> {
        self.0.ended_at.map(Into::into)
    }

    /// What the viewer can do with it now, in order.
    #[graphql(complexity = "3")]
    async fn acts(&self, ctx: &Context<'_>) -> Vec<Coded<rectification::Act>> {
        let acts = rules::open_to(viewer(ctx), &self.0);
        acts.into_iter().map(Into::into).collect()
    }

    /// What may be done with it, and why not now; rating again has an input of its own and stands in `acts`.
    #[graphql(complexity = "9 * child_complexity")]
    async fn commands(&self, ctx: &Context<'_>) -> Vec<Offered> {
        let proposal = Some(commands::proposal(&self.0)).filter(|_| is_inside(ctx));
        let offers = commands::offered(viewer(ctx), &self.0);
        offered(ctx, offers, proposal.as_ref())
    }

    /// Grows by one with every change; for `expectedVersion`.
    async fn version(&self) -> i32 {
        self.0.version
    }
}

/// How an appeal is decided is the park's own affair.
fn is_inside(ctx: &Context<'_>) -> bool {
    viewer(ctx).role() != Some(Role::Enterprise)
}

async fn limit(ctx: &Context<'_>, id: Uuid) -> Result<deadline::Model> {
    let row = loaders::one::<DeadlineById>(ctx, id).await?;
    Ok(row.ok_or_else(|| Fault::Internal("a rectification without limit".to_owned()))?)
}

by_id! {
    /// Rectifications by key.
    RectificationById: rectification::Model = rectification::Entity::of_ids
}

/// What bad ratings of services have opened.
pub struct RectificationOfObligation;

impl Batch for RectificationOfObligation {
    type Key = Uuid;
    type Value = rectification::Model;

    async fn load(
        store: &Store,
        viewer: &Viewer,
        keys: &[Uuid],
    ) -> Result<HashMap<Uuid, rectification::Model>, Fault> {
        let rows = repository::of_obligations(store.db(), viewer, keys).await?;
        let keyed = |row: rectification::Model| Some((row.obligation_id?, row));
        Ok(rows.into_iter().filter_map(keyed).collect())
    }
}

by_owner! {
    /// What low scores in evaluations have opened.
    RectificationsOfEvaluation: rectification::Model = repository::of_evaluations, by |row| row.evaluation_id.unwrap_or_default();
    /// What departments have still to work off.
    OpenRectificationsOfDepartment: rectification::Model = repository::under_way_of, by |row| row.department_id.unwrap_or_default();
}

/// Which states are wanted.
#[derive(Clone, Debug, InputObject)]
pub struct RectificationStateFilter {
    /// One of these.
    one_of: Vec<Coded<rectification::State>>,
}

/// Which rectifications are wanted: all conditions hold.
#[derive(Clone, Debug, Default, InputObject)]
pub struct RectificationFilter {
    /// In which states.
    state: Option<RectificationStateFilter>,
    /// Of which department.
    department_id: Option<ID>,
    /// After a rating by which enterprise.
    enterprise_id: Option<ID>,
    /// After which evaluation.
    evaluation_id: Option<ID>,
    /// What it is about, or the names, the credit code or the number of a contract of the enterprise contain this text.
    text: Option<String>,
}

/// By what rectifications are sorted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum RectificationSortField {
    /// When they were opened.
    OpenedAt,
}

/// The order of rectifications.
#[derive(Clone, InputObject)]
pub struct RectificationSort {
    /// By what.
    #[graphql(default_with = "RectificationSortField::OpenedAt")]
    pub field: RectificationSortField,
    /// In which direction.
    #[graphql(default_with = "SortDirection::Asc")]
    pub direction: SortDirection,
}

/// Reading rectifications.
#[derive(Default)]
pub struct RectificationQuery;

#[Object]
impl RectificationQuery {
    /// One rectification; null when it does not exist for this viewer.
    async fn rectification(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The global id of the rectification.")] id: ID,
    ) -> Result<Option<Rectification>> {
        let Some(key) = Kind::Rectification.key(&id) else {
            return Ok(None);
        };
        let row = loaders::one::<RectificationById>(ctx, key).await?;
        Ok(row.map(Rectification))
    }

    /// The rectifications this viewer may know of, by when they were opened.
    #[graphql(complexity = "page::cost(first, last, child_complexity)")]
    #[allow(clippy::too_many_arguments, reason = "the arguments of a connection")]
    async fn rectifications(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many from the start.")] first: Option<i32>,
        #[graphql(desc = "How many from the end.")] last: Option<i32>,
        #[graphql(desc = "After this cursor.")] after: Option<String>,
        #[graphql(desc = "Before this cursor.")] before: Option<String>,
        #[graphql(name = "where", desc = "Which rectifications.")] filter: Option<
            RectificationFilter,
        >,
        #[graphql(desc = "The order; the id decides among equals.")] sort_by: Option<
            RectificationSort,
        >,
    ) -> Result<Connection<Rectification>> {
        let request = page::request(ctx, first, last, after, before)?;
        let filter = filter.unwrap_or_default();
        let key = |kind: Kind, id: Option<ID>| id.map(|id| kind.require(&id)).transpose();
        let wanted = repository::Filter {
            states: filter.state.map(|state| plain(state.one_of)),
            department_id: key(Kind::Department, filter.department_id)?,
            enterprise_id: key(Kind::Enterprise, filter.enterprise_id)?,
            evaluation_id: key(Kind::Evaluation, filter.evaluation_id)?,
            text: filter.text.as_deref().and_then(Search::of),
        };
        let descending = sort_by.is_some_and(|sort| sort.direction == SortDirection::Desc);
        let rows =
            repository::page(store(ctx).db(), viewer(ctx), &wanted, descending, &request).await?;
        Ok(page::connection(rows, |row| row.id))
    }
}

/// The rectification a mutation is about and the version that was seen.
pub(super) fn target(id: &ID, expected_version: i32) -> Result<Target, Fault> {
    Ok(Target {
        id: Kind::Rectification.require(id)?,
        expected_version,
    })
}

/// What a mutation answers.
type Answer<C> = Payload<C, Rectification>;

/// What happens to rectifications.
#[derive(Default)]
pub struct RectificationMutation;

#[Object]
impl RectificationMutation {
    /// Records the call-back, due within one working day (回访). Every bad rating with a name is called back; to a low score the department gets
    /// in touch with the service centre.
    async fn rectification_contact(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The call-back.")] input: Input<commands::Contact>,
    ) -> Result<Answer<commands::Contact>> {
        run(ctx, input, commands::contact).await
    }

    /// Records what the department found (核实).
    async fn rectification_verify(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What was found.")] input: Input<commands::Verify>,
    ) -> Result<Answer<commands::Verify>> {
        run(ctx, input, commands::verify).await
    }

    /// Records what is going to be done (制定措施). What is complex has ten more working days, if it is said in time.
    async fn rectification_plan(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The plan.")] input: Input<commands::Plan>,
    ) -> Result<Answer<commands::Plan>> {
        run(ctx, input, commands::plan).await
    }

    /// Replies what was done (反馈): the enterprise is asked to rate again.
    async fn rectification_feed_back(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The reply.")] input: Input<commands::FeedBack>,
    ) -> Result<Answer<commands::FeedBack>> {
        run(ctx, input, commands::feed_back).await
    }

    /// Appeals a rating that was found mistaken or malicious (申诉): two people of the service centre or the supervisor decide.
    async fn rectification_appeal(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The appeal.")] input: Input<commands::Appeal>,
    ) -> Result<Answer<commands::Appeal>> {
        run(ctx, input, commands::appeal).await
    }

    /// As CENTRE or SUPERVISOR: proposes what to decide on an appeal. It may be proposed anew until it is decided.
    async fn rectification_propose(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The proposal.")] input: Input<commands::Propose>,
    ) -> Result<Answer<commands::Propose>> {
        run(ctx, input, commands::propose).await
    }

    /// As CENTRE or SUPERVISOR, somebody else than who proposed: decides on an appeal. A rating that stands must be resolved within a new limit.
    async fn rectification_decide(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The decision.")] input: Input<commands::Decide>,
    ) -> Result<Answer<commands::Decide>> {
        run(ctx, input, commands::decide).await
    }

    /// As CENTRE: accepts the reply to a low score, or returns it once, then to the supervisor (审核反馈). Those who rated without a name cannot
    /// be asked.
    async fn rectification_conclude(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What is thought of it.")] input: Input<commands::Conclude>,
    ) -> Result<Answer<commands::Conclude>> {
        run(ctx, input, commands::conclude).await
    }

    /// As SUPERVISOR: ends with a written conclusion what two replies did not solve (督办结案). The department and the enterprise are told.
    async fn rectification_settle(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The conclusion.")] input: Input<commands::Settle>,
    ) -> Result<Answer<commands::Settle>> {
        run(ctx, input, commands::settle).await
    }
}
