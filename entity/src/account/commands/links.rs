//! Links by which people choose their password: invitations, and what somebody asks for who has forgotten one.

use sea_orm::{
    ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, entity::prelude::*, sea_query::Expr,
};

use super::{ACCEPT_LINK, INVITE, REQUEST_PASSWORD_LINK, hold, load, set_password};
use crate::{
    account::{
        Column, Entity, Model, link, password, repository,
        rules::{self, AccountError, LinkError},
    },
    audit::commands::{Change, record, summary},
    command::form,
    error::{CommandError, Fault},
    id::{new_id, new_secret, secret_hash},
    outbox::{
        self,
        commands::{NewLetter, enqueue_all},
        facts,
    },
    permission::{Action, Standing, require},
    store::{Store, Unit},
    viewer::Viewer,
};

form! {
    /// Whom to invite again.
    pub struct Invite of INVITE by Action::KeepContacts, refused AccountError, keyed, many {
        title: "重新邀请", "Invite again";
        lead: "发送新的邀请邮件，72 小时内有效，一小时内最多三封。此前发送的链接在其中任何一个使用之前仍然有效。",
            "A new invitation is sent, valid for 72 hours; at most three can be sent within an hour. Earlier links stay valid until one of them is used.";
        done: "新的邀请邮件已列入待发。", "A new invitation is waiting to be sent.";
        /// The account.
        id: Uuid = Target(Thing::Account);
    }
}

/// Sends a new invitation to a person who has not come yet, or a link for a new password to one who has.
pub async fn invite_again(
    store: &Store,
    viewer: &Viewer,
    input: Invite,
) -> Result<Model, CommandError<AccountError>> {
    let unit = store.begin(viewer).await?;
    let account = load(&unit, viewer, input.id).await?;
    require(viewer, rules::keeps(account.role), Standing::None)?;
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

/// Whether another link may go to the account within this hour. Holds the account, so that two who ask at once are counted.
async fn may_send_link(unit: &Unit, account_id: Uuid) -> Result<bool, Fault> {
    hold(unit, Column::Id.eq(account_id)).await?;
    let since = unit.now() - rules::AN_HOUR;
    let sent = repository::links_since(unit.db(), account_id, since).await?;
    Ok(sent < rules::LINKS_AN_HOUR)
}

/// Makes a link and the letter that carries it. Older links go on until one of them is used: letters overtake each other.
pub(super) async fn send_link(
    unit: &Unit,
    account: &Model,
    purpose: link::Purpose,
) -> Result<(), Fault> {
    send_links(unit, [(account, purpose)]).await
}

/// As [`send_link`], for many people with few statements.
pub(super) async fn send_links<'a>(
    unit: &Unit,
    people: impl IntoIterator<Item = (&'a Model, link::Purpose)>,
) -> Result<(), Fault> {
    let inviter = unit.viewer().person().map(|person| facts::Inviter {
        name: person.name.clone(),
        role: person.role,
    });
    let expires_at = unit.now() + rules::LINK_LIFETIME;
    let class = outbox::Class::MustNotMiss;
    let (mut links, mut letters) = (Vec::new(), Vec::new());
    for (account, purpose) in people {
        let secret = new_secret();
        let id = new_id(unit.now());
        links.push(link::ActiveModel {
            id: Set(id),
            account_id: Set(account.id),
            purpose: Set(purpose),
            secret_hash: Set(secret_hash(&secret)),
            created_at: Set(unit.now()),
            expires_at: Set(expires_at),
            used_at: Set(None),
        });
        let path = crate::link::join(&secret);
        let key = format!("account-link:{id}");
        let mut letter = match purpose {
            link::Purpose::Invitation => {
                let facts = facts::Invitation {
                    name: account.name.clone(),
                    login: account.login.clone(),
                    path,
                    expires_at,
                    inviter: inviter.clone(),
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
        letters.push(letter);
    }
    unit.insert_all(links).await?;
    enqueue_all(unit, letters).await?;
    Ok(())
}

pub(super) async fn void_links(unit: &Unit, account_id: Uuid) -> Result<(), Fault> {
    link::Entity::update_many()
        .col_expr(link::Column::UsedAt, Expr::value(Some(unit.now())))
        .filter(link::Column::AccountId.eq(account_id))
        .filter(link::Column::UsedAt.is_null())
        .exec(unit.db())
        .await?;
    Ok(())
}
