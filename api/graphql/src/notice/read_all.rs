//! `noticeReadAll`.

use api_door::{
    coded::Coded,
    command::{command, payload},
    scalar::{DateTime, int},
};
use async_graphql::{Context, InputObject, Object, Result};
use chrono::Utc;
use entity::notice::commands;

/// Up to when notices were read.
#[derive(InputObject)]
pub struct NoticeReadAllInput {
    /// The moment at which the list was seen; what was written after it stays unread.
    seen_at: DateTime,
}

payload! {
    /// The answer of `noticeReadAll`.
    NoticeReadAllPayload, NoticeReadAllUserError, Coded<entity::notice::rules::NoticeError>, entity::notice::rules::NoticeError,
    /// How many were marked; null when it was refused.
    marked: i32
}

/// The mutation `noticeReadAll`.
#[derive(Default)]
pub struct NoticeReadAllMutation;

#[Object]
impl NoticeReadAllMutation {
    /// Marks as read all own notices that were written until the list was seen.
    async fn notice_read_all(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Up to when.")] input: NoticeReadAllInput,
    ) -> Result<NoticeReadAllPayload> {
        let input: chrono::DateTime<Utc> = input.seen_at.into();
        command(ctx, input, |store, viewer, input| async move {
            let marked = commands::read_all(&store, &viewer, input).await?;
            Ok(int(marked))
        })
        .await
    }
}
