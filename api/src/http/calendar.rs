//! Calendar feeds: what a calendar program reads at the address of a feed, without a session (RFC 5545).

use axum::{
    Extension,
    extract::{Path, State as FromState},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use entity::{
    error::Fault,
    feed::{commands, ical},
    id::sha256_hex,
    viewer::Viewer,
};

use super::{RequestId, State, fault};

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
    let tag = format!("\"{}\"", sha256_hex(body.as_bytes()));
    let known = headers
        .get_all(header::IF_NONE_MATCH)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .any(|each| [tag.as_str(), "*"].contains(&each.trim().trim_start_matches("W/")));
    let about = [
        (
            header::CONTENT_TYPE,
            "text/calendar; charset=utf-8".to_owned(),
        ),
        (header::CACHE_CONTROL, "private, no-cache".to_owned()),
        (header::ETAG, tag),
    ];
    if known {
        return (StatusCode::NOT_MODIFIED, about).into_response();
    }
    (about, body).into_response()
}
