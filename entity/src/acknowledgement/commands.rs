//! Acknowledging.

use chrono::NaiveDate;
use sea_orm::prelude::Uuid;

use super::{
    repository,
    rules::{self, AcknowledgementError},
};
use crate::{
    audit::commands::{Change, record, summary},
    calendar,
    command::{Command, Input, Offer, Thing, commands, form, offers},
    deadline,
    error::{CommandError, Fault, expect_version},
    obligation::{self, subject::Obligations},
    permission::{Action, Standing, require},
    store::Store,
    table::Visible,
    viewer::Viewer,
    warning::{self, commands::Crossed},
};

commands! {
    /// A person knows of an overdue promise.
    ACKNOWLEDGE = "obligation.acknowledge" on Obligation: "知悉", "acknowledged", form Acknowledge;
}

form! {
    /// An overdue promise that the viewer acknowledges.
    pub struct Acknowledge of ACKNOWLEDGE by Action::AcknowledgeOverdue, refused AcknowledgementError, keyed, many {
        title: "我已知悉", "Acknowledge";
        lead: "两个工作日内不再重复提醒您；计时、预警和对其他人的提醒照常",
            "You will not be reminded for two working days; the time limit, its light and reminders to others are not affected";
        done: "已知悉，两个工作日内不再重复提醒您。", "Acknowledged: you will not be reminded for two working days.";
        /// The obligation.
        id: Uuid = Target(Thing::Obligation);
        /// Its version as seen.
        expected_version: i32 = Version;
    }
}

/// Lets repeats about an overdue promise rest for the viewer, for two working days.
pub async fn acknowledge(
    store: &Store,
    viewer: &Viewer,
    input: Acknowledge,
) -> Result<obligation::Model, CommandError<AcknowledgementError>> {
    let unit = store.begin(viewer).await?;
    let owed = obligation::Entity::found(unit.db(), viewer, input.id).await?;
    require(viewer, Acknowledge::FORM.may, Standing::None)?;
    // The system gets no letters.
    let person = viewer.account_id().ok_or(Fault::Forbidden)?;
    expect_version(owed.id, owed.version, input.expected_version)?;
    let limits = deadline::repository::of_ids(unit.db(), &[owed.deadline_id]).await?;
    let limit = limits.first().ok_or(Fault::NotFound)?;
    let calendar = calendar::repository::in_force(&unit).await?;
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

/// Whether an overdue promise can be acknowledged by this viewer, for whom it rests until `resting`, and why not now.
pub fn offered(
    viewer: &Viewer,
    owed: &obligation::Model,
    limit: &deadline::Model,
    resting: Option<NaiveDate>,
    today: NaiveDate,
) -> Vec<Offer> {
    let rule = |_: &Command| rules::may_acknowledge(rules::light_of(owed, limit, today), resting);
    offers(COMMANDS, Thing::Obligation, viewer, Standing::None, rule)
}
