//! Accounts (账户) as the API shows them.

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
use async_graphql::{Context, Enum, ID, InputObject, MergedObject, Object, Result, SimpleObject};
use entity::{
    account::{
        self,
        commands::{self, promote},
        link, promotion, repository,
        rules::{AccountError, LinkError, PasswordError},
    },
    enterprise::commands::create_account,
    error::Fault,
    store::Store,
    table::Visible,
    telephone::Telephone,
    text::Search,
    viewer::Viewer,
};
use uuid::Uuid;

use super::{
    department::{Department, DepartmentById},
    enterprise::{Enterprise, EnterpriseById},
};

pub mod accept_link;
pub mod invite_all;
pub mod request_password_link;

/// Why an account is not created or changed.
#[derive(Clone, Copy, PartialEq, Eq, Enum)]
pub enum AccountErrorCode {
    /// A field must not be empty.
    Missing,
    /// A field is too long.
    TooLong,
    /// The sign-in name has blanks, or letters that look like others.
    LoginInvalid,
    /// The sign-in name is not an e-mail address.
    LoginNotMail,
    /// Another account has this sign-in name.
    LoginTaken,
    /// This role needs a department.
    DepartmentRequired,
    /// There is no such department.
    DepartmentUnknown,
    /// An enterprise contact needs an enterprise.
    EnterpriseRequired,
    /// Only enterprise contacts have an enterprise.
    EnterpriseNotAllowed,
    /// There is no such enterprise.
    EnterpriseUnknown,
    /// It is no telephone number.
    Telephone,
    /// The password is not good enough.
    Password,
    /// The own account cannot be disabled.
    OwnAccount,
    /// Nobody would be left to manage accounts.
    LastAdministrator,
    /// Three links have gone to it within the hour.
    TooManyLinks,
    /// The mail server said that nobody has the address.
    AddressGivenUp,
    /// Another administrator has to confirm it.
    SecondPerson,
    /// No role waits to be confirmed.
    NothingWaits,
    /// It is in that state already.
    Unchanged,
}

impl From<AccountError> for AccountErrorCode {
    fn from(error: AccountError) -> Self {
        match error {
            AccountError::Missing => Self::Missing,
            AccountError::TooLong { .. } => Self::TooLong,
            AccountError::LoginInvalid => Self::LoginInvalid,
            AccountError::LoginNotMail => Self::LoginNotMail,
            AccountError::LoginTaken => Self::LoginTaken,
            AccountError::DepartmentRequired => Self::DepartmentRequired,
            AccountError::DepartmentUnknown => Self::DepartmentUnknown,
            AccountError::EnterpriseRequired => Self::EnterpriseRequired,
            AccountError::EnterpriseNotAllowed => Self::EnterpriseNotAllowed,
            AccountError::EnterpriseUnknown => Self::EnterpriseUnknown,
            AccountError::Telephone(_) => Self::Telephone,
            AccountError::Password(_) => Self::Password,
            AccountError::OwnAccount => Self::OwnAccount,
            AccountError::LastAdministrator => Self::LastAdministrator,
            AccountError::TooManyLinks => Self::TooManyLinks,
            AccountError::AddressGivenUp => Self::AddressGivenUp,
            AccountError::SecondPerson => Self::SecondPerson,
            AccountError::NothingWaits => Self::NothingWaits,
            AccountError::Unchanged => Self::Unchanged,
        }
    }
}

/// Why a link sets no password.
#[derive(Clone, Copy, PartialEq, Eq, Enum)]
pub enum LinkErrorCode {
    /// Used, expired, or never sent; or a newer one was used.
    Void,
    /// Fewer characters than the park's rule asks for.
    TooShort,
    /// More than 200 characters.
    TooLong,
    /// Fewer than three of: small letters, capitals, digits, others; where the park's rule asks for them.
    TooSimple,
    /// It contains the sign-in name.
    ContainsLogin,
    /// It is one of the commonest, or follows a pattern.
    TooCommon,
}

impl From<LinkError> for LinkErrorCode {
    fn from(error: LinkError) -> Self {
        match error {
            LinkError::Void => Self::Void,
            LinkError::Password(PasswordError::TooShort { .. }) => Self::TooShort,
            LinkError::Password(PasswordError::TooLong) => Self::TooLong,
            LinkError::Password(PasswordError::TooSimple) => Self::TooSimple,
            LinkError::Password(PasswordError::ContainsLogin) => Self::ContainsLogin,
            LinkError::Password(PasswordError::TooCommon) => Self::TooCommon,
        }
    }
}

by_id! {
    /// Accounts by key.
    AccountById: account::Model = account::Entity::of_ids
}

/// The roles that wait for a second administrator, by account.
struct Waiting;

impl Batch for Waiting {
    type Key = Uuid;
    type Value = promotion::Model;

    async fn load(
        store: &Store,
        viewer: &Viewer,
        keys: &[Uuid],
    ) -> Result<HashMap<Uuid, promotion::Model>, Fault> {
        let waiting = repository::promotions_of(store.db(), viewer, keys).await?;
        Ok(waiting
            .into_iter()
            .map(|row| (row.account_id, row))
            .collect())
    }
}

/// The newest invitations, by account.
struct InvitationOf;

impl Batch for InvitationOf {
    type Key = Uuid;
    type Value = link::Model;

    async fn load(
        store: &Store,
        viewer: &Viewer,
        keys: &[Uuid],
    ) -> Result<HashMap<Uuid, link::Model>, Fault> {
        repository::invitations_of(store.db(), viewer, keys).await
    }
}

/// An invitation to choose the first password.
#[derive(SimpleObject)]
pub struct AccountInvitation {
    /// When its e-mail was written.
    sent_at: DateTime,
    /// Until when its link is valid.
    valid_until: DateTime,
    /// Whether that has passed.
    expired: bool,
}

impl AccountInvitation {
    /// The invitation that this link carries, as it stands now.
    pub(crate) fn of(link: &link::Model, now: chrono::DateTime<chrono::Utc>) -> Self {
        Self {
            sent_at: link.created_at.into(),
            valid_until: link.expires_at.into(),
            expired: link.expires_at <= now,
        }
    }
}

/// A person who may sign in, with one role (账户).
pub struct Account(pub(crate) account::Model);

impl From<account::Model> for Account {
    fn from(row: account::Model) -> Self {
        Self(row)
    }
}

/// A person who may sign in, with one role (账户).
#[Object]
impl Account {
    /// The global id.
    pub(super) async fn id(&self) -> ID {
        Kind::Account.id(self.0.id)
    }

    /// The name to sign in with; a mail address where letters reach the person.
    async fn login(&self) -> &str {
        &self.0.login
    }

    /// The name others see.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// What the person is in the park.
    async fn role(&self) -> Coded<entity::viewer::Role> {
        self.0.role.into()
    }

    /// The role that another administrator has to confirm (`accountConfirm`), where the park wants a second person.
    async fn awaited_role(&self, ctx: &Context<'_>) -> Result<Option<Coded<entity::viewer::Role>>> {
        let waiting = loaders::one::<Waiting>(ctx, self.0.id).await?;
        Ok(waiting.map(|waiting| waiting.role.into()))
    }

    /// The own department.
    async fn department(&self, ctx: &Context<'_>) -> Result<Option<Row<Department>>> {
        let Some(id) = self.0.department_id else {
            return Ok(None);
        };
        Ok(loaders::one::<DepartmentById>(ctx, id)
            .await?
            .map(Department)
            .map(Row))
    }

    /// The own enterprise, of enterprise contacts; null for those who may not know of it.
    async fn enterprise(&self, ctx: &Context<'_>) -> Result<Option<Row<Enterprise>>> {
        let Some(id) = self.0.enterprise_id else {
            return Ok(None);
        };
        Ok(loaders::one::<EnterpriseById>(ctx, id)
            .await?
            .map(Enterprise)
            .map(Row))
    }

    /// The language the person reads.
    async fn language(&self) -> Coded<entity::language::Language> {
        self.0.language.into()
    }

    /// The number to ring the person at (联系电话).
    async fn telephone(&self) -> Option<&str> {
        self.0.telephone.as_ref().map(Telephone::as_str)
    }

    /// Whether it may sign in.
    async fn enabled(&self) -> bool {
        self.0.is_enabled()
    }

    /// Whether the person has followed the invitation and chosen a password.
    async fn joined(&self) -> bool {
        self.0.password_hash.is_some()
    }

    /// The newest invitation to choose the first password; null when there was none.
    async fn invitation(&self, ctx: &Context<'_>) -> Result<Option<AccountInvitation>> {
        let found = loaders::one::<InvitationOf>(ctx, self.0.id).await?;
        let now = store(ctx).now();
        Ok(found.map(|link| AccountInvitation::of(&link, now)))
    }

    /// Since when there is this account.
    async fn created_at(&self) -> DateTime {
        self.0.created_at.into()
    }

    /// Grows by one with every change; send it back as `expectedVersion`.
    async fn version(&self) -> i32 {
        self.0.version
    }

    /// The commands for it: whether the viewer may give each one now, and why not.
    #[graphql(complexity = "5 * child_complexity")]
    async fn commands(&self, ctx: &Context<'_>) -> Result<Vec<Offered>> {
        let waiting = loaders::one::<Waiting>(ctx, self.0.id).await?;
        let offers = commands::offered(store(ctx), viewer(ctx), &self.0, waiting.as_ref());
        Ok(offered(ctx, offers, Some(&commands::present(&self.0))))
    }
}

/// Narrows a list of accounts.
#[derive(Default, InputObject)]
pub struct AccountFilter {
    /// Name or login, or for CENTRE the names or the credit code of the own enterprise, contain this text.
    search: Option<String>,
    /// In one of these roles.
    role: Option<RoleIn>,
    /// Of this department.
    department_id: Option<ID>,
    /// Of this enterprise.
    enterprise_id: Option<ID>,
    /// Able to sign in (true), or disabled (false).
    enabled: Option<bool>,
    /// With a password (true), or still without one (false).
    joined: Option<bool>,
    /// Able to come, not come yet, and without a valid invitation (true), or not so (false).
    awaits_invitation: Option<bool>,
}

/// One of several roles.
#[derive(InputObject)]
pub struct RoleIn {
    /// The role is one of these.
    one_of: Vec<Coded<entity::viewer::Role>>,
}

/// By what a list of accounts may be sorted.
#[derive(Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::account::repository::Sort")]
pub enum AccountSortField {
    /// The sign-in name.
    Login,
    /// The name.
    Name,
    /// When it was made.
    CreatedAt,
}

/// The order of a list of accounts.
#[derive(InputObject)]
pub struct AccountSort {
    /// By what.
    field: AccountSortField,
    /// In which direction.
    #[graphql(default_with = "SortDirection::Asc")]
    direction: SortDirection,
}

/// Reads of accounts.
#[derive(Default)]
pub struct AccountQuery;

#[Object]
impl AccountQuery {
    /// One account; null when there is none for this viewer.
    async fn account(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Its global id.")] id: ID,
    ) -> Result<Option<Account>> {
        let Some(key) = Kind::Account.key(&id) else {
            return Ok(None);
        };
        Ok(account::Entity::one(store(ctx).db(), viewer(ctx), key)
            .await?
            .map(Account))
    }

    /// The accounts this viewer may read: ADMIN and CENTRE all, everybody else the own one.
    #[allow(clippy::too_many_arguments, reason = "the arguments of a connection")]
    #[graphql(complexity = "page::cost(first, last, child_complexity)")]
    async fn accounts(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many from the start.")] first: Option<i32>,
        #[graphql(desc = "How many from the end.")] last: Option<i32>,
        #[graphql(desc = "Only after this cursor.")] after: Option<String>,
        #[graphql(desc = "Only before this cursor.")] before: Option<String>,
        #[graphql(name = "where", desc = "Narrows the list.")] filter: Option<AccountFilter>,
        #[graphql(desc = "The order; the id decides among equals.")] sort_by: Option<AccountSort>,
    ) -> Result<Connection<Account>> {
        let request = page::request(ctx, first, last, after, before)?;
        let filter = filter.unwrap_or_default();
        let key = |kind: Kind, id: Option<ID>| id.map(|id| kind.require(&id)).transpose();
        let filter = repository::Filter {
            roles: filter.role.map(|role| plain(role.one_of)),
            search: filter.search.as_deref().and_then(Search::of),
            department_id: key(Kind::Department, filter.department_id)?,
            enterprise_id: key(Kind::Enterprise, filter.enterprise_id)?,
            enabled: filter.enabled,
            joined: filter.joined,
            awaits_invitation: filter
                .awaits_invitation
                .map(|awaits| (awaits, store(ctx).now())),
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

/// What a change of an account answers.
type Answer<C> = Payload<C, Account, AccountErrorCode>;

/// Changes of accounts: those with a form, and those of people who have not signed in.
#[derive(MergedObject, Default)]
pub struct AccountMutation(
    AccountCommands,
    invite_all::AccountInviteAllMutation,
    request_password_link::AccountRequestPasswordLinkMutation,
    accept_link::AccountAcceptLinkMutation,
);

/// Changes of accounts with a form.
#[derive(Default)]
pub struct AccountCommands;

#[Object]
impl AccountCommands {
    /// Creates an account and sends the person an invitation (ADMIN).
    async fn account_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The account.")] input: Input<commands::New>,
    ) -> Result<Answer<commands::New>> {
        run(ctx, input, create_account).await
    }

    /// Changes an account; a new role holds from the next request on (ADMIN).
    async fn account_change(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The change.")] input: Input<commands::ChangeAccount>,
    ) -> Result<Answer<commands::ChangeAccount>> {
        run(ctx, input, commands::change).await
    }

    /// Changes the telephone number of an account: everybody the own one, CENTRE those of enterprise contacts and liaisons, ADMIN all.
    async fn account_change_telephone(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The account and its number.")] input: Input<commands::ChangeTelephone>,
    ) -> Result<Answer<commands::ChangeTelephone>> {
        run(ctx, input, commands::change_telephone).await
    }

    /// Disables an account, which ends its sessions at once, or enables it again (ADMIN).
    async fn account_set_enabled(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which account, and what it may.")] input: Input<commands::SetEnabled>,
    ) -> Result<Answer<commands::SetEnabled>> {
        run(ctx, input, commands::set_enabled).await
    }

    /// Gives an account the role that another administrator has asked for, where the park wants a second person (ADMIN). A new
    /// account is enabled, and its invitation goes out.
    async fn account_confirm(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which account.")] input: Input<promote::Confirm>,
    ) -> Result<Answer<promote::Confirm>> {
        run(ctx, input, promote::confirm).await
    }

    /// Sends a new invitation, or a link for a new password to a person who has one (ADMIN; CENTRE to the contacts of enterprises). At most
    /// three within an hour; older ones work until one of them is used.
    async fn account_invite(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Whom to invite again.")] input: Input<commands::links::Invite>,
    ) -> Result<Answer<commands::links::Invite>> {
        run(ctx, input, commands::invite_again).await
    }
}
