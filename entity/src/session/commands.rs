//! Signing in and out, tokens, and telling who a secret belongs to.

use std::time::Duration;

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, EntityTrait, QueryFilter, QuerySelect,
    entity::prelude::*,
    sea_query::{Expr, OnConflict},
};

use super::{
    Column, Entity, Kind, Model, repository,
    rules::{self, ChangePasswordError, RevokeError, SignInError, TokenError},
    throttle,
};
use crate::{
    account::{
        self,
        password::{self, Comparison},
    },
    audit::commands::{Change, Summary, record, summary},
    command::{Command, Input, Offer, Thing, commands, form, offers},
    error::{CommandError, Fault},
    id::{new_id, new_secret, secret_hash},
    permission::{Standing, require},
    store::{Store, Unit},
    table::Visible,
    text::clean_line,
    viewer::Viewer,
};

commands! {
    /// Somebody signs in.
    SIGN_IN = "session.signIn" on Session: "登录", "signed in";
    /// Somebody signs out.
    SIGN_OUT = "session.signOut" on Session: "退出", "signed out";
    /// A session is revoked.
    REVOKE = "session.revoke" on Session: "撤销", "revoked", form Revoke;
    /// A token for programs is made.
    CREATE_TOKEN = "session.createToken" on Session: "新建令牌", "token created";
    /// A person changes the own password.
    CHANGE_PASSWORD = "account.changePassword" on Account: "修改密码", "password changed";
}

/// What somebody signs in with.
#[derive(Clone)]
pub struct SignIn {
    /// Login name, in any case, with blanks around or not.
    pub login: String,
    /// Password.
    pub password: String,
    /// By what the browser is known, if somebody has signed in by it before, and will be from now on.
    pub browser: String,
    /// Where the attempt comes from; nothing for an address that is not counted (loopback of a demonstration).
    pub address: Option<String>,
    /// What the browser calls itself.
    pub user_agent: Option<String>,
}

/// A new session. The secret is shown this once and kept nowhere.
#[derive(Clone)]
pub struct SignedIn {
    /// The session.
    pub session: Model,
    /// Whose.
    pub account: account::Model,
    /// What the cookie or the header carries from now on.
    pub secret: String,
}

/// Signs a person in. Before the password is looked at the attempt is counted: of a browser that the account knows by itself,
/// of all others together, so that guesses from elsewhere lock the elsewhere alone. Many wrong passwords from one address slow
/// down what comes from there.
pub async fn sign_in(
    store: &Store,
    viewer: &Viewer,
    input: SignIn,
) -> Result<SignedIn, CommandError<SignInError>> {
    let account = by_login(store, &input.login).await?;
    let browser = secret_hash(&input.browser);
    let known = match &account {
        Some(account) if is_known(store, account, &browser).await? => Some(account.id),
        _ => None,
    };
    let (subject, address) = match known {
        Some(id) => (format!("browser:{browser}:{}", id.simple()), None),
        None => (
            of_account(&input.login),
            input.address.as_deref().map(of_address),
        ),
    };
    count(store, viewer, &subject)
        .await?
        .map_err(|retry_after| {
            CommandError::refused(&[], SignInError::TooManyAttempts { retry_after })
        })?;
    let stored = account
        .as_ref()
        .and_then(|account| account.password_hash.clone());
    let compared = password::compare(input.password.clone(), stored).await?;
    let (Some(account), Comparison::Right { outdated }) = (account, compared) else {
        count_failure(store, viewer, &subject, address.as_deref()).await?;
        return Err(CommandError::refused(&[], SignInError::WrongCredentials));
    };
    let rehashed = match outdated {
        true => Some(password::hash(input.password).await?),
        false => None,
    };
    let unit = store.begin(&Viewer::Person(account.person())).await?;
    if let Some(rehashed) = rehashed {
        account::commands::store_rehash(&unit, &account, rehashed).await?;
    }
    forget(&unit, [Some(subject), address].into_iter().flatten()).await?;
    let name = input.user_agent.unwrap_or_default();
    let (session, secret) = open(
        &unit,
        &account,
        Kind::Cookie,
        clean_line(&name).chars().take(100).collect(),
        unit.now() + rules::LONGEST,
        Some(browser),
    )
    .await?;
    told(&unit, &SIGN_IN, &session, None).await?;
    unit.commit().await?;
    Ok(SignedIn {
        session,
        account,
        secret,
    })
}

async fn by_login(store: &Store, login: &str) -> Result<Option<account::Model>, Fault> {
    Ok(account::repository::by_login(store.db(), login)
        .await?
        .filter(account::Model::is_enabled))
}

/// Whether an account knows a browser: somebody has signed in by it lately, or has used a link there that came by letter.
pub async fn knows(store: &Store, login: &str, browser: &str) -> Result<bool, Fault> {
    match by_login(store, login).await? {
        Some(account) => is_known(store, &account, &secret_hash(browser)).await,
        None => Ok(false),
    }
}

/// How long the door lets an attempt from this address wait, because many wrong passwords came from there lately.
pub async fn pause(store: &Store, address: &str) -> Result<Option<Duration>, Fault> {
    let counted = throttle::Entity::find_by_id(of_address(address))
        .one(store.db())
        .await?;
    Ok(counted.and_then(|counted| rules::pause(&counted, store.now())))
}

async fn is_known(
    store: &Store,
    account: &account::Model,
    browser_hash: &str,
) -> Result<bool, Fault> {
    let since = store.now() - rules::KNOWN_FOR;
    if repository::has_signed_in(store.db(), account.id, browser_hash, since).await? {
        return Ok(true);
    }
    let link = account::repository::link_of(store.db(), browser_hash).await?;
    Ok(link.is_some_and(|link| {
        link.account_id == account.id && link.used_at.is_some_and(|used| used >= since)
    }))
}

/// Ends the session of a secret. Ending what has ended is no error.
pub async fn sign_out(store: &Store, viewer: &Viewer, secret: &str) -> Result<(), Fault> {
    let unit = store.begin(viewer).await?;
    let Some((session, _)) =
        repository::of_secret(unit.db(), &secret_hash(secret), Kind::Cookie).await?
    else {
        return Ok(());
    };
    if end(&unit, session.id).await? {
        told(&unit, &SIGN_OUT, &session, None).await?;
        unit.commit().await?;
    }
    Ok(())
}

form! {
    /// A session or token to end.
    pub struct Revoke of REVOKE, refused RevokeError {
        title: "结束会话或令牌", "End a session or token";
        lead: "立即失效，使用它的浏览器或程序须重新登录。",
            "It stops working at once; the browser or program that uses it must sign in again.";
        done: "已撤销。", "Revoked.";
        /// The session or token.
        id: Uuid = Target(Thing::Session);
    }
}

/// Ends a session or a token: the own, or as administrator anybody's.
pub async fn revoke(
    store: &Store,
    viewer: &Viewer,
    input: Revoke,
) -> Result<Model, CommandError<RevokeError>> {
    require(viewer, Revoke::FORM.may, Standing::None)?;
    let unit = store.begin(viewer).await?;
    let session = Entity::found(unit.db(), viewer, input.id).await?;
    rules::may_revoke(&session).map_err(|error| CommandError::refused(&["id"], error))?;
    if !end(&unit, session.id).await? {
        return Err(CommandError::refused(&["id"], RevokeError::AlreadyOver));
    }
    told(&unit, &REVOKE, &session, None).await?;
    let revoked_at = Some(unit.now());
    unit.commit().await?;
    Ok(Model {
        revoked_at,
        ..session
    })
}

/// What can be done with a session, and why not now.
pub fn offered(viewer: &Viewer, session: &Model) -> Vec<Offer> {
    let rule = |_: &Command| rules::may_revoke(session);
    offers(COMMANDS, Thing::Session, viewer, Standing::None, rule)
}

/// A token for a program.
#[derive(Clone, Debug)]
pub struct CreateToken {
    /// By what its owner knows it.
    pub name: String,
    /// Until when it works.
    pub expires_at: DateTime<Utc>,
}

/// Makes a bearer token that may do what its owner may do. Its secret is in the answer and nowhere else.
pub async fn create_token(
    store: &Store,
    viewer: &Viewer,
    input: CreateToken,
) -> Result<SignedIn, CommandError<TokenError>> {
    let Some(person) = viewer.person() else {
        return Err(Fault::Unauthenticated.into());
    };
    let unit = store.begin(viewer).await?;
    let name = clean_line(&input.name);
    if name.is_empty() {
        return Err(CommandError::refused(&["name"], TokenError::NameMissing));
    }
    if name.chars().count() > 100 {
        return Err(CommandError::refused(&["name"], TokenError::NameTooLong));
    }
    if input.expires_at <= unit.now() || input.expires_at > unit.now() + rules::LONGEST_TOKEN {
        return Err(CommandError::refused(&["expiresAt"], TokenError::Lifetime));
    }
    // Held, so that two tokens at once are both counted.
    let account = account::Entity::find_by_id(person.account_id)
        .lock_exclusive()
        .one(unit.db())
        .await?
        .ok_or(Fault::NotFound)?;
    if repository::open_tokens_of(unit.db(), account.id, unit.now()).await? >= rules::MOST_TOKENS {
        return Err(CommandError::refused(&[], TokenError::TooMany));
    }
    let (session, secret) =
        open(&unit, &account, Kind::Token, name, input.expires_at, None).await?;
    told(
        &unit,
        &CREATE_TOKEN,
        &session,
        Some(summary!({ "name": session.name, "expiresAt": session.expires_at })),
    )
    .await?;
    unit.commit().await?;
    Ok(SignedIn {
        session,
        account,
        secret,
    })
}

/// Changes the own password, with the present one. All sessions and tokens of the account end.
pub async fn change_password(
    store: &Store,
    viewer: &Viewer,
    present: String,
    new: String,
) -> Result<(), CommandError<ChangePasswordError>> {
    let Some(person) = viewer.person() else {
        return Err(Fault::Unauthenticated.into());
    };
    let account = account::Entity::find_by_id(person.account_id)
        .one(store.db())
        .await?
        .ok_or(Fault::NotFound)?;
    // Counted by itself: what others try at the account from outside does not disturb who is in.
    let subject = format!("own:{}", account.id.simple());
    count(store, viewer, &subject)
        .await?
        .map_err(|retry_after| {
            CommandError::refused(&[], ChangePasswordError::TooManyAttempts { retry_after })
        })?;
    if password::compare(present, account.password_hash.clone()).await? == Comparison::Wrong {
        count_failure(store, viewer, &subject, None).await?;
        return Err(CommandError::refused(
            &["presentPassword"],
            ChangePasswordError::WrongPassword,
        ));
    }
    account::rules::check_password(&new, &account.login, store.policy().password).map_err(
        |error| CommandError::refused(&["newPassword"], ChangePasswordError::Password(error)),
    )?;
    let hash = password::hash(new).await?;
    let unit = store.begin(viewer).await?;
    account::commands::set_password(&unit, &account, hash).await?;
    forget(&unit, [subject]).await?;
    record(
        &unit,
        Change {
            command: &CHANGE_PASSWORD,
            subject_id: account.id,
            before: None,
            after: None,
            reason: None,
        },
    )
    .await?;
    unit.commit().await?;
    Ok(())
}

/// Whose secret this is, and when it ends if it is not used again; nothing when it is unknown, over, idle for too long, or its
/// account is disabled.
pub async fn authenticate(
    store: &Store,
    secret: &str,
    kind: Kind,
) -> Result<Option<(Viewer, DateTime<Utc>)>, Fault> {
    let now = store.now();
    let found = repository::of_secret(store.db(), &secret_hash(secret), kind).await?;
    let Some((mut session, account)) = found else {
        return Ok(None);
    };
    if !account.is_enabled() || !rules::is_alive(&session, account.role, now) {
        return Ok(None);
    }
    if now >= session.last_seen_at + rules::SEEN_STEP {
        let noted = Entity::update_many()
            .col_expr(Column::LastSeenAt, Expr::value(now))
            .filter(Column::Id.eq(session.id))
            .filter(Column::LastSeenAt.eq(session.last_seen_at))
            .exec(store.db())
            .await
            .map_err(Fault::from);
        // A disk that is full keeps nobody from reading.
        match noted {
            Ok(_) => session.last_seen_at = now,
            Err(fault) if fault.is_away() => {}
            Err(fault) => return Err(fault),
        }
    }
    let ends_at = rules::ends_at(&session, account.role);
    Ok(Some((Viewer::Person(account.person()), ends_at)))
}

async fn open(
    unit: &Unit,
    account: &account::Model,
    kind: Kind,
    name: String,
    expires_at: DateTime<Utc>,
    browser_hash: Option<String>,
) -> Result<(Model, String), Fault> {
    let secret = new_secret();
    let session = Model {
        id: new_id(unit.now()),
        account_id: account.id,
        kind,
        name,
        secret_hash: secret_hash(&secret),
        created_at: unit.now(),
        last_seen_at: unit.now(),
        expires_at,
        revoked_at: None,
        browser_hash,
    };
    Entity::insert(super::ActiveModel::from(session.clone()).reset_all())
        .exec_without_returning(unit.db())
        .await?;
    Ok((session, secret))
}

async fn end(unit: &Unit, id: Uuid) -> Result<bool, Fault> {
    let ended = Entity::update_many()
        .col_expr(Column::RevokedAt, Expr::value(Some(unit.now())))
        .filter(Column::Id.eq(id))
        .filter(Column::RevokedAt.is_null())
        .exec(unit.db())
        .await?;
    Ok(ended.rows_affected == 1)
}

async fn told(
    unit: &Unit,
    command: &'static Command,
    session: &Model,
    after: Option<Summary>,
) -> Result<(), Fault> {
    record(
        unit,
        Change {
            command,
            subject_id: session.id,
            before: None,
            after,
            reason: None,
        },
    )
    .await
}

fn clean(text: &str, length: usize) -> String {
    clean_line(text).chars().take(length).collect()
}

/// As what attempts at a name are counted, whether it exists or not.
fn of_account(login: &str) -> String {
    let login = account::rules::normalise_login(login);
    format!("account:{}", clean(&login, 254))
}

/// As what wrong passwords from an address are counted.
fn of_address(address: &str) -> String {
    format!("address:{}", clean(address, 100))
}

/// Counts one attempt, or gives the seconds to wait.
async fn count(store: &Store, viewer: &Viewer, subject: &str) -> Result<Result<(), i64>, Fault> {
    let unit = store.begin(viewer).await?;
    let counted = locked(&unit, subject).await?;
    match rules::attempt(&counted, unit.now()) {
        Ok(next) => save(&unit, next).await?,
        Err(until) => return Ok(Err((until - unit.now()).num_seconds().max(1))),
    }
    unit.commit().await?;
    Ok(Ok(()))
}

/// Counts a wrong password. Always in this order, so that two of them never wait for each other crosswise.
async fn count_failure(
    store: &Store,
    viewer: &Viewer,
    subject: &str,
    address: Option<&str>,
) -> Result<(), Fault> {
    let unit = store.begin(viewer).await?;
    let next = rules::failed(&locked(&unit, subject).await?, unit.now());
    if next.failures >= 50 {
        tracing::warn!(subject, failures = next.failures, "many wrong passwords");
    }
    save(&unit, next).await?;
    if let Some(address) = address {
        let next = rules::failed_from(&locked(&unit, address).await?, unit.now());
        save(&unit, next).await?;
    }
    unit.commit().await
}

/// A right password clears what was counted on its way.
async fn forget(unit: &Unit, subjects: impl IntoIterator<Item = String>) -> Result<(), Fault> {
    for subject in subjects {
        throttle::Entity::delete_by_id(subject)
            .exec(unit.db())
            .await?;
    }
    // What nobody has touched for a day counts for nothing any more.
    throttle::Entity::delete_many()
        .filter(throttle::Column::WindowStartedAt.lt(unit.now() - chrono::TimeDelta::days(1)))
        .exec(unit.db())
        .await?;
    Ok(())
}

/// The count of a subject, held for this transaction alone.
async fn locked(unit: &Unit, subject: &str) -> Result<throttle::Model, Fault> {
    let fresh = throttle::Model {
        subject: subject.to_owned(),
        window_started_at: unit.now(),
        attempts: 0,
        failures: 0,
        locked_until: None,
    };
    throttle::Entity::insert(throttle::ActiveModel {
        subject: Set(fresh.subject.clone()),
        window_started_at: Set(fresh.window_started_at),
        attempts: Set(0),
        failures: Set(0),
        locked_until: Set(None),
    })
    .on_conflict(
        OnConflict::column(throttle::Column::Subject)
            .do_nothing()
            .to_owned(),
    )
    .try_insert()
    .exec_without_returning(unit.db())
    .await?;
    Ok(throttle::Entity::find_by_id(subject.to_owned())
        .lock_exclusive()
        .one(unit.db())
        .await?
        .unwrap_or(fresh))
}

async fn save(unit: &Unit, counted: throttle::Model) -> Result<(), Fault> {
    throttle::Entity::update_many()
        .col_expr(
            throttle::Column::WindowStartedAt,
            Expr::value(counted.window_started_at),
        )
        .col_expr(throttle::Column::Attempts, Expr::value(counted.attempts))
        .col_expr(throttle::Column::Failures, Expr::value(counted.failures))
        .col_expr(
            throttle::Column::LockedUntil,
            Expr::value(counted.locked_until),
        )
        .filter(throttle::Column::Subject.eq(counted.subject))
        .exec(unit.db())
        .await?;
    Ok(())
}
