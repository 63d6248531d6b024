//! `calendarImport`.

use api_door::command::{command, payload};
use async_graphql::{Context, Enum, InputObject, Object, Result};
use entity::{
    deadline::commands::{ImportCalendar, ImportCalendarError},
    recount::import_calendar,
};

use super::CalendarChanges;

/// Why an import of the calendar was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum CalendarImportErrorCode {
    /// A line of the file cannot be taken; the message names it.
    Line,
    /// The source is missing or too long.
    Source,
    /// The file is too large.
    TooLarge,
}

impl From<ImportCalendarError> for CalendarImportErrorCode {
    fn from(error: ImportCalendarError) -> Self {
        match error {
            ImportCalendarError::Line(_) => Self::Line,
            ImportCalendarError::Source => Self::Source,
            ImportCalendarError::TooLarge => Self::TooLarge,
        }
    }
}

/// One or more yearly notices.
#[derive(Clone, InputObject)]
pub struct CalendarImportInput {
    /// The file: columns `date,kind,name_zh,name_en,notice_year`, each notice whole.
    csv: String,
    /// Where it comes from: the number of the notice (通知文号).
    source: String,
}

payload! {
    /// The answer of `calendarImport`.
    CalendarImportPayload, CalendarImportUserError, CalendarImportErrorCode, ImportCalendarError,
    /// What changed; null when the file was refused.
    changes: CalendarChanges
}

/// Importing the working-day calendar.
#[derive(Default)]
pub struct CalendarMutation;

/// Importing the working-day calendar.
#[Object]
impl CalendarMutation {
    /// Imports yearly notices and counts every open deadline again, with an audit entry on each that moves, and one letter and notice
    /// to each person whose due dates move. Closed ones never move, and a notice that is in force already changes nothing. For the
    /// administrator.
    async fn calendar_import(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The notices.")] input: CalendarImportInput,
    ) -> Result<CalendarImportPayload> {
        let input = ImportCalendar {
            csv: input.csv,
            source: input.source,
        };
        command(ctx, input, |store, viewer, input| async move {
            import_calendar(&store, &viewer, input).await
        })
        .await
    }
}
