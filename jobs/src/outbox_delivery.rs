//! Delivers the outbox, one letter at a time through each step: the one job that sees mail.

use std::{
    collections::HashMap,
    panic::AssertUnwindSafe,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use chrono::{NaiveDate, TimeDelta};
use chrono_tz::Tz;
use entity::{
    absence::{self, rules::Leaves},
    account,
    address::mailable,
    calendar::{self, rules::Calendar},
    error::Fault,
    outbox::{
        self, Kind, Phase, State,
        commands::{
            self,
            sending::{self, Claimed, Frozen, Taken},
        },
        hold::{self, Hold},
        repository,
        rules::{self, Outcome},
    },
    preference::{
        self,
        rules::{Decision, decide},
    },
    store::Store,
    viewer::{Role, Viewer},
};
use futures::{FutureExt, StreamExt, stream::FuturesUnordered};
use tokio::time::{Instant, interval, timeout};
use url::Url;
use uuid::Uuid;

use self::{
    breaker::Breakers,
    marker::{Age, Marker},
    queue::{Queue, Waiting},
};
use crate::{
    deadline_warnings::{is_out_of_date, renew},
    job::{Planned, PlannedWords, Run, file_name},
    mail::{
        MailError, OnBehalf, Recipient, Sender,
        mime::Mail,
        transport::{
            Envelope, Failure, FolderTransport, Patience, RelaySettings, SmtpTransport, Transport,
        },
    },
    meters::Meters,
    report::Press,
    runner::SetupError,
};

mod breaker;
mod marker;
mod queue;

/// Where letters go.
#[derive(Clone, Debug)]
pub enum Relay {
    /// A mail relay.
    Smtp {
        /// Its address, with user and password.
        url: Url,
        /// Whether it may be spoken to without TLS.
        plain: bool,
        /// Certificates (PEM) trusted beside those of the system.
        trusted: Vec<u8>,
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
    /// Where letters that come back go: each gets a return path of its own below this address. Without it they come back to the
    /// sender, and nobody reads them.
    pub mail_bounce_to: Option<String>,
    /// Holds all letters back.
    pub mail_hold: bool,
    /// Where letters go.
    pub relay: Relay,
    /// How many letters may be on their way to one domain at once.
    pub per_domain: usize,
    /// The mark beside the service by which a restored backup is noticed, where letters go to a relay.
    pub mark: Option<PathBuf>,
    /// How long each step of a delivery may take.
    pub patience: Patience,
    /// Whether no other process can have this database: then a run that somebody else holds is that of a dead process.
    pub alone: bool,
    /// What makes the files of reports.
    pub press: Press,
}

impl Settings {
    /// What every mail has in common, or why the sender's address cannot be used.
    pub fn sender(&self, zone: Tz) -> Result<Sender, String> {
        let wrong = |error: lettre::address::AddressError| format!("mail_from: {error}");
        let mut from: lettre::message::Mailbox = self.mail_from.parse().map_err(wrong)?;
        // A domain in Chinese travels as the network knows it.
        if let Some(address) = mailable(from.email.as_ref()) {
            from.email = address.parse().map_err(wrong)?;
        }
        Ok(Sender {
            from,
            public_url: self.public_url.clone(),
            zone,
        })
    }

    /// Says what is wrong, if no delivery can be opened with these settings. Makes nothing.
    pub fn check(&self, zone: Tz) -> Result<(), SetupError> {
        if let Some(path) = self.needed_mark() {
            Marker::check(path).map_err(|error| no_mark(path, error))?;
        }
        let unmarked = Self {
            mark: None,
            ..self.clone()
        };
        Delivery::open(&unmarked, zone, String::new(), Arc::new(Meters::of(&[]))).map(drop)
    }

    /// Where the mark is, if one is needed: what lies in the local mailbox may be written twice, so only a relay needs one.
    fn needed_mark(&self) -> Option<&Path> {
        let by_relay = matches!(self.relay, Relay::Smtp { .. });
        self.mark.as_deref().filter(|_| by_relay)
    }
}

fn no_mark(path: &Path, error: std::io::Error) -> SetupError {
    SetupError::Mark {
        path: path.to_owned(),
        error,
    }
}

/// How many letters are on their way at once.
pub const PARALLEL: usize = 8;

/// How many due letters are looked at together.
const WINDOW: u64 = 10_000;

/// For how long a machine with a fitting mark speaks for those beside it that have none yet.
const VOUCHED_FOR: TimeDelta = TimeDelta::minutes(3);

/// Why mail is held when the database is older than the mark.
const OLDER: &str = "数据库由备份恢复，早于本机最后发出的信件：请核对备份之后可能已发出的信件，再按日期放行 / restored from a backup that is \
                     older than the last letter sent from here: see which letters may have gone out since, then release mail by day";

/// Why mail is held when there is no mark.
const UNMARKED: &str = "数据库已通过邮件服务器发过信，而本机没有发信标记（新机器、标记丢失，或由备份恢复）：请核对备份之后可能已发出的信件，再按日期\
                        放行 / this database has sent letters by a relay, and there is no mark of them here (a new machine, a lost mark, or a \
                        restored backup): see which letters may have gone out since, then release mail by day";

/// How often new letters are looked for while slow ones are on their way, and how often the database is asked whether it is back.
const LOOK_AGAIN: Duration = Duration::from_secs(5);

/// How often the sender of a letter gives a sign of life: thrice within the lease.
const SIGN_OF_LIFE: Duration = Duration::from_secs(15);

/// For how long a letter is left to the machine that has its key.
const SEALED_BY_ANOTHER: TimeDelta = TimeDelta::minutes(10);

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

    /// Whether all letters are held back, by the setting, by a person, or because the database was restored.
    async fn is_held(&self, store: &Store) -> Result<bool, Fault> {
        if self.hold {
            return Ok(true);
        }
        let state = repository::mail_state(store.db()).await?;
        match (&self.marker, state.hold) {
            (Some(marker), None) => self.is_restored(store, marker, &state).await,
            (Some(marker), Some(Hold::Restore)) => {
                if let Age::Older(remembered) = marker.age_of(&state) {
                    commands::hold_after_restore(store, remembered, OLDER).await?;
                }
                // The hold is known to the database, so no copy without it fits this mark any more.
                self.keep(marker, &state, state.let_out);
                Ok(true)
            }
            (_, hold) => Ok(hold.is_some()),
        }
    }

    /// Whether this database may be older than what was sent: then mail is held from now on. Where it is not, the mark here follows
    /// what all machines have sent, and speaks for machines that have none yet.
    async fn is_restored(
        &self,
        store: &Store,
        marker: &Marker,
        state: &hold::Model,
    ) -> Result<bool, Fault> {
        let age = marker.age_of(state);
        let now = store.database_now().await?;
        let vouched = |within| !self.alone && state.vouched_at.is_some_and(|at| now - at < within);
        let (remembered, reason) = match age {
            Age::Older(remembered) => (remembered, OLDER),
            Age::Unmarked if state.let_out > 0 && !vouched(VOUCHED_FOR) => (0, UNMARKED),
            Age::Fits | Age::Unmarked => {
                self.keep(marker, state, state.let_out);
                if !self.alone && !vouched(VOUCHED_FOR / 3) {
                    commands::vouch(store, now).await?;
                }
                return Ok(false);
            }
        };
        tracing::error!(?age, let_out = state.let_out, "mail is held: {reason}");
        let let_out = commands::hold_after_restore(store, remembered, reason).await?;
        self.keep(marker, state, let_out);
        Ok(true)
    }

    /// Looks whether the mark fits: at once at the start, and again as long as the service lives.
    pub(crate) async fn look_at_mark(&self, store: &Store) -> Result<(), Fault> {
        if self.marker.is_some() {
            self.is_held(store).await?;
        }
        Ok(())
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
            calendar: calendar::repository::in_force(store.db()).await?,
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

    /// Nothing when the letter was not due after all, was given back, or its reader does not want it now.
    async fn deliver(
        &self,
        run: &Run,
        grounds: &Grounds,
        id: Uuid,
    ) -> Result<Option<(State, Outcome)>, Fault> {
        let state = &grounds.state;
        // A letter has a lease of its own. What the relay said is written even when the run was lost meanwhile: forgotten, it would
        // be a second copy.
        let store = &run.store().unfenced();
        let Some(letter) = repository::due(store.db(), id, store.now()).await? else {
            return Ok(None);
        };
        let is_over = letter.not_after.is_some_and(|end| end < store.now());
        let letter = match commands::secret::opened(store.seal(), &letter) {
            Some(opened) => opened,
            None if is_over => letter,
            None => {
                tracing::error!(letter = %letter.id, "it is sealed by a key that is not in the seal file of this machine");
                commands::put_off(store, &letter, store.now() + SEALED_BY_ANOTHER).await?;
                return Ok(None);
            }
        };
        let again = letter.state == State::Ambiguous;
        if !self.is_wanted(run, store, grounds, &letter).await? {
            return Ok(None);
        }
        let plan = self.plan(store, state, &letter).await?;
        let frozen = plan.as_ref().ok().and_then(|plan| plan.frozen.clone());
        let mut claimed = match sending::claim(store, letter, &self.holder, frozen).await? {
            Taken::Claimed(claimed) => *claimed,
            Taken::Gone => return Ok(None),
            Taken::Settled(ended) => {
                let text = "its time passed, or its sender died while the body was on its way";
                let outcome = Outcome::Unusable {
                    text: text.to_owned(),
                };
                self.meters.attempted(ended, &outcome, false);
                return Ok(Some((ended, outcome)));
            }
        };
        let outcome = match plan {
            Err(outcome) => outcome,
            Ok(plan) => {
                claimed.probe = plan.probe;
                let letter = claimed.letter.id;
                let attempt = self.attempt(run, state, &mut claimed, &plan.envelope);
                let attempt = self.holding(store, letter, attempt);
                match AssertUnwindSafe(attempt).catch_unwind().await {
                    Ok(attempted) => match attempted? {
                        Some(outcome) => outcome.masking(plan.envelope.to.as_ref()),
                        None => {
                            let wait = if run.is_stopping() {
                                TimeDelta::zero()
                            } else {
                                rules::retry_after(1)
                            };
                            sending::release(store, &claimed, store.now() + wait).await?;
                            return Ok(None);
                        }
                    },
                    Err(_) if claimed.letter.phase == Some(Phase::Body) => Outcome::Broken {
                        phase: Phase::Body,
                        text: "sending panicked".to_owned(),
                    },
                    Err(_) => Outcome::Unusable {
                        text: "sending panicked".to_owned(),
                    },
                }
            }
        };
        // In a task of its own: it ends even when the run is lost meanwhile.
        let recorded = tokio::spawn(record(store.clone(), claimed, outcome.clone())).await;
        let ended = recorded.map_err(|error| Fault::Internal(error.to_string()))??;
        self.meters.attempted(ended, &outcome, again);
        Ok(Some((ended, outcome)))
    }

    /// Does `work` while other senders know that this letter is in good hands.
    async fn holding<T>(&self, store: &Store, letter: Uuid, work: impl Future<Output = T>) -> T {
        let mut work = std::pin::pin!(work);
        let mut beat = interval(SIGN_OF_LIFE);
        beat.tick().await;
        loop {
            tokio::select! {
                done = &mut work => return done,
                _ = beat.tick() => {
                    if let Err(error) = sending::hold_on(store, letter, &self.holder).await {
                        tracing::warn!(%letter, %error, "no sign of life could be given for a letter");
                    }
                }
            }
        }
    }

    /// Whether a letter may go now, asked before every attempt. If not, it waits for a time at which its reader wants it, goes to whoever
    /// stands in, is replaced by one that says what is true now, or never goes.
    async fn is_wanted(
        &self,
        run: &Run,
        store: &Store,
        grounds: &Grounds,
        letter: &outbox::Model,
    ) -> Result<bool, Fault> {
        if letter.state == State::Sending && letter.phase == Some(Phase::Body) {
            // Its sender died after the line: nothing is sent, and what became of it is settled.
            return Ok(true);
        }
        let calendar = &grounds.calendar;
        let wishes = preference::repository::of(store.db(), letter.recipient_id).await?;
        let decision = decide(&wishes, letter.kind, store.now(), store.zone(), calendar);
        let stand_in = grounds.leaves.stand_in(letter.recipient_id);
        let stand_in = stand_in.filter(|(leave, _)| follows(letter, leave, store.today()));
        let kept_back = match (decision, stand_in) {
            (Decision::Drop, _) => commands::switched_off(store, letter).await,
            (Decision::Wait(until), _) if stand_in.is_none() || letter.kind.is_of_its_day() => {
                commands::put_off(store, letter, until).await
            }
            _ if letter.state != State::Ambiguous
                && is_out_of_date(letter, &wishes, store, calendar) =>
            {
                replace(run, calendar, letter).await
            }
            (_, Some((leave, deputy))) => {
                absence::commands::deliver_to_deputy(store, letter, leave, deputy).await
            }
            (_, None) => return Ok(true),
        };
        match kept_back {
            // Somebody else was faster: it is his letter now.
            Ok(()) | Err(Fault::Conflict(_)) => Ok(false),
            Err(fault) => Err(fault),
        }
    }

    /// One attempt; nothing when the service ends before the body has begun, or the mark cannot be set.
    async fn attempt(
        &self,
        run: &Run,
        state: &hold::Model,
        claimed: &mut Claimed,
        envelope: &Envelope,
    ) -> Result<Option<Outcome>, Fault> {
        let Some(bytes) = claimed.letter.frozen.clone() else {
            return Ok(Some(Outcome::Unusable {
                text: "nothing to send".to_owned(),
            }));
        };
        let prepared = tokio::select! {
            prepared = self.transport.prepare(envelope) => prepared,
            () = run.stopped() => return Ok(None),
        };
        let prepared = match prepared {
            Ok(prepared) => prepared,
            Err(failure) => return Ok(Some(outcome(failure))),
        };
        // Committed before the first byte of the body: a crash from here on is unclear, never a silent repetition.
        if !prepared.may_repeat() {
            let let_out = sending::reach_body(&run.store().unfenced(), claimed).await?;
            if let Some(marker) = &self.marker
                && !self.keep(marker, state, let_out)
            {
                // Sent without a mark, it would be sent again by a restored backup: it waits.
                return Ok(None);
            }
        }
        Ok(Some(match prepared.body(&bytes).await {
            Ok(accepted) => Outcome::Accepted {
                code: accepted.code,
                text: accepted.text,
            },
            Err(failure) => outcome(failure),
        }))
    }

    /// Lets the mark remember what was let out; says whether it does.
    fn keep(&self, marker: &Marker, state: &hold::Model, let_out: i64) -> bool {
        let kept = marker.remember(state.database_id, let_out);
        if let Err(error) = &kept {
            tracing::error!(%error, "the mark beside the service cannot be set: letters wait until it can");
        }
        kept.is_ok()
    }

    /// Where a letter goes, and its bytes if they are not fixed yet. An error is the end of the letter.
    async fn plan(
        &self,
        store: &Store,
        state: &hold::Model,
        letter: &outbox::Model,
    ) -> Result<Result<Plan, Outcome>, Fault> {
        let unusable = |text: String| Ok(Err(Outcome::Unusable { text }));
        let suppressed = |text: &str| {
            Ok(Err(Outcome::Suppressed {
                text: text.to_owned(),
            }))
        };
        let people = account::repository::named(store.db(), &[letter.recipient_id]).await?;
        let Some(person) = people.into_iter().next() else {
            return unusable("nobody to send it to".to_owned());
        };
        if person.disabled_at.is_some() {
            return suppressed("the account is disabled");
        }
        let address = letter
            .address
            .clone()
            .unwrap_or_else(|| person.mail_address());
        let given_up = repository::suppressed(store.db(), &address).await?;
        if let Some(row) = &given_up
            && !rules::may_try(row, person.role != Role::Enterprise, store.now())
        {
            return suppressed("the address was given up: nobody has it");
        }
        let to = match address.parse::<lettre::Address>() {
            Ok(to) => to,
            Err(error) => return unusable(format!("the address is none: {error}")),
        };
        let frozen = match letter.frozen {
            Some(_) => None,
            None => match self.freeze(store, state, letter, &person).await? {
                Ok(bytes) => Some(Frozen { address, bytes }),
                Err(error) => return unusable(error.to_string()),
            },
        };
        Ok(Ok(Plan {
            envelope: Envelope {
                from: self.return_path(state, letter),
                to,
                file_name: file_name(letter.not_before, store.zone(), &letter.message_id),
            },
            frozen,
            probe: given_up.is_some(),
        }))
    }

    /// The bytes of a letter. Rendering may fail or even panic: it is this letter's end, and no other's.
    async fn freeze(
        &self,
        store: &Store,
        state: &hold::Model,
        letter: &outbox::Model,
        person: &account::Model,
    ) -> Result<Result<Vec<u8>, MailError>, Fault> {
        let attachments = repository::attachments_of(store.db(), letter.id).await?;
        let recipient = Recipient {
            name: person.name.clone(),
            address: person.mail_address(),
            language: person.language,
        };
        let on_behalf = on_behalf(store, letter, person).await?;
        let unsubscribe = letter
            .kind
            .is_optional()
            .then(|| self.unsubscribe(state, letter))
            .flatten();
        let composed = std::panic::catch_unwind(AssertUnwindSafe(|| {
            self.sender.compose(Mail {
                letter,
                recipient: &recipient,
                attachments: &attachments,
                on_behalf: on_behalf.as_ref(),
                unsubscribe: unsubscribe.as_ref(),
                now: store.now(),
            })
        }));
        Ok(composed.unwrap_or(Err(MailError::Panic)))
    }

    /// The sender of the envelope: an address of this letter's own, signed, so that what comes back is known and cannot be forged.
    fn return_path(&self, state: &hold::Model, letter: &outbox::Model) -> lettre::Address {
        let own = self.bounce_to.as_ref().and_then(|address| {
            let tag = rules::bounce_tag(&state.signing_key, letter.id);
            let local = format!("{}+{tag}", address.user());
            lettre::Address::new(local, address.domain()).ok()
        });
        own.unwrap_or_else(|| self.sender.from.email.clone())
    }

    /// Where a mail program ends letters of this kind.
    fn unsubscribe(&self, state: &hold::Model, letter: &outbox::Model) -> Option<Url> {
        let token = rules::unsubscribe_token(&state.signing_key, letter.id);
        self.sender
            .public_url
            .join(&format!("/unsubscribe/{token}"))
            .ok()
    }

    fn breakers(&self) -> MutexGuard<'_, Breakers> {
        self.breakers.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Writes down what came of an attempt. What a relay has said is said once: while the database is away it is kept, and written when the
/// database is back.
async fn record(store: Store, claimed: Claimed, outcome: Outcome) -> Result<State, Fault> {
    let mut again = interval(LOOK_AGAIN);
    loop {
        again.tick().await;
        match sending::finish(&store, &claimed, &outcome).await {
            Err(fault) if fault.is_away() => {
                tracing::warn!(letter = %claimed.letter.id, error = %fault, "what the relay said waits for the database");
            }
            ended => return ended,
        }
    }
}

/// In whose place this person gets the letter, if in another's.
async fn on_behalf(
    store: &Store,
    letter: &outbox::Model,
    person: &account::Model,
) -> Result<Option<OnBehalf>, Fault> {
    let Some(absence_id) = letter.absence_id else {
        return Ok(None);
    };
    let viewer = Viewer::system("outbox");
    let leave = absence::repository::find(store.db(), &viewer, absence_id)
        .await?
        .ok_or(Fault::NotFound)?;
    let names = account::repository::names_of(store.db(), &[leave.account_id]).await?;
    Ok(Some(OnBehalf {
        absent: names.get(&leave.account_id).cloned().unwrap_or_default(),
        until: leave.until_on,
        deputy: person.name.clone(),
    }))
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

/// Whether a letter to somebody on leave follows to the deputy: not one with a secret or that was tried before, and none twice.
fn follows(letter: &outbox::Model, leave: &absence::Model, today: NaiveDate) -> bool {
    letter.first_attempt_at.is_none()
        && letter.absence_id.is_none()
        && !letter.kind.is_secret()
        && today <= leave.until_on
}

/// A letter that is out of date ends as superseded. In the place of a digest stands one that says what is true now (补发); of the
/// others the letter of the day says it.
async fn replace(run: &Run, calendar: &Calendar, letter: &outbox::Model) -> Result<(), Fault> {
    if letter.kind == Kind::Digest {
        return renew(run, calendar, letter.clone()).await;
    }
    let unit = run.begin().await?;
    commands::supersede(&unit, letter).await?;
    run.commit(unit).await
}

/// What all letters of a pass are judged by.
struct Grounds {
    state: hold::Model,
    calendar: Calendar,
    leaves: Leaves,
}

/// Where a letter goes.
struct Plan {
    envelope: Envelope,
    /// Its bytes, when this is the first attempt.
    frozen: Option<Frozen>,
    probe: bool,
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
