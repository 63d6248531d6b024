//! Acknowledging.

use sea_orm::prelude::Uuid;

use super::{
    repository,
    rules::{self, AcknowledgementError},
};
use crate::{
    audit::commands::{Change, record, summary},
    calendar,
    command::commands,
    deadline,
    error::{CommandError, Fault, expect_version},
    obligation::{self, subject::Obligations},
    permission::{Action, Standing, require},
    store::Store,
    viewer::Viewer,
    warning::{self, commands::Crossed},
};

commands! {
    /// A person knows of an overdue promise.
    ACKNOWLEDGE = "obligation.acknowledge" on Obligation: "知悉", "acknowledged";
}

/// An overdue promise of which somebody says that he knows.
#[derive(Clone, Debug)]
pub struct Acknowledge {
    /// The obligation.
    pub obligation_id: Uuid,
    /// Its version as the person saw it.
    pub expected_version: i32,
}

/// Lets repeats about an overdue promise rest for the viewer, for two working days.
pub async fn acknowledge(
    store: &Store,
    viewer: &Viewer,
    input: Acknowledge,
) -> Result<obligation::Model, CommandError<AcknowledgementError>> {
    let unit = store.begin(viewer).await?;
    let owed = obligation::repository::find(unit.db(), viewer, input.obligation_id)
        .await?
        .ok_or(Fault::NotFound)?;
    require(viewer, Action::AcknowledgeOverdue, Standing::None)?;
    // The system gets no letters.
    let person = viewer.account_id().ok_or(Fault::Forbidden)?;
    expect_version(owed.id, owed.version, input.expected_version)?;
    let limits = deadline::repository::of_ids(unit.db(), &[owed.deadline_id]).await?;
    let limit = limits.first().ok_or(Fault::NotFound)?;
    let calendar = calendar::repository::in_force(unit.db()).await?;
    let resting = repository::resting_for(unit.db(), viewer, &[owed.id], unit.today()).await?;
    let light = rules::light_of(&owed, limit, unit.today());
    rules::may_acknowledge(light, resting.get(&owed.id).copied())
        .map_err(|error| CommandError::refused(&[], error))?;
    let until = rules::rests_until(unit.today(), &calendar);
    let crossed = Crossed {
        subject_kind: Obligations::NAME,
        subject_id: owed.id,
        threshold: rules::threshold(until),
        superseded: false,
    };
    warning::commands::record(&unit, person, None, vec![crossed]).await?;
    record(
        &unit,
        Change {
            command: &ACKNOWLEDGE,
            subject_id: owed.id,
            before: None,
            after: Some(summary!({ "restsUntil": until, "dueOn": limit.due_on })),
            reason: None,
        },
    )
    .await?;
    unit.commit().await?;
    Ok(owed)
}
