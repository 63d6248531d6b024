//! Applications (申请) in the API: the one form for several items, and its receipt.

use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

use api_door::{
    coded::{Coded, plain},
    command::command,
    form::{Input, Offered, Payload, offered, run},
    loaders::{self, Batch, by_id, by_owner},
    operation::{store, viewer},
    page::{self, Connection},
    row::Row,
    scalar::{Date, DateTime, Kind},
};
use async_graphql::{Context, ID, InputObject, Object, Result, SimpleObject};
use entity::{
    application::{
        self, Channel, State, commands,
        repository::{self, Opened, open},
        rules::{is_draft, is_whole_for},
    },
    enterprise,
    error::{Explain, Fault},
    permission::{Action, Standing, require},
    project, receipt,
    store::Store,
    table::Visible,
    viewer::Viewer,
};
use uuid::Uuid;

use super::{
    case::{Case, CasesOfApplication},
    item::{Item, ItemById},
    liaison::{Official, official},
    obligation::StandingTo,
    project::{Project, ProjectById},
};

mod form;
mod inputs;

pub use form::{
    ApplicationAnswer, ApplicationChange, ApplicationField, ApplicationForm, ApplicationMaterial,
    ApplicationOption, ApplicationSection,
};
pub use inputs::{
    ApplicationChooseItemsInput, ApplicationChooseItemsPayload, ApplicationErrorCode,
    ApplicationFieldInput, ApplicationFillInput, ApplicationFillPayload,
    ApplicationSetMaterialInput, ApplicationSetMaterialPayload, ApplicationStartInput,
    ApplicationStartPayload,
};

/// An application (申请): one form of an enterprise for several items of the catalogue, filled in once.
pub struct Application(pub(crate) application::Model);

impl From<application::Model> for Application {
    fn from(row: application::Model) -> Self {
        Self(row)
    }
}

impl Application {
    async fn may(&self, ctx: &Context<'_>) -> Result<Result<(), String>> {
        let standing = self.standing(ctx).await?;
        let language = viewer(ctx).language();
        if let Err(fault) = require(viewer(ctx), Action::FillApplications, standing) {
            return Ok(Err(fault.explain(language)));
        }
        Ok(is_draft(&self.0).map_err(|error| {
            let why = error.explain();
            why.in_language(language).to_owned()
        }))
    }

    async fn standing(&self, ctx: &Context<'_>) -> Result<Standing> {
        let standing = loaders::one::<StandingTo>(ctx, self.0.enterprise_id).await?;
        Ok(standing.unwrap_or(Standing::None))
    }

    /// The items of which the viewer reads here; nothing stands for all of them. A department reads of those that it decides.
    async fn read_items(&self, ctx: &Context<'_>) -> Result<Option<HashSet<Uuid>>> {
        if is_whole_for(viewer(ctx), &self.0) {
            return Ok(None);
        }
        let cases = loaders::one::<CasesOfApplication>(ctx, self.0.id).await?;
        let cases = cases.unwrap_or_default().into_iter();
        Ok(Some(cases.map(|case| case.item_id).collect()))
    }

    async fn firm(&self, ctx: &Context<'_>) -> Result<enterprise::Model> {
        let firm = loaders::one::<FirmOfApplication>(ctx, self.0.enterprise_id).await?;
        Ok(firm.ok_or(Fault::NotFound)?)
    }
}

/// An application (申请): one form of an enterprise for several items of the catalogue, filled in once.
#[Object]
impl Application {
    /// The global id.
    pub(super) async fn id(&self) -> ID {
        Kind::Application.id(self.0.id)
    }

    /// Its number: "2026000012"; null as long as it is a draft.
    async fn number(&self) -> Option<&str> {
        self.0.number.as_deref()
    }

    /// The name of the enterprise that applies; Chinese.
    async fn enterprise_zh(&self, ctx: &Context<'_>) -> Result<String> {
        Ok(self.firm(ctx).await?.name_zh)
    }

    /// English, if it has one.
    async fn enterprise_en(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        Ok(self.firm(ctx).await?.name_en)
    }

    /// The global id of the enterprise that applies.
    async fn enterprise_id(&self) -> ID {
        Kind::Enterprise.id(self.0.enterprise_id)
    }

    /// For which project; null for none, and for one that the viewer may not see.
    async fn project(&self, ctx: &Context<'_>) -> Result<Option<Row<Project>>> {
        let Some(id) = self.0.project_id else {
            return Ok(None);
        };
        let row = loaders::one::<ProjectById>(ctx, id).await?;
        Ok(row.map(Project).map(Row))
    }

    /// Whether it was handed in.
    async fn state(&self) -> Coded<State> {
        self.0.state.into()
    }

    /// On which way it came.
    async fn channel(&self) -> Coded<Channel> {
        self.0.channel.into()
    }

    /// The items that are applied for, in the order of the catalogue; for a department those that it decides.
    #[graphql(complexity = "6 * child_complexity")]
    async fn items(&self, ctx: &Context<'_>) -> Result<Vec<Row<Item>>> {
        let chosen = loaders::one::<ItemsOfApplication>(ctx, self.0.id).await?;
        let read = self.read_items(ctx).await?;
        let keys = chosen.unwrap_or_default().into_iter();
        let keys = keys.map(|row| row.item_id);
        let keys = keys.filter(|id| read.as_ref().is_none_or(|read| read.contains(id)));
        let found = loaders::many::<ItemById>(ctx, keys).await?;
        let mut items: Vec<_> = found.into_values().collect();
        items.sort_by_key(|item| item.place);
        Ok(items.into_iter().map(|item| Row(Item(item))).collect())
    }

    /// When it was begun.
    async fn created_at(&self) -> DateTime {
        self.0.created_at.into()
    }

    /// Who began it.
    async fn created_by(&self, ctx: &Context<'_>) -> Result<Option<Row<Official>>> {
        official(ctx, self.0.created_by).await
    }

    /// When anything of it was changed last.
    async fn changed_at(&self) -> DateTime {
        self.0.changed_at.into()
    }

    /// The last day on which a draft is kept unless it is changed before; null when it was received.
    async fn kept_until(&self) -> Option<Date> {
        self.0.kept_until.map(Into::into)
    }

    /// When it was received.
    async fn received_at(&self) -> Option<DateTime> {
        self.0.received_at.map(Into::into)
    }

    /// Who handed it in, or took it in at the window.
    async fn received_by(&self, ctx: &Context<'_>) -> Result<Option<Row<Official>>> {
        official(ctx, self.0.received_by).await
    }

    /// Grows by one with every change, also of its fields and materials, and with the receipt; for `expectedVersion`. Fields have versions of their own.
    async fn version(&self) -> i32 {
        self.0.version
    }

    /// Whether the viewer may fill it in now.
    async fn can_fill(&self, ctx: &Context<'_>) -> Result<bool> {
        Ok(self.may(ctx).await?.is_ok())
    }

    /// Why not; null when the viewer may.
    async fn reason_if_not(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        Ok(self.may(ctx).await?.err())
    }

    /// The form: its sections, its materials, and what the receipt says or will say. Of a draft by the catalogue that is in force; for a department what
    /// the items ask for that it decides.
    #[graphql(complexity = "700 + child_complexity")]
    async fn form(&self, ctx: &Context<'_>) -> Result<ApplicationForm> {
        let opened = loaders::one::<OpenedById>(ctx, self.0.id).await?;
        let read = self.read_items(ctx).await?;
        ApplicationForm::of(ctx, opened.ok_or(Fault::NotFound)?, read.as_ref()).await
    }

    /// The projects of the enterprise for which it can be, by their names; empty for who does not fill it in.
    #[graphql(complexity = "700 + child_complexity")]
    async fn projects(&self, ctx: &Context<'_>) -> Result<Vec<ApplicationProject>> {
        if self.may(ctx).await?.is_err() {
            return Ok(Vec::new());
        }
        let found = repository::projects_of(store(ctx).db(), self.0.enterprise_id).await?;
        let project = |row: project::Model| ApplicationProject {
            project_id: Kind::Project.id(row.id),
            chosen: self.0.project_id == Some(row.id),
            name: row.name,
        };
        Ok(found.into_iter().map(project).collect())
    }

    /// Its cases (办件), one for each item, once it was received.
    #[graphql(complexity = "6 * child_complexity")]
    async fn cases(&self, ctx: &Context<'_>) -> Result<Vec<Row<Case>>> {
        let rows = loaders::one::<CasesOfApplication>(ctx, self.0.id).await?;
        let rows = rows.unwrap_or_default().into_iter();
        Ok(rows.map(|row| Row(Case(row))).collect())
    }

    /// The commands for it: whether the viewer may give each one now, and why not.
    #[graphql(complexity = "3 * child_complexity")]
    async fn commands(&self, ctx: &Context<'_>) -> Result<Vec<Offered>> {
        let standing = self.standing(ctx).await?;
        let mut offers = commands::offered(viewer(ctx), &self.0, standing);
        offers.extend(receipt::commands::offered(viewer(ctx), &self.0, standing));
        Ok(offered(ctx, offers, None))
    }
}

by_id! {
    /// Applications by key.
    ApplicationById: application::Model = application::Entity::of_ids
}

by_id! {
    /// The enterprises that apply, whom everybody knows who sees the application.
    FirmOfApplication: enterprise::Model = firms
}

async fn firms(
    db: &entity::store::Reads,
    _viewer: &Viewer,
    keys: &[Uuid],
) -> Result<Vec<enterprise::Model>, Fault> {
    repository::enterprises(db, keys).await
}

by_owner! {
    /// The items of applications.
    ItemsOfApplication: application::item::Model = unscoped repository::items_of, by |row| row.application_id;
}

/// Applications with all of which their forms are made. Each takes some statements, so they are asked for one by one.
struct OpenedById;

impl Batch for OpenedById {
    type Key = Uuid;
    type Value = Arc<Opened>;

    async fn load(
        store: &Store,
        viewer: &Viewer,
        keys: &[Uuid],
    ) -> Result<HashMap<Uuid, Arc<Opened>>, Fault> {
        let mut found = HashMap::with_capacity(keys.len());
        for row in application::Entity::of_ids(store.db(), viewer, keys).await? {
            let opened = open(store, row, store.zone(), store.today()).await?;
            found.insert(opened.application.id, Arc::new(opened));
        }
        Ok(found)
    }
}

/// A project for which an application can be.
#[derive(SimpleObject)]
pub struct ApplicationProject {
    /// Its global id, for `applicationChooseItems`.
    project_id: ID,
    /// Its name.
    name: String,
    /// Whether the application is for it.
    chosen: bool,
}

/// Which states are wanted.
#[derive(Clone, Debug, InputObject)]
pub struct ApplicationStateFilter {
    /// One of these.
    one_of: Vec<Coded<State>>,
}

/// Which applications are wanted: all conditions hold.
#[derive(Clone, Debug, Default, InputObject)]
pub struct ApplicationFilter {
    /// In which states.
    state: Option<ApplicationStateFilter>,
    /// Of this enterprise.
    enterprise_id: Option<ID>,
    /// For this project.
    project_id: Option<ID>,
}

/// Reading applications.
#[derive(Default)]
pub struct ApplicationQuery;

#[Object]
impl ApplicationQuery {
    /// One application; null when it does not exist for this viewer.
    async fn application(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The global id of the application.")] id: ID,
    ) -> Result<Option<Application>> {
        let Some(key) = Kind::Application.key(&id) else {
            return Ok(None);
        };
        let row = loaders::one::<ApplicationById>(ctx, key).await?;
        Ok(row.map(Application))
    }

    /// The applications this viewer may see, the newest first: an enterprise its own, a department those of which it decides an item.
    #[graphql(complexity = "page::cost(first, last, child_complexity)")]
    async fn applications(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many from the start.")] first: Option<i32>,
        #[graphql(desc = "How many from the end.")] last: Option<i32>,
        #[graphql(desc = "After this cursor.")] after: Option<String>,
        #[graphql(desc = "Before this cursor.")] before: Option<String>,
        #[graphql(name = "where", desc = "Which applications.")] filter: Option<ApplicationFilter>,
    ) -> Result<Connection<Application>> {
        let request = page::request(ctx, first, last, after, before)?;
        let filter = filter.unwrap_or_default();
        let key = |kind: Kind, id: Option<ID>| id.map(|id| kind.require(&id)).transpose();
        let wanted = repository::Filter {
            states: filter.state.map(|state| plain(state.one_of)),
            enterprise_id: key(Kind::Enterprise, filter.enterprise_id)?,
            project_id: key(Kind::Project, filter.project_id)?,
        };
        let db = store(ctx).db();
        let rows = repository::page(db, viewer(ctx), wanted, &request).await?;
        Ok(page::connection(rows, |row| row.id))
    }
}

/// What a mutation with a form answers.
type Answer<C> = Payload<C, Application, ApplicationErrorCode>;

/// What happens to applications.
#[derive(Default)]
pub struct ApplicationMutation;

#[Object]
impl ApplicationMutation {
    /// Begins an application (新建申请; ENTERPRISE for itself, CENTRE and WINDOW_OFFICER for an enterprise at the window).
    async fn application_start(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The items, and for whom.")] input: ApplicationStartInput,
    ) -> Result<ApplicationStartPayload> {
        let input = commands::Start::try_from(input)?;
        command(ctx, input, |store, viewer, input| async move {
            commands::start(&store, &viewer, input).await
        })
        .await
    }

    /// Chooses the items of a draft, and for which project it is (选择事项; ENTERPRISE for itself, CENTRE and WINDOW_OFFICER at the window). What was filled
    /// in for others is kept; what was attached to them alone is taken away.
    async fn application_choose_items(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The draft and its items.")] input: ApplicationChooseItemsInput,
    ) -> Result<ApplicationChooseItemsPayload> {
        let input = commands::ChooseItems::try_from(input)?;
        command(ctx, input, |store, viewer, input| async move {
            commands::choose_items(&store, &viewer, input).await
        })
        .await
    }

    /// Fills in fields of a draft, all or none (填写; ENTERPRISE for itself, CENTRE and WINDOW_OFFICER at the window). They are kept as they are typed; what is
    /// wrong with them, the form says.
    async fn application_fill(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The draft and its fields.")] input: ApplicationFillInput,
    ) -> Result<ApplicationFillPayload> {
        let input = commands::Fill::try_from(input)?;
        command(ctx, input, |store, viewer, input| async move {
            commands::fill(&store, &viewer, input).await
        })
        .await
    }

    /// Attaches files of a material and takes some away, or chooses that it follows or that a promise replaces it (提交材料; ENTERPRISE for
    /// itself, CENTRE, WINDOW_OFFICER).
    async fn application_set_material(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The draft and the material.")] input: ApplicationSetMaterialInput,
    ) -> Result<ApplicationSetMaterialPayload> {
        let input = commands::SetMaterial::try_from(input)?;
        command(ctx, input, |store, viewer, input| async move {
            commands::set_material(&store, &viewer, input).await
        })
        .await
    }

    /// Confirms what the catalogue has changed while the draft was open (确认目录变化; ENTERPRISE for itself, CENTRE and WINDOW_OFFICER at the window).
    async fn application_renew(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The draft.")] input: Input<commands::Renew>,
    ) -> Result<Answer<commands::Renew>> {
        run(ctx, input, commands::renew).await
    }

    /// Hands an application in: it is received at once, and each item becomes a case (提交申请; ENTERPRISE for itself, CENTRE and WINDOW_OFFICER at the window).
    /// Everything that is missing is told at once; a second time the answer is the same receipt.
    async fn application_hand_in(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The application.")] input: Input<receipt::commands::HandIn>,
    ) -> Result<Answer<receipt::commands::HandIn>> {
        run(ctx, input, receipt::commands::hand_in).await
    }

    /// Deletes a draft (删除草稿; ENTERPRISE for itself, CENTRE and WINDOW_OFFICER at the window). Uploaded files stay among those of the enterprise.
    async fn application_discard(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The draft.")] input: Input<commands::Discard>,
    ) -> Result<Answer<commands::Discard>> {
        run(ctx, input, commands::discard).await
    }
}
