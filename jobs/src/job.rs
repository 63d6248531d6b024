//! What a job is, and what it is given: time, store, a place to count, and a fence that nothing passes once the run is lost.

use std::{
    any::Any,
    fmt::Display,
    panic::AssertUnwindSafe,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
};

use chrono::{DateTime, Utc};
use entity::{
    account,
    error::Fault,
    language::Language,
    outbox::{
        self,
        commands::{NewLetter, enqueue_all},
    },
    schedule::{
        self,
        commands::Counts,
        run::{self, Cause, State},
    },
    store::{Fence, Held, Store, Transaction, Unit},
    viewer::{Role, Viewer},
    warning::{self, commands::Crossed},
};
use futures::{FutureExt, future::BoxFuture};
use tokio_util::sync::CancellationToken;

use crate::report::Press;

/// Work that happens by itself.
///
/// A job looks at what is and does what is left: [`Run::item`] for each recipient, or for each part of at most fifty rows, with
/// its effects and the record of them in one transaction from [`Run::begin`] to [`Run::commit`]. So a run that is taken over after
/// a crash, or tried again after a failure, goes on where the last one stood. A job writes letters and never mails.
pub trait Job: Send + Sync {
    /// Does what is due. An error ends the whole run; the error or panic of an item only that item.
    fn run<'a>(&'a self, run: &'a Run) -> BoxFuture<'a, Result<(), Fault>>;

    /// The job on whose end it waits, because it judges what that has done.
    fn follows(&self) -> Option<&'static str> {
        None
    }
}

/// A letter that is, or in a rehearsal would be, written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Planned {
    /// To whom.
    pub recipient: String,
    /// Why, one line per reason.
    pub why: Vec<String>,
    /// The letter, where a rehearsal shows its words.
    pub letter: Option<PlannedLetter>,
}

/// What a planned letter is made of, and in a rehearsal its words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlannedLetter {
    /// What it is about.
    pub kind: outbox::Kind,
    /// What its text is made from.
    pub facts: serde_json::Value,
    /// The language of its reader.
    pub language: Language,
    /// Its words, put by a rehearsal.
    pub words: Option<PlannedWords>,
}

/// The words of a planned letter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlannedWords {
    /// One line.
    pub subject: String,
    /// The plain part.
    pub text: String,
}

/// What a run has come to.
#[derive(Clone, Debug)]
pub struct RunReport {
    /// The job.
    pub job: &'static str,
    /// How it ended; nothing in a rehearsal, or when the job was at work elsewhere.
    pub state: Option<State>,
    /// The counts and errors.
    pub counts: Counts,
    /// To whom it wrote, or would have written.
    pub planned: Vec<Planned>,
    /// A remark for the reader.
    pub note: Option<String>,
}

/// One execution at work.
#[derive(Debug)]
pub struct Run {
    store: Store,
    viewer: Viewer,
    row: Option<run::Model>,
    stop: CancellationToken,
    press: Press,
    away: AtomicBool,
    progress: Mutex<Progress>,
}

#[derive(Debug, Default)]
struct Progress {
    counts: Counts,
    planned: Vec<Planned>,
    /// How many of the planned letters are written.
    written: usize,
}

impl Progress {
    /// Counts items that were done, and the letters planned for them.
    fn did(&mut self, items: usize) {
        let items = i32::try_from(items).unwrap_or(i32::MAX);
        self.counts.due += items;
        self.counts.done += items;
        self.written = self.planned.len();
    }

    /// What was planned for an item that failed is not written.
    fn forget_unwritten(&mut self) {
        self.planned.truncate(self.written);
    }
}

/// A letter to be written, with the record of what it tells of.
pub(crate) struct Written<'a> {
    /// As what it is logged.
    pub(crate) what: String,
    pub(crate) recipient: &'a account::Model,
    /// Why, one line per reason.
    pub(crate) why: Vec<String>,
    pub(crate) letter: Result<NewLetter, Fault>,
    pub(crate) crossed: Vec<Crossed>,
}

/// How many letters, or rows, are one item at most.
pub(crate) const TOGETHER: usize = 50;

/// Nothing is committed under an attempt that is no longer the newest.
#[derive(Debug)]
struct RunFence {
    row: run::Model,
    stop: CancellationToken,
}

impl Fence for RunFence {
    fn holds<'a>(&'a self, transaction: &'a Transaction) -> Held<'a> {
        Box::pin(async move {
            let holds = schedule::commands::fence(transaction, &self.row).await?;
            if !holds {
                self.stop.cancel();
            }
            Ok(holds)
        })
    }
}

impl Run {
    pub(crate) fn new(
        job: &str,
        store: Store,
        row: Option<run::Model>,
        stop: CancellationToken,
        press: Press,
    ) -> Self {
        let store = match &row {
            Some(row) => store.fenced(Arc::new(RunFence {
                row: row.clone(),
                stop: stop.clone(),
            })),
            None => store,
        };
        Self {
            store,
            viewer: Viewer::system(format!("job {job}")),
            row,
            stop,
            press,
            away: AtomicBool::default(),
            progress: Mutex::default(),
        }
    }

    /// The store, with the time of this run. What is committed through it passes the fence, whichever command does it.
    pub fn store(&self) -> &Store {
        &self.store
    }

    /// What makes the files of reports.
    pub(crate) fn press(&self) -> &Press {
        &self.press
    }

    /// On whose behalf.
    pub fn viewer(&self) -> &Viewer {
        &self.viewer
    }

    /// The time it stands for: a report or period is that of this time, however late it is made.
    pub fn nominal_at(&self) -> DateTime<Utc> {
        self.row
            .as_ref()
            .map_or_else(|| self.store.now(), |row| row.nominal_at)
    }

    /// As which it is named in what it has done: its job, the time that it stands for, the attempt.
    pub fn name(&self) -> String {
        let named = |row: &run::Model| {
            let at = row.nominal_at.format("%Y-%m-%dT%H:%M:%SZ");
            format!("{} {at} #{}", row.job, row.attempt)
        };
        self.row.as_ref().map_or_else(String::new, named)
    }

    /// Whether nothing may be written.
    pub fn is_rehearsal(&self) -> bool {
        self.row.is_none()
    }

    /// Whether it comes later than it should.
    pub fn is_late(&self) -> bool {
        self.row
            .as_ref()
            .is_some_and(|row| row.cause == Cause::CatchUp)
    }

    /// Whether to stop before the next item: the service ends, the run is lost, or the database cannot be written.
    pub fn is_stopping(&self) -> bool {
        self.stop.is_cancelled() || self.is_away()
    }

    /// Whether the database could not be reached, or is a newer program's.
    pub(crate) fn is_away(&self) -> bool {
        self.away.load(Ordering::Relaxed)
    }

    /// Resolves when [`is_stopping`](Self::is_stopping) becomes true.
    pub(crate) async fn stopped(&self) {
        self.stop.cancelled().await;
    }

    /// Begins the transaction of one item.
    pub async fn begin(&self) -> Result<Unit, Fault> {
        self.store.begin(&self.viewer).await
    }

    /// Makes the item true, unless somebody else has taken this run over meanwhile.
    pub async fn commit(&self, unit: Unit) -> Result<(), Fault> {
        unit.commit().await
    }

    /// Notes to whom a letter goes and why; before the [`item`](Self::item) that writes it.
    pub fn plan(&self, recipient: &account::Model, why: Vec<String>) {
        self.push(recipient, why, None);
    }

    /// As [`plan`](Self::plan), for a letter whose words a rehearsal shows.
    pub fn plan_letter(
        &self,
        recipient: &account::Model,
        why: Vec<String>,
        kind: outbox::Kind,
        facts: serde_json::Value,
    ) {
        let letter = PlannedLetter {
            kind,
            facts,
            language: recipient.language,
            words: None,
        };
        self.push(recipient, why, Some(letter));
    }

    fn push(&self, recipient: &account::Model, why: Vec<String>, letter: Option<PlannedLetter>) {
        self.progress().planned.push(Planned {
            recipient: format!("{} <{}>", recipient.name, recipient.login),
            why,
            letter,
        });
    }

    /// Writes one letter to `recipient`, with the record of what it tells of, as one item; in a rehearsal it is only planned.
    pub(crate) async fn write(
        &self,
        recipient: &account::Model,
        why: Vec<String>,
        letter: Result<NewLetter, Fault>,
        crossed: Vec<Crossed>,
    ) {
        let written = Written {
            what: recipient.login.clone(),
            recipient,
            why,
            letter,
            crossed,
        };
        self.write_all(vec![written]).await;
    }

    /// Writes letters as [`write`](Self::write) does each, in transactions of fifty. When one of them fails, each of its letters is an
    /// item of its own: those that can be written are.
    pub(crate) async fn write_all(&self, letters: Vec<Written<'_>>) {
        for part in letters.chunks(TOGETHER) {
            if self.is_stopping() {
                return;
            }
            for one in part {
                self.plan(one.recipient, one.why.clone());
            }
            if self.is_rehearsal() {
                continue;
            }
            let ended = AssertUnwindSafe(self.write_part(part)).catch_unwind().await;
            if matches!(ended, Ok(Ok(()))) {
                self.progress().did(part.len());
                continue;
            }
            self.progress().forget_unwritten();
            for one in part {
                if self.is_stopping() {
                    return;
                }
                self.plan(one.recipient, one.why.clone());
                let work = self.write_part(std::slice::from_ref(one));
                self.item::<Fault>(&one.what, work).await;
            }
        }
    }

    async fn write_part(&self, letters: &[Written<'_>]) -> Result<(), Fault> {
        let unit = self.begin().await?;
        let mut new = Vec::with_capacity(letters.len());
        for one in letters {
            let letter = one.letter.as_ref();
            new.push(
                letter
                    .cloned()
                    .map_err(|fault| Fault::Internal(fault.to_string()))?,
            );
        }
        let ids = enqueue_all(&unit, new).await?;
        // Who has had this letter already is told of nothing more by it.
        let fresh = letters.iter().zip(ids).filter(|(_, id)| id.is_some());
        let told = fresh.flat_map(|(one, id)| {
            let crossed = one.crossed.iter().cloned();
            crossed.map(move |crossed| (one.recipient.id, id, crossed))
        });
        warning::commands::record_all(&unit, told.collect()).await?;
        self.commit(unit).await
    }

    /// Counts an item that needed nothing.
    pub fn skip(&self) {
        let counts = &mut self.progress().counts;
        counts.due += 1;
        counts.skipped += 1;
    }

    /// Does one item. Its error or panic is noted with `what` it was; the others go on. When the database is away, that is no
    /// failure of the item: the run stops and is given back.
    pub async fn item<E: Display + 'static>(
        &self,
        what: &str,
        work: impl Future<Output = Result<(), E>>,
    ) {
        let ended = AssertUnwindSafe(work).catch_unwind().await;
        let mut progress = self.progress();
        let failed = match ended {
            Ok(Ok(())) => return progress.did(1),
            Ok(Err(error)) => {
                if let Some(fault) = (&error as &dyn Any).downcast_ref::<Fault>()
                    && fault.is_passing()
                {
                    self.away.store(true, Ordering::Relaxed);
                    progress.forget_unwritten();
                    return;
                }
                error.to_string()
            }
            Err(_) => "panicked".to_owned(),
        };
        progress.forget_unwritten();
        progress.counts.due += 1;
        progress.counts.failed += 1;
        progress.counts.errors.push(format!("{what}: {failed}"));
    }

    /// Notes what ended the whole run.
    pub(crate) fn fail(&self, fault: &Fault) {
        if fault.is_passing() {
            self.away.store(true, Ordering::Relaxed);
        } else {
            self.note_error(fault.to_string());
        }
    }

    pub(crate) fn note_error(&self, error: String) {
        self.progress().counts.errors.push(error);
    }

    pub(crate) fn counts(&self) -> Counts {
        let progress = self.progress();
        Counts {
            letters: i32::try_from(progress.written).unwrap_or(i32::MAX),
            ..progress.counts.clone()
        }
    }

    pub(crate) fn planned(&self) -> Vec<Planned> {
        self.progress().planned.clone()
    }

    fn progress(&self) -> MutexGuard<'_, Progress> {
        self.progress.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The enabled accounts in `role`, or the service centre when there is nobody: a letter without a reader is an alarm.
pub(crate) async fn in_role_or_centre(
    store: &Store,
    role: Role,
) -> Result<Vec<account::Model>, Fault> {
    let found = account::repository::enabled_in_role(store.db(), role).await?;
    if !found.is_empty() {
        return Ok(found);
    }
    tracing::error!(
        ?role,
        "nobody has this role: the service centre is informed instead"
    );
    account::repository::enabled_in_role(store.db(), Role::Centre).await
}

/// The name under which a letter is a file: its day and its own half of the Message-ID.
pub(crate) fn file_name(at: DateTime<Utc>, zone: chrono_tz::Tz, message_id: &str) -> String {
    let hash = message_id.split('.').next().unwrap_or(message_id);
    format!("{}-{hash}", at.with_timezone(&zone).format("%Y-%m-%d"))
}
