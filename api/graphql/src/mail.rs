//! The mail as a whole (发件总况): whether it is held back, and how many letters wait.

use api_door::{
    coded::Coded,
    command::Answer,
    form::{Input, Offered, Payload, offered, run},
    operation::{store, viewer},
    row::Row,
    scalar::{DateTime, int},
};
use async_graphql::{Context, Object, Result};
use entity::{
    outbox::{
        self,
        commands::decide,
        hold::{self, Cause},
        repository,
    },
    permission::{Action, Standing, require},
};

use super::{
    Settings,
    liaison::{Official, official},
};

pub mod release;

/// The mail as a whole (发件总况).
pub struct Mail(hold::Model);

impl Answer for Mail {}

impl From<hold::Model> for Mail {
    fn from(row: hold::Model) -> Self {
        Self(row)
    }
}

/// The mail as a whole (发件总况).
#[Object]
impl Mail {
    /// Why letters are held back; null while they leave.
    async fn held(&self, ctx: &Context<'_>) -> Option<Coded<Cause>> {
        let stored = self.0.hold.map(Cause::from);
        let settings = ctx.data_opt::<Settings>();
        let setting = settings.is_some_and(|settings| settings.mail_hold);
        stored.or(setting.then_some(Cause::Setting)).map(Coded)
    }

    /// Since when.
    async fn held_at(&self) -> Option<DateTime> {
        self.0.held_at.map(Into::into)
    }

    /// By whom, if it was a person.
    async fn held_by(&self, ctx: &Context<'_>) -> Result<Option<Row<Official>>> {
        official(ctx, self.0.held_by).await
    }

    /// The reason given.
    async fn reason(&self) -> Option<&str> {
        self.0.reason.as_deref()
    }

    /// How many letters wait or need somebody, by state; those that were sent, dropped or replaced are not counted.
    #[graphql(complexity = "9 * child_complexity")]
    async fn letters(&self, ctx: &Context<'_>) -> Result<Vec<LetterCount>> {
        let counts = repository::count_by_state(store(ctx).db(), viewer(ctx)).await?;
        Ok(counts
            .into_iter()
            .map(|(state, count)| LetterCount { state, count })
            .collect())
    }

    /// Grows by one with every change; send it back as `expectedVersion`.
    async fn version(&self) -> i32 {
        self.0.version
    }

    /// The commands for it: whether the viewer may give each one now, and why not.
    #[graphql(complexity = "5 * child_complexity")]
    async fn commands(&self, ctx: &Context<'_>) -> Vec<Offered> {
        let offers = decide::offered_for_mail(viewer(ctx), &self.0);
        offered(ctx, offers, None)
    }
}

/// How many letters are in one state.
pub struct LetterCount {
    state: outbox::State,
    count: i64,
}

/// How many letters are in one state.
#[Object]
impl LetterCount {
    /// The state.
    async fn state(&self) -> Coded<outbox::State> {
        self.state.into()
    }

    /// How many.
    async fn count(&self) -> i32 {
        int(self.count)
    }
}

/// Reading the mail as a whole.
#[derive(Default)]
pub struct MailQuery;

#[Object]
impl MailQuery {
    /// The mail as a whole (ADMIN, CENTRE): whether it is held back, and how many letters wait.
    async fn mail(&self, ctx: &Context<'_>) -> Result<Mail> {
        require(viewer(ctx), Action::ReadOperations, Standing::None)?;
        Ok(Mail(repository::mail_state(store(ctx).db()).await?))
    }
}

/// Decisions about the mail as a whole.
#[derive(Default)]
pub struct MailDecisions;

#[Object]
impl MailDecisions {
    /// Puts all mail on hold (ADMIN), in every replica and within seconds. A letter whose body is on its way still arrives.
    async fn mail_hold(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Why.")] input: Input<decide::HoldMail>,
    ) -> Result<Payload<decide::HoldMail, Mail>> {
        run(ctx, input, decide::hold).await
    }
}
