//! Making and revoking feeds, and reading the dates of one.

use sea_orm::{EntityTrait, QueryFilter, entity::prelude::*, sea_query::Expr};

use super::{
    ActiveModel, Column, Entity, Model, repository,
    rules::{self, Event, FeedError},
};
use crate::{
    account,
    audit::commands::{Change, record, summary},
    command::{Command, Input, Offer, Thing, commands, form, offers},
    error::{CommandError, Fault},
    id::{new_id, new_secret, secret_hash},
    language::Language,
    permission::{Standing, require},
    store::{Store, Unit},
    table::Visible,
    viewer::Viewer,
};

commands! {
    /// A calendar feed is made.
    CREATE = "feed.create" on Feed: "新建", "created", form Create;
    /// A calendar feed is revoked.
    REVOKE = "feed.revoke" on Feed: "撤销", "revoked", form Revoke;
}

/// A feed that was just made, with its secret, which is kept nowhere.
#[derive(Clone, Debug)]
pub struct NewFeed {
    /// As it is listed.
    pub feed: Model,
    /// What stands in its address.
    pub secret: String,
}

form! {
    /// A feed to be made.
    pub struct Create of CREATE, refused FeedError {
        title: "创建订阅地址", "Create an address";
        lead: "在日历程序中订阅，即可看到与您有关的到期日。",
            "Subscribe in a calendar program to see the due dates that concern you.";
        done: "订阅地址已创建。", "The address has been created.";
        /// By what you will know it, up to 100 characters: the program or device that reads it.
        name: String = Line(100), "名称", "Name",
            "用哪个程序或设备订阅", "The program or device that will subscribe";
    }
}

/// Makes a feed of the dates of the person who asks.
pub async fn create(
    store: &Store,
    viewer: &Viewer,
    input: Create,
) -> Result<NewFeed, CommandError<FeedError>> {
    let person = viewer.person().ok_or(Fault::Unauthenticated)?;
    let unit = store.begin(viewer).await?;
    let name = rules::name(&input.name).map_err(|error| CommandError::refused(&["name"], error))?;
    rules::may_create(viewer).map_err(|error| CommandError::refused(&[], error))?;
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

form! {
    /// A feed to be revoked.
    pub struct Revoke of REVOKE, refused FeedError {
        title: "撤销日历订阅", "Revoke a feed";
        lead: "撤销后该地址立即失效，日历程序不再更新。",
            "The address stops working at once, and calendar programs are no longer updated.";
        done: "已撤销。", "Revoked.";
        /// The feed.
        id: Uuid = Target(Thing::Feed);
    }
}

/// Revokes a feed: its address gives nothing any more.
pub async fn revoke(
    store: &Store,
    viewer: &Viewer,
    input: Revoke,
) -> Result<Model, CommandError<FeedError>> {
    require(viewer, Revoke::FORM.may, Standing::None)?;
    let unit = store.begin(viewer).await?;
    let feed = Entity::found(unit.db(), viewer, input.id).await?;
    rules::may_revoke(&feed).map_err(|error| CommandError::refused(&["id"], error))?;
    let revoked_at = Some(unit.now());
    let revoked = Entity::update_many()
        .col_expr(Column::RevokedAt, Expr::value(revoked_at))
        .filter(Column::Id.eq(feed.id))
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

/// What can be done with a feed, and why not now.
pub fn offered(viewer: &Viewer, feed: &Model) -> Vec<Offer> {
    let rule = |_: &Command| rules::may_revoke(feed);
    offers(COMMANDS, Thing::Feed, viewer, Standing::None, rule)
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
    /// Whether there are more than a feed shows.
    pub is_cut: bool,
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
    let (events, is_cut) = repository::dates(store, &owner.person(), since).await?;
    Ok(Some(Shown {
        name: feed.name,
        language: owner.language,
        events,
        is_cut,
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
