//! Dates as calendar programs read them (RFC 5545): in a feed, and in the invitation that a letter carries (RFC 5546).

use chrono::Days;
use icalendar::{Calendar, Component, EventLike, EventStatus, Property};
use url::Url;

use super::{
    commands::Shown,
    rules::{Event, MOST_DATES, Status, When},
};
use crate::language::{Language, Text};

/// How soon a program may look at a feed again.
const REFRESH: &str = "PT1H";

/// Who has made it (RFC 5545, 3.7.3).
const PRODUCT: &str = "-//Qiyue//Qiyue//ZH-CN";

/// A calendar without entries.
fn calendar() -> Calendar {
    let mut calendar = Calendar::empty();
    for property in [
        ("VERSION", "2.0"),
        ("PRODID", PRODUCT),
        ("CALSCALE", "GREGORIAN"),
    ] {
        calendar.append_property(property);
    }
    calendar
}

/// A text of which every line ends in the one way that a calendar has for it; other control characters it has no way for.
fn text(text: &str) -> String {
    text.replace("\r\n", "\n")
        .replace('\r', "\n")
        .chars()
        .filter(|each| *each == '\n' || !each.is_control())
        .collect()
}

/// A text in the spelling of a calendar (RFC 5545, 3.3.11), for the property of which the library does not know that it is a text.
fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\")
        .replace(';', "\\;")
        .replace(',', "\\,")
        .replace('\n', "\\n")
}

/// A feed.
pub fn feed(shown: &Shown, public_url: &Url) -> String {
    let mut calendar = calendar();
    let name = text(&shown.name);
    calendar
        .append_property(("NAME", escaped(&name).as_str()))
        .append_property(("X-WR-CALNAME", name.as_str()))
        .append_property(("METHOD", "PUBLISH"))
        .append_property(("X-PUBLISHED-TTL", REFRESH));
    if shown.is_cut {
        let cut = Text::new(
            format!("日期过多：每类仅显示最近的 {MOST_DATES} 个，其余请登录系统查看。"),
            format!(
                "There are too many dates: only the nearest {MOST_DATES} of each kind are shown. Please sign in to see the others."
            ),
        );
        calendar.description(cut.in_language(shown.language));
    }
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
    let mut calendar = calendar();
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
        .summary(&text(event.title.in_language(language)))
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
        entry.location(&text(place));
    }
    if let Ok(page) = public_url.join(&event.path) {
        entry.url(page.as_str());
    }
    entry.done()
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, NaiveDate};

    use super::*;
    use crate::language::Text;

    fn shown(title: &str) -> Shown {
        let event = |uid: &str, when| Event {
            uid: uid.to_owned(),
            sequence: 1,
            when,
            status: Status::Confirmed,
            title: Text::new(title, title),
            place: Some(title.to_owned()),
            made_at: DateTime::UNIX_EPOCH,
            path: "/obligations/1".to_owned(),
        };
        Shown {
            name: title.to_owned(),
            language: Language::Chinese,
            events: vec![
                event("obligation-1", When::Day(NaiveDate::default())),
                event(
                    "visit-1",
                    When::Time(DateTime::UNIX_EPOCH, DateTime::UNIX_EPOCH),
                ),
            ],
            is_cut: false,
        }
    }

    /// The lines of a calendar as RFC 5545, 3.1 has them: each ends in CR LF and has 75 octets at most; unfolded, each is a name,
    /// parameters and a value without control characters.
    fn lines(calendar: &str) -> Vec<(String, String)> {
        let text = calendar
            .strip_suffix("\r\n")
            .expect("the last line ends, too");
        let folded: Vec<&str> = text.split("\r\n").collect();
        for line in &folded {
            assert!(line.len() <= 75, "{line}");
            assert!(!line.contains(char::is_control), "{line:?}");
        }
        let unfolded = folded.join("\r\n").replace("\r\n ", "");
        let line = |line: &str| {
            let name = line.find([';', ':']).expect("a name");
            let (name, rest) = line.split_at(name);
            assert!(
                !name.is_empty() && name.chars().all(|c| c.is_ascii_uppercase() || c == '-'),
                "{line}"
            );
            let mut quoted = false;
            let value = rest.find(|c| {
                quoted ^= c == '"';
                c == ':' && !quoted
            });
            (
                name.to_owned(),
                rest[value.expect("a value") + 1..].to_owned(),
            )
        };
        unfolded.split("\r\n").map(line).collect()
    }

    /// What components have to have (RFC 5545, 3.6): a product and a version once, and in each event a name, a moment and a beginning.
    fn judged(calendar: &str) -> Vec<(String, String)> {
        let lines = lines(calendar);
        let of = |part: &[(String, String)], name: &str| {
            part.iter().filter(|(found, _)| found == name).count()
        };
        let mut open = Vec::new();
        for (at, (name, value)) in lines.iter().enumerate() {
            match name.as_str() {
                "BEGIN" => open.push((value.clone(), at)),
                "END" => {
                    let (begun, from) = open.pop().expect("it has begun");
                    assert_eq!(begun, *value);
                    let needs: &[&str] = match value.as_str() {
                        "VCALENDAR" => &["PRODID", "VERSION", "METHOD"],
                        "VEVENT" => &["UID", "DTSTAMP", "DTSTART", "SUMMARY"],
                        other => panic!("{other}"),
                    };
                    for need in needs {
                        assert_eq!(of(&lines[from..at], need), 1, "{need} of {value}");
                    }
                }
                _ => assert!(!open.is_empty(), "{name} outside of everything"),
            }
        }
        assert!(open.is_empty());
        lines
    }

    #[test]
    fn every_line_end_in_a_text_is_the_one_of_calendars() {
        let title = "一\r\n二\r三\n四\u{8}\u{202e};五,\\六\"：很长很长很长很长很长很长很长很长很长很长很长很长";
        let url: Url = "https://qiyue.example/".parse().expect("a URL");
        let calendar = feed(&shown(title), &url);
        let lines = judged(&calendar);
        let summary = lines
            .iter()
            .find(|(name, _)| name == "SUMMARY")
            .expect("a summary");
        assert!(
            summary
                .1
                .starts_with("一\\n二\\n三\\n四\u{202e}\\;五\\,\\\\六"),
            "{summary:?}"
        );
        let named = |name: &str| lines.contains(&(name.to_owned(), summary.1.clone()));
        assert!(
            named("NAME") && named("X-WR-CALNAME") && named("LOCATION"),
            "{lines:?}"
        );
        assert!(
            lines.contains(&("PRODID".to_owned(), PRODUCT.to_owned())),
            "of our own"
        );
        assert!(!calendar.contains("ICALENDAR-RS"));

        let event = &shown(title).events[1];
        let side = Side {
            name: title,
            address: "a@firm.example",
        };
        let (method, invitation) = invitation(event, Language::Chinese, &url, side, side);
        assert_eq!(method, "REQUEST");
        let lines = judged(&invitation);
        assert!(
            lines.contains(&("ATTENDEE".to_owned(), "mailto:a@firm.example".to_owned())),
            "{lines:?}"
        );
    }
}
