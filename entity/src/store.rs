//! The store: one handle to the database, the clock and the park's zone, and the unit of work in which a command runs.

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;
use sea_orm::{
    ActiveModelTrait, ConnectOptions, ConnectionTrait, Database, DatabaseConnection,
    DatabaseTransaction, DbBackend, DbErr, EntityTrait, SqliteTransactionMode, Statement,
    TransactionOptions, TransactionTrait, TryInsertResult,
    sea_query::OnConflict,
    sqlx::{
        self, Connection, PgConnection,
        pool::PoolOptions,
        postgres::PgConnectOptions,
        sqlite::{SqliteJournalMode, SqliteSynchronous},
    },
};
use std::{
    fmt::Debug,
    pin::Pin,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicU8, Ordering::SeqCst},
    },
    time::Duration,
};
use tokio::{
    sync::{OwnedSemaphorePermit, Semaphore, SetOnce},
    time::timeout,
};
use uuid::Uuid;

use crate::{
    clock::{SharedClock, civil_date, machine_now},
    error::Fault,
    idempotency,
    kept::{Kept, Reader},
    park::Park,
    policy::Policy,
    seal::Seal,
    subject::Subjects,
    viewer::Viewer,
};

mod reads;

pub use reads::Reads;

/// The generation of this program. A migration beside which older programs must not write raises it, here and in the table
/// `oldest_program`.
pub const GENERATION: i32 = 8;

/// The oldest SQLite that never corrupts a write-ahead log.
pub const OLDEST_SQLITE: [u32; 3] = [3, 51, 3];

/// What every command and read is given.
#[derive(Clone, Debug)]
pub struct Store {
    db: Reads,
    clock: SharedClock,
    zone: Tz,
    turn: Option<Arc<Semaphore>>,
    fence: Option<Arc<dyn Fence>>,
    request: Option<Arc<idempotency::Request>>,
    recall: Option<Arc<Recall>>,
    seal: Arc<Seal>,
    policy: Policy,
    park: Arc<Park>,
    outdated: Arc<SetOnce<()>>,
    subjects: Subjects,
    kept: Kept,
    jobs: Option<Arc<[&'static str]>>,
}

/// Calls off what a person was told has taken too long. Between two commits it can be called off, and nothing is committed any more;
/// in the middle of one it cannot.
#[derive(Debug, Default)]
pub struct Recall(AtomicU8);

impl Recall {
    const OPEN: u8 = 0;
    const COMMITTING: u8 = 1;
    const CALLED_OFF: u8 = 2;

    /// Calls it off; says whether that was possible.
    pub fn call_off(&self) -> bool {
        self.turn(Self::OPEN, Self::CALLED_OFF) || self.0.load(SeqCst) == Self::CALLED_OFF
    }

    fn turn(&self, from: u8, to: u8) -> bool {
        self.0.compare_exchange(from, to, SeqCst, SeqCst).is_ok()
    }
}

/// The connections to the database of one process.
#[derive(Clone, Copy, Debug)]
pub struct Connections {
    /// At work.
    pub used: u32,
    /// Waiting for work.
    pub idle: u32,
}

/// What must still hold in the moment of a commit: that a run is still its holder's.
pub trait Fence: Send + Sync + Debug {
    /// Whether it holds, and keeps holding until the transaction ends.
    fn holds<'a>(&'a self, transaction: &'a Transaction) -> Held<'a>;
}

/// The open transaction of a unit.
pub type Transaction = DatabaseTransaction;

/// The answer of a fence.
pub type Held<'a> = Pin<Box<dyn Future<Output = Result<bool, Fault>> + Send + 'a>>;

impl Store {
    /// A store over an open connection.
    pub fn new(db: DatabaseConnection, clock: SharedClock, zone: Tz) -> Self {
        // SQLite lets one write at a time. Who waits in line gets his turn at once; who asks the database again and again does not.
        let alone = db.get_database_backend() == DbBackend::Sqlite;
        Self {
            db: Reads::each_by_itself(db),
            clock,
            zone,
            turn: alone.then(|| Arc::new(Semaphore::new(1))),
            fence: None,
            request: None,
            recall: None,
            seal: Arc::new(Seal::passing()),
            policy: Policy::default(),
            park: Arc::default(),
            outdated: Arc::default(),
            subjects: Subjects::default(),
            kept: Kept::default(),
            jobs: None,
        }
    }

    /// The same database, used by a program that has these jobs.
    pub fn with_jobs(self, names: impl IntoIterator<Item = &'static str>) -> Self {
        Self {
            jobs: Some(names.into_iter().collect()),
            ..self
        }
    }

    /// Whether the program has this job; any, where nothing was said of its jobs.
    pub fn knows_job(&self, name: &str) -> bool {
        self.jobs.as_ref().is_none_or(|jobs| jobs.contains(&name))
    }

    /// The same database, in which is sealed what these keys open.
    pub fn with_seal(self, seal: Seal) -> Self {
        Self {
            seal: Arc::new(seal),
            ..self
        }
    }

    /// What opens that which lies sealed in the database.
    pub fn seal(&self) -> &Seal {
        &self.seal
    }

    /// The same database under the choices of this park.
    pub fn with_policy(self, policy: Policy) -> Self {
        Self { policy, ..self }
    }

    /// What this park has chosen.
    pub fn policy(&self) -> Policy {
        self.policy
    }

    /// The same database of this park.
    pub fn with_park(self, park: Park) -> Self {
        let park = Arc::new(park);
        Self { park, ..self }
    }

    /// Whose service it is.
    pub fn park(&self) -> &Park {
        &self.park
    }

    /// The same database under the eyes of somebody who knows these kinds of things that time limits are on.
    pub fn with_subjects(self, subjects: Subjects) -> Self {
        Self { subjects, ..self }
    }

    /// What time limits are on.
    pub fn subjects(&self) -> &Subjects {
        &self.subjects
    }

    /// The same database, in which nothing is committed unless `fence` holds.
    pub fn fenced(&self, fence: Arc<dyn Fence>) -> Self {
        Self {
            fence: Some(fence),
            ..self.clone()
        }
    }

    /// The same database seen with another clock ("as of" an instant).
    pub fn with_clock(&self, clock: SharedClock) -> Self {
        Self {
            clock,
            ..self.clone()
        }
    }

    /// The same database without a fence: for what has happened outside and must be written whoever has the run, such as the answer
    /// of a mail server.
    pub fn unfenced(&self) -> Self {
        Self {
            fence: None,
            ..self.clone()
        }
    }

    /// The same store for one command that answers `request`: its transaction writes down the answer under the request's key.
    pub fn answering(&self, request: idempotency::Request) -> Self {
        Self {
            request: Some(Arc::new(request)),
            ..self.clone()
        }
    }

    /// The same store for work that `recall` may call off.
    pub fn recalled_by(&self, recall: Arc<Recall>) -> Self {
        Self {
            recall: Some(recall),
            ..self.clone()
        }
    }

    /// The same database for an operation that only reads: all of it in one state, over one connection.
    pub fn at_once(&self) -> Self {
        Self {
            db: self.db.at_once(),
            ..self.clone()
        }
    }

    /// Where reads outside a transaction of a command go.
    pub fn db(&self) -> &Reads {
        &self.db
    }

    /// All connections of this process.
    pub fn pool(&self) -> &DatabaseConnection {
        self.db.pool()
    }

    /// How many connections to the database are open in this process.
    pub fn connections(&self) -> Connections {
        let (open, idle) = match self.db.get_database_backend() {
            DbBackend::Postgres => {
                let pool = self.pool().get_postgres_connection_pool();
                (pool.size(), pool.num_idle())
            }
            _ => {
                let pool = self.pool().get_sqlite_connection_pool();
                (pool.size(), pool.num_idle())
            }
        };
        let idle = u32::try_from(idle).unwrap_or(open).min(open);
        Connections {
            used: open - idle,
            idle,
        }
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

    /// What the clock of the database shows, whatever day is played: leases end by it. SQLite has the machine's.
    pub async fn database_now(&self) -> Result<DateTime<Utc>, Fault> {
        if self.db.get_database_backend() != DbBackend::Postgres {
            return Ok(machine_now());
        }
        let asked = Statement::from_string(DbBackend::Postgres, "SELECT clock_timestamp() AS now");
        let row = self.pool().query_one_raw(asked).await?;
        let row = row.ok_or_else(|| DbErr::RecordNotFound("clock_timestamp".to_owned()))?;
        Ok(row.try_get("", "now")?)
    }

    /// The park's time zone.
    pub fn zone(&self) -> Tz {
        self.zone
    }

    /// Writes one row that nobody reads, and makes it last: an error when nothing can be written now, be it that the disk is full,
    /// that another process has the file locked, or that the server only reads.
    pub async fn can_write(&self) -> Result<(), Fault> {
        let unit = self.unfenced().begin(&Viewer::system("readiness")).await?;
        // The row becomes another one each time, because what stays the same is not written.
        unit.db()
            .execute_unprepared("UPDATE write_probe SET beats = beats + 1")
            .await?;
        unit.commit().await
    }

    /// Asks the tables whether this program may still write. An SQLite file is this program's alone.
    ///
    /// # Errors
    /// [`Fault::Outdated`] when a newer program has changed them so that this one must not.
    pub async fn require_current(&self) -> Result<(), Fault> {
        match self.db.get_database_backend() {
            DbBackend::Postgres => require_current(self.pool(), &self.outdated).await,
            _ => Ok(()),
        }
    }

    /// Whether this program was found to be outdated: from then on it writes nothing.
    pub fn is_outdated(&self) -> bool {
        self.outdated.initialized()
    }

    /// Resolves when this program is found to be outdated.
    pub async fn outdated(&self) {
        self.outdated.wait().await;
    }

    /// Lets the database look again at how large its tables are, where that has changed much: without it the planner of SQLite takes the wrong
    /// indexes. A server does so by itself. Other connections know it when they are renewed, half an hour later at most. Plans may be worse
    /// where it fails, and nothing else, so that is only logged.
    ///
    /// Of each index at most 2,000 entries are looked at. That also keeps samples of what people wrote out of the statistics
    /// (`sqlite_stat4`), where they would outlive what is deleted.
    pub async fn measure(&self) {
        if self.db.get_database_backend() != DbBackend::Sqlite {
            return;
        }
        let _turn = self.turn().await;
        // All tables (0x10000) are measured (0x02) within that limit (0x10).
        let asked = "PRAGMA optimize = 0x10012";
        if let Err(error) = self.pool().execute_unprepared(asked).await {
            tracing::warn!(%error, "the tables could not be measured");
        }
    }

    /// The turn to write, where one does so at a time.
    async fn turn(&self) -> Option<OwnedSemaphorePermit> {
        let turn = self.turn.clone()?;
        turn.acquire_owned().await.ok()
    }

    /// Waits for what still uses the database, and closes it. On SQLite everything that was written lies in the one file then, and the
    /// file can be copied.
    pub async fn close(&self) -> Result<(), Fault> {
        let written_back = match self.db.get_database_backend() {
            DbBackend::Sqlite => {
                let asked = "PRAGMA wal_checkpoint(TRUNCATE)";
                self.pool().execute_unprepared(asked).await.map(|_| ())
            }
            _ => Ok(()),
        };
        self.pool().close_by_ref().await?;
        Ok(written_back?)
    }

    /// Begins the one transaction of a command on behalf of `viewer`. On SQLite it takes the write lock at once, because a
    /// transaction that reads first and then wants to write fails under load. Dropped without a commit, it rolls back.
    pub async fn begin(&self, viewer: &Viewer) -> Result<Unit, Fault> {
        let turn = self.turn().await;
        let transaction = self
            .pool()
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
            policy: self.policy,
            fence: self.fence.clone(),
            request: self.request.clone(),
            recall: self.recall.clone(),
            seal: self.seal.clone(),
            outdated: self.outdated.clone(),
            subjects: self.subjects.clone(),
            kept: self.kept.clone(),
            answer: Mutex::default(),
            _turn: turn,
        })
    }
}

impl Reader for Store {
    type Db = Reads;

    fn db(&self) -> &Reads {
        &self.db
    }

    fn kept(&self) -> &Kept {
        &self.kept
    }
}

impl Reader for Unit {
    type Db = DatabaseTransaction;

    fn db(&self) -> &DatabaseTransaction {
        &self.transaction
    }

    fn kept(&self) -> &Kept {
        &self.kept
    }
}

/// How many rows one statement inserts: a statement may have only so many values.
const ROWS_AT_ONCE: usize = 500;

/// One command at work: its transaction, on whose behalf, at which instant.
#[derive(Debug)]
pub struct Unit {
    transaction: DatabaseTransaction,
    viewer: Viewer,
    now: DateTime<Utc>,
    zone: Tz,
    policy: Policy,
    fence: Option<Arc<dyn Fence>>,
    request: Option<Arc<idempotency::Request>>,
    recall: Option<Arc<Recall>>,
    seal: Arc<Seal>,
    outdated: Arc<SetOnce<()>>,
    subjects: Subjects,
    kept: Kept,
    answer: Mutex<Option<Uuid>>,
    // The last field: given back when the transaction has ended.
    _turn: Option<OwnedSemaphorePermit>,
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

    /// What opens that which lies sealed in the database.
    pub(crate) fn seal(&self) -> &Seal {
        &self.seal
    }

    /// What the park has chosen.
    pub fn policy(&self) -> Policy {
        self.policy
    }

    /// What time limits are on.
    pub(crate) fn subjects(&self) -> &Subjects {
        &self.subjects
    }

    /// Inserts many rows with few statements.
    pub(crate) async fn insert_all<A>(&self, rows: Vec<A>) -> Result<(), Fault>
    where
        A: ActiveModelTrait + Send,
    {
        for part in rows.chunks(ROWS_AT_ONCE) {
            A::Entity::insert_many(part.to_vec())
                .exec_without_returning(self.db())
                .await?;
        }
        Ok(())
    }

    /// Inserts with few statements those of many rows that are not `known` yet; says how many there were, or were changed where `known` says so.
    pub(crate) async fn insert_new<A>(&self, rows: Vec<A>, known: OnConflict) -> Result<u64, Fault>
    where
        A: ActiveModelTrait + Send,
    {
        let mut new = 0;
        for part in rows.chunks(ROWS_AT_ONCE) {
            let inserted = A::Entity::insert_many(part.to_vec())
                .on_conflict(known.clone())
                .try_insert()
                .exec_without_returning(self.db())
                .await?;
            if let TryInsertResult::Inserted(rows) = inserted {
                new += rows;
            }
        }
        Ok(new)
    }

    /// Notes that a thing was changed: the last one of the kind that the request asks for is its answer.
    pub(crate) fn changed(&self, kind: &str, id: Uuid) {
        if let Some(request) = &self.request
            && request.answer_kind == kind
        {
            *self.answer.lock().unwrap_or_else(PoisonError::into_inner) = Some(id);
        }
    }

    /// Makes it true, and with it the answer to the request, if it has a key; unless it is the work of a run that somebody else
    /// has taken over, or a newer program has changed the tables.
    pub async fn commit(self) -> Result<(), Fault> {
        if let Some(fence) = &self.fence
            && !fence.holds(&self.transaction).await?
        {
            return Err(Fault::Internal(
                "the run was taken over: nothing more is written".to_owned(),
            ));
        }
        let answer = *self.answer.lock().unwrap_or_else(PoisonError::into_inner);
        if let (Some(request), Some(answer)) = (&self.request, answer) {
            idempotency::remember(&self.transaction, request, answer, self.now).await?;
        }
        if self.transaction.get_database_backend() == DbBackend::Postgres {
            // After a statement that failed PostgreSQL answers COMMIT with a rollback and no error. Such a transaction refuses this.
            require_current(&self.transaction, &self.outdated).await?;
        }
        let Some(recall) = self.recall else {
            return Ok(self.transaction.commit().await?);
        };
        if !recall.turn(Recall::OPEN, Recall::COMMITTING) {
            return Err(Fault::Internal(
                "it took too long and was called off: nothing is written".to_owned(),
            ));
        }
        let committed = self.transaction.commit().await;
        recall.turn(Recall::COMMITTING, Recall::OPEN);
        Ok(committed?)
    }

    /// Takes everything back: for a rehearsal that only wants to know what would happen.
    pub async fn rollback(self) -> Result<(), Fault> {
        Ok(self.transaction.rollback().await?)
    }
}

/// Lets pass a program that may write beside these tables. In a transaction this holds until its end: who raises the generation waits for it.
async fn require_current(db: &impl ConnectionTrait, outdated: &SetOnce<()>) -> Result<(), Fault> {
    let asked = format!("SELECT 1 FROM oldest_program WHERE generation <= {GENERATION}");
    if db.execute_unprepared(&asked).await?.rows_affected() == 1 {
        return Ok(());
    }
    if outdated.set(()).is_ok() {
        tracing::error!(
            "a newer version of Qiyue has changed the tables: this one writes nothing more / 数据库表已由更新版本修改，本版本不再写入"
        );
    }
    Err(Fault::Outdated)
}

/// Whether SQLite of this version (`3.51.3`) is older than [`OLDEST_SQLITE`].
pub fn is_old_sqlite(version: &str) -> bool {
    let parts = version.split('.').map(|part| part.parse().unwrap_or(0));
    parts.lt(OLDEST_SQLITE)
}

/// Opens a database by its address: `sqlite://FILE?mode=rwc` or `postgres://…`.
///
/// SQLite: write-ahead log, synchronous FULL (no committed promise is lost with the power), foreign keys on, five seconds of
/// patience, and what is deleted is overwritten. PostgreSQL: three seconds for a connection, eight for a statement, three for a lock,
/// UTC. A connection that comes back with an open transaction is closed.
pub async fn connect(address: &str, connections: u32) -> Result<DatabaseConnection, DbErr> {
    Database::connect(options(address, connections)).await
}

/// The same with one connection that neither age nor rest ends: for what lives as long as its session does.
pub async fn connect_to_keep(address: &str) -> Result<DatabaseConnection, DbErr> {
    let mut options = options(address, 1);
    options
        .max_lifetime(None::<Duration>)
        .idle_timeout(None::<Duration>);
    Database::connect(options).await
}

/// How many rows SQLite reads ahead of whoever takes them: as many as a statement has keys, so that its thread does not wait in the middle of them.
const ROWS_WAITING: usize = 500;

fn options(address: &str, connections: u32) -> ConnectOptions {
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
                .pragma("secure_delete", "ON")
                .row_buffer_size(ROWS_WAITING)
        })
        .map_sqlx_sqlite_pool_opts(without_open_transactions)
        .map_sqlx_postgres_pool_opts(without_open_transactions)
        .map_sqlx_postgres_opts(|postgres| {
            let postgres = without_brackets(postgres);
            postgres.application_name("qiyue").options([
                ("statement_timeout", "8s"),
                ("lock_timeout", "3s"),
                ("idle_in_transaction_session_timeout", "30s"),
                ("timezone", "UTC"),
            ])
        });
    options
}

/// The library takes the brackets around an address of IPv6 for a part of its name.
fn without_brackets(options: PgConnectOptions) -> PgConnectOptions {
    let host = options.get_host().trim_matches(['[', ']']).to_owned();
    options.host(&host)
}

/// How long one connection is tried when it is asked why there is none.
const ONE_TRY: Duration = Duration::from_secs(3);

/// Why no connection to the server at `address` comes about, where the connections together say only that they have waited. Nothing
/// when one does.
pub async fn why_away(address: &str) -> Option<String> {
    let options = without_brackets(address.parse().ok()?);
    match timeout(ONE_TRY, PgConnection::connect_with(&options)).await {
        Ok(Ok(connection)) => {
            let _farewell = timeout(ONE_TRY, connection.close()).await;
            None
        }
        Ok(Err(error)) => Some(error.to_string()),
        Err(_) => Some("no answer in time".to_owned()),
    }
}

/// Throws away a connection whose COMMIT or ROLLBACK has failed. The driver goes on counting such a transaction as open, so that the
/// next one would become a savepoint inside of nothing, or of a transaction that nobody ends.
fn without_open_transactions<DB: sqlx::Database>(options: PoolOptions<DB>) -> PoolOptions<DB> {
    options.after_release(|connection, _| {
        Box::pin(async move {
            if connection.is_in_transaction() {
                // A rollback may still wait in the connection's own queue: what has been answered stands behind it.
                connection.ping().await?;
            }
            Ok(!connection.is_in_transaction())
        })
    })
}

#[cfg(test)]
mod tests {
    use super::is_old_sqlite;

    #[test]
    fn an_sqlite_that_may_corrupt_its_log_is_told_by_its_version() {
        for old in ["3.51.2", "3.51", "3.9.9", "2.99.99", ""] {
            assert!(is_old_sqlite(old), "{old}");
        }
        for new in ["3.51.3", "3.51.10", "3.52.0", "4.0.0"] {
            assert!(!is_old_sqlite(new), "{new}");
        }
    }
}
