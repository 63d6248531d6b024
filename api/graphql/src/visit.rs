//! Visits (走访联系) in the API.

use std::collections::HashMap;

use api_door::{
    coded::{Coded, plain},
    form::{Input, Offered, Payload, offered, run},
    loaders::{self, Batch, by_id},
    operation::{store, viewer},
    page::{self, Connection, SortDirection},
    row::Row,
    scalar::{DateTime, Kind},
};
use async_graphql::{Context, Enum, ID, InputObject, Object, Result};
use entity::{
    clock::civil_date,
    error::{Explain, Fault},
    obligation::rules::Deed,
    page::grouped,
    permission::{Action, Standing, require},
    store::Store,
    table::Visible,
    text::Search,
    viewer::{Role, Viewer},
    visit::{self, commands, repository, rules},
};
use uuid::Uuid;

use super::{
    document::{Document, attached},
    enterprise::{Enterprise, EnterpriseById},
    liaison::{Official, official},
    obligation::{Obligation, StandingTo, kept_by},
    range::{self, DayRange},
};

/// A visit (走访联系): a contact of park and enterprise, agreed for a time to come or recorded as held.
pub struct Visit(pub(crate) visit::Model);

impl From<visit::Model> for Visit {
    fn from(row: visit::Model) -> Self {
        Self(row)
    }
}

/// A visit (走访联系): a contact of park and enterprise, agreed for a time to come or recorded as held.
#[Object]
impl Visit {
    /// The global id.
    pub(super) async fn id(&self) -> ID {
        Kind::Visit.id(self.0.id)
    }

    /// The enterprise.
    async fn enterprise(&self, ctx: &Context<'_>) -> Result<Option<Row<Enterprise>>> {
        let row = loaders::one::<EnterpriseById>(ctx, self.0.enterprise_id).await?;
        Ok(row.map(Enterprise).map(Row))
    }

    /// In which way.
    async fn kind(&self) -> Coded<visit::Kind> {
        self.0.kind.into()
    }

    /// Where it stands.
    async fn state(&self) -> Coded<visit::State> {
        self.0.state.into()
    }

    /// When it begins, or took place.
    async fn starts_at(&self) -> DateTime {
        self.0.starts_at.into()
    }

    /// When it ends; null of a contact that was not agreed before.
    async fn ends_at(&self) -> Option<DateTime> {
        self.0.ends_at.map(Into::into)
    }

    /// Where; null where no place is needed.
    async fn place(&self) -> Option<&str> {
        self.0.place.as_deref()
    }

    /// What it is to be about (事由); null of a contact that was not agreed before.
    async fn purpose(&self) -> Option<&str> {
        self.0.purpose.as_deref()
    }

    /// What was talked about (谈话要点); null until it was held.
    async fn summary(&self) -> Option<&str> {
        self.0.summary.as_deref()
    }

    /// A note that stays in the park (内部备注); null for enterprises.
    async fn internal_note(&self, ctx: &Context<'_>) -> Option<&str> {
        let outside = viewer(ctx).role() == Some(Role::Enterprise);
        self.0.internal_note.as_deref().filter(|_| !outside)
    }

    /// The files about it, in their order, at most ten; without those that are not for this viewer.
    #[graphql(complexity = "3 * child_complexity")]
    async fn documents(&self, ctx: &Context<'_>) -> Result<Vec<Document>> {
        // What has no first file has no further ones.
        let Some(first) = self.0.document_id else {
            return Ok(Vec::new());
        };
        attached(ctx, Some(first), self.0.id).await
    }

    /// Why it was cancelled.
    async fn state_reason(&self) -> Option<&str> {
        self.0.state_reason.as_deref()
    }

    /// Who agreed or recorded it; null when a part of the system did.
    async fn recorded_by(&self, ctx: &Context<'_>) -> Result<Option<Row<Official>>> {
        official(ctx, self.0.recorded_by).await
    }

    /// When it was agreed or recorded.
    async fn recorded_at(&self) -> DateTime {
        self.0.recorded_at.into()
    }

    /// What is still owed to the enterprise and is kept by this visit, as far as it can be entered today: to be closed with it.
    #[graphql(complexity = "3 * child_complexity")]
    async fn keeps(&self, ctx: &Context<'_>) -> Result<Vec<Row<Obligation>>> {
        if self.0.state != visit::State::Held {
            return Ok(Vec::new());
        }
        let deed = Deed {
            enterprise_id: self.0.enterprise_id,
            on: civil_date(self.0.starts_at, store(ctx).zone()),
            evidence: rules::evidence(self.0.kind),
        };
        kept_by(ctx, deed).await
    }

    /// Grows by one with every change; for `expectedVersion`.
    async fn version(&self) -> i32 {
        self.0.version
    }

    /// The commands for it: whether the viewer may give each one now, and why not.
    #[graphql(complexity = "3 * child_complexity")]
    async fn commands(&self, ctx: &Context<'_>) -> Result<Vec<Offered>> {
        let standing = loaders::one::<StandingTo>(ctx, self.0.enterprise_id).await?;
        let standing = standing.unwrap_or(Standing::None);
        let now = store(ctx).now();
        let offers = commands::offered(viewer(ctx), standing, &self.0, now);
        Ok(offered(ctx, offers, Some(&commands::date(&self.0))))
    }

    /// What the viewer may do with it.
    #[graphql(deprecation = "Ask `commands`; until 2027-12-31.")]
    async fn permissions(&self, ctx: &Context<'_>) -> Result<VisitPermissions> {
        let language = viewer(ctx).language();
        let say = |error: rules::VisitError| error.explain().in_language(language).to_owned();
        Ok(VisitPermissions {
            may: may_record(ctx, self.0.enterprise_id).await?,
            ahead: self.0.starts_at > store(ctx).now(),
            closed: rules::is_open(self.0.state).err().map(say),
        })
    }
}

/// What the viewer may do with a visit now: what his role allows and the state of the visit.
pub struct VisitPermissions {
    may: bool,
    ahead: bool,
    closed: Option<String>,
}

/// What the viewer may do with a visit now: what his role allows and the state of the visit.
#[Object]
impl VisitPermissions {
    /// Give it another date.
    async fn can_move(&self) -> bool {
        self.may && self.closed.is_none()
    }

    /// Record that it took place.
    async fn can_hold(&self) -> bool {
        self.may && self.closed.is_none() && !self.ahead
    }

    /// Cancel it, with a reason.
    async fn can_cancel(&self) -> bool {
        self.may && self.closed.is_none()
    }

    /// Why nothing at all can be done: it is closed, or the viewer's role; null when something can.
    async fn reason_if_not(&self, ctx: &Context<'_>) -> Option<String> {
        if !self.may {
            return Some(Fault::Forbidden.explain(viewer(ctx).language()));
        }
        self.closed.clone()
    }
}

/// Whether the viewer may agree visits with an enterprise and record contacts.
pub(super) async fn may_record(ctx: &Context<'_>, enterprise: Uuid) -> Result<bool> {
    let standing = loaders::one::<StandingTo>(ctx, enterprise).await?;
    let standing = standing.unwrap_or(Standing::None);
    Ok(require(viewer(ctx), Action::RecordVisits, standing).is_ok())
}

by_id! {
    /// Visits by key.
    VisitById: visit::Model = visit::Entity::of_ids
}

/// The contacts of enterprises that were held last.
pub struct LastContact;

impl Batch for LastContact {
    type Key = Uuid;
    type Value = visit::Model;

    async fn load(
        store: &Store,
        viewer: &Viewer,
        keys: &[Uuid],
    ) -> Result<HashMap<Uuid, visit::Model>, Fault> {
        repository::last_held(store.db(), viewer, keys).await
    }
}

/// How many visits of an enterprise are read with it.
const LATEST: u64 = 20;

/// The latest visits of enterprises.
pub struct VisitsOfEnterprise;

impl Batch for VisitsOfEnterprise {
    type Key = Uuid;
    type Value = Vec<visit::Model>;

    async fn load(
        store: &Store,
        viewer: &Viewer,
        keys: &[Uuid],
    ) -> Result<HashMap<Uuid, Vec<visit::Model>>, Fault> {
        let rows = repository::latest_of(store.db(), viewer, keys, LATEST).await?;
        Ok(grouped(rows, |row| row.enterprise_id))
    }
}

/// Which kinds are wanted.
#[derive(Clone, Debug, InputObject)]
pub struct VisitKindFilter {
    /// One of these.
    pub one_of: Vec<Coded<visit::Kind>>,
}

/// Which states are wanted.
#[derive(Clone, Debug, InputObject)]
pub struct VisitStateFilter {
    /// One of these.
    pub one_of: Vec<Coded<visit::State>>,
}

/// Which visits are wanted: all conditions hold.
#[derive(Clone, Debug, Default, InputObject)]
pub struct VisitFilter {
    /// Of which enterprise.
    pub enterprise_id: Option<ID>,
    /// Of which kinds.
    pub kind: Option<VisitKindFilter>,
    /// In which states.
    pub state: Option<VisitStateFilter>,
    /// On which days.
    pub on: Option<DayRange>,
    /// The place, the purpose or the summary, or the names, the credit code or the number of a contract of the enterprise contain this text.
    pub text: Option<String>,
}

/// By what visits are sorted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum VisitSortField {
    /// When they begin.
    StartsAt,
}

/// The order of visits.
#[derive(Clone, InputObject)]
pub struct VisitSort {
    /// By what.
    #[graphql(default_with = "VisitSortField::StartsAt")]
    pub field: VisitSortField,
    /// In which direction.
    #[graphql(default_with = "SortDirection::Asc")]
    pub direction: SortDirection,
}

/// Reading visits.
#[derive(Default)]
pub struct VisitQuery;

#[Object]
impl VisitQuery {
    /// One visit; null when it does not exist for this viewer.
    async fn visit(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The global id of the visit.")] id: ID,
    ) -> Result<Option<Row<Visit>>> {
        let Some(key) = Kind::Visit.key(&id) else {
            return Ok(None);
        };
        Ok(loaders::one::<VisitById>(ctx, key)
            .await?
            .map(Visit)
            .map(Row))
    }

    /// The visits this viewer may see, by the time they begin.
    #[graphql(complexity = "page::cost(first, last, child_complexity)")]
    #[allow(clippy::too_many_arguments, reason = "the arguments of a connection")]
    async fn visits(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many from the start.")] first: Option<i32>,
        #[graphql(desc = "How many from the end.")] last: Option<i32>,
        #[graphql(desc = "After this cursor.")] after: Option<String>,
        #[graphql(desc = "Before this cursor.")] before: Option<String>,
        #[graphql(name = "where", desc = "Which visits.")] filter: Option<VisitFilter>,
        #[graphql(desc = "The order; the id decides among equals.")] sort_by: Option<VisitSort>,
    ) -> Result<Connection<Visit>> {
        let request = page::request(ctx, first, last, after, before)?;
        let filter = filter.unwrap_or_default();
        let (from, before) = range::instants(filter.on, store(ctx)).await?;
        let wanted = repository::Filter {
            enterprise_id: filter
                .enterprise_id
                .map(|id| Kind::Enterprise.require(&id))
                .transpose()?,
            kinds: filter.kind.map(|kind| plain(kind.one_of)),
            states: filter.state.map(|state| plain(state.one_of)),
            text: filter.text.as_deref().and_then(Search::of),
            from,
            before,
        };
        let descending = sort_by.is_some_and(|sort| sort.direction == SortDirection::Desc);
        let rows =
            repository::page(store(ctx).db(), viewer(ctx), &wanted, descending, &request).await?;
        Ok(page::connection(rows, |row| row.id))
    }
}

/// What a mutation answers.
type Answer<C> = Payload<C, Visit>;

/// What happens to visits.
#[derive(Default)]
pub struct VisitMutation;

#[Object]
impl VisitMutation {
    /// Records a contact that has taken place (记录联系).
    async fn visit_record(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The contact.")] input: Input<commands::Record>,
    ) -> Result<Answer<commands::Record>> {
        run(ctx, input, commands::record).await
    }

    /// Notes a visit that both sides have agreed, and invites the contacts of the enterprise and the liaison (约定走访).
    async fn visit_agree(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The visit.")] input: Input<commands::Agree>,
    ) -> Result<Answer<commands::Agree>> {
        run(ctx, input, commands::agree).await
    }

    /// Gives an agreed visit another date; the invitations follow (改期).
    async fn visit_move(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The visit and its date.")] input: Input<commands::Move>,
    ) -> Result<Answer<commands::Move>> {
        run(ctx, input, commands::move_to).await
    }

    /// Records that an agreed visit took place (登记走访结果).
    async fn visit_hold(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The visit and what was talked about.")] input: Input<commands::Hold>,
    ) -> Result<Answer<commands::Hold>> {
        run(ctx, input, commands::hold).await
    }

    /// Cancels an agreed visit, with a reason; the invitations are called back (取消).
    async fn visit_cancel(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The visit and the reason.")] input: Input<commands::Cancel>,
    ) -> Result<Answer<commands::Cancel>> {
        run(ctx, input, commands::cancel).await
    }
}
