//! `mailRelease`.

use api_door::{
    coded::Coded,
    command::{command, payload},
    scalar::DateTime,
};
use async_graphql::{Context, InputObject, Object, Result};
use entity::outbox::commands::decide::{self, ReleaseMail};

use super::Mail;
use crate::letter::{LetterKindIn, kinds};

/// A release of mail.
#[derive(InputObject)]
pub struct MailReleaseInput {
    /// The version of `mail` as seen; CONFLICT when it has changed since.
    expected_version: i32,
    /// Why, up to 1000 characters.
    reason: String,
    /// Only waiting letters of these kinds go; all kinds when it is left out.
    kind: Option<LetterKindIn>,
    /// Only waiting letters written at or after this instant go. After a restore: the moment from which nothing was sent.
    written_since: Option<DateTime>,
}

payload! {
    /// The answer of `mailRelease`.
    MailReleasePayload, MailReleaseUserError, Coded<entity::outbox::rules::LetterError>, entity::outbox::rules::LetterError,
    /// The mail as a whole; null when it was refused.
    mail: Mail
}

/// The mutation `mailRelease`.
#[derive(Default)]
pub struct MailReleaseMutation;

#[Object]
impl MailReleaseMutation {
    /// Releases mail (ADMIN). Waiting letters that are not chosen stay behind, each HELD for `letterRetry` or `letterAbandon`; what
    /// is written from now on goes as always.
    async fn mail_release(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Why, and what goes.")] input: MailReleaseInput,
    ) -> Result<MailReleasePayload> {
        let input = ReleaseMail {
            expected_version: input.expected_version,
            reason: input.reason,
            kinds: input.kind.map(|any| kinds(&any.one_of)),
            written_since: input.written_since.map(Into::into),
        };
        command(ctx, input, |store, viewer, input| async move {
            decide::release(&store, &viewer, input).await
        })
        .await
    }
}
