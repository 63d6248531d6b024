//! When a letter is tried again, and what becomes of an attempt.

use chrono::{DateTime, TimeDelta, Utc};

use super::{Class, Phase, State};
use crate::id::sha256_hex;

/// How long a letter is tried.
pub const PATIENCE: TimeDelta = TimeDelta::hours(72);

/// How many bytes the files of one letter may have together: relays refuse mails beyond some 10 MiB, and base64 adds a third.
pub const LARGEST_ATTACHMENTS: usize = 7 << 20;

/// How long an unclear letter waits for its one re-send.
pub const RESEND_AFTER: TimeDelta = TimeDelta::minutes(30);

/// The left side of the Message-ID of the letter with this key: the same for ever, and never a machine's name.
pub fn message_id(key: &str) -> String {
    format!("{}.1", &sha256_hex(key.as_bytes())[..32])
}

/// How long to wait after the `attempts`-th failure: 1, 5, 15, 30 minutes, 1, 2, 4 hours, then every 4 hours.
pub fn retry_after(attempts: i32) -> TimeDelta {
    match attempts {
        ..=1 => TimeDelta::minutes(1),
        2 => TimeDelta::minutes(5),
        3 => TimeDelta::minutes(15),
        4 => TimeDelta::minutes(30),
        5 => TimeDelta::hours(1),
        6 => TimeDelta::hours(2),
        _ => TimeDelta::hours(4),
    }
}

/// How an attempt ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The server has taken it.
    Accepted {
        /// Its reply code.
        code: i32,
        /// Its reply.
        text: String,
    },
    /// The server said no.
    Refused {
        /// At which step.
        phase: Phase,
        /// Its reply code: 4xx for now, 5xx for good.
        code: i32,
        /// Its reply.
        text: String,
    },
    /// The connection failed or a wait ran out, without a reply.
    Broken {
        /// At which step.
        phase: Phase,
        /// The error.
        text: String,
    },
    /// The mail could not be made from its facts: no later attempt can do better.
    Unusable {
        /// The error.
        text: String,
    },
}

/// What the letter becomes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// Its state.
    pub state: State,
    /// When it is tried next.
    pub next_attempt_at: DateTime<Utc>,
    /// Whether the attempt counts. A server that cannot be reached is not the letter's fault.
    pub counts: bool,
}

/// Judges an attempt. `attempts` includes this one; `resends` is how often the letter was re-sent while unclear, this one included.
pub fn judge(
    outcome: &Outcome,
    class: Class,
    attempts: i32,
    resends: i32,
    waiting_since: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Verdict {
    let verdict = |state, next_attempt_at, counts| Verdict {
        state,
        next_attempt_at,
        counts,
    };
    let retry = |counts| {
        let next = now + retry_after(attempts);
        if next > waiting_since + PATIENCE {
            verdict(State::Dead, now, true)
        } else {
            verdict(State::Pending, next, counts)
        }
    };
    match outcome {
        Outcome::Accepted { .. } => verdict(State::Sent, now, true),
        Outcome::Unusable { .. } => verdict(State::Dead, now, true),
        // A relay that refuses us, not the letter: an operator mends it, and the letter waits.
        Outcome::Refused {
            phase: Phase::Connect | Phase::Tls | Phase::Auth,
            ..
        } => retry(false),
        Outcome::Refused { code, .. } if *code >= 500 => verdict(State::Dead, now, true),
        Outcome::Refused { code: 421, .. } => retry(false),
        Outcome::Refused { .. } => retry(true),
        Outcome::Broken {
            phase: Phase::Body, ..
        } => match class {
            Class::MustNotMiss if resends == 0 => {
                verdict(State::Ambiguous, now + RESEND_AFTER, true)
            }
            Class::MustNotMiss | Class::MustNotDouble => verdict(State::Held, now, true),
        },
        Outcome::Broken {
            phase: Phase::Connect,
            ..
        } => retry(false),
        Outcome::Broken { .. } => retry(true),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judged(outcome: &Outcome, class: Class, attempts: i32, resends: i32) -> Verdict {
        let start = DateTime::UNIX_EPOCH;
        judge(outcome, class, attempts, resends, start, start)
    }

    #[test]
    fn a_refusal_for_good_is_dead_and_one_for_now_is_retried() {
        let refused = |code| Outcome::Refused {
            phase: Phase::Rcpt,
            code,
            text: String::new(),
        };
        assert_eq!(
            judged(&refused(550), Class::MustNotMiss, 1, 0).state,
            State::Dead
        );
        let later = judged(&refused(451), Class::MustNotMiss, 2, 0);
        assert_eq!(later.state, State::Pending);
        assert_eq!(
            later.next_attempt_at,
            DateTime::UNIX_EPOCH + TimeDelta::minutes(5)
        );
        assert!(!judged(&refused(421), Class::MustNotMiss, 1, 0).counts);
    }

    #[test]
    fn what_is_unclear_is_sent_again_once_at_most() {
        let lost = Outcome::Broken {
            phase: Phase::Body,
            text: String::new(),
        };
        assert_eq!(
            judged(&lost, Class::MustNotMiss, 1, 0).state,
            State::Ambiguous
        );
        assert_eq!(judged(&lost, Class::MustNotMiss, 2, 1).state, State::Held);
        assert_eq!(judged(&lost, Class::MustNotDouble, 1, 0).state, State::Held);
    }

    #[test]
    fn patience_ends_after_three_days() {
        let busy = Outcome::Refused {
            phase: Phase::Mail,
            code: 450,
            text: String::new(),
        };
        let start = DateTime::UNIX_EPOCH;
        let at = |hours| {
            judge(
                &busy,
                Class::MustNotMiss,
                20,
                0,
                start,
                start + TimeDelta::hours(hours),
            )
            .state
        };
        assert_eq!(at(60), State::Pending);
        assert_eq!(at(70), State::Dead);
    }
}
