//! The composition root: the one file that knows all crates. Opens the database, brings its tables up to date, starts the
//! service.

use std::{
    fs::File,
    io::{Read, Seek, Write},
    net::SocketAddr,
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use api_door::{ledger::LedgerReader, wait::wait};
use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Tz;
use entity::{
    account, audit,
    calendar::rules::Calendar,
    clock::{Clock, OffsetClock, SharedClock},
    department,
    error::{Fault, is_away, is_locked},
    outbox, private, recount,
    schedule::{
        self,
        rules::{LONGEST_STANDSTILL, NOTICEABLE_SKEW},
    },
    seal::Seal,
    store::{OLDEST_SQLITE, Store, is_old_sqlite},
};
use futures::FutureExt;
use migration::{Migrator, MigratorTrait};
use prometheus_client::registry::Registry;
use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, DbErr, Statement};

use tokio_util::sync::CancellationToken;

use crate::{
    config::{Config, sqlite_address},
    demo, telemetry,
};

pub use jobs::{
    RunReport, Runner,
    schedule::{OUTBOX_DELIVERY, SCHEDULES},
};

/// Why the program cannot start, or cannot end well.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// Another process has the SQLite file.
    #[error(
        "{file}: in use by the service at {holder}: stop it, or use run-now\n{file}：正被 {holder} 的服务使用，请先停止该服务，或使用“立即运行”"
    )]
    InUse {
        /// The database file.
        file: PathBuf,
        /// What the other process said of itself.
        holder: String,
    },
    /// A folder or file cannot be used.
    #[error("{path}: {error}")]
    File {
        /// Which one.
        path: PathBuf,
        /// Why.
        error: std::io::Error,
    },
    /// The file with the keys cannot be used.
    #[error(
        "{file}: {error}. The keys of what is sealed lie in this file, apart from the database: make it usable, or name another with seal_file\n\
         {file}：{error}。封存内容的密钥保存在该文件中，与数据库分开：请使其可用，或用 seal_file 指定其他文件"
    )]
    Seal {
        /// Which one.
        file: PathBuf,
        /// Why.
        error: std::io::Error,
    },
    /// The database cannot be reached or brought up to date.
    #[error("database: {0}")]
    Database(#[from] DbErr),
    /// The database cannot hold all characters.
    #[error(
        "this database keeps texts in {found}, which lacks characters: create one with ENCODING 'UTF8' TEMPLATE template0\n\
         该数据库的编码为 {found}，无法保存所有文字：请用 ENCODING 'UTF8' TEMPLATE template0 新建数据库"
    )]
    Encoding {
        /// What it keeps texts in.
        found: String,
    },
    /// This SQLite can corrupt what it writes.
    #[error(
        "SQLite {found} is in this program, which can corrupt its write-ahead log: build it with {needed} or newer\n\
         本程序使用的 SQLite {found} 可能损坏其预写日志：请使用 {needed} 或更高版本重新构建"
    )]
    Sqlite {
        /// Its version.
        found: String,
        /// The oldest that will do.
        needed: String,
    },
    /// A newer program has changed the tables.
    #[error(
        "a newer version of Qiyue has changed the tables of this database, so this version writes nothing to it: start the newer one, or use another database\n\
         该数据库的表已由更新版本的本平台修改，本版本不再写入：请启动更新版本，或换一个数据库"
    )]
    Outdated,
    /// The first data cannot be written.
    #[error(transparent)]
    Fault(#[from] Fault),
    /// The address cannot be listened on.
    #[error("{address}: {error}")]
    Listen {
        /// Which one.
        address: SocketAddr,
        /// Why.
        error: std::io::Error,
    },
    /// The scheduler cannot start.
    #[error(transparent)]
    Scheduler(#[from] jobs::SetupError),
    /// A real service never runs with the accounts of the demonstration.
    #[error(
        "this database is a demonstration: its sign-ins are public. Use `qiyue demo`, or another database\n\
         该数据库为演示数据库，登录信息是公开的。请使用 `qiyue demo`，或换一个数据库"
    )]
    Demonstration,
    /// What was written does not all lie in the one SQLite file.
    #[error(
        "{file}: it could not be closed ({error}), for example because the disk is full. Nothing is lost, but part of the data is in a file beside it: keep {file}-wal together with it, or free some disk space, then start and stop once more\n\
         {file}：未能正常关闭（{error}），可能是磁盘已满。内容没有丢失，但有一部分在旁边的文件里：请将 {file}-wal 与它一并保存，或者腾出磁盘空间后再启动并停止一次"
    )]
    Unclosed {
        /// The database file.
        file: String,
        /// Why.
        error: String,
    },
}

/// An open database, alone with its SQLite file as long as this lives.
#[derive(Debug)]
pub struct Opened {
    /// The store.
    pub store: Store,
    /// The SQLite file.
    file: Option<PathBuf>,
    _lock: Option<File>,
}

impl Opened {
    /// The same database on another clock.
    pub fn with_clock(self, clock: SharedClock) -> Self {
        Self {
            store: self.store.with_clock(clock),
            ..self
        }
    }

    /// Closes the database. What still uses it after [`GRACE`] loses its connection, as it would at a crash.
    ///
    /// # Errors
    /// The SQLite file alone is no copy of what was written. A server keeps everything however its connections end.
    pub async fn close(self) -> Result<(), StartError> {
        let error = match tokio::time::timeout(GRACE, self.store.close()).await {
            Ok(Ok(())) => return Ok(()),
            Ok(Err(error)) => error.to_string(),
            Err(_) => "it was still in use at the end / 结束时仍在使用".to_owned(),
        };
        let Some(file) = &self.file else {
            tracing::warn!(%error, "the database did not close");
            return Ok(());
        };
        let file = file.display().to_string();
        Err(StartError::Unclosed { file, error })
    }
}

/// Opens the database of `config`, creates or updates its tables, installs the shipped calendar and departments.
pub async fn open(config: &Config, clock: SharedClock) -> Result<Opened, StartError> {
    let lock = match config.sqlite_file() {
        Some(file) => {
            let lock = lock(&file, &config.listen.to_string())?;
            close_to_others(config, &file)?;
            Some(lock)
        }
        None => None,
    };
    private::existing_folder(&config.mailbox_dir).map_err(fault(&config.mailbox_dir))?;
    let file = config.seal_file().map_err(fault(Path::new(".")))?;
    let seal = Seal::at(&file).map_err(|error| StartError::Seal { file, error })?;
    let address = address(config, "rwc");
    let db = reached(&address, config.database_connections.max(2)).await?;
    require_usable(&db).await?;
    migrate(&address, &db).await?;
    let store = prepare(db, clock, config.time_zone)
        .await?
        .with_seal(seal)
        .with_policy(config.policy())
        .with_park(config.park());
    outbox::commands::secret::seal_all(&store).await?;
    store.measure().await;
    Ok(Opened {
        store,
        file: config.sqlite_file(),
        _lock: lock,
    })
}

/// Texts are of all characters: a server with another encoding would refuse some of them in the middle of the work. A file has none, and
/// is as safe as the SQLite that writes it.
async fn require_usable(db: &DatabaseConnection) -> Result<(), StartError> {
    let backend = db.get_database_backend();
    let asked = match backend {
        DbBackend::Postgres => "SELECT current_setting('server_encoding')",
        _ => "SELECT sqlite_version()",
    };
    let row = db.query_one_raw(Statement::from_string(backend, asked));
    let row = row
        .await?
        .ok_or_else(|| DbErr::RecordNotFound(asked.to_owned()))?;
    let found: String = row.try_get_by_index(0)?;
    match backend {
        DbBackend::Postgres if found != "UTF8" => Err(StartError::Encoding { found }),
        DbBackend::Sqlite if is_old_sqlite(&found) => {
            let needed = OLDEST_SQLITE.map(|part| part.to_string()).join(".");
            Err(StartError::Sqlite { found, needed })
        }
        _ => Ok(()),
    }
}

/// The address of the database; an SQLite file is opened in `mode`.
fn address(config: &Config, mode: &str) -> String {
    match config.sqlite_file() {
        Some(file) => format!("{}?mode={mode}", sqlite_address(&file)),
        None => config.database_url.clone(),
    }
}

/// The calendar of the park, read beside a running service: nothing is created, migrated or locked.
pub async fn calendar(config: &Config) -> Result<Calendar, StartError> {
    let db = entity::store::connect(&address(config, "rw"), 1).await?;
    Ok(entity::calendar::repository::read(&db).await?)
}

/// How long a start waits for a server that is away.
const AWAY_AT_MOST: Duration = Duration::from_secs(60);

/// Opens the database. A server that is away is waited for: after a power cut it may start later than this program.
async fn reached(address: &str, connections: u32) -> Result<DatabaseConnection, DbErr> {
    let begun = tokio::time::Instant::now();
    let mut again = tokio::time::interval(Duration::from_secs(2));
    loop {
        again.tick().await;
        match entity::store::connect(address, connections).await {
            Err(error)
                if !address.starts_with("sqlite:")
                    && is_away(&error)
                    && begun.elapsed() < AWAY_AT_MOST =>
            {
                let cause = entity::store::why_away(address).await;
                tracing::warn!(
                    %error,
                    cause = cause.unwrap_or_default(),
                    "the database is away: this start waits for it, a minute at most"
                );
            }
            ended => return ended,
        }
    }
}

/// Opens the database on the clock of a service, which follows the database's (the machine's own on SQLite) except where that jumps. A
/// demonstration goes on with the day it plays.
pub async fn open_live(config: &Config) -> Result<Opened, StartError> {
    let clock = Arc::new(OffsetClock::default());
    let opened = open(config, clock.clone()).await?;
    if let Some(played) = played_until(&opened.store).await? {
        clock.follow(played);
        return Ok(opened);
    }
    let skew = follow(&opened.store, &clock).await?;
    if skew.abs() > NOTICEABLE_SKEW {
        tracing::warn!(
            seconds = skew.num_seconds(),
            "this machine's clock differs from the database's"
        );
    }
    clock.go_live(config.largest_clock_jump());
    if config.largest_clock_jump().is_some() {
        doubt_a_false_future(&opened.store, &clock).await?;
    }
    Ok(opened)
}

/// A clock far beyond the newest run may show a false future, which would end contracts and write letters. Then this goes on from
/// that run, and jobs and letters wait. A database in which no job ever ran knows nothing to compare with.
async fn doubt_a_false_future(store: &Store, clock: &OffsetClock) -> Result<(), Fault> {
    let now = clock.now();
    let newest = schedule::repository::newest_start(store.db()).await?;
    let Some(newest) = newest.filter(|newest| now - *newest > LONGEST_STANDSTILL) else {
        return Ok(());
    };
    clock.doubt(newest, LONGEST_STANDSTILL);
    clock.observe(now);
    tracing::warn!(
        clock = %now,
        newest_run = %newest,
        "the clock is far beyond the newest run of a job: jobs and e-mail wait. Correct the clock; if it is right, start once with QIYUE_CLOCK_JUMP_MINUTES=0 / \
         时钟远晚于最近一次任务运行：任务与邮件暂停。请校正时钟；若时间无误，请以 QIYUE_CLOCK_JUMP_MINUTES=0 启动一次以确认"
    );
    Ok(())
}

/// The moment up to which a demonstration has been played: that of the last thing that happened in it. Nothing for a real park.
pub async fn played_until(store: &Store) -> Result<Option<DateTime<Utc>>, Fault> {
    if !account::repository::any_demonstration(store.db()).await? {
        return Ok(None);
    }
    audit::repository::last_instant(store.db()).await
}

/// Sets the clock by the database's, and tells by how much it was off.
async fn follow(store: &Store, clock: &OffsetClock) -> Result<TimeDelta, Fault> {
    let now = store.database_now().await?;
    let skew = now - clock.now();
    clock.follow(now);
    Ok(skew)
}

/// The store over a migrated database, with what the product ships.
pub async fn prepare(
    db: DatabaseConnection,
    clock: SharedClock,
    zone: Tz,
) -> Result<Store, StartError> {
    let store = Store::new(db, clock, zone);
    recount::install_calendar(&store).await?;
    department::commands::install_shipped(&store).await?;
    let known = jobs::schedule::registered();
    schedule::commands::register(&store, &known).await?;
    Ok(store.with_jobs(known.iter().map(|job| job.name)))
}

/// Brings the tables up to date, unless a newer program has been there. On PostgreSQL under an advisory lock on a connection of its own,
/// because the library takes none and several replicas may start at once.
pub async fn migrate(address: &str, db: &DatabaseConnection) -> Result<(), StartError> {
    if db.get_database_backend() != DbBackend::Postgres {
        require_known(db).await?;
        let is_older = !Migrator::get_pending_migrations(db).await?.is_empty();
        Migrator::up(db, None).await?;
        if is_older {
            // What an older version has deleted is not in the file any more.
            db.execute_unprepared("VACUUM").await?;
            db.execute_unprepared("PRAGMA wal_checkpoint(TRUNCATE)")
                .await?;
        }
        return Ok(());
    }
    // The lock is that of the session.
    let guard = entity::store::connect_to_keep(address).await?;
    let migrated = loop {
        match migrate_alone(&guard).await {
            Err(StartError::Database(error)) if is_locked(&error) => {
                tracing::warn!(
                    %error,
                    "somebody else uses a table that is to be changed, such as a backup: this start tries again until it is free"
                );
                // Those who have stood behind it come first.
                wait(Duration::from_secs(1)).await;
            }
            ended => break ended,
        }
    };
    guard.close().await?;
    migrated
}

/// What was done before a table was found in use stays done: each change is a transaction.
async fn migrate_alone(guard: &DatabaseConnection) -> Result<(), StartError> {
    // Others may migrate for longer than a statement normally may wait, and a large table may take longer than one normally may take.
    guard
        .execute_unprepared("SET statement_timeout = 0")
        .await?;
    guard.execute_unprepared("SET lock_timeout = 0").await?;
    let asked = "SELECT pg_try_advisory_lock(8331) AS free";
    let asked = Statement::from_string(DbBackend::Postgres, asked);
    let row = guard.query_one_raw(asked).await?;
    if !row.is_some_and(|row| row.try_get("", "free").unwrap_or(false)) {
        tracing::warn!(
            "another process brings the tables up to date: this start waits until it has ended"
        );
        guard
            .execute_unprepared("SELECT pg_advisory_lock(8331)")
            .await?;
    }
    // Whoever comes to a table stands behind this, and waits for a lock a second longer.
    guard.execute_unprepared("SET lock_timeout = '2s'").await?;
    require_known(guard).await?;
    Ok(Migrator::up(guard, None).await?)
}

/// A program knows all that was ever done to the tables it uses.
async fn require_known(db: &DatabaseConnection) -> Result<(), StartError> {
    match migration::is_newer(db).await? {
        true => Err(StartError::Outdated),
        false => Ok(()),
    }
}

fn fault(path: &Path) -> impl FnOnce(std::io::Error) -> StartError + use<> {
    let path = path.to_owned();
    move |error| StartError::File { path, error }
}

/// Nobody else reads the database and what lies beside it. What SQLite adds later has the rights of the file itself.
fn close_to_others(config: &Config, file: &Path) -> Result<(), StartError> {
    // It may be a link: the folder is the operator's.
    let database = file.canonicalize().unwrap_or_else(|_| file.to_owned());
    private::file(&database).map_err(fault(&database))?;
    for ending in ["-wal", "-shm"] {
        let mut beside = database.clone().into_os_string();
        beside.push(ending);
        private::existing(Path::new(&beside)).map_err(fault(Path::new(&beside)))?;
    }
    let mark = config.mark_file();
    private::existing(&mark).map_err(|error| jobs::SetupError::Mark { path: mark, error }.into())
}

/// Takes the file for this process alone. SQLite would let several processes in, but the scheduler assumes one.
fn lock(file: &Path, address: &str) -> Result<File, StartError> {
    let beside = file.with_extension("lock");
    if let Some(dir) = file.parent() {
        private::folder(dir).map_err(fault(dir))?;
    }
    let mut lock = private::file(&beside).map_err(fault(&beside))?;
    if lock.try_lock().is_err() {
        let mut holder = String::new();
        lock.read_to_string(&mut holder).map_err(fault(&beside))?;
        return Err(StartError::InUse {
            file: file.to_owned(),
            holder,
        });
    }
    lock.set_len(0)
        .and_then(|()| lock.rewind())
        .and_then(|()| lock.write_all(address.as_bytes()))
        .map_err(fault(&beside))?;
    Ok(lock)
}

/// What would stop a service with these settings before it serves, beside what [`Config::load`] sees.
pub fn check(config: &Config) -> Result<(), String> {
    let settings = job_settings(config).map_err(|error| error.to_string())?;
    settings
        .check(config.time_zone)
        .map_err(|error| error.to_string())
}

/// What the runner of the jobs must be told.
pub fn job_settings(config: &Config) -> Result<jobs::Settings, jobs::SetupError> {
    Ok(jobs::Settings {
        public_url: config.public_url.clone(),
        park: config.park(),
        mail_from: config.mail_from.clone(),
        mail_bounce_to: config.mail_bounce_to.clone(),
        mail_hold: config.mail_hold,
        relay: match &config.smtp_url {
            Some(url) => jobs::Relay::Smtp {
                url: url.clone(),
                plain: config.smtp_plain,
                // Checked when the settings were read.
                trusted: config
                    .smtp_ca_file
                    .as_ref()
                    .and_then(|file| std::fs::read(file).ok())
                    .unwrap_or_default(),
            },
            None => jobs::Relay::Folder(config.mailbox_dir.clone()),
        },
        per_domain: config.smtp_per_domain,
        mark: Some(config.mark_file()),
        patience: jobs::mail::transport::Patience::default(),
        alone: config.sqlite_file().is_some(),
        press: press(config)?,
    })
}

#[cfg(feature = "pdf")]
fn press(config: &Config) -> Result<jobs::Press, jobs::SetupError> {
    let font = config.pdf_font.as_deref();
    let press = font.map(jobs::Press::with_font).transpose();
    let press = press.map_err(|error| jobs::SetupError::Font(error.to_string()))?;
    Ok(press.unwrap_or_default())
}

#[cfg(not(feature = "pdf"))]
fn press(_config: &Config) -> Result<jobs::Press, jobs::SetupError> {
    Ok(jobs::Press::default())
}

/// A runner without a pulse, for the command line.
pub fn runner(config: &Config, store: &Store) -> Result<jobs::Runner, jobs::SetupError> {
    jobs::Runner::new(store.clone(), &job_settings(config)?, Default::default())
}

/// Writes previews of all letters into `folder`, and says how many files.
pub fn preview_letters(config: &Config, folder: &Path) -> Result<usize, String> {
    let settings = job_settings(config).map_err(|error| error.to_string())?;
    let sender = settings.sender(config.time_zone)?;
    jobs::mail::preview::write_all(&sender, folder).map_err(|error| error.to_string())
}

/// Serves the figures of a service, those of its doors and those of its runner, until `closing` is cancelled.
pub async fn serve_figures(
    listener: tokio::net::TcpListener,
    state: api_http::State,
    runner: Arc<jobs::Runner>,
    closing: CancellationToken,
) {
    let mut registry = Registry::with_prefix("qiyue");
    telemetry::register(&mut registry);
    state.meters().register(&mut registry);
    runner.meters().register(&mut registry);
    let measure = move || {
        let runner = runner.clone();
        async move { runner.measure().await }.boxed()
    };
    let (limits, router) = (
        state.limits(),
        api_http::metrics::router(registry, Box::new(measure)),
    );
    api_http::door::serve(listener, router, limits, closing.cancelled_owned()).await;
}

/// What the doors of a service with these settings share.
pub fn state(store: Store, config: &Config) -> api_http::State {
    let ledgers = LedgerReader::new(api_import::read_sheet);
    let api = api_graphql::Api::new(
        store.clone(),
        config.introspection,
        api_graphql::Settings {
            mail_hold: config.mail_hold,
            delivers: config.smtp_url.is_some() || config.demonstration,
            ledgers: ledgers.clone(),
        },
    );
    let settings = api_http::Settings {
        public_url: config.public_url.clone(),
        introspection: config.introspection,
        graphiql: config.graphiql,
        demonstration: config.demonstration.then(|| api_http::Demonstration {
            sign_ins: demo::sign_ins().collect(),
            password: demo::PASSWORD,
        }),
        mailbox: config.readable_mailbox().map(Into::into),
        delivers: config.smtp_url.is_some(),
        insecure_cookies: config.insecure_cookies,
        rate_limits: config.rate_limits,
        ledgers,
        limits: api_http::door::Limits {
            connections: config.connections,
            head: Duration::from_secs(config.head_seconds),
            answer: Duration::from_secs(config.answer_seconds),
            trusted: config.trusted_proxies.clone(),
        },
        first_body: Duration::from_secs(config.body_seconds),
    };
    api_http::State::new(store, Arc::new(api), settings)
}

/// Serves programs and people on `listener` until `stop` ends; then finishes what is in hand.
pub async fn open_doors(
    listener: tokio::net::TcpListener,
    state: api_http::State,
    stop: impl Future<Output = ()> + Send + 'static,
) {
    let pages = api_console::routes(state.clone());
    api_http::serve(listener, state, pages, stop).await;
}

async fn listen(address: SocketAddr) -> Result<tokio::net::TcpListener, StartError> {
    tokio::net::TcpListener::bind(address)
        .await
        .map_err(|error| StartError::Listen { address, error })
}

/// How long running requests may take after the signal to end.
const GRACE: Duration = Duration::from_secs(20);

/// How long the listener stays open after the service has said that it is not ready, so that a balancer can turn away.
const DRAIN: Duration = Duration::from_secs(2);

/// Serves until `ending` is cancelled, or a newer program has ended this one: requests and scheduler. Then stops claiming work, lets
/// requests end, and returns.
pub async fn serve(
    config: &Config,
    store: Store,
    ending: CancellationToken,
) -> Result<(), StartError> {
    let listener = listen(config.listen).await?;
    let for_figures = match config.metrics_listen {
        Some(address) => Some(listen(address).await?),
        None => None,
    };
    let scheduler = CancellationToken::new();
    let running =
        jobs::Runner::start(store.clone(), &job_settings(config)?, scheduler.clone()).await?;
    let state = state(store.clone(), config);
    let runner = running.runner().clone();
    state.watch(Box::new(move || match runner.health() {
        jobs::Health::Well => None,
        jobs::Health::PulseLost => Some("jobs: pulse\n"),
        jobs::Health::ClockAstray | jobs::Health::ClockJumped => Some("jobs: clock\n"),
    }));
    let closing = CancellationToken::new();
    let stop = closing.clone().cancelled_owned();
    let served = tokio::spawn(open_doors(listener, state.clone(), stop));
    if let Some(listener) = for_figures {
        let runner = running.runner().clone();
        tokio::spawn(serve_figures(
            listener,
            state.clone(),
            runner,
            closing.clone(),
        ));
    }
    tracing::info!(address = %config.listen, "serving");
    tokio::select! {
        () = ending.cancelled() => {}
        () = store.outdated() => {}
    }
    state.drain();
    // No new work from now on; what is at work ends or is given back.
    scheduler.cancel();
    // The listener closes when asked, so the pause comes before.
    let _stayed_open = tokio::time::timeout(DRAIN, std::future::pending::<()>()).await;
    closing.cancel();
    if tokio::time::timeout(GRACE, served).await.is_err() {
        tracing::warn!("requests were still running at the end");
    }
    running.ended().await;
    match store.is_outdated() {
        true => Err(StartError::Outdated),
        false => Ok(()),
    }
}

/// Cancelled by SIGTERM or Ctrl-C. Whoever sends a second one does not want to wait: the program ends at once.
pub fn ending() -> CancellationToken {
    let token = CancellationToken::new();
    let signal = token.clone();
    tokio::spawn(async move {
        let kind = tokio::signal::unix::SignalKind::terminate();
        let mut terminate = tokio::signal::unix::signal(kind).ok();
        loop {
            let terminated = async {
                match &mut terminate {
                    Some(terminate) => terminate.recv().await,
                    None => std::future::pending().await,
                }
            };
            tokio::select! {
                _ = terminated => {}
                _ = tokio::signal::ctrl_c() => {}
            }
            if signal.is_cancelled() {
                tracing::warn!("asked twice: what was at work is left as it is");
                telemetry::flush();
                std::process::exit(1);
            }
            signal.cancel();
        }
    });
    token
}
