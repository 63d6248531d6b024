//! `noticeRead`.

use api_door::{
    coded::Coded,
    command::{command, payload},
    scalar::Kind,
};
use async_graphql::{Context, ID, InputObject, Object, Result};
use entity::notice::commands;

use super::Notice;

/// A notice that was read.
#[derive(InputObject)]
pub struct NoticeReadInput {
    /// The notice.
    id: ID,
}

payload! {
    /// The answer of `noticeRead`.
    NoticeReadPayload, NoticeReadUserError, Coded<entity::notice::rules::NoticeError>, entity::notice::rules::NoticeError,
    /// The notice; null never.
    notice: Notice
}

/// The mutation `noticeRead`.
#[derive(Default)]
pub struct NoticeReadMutation;

#[Object]
impl NoticeReadMutation {
    /// Marks one of the own notices as read. The second time changes nothing.
    async fn notice_read(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which notice.")] input: NoticeReadInput,
    ) -> Result<NoticeReadPayload> {
        let input = Kind::Notice.require(&input.id)?;
        command(ctx, input, |store, viewer, input| async move {
            commands::read(&store, &viewer, input).await
        })
        .await
    }
}
