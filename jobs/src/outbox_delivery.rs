//! Delivers the outbox, one letter at a time through each step: the one job that sees mail.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use chrono_tz::Tz;
use entity::{
    absence::{self, rules::Leaves},
    account,
    address::mailable,
    calendar::{self, rules::Calendar},
    error::Fault,
    outbox::{
        Phase, State,
        commands::sending,
        hold, repository,
        rules::{self, Outcome},
    },
    store::Store,
};
use futures::{StreamExt, stream::FuturesUnordered};
use tokio::time::{Instant, timeout};
use uuid::Uuid;

use self::{
    breaker::Breakers,
    marker::Marker,
    queue::{Queue, Waiting},
    settings::no_mark,
};
use crate::{
    job::{Planned, PlannedWords, Run},
    mail::{
        Sender,
        transport::{FolderTransport, RelaySettings, SmtpTransport, Transport},
    },
    meters::Meters,
    runner::SetupError,
};

mod attempt;
mod breaker;
mod held;
mod marker;
mod plan;
mod queue;
mod settings;
mod wanted;

pub use self::settings::{Relay, Settings};

/// How many letters are on their way at once.
pub const PARALLEL: usize = 8;

/// How many due letters are looked at together.
const WINDOW: u64 = 10_000;

/// How often new letters are looked for while slow ones are on their way, and how often the database is asked whether it is back.
const LOOK_AGAIN: Duration = Duration::from_secs(5);

/// The delivery: its words, its transport, and what it knows of the relay.
#[derive(Debug)]
pub struct Delivery {
    sender: Sender,
    bounce_to: Option<lettre::Address>,
    transport: Box<dyn Transport>,
    holder: String,
    hold: bool,
    alone: bool,
    per_domain: usize,
    marker: Option<Marker>,
    breakers: Mutex<Breakers>,
    meters: Arc<Meters>,
}

impl Delivery {
    pub(crate) fn open(
        settings: &Settings,
        zone: Tz,
        holder: String,
        meters: Arc<Meters>,
    ) -> Result<Self, SetupError> {
        let sender = settings.sender(zone).map_err(SetupError::Sender)?;
        let bounce_to = settings
            .mail_bounce_to
            .as_ref()
            .map(|address| mailable(address).unwrap_or_else(|| address.clone()).parse())
            .transpose()
            .map_err(|error: lettre::address::AddressError| {
                SetupError::Sender(format!("mail_bounce_to: {error}"))
            })?;
        let marker = match settings.needed_mark() {
            Some(path) => Some(Marker::at(path).map_err(|error| no_mark(path, error))?),
            None => None,
        };
        let transport: Box<dyn Transport> = match &settings.relay {
            Relay::Smtp {
                url,
                plain,
                trusted,
            } => {
                let relay = RelaySettings {
                    url: url.clone(),
                    plain: *plain,
                    trusted: trusted.clone(),
                    patience: settings.patience,
                };
                Box::new(
                    SmtpTransport::new(&relay, sender.from.email.domain())
                        .map_err(|error| SetupError::Sender(format!("smtp_ca_file: {error}")))?,
                )
            }
            Relay::Folder(folder) => Box::new(FolderTransport::new(folder)),
        };
        Ok(Self {
            sender,
            bounce_to,
            transport,
            holder,
            hold: settings.mail_hold,
            alone: settings.alone,
            per_domain: settings.per_domain.clamp(1, PARALLEL),
            marker,
            breakers: Mutex::default(),
            meters,
        })
    }

    /// Whether nothing is sent now, because the relay does not answer.
    pub(crate) fn leaves_relay_alone(&self, store: &Store) -> bool {
        self.breakers().is_relay_open(store.now())
    }

    /// Whether a pass would do anything.
    pub(crate) async fn has_work(&self, store: &Store) -> Result<bool, Fault> {
        if self.hold || self.leaves_relay_alone(store) {
            return Ok(false);
        }
        if self.alone {
            sending::end_leases_of_others(store, &self.holder).await?;
        }
        Ok(repository::any_due(store.db(), store.now()).await? && !self.is_held(store).await?)
    }

    /// Puts the letters that a rehearsal would write into words.
    pub(crate) fn in_words(&self, mut planned: Vec<Planned>) -> Vec<Planned> {
        for letter in planned.iter_mut().filter_map(|one| one.letter.as_mut()) {
            letter.words = self
                .sender
                .render(letter.kind, &letter.facts, letter.language, None)
                .inspect_err(|error| tracing::error!(%error, "a letter cannot be put into words"))
                .ok()
                .map(|words| PlannedWords {
                    subject: words.subject,
                    text: words.text,
                });
        }
        planned
    }

    /// Tries every letter that is due once, several at a time. Goes on looking for new ones while slow ones are on their way.
    pub(crate) async fn pass(&self, run: &Run) -> Result<(), Fault> {
        let store = run.store();
        if run.is_rehearsal() || self.hold {
            return Ok(());
        }
        if self.alone {
            sending::end_leases_of_others(store, &self.holder).await?;
        }
        let grounds = Grounds {
            state: repository::mail_state(store.db()).await?,
            calendar: calendar::repository::in_force(store).await?,
            leaves: absence::repository::leaves(store.db()).await?,
        };
        let mut queue = Queue::default();
        let mut at_work = FuturesUnordered::new();
        let mut looked = None::<Instant>;
        let mut failed = None;
        loop {
            let looks = looked.is_none_or(|at| at.elapsed() >= LOOK_AGAIN);
            if looks {
                looked = Some(Instant::now());
                let look = async {
                    // Asked each time: somebody may hold mail back at this moment.
                    if run.is_stopping() || self.is_held(store).await? {
                        queue.clear();
                        return Ok(());
                    }
                    self.look(store, &mut queue).await
                };
                let (outcome, ended) = alongside(look, &mut at_work).await;
                ended.iter().for_each(|domain| queue.done(domain));
                if let Err(fault) = outcome {
                    // What is in hand comes to its end first.
                    queue.clear();
                    failed = Some(fault);
                }
            }
            while at_work.len() < PARALLEL && !run.is_stopping() {
                let now = store.now();
                let next = queue.next(self.per_domain, |domain| self.breakers().admit(domain, now));
                let Some(waiting) = next else { break };
                at_work.push(self.one(run, &grounds, waiting));
            }
            if at_work.is_empty() {
                if let Some(fault) = failed {
                    return Err(fault);
                }
                if looks {
                    return Ok(());
                }
                looked = None;
                continue;
            }
            if let Ok(Some(domain)) = timeout(LOOK_AGAIN, at_work.next()).await {
                queue.done(&domain);
            }
        }
    }

    /// Puts what is due, and was not in the queue before, into the queue.
    async fn look(&self, store: &Store, queue: &mut Queue) -> Result<(), Fault> {
        let mut due = repository::due_by(store.db(), store.now(), WINDOW).await?;
        due.retain(|letter| queue.is_new(letter));
        let mut people: Vec<Uuid> = due.iter().map(|letter| letter.recipient_id).collect();
        people.sort_unstable();
        people.dedup();
        let domains: HashMap<Uuid, String> = account::repository::named(store.db(), &people)
            .await?
            .into_iter()
            .map(|person| {
                let domain = person.login.rsplit('@').next().unwrap_or_default();
                (person.id, domain.to_owned())
            })
            .collect();
        queue.add(due.into_iter().map(|due| Waiting {
            domain: domains.get(&due.recipient_id).cloned().unwrap_or_default(),
            due,
        }));
        Ok(())
    }

    /// One letter; gives back its domain.
    async fn one(&self, run: &Run, grounds: &Grounds, waiting: Waiting) -> String {
        let Waiting { due, domain } = waiting;
        let work = async {
            let tried = self
                .deliver(run, grounds, due.id)
                .await
                .map_err(|fault| fault.to_string());
            match tried {
                Ok(Some((ended, outcome))) => {
                    self.learn(&domain, &outcome, run.store());
                    match ended {
                        // One whose time has passed is told to somebody by the job for it; the delivery has done what it could.
                        State::Sent | State::Pending | State::Ambiguous | State::Expired => Ok(()),
                        _ => Err(format!("{}: {}", rules::fate(ended).en, outcome.words())),
                    }
                }
                Ok(None) => {
                    self.breakers().untried(&domain);
                    Ok(())
                }
                Err(error) => {
                    self.breakers().untried(&domain);
                    Err(error)
                }
            }
        };
        run.item(&format!("letter {}", due.id), work).await;
        domain
    }

    /// What an attempt says about the relay and the domain.
    fn learn(&self, domain: &str, outcome: &Outcome, store: &Store) {
        let mut breakers = self.breakers();
        match outcome {
            Outcome::Broken {
                phase: Phase::Connect | Phase::Tls | Phase::Auth,
                ..
            }
            | Outcome::Refused {
                phase: Phase::Connect | Phase::Tls | Phase::Auth | Phase::Mail,
                ..
            } => breakers.relay_failed(store.now()),
            Outcome::Refused {
                phase: Phase::Rcpt,
                code: 421,
                ..
            } => breakers.domain_failed(domain, store.now()),
            Outcome::Refused { code: 421, .. } => breakers.relay_failed(store.now()),
            Outcome::Accepted { .. } | Outcome::Refused { .. } => breakers.answered(domain),
            Outcome::Broken { .. } | Outcome::Unusable { .. } | Outcome::Suppressed { .. } => {
                breakers.untried(domain);
            }
        }
    }

    fn breakers(&self) -> MutexGuard<'_, Breakers> {
        self.breakers.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Does `work` while the letters at work go on, and tells the domains of those that ended meanwhile. Waiting for `work` alone would
/// leave them standing with the database connections that it may need.
async fn alongside<T>(
    work: impl Future<Output = T>,
    at_work: &mut FuturesUnordered<impl Future<Output = String>>,
) -> (T, Vec<String>) {
    let mut work = std::pin::pin!(work);
    let mut ended = Vec::new();
    loop {
        tokio::select! {
            done = &mut work => return (done, ended),
            Some(domain) = at_work.next() => ended.push(domain),
        }
    }
}

/// What all letters of a pass are judged by.
struct Grounds {
    state: hold::Model,
    calendar: Calendar,
    leaves: Leaves,
}
