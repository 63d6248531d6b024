//! Stretches of days and of time, as filters ask for them.

use api_door::scalar::{Date, DateTime};
use async_graphql::InputObject;
use chrono::{NaiveDate, Utc};
use entity::{clock::instant_of, error::Fault, obligation, store::Store};

/// A range of days in the park: all conditions hold.
#[derive(Clone, Debug, Default, InputObject)]
pub struct DayRange {
    /// This day or later.
    pub from: Option<Date>,
    /// This day or earlier.
    pub to: Option<Date>,
    /// Within this many working days from today, 0 to 250; what lies before today is included.
    pub within_working_days: Option<i32>,
}

impl DayRange {
    /// The first day and the last one.
    pub async fn days(
        self,
        store: &Store,
    ) -> Result<(Option<NaiveDate>, Option<NaiveDate>), Fault> {
        let mut to = self.to.map(|day| day.0);
        if let Some(days) = self.within_working_days {
            let days = days.clamp(0, 250).unsigned_abs();
            let until = obligation::repository::working_days_ahead(store, days).await?;
            to = Some(to.map_or(until, |to| to.min(until)));
        }
        Ok((self.from.map(|day| day.0), to))
    }

    /// The instant at which it begins, and the one before which it ends.
    pub async fn instants(self, store: &Store) -> Result<Bounds, Fault> {
        let (from, to) = self.days(store).await?;
        let start = |day: NaiveDate| instant_of(day, 0, 0, store.zone());
        Ok((
            from.map(start),
            to.and_then(|day| day.succ_opt()).map(start),
        ))
    }
}

/// From when, and before when.
pub type Bounds = (Option<chrono::DateTime<Utc>>, Option<chrono::DateTime<Utc>>);

/// The first day and the last one of a range that may be left out.
pub async fn days(
    range: Option<DayRange>,
    store: &Store,
) -> Result<(Option<NaiveDate>, Option<NaiveDate>), Fault> {
    range.unwrap_or_default().days(store).await
}

/// The bounds in time of a range of days that may be left out.
pub async fn instants(range: Option<DayRange>, store: &Store) -> Result<Bounds, Fault> {
    range.unwrap_or_default().instants(store).await
}

/// A stretch of time.
#[derive(Clone, Debug, Default, InputObject)]
pub struct DateTimeRange {
    /// At this instant or later.
    pub from: Option<DateTime>,
    /// Before this instant.
    pub before: Option<DateTime>,
}

impl DateTimeRange {
    /// From when, and before when.
    pub fn bounds(self) -> Bounds {
        (self.from.map(Into::into), self.before.map(Into::into))
    }
}
