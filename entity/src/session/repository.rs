//! Every query on sessions and on the login throttle.

use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, JoinType, PaginatorTrait, QueryFilter,
    QueryOrder, QuerySelect,
    entity::prelude::*,
    sea_query::{Expr, ExprTrait},
};

use super::{Column, Entity, Kind, Model};
use crate::{
    account,
    error::Fault,
    table::Visible,
    viewer::{Role, Viewer},
};

impl Visible for Entity {
    /// The sessions this viewer may know of: the own ones; administrators all.
    fn visible_to(viewer: &Viewer) -> Condition {
        match viewer {
            Viewer::System { .. } => Condition::all(),
            Viewer::Anonymous { .. } => Condition::all().add(Expr::val(1).eq(0)),
            Viewer::Person(person) if person.role == Role::Admin => Condition::all(),
            Viewer::Person(person) => Condition::all().add(Column::AccountId.eq(person.account_id)),
        }
    }
}

/// The sessions of an account that are neither revoked nor past their end, the newest first; at most `limit`.
pub async fn open_of(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    account_id: Uuid,
    now: DateTimeUtc,
    limit: u64,
) -> Result<Vec<Model>, Fault> {
    Ok(Entity::visible(viewer)
        .filter(Column::AccountId.eq(account_id))
        .filter(Column::RevokedAt.is_null())
        .filter(Column::ExpiresAt.gt(now))
        .order_by_desc(Column::Id)
        .limit(limit)
        .all(db)
        .await?)
}

/// How many tokens of an account work.
pub(crate) async fn open_tokens_of(
    db: &impl ConnectionTrait,
    account_id: Uuid,
    now: DateTimeUtc,
) -> Result<u64, Fault> {
    Ok(Entity::find()
        .filter(Column::AccountId.eq(account_id))
        .filter(Column::Kind.eq(Kind::Token))
        .filter(Column::RevokedAt.is_null())
        .filter(Column::ExpiresAt.gt(now))
        .count(db)
        .await?)
}

/// Whether somebody has signed in to this account by the browser with this hash since `since`.
pub(crate) async fn has_signed_in(
    db: &impl ConnectionTrait,
    account_id: Uuid,
    browser_hash: &str,
    since: DateTimeUtc,
) -> Result<bool, Fault> {
    let sessions = Entity::find()
        .filter(Column::BrowserHash.eq(browser_hash))
        .filter(Column::AccountId.eq(account_id))
        .filter(Column::CreatedAt.gte(since));
    Ok(sessions.count(db).await? > 0)
}

/// The session of a secret, and whose it is.
pub(crate) async fn of_secret(
    db: &impl ConnectionTrait,
    secret_hash: &str,
    kind: Kind,
) -> Result<Option<(Model, account::Model)>, Fault> {
    let owner = Entity::belongs_to(account::Entity)
        .from(Column::AccountId)
        .to(account::Column::Id);
    let found = Entity::find()
        .join(JoinType::InnerJoin, owner.into())
        .select_also(account::Entity)
        .filter(Column::SecretHash.eq(secret_hash))
        .filter(Column::Kind.eq(kind))
        .one(db)
        .await?;
    Ok(found.and_then(|(session, account)| Some((session, account?))))
}
