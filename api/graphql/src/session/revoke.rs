//! `sessionRevoke`.

use api_door::{
    coded::Coded,
    command::{command, payload},
    scalar::Kind,
};
use async_graphql::{Context, ID, InputObject, Object, Result};
use entity::session::commands;

use super::Session;

/// A session or token to end.
#[derive(InputObject)]
pub struct SessionRevokeInput {
    /// The session or token.
    id: ID,
}

payload! {
    /// The answer of `sessionRevoke`.
    SessionRevokePayload, SessionRevokeUserError, Coded<entity::session::rules::RevokeError>, entity::session::rules::RevokeError,
    /// The ended session; null when it was refused.
    session: Session
}

/// The mutation `sessionRevoke`.
#[derive(Default)]
pub struct SessionRevokeMutation;

#[Object]
impl SessionRevokeMutation {
    /// Ends a session or a token of your own; administrators end anybody's.
    async fn session_revoke(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which one.")] input: SessionRevokeInput,
    ) -> Result<SessionRevokePayload> {
        let input = Kind::Session.require(&input.id)?;
        command(ctx, input, |store, viewer, input| async move {
            commands::revoke(&store, &viewer, input).await
        })
        .await
    }
}
