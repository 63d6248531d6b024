//! One park under test: a fresh database, a clock that stands still, a mailbox.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use chrono::{DateTime, Utc};
use entity::{clock::SetClock, store::Store};
use sea_orm::DatabaseConnection;

use crate::{
    clock::{self, ZONE},
    database::{Backend, Database},
    dump::Dump,
    mailbox::Mailbox,
};

/// One park under test.
#[derive(Debug)]
pub struct Park {
    /// The store: what commands and reads are given.
    pub store: Store,
    /// The clock of all parts of this park.
    pub clock: Arc<SetClock>,
    /// Where the letters lie.
    pub mailbox: Mailbox,
    statements: Arc<AtomicUsize>,
    database: Database,
}

impl Park {
    /// The park in `database`, at eight in the morning of the first day.
    pub async fn open(database: Database) -> Self {
        let mut db = database.connect().await;
        let statements = Arc::new(AtomicUsize::new(0));
        let counter = statements.clone();
        db.set_metric_callback(move |_statement| {
            counter.fetch_add(1, Ordering::Relaxed);
        });
        let clock = Arc::new(SetClock::at(clock::morning()));
        Self {
            store: Store::new(db, clock.clone(), ZONE),
            clock,
            mailbox: Mailbox::at(database.folder().join("mailbox")),
            statements,
            database,
        }
    }

    /// The connection.
    pub fn db(&self) -> &DatabaseConnection {
        self.store.db()
    }

    /// Which database the story runs on.
    pub fn backend(&self) -> Backend {
        self.database.backend()
    }

    /// The database itself: its address for other processes, and a folder of the story's own.
    pub fn database(&self) -> &Database {
        &self.database
    }

    /// Moves the clock to `hour:minute` park time on `date`.
    pub fn set_clock(&self, date: &str, hour: u32, minute: u32) -> DateTime<Utc> {
        let instant = clock::at(date, hour, minute);
        self.clock.set(instant);
        instant
    }

    /// The whole content of the database.
    pub async fn dump(&self) -> Dump {
        Dump::of(self.db()).await
    }

    /// How many statements `work` sends to the database.
    pub async fn statements<T>(&self, work: impl Future<Output = T>) -> (T, usize) {
        let before = self.statements.load(Ordering::Relaxed);
        let done = work.await;
        (done, self.statements.load(Ordering::Relaxed) - before)
    }
}
