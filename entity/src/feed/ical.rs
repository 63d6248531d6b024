//! Dates as calendar programs read them (RFC 5545): in a feed, and in the invitation that a letter carries (RFC 5546).

use chrono::Days;
use icalendar::{Calendar, Component, EventLike, EventStatus, Property};
use url::Url;

use super::{
    commands::Shown,
    rules::{Event, Status, When},
};
use crate::language::Language;

/// How soon a program may look at a feed again.
const REFRESH: &str = "PT1H";

/// A feed.
pub fn feed(shown: &Shown, public_url: &Url) -> String {
    let mut calendar = Calendar::new();
    calendar
        .name(&shown.name)
        .append_property(("METHOD", "PUBLISH"))
        .append_property(("X-PUBLISHED-TTL", REFRESH));
    for event in &shown.events {
        calendar.push(entry(event, shown.language, public_url));
    }
    calendar.done().to_string()
}

/// One side of an invitation.
#[derive(Clone, Copy, Debug)]
pub struct Side<'a> {
    /// The name.
    pub name: &'a str,
    /// The mail address.
    pub address: &'a str,
}

/// An invitation to a date, or that it is called off: the method that its mail names, and the content. No answer is asked for.
pub fn invitation(
    event: &Event,
    language: Language,
    public_url: &Url,
    organiser: Side<'_>,
    attendee: Side<'_>,
) -> (&'static str, String) {
    let method = match event.status {
        Status::Cancelled => "CANCEL",
        Status::Confirmed | Status::Tentative => "REQUEST",
    };
    let mut entry = entry(event, language, public_url);
    entry
        .append_property(person("ORGANIZER", organiser))
        .append_multi_property(
            person("ATTENDEE", attendee)
                .add_parameter("ROLE", "REQ-PARTICIPANT")
                .add_parameter("RSVP", "FALSE")
                .done(),
        );
    let mut calendar = Calendar::new();
    calendar.append_property(("METHOD", method)).push(entry);
    (method, calendar.done().to_string())
}

fn person(property: &str, side: Side<'_>) -> Property {
    // A parameter holds neither quotes nor control characters, whatever stands in a name.
    let name: String = side
        .name
        .chars()
        .filter(|each| !each.is_control() && *each != '"')
        .collect();
    Property::new(property, format!("mailto:{}", side.address))
        .add_parameter("CN", &name)
        .done()
}

fn entry(event: &Event, language: Language, public_url: &Url) -> icalendar::Event {
    let mut entry = icalendar::Event::new();
    entry
        .uid(&format!("{}@qiyue", event.uid))
        .sequence(event.sequence)
        .timestamp(event.made_at)
        .summary(event.title.in_language(language))
        .status(match event.status {
            Status::Confirmed => EventStatus::Confirmed,
            Status::Tentative => EventStatus::Tentative,
            Status::Cancelled => EventStatus::Cancelled,
        });
    match event.when {
        When::Day(on) => {
            entry
                .starts(on)
                // The end of a day is the day after it.
                .ends(on.checked_add_days(Days::new(1)).unwrap_or(on))
                // A date takes nobody's time.
                .add_property("TRANSP", "TRANSPARENT");
        }
        When::Time(from, until) => {
            entry.starts(from).ends(until);
        }
    }
    if let Some(place) = &event.place {
        entry.location(place);
    }
    if let Ok(page) = public_url.join(&event.path) {
        entry.url(page.as_str());
    }
    entry.done()
}
