//! Whether the service lives, and whether it can work. Words only: anybody may ask.

use std::{sync::atomic::Ordering, time::Duration};

use axum::{extract::State as FromState, http::StatusCode};

use super::State;

/// The process turns. Never asks the database, because a short absence of the database must not restart the process.
pub async fn live() -> &'static str {
    "ok\n"
}

/// The service can work: the database answers within three seconds, jobs are run, and the service is not about to end.
pub async fn ready(FromState(state): FromState<State>) -> (StatusCode, &'static str) {
    if state.0.draining.load(Ordering::Relaxed) {
        return (StatusCode::SERVICE_UNAVAILABLE, "ending\n");
    }
    if let Some(trouble) = state.0.trouble.get().and_then(|trouble| trouble()) {
        return (StatusCode::SERVICE_UNAVAILABLE, trouble);
    }
    match tokio::time::timeout(Duration::from_secs(3), state.store().db().ping()).await {
        Ok(Ok(())) => (StatusCode::OK, "ok\n"),
        Ok(Err(_)) | Err(_) => (StatusCode::SERVICE_UNAVAILABLE, "database\n"),
    }
}
