//! What comes back from the world of mail: reports of letters that were not delivered.

use axum::{
    Extension,
    body::Bytes,
    extract::State as FromState,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use entity::{
    error::Fault,
    outbox::{commands, rules},
    viewer::Viewer,
};

use super::{RequestId, State, fault};

/// The largest report; what is larger carries the letter itself and is cut off by the mail server.
pub const LARGEST_BOUNCE: usize = 256 * 1024;

/// Takes a mail that came to the return path of a letter (`mail_bounce_to`), as the mail server there hands it over. Who sends it
/// proves nothing and need not: only a report about a letter whose return path this database has signed changes anything, and
/// everything gets the same answer.
pub async fn bounce(
    FromState(state): FromState<State>,
    Extension(request_id): Extension<RequestId>,
    mail: Bytes,
) -> Response {
    let taken = async {
        let key = commands::mail_state(state.store()).await?.signing_key;
        let Some(bounce) = rules::read_bounce(&key, &String::from_utf8_lossy(&mail)) else {
            return Ok(());
        };
        match commands::bounced(state.store(), bounce.letter, &bounce.text).await {
            Ok(_) | Err(Fault::NotFound) => Ok(()),
            Err(fault) => Err(fault),
        }
    };
    match taken.await {
        Ok(()) => StatusCode::NO_CONTENT.into_response(),
        Err(error) => fault(&error, &Viewer::system("bounce"), &request_id),
    }
}
