//! Comments (留言) in the API.

use api_door::{
    coded::Coded,
    command::{command, payload},
    form::{Input, Offered, Payload, offered, run},
    loaders::{self, Batch, by_id, pages_by_owner},
    operation::{store, viewer},
    page::{self, Connection},
    row::Row,
    scalar::{DateTime, Kind},
};
use async_graphql::{Context, ID, InputObject, Object, Result};
use entity::{
    comment::{
        self, About, commands,
        repository::{pages_of_contracts, pages_of_obligations, pages_of_projects},
        rules::CommentError,
    },
    error::Fault,
    page::{Page, PageRequest},
    table::Visible,
};
use uuid::Uuid;

use super::liaison::{Official, official};

/// A comment (留言) about an obligation, a contract or a project.
pub struct Comment(pub(crate) comment::Model);

impl From<comment::Model> for Comment {
    fn from(row: comment::Model) -> Self {
        Self(row)
    }
}

/// A comment (留言) about an obligation, a contract or a project.
#[Object]
impl Comment {
    /// The global id.
    pub(super) async fn id(&self) -> ID {
        Kind::Comment.id(self.0.id)
    }

    /// The global id of the obligation, the contract or the project that it is about.
    async fn about_id(&self) -> ID {
        match self.0.about() {
            About::Contract(id) => Kind::Contract.id(id),
            About::Obligation(id) => Kind::Obligation.id(id),
            About::Project(id) => Kind::Project.id(id),
        }
    }

    /// Who reads it: an enterprise never reads an internal one.
    async fn audience(&self) -> Coded<comment::Audience> {
        self.0.audience.into()
    }

    /// What was written; null once it is withdrawn.
    async fn text(&self) -> Option<&str> {
        self.0.text.as_deref()
    }

    /// When it was written.
    async fn written_at(&self) -> DateTime {
        self.0.written_at.into()
    }

    /// Who wrote it.
    async fn written_by(&self, ctx: &Context<'_>) -> Result<Option<Row<Official>>> {
        official(ctx, self.0.written_by).await
    }

    /// When its author withdrew it.
    async fn withdrawn_at(&self) -> Option<DateTime> {
        self.0.withdrawn_at.map(Into::into)
    }

    /// Grows by one with every change; for `expectedVersion`.
    async fn version(&self) -> i32 {
        self.0.version
    }

    /// The commands for it: whether the viewer may give each one now, and why not.
    #[graphql(complexity = "2 * child_complexity")]
    async fn commands(&self, ctx: &Context<'_>) -> Vec<Offered> {
        let offers = commands::offered(viewer(ctx), &self.0, store(ctx).now());
        offered(ctx, offers, None)
    }
}

by_id! {
    /// Comments by key.
    CommentById: comment::Model = comment::Entity::of_ids
}

pages_by_owner! {
    /// Pages of the comments about contracts.
    CommentsOfContract: comment::Model = pages_of_contracts;
    /// Pages of the comments about obligations.
    CommentsOfObligation: comment::Model = pages_of_obligations;
    /// Pages of the comments about projects.
    CommentsOfProject: comment::Model = pages_of_projects;
}

/// One page of the comments about a thing, the oldest first.
pub(super) async fn comments<B>(
    ctx: &Context<'_>,
    thing: Uuid,
    (first, last): (Option<i32>, Option<i32>),
    (after, before): (Option<String>, Option<String>),
) -> Result<Connection<Comment>>
where
    B: Batch<Key = (Uuid, PageRequest), Value = Page<comment::Model>>,
{
    let request = page::request(ctx, first, last, after, before)?;
    let rows = loaders::one::<B>(ctx, (thing, request)).await?;
    Ok(page::connection(rows.unwrap_or_default(), |row| row.id))
}

/// A comment to be written.
#[derive(InputObject)]
pub struct CommentWriteInput {
    /// The global id of the obligation, the contract or the project that it is about.
    about_id: ID,
    /// Who reads it; an enterprise shares what it writes.
    audience: Coded<comment::Audience>,
    /// What is written, up to 2000 characters.
    text: String,
    /// Idempotency key, up to 120 characters: a repeated request gets the first answer, and nothing is done twice.
    idempotency_key: Option<String>,
}

payload! {
    /// The answer of `commentWrite`.
    CommentWritePayload, CommentWriteUserError, Coded<entity::comment::rules::CommentError>, CommentError,
    /// The comment; null when it was refused.
    comment: Comment
}

/// What happens to comments.
#[derive(Default)]
pub struct CommentMutation;

#[Object]
impl CommentMutation {
    /// Writes a comment about an obligation, a contract or a project (留言), for the park alone or shared with the enterprise. The liaison and
    /// the others concerned are told in the app.
    async fn comment_write(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The comment.")] input: CommentWriteInput,
    ) -> Result<CommentWritePayload> {
        let about = match Kind::parse(&input.about_id) {
            Some((Kind::Contract, id)) => About::Contract(id),
            Some((Kind::Obligation, id)) => About::Obligation(id),
            Some((Kind::Project, id)) => About::Project(id),
            _ => return Err(Fault::NotFound.into()),
        };
        let input = commands::Write {
            about,
            audience: *input.audience,
            text: input.text,
        };
        command(ctx, input, |store, viewer, input| async move {
            commands::write(&store, &viewer, input).await
        })
        .await
    }

    /// Withdraws one's own comment within 24 hours (撤回): its text is kept by the audit trail alone.
    async fn comment_withdraw(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The comment.")] input: Input<commands::Withdraw>,
    ) -> Result<Payload<commands::Withdraw, Comment>> {
        run(ctx, input, commands::withdraw).await
    }
}
