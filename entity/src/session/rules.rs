//! How long a session lasts, and how often somebody may try to sign in.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};

use super::{Kind, Model, throttle};
use crate::{
    account::rules::PasswordError,
    error::{Explain, refusals},
    language::Text,
    viewer::Role,
};

/// A cookie's session ends after this, however busy.
pub const LONGEST: TimeDelta = TimeDelta::hours(12);

/// A token lives at most this long.
pub const LONGEST_TOKEN: TimeDelta = TimeDelta::days(366);

/// How many tokens of one account work at once.
pub const MOST_TOKENS: u64 = 20;

/// The last use is written down at most this often.
pub const SEEN_STEP: TimeDelta = TimeDelta::minutes(1);

/// Attempts per minute for one account.
pub const PER_ACCOUNT: i32 = 5;

/// How long a browser is known after somebody has signed in by it.
pub const KNOWN_FOR: TimeDelta = TimeDelta::days(180);

/// From so many wrong passwords within an hour on, attempts from one address are slowed down.
const SLOWED_FROM: i32 = 20;

/// How long a slowed attempt waits.
const PAUSE: Duration = Duration::from_secs(1);

/// From so many failures on, the subject is locked for a while.
const FAILURES_BEFORE_LOCK: i32 = 5;

/// After so long without an attempt the failures are forgotten.
const FORGOTTEN_AFTER: TimeDelta = TimeDelta::hours(1);

/// How long a session may lie idle: officials 15 minutes, enterprises 30, programs for ever.
fn idle_limit(kind: Kind, role: Role) -> Option<TimeDelta> {
    match (kind, role) {
        (Kind::Token, _) => None,
        (Kind::Cookie, Role::Enterprise) => Some(TimeDelta::minutes(30)),
        (Kind::Cookie, _) => Some(TimeDelta::minutes(15)),
    }
}

/// When a session ends if nobody uses it again.
pub fn ends_at(session: &Model, role: Role) -> DateTime<Utc> {
    idle_limit(session.kind, role).map_or(session.expires_at, |limit| {
        session.expires_at.min(session.last_seen_at + limit)
    })
}

/// Whether a session still holds.
pub fn is_alive(session: &Model, role: Role, now: DateTime<Utc>) -> bool {
    session.revoked_at.is_none() && ends_at(session, role) > now
}

/// Counts one more attempt, or says until when there is no use in trying.
pub fn attempt(
    counted: &throttle::Model,
    now: DateTime<Utc>,
) -> Result<throttle::Model, DateTime<Utc>> {
    if let Some(until) = counted.locked_until.filter(|until| *until > now) {
        return Err(until);
    }
    let mut next = counted.clone();
    if now >= counted.window_started_at + FORGOTTEN_AFTER {
        next.failures = 0;
    }
    let window_ends = counted.window_started_at + TimeDelta::minutes(1);
    if now >= window_ends || now < counted.window_started_at {
        next.window_started_at = now;
        next.attempts = 0;
    }
    if next.attempts >= PER_ACCOUNT {
        return Err(window_ends);
    }
    next.attempts += 1;
    next.locked_until = None;
    Ok(next)
}

/// What a wrong password adds: from the fifth on a lock of one minute, doubling to thirty, never for ever.
pub fn failed(counted: &throttle::Model, now: DateTime<Utc>) -> throttle::Model {
    let failures = counted.failures.saturating_add(1);
    let locked_until = (failures >= FAILURES_BEFORE_LOCK).then(|| {
        let doublings = u32::try_from(failures - FAILURES_BEFORE_LOCK)
            .unwrap_or_default()
            .min(5);
        now + TimeDelta::minutes(2_i64.pow(doublings).min(30))
    });
    throttle::Model {
        failures,
        locked_until,
        ..counted.clone()
    }
}

/// What a wrong password adds to its address: a figure and never a lock, because whole offices have one address.
pub fn failed_from(counted: &throttle::Model, now: DateTime<Utc>) -> throttle::Model {
    let over = now >= counted.window_started_at + FORGOTTEN_AFTER;
    throttle::Model {
        window_started_at: if over { now } else { counted.window_started_at },
        failures: if over {
            1
        } else {
            counted.failures.saturating_add(1)
        },
        ..counted.clone()
    }
}

/// How long an attempt from this address waits before its password is looked at.
pub fn pause(counted: &throttle::Model, now: DateTime<Utc>) -> Option<Duration> {
    let lately = now < counted.window_started_at + FORGOTTEN_AFTER;
    (lately && counted.failures >= SLOWED_FROM).then_some(PAUSE)
}

/// Why nobody is signed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SignInError {
    /// The name, the password or both are wrong, or the account is disabled: never said which.
    WrongCredentials,
    /// Too many attempts lately.
    TooManyAttempts {
        /// In how many seconds it makes sense to try again.
        retry_after: i64,
    },
    /// Too many sign in at this moment from the same address.
    Queue,
}

refusals! {
    /// Why no token is made.
    pub enum TokenError as "TokenErrorCode" {
        /// A token needs a name.
        NameMissing = "NAME_MISSING", "请为令牌命名，以便日后识别。", "Enter a name by which you will recognise the token.";
        /// The name is too long.
        NameTooLong = "NAME_TOO_LONG", "令牌名称最多100个字符。", "The name of the token may have at most 100 characters.";
        /// It ends in the past, or more than a year from now.
        Lifetime = "LIFETIME", "令牌有效期须在今后一年以内。", "The token must expire in the future, at most one year from now.";
        /// Twenty work already.
        TooMany = "TOO_MANY",
            "一个账户最多有 20 个有效令牌，请先撤销不用的。",
            "An account has at most 20 tokens: revoke one that is not used.";
    }
}

refusals! {
    /// Why a session is not ended.
    pub enum RevokeError as "RevokeErrorCode" {
        /// It was signed out or revoked before.
        AlreadyOver = "ALREADY_OVER",
            "该会话或令牌已经结束，无需再撤销。",
            "This session or token has already ended: there is nothing to revoke.";
    }
}

/// Whether there is anything left to revoke.
pub fn may_revoke(session: &Model) -> Result<(), RevokeError> {
    match session.revoked_at {
        Some(_) => Err(RevokeError::AlreadyOver),
        None => Ok(()),
    }
}

/// Why a password does not change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChangePasswordError {
    /// The present password is not right.
    WrongPassword,
    /// Too many attempts lately.
    TooManyAttempts {
        /// In how many seconds it makes sense to try again.
        retry_after: i64,
    },
    /// The new one is not good enough.
    Password(PasswordError),
}

fn minutes(seconds: i64) -> i64 {
    (seconds + 59) / 60
}

fn too_many(retry_after: i64) -> Text {
    let minutes = minutes(retry_after);
    Text::new(
        format!("尝试次数过多，请在{minutes}分钟后重试。"),
        format!("Too many attempts: try again in {minutes} min."),
    )
}

impl Explain for SignInError {
    fn explain(&self) -> Text {
        match self {
            Self::WrongCredentials => Text::new(
                "登录名或密码不正确，请核对后重试；忘记密码可申请重置链接。",
                "The sign-in name or the password is incorrect: check both, or request a link to set a new password.",
            ),
            Self::TooManyAttempts { retry_after } => {
                let minutes = minutes(*retry_after);
                Text::new(
                    format!(
                        "尝试次数过多，请在{minutes}分钟后重试；急用时可点“忘记密码”，凭邮件链接设置新密码后即可在该浏览器登录。"
                    ),
                    format!(
                        "Too many attempts: try again in {minutes} min. If it is urgent, request a link to set a new password: you can then \
                         sign in at once in the browser in which you open it."
                    ),
                )
            }
            Self::Queue => Text::new(
                "当前登录人数较多，请稍等几秒后重试。",
                "Many people are signing in at the moment: try again in a few seconds.",
            ),
        }
    }
}

impl Explain for ChangePasswordError {
    fn explain(&self) -> Text {
        match self {
            Self::WrongPassword => Text::new(
                "当前密码不正确，请重新输入。",
                "The current password is incorrect: enter it again.",
            ),
            Self::TooManyAttempts { retry_after } => too_many(*retry_after),
            Self::Password(error) => error.explain(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(1_790_000_000 + seconds, 0).expect("an instant")
    }

    fn fresh() -> throttle::Model {
        throttle::Model {
            subject: "account:x".to_owned(),
            window_started_at: at(0),
            attempts: 0,
            failures: 0,
            locked_until: None,
        }
    }

    #[test]
    fn five_attempts_a_minute() {
        let mut counted = fresh();
        for _ in 0..5 {
            counted = attempt(&counted, at(1)).expect("allowed");
        }
        assert_eq!(attempt(&counted, at(59)), Err(at(60)));
        assert!(attempt(&counted, at(60)).is_ok());
    }

    #[test]
    fn an_address_is_slowed_down_and_never_locked() {
        let mut counted = fresh();
        for tried in 0..200 {
            let slowed = pause(&counted, at(tried)).is_some();
            assert_eq!(slowed, tried >= i64::from(SLOWED_FROM), "{tried}");
            counted = failed_from(&counted, at(tried));
            assert_eq!(counted.locked_until, None);
        }
        assert_eq!(pause(&counted, at(3_600)), None, "an hour later");
        assert_eq!(failed_from(&counted, at(3_600)).failures, 1);
    }

    #[test]
    fn locks_double_to_half_an_hour_and_end() {
        let mut counted = fresh();
        let mut locks = Vec::new();
        let mut now = at(0);
        for _ in 0..12 {
            counted = attempt(&counted, now).expect("not locked");
            counted = failed(&counted, now);
            if let Some(until) = counted.locked_until {
                assert_eq!(attempt(&counted, until - TimeDelta::seconds(1)), Err(until));
                locks.push((until - now).num_minutes());
                now = until;
            } else {
                now += TimeDelta::seconds(61);
            }
        }
        assert_eq!(locks, [1, 2, 4, 8, 16, 30, 30, 30]);
        let later = attempt(&counted, now + FORGOTTEN_AFTER).expect("forgotten");
        assert_eq!(later.failures, 0);
    }

    #[test]
    fn sessions_end_when_idle_and_in_any_case() {
        let session = |kind| Model {
            id: uuid::Uuid::nil(),
            account_id: uuid::Uuid::nil(),
            kind,
            name: String::new(),
            secret_hash: String::new(),
            created_at: at(0),
            last_seen_at: at(0),
            expires_at: at(0) + LONGEST,
            revoked_at: None,
            browser_hash: None,
        };
        let minutes = |n: i64| at(n * 60);
        assert!(is_alive(&session(Kind::Cookie), Role::Centre, minutes(14)));
        assert!(!is_alive(&session(Kind::Cookie), Role::Centre, minutes(15)));
        assert!(is_alive(
            &session(Kind::Cookie),
            Role::Enterprise,
            minutes(29)
        ));
        assert!(!is_alive(
            &session(Kind::Cookie),
            Role::Enterprise,
            minutes(30)
        ));
        assert!(is_alive(&session(Kind::Token), Role::Centre, minutes(719)));
        assert!(!is_alive(&session(Kind::Token), Role::Centre, minutes(720)));
    }

    #[test]
    fn the_refusal_of_a_token_says_how_many_there_may_be() {
        let text = TokenError::TooMany.explain();
        let number = format!(" {MOST_TOKENS} ");
        assert!(
            text.zh.contains(&number) && text.en.contains(&number),
            "{text:?}"
        );
    }
}
