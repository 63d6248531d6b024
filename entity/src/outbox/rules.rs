//! When a letter is tried again, what becomes of an attempt, and what a person may decide about a letter.

use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;

use super::{Class, Kind, Model, Phase, State, hold, suppression};
use crate::{
    error::refusals,
    id::{is_signed, sha256_hex, sign},
    language::Text,
    text::clean_lines,
};

/// How long a letter is tried, counted from its first attempt. One that tells of a limit set by law is tried without end; after
/// this time somebody else is told as well.
pub const PATIENCE: TimeDelta = TimeDelta::hours(72);

/// How many bytes the files of one letter may have together: relays refuse mails beyond some 10 MiB, and base64 adds a third.
pub const LARGEST_ATTACHMENTS: usize = 7 << 20;

/// Which files of these sizes may go with one letter: the smaller ones first, as long as they fit together.
pub fn fitting(sizes: &[usize]) -> Vec<bool> {
    let mut by_size: Vec<usize> = (0..sizes.len()).collect();
    by_size.sort_by_key(|place| sizes[*place]);
    let mut fits = vec![false; sizes.len()];
    let mut together = 0;
    for place in by_size {
        together += sizes[place];
        fits[place] = together <= LARGEST_ATTACHMENTS;
    }
    fits
}

/// How long an unclear letter waits for its one re-send.
pub const RESEND_AFTER: TimeDelta = TimeDelta::minutes(30);

/// How long a letter waits that a relay which is away has held up: until the delivery of the next minute, which comes before a whole
/// minute has passed since the failure was known.
const NEXT_DELIVERY: TimeDelta = TimeDelta::seconds(50);

/// How long an official's address rests before one more letter is tried on it.
pub const PROBE_AFTER: TimeDelta = TimeDelta::hours(24);

/// How many letters of what has just happened a person gets on one day; the rest is in the next digest.
pub const MOST_A_DAY: u64 = 3;

/// Over how long bounces are counted.
pub const BOUNCES_OVER: TimeDelta = TimeDelta::days(7);

/// How many characters the reason of a decision may have.
pub const LONGEST_REASON: usize = 1000;

/// The left side of the Message-ID of the letter with this key: the same for ever, and never a machine's name.
pub fn message_id(key: &str) -> String {
    format!("{}.1", &sha256_hex(key.as_bytes())[..32])
}

/// What makes the return path of a letter its own: its id and a signature.
pub fn bounce_tag(key: &[u8], letter: Uuid) -> String {
    tag(key, "bounce", letter)
}

/// The letter whose return path this is, if this database has signed it.
pub fn bounced_letter(key: &[u8], tag: &str) -> Option<Uuid> {
    of_tag(key, "bounce", tag)
}

/// Whether so many of the letters that have gone came back that something is wrong: more than five in a hundred, of twenty or more.
pub fn bounces_too_often(sent: u64, bounced: u64) -> bool {
    sent >= 20 && bounced * 100 > sent * 5
}

/// What ends letters of the kind of this letter, to its recipient, by one click.
pub fn unsubscribe_token(key: &[u8], letter: Uuid) -> String {
    tag(key, "unsubscribe", letter)
}

/// The letter of this token, if this database has signed it.
pub fn unsubscribed_letter(key: &[u8], token: &str) -> Option<Uuid> {
    of_tag(key, "unsubscribe", token)
}

fn tag(key: &[u8], purpose: &str, letter: Uuid) -> String {
    let id = letter.simple();
    format!("{id}.{}", sign(key, &format!("{purpose}:{id}")))
}

fn of_tag(key: &[u8], purpose: &str, tag: &str) -> Option<Uuid> {
    let (id, signature) = tag.split_once('.')?;
    is_signed(key, &format!("{purpose}:{id}"), signature)
        .then(|| Uuid::try_parse(id).ok())
        .flatten()
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
    /// The address or the person takes no letters any more: nothing was tried.
    Suppressed {
        /// Why.
        text: String,
    },
}

impl Outcome {
    /// What was said, as people read it: the reply of the server with its code, or the error.
    pub fn words(&self) -> String {
        match self {
            Self::Accepted { code, text } | Self::Refused { code, text, .. } => {
                format!("{code} {text}")
            }
            Self::Broken { text, .. } | Self::Unusable { text } | Self::Suppressed { text } => {
                text.clone()
            }
        }
    }

    /// The same with the recipient's address masked: relays repeat it in their replies, and logs must not keep it.
    pub fn masking(mut self, address: &str) -> Self {
        let (Self::Accepted { text, .. }
        | Self::Refused { text, .. }
        | Self::Broken { text, .. }
        | Self::Unusable { text }
        | Self::Suppressed { text }) = &mut self;
        *text = text.replace(address, &masked(address));
        self
    }
}

/// What is known of a letter when its attempt is judged.
#[derive(Clone, Copy, Debug)]
pub struct Trial {
    /// Whether missing it or getting it twice is worse.
    pub class: Class,
    /// Whether it tells of a limit set by law.
    pub legal: bool,
    /// How many attempts were made, this one included.
    pub attempts: i32,
    /// How often it was sent again while unclear, this attempt included.
    pub resends: i32,
    /// When it was tried for the first time.
    pub trying_since: DateTime<Utc>,
    /// Worthless after.
    pub not_after: Option<DateTime<Utc>>,
    /// Now.
    pub now: DateTime<Utc>,
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

/// Judges an attempt.
pub fn judge(outcome: &Outcome, trial: &Trial) -> Verdict {
    let now = trial.now;
    let verdict = |state, next_attempt_at, counts| Verdict {
        state,
        next_attempt_at,
        counts,
    };
    let ended = |state| verdict(state, now, true);
    let retry = |counts| {
        // What says nothing about the letter does not make it wait longer.
        let mut next = now
            + if counts {
                retry_after(trial.attempts)
            } else {
                NEXT_DELIVERY
            };
        if !trial.legal && next > trial.trying_since + PATIENCE {
            return ended(State::Dead);
        }
        if let Some(end) = trial.not_after
            && next > end
        {
            // One more try before it is worthless, if there is time for one.
            let last = end - TimeDelta::seconds(1);
            if last <= now {
                return ended(State::Expired);
            }
            next = last;
        }
        verdict(State::Pending, next, counts)
    };
    match outcome {
        Outcome::Accepted { .. } => ended(State::Sent),
        Outcome::Unusable { .. } => ended(State::Dead),
        Outcome::Suppressed { .. } => verdict(State::Suppressed, now, false),
        // A relay that refuses us or our sender, not the letter: an operator mends it, and the letter waits.
        Outcome::Refused {
            phase: Phase::Connect | Phase::Tls | Phase::Auth | Phase::Mail,
            ..
        }
        | Outcome::Refused { code: 421, .. } => retry(false),
        Outcome::Refused { code, text, .. } if is_unknown_address(*code, text) => {
            ended(State::Suppressed)
        }
        Outcome::Refused { code, .. } if *code >= 500 => ended(State::Dead),
        Outcome::Refused { .. } => retry(true),
        Outcome::Broken {
            phase: Phase::Body, ..
        } => match trial.class {
            Class::MustNotMiss if trial.resends == 0 => {
                verdict(State::Ambiguous, now + RESEND_AFTER, true)
            }
            Class::MustNotMiss | Class::MustNotDouble => ended(State::Held),
        },
        Outcome::Broken {
            phase: Phase::Connect | Phase::Tls | Phase::Auth,
            ..
        } => retry(false),
        Outcome::Broken { .. } => retry(true),
    }
}

/// Whether a reply says that there is no such address (RFC 3463, X.1.1 to X.1.3, X.1.6 and X.1.10). X.1.7 and X.1.8 are about
/// the sender.
pub fn is_unknown_address(code: i32, text: &str) -> bool {
    code >= 500
        && ["5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10"]
            .iter()
            .any(|status| {
                text.split(|c: char| !c.is_ascii_digit() && c != '.')
                    .any(|word| word == *status)
            })
}

/// Whether a letter may be tried on an address that was given up: an official's is probed once more after a day, because a
/// warning that reaches nobody is worse than a second refusal.
pub fn may_try(suppressed: &suppression::Model, official: bool, now: DateTime<Utc>) -> bool {
    official && suppressed.refusals == 1 && suppressed.since + PROBE_AFTER <= now
}

/// Who is told that a letter reaches nobody.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Escalation {
    /// Whoever stands in for its recipient, or is above.
    StandIn,
    /// The supervisor: its time passed in silence.
    Supervisor,
    /// The administrator: it is about an account, about the mail itself, or waits for a decision about mail.
    Administrator,
}

/// Who is told that this letter reaches nobody.
pub fn escalation(letter: &Model) -> Escalation {
    if letter.kind.is_secret() || letter.kind == Kind::Undelivered || letter.state == State::Held {
        Escalation::Administrator
    } else if letter.state == State::Expired {
        Escalation::Supervisor
    } else {
        Escalation::StandIn
    }
}

/// What has become of a letter that reaches nobody, in words.
pub fn fate(state: State) -> Text {
    match state {
        State::Held => Text::new(
            "结果不明，等待管理员处理",
            "unclear, waiting for the administrator",
        ),
        State::Expired => Text::new("过期未发", "expired before it could be sent"),
        State::Suppressed => {
            Text::new("地址或账户已停用", "the address or the account is disabled")
        }
        State::Dead => Text::new("投递失败", "permanently refused"),
        State::Pending
        | State::Ambiguous
        | State::Sending
        | State::Sent
        | State::Cancelled
        | State::Superseded => Text::new(
            "三天仍未送达，继续尝试",
            "not delivered in three days, still being retried",
        ),
    }
}

/// An address as logs and lists show it: `z***@park.example`.
pub fn masked(address: &str) -> String {
    match address.rsplit_once('@') {
        Some((local, domain)) => {
            let first: String = local.chars().take(1).collect();
            format!("{first}***@{domain}")
        }
        None => "***".to_owned(),
    }
}

refusals! {
    /// Why a decision about a letter, or about all mail, is refused.
    pub enum LetterError as "LetterErrorCode" {
        /// A decision needs its reason.
        ReasonMissing = "REASON_MISSING", "请说明理由。", "Enter a reason.";
        /// The reason is too long.
        ReasonTooLong = "REASON_TOO_LONG", "理由不得超过 1000 字。", "The reason may have at most 1000 characters.";
        /// The letter has gone.
        AlreadySent = "ALREADY_SENT", "邮件已经发出，无法重发或撤销。", "The e-mail has been sent: it can be neither sent again nor discarded.";
        /// Somebody is handing it to the mail server at this moment.
        BeingSent = "BEING_SENT", "邮件正在投递，请稍后再试。", "The e-mail is being delivered: try again in a moment.";
        /// It was discarded.
        AlreadyDropped = "ALREADY_DROPPED", "邮件已被撤销。", "The e-mail has already been discarded.";
        /// A later letter has taken its place.
        Superseded = "SUPERSEDED",
            "邮件已被后来的邮件取代，请查看收件人的最新邮件。",
            "A later e-mail has replaced this one: see the latest e-mail to this recipient.";
        /// The link in it no longer works.
        LinkExpired = "LINK_EXPIRED",
            "邮件中的链接已失效，请重新发送邀请或重置链接。",
            "The link in the e-mail is no longer valid: send a new invitation or reset link.";
        /// Mail is not on hold.
        NotHeld = "NOT_HELD", "邮件未处于停发状态。", "Mail is not on hold.";
        /// Mail is already on hold.
        AlreadyHeld = "ALREADY_HELD", "邮件已处于停发状态。", "Mail is already on hold.";
    }
}

/// The reason of a decision, without the blanks around it.
pub fn reason(text: &str) -> Result<String, LetterError> {
    let reason = clean_lines(text);
    match reason.chars().count() {
        0 => Err(LetterError::ReasonMissing),
        1..=LONGEST_REASON => Ok(reason),
        _ => Err(LetterError::ReasonTooLong),
    }
}

/// Whether a person may have this letter tried again now.
pub fn may_retry(
    (kind, state): (Kind, State),
    not_after: Option<DateTime<Utc>>,
    now: DateTime<Utc>,
) -> Result<(), LetterError> {
    may_drop(state)?;
    if kind.is_secret() && not_after.is_some_and(|end| end <= now) {
        return Err(LetterError::LinkExpired);
    }
    Ok(())
}

/// Whether a person may hold all mail back.
pub fn may_hold(mail: &hold::Model) -> Result<(), LetterError> {
    match mail.hold {
        Some(_) => Err(LetterError::AlreadyHeld),
        None => Ok(()),
    }
}

/// Whether a person may drop this letter.
pub fn may_drop(state: State) -> Result<(), LetterError> {
    match state {
        State::Sent => Err(LetterError::AlreadySent),
        State::Sending => Err(LetterError::BeingSent),
        State::Cancelled => Err(LetterError::AlreadyDropped),
        State::Superseded => Err(LetterError::Superseded),
        State::Pending
        | State::Ambiguous
        | State::Held
        | State::Dead
        | State::Expired
        | State::Suppressed => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const START: DateTime<Utc> = DateTime::UNIX_EPOCH;

    fn trial() -> Trial {
        Trial {
            class: Class::MustNotMiss,
            legal: false,
            attempts: 1,
            resends: 0,
            trying_since: START,
            not_after: None,
            now: START,
        }
    }

    fn refused(phase: Phase, code: i32, text: &str) -> Outcome {
        Outcome::Refused {
            phase,
            code,
            text: text.to_owned(),
        }
    }

    fn broken(phase: Phase) -> Outcome {
        Outcome::Broken {
            phase,
            text: String::new(),
        }
    }

    #[test]
    fn every_reply_at_every_step_has_one_meaning() {
        use Phase::*;
        use State::*;
        let table = [
            (refused(Connect, 554, ""), Pending, false),
            (refused(Tls, 454, ""), Pending, false),
            (refused(Auth, 535, ""), Pending, false),
            (refused(Mail, 451, ""), Pending, false),
            (refused(Mail, 550, ""), Pending, false),
            (refused(Rcpt, 421, ""), Pending, false),
            (refused(Rcpt, 450, ""), Pending, true),
            (refused(Rcpt, 550, ""), Dead, true),
            (refused(Rcpt, 550, "5.1.1 no such user"), Suppressed, true),
            (refused(Rcpt, 550, "5.7.1 not here"), Dead, true),
            (refused(Data, 451, ""), Pending, true),
            (refused(Data, 554, ""), Dead, true),
            (refused(Body, 452, ""), Pending, true),
            (refused(Body, 552, ""), Dead, true),
            (broken(Connect), Pending, false),
            (broken(Tls), Pending, false),
            (broken(Auth), Pending, false),
            (broken(Mail), Pending, true),
            (broken(Rcpt), Pending, true),
            (broken(Data), Pending, true),
            (broken(Body), Ambiguous, true),
        ];
        for (outcome, state, counts) in table {
            let verdict = judge(&outcome, &trial());
            assert_eq!(
                (verdict.state, verdict.counts),
                (state, counts),
                "{outcome:?}"
            );
        }
    }

    #[test]
    fn the_files_that_fit_together_go_with_a_letter() {
        let most = LARGEST_ATTACHMENTS;
        assert!(fitting(&[]).is_empty());
        assert_eq!(fitting(&[most]), [true]);
        assert_eq!(fitting(&[most + 1, 10]), [false, true]);
        assert_eq!(fitting(&[most - 9, 5, 5]), [false, true, true]);
    }

    #[test]
    fn what_is_unclear_is_sent_again_once_at_most() {
        let lost = broken(Phase::Body);
        let judged = |class, resends| {
            judge(
                &lost,
                &Trial {
                    class,
                    resends,
                    ..trial()
                },
            )
        };
        let first = judged(Class::MustNotMiss, 0);
        assert_eq!(first.state, State::Ambiguous);
        assert_eq!(first.next_attempt_at, START + TimeDelta::minutes(30));
        assert_eq!(judged(Class::MustNotMiss, 1).state, State::Held);
        assert_eq!(judged(Class::MustNotDouble, 0).state, State::Held);
    }

    #[test]
    fn the_waits_are_those_of_the_rule_and_end_after_three_days_unless_the_limit_is_set_by_law() {
        let busy = refused(Phase::Rcpt, 450, "");
        let (mut now, mut waits) = (START, Vec::new());
        for attempts in 1.. {
            let verdict = judge(
                &busy,
                &Trial {
                    attempts,
                    now,
                    ..trial()
                },
            );
            if verdict.state != State::Pending {
                assert_eq!(verdict.state, State::Dead);
                break;
            }
            waits.push((verdict.next_attempt_at - now).num_minutes());
            now = verdict.next_attempt_at;
        }
        assert_eq!(waits[..9], [1, 5, 15, 30, 60, 120, 240, 240, 240]);
        assert!(now <= START + PATIENCE && now > START + PATIENCE - TimeDelta::hours(4));
        let legal = Trial {
            attempts: 100,
            legal: true,
            now: START + TimeDelta::days(30),
            ..trial()
        };
        assert_eq!(judge(&busy, &legal).state, State::Pending);
    }

    #[test]
    fn a_letter_is_tried_once_more_before_it_is_worthless_and_then_expires() {
        let busy = refused(Phase::Rcpt, 450, "");
        let end = START + TimeDelta::minutes(20);
        let at = |now| {
            judge(
                &busy,
                &Trial {
                    attempts: 4,
                    not_after: Some(end),
                    now,
                    ..trial()
                },
            )
        };
        let first = at(START);
        assert_eq!(first.state, State::Pending);
        assert_eq!(first.next_attempt_at, end - TimeDelta::seconds(1));
        assert_eq!(at(first.next_attempt_at).state, State::Expired);
    }

    #[test]
    fn only_the_recipients_address_is_given_up() {
        for (code, text, unknown) in [
            (550, "5.1.1 <x@y.example>: no such user", true),
            (550, "permanent error (550): 5.1.10 null MX", true),
            (550, "5.1.7 bad sender", false),
            (550, "5.1.8 bad sender's domain", false),
            (550, "15.1.1 is no status", false),
            (450, "5.1.1 says one thing, the code another", false),
            (550, "mailbox unavailable", false),
        ] {
            assert_eq!(is_unknown_address(code, text), unknown, "{text}");
        }
    }

    #[test]
    fn an_officials_address_is_probed_once_after_a_day() {
        let row = |refusals| suppression::Model {
            address: "x@park.example".to_owned(),
            since: START,
            refused_at: START,
            refusals,
            letter_id: Uuid::nil(),
            reason: String::new(),
        };
        let day = START + PROBE_AFTER;
        assert!(!may_try(&row(1), true, day - TimeDelta::seconds(1)));
        assert!(may_try(&row(1), true, day));
        assert!(!may_try(&row(2), true, day + TimeDelta::days(30)));
        assert!(!may_try(&row(1), false, day));
    }

    #[test]
    fn an_address_is_shown_masked() {
        assert_eq!(masked("zhang.wei@park.example"), "z***@park.example");
        assert_eq!(masked("@"), "***@");
        assert_eq!(masked("nothing"), "***");
    }

    #[test]
    fn a_tag_names_its_letter_for_its_purpose_and_fits_an_address() {
        let (key, letter) = (b"key".as_slice(), Uuid::from_u128(7));
        let tag = bounce_tag(key, letter);
        assert!("bounces+".len() + tag.len() <= 64);
        assert_eq!(bounced_letter(key, &tag), Some(letter));
        assert_eq!(unsubscribed_letter(key, &tag), None);
        assert_eq!(bounced_letter(b"other", &tag), None);
        let other = tag.replacen("07.", "08.", 1);
        assert_eq!(bounced_letter(key, &other), None, "forged");
        let token = unsubscribe_token(key, letter);
        assert_eq!(unsubscribed_letter(key, &token), Some(letter));
    }

    #[test]
    fn a_reason_is_wanted() {
        assert_eq!(reason("  "), Err(LetterError::ReasonMissing));
        assert_eq!(reason(&"长".repeat(1001)), Err(LetterError::ReasonTooLong));
        assert_eq!(reason(" 已电话通知 ").as_deref(), Ok("已电话通知"));
    }
}
