//! Obligations in the API.

use api_door::{
    coded::{Coded, plain},
    error::bad_request,
    form::{Input, Offered, Payload, offered, run},
    loaders,
    operation::{store, viewer},
    page::{self, Connection, SortDirection},
    row::Row,
    scalar::{Date, DateTime, Kind, int},
};
use async_graphql::{Context, Enum, ID, InputObject, Object, Result};
use chrono::{Days, NaiveDate};
use entity::{
    acknowledgement::{
        self,
        commands::{Acknowledge, acknowledge},
    },
    calendar::rules::Calendar,
    command::{Command, Offer},
    commitment,
    deadline::{self, rules::Approver},
    error::{Explain, Fault},
    liaison,
    obligation::{
        self,
        commands::{self, limit},
        repository, rules,
    },
    permission::{self, Action, Standing},
    rating,
    supervision::{
        self,
        commands::{Order, order},
    },
    text::Search,
};
use futures::{future::join_all, join};

use super::{
    calendar::CalendarDay,
    comment::{Comment, CommentsOfObligation, comments},
    commitment::{Commitment, CommitmentById},
    contract::{Contract, ContractById},
    deadline::{Deadline, DeadlineById, calendar_in_force},
    document::{Document, DocumentById, attached},
    enterprise::{Enterprise, EnterpriseById},
    liaison::{Official, official},
    range::{self, DayRange},
    rating::{Rating, RatingsOfObligation},
    rectification::{Rectification, RectificationOfObligation},
    supervision::{OrdersOfObligation, SupervisionOrder},
};

mod batches;
pub mod counter;

pub use batches::{
    HeadedDepartments, KeptBy, LastKept, ObligationById, OpenObligationsOfEnterprise, OrdersAbout,
    OwnersOfObligation, RestingUntil, StandingTo,
};

/// An obligation (履约事项): one occasion on which a commitment must be kept.
pub struct Obligation(pub(crate) obligation::Model);

impl From<obligation::Model> for Obligation {
    fn from(row: obligation::Model) -> Self {
        Self(row)
    }
}

/// An obligation (履约事项): one occasion on which a commitment must be kept.
#[Object]
impl Obligation {
    /// The global id.
    pub(super) async fn id(&self) -> ID {
        Kind::Obligation.id(self.0.id)
    }

    /// The promise.
    async fn commitment(&self, ctx: &Context<'_>) -> Result<Option<Row<Commitment>>> {
        Ok(loaders::one::<CommitmentById>(ctx, self.0.commitment_id)
            .await?
            .map(Commitment)
            .map(Row))
    }

    /// The contract.
    async fn contract(&self, ctx: &Context<'_>) -> Result<Option<Row<Contract>>> {
        Ok(loaders::one::<ContractById>(ctx, self.0.contract_id)
            .await?
            .map(Contract)
            .map(Row))
    }

    /// The enterprise to which it is owed.
    async fn enterprise(&self, ctx: &Context<'_>) -> Result<Option<Row<Enterprise>>> {
        let row = loaders::one::<EnterpriseById>(ctx, self.0.enterprise_id).await?;
        Ok(row.map(Enterprise).map(Row))
    }

    /// Its time limit (时限), with its light and the explanation of its due date.
    async fn deadline(&self, ctx: &Context<'_>) -> Result<Row<Deadline>> {
        Ok(Row(Deadline(self.limit(ctx).await?)))
    }

    /// Who has to fulfil it now (责任人): the liaison or the deputy, everybody of the service centre, or the heads of the
    /// department; and whoever stands in for one of them on leave.
    #[graphql(complexity = "3 * child_complexity")]
    async fn owners(&self, ctx: &Context<'_>) -> Result<Vec<Row<Official>>> {
        let ids = loaders::one::<OwnersOfObligation>(ctx, self.0.id).await?;
        let mut owners = Vec::new();
        for owner in join_all(
            ids.unwrap_or_default()
                .into_iter()
                .map(|id| official(ctx, id)),
        )
        .await
        {
            owners.extend(owner?);
        }
        Ok(owners)
    }

    /// What it is for: "once", "2026-W38", "2026-09", or the event that opened it.
    async fn occasion(&self) -> &str {
        &self.0.occasion
    }

    /// What happened, for a promise that an event opens.
    async fn event_note(&self) -> Option<&str> {
        self.0.event_note.as_deref()
    }

    /// Where it stands.
    async fn state(&self) -> Coded<obligation::State> {
        self.0.state.into()
    }

    /// When it was opened.
    async fn opened_at(&self) -> DateTime {
        self.0.opened_at.into()
    }

    /// When it was closed: of what was kept, when that was entered.
    async fn closed_at(&self) -> Option<DateTime> {
        self.0.closed_at.map(DateTime)
    }

    /// On which day it was done (办理日期); null unless it was kept.
    async fn done_on(&self, ctx: &Context<'_>) -> Result<Option<Date>> {
        if self.0.state != obligation::State::Fulfilled {
            return Ok(None);
        }
        Ok(self.limit(ctx).await?.closed_on.map(Date))
    }

    /// Why it was entered on a later day than it was done (补录理由).
    async fn backdating_reason(&self) -> Option<&str> {
        self.0.backdating_reason.as_deref()
    }

    /// The file that proves it, the first of several (履约凭证); null when there is none, or when it is not for this viewer.
    async fn evidence_document(&self, ctx: &Context<'_>) -> Result<Option<Document>> {
        let Some(id) = self.0.evidence_document_id else {
            return Ok(None);
        };
        Ok(loaders::one::<DocumentById>(ctx, id).await?.map(Document))
    }

    /// All files that prove it, in their order, at most ten; without those that are not for this viewer.
    #[graphql(complexity = "3 * child_complexity")]
    async fn evidence_documents(&self, ctx: &Context<'_>) -> Result<Vec<Document>> {
        // What has no first file has no further ones.
        let Some(first) = self.0.evidence_document_id else {
            return Ok(Vec::new());
        };
        attached(ctx, Some(first), self.0.id).await
    }

    /// The note that proves it.
    async fn evidence_note(&self) -> Option<&str> {
        self.0.evidence_note.as_deref()
    }

    /// By how many working days it was late when it was closed.
    async fn days_late(&self) -> Option<i32> {
        self.0.days_late
    }

    /// Why it was missed or cancelled; the enterprise reads it.
    async fn public_reason(&self) -> Option<&str> {
        self.0.public_reason.as_deref()
    }

    /// How the enterprise has rated it (单项评价): the service, then each reply to a bad rating.
    #[graphql(complexity = "3 * child_complexity")]
    async fn ratings(&self, ctx: &Context<'_>) -> Result<Vec<Rating>> {
        let rows = loaders::one::<RatingsOfObligation>(ctx, self.0.id).await?;
        Ok(rows.unwrap_or_default().into_iter().map(Rating).collect())
    }

    /// What a bad rating has opened (整改).
    async fn rectification(&self, ctx: &Context<'_>) -> Result<Option<Rectification>> {
        let row = loaders::one::<RectificationOfObligation>(ctx, self.0.id).await?;
        Ok(row.map(Rectification))
    }

    /// The orders to answer for it (督办单), the oldest first; none for an enterprise.
    #[graphql(complexity = "2 * child_complexity")]
    async fn supervision_orders(&self, ctx: &Context<'_>) -> Result<Vec<SupervisionOrder>> {
        let orders = loaders::one::<OrdersOfObligation>(ctx, self.0.id).await?;
        let orders = orders.unwrap_or_default().into_iter();
        Ok(orders.map(SupervisionOrder).collect())
    }

    /// The comments about it (留言) that this viewer may read, the oldest first.
    #[graphql(complexity = "page::cost(first, last, child_complexity)")]
    async fn comments(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many from the start.")] first: Option<i32>,
        #[graphql(desc = "How many from the end.")] last: Option<i32>,
        #[graphql(desc = "After this cursor.")] after: Option<String>,
        #[graphql(desc = "Before this cursor.")] before: Option<String>,
    ) -> Result<Connection<Comment>> {
        comments::<CommentsOfObligation>(ctx, self.0.id, (first, last), (after, before)).await
    }

    /// Grows by one with every change; for `expectedVersion`.
    async fn version(&self) -> i32 {
        self.0.version
    }

    /// Until when the digest and overdue reminders say nothing more of it to the viewer, who has acknowledged it (知悉); null when they do.
    async fn resting_until(&self, ctx: &Context<'_>) -> Result<Option<Date>> {
        let until = loaders::one::<RestingUntil>(ctx, self.0.id).await?;
        Ok(until.map(Into::into))
    }

    /// What may be done with it, and why not now; rating it has an input of its own and stands in `permissions`.
    #[graphql(complexity = "8 * child_complexity")]
    async fn commands(&self, ctx: &Context<'_>) -> Result<Vec<Offered>> {
        let Standpoint {
            limit,
            calendar,
            offers,
            ..
        } = self.standpoint(ctx).await?;
        let today = store(ctx).today();
        // Whoever gives no orders does not ask which were given.
        let form = supervision::commands::SUPERVISE.form;
        let orders = form.is_some_and(|form| may(ctx, form.may, Standing::None));
        let ordered = match orders {
            true => loaders::one::<OrdersAbout>(ctx, self.0.id).await?,
            false => None,
        };
        let ordered = ordered.unwrap_or_default();
        let order =
            supervision::commands::offered(viewer(ctx), &self.0, limit, &ordered, today, &calendar);
        let all = offers.into_iter().chain(order).collect();
        Ok(offered(ctx, all, None))
    }

    /// What the viewer may do with it today.
    async fn permissions(&self, ctx: &Context<'_>) -> Result<ObligationPermissions> {
        let Standpoint {
            standing,
            by,
            limit,
            offers,
            ..
        } = self.standpoint(ctx).await?;
        let rate = may(ctx, Action::RateService, standing) && {
            let ratings = loaders::one::<RatingsOfObligation>(ctx, self.0.id).await?;
            rating::rules::may_rate(self.0.state, ratings.is_some()).is_ok()
        };
        let extends = by.filter(|_| is_offered(&offers, &commands::EXTEND));
        let extend_at_most = extends.map_or(0, |by| limit.value().extension_at_most(by));
        let acts = [
            Action::FulfilObligation,
            Action::MissObligation,
            Action::ChangeDeadline,
        ];
        let acts = acts.into_iter().any(|action| may(ctx, action, standing));
        let language = viewer(ctx).language();
        let reason_if_not = if acts || extend_at_most > 0 {
            let closed = rules::require_open(&self.0).err();
            closed.map(|error| error.explain().in_language(language).to_owned())
        } else {
            Some(Fault::Forbidden.explain(language))
        };
        Ok(ObligationPermissions {
            offers,
            rate,
            extend_at_most,
            reason_if_not,
        })
    }
}

/// What decides what the viewer can do with an obligation, and what follows from it.
struct Standpoint {
    standing: Standing,
    /// As who he extends its time limit, if he may.
    by: Option<Approver>,
    limit: deadline::Model,
    calendar: Calendar,
    /// What he is offered, but for orders.
    offers: Vec<Offer>,
}

fn may(ctx: &Context<'_>, action: impl Into<Option<Action>>, standing: Standing) -> bool {
    permission::require(viewer(ctx), action, standing).is_ok()
}

fn is_offered(offers: &[Offer], command: &Command) -> bool {
    let mut offers = offers.iter();
    offers.any(|offer| offer.command.code == command.code && offer.why_not.is_none())
}

impl Obligation {
    async fn limit(&self, ctx: &Context<'_>) -> Result<deadline::Model> {
        let row = loaders::one::<DeadlineById>(ctx, self.0.deadline_id).await?;
        Ok(row.ok_or_else(|| Fault::Internal("an obligation without limit".to_owned()))?)
    }

    async fn standpoint(&self, ctx: &Context<'_>) -> Result<Standpoint> {
        // Wanted together, and so read with what the other fields want of them.
        let (promise, standing, limit, calendar, resting) = join!(
            loaders::one::<CommitmentById>(ctx, self.0.commitment_id),
            loaders::one::<StandingTo>(ctx, self.0.enterprise_id),
            self.limit(ctx),
            calendar_in_force(ctx),
            loaders::one::<RestingUntil>(ctx, self.0.id),
        );
        let (promise, standing, resting) = (promise?, standing?, resting?);
        let (limit, calendar) = (limit?, calendar?);
        let standing = liaison::repository::with_department(
            standing.unwrap_or(Standing::None),
            viewer(ctx),
            promise.as_ref().and_then(|promise| promise.department_id),
        );
        let decides = promise
            .as_ref()
            .and_then(commitment::rules::deciding_department);
        let headed = match decides {
            Some(id) => loaders::one::<HeadedDepartments>(ctx, id)
                .await?
                .map(|()| id),
            None => None,
        };
        let margins = store(ctx).policy().margins;
        let (viewer, today) = (viewer(ctx), store(ctx).today());
        let by = rules::approver(viewer, standing, limit.legal_effect, headed, margins);
        let extends = by.as_ref().ok().copied();
        let owed = (&self.0, &limit);
        let mut offers = commands::offered(viewer, standing, by, owed, today, &calendar);
        offers.extend(acknowledgement::commands::offered(
            viewer, &self.0, &limit, resting, today,
        ));
        Ok(Standpoint {
            standing,
            by: extends,
            limit,
            calendar,
            offers,
        })
    }
}

/// What is still owed and is kept by `deed`.
pub(super) async fn kept_by(ctx: &Context<'_>, deed: rules::Deed) -> Result<Vec<Row<Obligation>>> {
    let rows = loaders::one::<KeptBy>(ctx, deed).await?;
    Ok(rows
        .unwrap_or_default()
        .into_iter()
        .map(Obligation)
        .map(Row)
        .collect())
}

/// Which states are wanted.
#[derive(Clone, Debug, InputObject)]
pub struct ObligationStateFilter {
    /// One of these.
    pub one_of: Vec<Coded<obligation::State>>,
}

/// Which obligations are wanted: all conditions hold.
#[derive(Clone, Debug, Default, InputObject)]
pub struct ObligationFilter {
    /// In which states.
    pub state: Option<ObligationStateFilter>,
    /// Towards which enterprise.
    pub enterprise_id: Option<ID>,
    /// From which contract.
    pub contract_id: Option<ID>,
    /// From which commitment.
    pub commitment_id: Option<ID>,
    /// What is open and shows one of these lights today.
    pub light: Option<LightFilter>,
    /// Who must keep the promise.
    pub owner: Option<OwnerFilter>,
    /// The department that must keep the promise.
    pub department_id: Option<ID>,
    /// The promise, the note on its event, the number of the contract, or the names or the credit code of the enterprise contain this text.
    pub text: Option<String>,
    /// When they are due.
    pub due_on: Option<DayRange>,
    /// On which days they were opened.
    pub opened_at: Option<DayRange>,
    /// On which days they were closed.
    pub closed_at: Option<DayRange>,
    /// What the law sets and was stopped by agreement, or extended beyond its rule (true), or not (false).
    pub unlawful_limit: Option<bool>,
    /// What was entered on a later day than it was done (true), or not (false).
    pub backdated: Option<bool>,
}

/// Which lights are wanted.
#[derive(Clone, Debug, InputObject)]
pub struct LightFilter {
    /// One of these.
    pub one_of: Vec<Coded<deadline::rules::Light>>,
}

/// Which owners are wanted.
#[derive(Clone, Debug, InputObject)]
pub struct OwnerFilter {
    /// One of these.
    pub one_of: Vec<Coded<entity::commitment::Owner>>,
}

/// What the filter of a list asks for.
async fn wanted(ctx: &Context<'_>, filter: Option<ObligationFilter>) -> Result<repository::Filter> {
    let filter = filter.unwrap_or_default();
    let key = |kind: Kind, id: Option<ID>| id.map(|id| kind.require(&id)).transpose();
    let (due_from, due_to) = range::days(filter.due_on, store(ctx)).await?;
    Ok(repository::Filter {
        states: filter.state.map(|state| plain(state.one_of)),
        enterprise_id: key(Kind::Enterprise, filter.enterprise_id)?,
        contract_id: key(Kind::Contract, filter.contract_id)?,
        commitment_id: key(Kind::Commitment, filter.commitment_id)?,
        text: filter.text.as_deref().and_then(Search::of),
        owners: filter.owner.map(|owner| plain(owner.one_of)),
        department_id: key(Kind::Department, filter.department_id)?,
        lights: filter
            .light
            .map(|light| (plain(light.one_of), store(ctx).today())),
        due_from,
        due_to,
        opened: range::instants(filter.opened_at, store(ctx)).await?,
        closed: range::instants(filter.closed_at, store(ctx)).await?,
        unlawful_limit: filter.unlawful_limit,
        backdated: filter.backdated,
    })
}

/// A day and what falls due on it (到期日).
pub struct ObligationDay {
    on: NaiveDate,
    due: Option<repository::Day>,
}

/// A day and what falls due on it (到期日).
#[Object]
impl ObligationDay {
    /// The day in the working-day calendar.
    async fn day(&self, ctx: &Context<'_>) -> Result<CalendarDay> {
        Ok(CalendarDay::of(&calendar_in_force(ctx).await?, self.on))
    }

    /// How many fall due on it.
    async fn count(&self) -> i32 {
        self.due.as_ref().map_or(0, |due| int(due.count))
    }

    /// The first of them.
    #[graphql(complexity = "child_complexity")]
    async fn obligations(&self) -> Vec<Row<Obligation>> {
        let first = self.due.iter().flat_map(|due| due.first.iter().cloned());
        first.map(Obligation).map(Row).collect()
    }
}

/// The most days of [`ObligationQuery::obligations_by_day`]: the weeks that a month touches.
const MOST_DAYS: i32 = 42;

/// By what obligations are sorted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::obligation::repository::Sort")]
pub enum ObligationSortField {
    /// When it was opened.
    OpenedAt,
    /// The last day on which it can be kept.
    DueOn,
}

/// The order of obligations by one field.
#[derive(Clone, InputObject)]
pub struct ObligationSort {
    /// By what.
    pub field: ObligationSortField,
    /// In which direction.
    #[graphql(default_with = "SortDirection::Asc")]
    pub direction: SortDirection,
}

/// What the viewer may do with an obligation today: what his role allows and the state of the obligation.
pub struct ObligationPermissions {
    offers: Vec<Offer>,
    extend_at_most: u32,
    rate: bool,
    reason_if_not: Option<String>,
}

/// What the viewer may do with an obligation today: what his role allows and the state of the obligation.
#[Object]
impl ObligationPermissions {
    /// Fulfil it, with evidence.
    #[graphql(deprecation = "Ask `commands`; until 2027-12-31.")]
    async fn can_fulfil(&self) -> bool {
        is_offered(&self.offers, &commands::FULFIL)
    }

    /// Declare it missed, with a public reason.
    #[graphql(deprecation = "Ask `commands`; until 2027-12-31.")]
    async fn can_miss(&self) -> bool {
        is_offered(&self.offers, &commands::MISS)
    }

    /// Cancel it, with a public reason.
    #[graphql(deprecation = "Ask `commands`; until 2027-12-31.")]
    async fn can_cancel(&self) -> bool {
        is_offered(&self.offers, &commands::CANCEL)
    }

    /// Pause its time limit.
    #[graphql(deprecation = "Ask `commands`; until 2027-12-31.")]
    async fn can_pause(&self) -> bool {
        is_offered(&self.offers, &commands::PAUSE)
    }

    /// Resume its time limit.
    #[graphql(deprecation = "Ask `commands`; until 2027-12-31.")]
    async fn can_resume(&self) -> bool {
        is_offered(&self.offers, &commands::RESUME)
    }

    /// Extend its time limit.
    #[graphql(deprecation = "Ask `commands`; until 2027-12-31.")]
    async fn can_extend(&self) -> bool {
        is_offered(&self.offers, &commands::EXTEND)
    }

    /// By how many days at most the viewer may extend its time limit; 0 when he may not.
    async fn extend_at_most(&self) -> u32 {
        self.extend_at_most
    }

    /// Acknowledge it, so that reminders pause for two working days.
    #[graphql(deprecation = "Ask `commands`; until 2027-12-31.")]
    async fn can_acknowledge(&self) -> bool {
        is_offered(&self.offers, &acknowledgement::commands::ACKNOWLEDGE)
    }

    /// Rate it, once (单项评价).
    async fn can_rate(&self) -> bool {
        self.rate
    }

    /// Why nothing at all can be done: it is closed, or the viewer's role; null when something can.
    async fn reason_if_not(&self) -> Option<&str> {
        self.reason_if_not.as_deref()
    }
}

/// Reading obligations.
#[derive(Default)]
pub struct ObligationQuery;

#[Object]
impl ObligationQuery {
    /// One obligation; null when it does not exist for this viewer.
    async fn obligation(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The global id of the obligation.")] id: ID,
    ) -> Result<Option<Row<Obligation>>> {
        let Some(key) = Kind::Obligation.key(&id) else {
            return Ok(None);
        };
        Ok(loaders::one::<ObligationById>(ctx, key)
            .await?
            .map(Obligation)
            .map(Row))
    }

    /// The obligations this viewer may see.
    #[graphql(complexity = "page::cost(first, last, child_complexity)")]
    #[allow(clippy::too_many_arguments, reason = "the arguments of a connection")]
    async fn obligations(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many from the start.")] first: Option<i32>,
        #[graphql(desc = "How many from the end.")] last: Option<i32>,
        #[graphql(desc = "After this cursor.")] after: Option<String>,
        #[graphql(desc = "Before this cursor.")] before: Option<String>,
        #[graphql(name = "where", desc = "Which obligations.")] filter: Option<ObligationFilter>,
        #[graphql(
            default,
            desc = "In which order, the first field first; as they were opened when not given."
        )]
        sort_by: Vec<ObligationSort>,
    ) -> Result<Connection<Obligation>> {
        let request = page::request(ctx, first, last, after, before)?;
        let wanted = wanted(ctx, filter).await?;
        let sort = page::order(sort_by, |sort| (sort.field, sort.direction))?;
        let sort: Vec<_> = sort
            .into_iter()
            .map(|(field, descending)| (field.into(), descending))
            .collect();
        let rows = repository::page(store(ctx).db(), viewer(ctx), &wanted, &sort, &request).await?;
        Ok(page::connection(rows, |row| row.id))
    }

    /// What falls due on each of some days (到期日历), of the obligations that this viewer may see: how many, and the first of them.
    #[graphql(
        complexity = "page::cost(Some(first), None, child_complexity) * usize::try_from(days.clamp(1, MOST_DAYS)).unwrap_or_default()"
    )]
    async fn obligations_by_day(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The first of the days.")] from: Date,
        #[graphql(desc = "How many days, 1 to 42.")] days: i32,
        #[graphql(desc = "How many obligations of each day, 1 to 100.")] first: i32,
        #[graphql(name = "where", desc = "Which obligations.")] filter: Option<ObligationFilter>,
    ) -> Result<Vec<ObligationDay>> {
        let request = page::request(ctx, Some(first), None, None, None)?;
        let last = (1..=MOST_DAYS)
            .contains(&days)
            .then(|| from.0 + Days::new(u64::from(days.unsigned_abs() - 1)))
            .ok_or_else(|| bad_request("`days` is from 1 to 42."))?;
        let wanted = wanted(ctx, filter).await?;
        let (db, most) = (store(ctx).db(), request.size);
        let found = repository::by_day(db, viewer(ctx), &wanted, from.0..=last, most).await?;
        // In the order of their days, as all days are.
        let mut found = found.into_iter().peekable();
        let all = from.0.iter_days().take_while(|on| *on <= last);
        let day = |on| ObligationDay {
            on,
            due: found.next_if(|day| day.on == on),
        };
        Ok(all.map(day).collect())
    }
}

/// What a mutation answers.
type Answer<C> = Payload<C, Obligation>;

/// What happens to obligations and their time limits.
#[derive(Default)]
pub struct ObligationMutation;

#[Object]
impl ObligationMutation {
    /// Opens an obligation because an event has happened to which a standing promise answers (触发履约事项).
    async fn obligation_open(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The event.")] input: Input<commands::OpenOnEvent>,
    ) -> Result<Answer<commands::OpenOnEvent>> {
        run(ctx, input, commands::open_on_event).await
    }

    /// Fulfils an obligation with its evidence (履行).
    async fn obligation_fulfil(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The obligation and its evidence.")] input: Input<commands::Fulfil>,
    ) -> Result<Answer<commands::Fulfil>> {
        run(ctx, input, commands::fulfil).await
    }

    /// Declares an overdue obligation missed, with a public reason (登记未履行).
    async fn obligation_miss(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The obligation and the reason.")] input: Input<commands::Miss>,
    ) -> Result<Answer<commands::Miss>> {
        run(ctx, input, commands::miss).await
    }

    /// Cancels what is no longer owed, with a public reason (取消).
    async fn obligation_cancel(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The obligation and the reason.")] input: Input<commands::Cancel>,
    ) -> Result<Answer<commands::Cancel>> {
        run(ctx, input, commands::cancel).await
    }

    /// Orders the department in charge to answer in writing for a promise that has been overdue for three working days (督办单;
    /// SUPERVISOR, LEADER). One order for each due date.
    async fn obligation_supervise(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The order.")] input: Input<Order>,
    ) -> Result<Answer<Order>> {
        run(ctx, input, order).await
    }

    /// Acknowledges an overdue promise (知悉; CENTRE, LIAISON, DEPARTMENT_HEAD): for two working days the digest
    /// does not repeat it and no overdue reminder is sent, to this person alone. The time limit and its light go on, and reminders of
    /// statutory limits are not paused.
    async fn obligation_acknowledge(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The promise.")] input: Input<Acknowledge>,
    ) -> Result<Answer<Acknowledge>> {
        run(ctx, input, acknowledge).await
    }

    /// Pauses the time limit of an obligation on a ground that the law or both sides give, with a written notice (暂停计时).
    async fn obligation_pause(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The obligation and the pause.")] input: Input<limit::Pause>,
    ) -> Result<Answer<limit::Pause>> {
        run(ctx, input, limit::pause).await
    }

    /// Resumes a paused time limit: the due date moves by the days of the pause (恢复计时).
    async fn obligation_resume(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The obligation and the end of the pause.")] input: Input<limit::Resume>,
    ) -> Result<Answer<limit::Resume>> {
        run(ctx, input, limit::resume).await
    }

    /// Extends the time limit of an obligation, once and before it expires (延期). What the law sets is extended by the head of the
    /// department in charge, by the days of its rule at most; a promise by whoever handles it, as far as the park lets him, and beyond
    /// that by the service centre. The enterprise is told.
    async fn obligation_extend(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The obligation and the extension.")] input: Input<limit::Extend>,
    ) -> Result<Answer<limit::Extend>> {
        run(ctx, input, limit::extend).await
    }
}
