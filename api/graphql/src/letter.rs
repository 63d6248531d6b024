//! Letters (邮件) in the API: their states and attempts for those who run the service, their text for nobody but their recipient.

use std::collections::HashMap;

use api_door::{
    coded::{Coded, plain},
    form::{Input, Offered, Payload, offered, run},
    loaders::{self, Batch, by_id, by_owner},
    operation::{store, viewer},
    page::{self, Connection, SortDirection},
    row::Row,
    scalar::{DateTime, Kind},
};
use async_graphql::{Context, Enum, ID, InputObject, MergedObject, Object, Result};
use entity::{
    account,
    error::Fault,
    outbox::{self, attempt, commands::decide, repository, rules::masked},
    store::Store,
    text::Search,
    viewer::Viewer,
};
use mail_parser::MessageParser;
use uuid::Uuid;

use super::liaison::{Official, official};

/// One message to one recipient (邮件), waiting in the outbox until it is delivered or has visibly failed.
pub struct Letter(outbox::Envelope);

impl From<outbox::Model> for Letter {
    fn from(row: outbox::Model) -> Self {
        Self(row.into())
    }
}

impl From<outbox::Envelope> for Letter {
    fn from(row: outbox::Envelope) -> Self {
        Self(row)
    }
}

impl Letter {
    /// The decoded mail, for its recipient alone. Nothing before its bytes are fixed, and nothing of a letter whose secret was
    /// wiped.
    async fn read<T>(
        &self,
        ctx: &Context<'_>,
        part: impl Fn(&mail_parser::Message<'_>) -> Option<T>,
    ) -> Result<Option<T>> {
        if viewer(ctx).account_id() != Some(self.0.recipient_id) || self.0.kind.is_secret() {
            return Ok(None);
        }
        let bytes = loaders::one::<BytesOfLetter>(ctx, self.0.id).await?;
        let mail = bytes
            .as_ref()
            .and_then(|bytes| MessageParser::default().parse(bytes));
        Ok(mail.as_ref().and_then(part))
    }
}

/// One message to one recipient (邮件), waiting in the outbox until it is delivered or has visibly failed.
#[Object]
impl Letter {
    /// The global id.
    pub(super) async fn id(&self) -> ID {
        Kind::Letter.id(self.0.id)
    }

    /// What it is about: `digest`, `contract_expiry`.
    async fn kind(&self) -> String {
        self.0.kind.name()
    }

    /// Whether missing it or getting it twice is worse.
    async fn class(&self) -> Coded<outbox::Class> {
        self.0.class.into()
    }

    /// To whom.
    async fn recipient(&self, ctx: &Context<'_>) -> Result<Option<Row<Official>>> {
        official(ctx, self.0.recipient_id).await
    }

    /// The address it goes to, masked (`z***@park.example`); null before the first attempt.
    async fn address(&self) -> Option<String> {
        self.0.address.as_deref().map(masked)
    }

    /// When it was written.
    async fn created_at(&self) -> DateTime {
        self.0.created_at.into()
    }

    /// Not sent before.
    async fn not_before(&self) -> DateTime {
        self.0.not_before.into()
    }

    /// Not to be sent after this moment; null when there is no such limit.
    async fn not_after(&self) -> Option<DateTime> {
        self.0.not_after.map(Into::into)
    }

    /// Where it stands.
    async fn state(&self) -> Coded<outbox::State> {
        self.0.state.into()
    }

    /// How many attempts counted. A mail server that cannot be reached is not the letter's fault.
    async fn attempt_count(&self) -> i32 {
        self.0.attempts
    }

    /// Whether a second copy may have gone out, because nobody knows whether the first arrived.
    async fn resent(&self) -> bool {
        self.0.resends > 0
    }

    /// When it is tried next; null when it is not.
    async fn next_attempt_at(&self) -> Option<DateTime> {
        matches!(
            self.0.state,
            outbox::State::Pending | outbox::State::Ambiguous
        )
        .then(|| self.0.next_attempt_at.into())
    }

    /// How far the last attempt came.
    async fn phase(&self) -> Option<Coded<outbox::Phase>> {
        self.0.phase.map(Into::into)
    }

    /// The last reply code of the mail server.
    async fn last_code(&self) -> Option<i32> {
        self.0.last_code
    }

    /// The last reply or error.
    async fn last_text(&self) -> Option<&str> {
        self.0.last_text.as_deref()
    }

    /// When the mail server took it.
    async fn sent_at(&self) -> Option<DateTime> {
        self.0.sent_at.map(Into::into)
    }

    /// The left side of its Message-ID, the same on every attempt: what the recipient's mail administrator looks for.
    async fn message_id(&self) -> &str {
        &self.0.message_id
    }

    /// Every attempt, the first first.
    #[graphql(complexity = "10 * child_complexity")]
    async fn attempts(&self, ctx: &Context<'_>) -> Result<Vec<LetterAttempt>> {
        let rows = loaders::one::<AttemptsOfLetter>(ctx, self.0.id).await?;
        let rows = rows.unwrap_or_default();
        Ok(rows.into_iter().map(LetterAttempt).collect())
    }

    /// The subject; null for everybody but its recipient.
    async fn subject(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        self.read(ctx, |mail| mail.subject().map(str::to_owned))
            .await
    }

    /// The text; null for everybody but its recipient.
    async fn text(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        self.read(ctx, |mail| mail.body_text(0).map(|text| text.into_owned()))
            .await
    }

    /// Grows by one with every change; send it back as `expectedVersion`.
    async fn version(&self) -> i32 {
        self.0.version
    }

    /// The commands for it: whether the viewer may give each one now, and why not.
    #[graphql(complexity = "5 * child_complexity")]
    async fn commands(&self, ctx: &Context<'_>) -> Vec<Offered> {
        let offers = decide::offered(viewer(ctx), &self.0, store(ctx).now());
        offered(ctx, offers, None)
    }
}

/// One try to hand a letter to the mail server (投递尝试).
pub struct LetterAttempt(attempt::Model);

/// One try to hand a letter to the mail server (投递尝试).
#[Object]
impl LetterAttempt {
    /// First, second, …
    async fn number(&self) -> i32 {
        self.0.number
    }

    /// When it began.
    async fn started_at(&self) -> DateTime {
        self.0.started_at.into()
    }

    /// When its result was known; null while it is under way, or when the process died.
    async fn ended_at(&self) -> Option<DateTime> {
        self.0.ended_at.map(Into::into)
    }

    /// How far it came.
    async fn phase(&self) -> Coded<outbox::Phase> {
        self.0.phase.into()
    }

    /// The reply code of the mail server.
    async fn code(&self) -> Option<i32> {
        self.0.code
    }

    /// The reply or the error.
    async fn text(&self) -> Option<&str> {
        self.0.text.as_deref()
    }
}

by_id! {
    /// Letters by key.
    LetterById: outbox::Envelope = repository::envelopes_of
}

/// The bytes of letters, for their recipient.
struct BytesOfLetter;

impl Batch for BytesOfLetter {
    type Key = Uuid;
    type Value = Vec<u8>;

    async fn load(
        store: &Store,
        viewer: &Viewer,
        keys: &[Uuid],
    ) -> Result<HashMap<Uuid, Vec<u8>>, Fault> {
        repository::own_bytes(store.db(), viewer, keys).await
    }
}

by_owner! {
    /// The attempts of letters.
    AttemptsOfLetter: attempt::Model = repository::attempts_of, by |row| row.letter_id;
}

/// One of several states.
#[derive(InputObject)]
pub struct LetterStateIn {
    /// The state is one of these.
    one_of: Vec<Coded<outbox::State>>,
}

/// One of several kinds of letters.
#[derive(InputObject)]
pub struct LetterKindIn {
    /// The kind is one of these: `digest`, `contract_expiry`.
    pub(super) one_of: Vec<String>,
}

/// The kinds with these names. A name that is none names no letter.
pub(super) fn kinds(names: &[String]) -> Vec<outbox::Kind> {
    outbox::Kind::ALL
        .into_iter()
        .filter(|kind| names.contains(&kind.name()))
        .collect()
}

/// A stretch of time.
#[derive(InputObject)]
pub struct LetterAt {
    /// At or after this instant.
    from: Option<DateTime>,
    /// Before this instant.
    before: Option<DateTime>,
}

/// Narrows a list of letters: all conditions hold.
#[derive(Default, InputObject)]
pub struct LetterFilter {
    /// In one of these states.
    state: Option<LetterStateIn>,
    /// Of one of these kinds.
    kind: Option<LetterKindIn>,
    /// To this account.
    recipient_id: Option<ID>,
    /// Written in this stretch of time.
    created_at: Option<LetterAt>,
    /// To somebody whose name or login, or for CENTRE the names or the credit code of whose enterprise, contain this text.
    text: Option<String>,
}

/// By what a list of letters may be sorted.
#[derive(Clone, Copy, PartialEq, Eq, Enum)]
pub enum LetterSortField {
    /// When it was written.
    CreatedAt,
}

/// The order of a list of letters.
#[derive(InputObject)]
pub struct LetterSort {
    /// By what.
    #[graphql(default_with = "LetterSortField::CreatedAt")]
    field: LetterSortField,
    /// In which direction.
    #[graphql(default_with = "SortDirection::Asc")]
    direction: SortDirection,
}

/// Reads of letters.
#[derive(Default)]
pub struct LetterReads;

#[Object]
impl LetterReads {
    /// One letter; null when there is none for this viewer.
    async fn letter(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Its global id.")] id: ID,
    ) -> Result<Option<Letter>> {
        let Some(key) = Kind::Letter.key(&id) else {
            return Ok(None);
        };
        let row = loaders::one::<LetterById>(ctx, key).await?;
        Ok(row.map(Letter))
    }

    /// Letters: all of them for ADMIN and CENTRE, the own ones for everybody else. What nobody gets without a decision is in the
    /// states HELD, DEAD, EXPIRED and SUPPRESSED.
    #[allow(clippy::too_many_arguments, reason = "the arguments of a connection")]
    #[graphql(complexity = "page::cost(first, last, child_complexity)")]
    async fn letters(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many from the start.")] first: Option<i32>,
        #[graphql(desc = "How many from the end.")] last: Option<i32>,
        #[graphql(desc = "Only after this cursor.")] after: Option<String>,
        #[graphql(desc = "Only before this cursor.")] before: Option<String>,
        #[graphql(name = "where", desc = "Narrows the list.")] filter: Option<LetterFilter>,
        #[graphql(
            desc = "The order, the oldest first unless said otherwise; the id decides among equals."
        )]
        sort_by: Option<Vec<LetterSort>>,
    ) -> Result<Connection<Letter>> {
        let request = page::request(ctx, first, last, after, before)?;
        let filter = filter.unwrap_or_default();
        let states = |any: LetterStateIn| plain(any.one_of);
        let filter = repository::Filter {
            states: filter.state.map(states),
            kinds: filter.kind.map(|any| kinds(&any.one_of)),
            recipient_id: filter
                .recipient_id
                .map(|id| Kind::Account.require(&id))
                .transpose()?,
            recipients: filter
                .text
                .as_deref()
                .and_then(Search::of)
                .map(|text| account::repository::meant(store(ctx).db(), viewer(ctx), &text)),
            written_since: filter
                .created_at
                .as_ref()
                .and_then(|at| at.from)
                .map(Into::into),
            written_before: filter
                .created_at
                .as_ref()
                .and_then(|at| at.before)
                .map(Into::into),
        };
        let sort = page::order(sort_by.unwrap_or_default(), |sort| {
            (sort.field, sort.direction)
        })?;
        let descending = sort.first().is_some_and(|(_, descending)| *descending);
        let rows =
            repository::page(store(ctx).db(), viewer(ctx), &filter, descending, &request).await?;
        Ok(page::connection(rows, |row| row.id))
    }
}

/// All reads of letters and of the mail as a whole.
#[derive(Default, MergedObject)]
pub struct LetterQuery(LetterReads, super::mail::MailQuery);

/// Decisions about letters.
#[derive(Default)]
pub struct LetterDecisions;

#[Object]
impl LetterDecisions {
    /// Has a letter tried again at once (ADMIN), under its old Message-ID: one that may have arrived with the same bytes, one that was
    /// definitely refused made anew, to the present address.
    async fn letter_retry(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which letter, and why.")] input: Input<decide::Retry>,
    ) -> Result<Payload<decide::Retry, Letter>> {
        run(ctx, input, decide::retry).await
    }

    /// Discards a letter (ADMIN): it will never be sent.
    async fn letter_abandon(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which letter, and why.")] input: Input<decide::Abandon>,
    ) -> Result<Payload<decide::Abandon, Letter>> {
        run(ctx, input, decide::abandon).await
    }
}

/// All decisions about letters and about the mail as a whole.
#[derive(Default, MergedObject)]
pub struct LetterMutation(
    LetterDecisions,
    super::mail::MailDecisions,
    super::mail::release::MailReleaseMutation,
);
