//! People and their roles: the list, one account, creating, changing, inviting, disabling.

use api_door::scalar::Kind;
use askama::Template;
use axum::{extract::Path, response::Response};

use entity::permission::Action;

use super::{
    act::{self, Act, Field, Takes, send},
    bridge::operation,
    export::{Ending, Sheet},
    flash::Flash,
    form::Filled,
    frame::Frame,
    global_id,
    guest::Guest,
    list::{Address, Paging},
    refusal::Refusal,
    term::*,
};

operation!(AccountList in "src/operations/account.graphql");
operation!(AccountPage in "src/operations/account.graphql");
operation!(AccountNew in "src/operations/account.graphql");
operation!(CreateAccount in "src/operations/account.graphql");
operation!(ChangeAccount in "src/operations/account.graphql");
operation!(ConfirmAccount in "src/operations/account.graphql");
operation!(InviteAccount in "src/operations/account.graphql");
operation!(SetAccountEnabled in "src/operations/account.graphql");

/// The order of the list when the address names none.
const USUAL: &str = "login";

fn variables(address: &Address, paging: Paging) -> account_list::Variables {
    let (field, direction) = address.sort(USUAL);
    let roles: Vec<Role> = address.all("role").filter_map(Role::of_code).collect();
    account_list::Variables {
        first: paging.first,
        last: paging.last,
        after: paging.after,
        before: paging.before,
        where_: Some(account_list::AccountFilter {
            search: address.some("search"),
            role: (!roles.is_empty()).then_some(account_list::RoleIn { one_of: roles }),
            department_id: address.some("department"),
            enterprise_id: None,
            enabled: match address.get("enabled") {
                "yes" => Some(true),
                "no" => Some(false),
                _ => None,
            },
        }),
        sort_by: Some(account_list::AccountSort {
            field: match field.as_str() {
                "name" => AccountSortField::Name,
                "created" => AccountSortField::CreatedAt,
                _ => AccountSortField::Login,
            },
            direction,
        }),
    }
}

#[derive(Template)]
#[template(path = "account/list.html")]
struct ListShown {
    f: Frame,
    roles: &'static [Role],
    departments: Vec<account_list::AccountListDepartments>,
    rows: Vec<account_list::AccountListAccountsNodes>,
    shown: i64,
    total: i64,
    info: account_list::AccountListAccountsPageInfo,
    usual: &'static str,
    may: bool,
}

fn may(permissions: &[PermittedAction]) -> bool {
    permissions.contains(&PermittedAction::ManageAccounts)
}

/// All accounts.
pub async fn list(guest: Guest) -> Result<Response, Refusal> {
    guest.require(Action::ReadAccounts)?;
    let asked = variables(&guest.address, guest.address.paging());
    let data = guest.run::<AccountList>(asked).await?;
    let mut f = guest.frame("");
    f.title = f.t("人员与角色", "People and roles").to_owned();
    Ok(guest.show(&ListShown {
        f,
        roles: &Role::ALL,
        departments: data.departments,
        shown: i64::try_from(data.accounts.nodes.len()).unwrap_or(i64::MAX),
        rows: data.accounts.nodes,
        total: data.accounts.total_count,
        info: data.accounts.page_info,
        usual: USUAL,
        may: data.viewer.is_some_and(|viewer| may(&viewer.permissions)),
    }))
}

/// The list as a file.
pub async fn export(guest: Guest, ending: Ending) -> Result<Response, Refusal> {
    guest.require(Action::ReadAccounts)?;
    let f = guest.frame("");
    let sheet = Sheet {
        name: f.t("人员与角色", "People and roles").to_owned(),
        columns: vec![
            f.t("姓名或岗位", "Name"),
            f.t("邮箱", "Mail"),
            f.t("角色", "Role"),
            f.t("部门", "Department"),
            f.t("企业", "Enterprise"),
            f.t("登录", "Sign-in"),
        ],
        size: 100,
    };
    let read = |data: account_list::ResponseData| {
        let found = data.accounts;
        let row = |row: &account_list::AccountListAccountsNodes| {
            vec![
                row.name.as_str().into(),
                row.login.as_str().into(),
                row.role.say(&f).into(),
                row.department
                    .as_ref()
                    .map(|it| f.of(&it.name_zh, &it.name_en))
                    .into(),
                row.enterprise
                    .as_ref()
                    .map(|it| f.of(&it.name_zh, it.name_en.as_deref().unwrap_or_default()))
                    .into(),
                match (row.enabled, row.joined) {
                    (false, _) => f.t("已停用", "Disabled"),
                    (true, true) => f.t("可登录", "May sign in"),
                    (true, false) => f.t("待设密码", "Invited"),
                }
                .into(),
            ]
        };
        let rows = found.nodes.iter().map(row).collect();
        let info = found.page_info;
        (rows, info.end_cursor.filter(|_| info.has_next_page))
    };
    sheet
        .answer::<AccountList>(
            &guest,
            ending,
            |paging| variables(&guest.address, paging),
            read,
        )
        .await
}

#[derive(Template)]
#[template(path = "account/page.html")]
struct PageShown {
    f: Frame,
    it: account_page::AccountPageAccount,
    departments: Vec<(String, String)>,
    may: bool,
    own: bool,
}

async fn found(guest: &Guest, key: &str) -> Result<PageShown, Refusal> {
    let id = global_id(Kind::Account, key)?;
    let data = guest
        .run::<AccountPage>(account_page::Variables { id })
        .await?;
    let it = data.account.ok_or(Refusal::NotFound)?;
    let f = guest.frame(&it.name);
    let present = it.department.as_ref().map(|known| &known.id);
    let departments = data
        .departments
        .into_iter()
        .filter(|row| row.ended_on.is_none() || Some(&row.id) == present)
        .map(|row| {
            let mut name = f.of(&row.name_zh, &row.name_en).to_owned();
            // The present one is always offered, lest it be taken away unseen.
            if row.ended_on.is_some() {
                name.push_str(f.t("（已撤销）", " (ended)"));
            }
            (row.id, name)
        })
        .collect();
    let viewer = data.viewer.as_ref();
    Ok(PageShown {
        may: viewer.is_some_and(|viewer| may(&viewer.permissions)),
        own: viewer.is_some_and(|viewer| viewer.id == it.id),
        f,
        it,
        departments,
    })
}

/// One account.
pub async fn page(guest: Guest, Path(key): Path<String>) -> Result<Response, Refusal> {
    let shown = found(&guest, &key).await?;
    Ok(guest.show(&shown))
}

const CREATE: &[&str] = &[
    "login",
    "name",
    "role",
    "departmentId",
    "enterpriseCode",
    "language",
];
const CHANGE: &[&str] = &["name", "role", "departmentId", "language"];

fn people(f: &Frame) -> (String, String) {
    (
        "/accounts".to_owned(),
        f.t("人员与角色", "People and roles").to_owned(),
    )
}

/// The fields of a person: what is asked of a new one and may change later.
fn fields(f: &Frame, departments: Vec<(String, String)>, roles: Vec<Role>) -> Vec<Field> {
    let roles = roles
        .into_iter()
        .map(|role| (role.code().to_owned(), role.say(f).to_owned()))
        .collect();
    let none = (String::new(), f.t("无", "None").to_owned());
    let departments = std::iter::once(none).chain(departments).collect();
    vec![
        Field::line(
            "name",
            f.t("姓名或岗位", "Name or post"),
            f.t("他人所见的名称", "As others see it"),
        ),
        Field::choice("role", f.t("角色", "Role"), "", roles),
        Field::choice(
            "departmentId",
            f.t("部门", "Department"),
            f.t(
                "部门负责人和窗口人员必填",
                "Heads and window officers need one",
            ),
            departments,
        ),
        Field::choice(
            "language",
            f.t("语言", "Language"),
            f.t("信件和页面的语言", "Of letters and pages"),
            Tongue::choices(f),
        ),
    ]
}

/// A contact stays a contact, and an official an official.
fn officials() -> Vec<Role> {
    let all = Role::ALL.iter().copied();
    all.filter(|role| *role != Role::Enterprise).collect()
}

async fn new_account(guest: &Guest, filled: Option<&Filled>) -> Result<Act, Refusal> {
    guest.require(Action::ManageAccounts)?;
    let data = guest.run::<AccountNew>(account_new::Variables).await?;
    let mut f = guest.frame("");
    f.title = f.t("新建账户", "New account").to_owned();
    let departments = data
        .departments
        .into_iter()
        .filter(|row| row.ended_on.is_none())
        .map(|row| (row.id, f.of(&row.name_zh, &row.name_en).to_owned()))
        .collect();
    let mut all = fields(&f, departments, Role::ALL.to_vec());
    all.insert(
        3,
        Field::line(
            "enterpriseCode",
            f.t("企业的统一社会信用代码", "Credit code of the enterprise"),
            f.t("企业联系人必填", "Enterprise contacts need one"),
        ),
    );
    all.insert(
        0,
        Field::of(
            "login",
            f.t("邮箱", "Mail address"),
            f.t(
                "用于登录，邀请信寄到这里",
                "To sign in with; the invitation goes there",
            ),
            Takes::Line("email"),
        ),
    );
    Ok(Act {
        form: act::form(CREATE, filled, &[("language", Tongue::Chinese.code())]),
        back: people(&f),
        lead: f
            .t(
                "创建后立即寄出邀请信，对方在 72 小时内用信中的链接设置密码。企业联系人也可随台账导入创建。",
                "An invitation goes out at once; its link sets a password within 72 hours. Enterprise contacts come with the ledger, too.",
            )
            .to_owned(),
        fields: all,
        verb: f.t("创建并邀请", "Create and invite"),
        version: 0,
        f,
    })
}

/// The page of a new account.
pub async fn ask_new(guest: Guest) -> Result<Response, Refusal> {
    Ok(new_account(&guest, None).await?.answer(&guest))
}

/// Creates an account.
pub async fn create(guest: Guest, filled: Filled) -> Result<Response, Refusal> {
    let mut act = new_account(&guest, Some(&filled)).await?;
    if act.is_unchosen(&guest, &filled) {
        return Ok(act.answer(&guest));
    }
    let input = create_account::AccountCreateInput {
        login: filled.get("login").to_owned(),
        name: filled.get("name").to_owned(),
        role: filled.term("role")?,
        department_id: filled.some("departmentId"),
        enterprise_id: None,
        enterprise_code: filled.some("enterpriseCode"),
        language: filled.term::<Tongue>("language")?.into(),
        idempotency_key: filled.key(),
    };
    let answer = guest
        .run::<CreateAccount>(create_account::Variables { input })
        .await
        .map_err(|refusal| refusal.with_typed(&filled))?;
    // Here the enterprise is asked for by its code.
    let asked = |name: String| match name.as_str() {
        "enterpriseId" => "enterpriseCode".to_owned(),
        _ => name,
    };
    let errors = answer.account_create.user_errors.into_iter();
    act.form.refuse(errors.map(|error| {
        let path = error.path.into_iter().map(asked).collect();
        (path, error.message)
    }));
    if act.form.is_refused() {
        return Ok(act.answer(&guest));
    }
    let made = answer.account_create.account;
    let waits = made.is_some_and(|account| account.awaited_role.is_some());
    let flash = match waits {
        true => Flash::AccountAwaits,
        false => Flash::AccountCreated,
    };
    Ok(guest.done(flash, "/accounts"))
}

/// What is done with an account.
#[derive(Clone, Copy, Debug)]
pub enum Verb {
    Change,
    Confirm,
    Invite,
    Disable,
    Enable,
}

impl act::Verb for Verb {
    type It = account_page::AccountPageAccount;

    fn of(word: &str) -> Option<Self> {
        match word {
            "change" => Some(Self::Change),
            "confirm" => Some(Self::Confirm),
            "invite" => Some(Self::Invite),
            "disable" => Some(Self::Disable),
            "enable" => Some(Self::Enable),
            _ => None,
        }
    }

    async fn shown(
        self,
        guest: &Guest,
        key: &str,
        filled: Option<&Filled>,
    ) -> Result<(Act, Self::It), Refusal> {
        guest.require(Action::ManageAccounts)?;
        let PageShown {
            mut f,
            it,
            departments,
            ..
        } = found(guest, key).await?;
        let back = (format!("/accounts/{key}"), it.name.clone());
        let (title, lead) = match self {
            Verb::Change => (
                f.t("修改账户", "Change the account"),
                f.t("角色改变后立即按新角色显示和授权。", "A new role counts at once, for what is seen and what may be done."),
            ),
            Verb::Confirm => (
                f.t("确认角色", "Confirm the role"),
                f.t(
                    "另一名管理员已为此账户申请该角色。确认后立即生效；新账户随即收到邀请信。不同意时，请用“修改”改回其他角色。",
                    "Another administrator has asked for this role. It counts at once when you confirm it, and a new account is invited. If you disagree, change the account to another role.",
                ),
            ),
            Verb::Invite => (
                f.t("重新邀请", "Invite again"),
                f.t(
                    "寄出新的邀请信，72 小时内有效，一小时内最多三封。之前寄出的链接仍可使用，直到其中一个被用掉。",
                    "A new invitation goes out, good for 72 hours, at most three within an hour. The links sent before work until one of them is used.",
                ),
            ),
            Verb::Disable => (
                f.t("停用账户", "Disable the account"),
                f.t(
                    "此人立即退出登录，不能再登录，也不再收到信件。已做过的事仍有记录。",
                    "The person is signed out at once, cannot sign in and gets no letters. What was done stays on record.",
                ),
            ),
            Verb::Enable => (
                f.t("启用账户", "Enable the account"),
                f.t("此人可以用原密码登录。", "The person can sign in again with the old password."),
            ),
        };
        f.title = title.to_owned();
        let department = it.department.as_ref().map(|known| known.id.as_str());
        let values = [
            ("name", it.name.as_str()),
            ("role", it.role.code()),
            ("departmentId", department.unwrap_or_default()),
            ("language", it.language.code()),
        ];
        let (known, asked): (&[&str], _) = match self {
            Verb::Change => {
                let roles = if it.role == Role::Enterprise {
                    vec![Role::Enterprise]
                } else {
                    officials()
                };
                (CHANGE, fields(&f, departments, roles))
            }
            Verb::Confirm | Verb::Invite | Verb::Disable | Verb::Enable => (&[], Vec::new()),
        };
        let act = Act {
            form: act::form(known, filled, &values),
            back,
            lead: lead.to_owned(),
            fields: asked,
            verb: title,
            version: it.version,
            f,
        };
        Ok((act, it))
    }

    async fn send(
        self,
        guest: &Guest,
        filled: &Filled,
        act: &mut Act,
        it: Self::It,
    ) -> Result<Flash, Refusal> {
        let (id, expected_version, idempotency_key) = (it.id, filled.version(), filled.key());
        Ok(match self {
            Verb::Change => {
                let input = change_account::AccountChangeInput {
                    id,
                    expected_version,
                    name: filled.get("name").to_owned(),
                    role: filled.term("role")?,
                    department_id: filled.some("departmentId"),
                    enterprise_id: it.enterprise.map(|enterprise| enterprise.id),
                    language: filled.term::<Tongue>("language")?.into(),
                };
                send!(
                    guest,
                    filled,
                    act.form,
                    ChangeAccount(change_account::Variables { input }).account_change
                );
                Flash::AccountChanged
            }
            Verb::Confirm => {
                let input = confirm_account::AccountConfirmInput {
                    id,
                    expected_version,
                    idempotency_key,
                };
                send!(
                    guest,
                    filled,
                    act.form,
                    ConfirmAccount(confirm_account::Variables { input }).account_confirm
                );
                Flash::AccountConfirmed
            }
            Verb::Invite => {
                let input = invite_account::AccountInviteInput {
                    id,
                    idempotency_key,
                };
                send!(
                    guest,
                    filled,
                    act.form,
                    InviteAccount(invite_account::Variables { input }).account_invite
                );
                Flash::AccountInvited
            }
            Verb::Disable | Verb::Enable => {
                let enabled = matches!(self, Verb::Enable);
                let input = set_account_enabled::AccountSetEnabledInput {
                    id,
                    expected_version,
                    enabled,
                    idempotency_key,
                };
                send!(
                    guest,
                    filled,
                    act.form,
                    SetAccountEnabled(set_account_enabled::Variables { input }).account_set_enabled
                );
                if enabled {
                    Flash::AccountEnabled
                } else {
                    Flash::AccountDisabled
                }
            }
        })
    }
}
