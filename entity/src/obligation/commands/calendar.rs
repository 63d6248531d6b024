//! A further notice of the calendar, with all who are told of what it moves.

use super::tell;
use crate::{
    deadline::commands::{
        ImportCalendar, ImportCalendarError, ImportOutcome, import_in, install_in,
    },
    error::{CommandError, Fault},
    permission::{Action, Standing, require},
    store::Store,
    viewer::Viewer,
};

/// Imports the notices and counts the open time limits again, with an audit entry on each that moves and one letter to each person
/// whose due dates move. What is closed never moves. A notice that is in force already changes nothing.
pub async fn import_calendar(
    store: &Store,
    viewer: &Viewer,
    input: ImportCalendar,
) -> Result<ImportOutcome, CommandError<ImportCalendarError>> {
    let unit = store.begin(viewer).await?;
    require(viewer, Action::ImportCalendar, Standing::None)?;
    let outcome = import_in(&unit, &input).await?;
    tell::moved(&unit, input.source.trim(), &outcome.years, &outcome.moved).await?;
    unit.commit().await?;
    Ok(outcome)
}

/// Stores the shipped notice of every year that has none and counts the open time limits again under it. Done at every start, by
/// every replica; a start that adds nothing changes nothing. Gives the years that were added.
pub async fn install_calendar(store: &Store) -> Result<Vec<i32>, Fault> {
    match install(store).await {
        // Another replica was first: what it wrote is there now.
        Err(Fault::Conflict(_)) => install(store).await,
        outcome => outcome,
    }
}

async fn install(store: &Store) -> Result<Vec<i32>, Fault> {
    const SOURCE: &str = "随程序提供的放假安排";
    let missing = crate::calendar::commands::missing(store.db()).await?;
    if missing.is_empty() {
        return Ok(Vec::new());
    }
    let unit = store.begin(&Viewer::system("start")).await?;
    let (years, moved) = install_in(&unit, SOURCE).await?;
    tell::moved(&unit, SOURCE, &years, &moved).await?;
    unit.commit().await?;
    Ok(years)
}
