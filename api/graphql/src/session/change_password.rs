//! `sessionChangePassword`.

use api_door::command::{command, payload};
use async_graphql::{Context, InputObject, Object, Result};
use entity::session::commands;

use super::ChangePasswordErrorCode;

/// The own password.
#[derive(InputObject)]
pub struct SessionChangePasswordInput {
    /// The present password.
    #[graphql(secret)]
    present_password: String,
    /// The new one: what is asked of it is the park's choice; by default at least 15 characters.
    #[graphql(secret)]
    new_password: String,
}

payload! {
    /// The answer of `sessionChangePassword`.
    SessionChangePasswordPayload, SessionChangePasswordUserError, ChangePasswordErrorCode, entity::session::rules::ChangePasswordError,
    /// True when it is changed; null when it was refused.
    changed: bool
}

/// The mutation `sessionChangePassword`.
#[derive(Default)]
pub struct SessionChangePasswordMutation;

#[Object]
impl SessionChangePasswordMutation {
    /// Changes your own password. All your sessions and tokens end: sign in again.
    async fn session_change_password(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The present password and the new one.")]
        input: SessionChangePasswordInput,
    ) -> Result<SessionChangePasswordPayload> {
        let input = (input.present_password, input.new_password);
        command(ctx, input, |store, viewer, input| async move {
            let (present, new) = input;
            commands::change_password(&store, &viewer, present, new)
                .await
                .map(|()| true)
        })
        .await
    }
}
