//! Invented letters about the calendar.

use entity::outbox::facts;

use super::Invented;

pub(super) fn calendar_missing(it: Invented) -> facts::CalendarMissing {
    let Invented { name, .. } = it;
    facts::CalendarMissing { name, year: 2027 }
}
