//! Obligations in the API.

use std::collections::HashMap;

use api_door::{
    coded::{Coded, plain},
    command::{command, payload},
    loaders::{self, Batch},
    operation::{store, viewer},
    page::{self, Connection, SortDirection},
    scalar::{Date, DateTime, Kind},
};
use async_graphql::{Context, Enum, ID, InputObject, MergedObject, Object, Result};
use chrono::NaiveDate;
use entity::{
    account,
    acknowledgement::{
        repository::resting_for,
        rules::{light_of, may_acknowledge},
    },
    commitment, deadline,
    error::{Explain, Fault},
    liaison,
    obligation::{
        self,
        commands::{self, CloseWithReason, Fulfil, OpenOnEvent},
        repository, rules,
    },
    page::grouped,
    permission::{self, Action, Standing},
    rating,
    store::Store,
    text::Search,
    viewer::Viewer,
};
use futures::future::join_all;
use uuid::Uuid;

use super::{
    commitment::{Commitment, CommitmentById},
    contract::{Contract, ContractById},
    deadline::{Deadline, DeadlineById, calendar_in_force},
    document::{Document, DocumentById},
    enterprise::{Enterprise, EnterpriseById},
    liaison::{Official, official},
    range::{self, DayRange},
    rating::{Rating, RatingsOfObligation},
    rectification::{Rectification, RectificationOfObligation},
};

pub mod acknowledge;
pub mod limit;
pub mod supervise;

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
    async fn commitment(&self, ctx: &Context<'_>) -> Result<Option<Commitment>> {
        Ok(loaders::one::<CommitmentById>(ctx, self.0.commitment_id)
            .await?
            .map(Commitment))
    }

    /// The contract.
    async fn contract(&self, ctx: &Context<'_>) -> Result<Option<Contract>> {
        Ok(loaders::one::<ContractById>(ctx, self.0.contract_id)
            .await?
            .map(Contract))
    }

    /// The enterprise to which it is owed.
    async fn enterprise(&self, ctx: &Context<'_>) -> Result<Option<Enterprise>> {
        let row = loaders::one::<EnterpriseById>(ctx, self.0.enterprise_id).await?;
        Ok(row.map(Enterprise))
    }

    /// Its time limit (时限), with its light and the explanation of its due date.
    async fn deadline(&self, ctx: &Context<'_>) -> Result<Deadline> {
        Ok(Deadline(self.limit(ctx).await?))
    }

    /// Who has to fulfil it now (责任人): the liaison or the deputy, everybody of the service centre, or the heads of the
    /// department; and whoever stands in for one of them on leave.
    #[graphql(complexity = "3 * child_complexity")]
    async fn owners(&self, ctx: &Context<'_>) -> Result<Vec<Official>> {
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

    /// The file that proves it (履约凭证); null when there is none, or when it is not for this viewer.
    async fn evidence_document(&self, ctx: &Context<'_>) -> Result<Option<Document>> {
        let Some(id) = self.0.evidence_document_id else {
            return Ok(None);
        };
        Ok(loaders::one::<DocumentById>(ctx, id).await?.map(Document))
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

    /// Grows by one with every change; for `expectedVersion`.
    async fn version(&self) -> i32 {
        self.0.version
    }

    /// Until when the digest and the chase say nothing more of it to the viewer, who has acknowledged it (知悉); null when they do.
    async fn resting_until(&self, ctx: &Context<'_>) -> Result<Option<Date>> {
        let until = loaders::one::<RestingUntil>(ctx, self.0.id).await?;
        Ok(until.map(Into::into))
    }

    /// What the viewer may do with it today.
    async fn permissions(&self, ctx: &Context<'_>) -> Result<ObligationPermissions> {
        let promise = loaders::one::<CommitmentById>(ctx, self.0.commitment_id).await?;
        let standing = loaders::one::<StandingTo>(ctx, self.0.enterprise_id).await?;
        let standing = liaison::repository::with_department(
            standing.unwrap_or(Standing::None),
            viewer(ctx),
            promise.as_ref().and_then(|promise| promise.department_id),
        );
        let may = |action| permission::require(viewer(ctx), action, standing).is_ok();
        let limit = self.limit(ctx).await?;
        let calendar = calendar_in_force(ctx).await?;
        let closed = rules::require_open(&self.0).err().map(|error| {
            let text = error.explain();
            text.in_language(viewer(ctx).language()).to_owned()
        });
        let resting = loaders::one::<RestingUntil>(ctx, self.0.id).await?;
        let light = light_of(&self.0, &limit, store(ctx).today());
        let rate = may(Action::RateService) && {
            let ratings = loaders::one::<RatingsOfObligation>(ctx, self.0.id).await?;
            rating::rules::may_rate(self.0.state, ratings.is_some()).is_ok()
        };
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
        let by = rules::approver(viewer(ctx), standing, limit.legal_effect, headed, margins).ok();
        Ok(ObligationPermissions {
            rate,
            acknowledge: may(Action::AcknowledgeOverdue) && may_acknowledge(light, resting).is_ok(),
            possible: rules::possible(&self.0, &limit, by, store(ctx).today(), &calendar),
            fulfil: may(Action::FulfilObligation),
            miss: may(Action::MissObligation),
            change_limit: may(Action::ChangeDeadline),
            closed,
        })
    }
}

impl Obligation {
    async fn limit(&self, ctx: &Context<'_>) -> Result<deadline::Model> {
        let row = loaders::one::<DeadlineById>(ctx, self.0.deadline_id).await?;
        Ok(row.ok_or_else(|| Fault::Internal("an obligation without limit".to_owned()))?)
    }
}

/// Those departments that have a head who can decide now.
pub struct HeadedDepartments;

impl Batch for HeadedDepartments {
    type Key = Uuid;
    type Value = ();

    async fn load(
        store: &Store,
        _viewer: &Viewer,
        _keys: &[Uuid],
    ) -> Result<HashMap<Uuid, ()>, Fault> {
        let headed = account::repository::headed_departments(store.db()).await?;
        Ok(headed.into_iter().map(|id| (id, ())).collect())
    }
}

/// Obligations by key.
pub struct ObligationById;

impl Batch for ObligationById {
    type Key = Uuid;
    type Value = obligation::Model;

    async fn load(
        store: &Store,
        viewer: &Viewer,
        keys: &[Uuid],
    ) -> Result<HashMap<Uuid, obligation::Model>, Fault> {
        let rows = repository::of_ids(store.db(), viewer, keys).await?;
        Ok(rows.into_iter().map(|row| (row.id, row)).collect())
    }
}

/// The open obligations towards enterprises.
pub struct OpenObligationsOfEnterprise;

impl Batch for OpenObligationsOfEnterprise {
    type Key = Uuid;
    type Value = Vec<obligation::Model>;

    async fn load(
        store: &Store,
        viewer: &Viewer,
        keys: &[Uuid],
    ) -> Result<HashMap<Uuid, Vec<obligation::Model>>, Fault> {
        let rows = repository::open_of_enterprises(store.db(), viewer, keys).await?;
        Ok(grouped(rows, |row| row.enterprise_id))
    }
}

/// What was kept last towards enterprises.
pub struct LastKept;

impl Batch for LastKept {
    type Key = Uuid;
    type Value = obligation::Model;

    async fn load(
        store: &Store,
        viewer: &Viewer,
        keys: &[Uuid],
    ) -> Result<HashMap<Uuid, obligation::Model>, Fault> {
        repository::last_kept(store.db(), viewer, keys).await
    }
}

/// What is still owed and is kept by something recorded elsewhere.
pub struct KeptBy;

impl Batch for KeptBy {
    type Key = rules::Deed;
    type Value = Vec<obligation::Model>;

    async fn load(
        store: &Store,
        viewer: &Viewer,
        keys: &[rules::Deed],
    ) -> Result<HashMap<rules::Deed, Vec<obligation::Model>>, Fault> {
        repository::kept_by(store, viewer, keys).await
    }
}

/// What is still owed and is kept by `deed`.
pub(super) async fn kept_by(ctx: &Context<'_>, deed: rules::Deed) -> Result<Vec<Obligation>> {
    let rows = loaders::one::<KeptBy>(ctx, deed).await?;
    Ok(rows
        .unwrap_or_default()
        .into_iter()
        .map(Obligation)
        .collect())
}

/// Until when repeats about obligations rest for the viewer.
pub struct RestingUntil;

impl Batch for RestingUntil {
    type Key = Uuid;
    type Value = NaiveDate;

    async fn load(
        store: &Store,
        viewer: &Viewer,
        keys: &[Uuid],
    ) -> Result<HashMap<Uuid, NaiveDate>, Fault> {
        resting_for(store.db(), viewer, keys, store.today()).await
    }
}

/// Who has to fulfil obligations.
pub struct OwnersOfObligation;

impl Batch for OwnersOfObligation {
    type Key = Uuid;
    type Value = Vec<Uuid>;

    async fn load(
        store: &Store,
        _viewer: &Viewer,
        keys: &[Uuid],
    ) -> Result<HashMap<Uuid, Vec<Uuid>>, Fault> {
        repository::responsible(store.db(), keys).await
    }
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
    /// The promise, or the note on its event, contains this text.
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
    possible: rules::Possible,
    fulfil: bool,
    miss: bool,
    change_limit: bool,
    acknowledge: bool,
    rate: bool,
    closed: Option<String>,
}

/// What the viewer may do with an obligation today: what his role allows and the state of the obligation.
#[Object]
impl ObligationPermissions {
    /// Fulfil it, with evidence.
    async fn can_fulfil(&self) -> bool {
        self.fulfil && self.possible.close
    }

    /// Declare it missed, with a public reason.
    async fn can_miss(&self) -> bool {
        self.miss && self.possible.miss
    }

    /// Cancel it, with a public reason.
    async fn can_cancel(&self) -> bool {
        self.miss && self.possible.close
    }

    /// Pause its time limit.
    async fn can_pause(&self) -> bool {
        self.change_limit && self.possible.pause
    }

    /// Let its time limit run again.
    async fn can_resume(&self) -> bool {
        self.change_limit && self.possible.resume
    }

    /// Extend its time limit.
    async fn can_extend(&self) -> bool {
        self.possible.extend > 0
    }

    /// By how many days at most the viewer may extend its time limit; 0 when he may not.
    async fn extend_at_most(&self) -> u32 {
        self.possible.extend
    }

    /// Say that one knows of it, so that repeats rest for two working days.
    async fn can_acknowledge(&self) -> bool {
        self.acknowledge
    }

    /// Rate it, once (单项评价).
    async fn can_rate(&self) -> bool {
        self.rate
    }

    /// Why nothing at all can be done: it is closed, or the viewer's role; null when something can.
    async fn reason_if_not(&self, ctx: &Context<'_>) -> Option<String> {
        if !(self.fulfil || self.miss || self.change_limit || self.possible.extend > 0) {
            return Some(Fault::Forbidden.explain(viewer(ctx).language()));
        }
        self.closed.clone()
    }
}

/// How the viewer stands to enterprises.
pub struct StandingTo;

impl Batch for StandingTo {
    type Key = Uuid;
    type Value = Standing;

    async fn load(
        store: &Store,
        viewer: &Viewer,
        keys: &[Uuid],
    ) -> Result<HashMap<Uuid, Standing>, Fault> {
        liaison::repository::standings(store.db(), viewer, keys).await
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
    ) -> Result<Option<Obligation>> {
        let Some(key) = Kind::Obligation.key(&id) else {
            return Ok(None);
        };
        Ok(loaders::one::<ObligationById>(ctx, key)
            .await?
            .map(Obligation))
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
        let request = page::request(first, last, after, before)?;
        let filter = filter.unwrap_or_default();
        let key = |kind: Kind, id: Option<ID>| id.map(|id| kind.require(&id)).transpose();
        let (due_from, due_to) = range::days(filter.due_on, store(ctx)).await?;
        let wanted = repository::Filter {
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
        };
        let sort = page::order(sort_by, |sort| (sort.field, sort.direction))?;
        let sort: Vec<_> = sort
            .into_iter()
            .map(|(field, descending)| (field.into(), descending))
            .collect();
        let rows = repository::page(store(ctx).db(), viewer(ctx), &wanted, &sort, &request).await?;
        Ok(page::connection(rows, |row| row.id))
    }
}

/// An event that a standing promise answers to.
#[derive(Clone, Debug, InputObject)]
pub struct ObligationOpenInput {
    /// The promise.
    pub commitment_id: ID,
    /// Names the event, 1 to 60 characters: the same key again gives the first answer.
    pub idempotency_key: String,
    /// What happened, up to 1000 characters.
    pub event_note: Option<String>,
    /// On which day; today when not given.
    pub occurred_on: Option<Date>,
}

payload! {
    /// The answer of `obligationOpen`.
    ObligationOpenPayload, ObligationOpenUserError, Coded<entity::obligation::rules::OpenError>, entity::obligation::rules::OpenError,
    /// What is owed now; null when it was refused.
    obligation: Obligation
}

/// The proof that a promise was kept: a file, a note or both.
#[derive(Clone, Debug, InputObject)]
pub struct ObligationFulfilInput {
    /// The obligation.
    pub id: ID,
    /// Its version as seen.
    pub expected_version: i32,
    /// The file that proves it, uploaded before.
    pub evidence_document_id: Option<ID>,
    /// The note that proves it, up to 1000 characters.
    pub evidence_note: Option<String>,
    /// On which day it was done; today when not given. An earlier day lies within the working days that the park allows.
    pub done_on: Option<Date>,
    /// Why it is entered on a later day than it was done, up to 1000 characters; needed for an earlier day.
    pub backdating_reason: Option<String>,
    /// Names this request, up to 120 characters: the same again gives the first answer and does nothing twice.
    pub idempotency_key: Option<String>,
}

payload! {
    /// The answer of `obligationFulfil`.
    ObligationFulfilPayload, ObligationFulfilUserError, Coded<entity::obligation::rules::CloseError>,
    entity::obligation::rules::CloseError,
    /// The fulfilled obligation; null when it was refused.
    obligation: Obligation
}

/// An overdue obligation and the public reason.
#[derive(Clone, Debug, InputObject)]
pub struct ObligationMissInput {
    /// The obligation.
    pub id: ID,
    /// Its version as seen.
    pub expected_version: i32,
    /// Why it was missed, up to 1000 characters; the enterprise reads it.
    pub public_reason: String,
    /// Names this request, up to 120 characters: the same again gives the first answer and does nothing twice.
    pub idempotency_key: Option<String>,
}

payload! {
    /// The answer of `obligationMiss`.
    ObligationMissPayload, ObligationMissUserError, Coded<entity::obligation::rules::CloseError>, entity::obligation::rules::CloseError,
    /// The missed obligation; null when it was refused.
    obligation: Obligation
}

/// What is no longer owed, and the public reason.
#[derive(Clone, Debug, InputObject)]
pub struct ObligationCancelInput {
    /// The obligation.
    pub id: ID,
    /// Its version as seen.
    pub expected_version: i32,
    /// Why it is no longer owed, up to 1000 characters; the enterprise reads it.
    pub public_reason: String,
    /// Names this request, up to 120 characters: the same again gives the first answer and does nothing twice.
    pub idempotency_key: Option<String>,
}

payload! {
    /// The answer of `obligationCancel`.
    ObligationCancelPayload, ObligationCancelUserError, Coded<entity::obligation::rules::CloseError>,
    entity::obligation::rules::CloseError,
    /// The cancelled obligation; null when it was refused.
    obligation: Obligation
}

/// What happens to obligations.
#[derive(Default)]
pub struct ClosingMutation;

#[Object]
impl ClosingMutation {
    /// Opens an obligation because an event has happened to which a standing promise answers (触发履约事项).
    async fn obligation_open(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The event.")] input: ObligationOpenInput,
    ) -> Result<ObligationOpenPayload> {
        let input = OpenOnEvent {
            commitment_id: Kind::Commitment.require(&input.commitment_id)?,
            idempotency_key: input.idempotency_key,
            event_note: input.event_note,
            occurred_on: input.occurred_on.map(|day| day.0),
        };
        command(ctx, input, |store, viewer, input| async move {
            commands::open_on_event(&store, &viewer, input).await
        })
        .await
    }

    /// Fulfils an obligation with its evidence (履行).
    async fn obligation_fulfil(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The obligation and its evidence.")] input: ObligationFulfilInput,
    ) -> Result<ObligationFulfilPayload> {
        let input = Fulfil {
            id: Kind::Obligation.require(&input.id)?,
            expected_version: input.expected_version,
            evidence_document_id: input
                .evidence_document_id
                .map(|id| Kind::Document.require(&id))
                .transpose()?,
            evidence_note: input.evidence_note,
            done_on: input.done_on.map(|day| day.0),
            backdating_reason: input.backdating_reason,
        };
        command(ctx, input, |store, viewer, input| async move {
            commands::fulfil(&store, &viewer, input).await
        })
        .await
    }

    /// Declares an overdue obligation missed, with a public reason (登记未履行).
    async fn obligation_miss(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The obligation and the reason.")] input: ObligationMissInput,
    ) -> Result<ObligationMissPayload> {
        let input = closing(&input.id, input.expected_version, input.public_reason)?;
        command(ctx, input, |store, viewer, input| async move {
            commands::miss(&store, &viewer, input).await
        })
        .await
    }

    /// Cancels what is no longer owed, with a public reason (取消).
    async fn obligation_cancel(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The obligation and the reason.")] input: ObligationCancelInput,
    ) -> Result<ObligationCancelPayload> {
        let input = closing(&input.id, input.expected_version, input.public_reason)?;
        command(ctx, input, |store, viewer, input| async move {
            commands::cancel(&store, &viewer, input).await
        })
        .await
    }
}

fn closing(
    id: &ID,
    expected_version: i32,
    public_reason: String,
) -> Result<CloseWithReason, Fault> {
    Ok(CloseWithReason {
        id: Kind::Obligation.require(id)?,
        expected_version,
        public_reason,
    })
}

/// What happens to obligations and their time limits.
#[derive(MergedObject, Default)]
pub struct ObligationMutation(
    ClosingMutation,
    supervise::ObligationSuperviseMutation,
    acknowledge::ObligationAcknowledgeMutation,
    limit::LimitMutation,
);
