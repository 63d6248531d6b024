//! Rewinding: the rows as they were known at a moment. What was entered after it is taken back, so that a report made again for a past moment
//! says what it said then.
//!
//! When a row came to be known stands in the row or in its key; what a later command changed stands in the audit trail, which keeps the
//! changed fields as they were. The first change after the moment tells how a field stood at it. The names of people and departments are
//! today's.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use sea_orm::{ActiveEnum, Iterable, prelude::Uuid};
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::rules::{Material, Owed, Promise, Works};
use crate::{
    audit,
    command::Command,
    contract,
    deadline::{self, pause},
    id::made_at,
    liaison, milestone,
    project::commands::{ENTER_STAGE, LEAVE_STAGE},
};

/// The kinds of things whose changes are taken back, as the trail names them.
pub const SUBJECTS: [&str; 5] = ["Contract", "Deadline", "Liaison", "Milestone", "Project"];

/// The changes of things after a moment, by the thing, oldest first.
pub type Trail = HashMap<Uuid, Vec<audit::Model>>;

/// Takes back in `material` what was entered after `known`; `trail` has the changes of [`SUBJECTS`] after it.
pub fn rewind(material: &mut Material, trail: &Trail, known: DateTime<Utc>) {
    let of = |id: Uuid| Later(trail.get(&id).map_or(&[][..], Vec::as_slice));
    let was_made = |id: Uuid| made_at(id).is_none_or(|made| made <= known);
    material.enterprises.retain(|row| row.created_at <= known);
    material.contracts.retain_mut(|row| {
        of(row.id).contract(row);
        row.created_at <= known
    });
    material
        .liaisons
        .retain_mut(|row| was_made(row.id) && of(row.id).liaison(row));
    material.promises.retain_mut(|promise| {
        let Promise {
            obligation,
            deadline,
            pauses,
            ..
        } = promise;
        if obligation.closed_at > Some(known) {
            reopen(obligation);
        }
        of(deadline.id).deadline(deadline);
        pauses.retain(|pause| was_made(pause.id));
        go_on_pausing(deadline, pauses);
        obligation.opened_at <= known
    });
    material.works.retain_mut(|works| {
        let Works {
            project,
            stages,
            milestones,
            reports,
        } = works;
        let of_project = of(project.id);
        of_project.set("state", &mut project.state);
        for stage in stages {
            if of_project.moved(&ENTER_STAGE, stage.number) {
                stage.entered_on = None;
            }
            if of_project.moved(&LEAVE_STAGE, stage.number) {
                stage.left_on = None;
            }
        }
        for milestone in milestones {
            of(milestone.id).milestone(milestone);
        }
        reports.retain(|report| report.reported_at <= known);
        project.created_at <= known
    });
}

fn reopen(obligation: &mut Owed) {
    obligation.closed_at = None;
    obligation.public_reason = None;
}

/// A time limit that was running was in no pause; the pause in which it was had not ended.
fn go_on_pausing(deadline: &mut deadline::Model, pauses: &mut [pause::Model]) {
    match deadline.state {
        deadline::State::Running => {
            deadline.paused_on = None;
            deadline.resume_expected_on = None;
        }
        deadline::State::Paused => {
            let in_order = |pause: &&mut pause::Model| (pause.started_on, pause.id);
            if let Some(last) = pauses.iter_mut().max_by_key(in_order) {
                last.ended_on = None;
                deadline.paused_on = Some(last.started_on);
                deadline.resume_expected_on = last.expected_end_on;
            }
        }
        _ => {}
    }
}

/// The changes of one thing after the moment, oldest first.
struct Later<'a>(&'a [audit::Model]);

impl Later<'_> {
    /// How a field stood at the moment: none when it was not changed after it.
    fn field(&self, name: &str) -> Option<&Value> {
        self.0
            .iter()
            .find_map(|change| change.before.as_ref()?.get(name))
    }

    /// Sets a field back.
    fn set<T: DeserializeOwned>(&self, name: &str, field: &mut T) {
        if let Some(was) = self.field(name).and_then(|was| T::deserialize(was).ok()) {
            *field = was;
        }
    }

    /// Whether a project entered or left this stage after the moment.
    fn moved(&self, command: &Command, stage: i32) -> bool {
        self.0.iter().any(|change| {
            let number = change.after.as_ref().and_then(|after| after.get("stage"));
            change.action == command.code && number.and_then(Value::as_i64) == Some(stage.into())
        })
    }

    /// The state as it was.
    fn state<S: ActiveEnum<Value = String> + Iterable>(&self) -> Option<S> {
        let code = self.field("state")?.as_str()?;
        S::iter().find(|state| state.to_value() == code)
    }

    fn contract(&self, row: &mut contract::Model) {
        self.set("startsOn", &mut row.starts_on);
        self.set("endsOn", &mut row.ends_on);
        self.set("signedOn", &mut row.signed_on);
        if let Some(state) = self
            .state::<contract::State>()
            .filter(|state| *state != row.state)
        {
            row.state = state;
            // Whatever it was before its next move, that it ended came later.
            row.ended_on = None;
        }
    }

    /// Sets an assignment back; whether it had begun.
    fn liaison(&self, row: &mut liaison::Model) -> bool {
        if let Some(state) = self.state() {
            row.state = state;
            if liaison::State::IN_CHARGE.contains(&state) {
                row.ended_on = None;
            }
        }
        row.state != liaison::State::Proposed
    }

    fn deadline(&self, row: &mut deadline::Model) {
        self.set("dueOn", &mut row.due_on);
        self.set("provisional", &mut row.provisional);
        self.set("consumedDays", &mut row.consumed_days);
        self.set("extensionDays", &mut row.extension_days);
        if let Some(state) = self.state() {
            row.state = state;
        }
        if row.state.is_open() {
            row.closed_on = None;
        }
    }

    fn milestone(&self, row: &mut milestone::Model) {
        self.set("weight", &mut row.weight);
        self.set("baselineOn", &mut row.baseline_on);
        self.set("forecastOn", &mut row.forecast_on);
        self.set("actualOn", &mut row.actual_on);
    }
}
