//! Whether the service lives, and whether it can work. Words only: anybody may ask.

use std::{sync::atomic::Ordering, time::Duration};

use axum::{extract::State as FromState, http::StatusCode};
use entity::store::Store;
use tokio::{
    sync::Mutex,
    time::{Instant, timeout},
};

use super::State;

/// How long the database may take to answer.
const PATIENCE: Duration = Duration::from_secs(3);

/// For how long it is believed that the database can be written: whoever asks more often costs no disk.
const BELIEVED: Duration = Duration::from_secs(2);

/// What is said when a newer program has changed the tables.
const OUTDATED: &str = "outdated\n";

/// When the database was last written to find out whether it can be. Who asks meanwhile waits for the answer of the first.
#[derive(Debug, Default)]
pub(super) struct Writing(Mutex<Option<Instant>>);

impl Writing {
    async fn works(&self, store: &Store) -> bool {
        let mut written = self.0.lock().await;
        if written.is_some_and(|at| at.elapsed() < BELIEVED) {
            return true;
        }
        let works = matches!(timeout(PATIENCE, store.can_write()).await, Ok(Ok(())));
        *written = works.then(Instant::now);
        works
    }
}

/// The process turns. Never asks the database, because a short absence of the database must not restart the process.
pub async fn live() -> &'static str {
    "ok\n"
}

/// The service can work: the database answers within three seconds and can be written, no newer program has changed its tables, jobs are
/// run, and the service is not about to end.
pub async fn ready(FromState(state): FromState<State>) -> (StatusCode, &'static str) {
    let store = state.store();
    if store.is_outdated() {
        return (StatusCode::SERVICE_UNAVAILABLE, OUTDATED);
    }
    if state.0.draining.load(Ordering::Relaxed) {
        return (StatusCode::SERVICE_UNAVAILABLE, "ending\n");
    }
    if let Some(trouble) = state.0.trouble.get().and_then(|trouble| trouble()) {
        return (StatusCode::SERVICE_UNAVAILABLE, trouble);
    }
    if !matches!(timeout(PATIENCE, store.pool().ping()).await, Ok(Ok(()))) {
        return (StatusCode::SERVICE_UNAVAILABLE, "database\n");
    }
    if !state.0.writing.works(store).await {
        let trouble = if store.is_outdated() {
            OUTDATED
        } else {
            "database: write\n"
        };
        return (StatusCode::SERVICE_UNAVAILABLE, trouble);
    }
    (StatusCode::OK, "ok\n")
}
