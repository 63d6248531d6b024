//! Sessions and tokens (会话、令牌) as the API shows them. Signing in and out by cookie is the network door's.

use api_door::{
    coded::Coded,
    command::Answer,
    form::{Input, Offered, Payload, offered, run},
    loaders::by_id,
    operation::{store, viewer},
    scalar::{DateTime, Kind},
};
use async_graphql::{Context, Enum, ID, MergedObject, Object, Result};
use entity::{
    account::rules::PasswordError,
    session::{
        self,
        commands::{self, SignedIn},
        repository, rules,
    },
    table::Visible,
};

pub mod change_password;
pub mod create_token;

/// Why a password does not change.
#[derive(Clone, Copy, PartialEq, Eq, Enum)]
pub enum ChangePasswordErrorCode {
    /// The present password is not right.
    WrongPassword,
    /// Too many attempts lately.
    TooManyAttempts,
    /// Fewer characters than the park's rule asks for.
    TooShort,
    /// More than 200 characters.
    TooLong,
    /// Fewer than three of: small letters, capitals, digits, others; where the park's rule asks for them.
    TooSimple,
    /// It contains the sign-in name.
    ContainsLogin,
    /// It is one of the commonest, or follows a pattern.
    TooCommon,
}

impl From<rules::ChangePasswordError> for ChangePasswordErrorCode {
    fn from(error: rules::ChangePasswordError) -> Self {
        use rules::ChangePasswordError as E;
        match error {
            E::WrongPassword => Self::WrongPassword,
            E::TooManyAttempts { .. } => Self::TooManyAttempts,
            E::Password(PasswordError::TooShort { .. }) => Self::TooShort,
            E::Password(PasswordError::TooLong) => Self::TooLong,
            E::Password(PasswordError::TooSimple) => Self::TooSimple,
            E::Password(PasswordError::ContainsLogin) => Self::ContainsLogin,
            E::Password(PasswordError::TooCommon) => Self::TooCommon,
        }
    }
}

/// A person signed in by a browser, or a named token of a program (会话).
pub struct Session(pub(crate) session::Model);

impl From<session::Model> for Session {
    fn from(row: session::Model) -> Self {
        Self(row)
    }
}

/// A person signed in by a browser, or a named token of a program (会话).
#[Object]
impl Session {
    /// The global id.
    pub(super) async fn id(&self) -> ID {
        Kind::Session.id(self.0.id)
    }

    /// By cookie or by token.
    async fn kind(&self) -> Coded<session::Kind> {
        self.0.kind.into()
    }

    /// The token's name, or what the browser called itself.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// When it began.
    async fn created_at(&self) -> DateTime {
        self.0.created_at.into()
    }

    /// When it was last used, to the minute.
    async fn last_seen_at(&self) -> DateTime {
        self.0.last_seen_at.into()
    }

    /// When it is over whatever happens.
    async fn expires_at(&self) -> DateTime {
        self.0.expires_at.into()
    }

    /// When it was signed out or revoked.
    async fn revoked_at(&self) -> Option<DateTime> {
        self.0.revoked_at.map(DateTime)
    }

    /// The commands for it: whether the viewer may give each one now, and why not.
    #[graphql(complexity = "5 * child_complexity")]
    async fn commands(&self, ctx: &Context<'_>) -> Vec<Offered> {
        offered(ctx, commands::offered(viewer(ctx), &self.0), None)
    }
}

by_id! {
    /// Sessions by key.
    SessionById: session::Model = session::Entity::of_ids
}

/// A token that was just made. Its secret is shown this once.
pub struct NewToken {
    session: Session,
    secret: String,
}

impl From<SignedIn> for NewToken {
    fn from(made: SignedIn) -> Self {
        Self {
            session: Session(made.session),
            secret: made.secret,
        }
    }
}

impl Answer for NewToken {}

/// A token that was just made. Its secret is shown this once.
#[Object]
impl NewToken {
    /// The token as it is listed.
    async fn session(&self) -> &Session {
        &self.session
    }

    /// What goes behind `Authorization: Bearer`. Keep it: nobody can show it again.
    async fn secret(&self) -> &str {
        &self.secret
    }
}

/// Reads of sessions.
#[derive(Default)]
pub struct SessionQuery;

#[Object]
impl SessionQuery {
    /// The open sessions and tokens of the person who asks, the newest first, at most 100; of somebody else for ADMIN.
    #[graphql(complexity = "20 * child_complexity")]
    async fn sessions(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Whose; the own when nothing is said.")] account_id: Option<ID>,
    ) -> Result<Vec<Session>> {
        let account = match account_id {
            Some(id) => Some(Kind::Account.require(&id)?),
            None => viewer(ctx).account_id(),
        };
        let Some(account) = account else {
            return Ok(Vec::new());
        };
        let store = store(ctx);
        let rows = repository::open_of(store.db(), viewer(ctx), account, store.now(), 100).await?;
        Ok(rows.into_iter().map(Session).collect())
    }
}

/// Ending sessions.
#[derive(Default)]
pub struct SessionEnds;

#[Object]
impl SessionEnds {
    /// Ends a session or a token of your own; administrators end anybody's.
    async fn session_revoke(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which one.")] input: Input<commands::Revoke>,
    ) -> Result<Payload<commands::Revoke, Session>> {
        run(ctx, input, commands::revoke).await
    }
}

/// Changes of sessions.
#[derive(MergedObject, Default)]
pub struct SessionMutation(
    create_token::SessionCreateTokenMutation,
    SessionEnds,
    change_password::SessionChangePasswordMutation,
);
