//! Calendar feeds: what a calendar program reads at the address of a feed, without a session (RFC 5545).

use axum::{
    Extension,
    extract::{Path, State as FromState},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use chrono::Days;
use entity::{
    error::Fault,
    feed::{
        commands::{self, Shown},
        rules::{Event, Status},
    },
    id::sha256_hex,
    viewer::Viewer,
};
use icalendar::{Calendar, Component, EventLike, EventStatus};
use url::Url;

use super::{RequestId, State, fault};

/// How soon a program may look again.
const REFRESH: &str = "PT1H";

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
    let body = text(&shown, &state.0.public_url);
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

fn text(shown: &Shown, public_url: &Url) -> String {
    let mut calendar = Calendar::new();
    calendar
        .name(&shown.name)
        .append_property(("METHOD", "PUBLISH"))
        .append_property(("X-PUBLISHED-TTL", REFRESH));
    for event in &shown.events {
        calendar.push(entry(event, shown, public_url));
    }
    calendar.done().to_string()
}

fn entry(event: &Event, shown: &Shown, public_url: &Url) -> icalendar::Event {
    let mut entry = icalendar::Event::new();
    entry
        .uid(&format!("{}@qiyue", event.uid))
        .sequence(event.sequence)
        .timestamp(event.made_at)
        .summary(event.title.in_language(shown.language))
        .starts(event.on)
        // The end of a day is the day after it.
        .ends(event.on.checked_add_days(Days::new(1)).unwrap_or(event.on))
        .status(match event.status {
            Status::Confirmed => EventStatus::Confirmed,
            Status::Tentative => EventStatus::Tentative,
            Status::Cancelled => EventStatus::Cancelled,
        })
        // A date takes nobody's time.
        .add_property("TRANSP", "TRANSPARENT");
    if let Ok(page) = public_url.join(&event.path) {
        entry.url(page.as_str());
    }
    entry.done()
}
