//! Every query on accounts and links.

use std::collections::{BTreeSet, HashMap, HashSet};

use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DbBackend, EntityTrait, PaginatorTrait, QueryFilter,
    QueryOrder, QuerySelect, QueryTrait, Select, TryGetable,
    entity::prelude::*,
    sea_query::{Expr, ExprTrait, Query, SelectStatement},
};

use super::{Column, Entity, Model, link, promotion, rules};
use crate::{
    error::Fault,
    page::{KEYS_AT_ONCE, Page, PageRequest, among, closest, grouped, keyset, of_keys},
    table::Visible,
    telephone::Telephone,
    text::{Search, clean},
    viewer::{Role, Viewer},
};

/// What a list of accounts is narrowed to.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// One of these roles.
    pub roles: Option<Vec<Role>>,
    /// Name or login, or for the service centre the names or code of the own enterprise, contain this.
    pub search: Option<Search>,
    /// Of this department.
    pub department_id: Option<Uuid>,
    /// Of this enterprise.
    pub enterprise_id: Option<Uuid>,
    /// Able to sign in, or disabled.
    pub enabled: Option<bool>,
    /// With a password, or still without one.
    pub joined: Option<bool>,
    /// Able to come, not come yet, and without a valid invitation at this moment; or not so.
    pub awaits_invitation: Option<(bool, DateTimeUtc)>,
}

/// By what a list of accounts is sorted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sort {
    /// By login name.
    #[default]
    Login,
    /// By name.
    Name,
    /// By the day it was made.
    CreatedAt,
}

impl Visible for Entity {
    /// The accounts this viewer may read: administrators and the centre all, everybody else the own one.
    fn visible_to(viewer: &Viewer) -> Condition {
        match viewer {
            Viewer::System { .. } => Condition::all(),
            Viewer::Anonymous { .. } => Condition::all().add(Expr::val(1).eq(0)),
            Viewer::Person(person) => match person.role {
                Role::Admin | Role::Centre => Condition::all(),
                _ => Condition::all().add(Column::Id.eq(person.account_id)),
            },
        }
    }
}

/// What a person is called.
const NAMES: [Column; 2] = [Column::Name, Column::Login];

/// The accounts that a text means; the table of enterprises is named by text, as its module stands below.
fn meant_by(viewer: &Viewer, backend: DbBackend, text: &Search) -> Condition {
    let own = text.within(backend, NAMES.map(Column::into_expr));
    if !rules::finds_by_enterprise(viewer.role()) {
        return own;
    }
    let names = ["name_zh", "name_en", "credit_code"];
    let names = names.map(|name| Expr::col(("enterprise", name)));
    let enterprises = Query::select()
        .column("id")
        .from("enterprise")
        .cond_where(text.within(backend, names))
        .to_owned();
    own.add(Column::EnterpriseId.in_subquery(enterprises))
}

/// The keys of the accounts that the viewer may read and a text means, for what is addressed to them.
pub fn meant(db: &impl ConnectionTrait, viewer: &Viewer, text: &Search) -> SelectStatement {
    Entity::visible(viewer)
        .select_only()
        .column(Column::Id)
        .filter(meant_by(viewer, db.get_database_backend(), text))
        .into_query()
}

/// The accounts that the viewer may read and a text means, at most `most`, those that are called so first.
pub async fn find(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    text: &Search,
    most: u64,
) -> Result<Vec<Model>, Fault> {
    let found = Entity::visible(viewer).filter(meant_by(viewer, db.get_database_backend(), text));
    closest(db, found, text, &NAMES, [Column::Name, Column::Id], most).await
}

/// One page of accounts.
pub async fn page(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    filter: &Filter,
    sort: Sort,
    descending: bool,
    request: &PageRequest,
) -> Result<Page<Model>, Fault> {
    let condition = Condition::all()
        .add_option(
            filter
                .roles
                .as_ref()
                .map(|roles| Column::Role.is_in(roles.iter().copied())),
        )
        .add_option(filter.department_id.map(|id| Column::DepartmentId.eq(id)))
        .add_option(filter.enterprise_id.map(|id| Column::EnterpriseId.eq(id)))
        .add_option(filter.enabled.map(|enabled| {
            if enabled {
                Column::DisabledAt.is_null()
            } else {
                Column::DisabledAt.is_not_null()
            }
        }))
        .add_option(filter.joined.map(|joined| {
            if joined {
                Column::PasswordHash.is_not_null()
            } else {
                Column::PasswordHash.is_null()
            }
        }))
        .add_option(filter.awaits_invitation.map(|(awaits, now)| match awaits {
            true => awaiting(now),
            false => awaiting(now).not(),
        }))
        .add_option(
            filter
                .search
                .as_ref()
                .map(|text| meant_by(viewer, db.get_database_backend(), text)),
        );
    let by = match sort {
        Sort::Login => Column::Login,
        Sort::Name => Column::Name,
        Sort::CreatedAt => Column::CreatedAt,
    };
    keyset(
        db,
        Entity::visible(viewer),
        condition,
        by,
        descending,
        Column::Id,
        request,
    )
    .await
}

/// Those who can come, have not come yet, and have no invitation that still works: as `rules::awaits_invitation`.
fn awaiting(now: DateTimeUtc) -> Condition {
    let valid = link::Entity::find()
        .select_only()
        .column(link::Column::Id)
        .filter(
            link::Column::AccountId
                .into_expr()
                .eq(Column::Id.into_expr()),
        )
        .filter(link::Column::Purpose.eq(link::Purpose::Invitation))
        .filter(link::Column::ExpiresAt.gt(now))
        .filter(link::Column::UsedAt.is_null())
        .into_query();
    Condition::all()
        .add(Column::PasswordHash.is_null())
        .add(Column::DisabledAt.is_null())
        .add(Expr::exists(valid).not())
}

fn uninvited(now: DateTimeUtc, roles: &[Role]) -> Select<Entity> {
    Entity::find()
        .filter(awaiting(now))
        .filter(Column::Role.is_in(roles.iter().copied()))
}

/// The first `most` people in one of `roles`, after this login name, who have no valid invitation; for inviting them, not scoped.
pub(crate) async fn without_invitation(
    db: &impl ConnectionTrait,
    now: DateTimeUtc,
    roles: &[Role],
    after: &str,
    most: u64,
) -> Result<Vec<Model>, Fault> {
    Ok(uninvited(now, roles)
        .filter(Column::Login.gt(after))
        .order_by_asc(Column::Login)
        .limit(most)
        .all(db)
        .await?)
}

/// How many people in one of `roles` have not come and have no valid invitation; not scoped.
pub async fn count_without_invitation(
    db: &impl ConnectionTrait,
    now: DateTimeUtc,
    roles: &[Role],
) -> Result<u64, Fault> {
    Ok(uninvited(now, roles).count(db).await?)
}

/// All links of these accounts; not scoped.
pub(crate) async fn links_of(
    db: &impl ConnectionTrait,
    accounts: &[Uuid],
) -> Result<Vec<link::Model>, Fault> {
    of_keys(db, link::Entity::find(), link::Column::AccountId, accounts).await
}

/// The newest invitation of each of these accounts that the viewer may read.
pub async fn invitations_of(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    accounts: &[Uuid],
) -> Result<HashMap<Uuid, link::Model>, Fault> {
    let visible = Entity::visible(viewer)
        .select_only()
        .column(Column::Id)
        .into_query();
    let visible = link::Column::AccountId.in_subquery(visible);
    newest_invitations(db, Some(visible), accounts).await
}

/// The newest invitation of each of these people of an enterprise, for whoever may reach them; not scoped.
pub async fn invitations_of_contacts(
    db: &impl ConnectionTrait,
    accounts: &[Uuid],
) -> Result<HashMap<Uuid, link::Model>, Fault> {
    newest_invitations(db, None, accounts).await
}

async fn newest_invitations(
    db: &impl ConnectionTrait,
    visible: Option<Expr>,
    accounts: &[Uuid],
) -> Result<HashMap<Uuid, link::Model>, Fault> {
    let sent = link::Entity::find()
        .filter(link::Column::Purpose.eq(link::Purpose::Invitation))
        .filter(Condition::all().add_option(visible))
        .order_by_asc(link::Column::CreatedAt);
    let found = of_keys(db, sent, link::Column::AccountId, accounts).await?;
    // Of several, the last one stays.
    Ok(found.into_iter().map(|row| (row.account_id, row)).collect())
}

/// The account of a login name, for signing in and for the command line; not scoped. An account made before names that look alike
/// were one is found by its name as it was typed.
pub async fn by_login(db: &impl ConnectionTrait, login: &str) -> Result<Option<Model>, Fault> {
    let names = [
        rules::normalise_login(login),
        clean(login).trim().to_lowercase(),
    ];
    let found = Entity::find()
        .filter(Column::Login.is_in(names.clone()))
        .all(db)
        .await?;
    Ok(found
        .into_iter()
        .max_by_key(|account| account.login == names[1]))
}

/// All accounts by login name, for the command line; not scoped.
pub async fn all(db: &impl ConnectionTrait) -> Result<Vec<Model>, Fault> {
    Ok(Entity::find().order_by_asc(Column::Login).all(db).await?)
}

/// The enabled accounts in a role, for jobs that look for recipients; not scoped.
pub async fn enabled_in_role(db: &impl ConnectionTrait, role: Role) -> Result<Vec<Model>, Fault> {
    Ok(Entity::find()
        .filter(Column::Role.eq(role))
        .filter(Column::DisabledAt.is_null())
        .order_by_asc(Column::Id)
        .all(db)
        .await?)
}

/// The heads of a department, or the service centre where there are none; not scoped.
pub async fn heads_or_centre(
    db: &impl ConnectionTrait,
    department: Option<Uuid>,
) -> Result<Vec<Model>, Fault> {
    let mut heads = enabled_in_role(db, Role::DepartmentHead).await?;
    heads.retain(|head| head.department_id == department);
    if heads.is_empty() {
        return enabled_in_role(db, Role::Centre).await;
    }
    Ok(heads)
}

/// The departments that have a head who can decide now; not scoped.
pub async fn headed_departments(db: &impl ConnectionTrait) -> Result<HashSet<Uuid>, Fault> {
    let heads = enabled_in_role(db, Role::DepartmentHead).await?;
    Ok(heads
        .into_iter()
        .filter_map(|head| head.department_id)
        .collect())
}

/// The enabled contacts of an enterprise, for letters to its side; not scoped.
pub async fn contacts_of(
    db: &impl ConnectionTrait,
    enterprise_id: Uuid,
) -> Result<Vec<Model>, Fault> {
    Ok(Entity::find()
        .filter(Column::EnterpriseId.eq(enterprise_id))
        .filter(Column::DisabledAt.is_null())
        .order_by_asc(Column::Id)
        .all(db)
        .await?)
}

/// As [`contacts_of`], of many enterprises.
pub async fn contacts_of_each(
    db: &impl ConnectionTrait,
    enterprises: &[Uuid],
) -> Result<HashMap<Uuid, Vec<Model>>, Fault> {
    let enterprises: BTreeSet<Uuid> = enterprises.iter().copied().collect();
    let enabled = Entity::find()
        .filter(Column::DisabledAt.is_null())
        .order_by_asc(Column::Id);
    let keys = Vec::from_iter(enterprises);
    let found = of_keys(db, enabled, Column::EnterpriseId, &keys).await?;
    Ok(grouped(found, |row| row.enterprise_id.unwrap_or_default()))
}

/// Accounts named by rows that a command or a job has in hand; not scoped.
pub async fn named(db: &impl ConnectionTrait, ids: &[Uuid]) -> Result<Vec<Model>, Fault> {
    Entity::of_ids(db, &Viewer::system("names"), ids).await
}

/// The names of the people behind rows the viewer may see (who is the liaison, who uploaded); nothing else of them.
pub async fn names_of(
    db: &impl ConnectionTrait,
    ids: &[Uuid],
) -> Result<HashMap<Uuid, String>, Fault> {
    column_of(db, Column::Name, ids).await
}

/// One column of those of these people who have something in it.
async fn column_of<T: TryGetable + Send + Sync>(
    db: &impl ConnectionTrait,
    column: Column,
    ids: &[Uuid],
) -> Result<HashMap<Uuid, T>, Fault> {
    let mut told = HashMap::with_capacity(ids.len());
    for part in ids.chunks(KEYS_AT_ONCE) {
        let rows: Vec<(Uuid, T)> = Entity::find()
            .select_only()
            .column(Column::Id)
            .column(column)
            .filter(among(db, Column::Id, part))
            .filter(column.is_not_null())
            .into_tuple()
            .all(db)
            .await?;
        told.extend(rows);
    }
    Ok(told)
}

/// The telephone numbers of those of these people who have one, for whoever may ring them; not scoped.
pub async fn telephones_of(
    db: &impl ConnectionTrait,
    ids: &[Uuid],
) -> Result<HashMap<Uuid, Telephone>, Fault> {
    column_of(db, Column::Telephone, ids).await
}

/// The link of a secret.
pub(crate) async fn link_of(
    db: &impl ConnectionTrait,
    secret_hash: &str,
) -> Result<Option<link::Model>, Fault> {
    Ok(link::Entity::find()
        .filter(link::Column::SecretHash.eq(secret_hash))
        .one(db)
        .await?)
}

/// The role that waits for a second administrator.
pub(crate) async fn promotion_of(
    db: &impl ConnectionTrait,
    account_id: Uuid,
) -> Result<Option<promotion::Model>, Fault> {
    Ok(promotion::Entity::find_by_id(account_id).one(db).await?)
}

/// The roles that wait for a second administrator, of those of `ids` that the viewer may read.
pub async fn promotions_of(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    ids: &[Uuid],
) -> Result<Vec<promotion::Model>, Fault> {
    let visible = Entity::find()
        .select_only()
        .column(Column::Id)
        .filter(Entity::visible_to(viewer))
        .into_query();
    let select =
        promotion::Entity::find().filter(promotion::Column::AccountId.in_subquery(visible));
    of_keys(db, select, promotion::Column::AccountId, ids).await
}

/// How many links were made for an account after this instant.
pub(crate) async fn links_since(
    db: &impl ConnectionTrait,
    account_id: Uuid,
    since: DateTimeUtc,
) -> Result<u64, Fault> {
    Ok(link::Entity::find()
        .filter(link::Column::AccountId.eq(account_id))
        .filter(link::Column::CreatedAt.gt(since))
        .count(db)
        .await?)
}

/// Whether this database belongs to a demonstration.
pub async fn any_demonstration(db: &impl ConnectionTrait) -> Result<bool, Fault> {
    let found = Entity::find()
        .filter(Column::Demonstration.eq(true))
        .one(db)
        .await?;
    Ok(found.is_some())
}
