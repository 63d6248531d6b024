//! The store: one handle to the database, the clock and the park's zone, and the unit of work in which a command runs.

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;
use sea_orm::{
    ConnectOptions, Database, DatabaseConnection, DatabaseTransaction, DbErr,
    SqliteTransactionMode, TransactionOptions, TransactionTrait,
    sqlx::sqlite::{SqliteJournalMode, SqliteSynchronous},
};
use std::time::Duration;

use crate::{
    clock::{SharedClock, civil_date},
    error::Fault,
    viewer::Viewer,
};

/// What every command and read is given.
#[derive(Clone, Debug)]
pub struct Store {
    db: DatabaseConnection,
    clock: SharedClock,
    zone: Tz,
}

impl Store {
    /// A store over an open connection.
    pub fn new(db: DatabaseConnection, clock: SharedClock, zone: Tz) -> Self {
        Self { db, clock, zone }
    }

    /// The same database seen with another clock ("as of" an instant).
    pub fn with_clock(&self, clock: SharedClock) -> Self {
        Self {
            clock,
            ..self.clone()
        }
    }

    /// The connection, for reads outside a transaction.
    pub fn db(&self) -> &DatabaseConnection {
        &self.db
    }

    /// The injected clock.
    pub fn clock(&self) -> &SharedClock {
        &self.clock
    }

    /// The present instant.
    pub fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }

    /// The present civil date in the park.
    pub fn today(&self) -> NaiveDate {
        civil_date(self.now(), self.zone)
    }

    /// The park's time zone.
    pub fn zone(&self) -> Tz {
        self.zone
    }

    /// Begins the one transaction of a command on behalf of `viewer`. On SQLite it takes the write lock at once, because a
    /// transaction that reads first and then wants to write fails under load. Dropped without a commit, it rolls back.
    pub async fn begin(&self, viewer: &Viewer) -> Result<Unit, Fault> {
        let transaction = self
            .db
            .begin_with_options(TransactionOptions {
                sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
                ..Default::default()
            })
            .await?;
        Ok(Unit {
            transaction,
            viewer: viewer.clone(),
            now: self.now(),
            zone: self.zone,
        })
    }
}

/// One command at work: its transaction, on whose behalf, at which instant.
#[derive(Debug)]
pub struct Unit {
    transaction: DatabaseTransaction,
    viewer: Viewer,
    now: DateTime<Utc>,
    zone: Tz,
}

impl Unit {
    /// The transaction: every statement of the command goes through it.
    pub fn db(&self) -> &DatabaseTransaction {
        &self.transaction
    }

    /// On whose behalf.
    pub fn viewer(&self) -> &Viewer {
        &self.viewer
    }

    /// The instant of the command, the same for all it writes.
    pub fn now(&self) -> DateTime<Utc> {
        self.now
    }

    /// The civil date of the command in the park.
    pub fn today(&self) -> NaiveDate {
        civil_date(self.now, self.zone)
    }

    /// The park's time zone.
    pub fn zone(&self) -> Tz {
        self.zone
    }

    /// Makes it true.
    pub async fn commit(self) -> Result<(), Fault> {
        Ok(self.transaction.commit().await?)
    }

    /// Takes everything back: for a rehearsal that only wants to know what would happen.
    pub async fn rollback(self) -> Result<(), Fault> {
        Ok(self.transaction.rollback().await?)
    }
}

/// Opens a database by its address: `sqlite://FILE?mode=rwc` or `postgres://…`.
///
/// SQLite: write-ahead log, synchronous FULL (no committed promise is lost with the power), foreign keys on, five seconds of
/// patience. PostgreSQL: three seconds for a connection, eight for a statement, three for a lock, UTC.
pub async fn connect(address: &str, connections: u32) -> Result<DatabaseConnection, DbErr> {
    let mut options = ConnectOptions::new(address);
    options
        .max_connections(connections)
        .min_connections(1)
        .acquire_timeout(Duration::from_secs(if address.starts_with("sqlite") {
            30
        } else {
            3
        }))
        .sqlx_logging(false)
        .map_sqlx_sqlite_opts(|sqlite| {
            sqlite
                .journal_mode(SqliteJournalMode::Wal)
                .synchronous(SqliteSynchronous::Full)
                .foreign_keys(true)
                .busy_timeout(Duration::from_secs(5))
        })
        .map_sqlx_postgres_opts(|postgres| {
            postgres.application_name("qiyue").options([
                ("statement_timeout", "8s"),
                ("lock_timeout", "3s"),
                ("idle_in_transaction_session_timeout", "30s"),
                ("timezone", "UTC"),
            ])
        });
    Database::connect(options).await
}
