//! Calendar feeds: what a calendar program reads at the address of a feed, without a session (RFC 5545).

use axum::{
    Extension,
    extract::{Path, State as FromState},
    http::HeaderMap,
    response::Response,
};
use entity::{
    error::Fault,
    feed::{commands, ical},
    viewer::Viewer,
};

use super::{RequestId, State, fault, fresh};

/// `GET /calendar/SECRET.ics`: the dates of the feed's owner. The same dates have the same `ETag`.
pub async fn read(
    FromState(state): FromState<State>,
    Extension(request_id): Extension<RequestId>,
    Path(file): Path<String>,
    headers: HeaderMap,
) -> Response {
    let found = match file.strip_suffix(".ics") {
        Some(secret) => commands::read(state.store(), secret).await,
        None => Ok(None),
    };
    let shown = match found.and_then(|found| found.ok_or(Fault::NotFound)) {
        Ok(shown) => shown,
        Err(error) => return fault(&error, &Viewer::system("calendar"), &request_id),
    };
    let body = ical::feed(&shown, &state.0.public_url);
    let content_type = "text/calendar; charset=utf-8";
    fresh(&headers, content_type, "private, no-cache", body)
}
