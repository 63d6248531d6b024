//! Liaisons (服务专员) as the API shows them.

use std::collections::HashMap;

use api_door::{
    coded::{Coded, plain},
    form::{Input, Offered, Payload, offered, run},
    loaders::{self, Batch, by_id},
    operation::{store, viewer},
    page::{self, Connection, SortDirection},
    row::Row,
    scalar::{Date, Kind},
};
use async_graphql::{Context, Enum, ID, InputObject, Object, Result};
use entity::{
    account,
    error::Fault,
    liaison::{
        self,
        commands::{self, HandedOver},
        repository,
    },
    store::Store,
    table::Visible,
    telephone::Telephone,
    viewer::{Role, Viewer},
    visit,
};
use uuid::Uuid;

use super::enterprise::{Enterprise, EnterpriseById};

/// A person behind something this viewer may see, by name only.
pub struct Official {
    id: Uuid,
    name: String,
}

/// A person behind something this viewer may see, by name only.
#[Object]
impl Official {
    /// The account.
    async fn id(&self) -> ID {
        Kind::Account.id(self.id)
    }

    /// The name.
    async fn name(&self) -> &str {
        &self.name
    }
}

/// The person with this account, by name; nobody where there is none.
pub async fn official(
    ctx: &Context<'_>,
    id: impl Into<Option<Uuid>>,
) -> Result<Option<Row<Official>>> {
    let Some(id) = id.into() else {
        return Ok(None);
    };
    let name = loaders::one::<NameById>(ctx, id).await?;
    Ok(name.map(|name| Row(Official { id, name })))
}

/// The people with these accounts, in the order of their names.
pub async fn officials(ctx: &Context<'_>, ids: Vec<Uuid>) -> Result<Vec<Row<Official>>> {
    let names = loaders::many::<NameById>(ctx, ids).await?;
    let mut found: Vec<Official> = names
        .into_iter()
        .map(|(id, name)| Official { id, name })
        .collect();
    found.sort_by(|one, other| (&one.name, one.id).cmp(&(&other.name, other.id)));
    Ok(found.into_iter().map(Row).collect())
}

/// Names of people by key.
pub struct NameById;

impl Batch for NameById {
    type Key = Uuid;
    type Value = String;

    async fn load(
        store: &Store,
        _viewer: &Viewer,
        keys: &[Uuid],
    ) -> Result<HashMap<Uuid, String>, Fault> {
        account::repository::names_of(store.db(), keys).await
    }
}

/// Numbers of people by key. Only for those who are rung by everybody that sees their work.
struct TelephoneById;

impl Batch for TelephoneById {
    type Key = Uuid;
    type Value = Telephone;

    async fn load(
        store: &Store,
        _viewer: &Viewer,
        keys: &[Uuid],
    ) -> Result<HashMap<Uuid, Telephone>, Fault> {
        account::repository::telephones_of(store.db(), keys).await
    }
}

/// Who looks after which enterprise, from when to when, and who stands in (服务专员).
pub struct Liaison(pub(crate) liaison::Model);

impl From<liaison::Model> for Liaison {
    fn from(row: liaison::Model) -> Self {
        Self(row)
    }
}

/// Of a hand-over the one who is in charge from now on.
impl From<HandedOver> for Liaison {
    fn from(handed: HandedOver) -> Self {
        Self(handed.started)
    }
}

/// Who looks after which enterprise, from when to when, and who stands in (服务专员).
#[Object]
impl Liaison {
    /// The global id of the assignment.
    pub(super) async fn id(&self) -> ID {
        Kind::Liaison.id(self.0.id)
    }

    /// The enterprise looked after.
    async fn enterprise(&self, ctx: &Context<'_>) -> Result<Option<Row<Enterprise>>> {
        let row = loaders::one::<EnterpriseById>(ctx, self.0.enterprise_id).await?;
        Ok(row.map(Enterprise).map(Row))
    }

    /// The liaison.
    async fn official(&self, ctx: &Context<'_>) -> Result<Option<Row<Official>>> {
        official(ctx, self.0.account_id).await
    }

    /// Who stands in while the liaison is absent (代理专员).
    async fn deputy(&self, ctx: &Context<'_>) -> Result<Option<Row<Official>>> {
        official(ctx, self.0.deputy_id).await
    }

    /// The number of the liaison (联系电话), for everybody who may see the assignment; null once it has ended.
    async fn telephone(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        self.number_of(ctx, Some(self.0.account_id)).await
    }

    /// The number of whoever stands in; null once the assignment has ended.
    async fn deputy_telephone(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        self.number_of(ctx, self.0.deputy_id).await
    }

    /// Where the assignment stands.
    async fn state(&self) -> Coded<liaison::State> {
        self.0.state.into()
    }

    /// First day; null while proposed.
    async fn started_on(&self) -> Option<Date> {
        self.0.started_on.map(Date)
    }

    /// Last day; null while it lasts.
    async fn ended_on(&self) -> Option<Date> {
        self.0.ended_on.map(Date)
    }

    /// What was passed on to the successor (交接说明); internal, null for enterprises.
    async fn handover_note(&self, ctx: &Context<'_>) -> Option<&str> {
        let outside = viewer(ctx).role() == Some(Role::Enterprise);
        self.0.handover_note.as_deref().filter(|_| !outside)
    }

    /// Grows by one with every change; send it back as `expectedVersion`.
    async fn version(&self) -> i32 {
        self.0.version
    }

    /// The commands for it: whether the viewer may give each one now, and why not.
    #[graphql(complexity = "4 * child_complexity")]
    async fn commands(&self, ctx: &Context<'_>) -> Vec<Offered> {
        let offers = commands::offered(viewer(ctx), &self.0);
        offered(ctx, offers, Some(&commands::summary(&self.0)))
    }
}

impl Liaison {
    /// The number of one of its people while it lasts.
    async fn number_of(&self, ctx: &Context<'_>, person: Option<Uuid>) -> Result<Option<String>> {
        let person = person.filter(|_| self.0.state != liaison::State::Ended);
        let Some(person) = person else {
            return Ok(None);
        };
        let found = loaders::one::<TelephoneById>(ctx, person).await?;
        Ok(found.map(String::from))
    }
}

by_id! {
    /// Assignments by key.
    LiaisonById: liaison::Model = liaison::Entity::of_ids
}

/// The assignments in charge, by enterprise.
pub struct InCharge;

impl Batch for InCharge {
    type Key = Uuid;
    type Value = liaison::Model;

    async fn load(
        store: &Store,
        _viewer: &Viewer,
        keys: &[Uuid],
    ) -> Result<HashMap<Uuid, liaison::Model>, Fault> {
        let rows = repository::in_charge_of(store.db(), keys).await?;
        Ok(rows
            .into_iter()
            .map(|row| (row.enterprise_id, row))
            .collect())
    }
}

/// All assignments by enterprise, the newest first.
pub struct LiaisonHistory;

impl Batch for LiaisonHistory {
    type Key = Uuid;
    type Value = Vec<liaison::Model>;

    async fn load(
        store: &Store,
        viewer: &Viewer,
        keys: &[Uuid],
    ) -> Result<HashMap<Uuid, Vec<liaison::Model>>, Fault> {
        let mut found: HashMap<Uuid, Vec<liaison::Model>> = HashMap::new();
        for row in repository::history_of(store.db(), viewer, keys).await? {
            found.entry(row.enterprise_id).or_default().push(row);
        }
        Ok(found)
    }
}

/// Narrows a list of assignments.
#[derive(Default, InputObject)]
pub struct LiaisonFilter {
    /// In one of these states.
    state: Option<LiaisonStateIn>,
    /// Of this enterprise.
    enterprise_id: Option<ID>,
    /// With this account as liaison or as deputy.
    account_id: Option<ID>,
}

/// One of several states.
#[derive(InputObject)]
pub struct LiaisonStateIn {
    /// The state is one of these.
    one_of: Vec<Coded<liaison::State>>,
}

/// By what a list of assignments may be sorted.
#[derive(Clone, Copy, PartialEq, Eq, Enum)]
pub enum LiaisonSortField {
    /// When the assignment was made.
    CreatedAt,
}

/// The order of a list of assignments.
#[derive(InputObject)]
pub struct LiaisonSort {
    /// By what.
    #[graphql(default_with = "LiaisonSortField::CreatedAt")]
    field: LiaisonSortField,
    /// In which direction.
    #[graphql(default_with = "SortDirection::Asc")]
    direction: SortDirection,
}

/// Reads of liaisons.
#[derive(Default)]
pub struct LiaisonQuery;

#[Object]
impl LiaisonQuery {
    /// One assignment; null when there is none for this viewer.
    async fn liaison(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Its global id.")] id: ID,
    ) -> Result<Option<Row<Liaison>>> {
        let Some(key) = Kind::Liaison.key(&id) else {
            return Ok(None);
        };
        Ok(liaison::Entity::one(store(ctx).db(), viewer(ctx), key)
            .await?
            .map(Liaison)
            .map(Row))
    }

    /// The assignments of the enterprises this viewer may know of.
    #[allow(clippy::too_many_arguments, reason = "the arguments of a connection")]
    #[graphql(complexity = "page::cost(first, last, child_complexity)")]
    async fn liaisons(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many from the start.")] first: Option<i32>,
        #[graphql(desc = "How many from the end.")] last: Option<i32>,
        #[graphql(desc = "Only after this cursor.")] after: Option<String>,
        #[graphql(desc = "Only before this cursor.")] before: Option<String>,
        #[graphql(name = "where", desc = "Narrows the list.")] filter: Option<LiaisonFilter>,
        #[graphql(desc = "The order; the id decides among equals.")] sort_by: Option<LiaisonSort>,
    ) -> Result<Connection<Liaison>> {
        let request = page::request(ctx, first, last, after, before)?;
        let filter = filter.unwrap_or_default();
        let key = |kind: Kind, id: Option<ID>| id.map(|id| kind.require(&id)).transpose();
        let filter = repository::Filter {
            states: filter.state.map(|state| plain(state.one_of)),
            enterprise_id: key(Kind::Enterprise, filter.enterprise_id)?,
            account_id: key(Kind::Account, filter.account_id)?,
        };
        let descending = sort_by.is_some_and(|sort| sort.direction == SortDirection::Desc);
        let rows =
            repository::page(store(ctx).db(), viewer(ctx), &filter, descending, &request).await?;
        Ok(page::connection(rows, |row| row.id))
    }
}

/// What a mutation answers.
type Answer<C> = Payload<C, Liaison>;

/// Changes of liaisons.
#[derive(Default)]
pub struct LiaisonMutation;

#[Object]
impl LiaisonMutation {
    /// Names a future liaison of an enterprise (CENTRE); one proposal at a time.
    async fn liaison_propose(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Who is proposed for what.")] input: Input<commands::Propose>,
    ) -> Result<Answer<commands::Propose>> {
        run(ctx, input, commands::propose).await
    }

    /// A proposed liaison takes up the work today (CENTRE). A conflict when somebody is in charge: hand over instead.
    async fn liaison_activate(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Who takes up the work.")] input: Input<commands::Activate>,
    ) -> Result<Answer<commands::Activate>> {
        run(ctx, input, commands::activate).await
    }

    /// Appoints who stands in while the liaison is absent, or nobody (CENTRE).
    async fn liaison_appoint_deputy(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Who stands in for whom.")] input: Input<commands::AppointDeputy>,
    ) -> Result<Answer<commands::AppointDeputy>> {
        run(ctx, input, commands::appoint_deputy).await
    }

    /// The liaison in charge begins to hand over (CENTRE); nothing else changes until the successor takes up the work.
    async fn liaison_begin_hand_over(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Who begins to hand over.")] input: Input<commands::BeginHandOver>,
    ) -> Result<Answer<commands::BeginHandOver>> {
        run(ctx, input, commands::begin_hand_over).await
    }

    /// Ends one assignment and starts the next in one step, never with a gap; both sides are told by letter (CENTRE).
    async fn liaison_hand_over(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Who hands over to whom.")] input: Input<commands::HandOver>,
    ) -> Result<Answer<commands::HandOver>> {
        run(ctx, input, visit::commands::hand_over).await
    }
}
