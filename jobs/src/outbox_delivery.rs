//! Delivers the outbox, one letter at a time through each step: the one job that sees mail.

use std::{
    panic::AssertUnwindSafe,
    path::PathBuf,
    sync::{Mutex, PoisonError},
};

use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Tz;
use entity::{
    account,
    error::Fault,
    outbox::{
        Phase, State,
        commands::{self, Claimed},
        repository,
        rules::Outcome,
    },
    store::Store,
};
use futures::{FutureExt, StreamExt};
use url::Url;
use uuid::Uuid;

use crate::{
    job::{Run, file_name},
    mail::{
        MailError, Recipient, Sender,
        mime::Mail,
        transport::{Envelope, Failure, FolderTransport, Patience, SmtpTransport, Transport},
    },
};

/// Where letters go.
#[derive(Clone, Debug)]
pub enum Relay {
    /// A mail relay.
    Smtp {
        /// Its address, with user and password.
        url: Url,
        /// Whether it may be spoken to without TLS.
        plain: bool,
    },
    /// A folder of `.eml` files.
    Folder(PathBuf),
}

/// What the runner must be told.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The address people use.
    pub public_url: Url,
    /// The sender of all letters.
    pub mail_from: String,
    /// Holds all letters back.
    pub mail_hold: bool,
    /// Where letters go.
    pub relay: Relay,
    /// How long each step of a delivery may take.
    pub patience: Patience,
    /// Whether no other process can have this database: then a run that somebody else holds is that of a dead process.
    pub alone: bool,
}

impl Settings {
    /// What every mail has in common, or why the sender's address cannot be used.
    pub fn sender(&self, zone: Tz) -> Result<Sender, String> {
        Ok(Sender {
            from: self
                .mail_from
                .parse()
                .map_err(|error: lettre::address::AddressError| error.to_string())?,
            public_url: self.public_url.clone(),
            zone,
        })
    }
}

/// How many letters are on their way at once.
const PARALLEL: usize = 8;

/// The delivery: its words, its transport, and what it knows of the relay.
#[derive(Debug)]
pub struct Delivery {
    sender: Sender,
    transport: Box<dyn Transport>,
    holder: String,
    hold: bool,
    breaker: Mutex<Breaker>,
}

/// A relay that does not answer is left alone for a minute, then two, … at most ten.
#[derive(Debug, Default)]
struct Breaker {
    open_until: Option<DateTime<Utc>>,
    minutes: i64,
}

impl Delivery {
    pub(crate) fn open(settings: &Settings, zone: Tz, holder: String) -> Result<Self, String> {
        let sender = settings.sender(zone)?;
        let transport: Box<dyn Transport> = match &settings.relay {
            Relay::Smtp { url, plain } => Box::new(SmtpTransport::new(
                url,
                *plain,
                sender.from.email.domain(),
                settings.patience,
            )),
            Relay::Folder(folder) => Box::new(FolderTransport::new(folder)),
        };
        Ok(Self {
            sender,
            transport,
            holder,
            hold: settings.mail_hold,
            breaker: Mutex::default(),
        })
    }

    /// Whether a pass would do anything.
    pub(crate) async fn has_work(&self, store: &Store) -> Result<bool, Fault> {
        Ok(!self.hold
            && !self.is_open(store.now())
            && repository::any_due(store.db(), store.now()).await?)
    }

    /// Tries every letter that is due once.
    pub(crate) async fn pass(&self, run: &Run) -> Result<(), Fault> {
        let store = run.store();
        if self.hold || run.is_rehearsal() {
            return Ok(());
        }
        loop {
            let due = repository::due_by(store.db(), store.now(), 200).await?;
            if due.is_empty() || run.is_stopping() || self.is_open(store.now()) {
                return Ok(());
            }
            futures::stream::iter(due)
                .for_each_concurrent(PARALLEL, |id| async move {
                    if !run.is_stopping() && !self.is_open(store.now()) {
                        run.item(&format!("letter {id}"), self.deliver(store, id))
                            .await;
                    }
                })
                .await;
        }
    }

    async fn deliver(&self, store: &Store, id: Uuid) -> Result<(), String> {
        let text = |fault: Fault| fault.to_string();
        let Some(mut claimed) = commands::claim(store, id, &self.holder)
            .await
            .map_err(text)?
        else {
            return Ok(());
        };
        let outcome = self.attempt(store, &mut claimed).await.map_err(text)?;
        match &outcome {
            Outcome::Broken {
                phase: Phase::Connect,
                ..
            }
            | Outcome::Refused { code: 421, .. } => self.trip(store.now()),
            Outcome::Broken { .. } | Outcome::Unusable { .. } => {}
            Outcome::Accepted { .. } | Outcome::Refused { .. } => self.close(),
        }
        let state = commands::finish(store, &claimed, outcome.clone())
            .await
            .map_err(text)?;
        match state {
            State::Sent | State::Pending => Ok(()),
            _ => Err(format!("{state:?}: {outcome:?}")),
        }
    }

    async fn attempt(&self, store: &Store, claimed: &mut Claimed) -> Result<Outcome, Fault> {
        if claimed.letter.frozen.is_none() {
            match self.compose(store, claimed).await? {
                Ok((address, bytes)) => {
                    commands::freeze(store, claimed, &address, &bytes).await?;
                }
                Err(error) => {
                    return Ok(Outcome::Unusable {
                        text: error.to_string(),
                    });
                }
            }
        }
        let (Some(address), Some(bytes)) = (
            claimed.letter.address.clone(),
            claimed.letter.frozen.clone(),
        ) else {
            return Ok(Outcome::Unusable {
                text: "nothing to send".to_owned(),
            });
        };
        let Ok(to) = address.parse() else {
            return Ok(Outcome::Unusable {
                text: "the address is none".to_owned(),
            });
        };
        let envelope = Envelope {
            from: self.sender.from.email.clone(),
            to,
            file_name: file_name(
                claimed.letter.not_before,
                store.zone(),
                &claimed.letter.message_id,
            ),
        };
        let prepared = match self.transport.prepare(&envelope).await {
            Ok(prepared) => prepared,
            Err(failure) => return Ok(outcome(failure)),
        };
        // Committed before the first byte of the body: a crash from here on is unclear, never a silent repetition.
        if !prepared.may_repeat() {
            commands::reach(store, claimed, Phase::Body).await?;
        }
        Ok(match prepared.body(&bytes).await {
            Ok(accepted) => Outcome::Accepted {
                code: accepted.code,
                text: accepted.text,
            },
            Err(failure) => outcome(failure),
        })
    }

    async fn compose(
        &self,
        store: &Store,
        claimed: &Claimed,
    ) -> Result<Result<(String, Vec<u8>), MailError>, Fault> {
        let recipients =
            account::repository::named(store.db(), &[claimed.letter.recipient_id]).await?;
        let Some(person) = recipients.into_iter().next() else {
            return Err(Fault::NotFound);
        };
        let recipient = Recipient {
            name: person.name,
            address: person.login,
            language: person.language,
        };
        let attachments = repository::attachments_of(store.db(), claimed.letter.id).await?;
        // One bad name must not stop the others.
        let composed = AssertUnwindSafe(async {
            self.sender.compose(Mail {
                letter: &claimed.letter,
                recipient: &recipient,
                attachments: &attachments,
                unsubscribe: None,
                now: store.now(),
            })
        })
        .catch_unwind()
        .await
        .unwrap_or(Err(MailError::Panic));
        Ok(composed.map(|bytes| (recipient.address, bytes)))
    }

    fn is_open(&self, now: DateTime<Utc>) -> bool {
        self.breaker
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .open_until
            .is_some_and(|until| now < until)
    }

    fn trip(&self, now: DateTime<Utc>) {
        let mut breaker = self.breaker.lock().unwrap_or_else(PoisonError::into_inner);
        breaker.minutes = (breaker.minutes * 2).clamp(1, 10);
        breaker.open_until = Some(now + TimeDelta::minutes(breaker.minutes));
        tracing::warn!(minutes = breaker.minutes, "the mail relay is away");
    }

    fn close(&self) {
        *self.breaker.lock().unwrap_or_else(PoisonError::into_inner) = Breaker::default();
    }
}

fn outcome(failure: Failure) -> Outcome {
    match failure.code {
        Some(code) => Outcome::Refused {
            phase: failure.phase,
            code,
            text: failure.text,
        },
        None => Outcome::Broken {
            phase: failure.phase,
            text: failure.text,
        },
    }
}
