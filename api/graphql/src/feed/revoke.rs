//! `feedRevoke`.

use api_door::{
    coded::Coded,
    command::{command, payload},
    scalar::Kind,
};
use async_graphql::{Context, ID, InputObject, Object, Result};
use entity::feed::commands;

use super::Feed;

/// A feed to be revoked.
#[derive(InputObject)]
pub struct FeedRevokeInput {
    /// The feed.
    id: ID,
}

payload! {
    /// The answer of `feedRevoke`.
    FeedRevokePayload, FeedRevokeUserError, Coded<entity::feed::rules::FeedError>, entity::feed::rules::FeedError,
    /// The feed; null when it was refused.
    feed: Feed
}

/// The mutation `feedRevoke`.
#[derive(Default)]
pub struct FeedRevokeMutation;

#[Object]
impl FeedRevokeMutation {
    /// Revokes one of the own feeds: its address gives nothing any more.
    async fn feed_revoke(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which feed.")] input: FeedRevokeInput,
    ) -> Result<FeedRevokePayload> {
        let input = Kind::Feed.require(&input.id)?;
        command(ctx, input, |store, viewer, id| async move {
            commands::revoke(&store, &viewer, id).await
        })
        .await
    }
}
