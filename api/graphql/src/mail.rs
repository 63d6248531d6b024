//! The mail as a whole (发件总况): whether it is held back, and how many letters are where.

use api_door::{
    command::Answer,
    operation::{store, viewer},
    scalar::{DateTime, int},
};
use async_graphql::{Context, Enum, Object, Result};
use entity::{
    outbox::{self, hold as stored, repository},
    permission::{Action, Standing, require},
};

use super::{
    Settings,
    letter::State,
    liaison::{Official, official},
};

pub mod hold;
pub mod release;

/// Why letters are held back.
#[derive(Clone, Copy, PartialEq, Eq, Enum)]
pub enum MailHoldCause {
    /// The setting `mail_hold` of this process; only a restart without it lets mail go.
    Setting,
    /// Somebody asked for it (人工停发).
    Person,
    /// The database was restored from a backup that is older than what was sent (恢复后停发).
    Restore,
}

/// The mail as a whole (发件总况).
pub struct Mail(stored::Model);

impl Answer for Mail {}

impl From<stored::Model> for Mail {
    fn from(row: stored::Model) -> Self {
        Self(row)
    }
}

/// The mail as a whole (发件总况).
#[Object]
impl Mail {
    /// Why letters are held back; null while they leave.
    async fn held(&self, ctx: &Context<'_>) -> Option<MailHoldCause> {
        match self.0.hold {
            Some(stored::Hold::Person) => Some(MailHoldCause::Person),
            Some(stored::Hold::Restore) => Some(MailHoldCause::Restore),
            None => ctx
                .data_opt::<Settings>()
                .is_some_and(|settings| settings.mail_hold)
                .then_some(MailHoldCause::Setting),
        }
    }

    /// Since when.
    async fn held_at(&self) -> Option<DateTime> {
        self.0.held_at.map(Into::into)
    }

    /// By whom, if it was a person.
    async fn held_by(&self, ctx: &Context<'_>) -> Result<Option<Official>> {
        match self.0.held_by {
            Some(id) => official(ctx, id).await,
            None => Ok(None),
        }
    }

    /// The reason given.
    async fn reason(&self) -> Option<&str> {
        self.0.reason.as_deref()
    }

    /// How many letters there are in each state; states without letters are left out.
    #[graphql(complexity = "9 * child_complexity")]
    async fn letters(&self, ctx: &Context<'_>) -> Result<Vec<LetterCount>> {
        let counts = repository::count_by_state(store(ctx).db(), viewer(ctx)).await?;
        Ok(counts
            .into_iter()
            .map(|(state, count)| LetterCount { state, count })
            .collect())
    }

    /// Counts the changes; give it back as `expectedVersion`.
    async fn version(&self) -> i32 {
        self.0.version
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
    async fn state(&self) -> State {
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
    /// The mail as a whole (ADMIN, CENTRE): whether it is held back, and how many letters are where.
    async fn mail(&self, ctx: &Context<'_>) -> Result<Mail> {
        require(viewer(ctx), Action::ReadOperations, Standing::None)?;
        Ok(Mail(repository::mail_state(store(ctx).db()).await?))
    }
}
