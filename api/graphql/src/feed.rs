//! Calendar feeds (日历订阅) as the API shows them. What a calendar program reads is the network door's.

use api_door::{
    command::Answer,
    form::{Input, Offered, Payload, offered, run},
    loaders::by_id,
    operation::{store, viewer},
    scalar::{DateTime, Kind},
};
use async_graphql::{Context, ID, Object, Result};
use entity::feed::{self, commands, repository};
use entity::table::Visible;

/// An address by which a calendar program reads a person's dates without signing in (日历订阅).
pub struct Feed(pub(crate) feed::Model);

impl From<feed::Model> for Feed {
    fn from(row: feed::Model) -> Self {
        Self(row)
    }
}

/// An address by which a calendar program reads a person's dates without signing in (日历订阅).
#[Object]
impl Feed {
    /// The global id.
    pub(super) async fn id(&self) -> ID {
        Kind::Feed.id(self.0.id)
    }

    /// By what its owner knows it.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// When it was made.
    async fn created_at(&self) -> DateTime {
        self.0.created_at.into()
    }

    /// When a program last read it, to the hour; null when none has.
    async fn last_read_at(&self) -> Option<DateTime> {
        self.0.last_read_at.map(Into::into)
    }

    /// When it was revoked; null while it works.
    async fn revoked_at(&self) -> Option<DateTime> {
        self.0.revoked_at.map(Into::into)
    }

    /// The commands for it: whether the viewer may give each one now, and why not.
    #[graphql(complexity = "5 * child_complexity")]
    async fn commands(&self, ctx: &Context<'_>) -> Vec<Offered> {
        offered(ctx, commands::offered(viewer(ctx), &self.0), None)
    }
}

by_id! {
    /// Feeds by key.
    FeedById: feed::Model = feed::Entity::of_ids
}

/// A feed that was just made. Its address is shown this once.
pub struct NewFeed {
    feed: Feed,
    secret: String,
}

impl From<commands::NewFeed> for NewFeed {
    fn from(made: commands::NewFeed) -> Self {
        Self {
            feed: Feed(made.feed),
            secret: made.secret,
        }
    }
}

impl Answer for NewFeed {}

/// A feed that was just made. Its address is shown this once.
#[Object]
impl NewFeed {
    /// The feed as it is listed.
    async fn feed(&self) -> &Feed {
        &self.feed
    }

    /// Its address below the public one: `/calendar/SECRET.ics`. Keep it as one keeps a password: whoever has it reads the dates.
    async fn path(&self) -> String {
        entity::link::feed(&self.secret)
    }
}

/// Reads of feeds.
#[derive(Default)]
pub struct FeedQuery;

#[Object]
impl FeedQuery {
    /// The own feeds that are not revoked, the newest first, at most ten.
    #[graphql(complexity = "10 * child_complexity")]
    async fn feeds(&self, ctx: &Context<'_>) -> Result<Vec<Feed>> {
        let rows = repository::open_of(store(ctx).db(), viewer(ctx)).await?;
        Ok(rows.into_iter().map(Feed).collect())
    }
}

/// Changes of feeds.
#[derive(Default)]
pub struct FeedMutation;

#[Object]
impl FeedMutation {
    /// Makes an address by which a calendar program reads your dates without signing in: what is due, when contracts end, milestones.
    async fn feed_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The feed.")] input: Input<commands::Create>,
    ) -> Result<Payload<commands::Create, NewFeed>> {
        run(ctx, input, commands::create).await
    }

    /// Revokes one of the own feeds: its address stops working.
    async fn feed_revoke(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which feed.")] input: Input<commands::Revoke>,
    ) -> Result<Payload<commands::Revoke, Feed>> {
        run(ctx, input, commands::revoke).await
    }
}
