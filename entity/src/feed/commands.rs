//! Making and revoking feeds, and reading the dates of one.

use sea_orm::{EntityTrait, QueryFilter, entity::prelude::*, sea_query::Expr};

use super::{
    ActiveModel, Column, Entity, Model, repository,
    rules::{self, Event, FeedError},
};
use crate::{
    account,
    audit::commands::{Change, record, summary},
    command::{Command, commands},
    error::{CommandError, Fault},
    id::{new_id, new_secret, secret_hash},
    language::Language,
    store::{Store, Unit},
    viewer::Viewer,
};

commands! {
    /// A calendar feed is made.
    CREATE = "feed.create" on Feed: "新建", "created";
    /// A calendar feed is revoked.
    REVOKE = "feed.revoke" on Feed: "撤销", "revoked";
}

/// A feed that was just made, with its secret, which is kept nowhere.
#[derive(Clone, Debug)]
pub struct NewFeed {
    /// As it is listed.
    pub feed: Model,
    /// What stands in its address.
    pub secret: String,
}

/// Makes a feed of the dates of the person who asks.
pub async fn create(
    store: &Store,
    viewer: &Viewer,
    name: String,
) -> Result<NewFeed, CommandError<FeedError>> {
    let person = viewer.person().ok_or(Fault::Unauthenticated)?;
    let unit = store.begin(viewer).await?;
    let name = rules::name(&name).map_err(|error| CommandError::refused(&["name"], error))?;
    if !rules::has_dates(person.role) {
        return Err(CommandError::refused(&[], FeedError::NoDates));
    }
    if repository::open_of(unit.db(), viewer).await?.len() >= rules::MOST {
        return Err(CommandError::refused(&[], FeedError::TooMany));
    }
    let secret = new_secret();
    let feed = Model {
        id: new_id(unit.now()),
        account_id: person.account_id,
        name,
        secret_hash: secret_hash(&secret),
        created_at: unit.now(),
        last_read_at: None,
        revoked_at: None,
    };
    Entity::insert(ActiveModel::from(feed.clone()).reset_all())
        .exec_without_returning(unit.db())
        .await?;
    told(&unit, &CREATE, &feed).await?;
    unit.commit().await?;
    Ok(NewFeed { feed, secret })
}

/// Revokes a feed: its address gives nothing any more.
pub async fn revoke(
    store: &Store,
    viewer: &Viewer,
    id: Uuid,
) -> Result<Model, CommandError<FeedError>> {
    let unit = store.begin(viewer).await?;
    let feed = repository::find(unit.db(), viewer, id)
        .await?
        .ok_or(Fault::NotFound)?;
    let revoked_at = Some(unit.now());
    let revoked = Entity::update_many()
        .col_expr(Column::RevokedAt, Expr::value(revoked_at))
        .filter(Column::Id.eq(id))
        .filter(Column::RevokedAt.is_null())
        .exec(unit.db())
        .await?;
    if revoked.rows_affected == 0 {
        return Err(CommandError::refused(&["id"], FeedError::AlreadyRevoked));
    }
    told(&unit, &REVOKE, &feed).await?;
    unit.commit().await?;
    Ok(Model { revoked_at, ..feed })
}

/// What a feed shows now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    /// By what its owner knows it.
    pub name: String,
    /// In which language.
    pub language: Language,
    /// The dates.
    pub events: Vec<Event>,
}

/// The dates of the feed with this secret, as its owner may see them now. Nothing when there is none, when it was revoked, or when
/// its owner's account is disabled.
pub async fn read(store: &Store, secret: &str) -> Result<Option<Shown>, Fault> {
    let db = store.db();
    let Some(feed) = repository::of_secret(db, &secret_hash(secret)).await? else {
        return Ok(None);
    };
    let owner = account::repository::named(db, &[feed.account_id]).await?;
    let Some(owner) = owner.into_iter().find(account::Model::is_enabled) else {
        return Ok(None);
    };
    let now = store.now();
    if feed
        .last_read_at
        .is_none_or(|at| at + rules::READ_STEP <= now)
    {
        Entity::update_many()
            .col_expr(Column::LastReadAt, Expr::value(Some(now)))
            .filter(Column::Id.eq(feed.id))
            .exec(db)
            .await?;
    }
    let since = store
        .today()
        .checked_sub_days(rules::KEPT)
        .unwrap_or_default();
    Ok(Some(Shown {
        name: feed.name,
        language: owner.language,
        events: repository::dates(store, &owner.person(), since).await?,
    }))
}

async fn told(unit: &Unit, command: &'static Command, feed: &Model) -> Result<(), Fault> {
    record(
        unit,
        Change {
            command,
            subject_id: feed.id,
            before: None,
            after: Some(summary!({ "name": feed.name })),
            reason: None,
        },
    )
    .await
}
