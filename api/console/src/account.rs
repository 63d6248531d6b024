//! People and their roles: the list, one account, creating, changing and disabling it.

use api_door::scalar::Kind;
use askama::Template;
use axum::{extract::Path, response::Response};

use entity::{
    account::rules::finds_by_enterprise,
    command::{Command, Field as Declared, Form as Declaration, Thing},
    language::Said,
    permission::Action,
    trail,
};
use serde_json::{Value, json};

use super::{
    act::{self, Act, Field, Takes},
    bridge::operation,
    export::{Ending, Sheet},
    flash::Flash,
    form::Filled,
    frame::Frame,
    global_id,
    guest::Guest,
    list::{Address, Paging},
    many,
    refusal::Refusal,
    term::*,
};

operation!(AccountList in "src/operations/account.graphql");
operation!(AccountFile in "src/operations/account.graphql" deriving "Clone, Debug, Deserialize");
operation!(AccountPage in "src/operations/account.graphql");
operation!(AccountNew in "src/operations/account.graphql");

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
        whole: paging.whole,
        where_: Some(account_list::AccountFilter {
            search: address.some("text"),
            role: (!roles.is_empty()).then_some(account_list::RoleIn { one_of: roles }),
            department_id: address.some("department"),
            enterprise_id: None,
            enabled: match address.get("enabled") {
                "yes" => Some(true),
                "no" => Some(false),
                _ => None,
            },
            joined: None,
            awaits_invitation: None,
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
    saved: Vec<account_list::AccountListSavedFilters>,
    roles: &'static [Role],
    departments: Vec<account_list::AccountListDepartments>,
    rows: Vec<account_list::AccountListAccountsNodes>,
    shown: i64,
    total: i64,
    info: account_list::AccountListAccountsPageInfo,
    usual: &'static str,
    may: bool,
    invites: bool,
    offers: Vec<many::Offer>,
    /// Whether the text filter finds by enterprise, too.
    by_enterprise: bool,
}

/// All accounts.
pub async fn list(guest: Guest) -> Result<Response, Refusal> {
    guest.require(Action::ReadAccounts)?;
    let asked = variables(&guest.address, guest.address.paging());
    let data = guest.run::<AccountList>(asked).await?;
    let mut f = guest.frame("");
    f.title = f.t("人员与角色", "People and roles").to_owned();
    let permissions = data.viewer.map(|viewer| viewer.permissions);
    let may = |action| permissions.iter().flatten().any(|known| *known == action);
    Ok(guest.show(&ListShown {
        saved: data.saved_filters,
        offers: many::offers(&guest, Thing::Account),
        by_enterprise: finds_by_enterprise(guest.viewer.role()),
        f,
        roles: &Role::ALL,
        departments: data.departments,
        shown: i64::try_from(data.accounts.nodes.len()).unwrap_or(i64::MAX),
        rows: data.accounts.nodes,
        total: data.accounts.total_count,
        info: data.accounts.page_info,
        usual: USUAL,
        may: may(PermittedAction::ManageAccounts),
        invites: may(PermittedAction::KeepContacts),
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
            f.t("邮箱", "E-mail"),
            f.t("联系电话", "Telephone"),
            f.t("角色", "Role"),
            f.t("部门", "Department"),
            f.t("企业", "Enterprise"),
            f.t("登录", "Sign-in"),
        ],
    };
    let read = |data: account_file::ResponseData| {
        let found = data.accounts;
        let row = |row: &account_file::AccountFileAccountsNodes| {
            vec![
                row.name.as_str().into(),
                row.login.as_str().into(),
                row.telephone.as_deref().into(),
                row.role.say(&f).into(),
                row.department
                    .as_ref()
                    .map(|it| f.of(&it.name_zh, &it.name_en))
                    .into(),
                row.enterprise
                    .as_ref()
                    .map(|it| f.of(&it.name_zh, it.name_en.as_deref().unwrap_or_default()))
                    .into(),
                match &row.invitation {
                    _ if !row.enabled => f.t("已停用", "Disabled"),
                    _ if row.joined => f.t("可登录", "Can sign in"),
                    Some(sent) if sent.expired => f.t("邀请已过期", "Invitation expired"),
                    Some(_) => f.t("已邀请", "Invited"),
                    None => f.t("未邀请", "Not invited"),
                }
                .into(),
            ]
        };
        let rows = found.nodes.iter().map(row).collect();
        let info = found.page_info;
        (rows, info.end_cursor.filter(|_| info.has_next_page))
    };
    sheet
        .answer::<AccountFile, _>(
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
}

impl PageShown {
    /// Whether the viewer may do this to the account now.
    fn may(&self, code: &str) -> bool {
        let mut commands = self.it.commands.iter();
        commands.any(|command| command.code == code && command.may)
    }
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
    Ok(PageShown { f, it, departments })
}

/// One account.
pub async fn page(guest: Guest, Path(key): Path<String>) -> Result<Response, Refusal> {
    let shown = found(&guest, &key).await?;
    Ok(guest.show(&shown))
}

const CREATE: &str = "account.create";
const CHANGE: &str = "account.change";
const SET_ENABLED: &str = "account.setEnabled";

/// A command of accounts as it is declared.
fn declared(code: &str) -> Result<(&'static Command, &'static Declaration), Refusal> {
    let command = trail::command(code).ok_or(Refusal::NotFound)?;
    Ok((command, command.form.ok_or(Refusal::NotFound)?))
}

/// Gives a command; what its rule refused goes into the form of the page.
async fn give(
    guest: &Guest,
    filled: &Filled,
    act: &mut Act,
    command: &Command,
    input: Value,
) -> Result<(), Refusal> {
    let given = guest.give(command, input).await;
    let given = given.map_err(|refusal| refusal.with_typed(filled))?;
    // People name an enterprise by its code.
    let asked = |name: String| match name.as_str() {
        "enterpriseId" => "enterpriseCode".to_owned(),
        _ => name,
    };
    let refused = given.refused.into_iter();
    act.form
        .refuse(refused.map(|(path, message)| (path.into_iter().map(asked).collect(), message)));
    Ok(())
}

/// The fields of a person as they are declared, with these departments and roles to choose from.
fn fields(
    f: &Frame,
    form: &Declaration,
    mut departments: Vec<(String, String)>,
    roles: Vec<(String, String)>,
) -> Vec<Field> {
    departments.insert(0, (String::new(), f.t("无", "None").to_owned()));
    let said = |said: Said| said.in_language(f.language);
    let shown = |field: &Declared| {
        let takes = match field.name {
            "login" => Takes::Line("email"),
            "telephone" => Takes::Line("tel"),
            "role" => Takes::Choice(roles.clone()),
            "departmentId" => Takes::Choice(departments.clone()),
            "language" => Takes::Choice(Tongue::choices(f)),
            _ => Takes::Line("text"),
        };
        let hint = field.hint.map_or("", said);
        Some(Field::of(field.name, said(field.label?), hint, takes))
    };
    form.fields.iter().filter_map(shown).collect()
}

fn names(fields: &[Field]) -> Vec<&'static str> {
    fields.iter().map(|field| field.name).collect()
}

async fn new_account(guest: &Guest, filled: Option<&Filled>) -> Result<Act, Refusal> {
    guest.require(Action::ManageAccounts)?;
    let (_, form) = declared(CREATE)?;
    let data = guest.run::<AccountNew>(account_new::Variables).await?;
    let mut f = guest.frame("");
    let title = form.title.in_language(f.language);
    title.clone_into(&mut f.title);
    let departments = data
        .departments
        .into_iter()
        .filter(|row| row.ended_on.is_none())
        .map(|row| (row.id, f.of(&row.name_zh, &row.name_en).to_owned()))
        .collect();
    let fields = fields(&f, form, departments, Role::choices(&f));
    let usual = [("language", Tongue::Chinese.code())];
    Ok(Act {
        form: act::form(&names(&fields), filled, &usual),
        back: (
            "/accounts".to_owned(),
            f.t("人员与角色", "People and roles").to_owned(),
        ),
        lead: form.lead.in_language(f.language).to_owned(),
        fields,
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
    let (command, _) = declared(CREATE)?;
    let input = json!({
        "login": filled.get("login"),
        "name": filled.get("name"),
        "telephone": filled.some("telephone"),
        "role": filled.get("role"),
        "departmentId": filled.some("departmentId"),
        "enterpriseCode": filled.some("enterpriseCode"),
        "language": filled.get("language"),
        "idempotencyKey": filled.key(),
    });
    give(&guest, &filled, &mut act, command, input).await?;
    if act.form.is_refused() {
        return Ok(act.answer(&guest));
    }
    Ok(guest.done(Flash::Given(command.code), "/accounts"))
}

/// Changing an account. A contact stays a contact, and an official an official; the department is always among those to choose from.
#[derive(Clone, Copy, Debug, Default)]
pub struct Change;

impl act::Verb for Change {
    type It = account_page::AccountPageAccount;

    async fn shown(
        self,
        guest: &Guest,
        key: &str,
        filled: Option<&Filled>,
    ) -> Result<(Act, Self::It), Refusal> {
        guest.require(Action::ManageAccounts)?;
        let (_, form) = declared(CHANGE)?;
        let PageShown {
            mut f,
            it,
            departments,
        } = found(guest, key).await?;
        let title = form.title.in_language(f.language);
        title.clone_into(&mut f.title);
        let contact = Role::Enterprise.code();
        let is_contact = it.role == Role::Enterprise;
        let roles = Role::choices(&f).into_iter();
        let roles = roles.filter(|(role, _)| (role == contact) == is_contact);
        let fields = fields(&f, form, departments, roles.collect());
        let department = it.department.as_ref().map(|known| known.id.as_str());
        let values = [
            ("name", it.name.as_str()),
            ("telephone", it.telephone.as_deref().unwrap_or_default()),
            ("role", it.role.code()),
            ("departmentId", department.unwrap_or_default()),
            ("language", it.language.code()),
        ];
        let act = Act {
            form: act::form(&names(&fields), filled, &values),
            back: (format!("/accounts/{key}"), it.name.clone()),
            lead: form.lead.in_language(f.language).to_owned(),
            fields,
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
        let (command, _) = declared(CHANGE)?;
        let input = json!({
            "id": it.id,
            "expectedVersion": filled.version(),
            "name": filled.get("name"),
            "telephone": filled.some("telephone"),
            "role": filled.get("role"),
            "departmentId": filled.some("departmentId"),
            "enterpriseId": it.enterprise.map(|enterprise| enterprise.id),
            "language": filled.get("language"),
        });
        give(guest, filled, act, command, input).await?;
        Ok(Flash::Given(command.code))
    }
}

/// Enabling an account, or disabling it: one command, and each a page that says what will come of it.
#[derive(Clone, Copy, Debug, Default)]
pub struct Set<const ENABLED: bool>;

impl<const ENABLED: bool> act::Verb for Set<ENABLED> {
    type It = account_page::AccountPageAccount;

    async fn shown(
        self,
        guest: &Guest,
        key: &str,
        filled: Option<&Filled>,
    ) -> Result<(Act, Self::It), Refusal> {
        guest.require(Action::ManageAccounts)?;
        let PageShown { mut f, it, .. } = found(guest, key).await?;
        let (title, lead) = match ENABLED {
            true => (
                f.t("启用账户", "Enable the account"),
                f.t(
                    "此人可以用原密码登录。",
                    "The person can sign in again with the old password.",
                ),
            ),
            false => (
                f.t("停用账户", "Disable the account"),
                f.t(
                    "此人立即退出登录，不能再登录，也不再收到邮件。已办理事项的记录保留。",
                    "The person is signed out at once, can no longer sign in and receives no e-mail. Records of past actions are kept.",
                ),
            ),
        };
        title.clone_into(&mut f.title);
        let act = Act {
            form: act::form(&[], filled, &[]),
            back: (format!("/accounts/{key}"), it.name.clone()),
            lead: lead.to_owned(),
            fields: Vec::new(),
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
        let (command, _) = declared(SET_ENABLED)?;
        let input = json!({
            "id": it.id,
            "expectedVersion": filled.version(),
            "enabled": ENABLED,
            "idempotencyKey": filled.key(),
        });
        give(guest, filled, act, command, input).await?;
        Ok(match ENABLED {
            true => Flash::AccountEnabled,
            false => Flash::AccountDisabled,
        })
    }
}
