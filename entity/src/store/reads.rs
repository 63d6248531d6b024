//! Where a store reads: each statement over any connection, or all of an operation from one snapshot over one connection.

use std::sync::Arc;

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
    /// Begun by the first statement; ended when the last clone is dropped.
    snapshot: Option<Arc<OnceCell<DatabaseTransaction>>>,
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

    /// The same for functions that take either a connection or a transaction.
    pub async fn executor(&self) -> Result<DatabaseExecutor<'_>, DbErr> {
        Ok(match self.snapshot().await? {
            Some(snapshot) => snapshot.into(),
            None => (&self.pool).into(),
        })
    }

    async fn snapshot(&self) -> Result<Option<&DatabaseTransaction>, DbErr> {
        let Some(snapshot) = &self.snapshot else {
            return Ok(None);
        };
        // A transaction of SQLite sees one state anyway.
        let is_postgres = self.pool.get_database_backend() == DbBackend::Postgres;
        let begin = || {
            self.pool.begin_with_options(TransactionOptions {
                isolation_level: is_postgres.then_some(IsolationLevel::RepeatableRead),
                ..TransactionOptions::default()
            })
        };
        snapshot.get_or_try_init(begin).await.map(Some)
    }
}

#[async_trait::async_trait]
impl ConnectionTrait for Reads {
    fn get_database_backend(&self) -> DbBackend {
        self.pool.get_database_backend()
    }

    async fn execute_raw(&self, statement: Statement) -> Result<ExecResult, DbErr> {
        match self.snapshot().await? {
            Some(snapshot) => snapshot.execute_raw(statement).await,
            None => self.pool.execute_raw(statement).await,
        }
    }

    async fn execute_unprepared(&self, sql: &str) -> Result<ExecResult, DbErr> {
        match self.snapshot().await? {
            Some(snapshot) => snapshot.execute_unprepared(sql).await,
            None => self.pool.execute_unprepared(sql).await,
        }
    }

    async fn query_one_raw(&self, statement: Statement) -> Result<Option<QueryResult>, DbErr> {
        match self.snapshot().await? {
            Some(snapshot) => snapshot.query_one_raw(statement).await,
            None => self.pool.query_one_raw(statement).await,
        }
    }

    async fn query_all_raw(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        match self.snapshot().await? {
            Some(snapshot) => snapshot.query_all_raw(statement).await,
            None => self.pool.query_all_raw(statement).await,
        }
    }
}
