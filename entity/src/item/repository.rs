//! Every query on the catalogue. What is published is for everybody, strangers too; what is being worked on for the department and the park.

use std::{
    collections::HashSet,
    sync::{Arc, Mutex, PoisonError},
};

use sea_orm::{
    Condition, ConnectionTrait, EntityTrait, Order, QueryFilter, QueryOrder, QuerySelect,
    QueryTrait, Select,
    entity::prelude::*,
    sea_query::{Expr, ExprTrait},
};

use super::{
    Column, Entity, Model, edition, publication, rules,
    version::{self, State},
};
use crate::{
    catalogue::{History, ItemStatus, Need},
    department,
    error::Fault,
    kept::{Kept, Reader},
    page::{Page, PageRequest, grouped, keyset, of_keys},
    table::Visible,
    text::Search,
    viewer::{Role, Viewer},
};

/// Whose versions this viewer sees although they are not published.
enum Drafts {
    /// Of all items.
    All,
    /// Of the items of this department.
    Of(Uuid),
    /// Of none.
    None,
}

fn drafts(viewer: &Viewer) -> Drafts {
    match viewer {
        Viewer::System { .. } => Drafts::All,
        Viewer::Anonymous { .. } => Drafts::None,
        Viewer::Person(person) => match (person.role, person.department_id) {
            (Role::Centre | Role::Leader | Role::Supervisor, _) => Drafts::All,
            (Role::DepartmentHead | Role::WindowOfficer, Some(department)) => {
                Drafts::Of(department)
            }
            _ => Drafts::None,
        },
    }
}

/// Whether this viewer sees what any department works on.
pub fn sees_all_drafts(viewer: &Viewer) -> bool {
    matches!(drafts(viewer), Drafts::All)
}

fn published() -> Condition {
    Condition::all().add(version::Column::State.is_in([State::Published, State::Retired]))
}

impl Visible for Entity {
    /// The items of which something was published, or whose drafts this viewer sees.
    fn visible_to(viewer: &Viewer) -> Condition {
        let known = version::Entity::find()
            .select_only()
            .column(version::Column::ItemId)
            .filter(published())
            .into_query();
        let known = Condition::any().add(Column::Id.in_subquery(known));
        match drafts(viewer) {
            Drafts::All => Condition::all(),
            Drafts::Of(department) => known.add(Column::DepartmentId.eq(department)),
            Drafts::None => known,
        }
    }
}

impl Visible for version::Entity {
    /// What was published, and the drafts that this viewer sees.
    fn visible_to(viewer: &Viewer) -> Condition {
        match drafts(viewer) {
            Drafts::All => Condition::all(),
            Drafts::Of(department) => {
                let own = Entity::find()
                    .select_only()
                    .column(Column::Id)
                    .filter(Column::DepartmentId.eq(department))
                    .into_query();
                Condition::any()
                    .add(published())
                    .add(version::Column::ItemId.in_subquery(own))
            }
            Drafts::None => published(),
        }
    }
}

/// What a list of items is narrowed to.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Of this department.
    pub department: Option<Uuid>,
    /// In one of these.
    pub status: Option<Vec<ItemStatus>>,
    /// With a version in one of these.
    pub state: Option<Vec<State>>,
    /// Whose code or name has this.
    pub text: Option<Search>,
}

/// Stands so on a day: what is taken off the catalogue remains in it until its last day has passed.
fn standing(wanted: &[ItemStatus], day: Date) -> Condition {
    let remaining = version::Entity::find()
        .select_only()
        .column(version::Column::ItemId)
        .filter(version::Column::ValidTo.gte(day))
        .into_query();
    let such = Column::Status.is_in(wanted.iter().copied());
    match wanted.contains(&ItemStatus::Active) {
        true => Condition::any()
            .add(such)
            .add(Column::Id.in_subquery(remaining)),
        false => Condition::all()
            .add(such)
            .add(Column::Id.not_in_subquery(remaining)),
    }
}

/// One page of the items, in the order of the catalogue, as they stand today.
pub async fn page(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    filter: Filter,
    today: Date,
    request: &PageRequest,
) -> Result<Page<Model>, Fault> {
    let with_state = filter.state.map(|states| {
        let such = version::Entity::visible(viewer)
            .select_only()
            .column(version::Column::ItemId)
            .filter(version::Column::State.is_in(states))
            .into_query();
        Column::Id.in_subquery(such)
    });
    let such = Condition::all()
        .add_option(filter.department.map(|id| Column::DepartmentId.eq(id)))
        .add_option(filter.status.map(|status| standing(&status, today)))
        .add_option(with_state)
        .add_option(filter.text.map(|text| {
            let columns = [Column::Code, Column::NameZh, Column::NameEn];
            text.within(db.get_database_backend(), columns.map(Column::into_expr))
        }));
    let visible = Entity::visible(viewer);
    keyset(db, visible, such, Column::Place, false, Column::Id, request).await
}

/// The item with this code.
pub async fn by_code(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    code: &str,
) -> Result<Option<Model>, Fault> {
    let found = Entity::visible(viewer).filter(Column::Code.eq(code));
    Ok(found.one(db).await?)
}

/// The versions of `items` that the viewer may see, the oldest first, each held against what was published.
pub async fn versions_of(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    items: &[Uuid],
) -> Result<Vec<version::Model>, Fault> {
    let found = of_items(db, version::Entity::visible(viewer), items).await?;
    found.into_iter().map(version::Model::verified).collect()
}

/// Those of the versions that are of `items`, the oldest first.
async fn of_items(
    db: &impl ConnectionTrait,
    versions: Select<version::Entity>,
    items: &[Uuid],
) -> Result<Vec<version::Model>, Fault> {
    let in_order = versions.order_by_asc(version::Column::Number);
    of_keys(db, in_order, version::Column::ItemId, items).await
}

/// The published versions whose contents this process has held against their checksums.
#[derive(Debug, Default)]
struct Verified(Mutex<HashSet<Uuid>>);

impl Verified {
    fn of(kept: &Kept) -> Arc<Self> {
        kept.made_from(&[]).unwrap_or_else(|| {
            kept.keep(Vec::new(), Self::default());
            kept.made_from(&[]).unwrap_or_default()
        })
    }

    /// The version, held against its checksum if this process has not done so yet.
    fn once(&self, version: version::Model) -> Result<version::Model, Fault> {
        let known = || self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if known().contains(&version.id) {
            return Ok(version);
        }
        let version = version.verified()?;
        if version.published_at.is_some() {
            known().insert(version.id);
        }
        Ok(version)
    }
}

/// The versions of `items` that matter on a day, as far as the viewer may see them, the oldest first: not those that a later one has replaced.
/// Lists and guides read them all the time: each is held against what was published once in a process.
pub async fn versions_on(
    reader: &impl Reader,
    viewer: &Viewer,
    items: &[Uuid],
    day: Date,
) -> Result<Vec<version::Model>, Fault> {
    let later = publication::Entity::find()
        .select_only()
        .column(publication::Column::VersionId)
        .filter(
            publication::Column::ItemId
                .into_expr()
                .eq(version::Column::ItemId.into_expr()),
        )
        .filter(
            publication::Column::ValidFrom
                .into_expr()
                .gt(version::Column::ValidFrom.into_expr()),
        )
        .filter(publication::Column::ValidFrom.lte(day))
        .into_query();
    let versions = version::Entity::visible(viewer).filter(Expr::exists(later).not());
    let found = of_items(reader.db(), versions, items).await?;
    let verified = Verified::of(reader.kept());
    let found = found.into_iter();
    found.map(|version| verified.once(version)).collect()
}

/// The items that the viewer may know of, in no particular order.
pub async fn known(db: &impl ConnectionTrait, viewer: &Viewer) -> Result<Vec<Model>, Fault> {
    Ok(Entity::visible(viewer).all(db).await?)
}

/// All items in the order of the catalogue. Not scoped.
pub async fn all(db: &impl ConnectionTrait) -> Result<Vec<Model>, Fault> {
    Ok(Entity::find().order_by_asc(Column::Place).all(db).await?)
}

/// Is the newest version of its item.
const NEWEST: &str = "\"item_version\".\"number\" = (SELECT MAX(\"other\".\"number\") FROM \"item_version\" \"other\" \
    WHERE \"other\".\"item_id\" = \"item_version\".\"item_id\")";

/// The newest version of every item. Not scoped.
pub(super) async fn newest(db: &impl ConnectionTrait) -> Result<Vec<version::Model>, Fault> {
    let newest = version::Entity::find().filter(Expr::cust(NEWEST));
    Ok(newest.all(db).await?)
}

/// The departments of today with these numbers; everybody may know what they are called. Not scoped.
pub async fn departments_numbered(
    db: &impl ConnectionTrait,
    numbers: &[i32],
) -> Result<Vec<department::Model>, Fault> {
    let numbered = department::Entity::find()
        .filter(department::Column::Number.is_in(numbers.iter().copied()))
        .filter(department::Column::EndedOn.is_null());
    Ok(numbered.all(db).await?)
}

/// The departments that decide, by key; everybody may know what they are called. Not scoped.
pub async fn departments(
    db: &impl ConnectionTrait,
    ids: &[Uuid],
) -> Result<Vec<department::Model>, Fault> {
    of_keys(db, department::Entity::find(), department::Column::Id, ids).await
}

/// The key of the first edition in this order of their numbers.
async fn first_edition(reader: &impl Reader, order: Order) -> Result<Option<Uuid>, Fault> {
    Ok(edition::Entity::find()
        .select_only()
        .column(edition::Column::Id)
        .order_by(edition::Column::Number, order)
        .limit(1)
        .into_tuple()
        .one(reader.db())
        .await?)
}

/// The edition in force; nothing before the first import. It is read once, for it never changes.
pub async fn edition(reader: &impl Reader) -> Result<Option<Arc<edition::Model>>, Fault> {
    let Some(id) = first_edition(reader, Order::Desc).await? else {
        return Ok(None);
    };
    if let Some(kept) = reader.kept().made_from(&[id]) {
        return Ok(Some(kept));
    }
    let found = edition::Entity::find_by_id(id).one(reader.db()).await?;
    let edition = found.ok_or(Fault::NotFound)?;
    reader.kept().keep(vec![id], edition.clone());
    Ok(Some(Arc::new(edition)))
}

/// The catalogue as it is on one day: what the items share, and each item with what it says then.
#[derive(Clone, Debug)]
pub struct InForce {
    /// The edition in force.
    pub edition: Arc<edition::Model>,
    /// The items with the version that holds, or that will be the first to hold, in the order of the catalogue.
    pub items: Vec<(Model, version::Model)>,
    /// Why a project needs them, item by item.
    pub needs: Vec<Need>,
}

/// The catalogue as it is on a day, by what is published; nothing before the first import. Not scoped: it is public.
pub async fn in_force(reader: &impl Reader, day: Date) -> Result<Option<InForce>, Fault> {
    published_on(reader, day, None).await
}

/// The same of a few items: those of them with the version that holds on the day. What only will hold, or did, is not among them.
pub async fn in_force_of(
    reader: &impl Reader,
    day: Date,
    items: &[Uuid],
) -> Result<Option<InForce>, Fault> {
    let found = published_on(reader, day, Some(items)).await?;
    Ok(found.map(|mut found| {
        let holds = |version: &version::Model| {
            rules::in_force(std::slice::from_ref(version), day).is_some()
        };
        found.items.retain(|(_, version)| holds(version));
        found
    }))
}

/// The catalogue on a day, of some items or of all.
async fn published_on(
    reader: &impl Reader,
    day: Date,
    wanted: Option<&[Uuid]>,
) -> Result<Option<InForce>, Fault> {
    let Some(edition) = edition(reader).await? else {
        return Ok(None);
    };
    let among = |column: Expr| {
        let keys = wanted.map(|keys| column.is_in(keys.iter().copied()));
        Condition::all().add_option(keys)
    };
    let published = version::Entity::find()
        .filter(version::Column::PublishedAt.is_not_null())
        .filter(among(version::Column::ItemId.into_expr()));
    let versions = grouped(published.all(reader.db()).await?, |row| row.item_id);
    let items = Entity::find()
        .filter(among(Column::Id.into_expr()))
        .order_by_asc(Column::Place);
    let items = items
        .all(reader.db())
        .await?
        .into_iter()
        .filter_map(|item| {
            let versions = versions.get(&item.id)?;
            let is_active = rules::status_on(&item, versions, day) == ItemStatus::Active;
            let current = rules::current(versions, day).filter(|_| is_active)?;
            Some((item, current.clone()))
        });
    let items: Vec<(Model, version::Model)> = items.collect();
    let needs = items.iter().flat_map(|(_, version)| &version.content.needs);
    Ok(Some(InForce {
        needs: needs.cloned().collect(),
        edition,
        items,
    }))
}

/// The history of the first edition: what held before there were publications.
struct Before(Vec<History>);

/// What held of the items from when to when: what the first edition says, and what was published since. What later editions say is not told
/// before it is published. Not scoped: it is public.
pub async fn history(reader: &impl Reader) -> Result<Vec<History>, Fault> {
    let Some(id) = first_edition(reader, Order::Asc).await? else {
        return Ok(Vec::new());
    };
    if let Some(before) = reader.kept().made_from::<Before>(&[id]) {
        return with_published(reader, before.0.clone()).await;
    }
    let found = edition::Entity::find_by_id(id).one(reader.db()).await?;
    let before = found.ok_or(Fault::NotFound)?.content.history;
    reader.kept().keep(vec![id], Before(before.clone()));
    with_published(reader, before).await
}

/// A history with what was published since.
pub(super) async fn with_published(
    reader: &impl Reader,
    mut history: Vec<History>,
) -> Result<Vec<History>, Fault> {
    let items = all(reader.db()).await?;
    let published = version::Entity::find()
        .filter(version::Column::PublishedAt.is_not_null())
        .order_by_asc(version::Column::ValidFrom)
        .into_partial_model::<version::Milestone>()
        .all(reader.db())
        .await?;
    for version in &published {
        let item = items.iter().find(|item| item.id == version.item_id);
        if let Some(item) = item {
            rules::tell(&mut history, item, version);
        }
    }
    Ok(history)
}
