//! Enterprises (企业) as the API shows them.

use std::collections::{BTreeMap, HashMap};

use api_door::{
    coded::Coded,
    error::bad_request,
    form::{Input, Offered, Payload, offered, run},
    loaders::{self, Batch, by_id},
    operation::{store, viewer},
    page::{self, Connection, SortDirection},
    row::Row,
    scalar::{Date, DateTime, Kind, int},
};
use async_graphql::{Context, Enum, ID, InputObject, Object, Result, SimpleObject};
use chrono::Days;
use entity::{
    account,
    deadline::rules::Light,
    enterprise::{self, commands, repository, rules::CreditCode},
    error::Fault,
    liaison::commands::end_enterprise,
    obligation,
    permission::{self, Action, Standing},
    permit,
    store::Store,
    table::Visible,
    text::Search,
    viewer::{Role, Viewer},
};
use uuid::Uuid;

use super::{
    contract::{Contract, ContractInForce},
    liaison::{InCharge, Liaison, LiaisonHistory},
    obligation::{LastKept, Obligation, OpenObligationsOfEnterprise, StandingTo},
    permit::{Permit, PermitsOfEnterprise},
    project::{Project, ProjectsOfEnterprise},
    visit::{LastContact, Visit, VisitsOfEnterprise},
};

pub mod contact;
pub mod error;

use contact::{ContactsOfEnterprise, EnterpriseContact};
use error::EnterpriseErrorCode;

/// A firm in the park, known by its unified social credit code (企业).
pub struct Enterprise(pub(crate) enterprise::Model);

impl From<enterprise::Model> for Enterprise {
    fn from(row: enterprise::Model) -> Self {
        Self(row)
    }
}

/// A firm in the park, known by its unified social credit code (企业).
#[Object]
impl Enterprise {
    /// The global id.
    pub(super) async fn id(&self) -> ID {
        Kind::Enterprise.id(self.0.id)
    }

    /// Unified social credit code, 18 characters (统一社会信用代码).
    async fn credit_code(&self) -> &str {
        &self.0.credit_code
    }

    /// Whether the organisation code inside the credit code has a wrong check character: worth a look, not an error.
    async fn credit_code_doubtful(&self) -> bool {
        CreditCode::verify(&self.0.credit_code).is_ok_and(|code| !code.inner_check_holds())
    }

    /// Registered name (企业名称).
    async fn name_zh(&self) -> &str {
        &self.0.name_zh
    }

    /// Name in English, if it has one.
    async fn name_en(&self) -> Option<&str> {
        self.0.name_en.as_deref()
    }

    /// Line of business (行业).
    async fn industry(&self) -> &str {
        &self.0.industry
    }

    /// Internal remark of the service centre; null for enterprises.
    async fn remark(&self, ctx: &Context<'_>) -> Option<&str> {
        self.0.remark.as_deref().filter(|_| !is_outside(ctx))
    }

    /// Since when it is known here.
    async fn created_at(&self) -> DateTime {
        self.0.created_at.into()
    }

    /// Its last day in the park; null while it is here.
    async fn ended_on(&self) -> Option<Date> {
        self.0.ended_on.map(Date)
    }

    /// Grows by one with every change; send it back as `expectedVersion`.
    async fn version(&self) -> i32 {
        self.0.version
    }

    /// The liaison in charge now; null when there is none.
    async fn liaison(&self, ctx: &Context<'_>) -> Result<Option<Row<Liaison>>> {
        Ok(loaders::one::<InCharge>(ctx, self.0.id)
            .await?
            .map(Liaison)
            .map(Row))
    }

    /// The contract in force (现行契约); null when there is none.
    async fn contract(&self, ctx: &Context<'_>) -> Result<Option<Row<Contract>>> {
        let row = loaders::one::<ContractInForce>(ctx, self.0.id).await?;
        Ok(row.map(Contract).map(Row))
    }

    /// The permits it holds (证照), the one to be applied for first at the head.
    #[graphql(complexity = "10 * child_complexity")]
    async fn permits(&self, ctx: &Context<'_>) -> Result<Vec<Row<Permit>>> {
        let rows = loaders::one::<PermitsOfEnterprise>(ctx, self.0.id).await?;
        Ok(rows
            .unwrap_or_default()
            .into_iter()
            .map(Permit)
            .map(Row)
            .collect())
    }

    /// What is still owed to it (待履行事项), oldest first.
    #[graphql(complexity = "20 * child_complexity")]
    async fn open_obligations(&self, ctx: &Context<'_>) -> Result<Vec<Row<Obligation>>> {
        let rows = loaders::one::<OpenObligationsOfEnterprise>(ctx, self.0.id).await?;
        Ok(rows
            .unwrap_or_default()
            .into_iter()
            .map(Obligation)
            .map(Row)
            .collect())
    }

    /// The promise that was kept last (上次办结); null when none was.
    async fn last_kept(&self, ctx: &Context<'_>) -> Result<Option<Row<Obligation>>> {
        let row = loaders::one::<LastKept>(ctx, self.0.id).await?;
        Ok(row.map(Obligation).map(Row))
    }

    /// The contact that was held last (上次联系); null when none was.
    async fn last_contact(&self, ctx: &Context<'_>) -> Result<Option<Row<Visit>>> {
        let row = loaders::one::<LastContact>(ctx, self.0.id).await?;
        Ok(row.map(Visit).map(Row))
    }

    /// Its visits and contacts (走访联系), the newest 20, the latest first; the list `visits` has the others.
    #[graphql(complexity = "20 * child_complexity")]
    async fn visits(&self, ctx: &Context<'_>) -> Result<Vec<Row<Visit>>> {
        let rows = loaders::one::<VisitsOfEnterprise>(ctx, self.0.id).await?;
        Ok(rows
            .unwrap_or_default()
            .into_iter()
            .map(Visit)
            .map(Row)
            .collect())
    }

    /// Whether it has a contact who can be written to: an account that is enabled.
    async fn has_contact(&self, ctx: &Context<'_>) -> Result<bool> {
        let found = loaders::one::<ContactOfEnterprise>(ctx, self.0.id).await?;
        Ok(found.is_some())
    }

    /// Its people with an account that is enabled (企业联系人): for the service centre, for its liaison and the deputy, and for a person
    /// of the enterprise the own entry; for everybody else none.
    #[graphql(complexity = "3 * child_complexity")]
    async fn contacts(&self, ctx: &Context<'_>) -> Result<Vec<EnterpriseContact>> {
        let found = loaders::one::<ContactsOfEnterprise>(ctx, self.0.id).await?;
        Ok(found.unwrap_or_default())
    }

    /// The commands for it: whether the viewer may give each one now, and why not.
    #[graphql(complexity = "5 * child_complexity")]
    async fn commands(&self, ctx: &Context<'_>) -> Result<Vec<Offered>> {
        let standing = loaders::one::<StandingTo>(ctx, self.0.id).await?;
        let standing = standing.unwrap_or(Standing::None);
        let offers = [
            commands::offered(viewer(ctx), &self.0),
            permit::commands::offered_to_holder(viewer(ctx), standing, &self.0),
        ];
        let present = commands::summary(&self.0);
        let present = Some(&present).filter(|_| !is_outside(ctx));
        Ok(offered(ctx, offers.concat(), present))
    }

    /// What the viewer may do for it.
    async fn permissions(&self, ctx: &Context<'_>) -> Result<EnterprisePermissions> {
        let may = super::visit::may_record(ctx, self.0.id).await?;
        let standing = loaders::one::<StandingTo>(ctx, self.0.id).await?;
        let standing = standing.unwrap_or(Standing::None);
        let permits = permission::require(viewer(ctx), Action::ManagePermits, standing).is_ok();
        Ok(EnterprisePermissions {
            can_record_visits: may && self.0.ended_on.is_none(),
            can_record_permits: permits && self.0.ended_on.is_none(),
        })
    }

    /// All its liaisons, the newest first.
    #[graphql(complexity = "5 * child_complexity")]
    async fn liaisons(&self, ctx: &Context<'_>) -> Result<Vec<Row<Liaison>>> {
        let rows = loaders::one::<LiaisonHistory>(ctx, self.0.id).await?;
        Ok(rows
            .unwrap_or_default()
            .into_iter()
            .map(Liaison)
            .map(Row)
            .collect())
    }

    /// How many open promises to it show each light today (预警状态), the most severe first: of those that the viewer may see.
    #[graphql(complexity = "6 * child_complexity")]
    async fn lights(&self, ctx: &Context<'_>) -> Result<Vec<LightCount>> {
        let counts = loaders::one::<LightsOfEnterprise>(ctx, self.0.id).await?;
        Ok(light_counts(&counts.unwrap_or_default()))
    }

    /// Its projects (重点项目), by name.
    #[graphql(complexity = "2 * child_complexity")]
    async fn projects(&self, ctx: &Context<'_>) -> Result<Vec<Row<Project>>> {
        let rows = loaders::one::<ProjectsOfEnterprise>(ctx, self.0.id).await?;
        Ok(rows
            .unwrap_or_default()
            .into_iter()
            .map(Project)
            .map(Row)
            .collect())
    }
}

/// Each light with its count, the most severe first.
fn light_counts(counts: &BTreeMap<Light, u32>) -> Vec<LightCount> {
    let count = |light: Light| LightCount {
        light: light.into(),
        count: counts.get(&light).map_or(0, |count| int(*count)),
    };
    Light::ALL.into_iter().rev().map(count).collect()
}

/// Whether the viewer is of an enterprise, and not told what the park notes for itself.
fn is_outside(ctx: &Context<'_>) -> bool {
    viewer(ctx).role() == Some(Role::Enterprise)
}

/// What the viewer may do for an enterprise.
#[derive(SimpleObject)]
pub struct EnterprisePermissions {
    /// Arrange visits and record contacts.
    can_record_visits: bool,
    /// Record permits of it.
    #[graphql(deprecation = "Ask `commands` of the enterprise; until 2027-12-31.")]
    can_record_permits: bool,
}

/// How many show a light today.
#[derive(SimpleObject)]
pub struct LightCount {
    /// The light.
    light: Coded<Light>,
    /// How many.
    count: i32,
}

/// How many open promises fall due on a day.
#[derive(SimpleObject)]
pub struct DueDay {
    /// The day.
    on: Date,
    /// How many.
    count: i32,
    /// How many of them by law.
    statutory: i32,
}

impl From<obligation::repository::DueDay> for DueDay {
    fn from(day: obligation::repository::DueDay) -> Self {
        Self {
            on: day.on.into(),
            count: int(day.count),
            statutory: int(day.statutory),
        }
    }
}

/// The lights of the open promises to enterprises.
pub struct LightsOfEnterprise;

impl Batch for LightsOfEnterprise {
    type Key = Uuid;
    type Value = BTreeMap<Light, u32>;

    async fn load(
        store: &Store,
        viewer: &Viewer,
        keys: &[Uuid],
    ) -> Result<HashMap<Uuid, BTreeMap<Light, u32>>, Fault> {
        obligation::repository::lights_of(store, viewer, keys).await
    }
}

/// The enterprises that have a contact. Only for the edges of enterprises that the viewer may know of.
struct ContactOfEnterprise;

impl Batch for ContactOfEnterprise {
    type Key = Uuid;
    type Value = ();

    async fn load(
        store: &Store,
        _viewer: &Viewer,
        keys: &[Uuid],
    ) -> Result<HashMap<Uuid, ()>, Fault> {
        let found = account::repository::contacts_of_each(store.db(), keys).await?;
        Ok(found.into_keys().map(|key| (key, ())).collect())
    }
}

by_id! {
    /// Enterprises by key.
    EnterpriseById: enterprise::Model = enterprise::Entity::of_ids
}

/// Narrows a list of enterprises.
#[derive(Default, InputObject)]
pub struct EnterpriseFilter {
    /// Name, English name or credit code, or the number of a contract, contains this text.
    search: Option<String>,
    /// In one of these lines of business.
    industry: Option<TextIn>,
    /// Still in the park (true), or gone (false).
    in_the_park: Option<bool>,
    /// Looked after by this account, as liaison or as deputy.
    liaison_id: Option<ID>,
}

/// One of several texts.
#[derive(InputObject)]
pub struct TextIn {
    /// The value is one of these.
    one_of: Vec<String>,
}

/// By what a list of enterprises may be sorted.
#[derive(Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::enterprise::repository::Sort")]
pub enum EnterpriseSortField {
    /// When it became known here.
    CreatedAt,
    /// Registered name.
    Name,
    /// Credit code.
    CreditCode,
    /// Line of business.
    Industry,
}

/// The order of a list of enterprises.
#[derive(InputObject)]
pub struct EnterpriseSort {
    /// By what.
    field: EnterpriseSortField,
    /// In which direction.
    #[graphql(default_with = "SortDirection::Asc")]
    direction: SortDirection,
}

/// Reads of enterprises.
#[derive(Default)]
pub struct EnterpriseQuery;

#[Object]
impl EnterpriseQuery {
    /// One enterprise; null when there is none for this viewer.
    async fn enterprise(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Its global id.")] id: ID,
    ) -> Result<Option<Row<Enterprise>>> {
        let Some(key) = Kind::Enterprise.key(&id) else {
            return Ok(None);
        };
        Ok(loaders::one::<EnterpriseById>(ctx, key)
            .await?
            .map(Enterprise)
            .map(Row))
    }

    /// The enterprises this viewer may know of.
    #[allow(clippy::too_many_arguments, reason = "the arguments of a connection")]
    #[graphql(complexity = "page::cost(first, last, child_complexity)")]
    async fn enterprises(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many from the start.")] first: Option<i32>,
        #[graphql(desc = "How many from the end.")] last: Option<i32>,
        #[graphql(desc = "Only after this cursor.")] after: Option<String>,
        #[graphql(desc = "Only before this cursor.")] before: Option<String>,
        #[graphql(name = "where", desc = "Narrows the list.")] filter: Option<EnterpriseFilter>,
        #[graphql(desc = "The order; the id decides among equals.")] sort_by: Option<
            EnterpriseSort,
        >,
    ) -> Result<Connection<Enterprise>> {
        let request = page::request(ctx, first, last, after, before)?;
        let filter = filter.unwrap_or_default();
        let liaison_id = match filter.liaison_id {
            Some(id) => Some(Kind::Account.require(&id)?),
            None => None,
        };
        let filter = repository::Filter {
            search: filter.search.as_deref().and_then(Search::of),
            industries: filter.industry.map(|industry| industry.one_of),
            in_the_park: filter.in_the_park,
            liaison_id,
        };
        let (sort, descending) = sort_by.map_or((repository::Sort::default(), false), |sort| {
            (sort.field.into(), sort.direction == SortDirection::Desc)
        });
        let rows = repository::page(
            store(ctx).db(),
            viewer(ctx),
            &filter,
            sort,
            descending,
            &request,
        )
        .await?;
        Ok(page::connection(rows, |row| row.id))
    }
}

/// Reads of lights.
#[derive(Default)]
pub struct LightQuery;

#[Object]
impl LightQuery {
    /// How many open promises show each light today (预警状态), the most severe first: of those that the viewer may see.
    #[graphql(complexity = "6 * child_complexity")]
    async fn lights(&self, ctx: &Context<'_>) -> Result<Vec<LightCount>> {
        let counts = obligation::repository::lights(store(ctx), viewer(ctx)).await?;
        Ok(light_counts(&counts))
    }

    /// The enterprises in the park that are to be watched first: those with the most open promises past the statutory limit, of equals those
    /// with the most past the promised limit, then the most due within one working day; last the others, by name.
    #[graphql(complexity = "page::cost(Some(first), None, child_complexity)")]
    async fn enterprises_to_watch(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many at most, 1 to 100.")] first: i32,
    ) -> Result<Vec<Row<Enterprise>>> {
        let request = page::request(ctx, Some(first), None, None, None)?;
        let rows = obligation::repository::to_watch(store(ctx), viewer(ctx), request.size).await?;
        Ok(rows.into_iter().map(Enterprise).map(Row).collect())
    }

    /// How many open promises fall due on each of the coming days, today included: of those that the viewer may see and that are not paused.
    /// Days on which none falls due are left out.
    #[graphql(complexity = "31 * child_complexity")]
    async fn due_by_day(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many days, 1 to 31.")] days: u32,
    ) -> Result<Vec<DueDay>> {
        let store = store(ctx);
        let last = (1..=31)
            .contains(&days)
            .then(|| store.today() + Days::new(u64::from(days - 1)))
            .ok_or_else(|| bad_request("`days` is from 1 to 31."))?;
        let rows = obligation::repository::due_by_day(store, viewer(ctx), last).await?;
        Ok(rows.into_iter().map(DueDay::from).collect())
    }
}

/// What a change of an enterprise answers.
type Answer<C> = Payload<C, Enterprise, EnterpriseErrorCode>;

/// Changes of enterprises.
#[derive(Default)]
pub struct EnterpriseMutation;

#[Object]
impl EnterpriseMutation {
    /// Creates an enterprise (CENTRE).
    async fn enterprise_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The enterprise.")] input: Input<commands::Create>,
    ) -> Result<Answer<commands::Create>> {
        run(ctx, input, commands::create).await
    }

    /// Changes the names and the line of business of an enterprise (CENTRE).
    async fn enterprise_change(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The change.")] input: Input<commands::ChangeEnterprise>,
    ) -> Result<Answer<commands::ChangeEnterprise>> {
        run(ctx, input, commands::change).await
    }

    /// Records that an enterprise leaves the park (CENTRE); not while a contract is in force. Its liaison's assignment ends with it.
    async fn enterprise_end(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Who leaves, when and why.")] input: Input<commands::End>,
    ) -> Result<Answer<commands::End>> {
        run(ctx, input, end_enterprise).await
    }
}
