//! Creating, changing and disabling accounts.

use sea_orm::{
    ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    entity::prelude::*,
    sea_query::{Expr, ExprTrait, IntoCondition, Query},
};

use super::{
    ActiveModel, Column, Entity, Model, link, password, promotion, repository,
    rules::{self, AccountError},
};
use crate::{
    audit::commands::{Change, Summary, record, summary},
    command::{Choices, Command, Form, Input, Offer, Thing, commands, form, offers_by},
    error::{
        CommandError, Fault, Refusal, expect_version, is_reference_violation, is_unique_violation,
    },
    id::new_id,
    language::{Language, Said},
    permission::{Action, Standing, require},
    store::{Store, Unit},
    table::{Visible, save},
    telephone::Telephone,
    text::clean_line,
    viewer::{Role, Viewer},
};

commands! {
    /// An account is made.
    CREATE = "account.create" on Account: "新建", "created", form New;
    /// An account is changed.
    CHANGE = "account.change" on Account: "修改", "changed", form ChangeAccount;
    /// A second administrator confirms a role.
    CONFIRM = "account.confirm" on Account: "确认角色", "role confirmed", form Confirm;
    /// A person gets another telephone number.
    CHANGE_TELEPHONE = "account.changeTelephone" on Account: "修改联系电话", "telephone changed", form ChangeTelephone;
    /// An account may sign in from now on, or not: recorded as one of the next two.
    SET_ENABLED = "account.setEnabled" on Account: "启用或停用", "enabled or disabled", form SetEnabled;
    /// An account may sign in again.
    ENABLE = "account.enable" on Account: "启用", "enabled";
    /// An account may not sign in any more.
    DISABLE = "account.disable" on Account: "停用", "disabled";
    /// A new invitation is sent.
    INVITE = "account.invite" on Account: "邀请", "invited", form Invite;
    /// Somebody who has forgotten a password asks for a link.
    REQUEST_PASSWORD_LINK = "account.requestPasswordLink" on Account: "申请重设密码", "password reset requested";
    /// A password is set by a link.
    ACCEPT_LINK = "account.acceptLink" on Account: "凭链接设置密码", "password set with a link";
}

pub mod invite_all;
pub mod links;
pub mod promote;

use links::{Invite, send_link, void_links};
pub use links::{accept_link, invite_again, request_password_link};
use promote::Confirm;

form! {
    /// A new account.
    pub struct New of CREATE by Action::ManageAccounts, refused AccountError, keyed {
        title: "新建账户", "New account";
        lead: "创建后发送邀请邮件，对方须在 72 小时内通过邮件中的链接设置密码；角色需要另一名管理员确认的，确认后发送。企业联系人的账户也可随台账导入。",
            "An invitation with a link to set a password is sent; the link is valid for 72 hours. If another administrator must confirm the role, it is sent after that. Accounts of enterprise contacts can also be imported with the ledger.";
        done: "账户已创建。邀请邮件已列入待发；角色需要另一名管理员确认的，确认后列入。",
            "The account has been created. Its invitation is waiting to be sent, or will be once another administrator has confirmed the role.";
        /// The mail address: the name to sign in with, and where the invitation goes.
        login: String = Line(254), "邮箱", "E-mail address",
            "用于登录，邀请邮件发送到此邮箱", "Used to sign in; the invitation is sent there";
        /// The name others see.
        name: String = Line(100), "姓名或岗位", "Name or position",
            "他人所见的名称", "Visible to others";
        /// The number to ring the person at.
        telephone: Option<String> = Line(40), "联系电话", "Telephone",
            "手机号或带区号的座机，可不填；专员的号码企业可见", "Mobile number, or landline with area code; optional. Enterprises see the number of their liaison";
        /// What the person is in the park.
        role: Role = Choice(Choices::of::<Role>), "角色", "Role";
        /// The own department; heads and window officers need one.
        department_id: Option<Uuid> = One(Among::Departments), "部门", "Department",
            "部门负责人和窗口人员必填", "Required for heads of departments and window officers";
        /// The own enterprise; for enterprise contacts only.
        enterprise_id: Option<Uuid> = One(Among::Enterprises);
        /// The own enterprise by its unified social credit code (统一社会信用代码), for who does not know its id.
        enterprise_code: Option<String> = Line(40), "企业的统一社会信用代码", "Credit code of the enterprise",
            "企业联系人必填", "Required for enterprise contacts";
        /// The language the person reads.
        language: Language = Choice(Choices::of::<Language>), "语言", "Language",
            "邮件和页面的语言", "For e-mails and pages";
    }
}

/// A new account as any door makes one. Where [`New`] is filled in it comes by [`crate::enterprise::commands::create_account`].
#[derive(Clone, Debug)]
pub struct Create {
    /// Login name; a mail address unless a first password is given.
    pub login: String,
    /// Name.
    pub name: String,
    /// Telephone number.
    pub telephone: Option<String>,
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
    require(viewer, New::FORM.may, Standing::None)?;
    let login = rules::normalise_login(&input.login);
    let name = clean_line(&input.name);
    let mut refusals = rules::check(rules::Details {
        login: Some(&login),
        name: &name,
        telephone: input.telephone.as_deref(),
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
        telephone: told_number(input.telephone.as_deref()),
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

form! {
    /// What an account is from now on.
    pub struct ChangeAccount of CHANGE by Action::ManageAccounts, refused AccountError {
        title: "修改账户", "Edit the account";
        lead: "角色改变后立即按新角色显示和授权。",
            "A new role takes effect at once, for what the person can see and do.";
        done: "账户已修改。", "The account has been changed.";
        /// The account.
        id: Uuid = Target(Thing::Account);
        /// The version last seen.
        expected_version: i32 = Version;
        /// The name others see.
        name: String = Line(100), "姓名或岗位", "Name or position",
            "他人所见的名称", "Visible to others";
        /// The number to ring the person at.
        telephone: Option<String> = Line(40), "联系电话", "Telephone",
            "手机号或带区号的座机，可不填；专员的号码企业可见", "Mobile number, or landline with area code; optional. Enterprises see the number of their liaison";
        /// What the person is in the park.
        role: Role = Choice(Choices::of::<Role>), "角色", "Role";
        /// The own department; heads and window officers need one.
        department_id: Option<Uuid> = One(Among::Departments), "部门", "Department",
            "部门负责人和窗口人员必填", "Required for heads of departments and window officers";
        /// The own enterprise; for enterprise contacts only.
        enterprise_id: Option<Uuid> = One(Among::Enterprises);
        /// The language the person reads.
        language: Language = Choice(Choices::of::<Language>), "语言", "Language",
            "邮件和页面的语言", "For e-mails and pages";
    }
}

/// Changes an account. A new role holds from the next request on.
pub async fn change(
    store: &Store,
    viewer: &Viewer,
    input: ChangeAccount,
) -> Result<Model, CommandError<AccountError>> {
    let unit = store.begin(viewer).await?;
    let account = load(&unit, viewer, input.id).await?;
    require(viewer, ChangeAccount::FORM.may, Standing::None)?;
    let name = clean_line(&input.name);
    // A contact stays with the enterprise, of which the one who manages accounts may know nothing.
    let own = account
        .enterprise_id
        .filter(|_| input.role == Role::Enterprise);
    let enterprise_id = input.enterprise_id.or(own);
    let mut refusals = rules::check(rules::Details {
        login: None,
        name: &name,
        telephone: input.telephone.as_deref(),
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
    expect_version(account.id, account.version, input.expected_version)?;
    let changed = Model {
        name,
        role,
        department_id,
        enterprise_id,
        language: input.language,
        telephone: told_number(input.telephone.as_deref()),
        ..account.clone()
    };
    let changed = match save(&unit, &account, changed).await {
        Err(Fault::Database(error)) => return Err(told(error, enterprise_id.is_some())),
        saved => saved?,
    };
    // What waits already waits on: it was asked for by whoever asked first.
    let waiting = repository::promotion_of(unit.db(), account.id).await?;
    let waits_on =
        waiting.is_some_and(|waiting| waiting.role == input.role) && (asker.is_some() || !is_other);
    if !waits_on {
        promote::wait(&unit, account.id, asker.map(|asker| (input.role, asker))).await?;
    }
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

form! {
    /// The number that a person is rung at from now on.
    pub struct ChangeTelephone of CHANGE_TELEPHONE, refused AccountError {
        title: "修改联系电话", "Change the telephone number";
        lead: "专员的号码，其服务的企业可以看到；企业联系人的号码，只有企业服务中心、该企业的专员（含代理专员）和管理员可以看到。变更记入审计，监督机构可以查阅。",
            "Enterprises see the number of their liaison; the number of an enterprise contact is seen by the service centre, the liaison of the enterprise, the deputy and the administrator. Changes are in the audit trail, which the supervisor reads.";
        done: "联系电话已保存。", "The telephone number has been saved.";
        /// The account.
        id: Uuid = Target(Thing::Account);
        /// The version last seen.
        expected_version: i32 = Version;
        /// The number to ring the person at; none when empty.
        telephone: Option<String> = Line(40), "联系电话", "Telephone",
            "手机号或带区号的座机（可加分机号）；不填即删除", "Mobile number, or landline with area code and extension; empty to remove it";
    }
}

/// Changes the telephone number of an account: the own one, that of an enterprise contact or a liaison, or as who manages accounts.
pub async fn change_telephone(
    store: &Store,
    viewer: &Viewer,
    input: ChangeTelephone,
) -> Result<Model, CommandError<AccountError>> {
    let unit = store.begin(viewer).await?;
    let account = load(&unit, viewer, input.id).await?;
    may_change_telephone(viewer, &account)?;
    let telephone = Telephone::given(input.telephone.as_deref())
        .map_err(|error| CommandError::refused(&["telephone"], AccountError::Telephone(error)))?;
    expect_version(account.id, account.version, input.expected_version)?;
    let changed = Model {
        telephone,
        ..account.clone()
    };
    let changed = save(&unit, &account, changed).await?;
    record(
        &unit,
        Change {
            command: &CHANGE_TELEPHONE,
            subject_id: account.id,
            before: Some(summary!({ "telephone": account.telephone })),
            after: Some(summary!({ "telephone": changed.telephone })),
            reason: None,
        },
    )
    .await?;
    unit.commit().await?;
    Ok(changed)
}

fn may_change_telephone(viewer: &Viewer, account: &Model) -> Result<(), Fault> {
    match viewer.account_id() == Some(account.id) {
        true => Ok(()),
        // The centre appoints liaisons, and says how they are reached.
        false if account.role == Role::Liaison => {
            require(viewer, Action::KeepContacts, Standing::None)
        }
        false => require(viewer, rules::keeps(account.role), Standing::None),
    }
}

/// What is said of whether an account may sign in.
const ENABLED: Said = Said {
    zh: "启用",
    en: "Enabled",
};
const DISABLED: Said = Said {
    zh: "停用",
    en: "Disabled",
};

form! {
    /// Whether an account may sign in.
    pub struct SetEnabled of SET_ENABLED by Action::ManageAccounts, refused AccountError, keyed {
        title: "启用或停用账户", "Enable or disable the account";
        lead: "停用后，此人立即退出登录，不能再登录，也不再收到邮件，已办理事项的记录保留；启用后，此人可以用原密码登录。",
            "A disabled person is signed out at once, can no longer sign in and receives no e-mail; records of past actions are kept. An enabled person can sign in with the old password.";
        done: "账户已更新。", "The account has been updated.";
        /// The account.
        id: Uuid = Target(Thing::Account);
        /// The version last seen.
        expected_version: i32 = Version;
        /// Whether it may sign in from now on.
        enabled: bool = Either(ENABLED, DISABLED), "登录", "Sign-in";
    }
}

/// Disables an account, which ends its sessions at once, or enables it again.
pub async fn set_enabled(
    store: &Store,
    viewer: &Viewer,
    input: SetEnabled,
) -> Result<Model, CommandError<AccountError>> {
    let unit = store.begin(viewer).await?;
    let account = load(&unit, viewer, input.id).await?;
    require(viewer, SetEnabled::FORM.may, Standing::None)?;
    let waiting = repository::promotion_of(unit.db(), account.id).await?;
    may_set(store, viewer, &account, input.enabled, waiting.as_ref())
        .map_err(|error| CommandError::refused(&["id"], error))?;
    if !input.enabled && is_last_administrator(&unit, &account).await? {
        return Err(CommandError::refused(
            &["id"],
            AccountError::LastAdministrator,
        ));
    }
    let disabled_at = (!input.enabled).then(|| unit.now());
    expect_version(account.id, account.version, input.expected_version)?;
    let changed = Model {
        disabled_at,
        ..account.clone()
    };
    let changed = save(&unit, &account, changed).await?;
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
    Ok(changed)
}

/// Whether somebody may be let in, or kept out. A new account whose role waits for a second administrator is opened by that one.
fn may_set(
    store: &Store,
    viewer: &Viewer,
    account: &Model,
    enabled: bool,
    waiting: Option<&promotion::Model>,
) -> Result<(), AccountError> {
    if !enabled && viewer.account_id() == Some(account.id) {
        return Err(AccountError::OwnAccount);
    }
    if account.is_enabled() == enabled {
        return Err(AccountError::Unchanged);
    }
    let is_unconfirmed =
        promote::was_never_open(account) && promote::asker(store, viewer, account.role).is_some();
    let waits = waiting.is_some_and(|waiting| waiting.role == account.role);
    if enabled && (is_unconfirmed || waits) {
        return Err(AccountError::SecondPerson);
    }
    Ok(())
}

/// What can be done with an account, and why not now; `waiting` is the role that it waits for. How many links have gone, and whether it
/// is the last administrator's, is looked at when the command is given.
pub fn offered(
    store: &Store,
    viewer: &Viewer,
    account: &Model,
    waiting: Option<&promotion::Model>,
) -> Vec<Offer> {
    let rule = |command: &Command| {
        if command.code == CONFIRM.code {
            promote::may_confirm(viewer, account, waiting).map(|_| ())
        } else if command.code == SET_ENABLED.code {
            may_set(store, viewer, account, !account.is_enabled(), waiting)
        } else {
            Ok(())
        }
    };
    let may = |command: &Command, form: &Form| match command.code {
        code if code == CHANGE_TELEPHONE.code => may_change_telephone(viewer, account),
        code if code == INVITE.code => require(viewer, rules::keeps(account.role), Standing::None),
        _ => require(viewer, form.may, Standing::None),
    };
    offers_by(COMMANDS, Thing::Account, viewer, may, rule)
}

/// The number that was given, which the rule has looked at.
fn told_number(given: Option<&str>) -> Option<Telephone> {
    Telephone::given(given).unwrap_or_default()
}

/// What stands in the fields of an account. Its enterprise is not for everybody who manages accounts.
pub fn present(account: &Model) -> Summary {
    summary!({
        "name": account.name,
        "telephone": account.telephone,
        "role": account.role,
        "departmentId": account.department_id,
        "language": account.language,
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
    let changed = Model {
        password_hash: Some(password_hash),
        ..account.clone()
    };
    save(unit, account, changed).await?;
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
    Entity::found(unit.db(), viewer, id).await
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
        "telephone": account.telephone,
        "role": account.role,
        "departmentId": account.department_id,
        "enterpriseId": account.enterprise_id,
        "language": account.language,
    })
}
