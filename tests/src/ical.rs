//! Calendars as another program reads them.

use calcard::{Entry, Parser};

/// How many events a calendar has, each with what every event needs.
pub fn events(text: &str) -> usize {
    let mut parser = Parser::new(text);
    let Entry::ICalendar(calendar) = parser.entry() else {
        panic!("no calendar:\n{text}");
    };
    assert!(
        matches!(parser.entry(), Entry::Eof),
        "one calendar:\n{text}"
    );
    calendar
        .components
        .iter()
        .filter(|component| {
            component.component_type == calcard::icalendar::ICalendarComponentType::VEvent
        })
        .inspect(|event| {
            for name in ["UID", "DTSTAMP", "DTSTART", "SUMMARY"] {
                let of_it = event
                    .entries
                    .iter()
                    .filter(|entry| entry.name.as_str() == name);
                assert_eq!(of_it.count(), 1, "{name}:\n{text}");
            }
        })
        .count()
}
