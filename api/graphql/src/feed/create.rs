//! `feedCreate`.

use api_door::{
    coded::Coded,
    command::{command, payload},
};
use async_graphql::{Context, InputObject, Object, Result};
use entity::feed::commands;

use super::NewFeed;

/// A feed to be made.
#[derive(InputObject)]
pub struct FeedCreateInput {
    /// By what you will know it, up to 100 characters: the program or device that reads it.
    name: String,
}

payload! {
    /// The answer of `feedCreate`.
    FeedCreatePayload, FeedCreateUserError, Coded<entity::feed::rules::FeedError>, entity::feed::rules::FeedError,
    /// The feed with its address; null when it was refused.
    feed: NewFeed
}

/// The mutation `feedCreate`.
#[derive(Default)]
pub struct FeedCreateMutation;

#[Object]
impl FeedCreateMutation {
    /// Makes an address by which a calendar program reads your dates without signing in: what is due, when contracts end, milestones.
    async fn feed_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The feed.")] input: FeedCreateInput,
    ) -> Result<FeedCreatePayload> {
        command(ctx, input.name, |store, viewer, name| async move {
            commands::create(&store, &viewer, name).await
        })
        .await
    }
}
