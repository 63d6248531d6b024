//! Creating, changing and disabling accounts; links by which people choose their password.

use chrono::TimeDelta;
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    entity::prelude::*,
    sea_query::{Expr, ExprTrait, IntoCondition, Query},
};

use super::{
    ActiveModel, Column, Entity, Model, link, password, repository,
    rules::{self, AccountError, LinkError},
};
use crate::{
    audit::commands::{Change, Summary, record, summary},
    command::commands,
    error::{
        CommandError, Fault, Refusal, expect_saved, is_reference_violation, is_unique_violation,
    },
    id::{new_id, new_secret, secret_hash},
    language::Language,
    outbox::{
        self,
        commands::{NewLetter, enqueue},
        facts,
    },
    permission::{Action, Standing, require},
    store::{Store, Unit},
    text::clean_line,
    viewer::{Role, Viewer},
};

commands! {
    /// An account is made.
    CREATE = "account.create" on Account: "新建", "created";
    /// An account is changed.
    CHANGE = "account.change" on Account: "修改", "changed";
    /// A second administrator confirms a role.
    CONFIRM = "account.confirm" on Account: "确认角色", "role confirmed";
    /// An account may sign in again.
    ENABLE = "account.enable" on Account: "启用", "enabled";
    /// An account may not sign in any more.
    DISABLE = "account.disable" on Account: "停用", "disabled";
    /// A new invitation is sent.
    INVITE = "account.invite" on Account: "邀请", "invited";
    /// Somebody who has forgotten a password asks for a link.
    REQUEST_PASSWORD_LINK = "account.requestPasswordLink" on Account: "申请重设密码", "asked for a new password";
    /// A password is set by a link.
    ACCEPT_LINK = "account.acceptLink" on Account: "凭链接设置密码", "password set by a link";
}

pub mod promote;

/// A new account.
#[derive(Clone, Debug)]
pub struct Create {
    /// Login name; a mail address unless a first password is given.
    pub login: String,
    /// Name.
    pub name: String,
    /// Role.
    pub role: Role,
    /// Department, for heads and window officers.
    pub department_id: Option<Uuid>,
    /// Enterprise, for enterprise contacts.
    pub enterprise_id: Option<Uuid>,
    /// Language.
    pub language: Language,
    /// The first password, from the operator at the command line. Without one, an invitation goes out by letter.
    pub password: Option<String>,
    /// Made by the demonstration.
    pub demonstration: bool,
}

/// Creates an account and invites the person.
pub async fn create(
    store: &Store,
    viewer: &Viewer,
    input: Create,
) -> Result<Model, CommandError<AccountError>> {
    require(viewer, Action::ManageAccounts, Standing::None)?;
    let login = rules::normalise_login(&input.login);
    let name = clean_line(&input.name);
    let mut refusals = rules::check(rules::Details {
        login: Some(&login),
        name: &name,
        role: input.role,
        has_department: input.department_id.is_some(),
        has_enterprise: input.enterprise_id.is_some(),
        by_letter: input.password.is_none(),
    });
    if let Some(Err(error)) = input
        .password
        .as_ref()
        .map(|password| rules::check_password(password, &login, store.policy().password))
    {
        refusals.push(Refusal {
            code: AccountError::Password(error),
            path: vec!["password"],
        });
    }
    if !refusals.is_empty() {
        return Err(refusals.into());
    }
    // Hashed before the transaction begins, so that no lock is held while it works.
    let password_hash = match input.password {
        Some(password) => Some(password::hash(password).await?),
        None => None,
    };
    let unit = store.begin(viewer).await?;
    let asker = promote::asker(store, viewer, input.role);
    let account = Model {
        id: new_id(unit.now()),
        login,
        name,
        role: input.role,
        department_id: input.department_id,
        enterprise_id: input.enterprise_id,
        language: input.language,
        password_hash,
        demonstration: input.demonstration,
        created_at: unit.now(),
        disabled_at: asker.map(|_| unit.now()),
        version: 1,
    };
    Entity::insert(ActiveModel::from(account.clone()).reset_all())
        .exec_without_returning(unit.db())
        .await
        .map_err(|error| told(error, input.enterprise_id.is_some()))?;
    record(
        &unit,
        Change {
            command: &CREATE,
            subject_id: account.id,
            before: None,
            after: Some(summary!({ "login": account.login, "role": account.role })),
            reason: None,
        },
    )
    .await?;
    if let Some(asker) = asker {
        promote::wait(&unit, account.id, Some((account.role, asker))).await?;
    } else if account.password_hash.is_none() {
        send_link(&unit, &account, link::Purpose::Invitation).await?;
    }
    unit.commit().await?;
    Ok(account)
}

/// What may change of an account.
#[derive(Clone, Debug)]
pub struct ChangeAccount {
    /// Which.
    pub account_id: Uuid,
    /// The version the person saw.
    pub expected_version: i32,
    /// Name.
    pub name: String,
    /// Role.
    pub role: Role,
    /// Department.
    pub department_id: Option<Uuid>,
    /// Enterprise; a contact stays with the own one when it is not given.
    pub enterprise_id: Option<Uuid>,
    /// Language.
    pub language: Language,
}

/// Changes an account. A new role holds from the next request on.
pub async fn change(
    store: &Store,
    viewer: &Viewer,
    input: ChangeAccount,
) -> Result<Model, CommandError<AccountError>> {
    let unit = store.begin(viewer).await?;
    let account = load(&unit, viewer, input.account_id).await?;
    require(viewer, Action::ManageAccounts, Standing::None)?;
    let name = clean_line(&input.name);
    // A contact stays with the enterprise, of which the one who manages accounts may know nothing.
    let own = account
        .enterprise_id
        .filter(|_| input.role == Role::Enterprise);
    let enterprise_id = input.enterprise_id.or(own);
    let mut refusals = rules::check(rules::Details {
        login: None,
        name: &name,
        role: input.role,
        has_department: input.department_id.is_some(),
        has_enterprise: enterprise_id.is_some(),
        by_letter: false,
    });
    if input.role != Role::Admin && is_last_administrator(&unit, &account).await? {
        refusals.push(Refusal {
            code: AccountError::LastAdministrator,
            path: vec!["role"],
        });
    }
    if !refusals.is_empty() {
        return Err(refusals.into());
    }
    // A new role waits, and with it what hangs on it.
    let is_other = input.role != account.role;
    let asker = promote::asker(store, viewer, input.role)
        .filter(|_| is_other || promote::was_never_open(&account));
    let (role, department_id, enterprise_id) = match asker.filter(|_| is_other) {
        Some(_) => (account.role, account.department_id, account.enterprise_id),
        None => (input.role, input.department_id, enterprise_id),
    };
    let saved = guarded(&account, input.expected_version)
        .col_expr(Column::Name, Expr::value(name.clone()))
        .col_expr(Column::Role, Expr::value(role))
        .col_expr(Column::DepartmentId, Expr::value(department_id))
        .col_expr(Column::EnterpriseId, Expr::value(enterprise_id))
        .col_expr(Column::Language, Expr::value(input.language))
        .exec(unit.db())
        .await
        .map_err(|error| told(error, enterprise_id.is_some()))?;
    expect_saved(saved.rows_affected, account.id, Some(account.version))?;
    // What waits already waits on: it was asked for by whoever asked first.
    let waiting = repository::promotion_of(unit.db(), account.id).await?;
    let waits_on =
        waiting.is_some_and(|waiting| waiting.role == input.role) && (asker.is_some() || !is_other);
    if !waits_on {
        promote::wait(&unit, account.id, asker.map(|asker| (input.role, asker))).await?;
    }
    let changed = Model {
        name,
        role,
        department_id,
        enterprise_id,
        language: input.language,
        version: account.version + 1,
        ..account.clone()
    };
    record(
        &unit,
        Change {
            command: &CHANGE,
            subject_id: account.id,
            before: Some(summary(&account)),
            after: Some(summary(&changed)),
            reason: None,
        },
    )
    .await?;
    unit.commit().await?;
    Ok(changed)
}

/// Disabling or enabling an account.
#[derive(Clone, Debug)]
pub struct SetEnabled {
    /// Which.
    pub account_id: Uuid,
    /// The version the person saw.
    pub expected_version: i32,
    /// Whether it may sign in from now on.
    pub enabled: bool,
}

/// Disables an account, which ends its sessions at once, or enables it again.
pub async fn set_enabled(
    store: &Store,
    viewer: &Viewer,
    input: SetEnabled,
) -> Result<Model, CommandError<AccountError>> {
    let unit = store.begin(viewer).await?;
    let account = load(&unit, viewer, input.account_id).await?;
    require(viewer, Action::ManageAccounts, Standing::None)?;
    if viewer.account_id() == Some(account.id) && !input.enabled {
        return Err(CommandError::refused(&["id"], AccountError::OwnAccount));
    }
    if account.is_enabled() == input.enabled {
        return Err(CommandError::refused(&["id"], AccountError::Unchanged));
    }
    if !input.enabled && is_last_administrator(&unit, &account).await? {
        return Err(CommandError::refused(
            &["id"],
            AccountError::LastAdministrator,
        ));
    }
    let is_unconfirmed =
        promote::was_never_open(&account) && promote::asker(store, viewer, account.role).is_some();
    if input.enabled && (is_unconfirmed || promotion_waits(&unit, &account).await?) {
        return Err(CommandError::refused(&["id"], AccountError::SecondPerson));
    }
    let disabled_at = (!input.enabled).then(|| unit.now());
    let saved = guarded(&account, input.expected_version)
        .col_expr(Column::DisabledAt, Expr::value(disabled_at))
        .exec(unit.db())
        .await?;
    expect_saved(saved.rows_affected, account.id, Some(account.version))?;
    if !input.enabled {
        end_sessions(&unit, account.id).await?;
        void_links(&unit, account.id).await?;
    }
    record(
        &unit,
        Change {
            command: if input.enabled { &ENABLE } else { &DISABLE },
            subject_id: account.id,
            before: None,
            after: None,
            reason: None,
        },
    )
    .await?;
    unit.commit().await?;
    Ok(Model {
        disabled_at,
        version: account.version + 1,
        ..account
    })
}

/// Sends a new invitation to a person who has not come yet, or a link for a new password to one who has.
pub async fn invite_again(
    store: &Store,
    viewer: &Viewer,
    account_id: Uuid,
) -> Result<Model, CommandError<AccountError>> {
    let unit = store.begin(viewer).await?;
    let account = load(&unit, viewer, account_id).await?;
    require(viewer, Action::ManageAccounts, Standing::None)?;
    if !may_send_link(&unit, account.id).await? {
        return Err(CommandError::refused(&["id"], AccountError::TooManyLinks));
    }
    let purpose = if account.password_hash.is_some() {
        link::Purpose::Password
    } else {
        link::Purpose::Invitation
    };
    send_link(&unit, &account, purpose).await?;
    record(
        &unit,
        Change {
            command: &INVITE,
            subject_id: account.id,
            before: None,
            after: None,
            reason: None,
        },
    )
    .await?;
    unit.commit().await?;
    Ok(account)
}

/// Sends a link for a forgotten password. What comes back never tells whether the name exists.
pub async fn request_password_link(
    store: &Store,
    viewer: &Viewer,
    login: &str,
) -> Result<(), Fault> {
    let unit = store.begin(viewer).await?;
    let Some(account) = repository::by_login(unit.db(), login).await? else {
        return Ok(());
    };
    if !account.is_enabled() || !may_send_link(&unit, account.id).await? {
        return Ok(());
    }
    send_link(&unit, &account, link::Purpose::Password).await?;
    record(
        &unit,
        Change {
            command: &REQUEST_PASSWORD_LINK,
            subject_id: account.id,
            before: None,
            after: None,
            reason: None,
        },
    )
    .await?;
    unit.commit().await
}

/// Uses the link of a letter: sets the password, once, and ends what sessions there were.
pub async fn accept_link(
    store: &Store,
    secret: &str,
    new_password: String,
) -> Result<Model, CommandError<LinkError>> {
    let void = || CommandError::refused(&["secret"], LinkError::Void);
    let hash = secret_hash(secret);
    let link = repository::link_of(store.db(), &hash)
        .await?
        .ok_or_else(void)?;
    rules::check_link(&link, store.now())
        .map_err(|error| CommandError::refused(&["secret"], error))?;
    let account = Entity::find_by_id(link.account_id)
        .filter(Column::DisabledAt.is_null())
        .one(store.db())
        .await?
        .ok_or_else(void)?;
    rules::check_password(&new_password, &account.login, store.policy().password)
        .map_err(|error| CommandError::refused(&["password"], LinkError::Password(error)))?;
    let password_hash = password::hash(new_password).await?;
    let unit = store.begin(&Viewer::Person(account.person())).await?;
    let used = link::Entity::update_many()
        .col_expr(link::Column::UsedAt, Expr::value(Some(unit.now())))
        .filter(link::Column::Id.eq(link.id))
        .filter(link::Column::UsedAt.is_null())
        .exec(unit.db())
        .await?;
    if used.rows_affected == 0 {
        return Err(void());
    }
    set_password(&unit, &account, password_hash).await?;
    void_links(&unit, account.id).await?;
    record(
        &unit,
        Change {
            command: &ACCEPT_LINK,
            subject_id: account.id,
            before: None,
            after: Some(summary!({ "purpose": link.purpose })),
            reason: None,
        },
    )
    .await?;
    unit.commit().await?;
    Ok(Model {
        version: account.version + 1,
        ..account
    })
}

/// The person reads another language from now on.
pub(crate) async fn set_language(
    unit: &Unit,
    account_id: Uuid,
    language: Language,
) -> Result<(), Fault> {
    Entity::update_many()
        .col_expr(Column::Language, Expr::value(language))
        .col_expr(Column::Version, Expr::col(Column::Version).add(1))
        .filter(Column::Id.eq(account_id))
        .filter(Column::Language.ne(language))
        .exec(unit.db())
        .await?;
    Ok(())
}

/// Stores a new hash and ends all sessions that rest on the old password.
pub(crate) async fn set_password(
    unit: &Unit,
    account: &Model,
    password_hash: String,
) -> Result<(), Fault> {
    let saved = guarded(account, account.version)
        .col_expr(Column::PasswordHash, Expr::value(Some(password_hash)))
        .exec(unit.db())
        .await?;
    expect_saved(saved.rows_affected, account.id, Some(account.version))?;
    end_sessions(unit, account.id).await
}

/// Stores the hash of the same password made with today's parameters.
pub(crate) async fn store_rehash(
    unit: &Unit,
    account: &Model,
    password_hash: String,
) -> Result<(), Fault> {
    Entity::update_many()
        .col_expr(Column::PasswordHash, Expr::value(Some(password_hash)))
        .filter(Column::Id.eq(account.id))
        .filter(Column::PasswordHash.eq(account.password_hash.clone()))
        .exec(unit.db())
        .await?;
    Ok(())
}

/// Whether another link may go to the account within this hour. Holds the account, so that two who ask at once are counted.
async fn may_send_link(unit: &Unit, account_id: Uuid) -> Result<bool, Fault> {
    hold(unit, Column::Id.eq(account_id)).await?;
    let since = unit.now() - TimeDelta::hours(1);
    let sent = repository::links_since(unit.db(), account_id, since).await?;
    Ok(sent < rules::LINKS_AN_HOUR)
}

/// Makes a link and the letter that carries it. Older links go on until one of them is used: letters overtake each other.
async fn send_link(unit: &Unit, account: &Model, purpose: link::Purpose) -> Result<(), Fault> {
    let secret = new_secret();
    let id = new_id(unit.now());
    let expires_at = unit.now() + rules::LINK_LIFETIME;
    link::Entity::insert(link::ActiveModel {
        id: Set(id),
        account_id: Set(account.id),
        purpose: Set(purpose),
        secret_hash: Set(secret_hash(&secret)),
        created_at: Set(unit.now()),
        expires_at: Set(expires_at),
        used_at: Set(None),
    })
    .exec_without_returning(unit.db())
    .await?;
    let path = crate::link::join(&secret);
    let key = format!("account-link:{id}");
    let class = outbox::Class::MustNotMiss;
    let mut letter = match purpose {
        link::Purpose::Invitation => {
            let facts = facts::Invitation {
                name: account.name.clone(),
                login: account.login.clone(),
                path,
                expires_at,
            };
            NewLetter::new(key, outbox::Kind::Invitation, class, account.id, &facts)?
        }
        link::Purpose::Password => {
            let facts = facts::Password {
                name: account.name.clone(),
                path,
                expires_at,
            };
            NewLetter::new(key, outbox::Kind::Password, class, account.id, &facts)?
        }
    };
    letter.not_after = Some(expires_at);
    enqueue(unit, letter).await?;
    Ok(())
}

async fn void_links(unit: &Unit, account_id: Uuid) -> Result<(), Fault> {
    link::Entity::update_many()
        .col_expr(link::Column::UsedAt, Expr::value(Some(unit.now())))
        .filter(link::Column::AccountId.eq(account_id))
        .filter(link::Column::UsedAt.is_null())
        .exec(unit.db())
        .await?;
    Ok(())
}

/// Ends all sessions of an account. The table of the module below is named by text.
async fn end_sessions(unit: &Unit, account_id: Uuid) -> Result<(), Fault> {
    let end = Query::update()
        .table("session")
        .value("revoked_at", unit.now())
        .and_where(Expr::col("account_id").eq(account_id))
        .and_where(Expr::col("revoked_at").is_null())
        .to_owned();
    unit.db().execute(&end).await?;
    Ok(())
}

/// Whether it is a new account that waits for a second administrator.
async fn promotion_waits(unit: &Unit, account: &Model) -> Result<bool, Fault> {
    let waiting = repository::promotion_of(unit.db(), account.id).await?;
    Ok(waiting.is_some_and(|waiting| waiting.role == account.role))
}

/// Whether nobody else could manage accounts. Holds all administrators, so that two who leave at once do not both go.
async fn is_last_administrator(unit: &Unit, account: &Model) -> Result<bool, Fault> {
    if account.role != Role::Admin || !account.is_enabled() {
        return Ok(false);
    }
    let administrators = Condition::all()
        .add(Column::Role.eq(Role::Admin))
        .add(Column::DisabledAt.is_null());
    let held = hold(unit, administrators).await?;
    Ok(held
        .iter()
        .all(|administrator| administrator.id == account.id))
}

/// Accounts, held for this transaction alone.
async fn hold(unit: &Unit, which: impl IntoCondition) -> Result<Vec<Model>, Fault> {
    Ok(Entity::find()
        .filter(which)
        .order_by_asc(Column::Id)
        .lock_exclusive()
        .all(unit.db())
        .await?)
}

async fn load(unit: &Unit, viewer: &Viewer, id: Uuid) -> Result<Model, Fault> {
    repository::find(unit.db(), viewer, id)
        .await?
        .ok_or(Fault::NotFound)
}

fn guarded(account: &Model, expected_version: i32) -> sea_orm::UpdateMany<Entity> {
    Entity::update_many()
        .col_expr(Column::Version, Expr::value(expected_version + 1))
        .filter(Column::Id.eq(account.id))
        .filter(Column::Version.eq(expected_version))
}

fn told(error: DbErr, with_enterprise: bool) -> CommandError<AccountError> {
    if is_unique_violation(&error) {
        return CommandError::refused(&["login"], AccountError::LoginTaken);
    }
    if is_reference_violation(&error) {
        return if with_enterprise {
            CommandError::refused(&["enterpriseId"], AccountError::EnterpriseUnknown)
        } else {
            CommandError::refused(&["departmentId"], AccountError::DepartmentUnknown)
        };
    }
    error.into()
}

fn summary(account: &Model) -> Summary {
    summary!({
        "name": account.name,
        "role": account.role,
        "departmentId": account.department_id,
        "enterpriseId": account.enterprise_id,
        "language": account.language,
    })
}
