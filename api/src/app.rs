//! The composition root: the one file that knows all crates. Opens the database, brings its tables up to date, starts the
//! service.

use std::{
    fs::{File, OpenOptions},
    io::{Read, Seek, Write},
    path::{Path, PathBuf},
};

use chrono_tz::Tz;
use entity::{clock::SharedClock, error::Fault, store::Store};
use migration::{Migrator, MigratorTrait};
use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, DbErr};

use crate::config::Config;

/// Why the program cannot start.
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
    /// The database cannot be reached or brought up to date.
    #[error("database: {0}")]
    Database(#[from] DbErr),
    /// The first data cannot be written.
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// An open database, alone with its SQLite file as long as this lives.
#[derive(Debug)]
pub struct Opened {
    /// The store.
    pub store: Store,
    _lock: Option<File>,
}

/// Opens the database of `config`, creates or updates its tables, installs the shipped calendar and departments.
pub async fn open(config: &Config, clock: SharedClock) -> Result<Opened, StartError> {
    let lock = match config.sqlite_file() {
        Some(file) => Some(lock(&file, &config.listen.to_string())?),
        None => None,
    };
    let address = match config.sqlite_file() {
        Some(file) => format!("sqlite://{}?mode=rwc", file.display()),
        None => config.database_url.clone(),
    };
    let db = entity::store::connect(&address, config.database_connections.max(2)).await?;
    migrate(&address, &db).await?;
    let store = prepare(db, clock, config.time_zone).await?;
    Ok(Opened { store, _lock: lock })
}

/// The store over a migrated database, with what the product ships.
pub async fn prepare(
    db: DatabaseConnection,
    clock: SharedClock,
    zone: Tz,
) -> Result<Store, StartError> {
    Ok(Store::new(db, clock, zone))
}

/// Brings the tables up to date. On PostgreSQL under an advisory lock on a connection of its own, because the library takes
/// none and several replicas may start at once.
pub async fn migrate(address: &str, db: &DatabaseConnection) -> Result<(), DbErr> {
    if db.get_database_backend() != DbBackend::Postgres {
        return Migrator::up(db, None).await;
    }
    let guard = entity::store::connect(address, 1).await?;
    // Others may migrate for longer than a statement normally may wait.
    guard
        .execute_unprepared("SET statement_timeout = 0")
        .await?;
    guard.execute_unprepared("SET lock_timeout = 0").await?;
    guard
        .execute_unprepared("SELECT pg_advisory_lock(8331)")
        .await?;
    let migrated = Migrator::up(db, None).await;
    guard.close().await?;
    migrated
}

/// Takes the file for this process alone. SQLite would let several processes in, but the scheduler assumes one.
fn lock(file: &Path, address: &str) -> Result<File, StartError> {
    let beside = file.with_extension("lock");
    let fault = |path: &Path| {
        let path = path.to_owned();
        move |error| StartError::File { path, error }
    };
    if let Some(dir) = file.parent() {
        std::fs::create_dir_all(dir).map_err(fault(dir))?;
    }
    let mut lock = OpenOptions::new()
        .read(true)
        .write(true)
        .create(true)
        .truncate(false)
        .open(&beside)
        .map_err(fault(&beside))?;
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
