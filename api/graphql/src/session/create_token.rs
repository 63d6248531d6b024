//! `sessionCreateToken`.

use api_door::{
    coded::Coded,
    command::{command, payload},
    scalar::DateTime,
};
use async_graphql::{Context, InputObject, Object, Result};
use entity::session::commands;

use super::NewToken;

/// A token for a program.
#[derive(InputObject)]
pub struct SessionCreateTokenInput {
    /// By what you will know it.
    name: String,
    /// Until when it works; at most a year.
    expires_at: DateTime,
}

payload! {
    /// The answer of `sessionCreateToken`.
    SessionCreateTokenPayload, SessionCreateTokenUserError, Coded<entity::session::rules::TokenError>, entity::session::rules::TokenError,
    /// The token with its secret; null when it was refused.
    token: NewToken
}

/// The mutation `sessionCreateToken`.
#[derive(Default)]
pub struct SessionCreateTokenMutation;

#[Object]
impl SessionCreateTokenMutation {
    /// Makes a bearer token that may do what you may do. Its secret is shown this once.
    async fn session_create_token(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The token.")] input: SessionCreateTokenInput,
    ) -> Result<SessionCreateTokenPayload> {
        let input = commands::CreateToken {
            name: input.name,
            expires_at: input.expires_at.into(),
        };
        command(ctx, input, |store, viewer, input| async move {
            commands::create_token(&store, &viewer, input).await
        })
        .await
    }
}
