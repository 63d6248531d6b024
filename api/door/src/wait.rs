//! The home of waiting at the doors.

use std::time::Duration;

/// Waits: an address from which many wrong passwords came is slowed down, a door without a handle left draws breath, and an answer
/// keeps its beat. A start waits for a table that is in use.
#[allow(
    clippy::disallowed_methods,
    reason = "this is the home of waiting at the doors"
)]
pub async fn wait(time: Duration) {
    tokio::time::sleep(time).await;
}
