//! The scalars of the API as the console reads them.

/// A day in the park.
pub type Date = chrono::NaiveDate;
/// An instant.
pub type DateTime = chrono::DateTime<chrono::Utc>;
