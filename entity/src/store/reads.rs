//! Where a store reads: each statement over any connection, or all of an operation from one snapshot over one connection.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use sea_orm::{
    ConnectionTrait, DatabaseConnection, DatabaseExecutor, DatabaseTransaction, DbBackend, DbErr,
    ExecResult, IsolationLevel, QueryResult, Statement, TransactionOptions, TransactionTrait,
    prelude::async_trait,
};
use tokio::sync::OnceCell;

/// What reads go through.
#[derive(Clone, Debug)]
pub struct Reads {
    pool: DatabaseConnection,
    snapshot: Option<Arc<Snapshot>>,
}

/// One connection that sees one state. Ended when the last clone is dropped.
#[derive(Debug, Default)]
struct Snapshot {
    /// Begun by the first statement.
    begun: OnceCell<DatabaseTransaction>,
    /// How many statements run, or wait for their turn on the connection.
    running: AtomicUsize,
}

/// Counts a statement as long as it runs.
struct Running<'a>(&'a AtomicUsize);

impl<'a> Running<'a> {
    fn begin(running: &'a AtomicUsize) -> Self {
        running.fetch_add(1, Ordering::Relaxed);
        Self(running)
    }
}

impl Drop for Running<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

impl Reads {
    pub(super) fn each_by_itself(pool: DatabaseConnection) -> Self {
        Self {
            pool,
            snapshot: None,
        }
    }

    pub(super) fn at_once(&self) -> Self {
        Self {
            pool: self.pool.clone(),
            snapshot: Some(Arc::default()),
        }
    }

    pub(super) fn pool(&self) -> &DatabaseConnection {
        &self.pool
    }

    /// Whether a statement runs that all later ones of this snapshot wait for.
    pub fn is_running(&self) -> bool {
        let snapshot = self.snapshot.as_ref();
        snapshot.is_some_and(|snapshot| snapshot.running.load(Ordering::Relaxed) > 0)
    }

    /// The same for functions that take either a connection or a transaction.
    pub async fn executor(&self) -> Result<DatabaseExecutor<'_>, DbErr> {
        Ok(match &self.snapshot {
            Some(snapshot) => self.begun(snapshot).await?.into(),
            None => (&self.pool).into(),
        })
    }

    async fn begun<'a>(&self, snapshot: &'a Snapshot) -> Result<&'a DatabaseTransaction, DbErr> {
        // A transaction of SQLite sees one state anyway.
        let is_postgres = self.pool.get_database_backend() == DbBackend::Postgres;
        let begin = || {
            self.pool.begin_with_options(TransactionOptions {
                isolation_level: is_postgres.then_some(IsolationLevel::RepeatableRead),
                ..TransactionOptions::default()
            })
        };
        snapshot.begun.get_or_try_init(begin).await
    }
}

#[async_trait::async_trait]
impl ConnectionTrait for Reads {
    fn get_database_backend(&self) -> DbBackend {
        self.pool.get_database_backend()
    }

    async fn execute_raw(&self, statement: Statement) -> Result<ExecResult, DbErr> {
        let Some(snapshot) = &self.snapshot else {
            return self.pool.execute_raw(statement).await;
        };
        let _running = Running::begin(&snapshot.running);
        self.begun(snapshot).await?.execute_raw(statement).await
    }

    async fn execute_unprepared(&self, sql: &str) -> Result<ExecResult, DbErr> {
        let Some(snapshot) = &self.snapshot else {
            return self.pool.execute_unprepared(sql).await;
        };
        let _running = Running::begin(&snapshot.running);
        self.begun(snapshot).await?.execute_unprepared(sql).await
    }

    async fn query_one_raw(&self, statement: Statement) -> Result<Option<QueryResult>, DbErr> {
        let Some(snapshot) = &self.snapshot else {
            return self.pool.query_one_raw(statement).await;
        };
        let _running = Running::begin(&snapshot.running);
        self.begun(snapshot).await?.query_one_raw(statement).await
    }

    async fn query_all_raw(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        let Some(snapshot) = &self.snapshot else {
            return self.pool.query_all_raw(statement).await;
        };
        let _running = Running::begin(&snapshot.running);
        self.begun(snapshot).await?.query_all_raw(statement).await
    }
}
