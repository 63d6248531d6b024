//! Figures from rows: pure, so that the same rows give the same figures whenever they are asked.
//!
//! Three things are never mixed. What a rate is of and what it counts are the same promises: on-time rate (按时率) = kept on time
//! ÷ fell due in the period. What was before the system (due before the contract was recorded here) is in no figure. And figures
//! stand at one moment: what happened after it is not in them, also when they are counted later.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;
use sea_orm::prelude::Uuid;

use super::{
    facts::{EnterpriseRow, Facts, Item, Kept, LightChange, Lights, Outcome, OwnerRow, ProjectRow},
    issue::{Issue, moment_on},
};
use crate::{calendar::rules::Calendar, clock::civil_date, contract, deadline::rules::Light};

mod key_dates;
mod material;
mod problems;
mod projects;
mod standing;
mod view;

pub use self::material::{Common, Material, Owed, Promise, Promised, Slice, Works};
use self::{
    standing::{OwnerKey, in_order},
    view::View,
};

/// The figures of one issue for one slice.
pub fn facts(
    issue: &Issue,
    slice: Slice,
    material: &Material,
    calendar: &Calendar,
    zone: Tz,
) -> Facts {
    let view = View::new(material, slice, calendar, zone);
    let period = issue.from..=issue.to;
    let period_before = issue.from_before..=issue.from.pred_opt().unwrap_or(issue.from);
    let mut kept = Kept::default();
    let mut kept_before = Kept::default();
    let mut owners: BTreeMap<OwnerKey, OwnerRow> = BTreeMap::new();
    let mut rows = view.enterprise_rows(issue.on);
    let mut now = Lights::default();
    let mut items = Vec::new();
    for stand in view.stands(issue.moment) {
        let in_period = period.contains(&stand.due_on()) && fell_due(stand.outcome);
        if period_before.contains(&stand.due_on()) {
            count(&mut kept_before, stand.outcome);
        }
        if stand.light.is_none() && !in_period {
            continue;
        }
        let item = Item {
            in_period,
            ..view.item(&stand, issue.on)
        };
        let owner = view.owner_row(stand.promise, &mut owners);
        let row = rows
            .entry(item.enterprise_id)
            .or_insert_with(|| view.enterprise_row(item.enterprise_id, issue.on));
        if let Some(light) = item.light {
            now.count(light);
            row.lights.count(light);
            owner.open += 1;
            owner.overdue += u32::from(item.outcome == Outcome::Overdue);
        }
        if item.in_period {
            for kept in [&mut kept, &mut row.kept, &mut owner.kept] {
                count(kept, item.outcome);
            }
        }
        items.push(item);
    }
    items.sort_by(in_order);
    let mut before = Lights::default();
    for stand in view.stands(moment_on(issue.kind, issue.since, zone)) {
        if let Some(light) = stand.light {
            before.count(light);
        }
    }
    let projects = view.projects(issue.on);
    let lights = view.project_lights(issue.on);
    for row in rows.values_mut() {
        row.project = lights.get(&row.enterprise_id).copied();
    }
    let mut enterprises: Vec<EnterpriseRow> = rows.into_values().collect();
    enterprises.sort_by(|a, b| (&a.name, a.enterprise_id).cmp(&(&b.name, b.enterprise_id)));
    let for_enterprise = slice.enterprise_id().is_some();
    Facts {
        kind: issue.kind,
        period: issue.period.clone(),
        from: issue.from,
        to: issue.to,
        as_of: issue.on,
        moment: issue.moment,
        since: issue.since,
        slice: view.name(),
        lights: Light::ALL
            .into_iter()
            .rev()
            .map(|light| LightChange {
                light,
                now: now.of(light),
                before: before.of(light),
            })
            .collect(),
        kept,
        kept_before,
        owners: owners.into_values().collect(),
        problems: if for_enterprise {
            Vec::new()
        } else {
            view.problems(&items, &enterprises, &projects, issue.on)
        },
        key_dates: view.key_dates(&items, &enterprises, &projects, issue.on),
        milestones: view.milestones(issue),
        projects,
        enterprises,
        undelivered: (slice == Slice::Park).then_some(material.common.undelivered),
        evaluation: view.evaluation(),
        items,
    }
}

/// Every promise of a slice as it stood at `moment`, by due date: to say what has become of each since.
pub fn standings(
    slice: Slice,
    material: &Material,
    moment: DateTime<Utc>,
    calendar: &Calendar,
    zone: Tz,
) -> Vec<Item> {
    let view = View::new(material, slice, calendar, zone);
    let day = civil_date(moment, zone);
    let stands = view.stands(moment);
    let mut items: Vec<Item> = stands.map(|stand| view.item(&stand, day)).collect();
    items.sort_by(in_order);
    items
}

/// The projects of a slice as they stood on `day`.
pub fn projects(
    slice: Slice,
    material: &Material,
    day: NaiveDate,
    calendar: &Calendar,
    zone: Tz,
) -> Vec<ProjectRow> {
    View::new(material, slice, calendar, zone).projects(day)
}

/// Whether there is anything to report on: a contract that was known here by the last day of the period.
pub fn concerns(
    issue: &Issue,
    slice: Slice,
    material: &Material,
    calendar: &Calendar,
    zone: Tz,
) -> bool {
    let view = View::new(material, slice, calendar, zone);
    let known = |contract: Uuid| {
        view.recorded_on(contract)
            .is_some_and(|recorded| recorded <= issue.to)
    };
    let own = |contract: &contract::Model| {
        view.shows_enterprise(contract.enterprise_id, issue.on) && known(contract.id)
    };
    material.contracts.iter().any(own)
        || material.promises.iter().any(|promise| {
            view.shows_promise(promise, issue.on) && known(promise.obligation.contract_id)
        })
}

fn fell_due(outcome: Outcome) -> bool {
    matches!(
        outcome,
        Outcome::OnTime | Outcome::Late | Outcome::Missed | Outcome::Overdue
    )
}

fn count(kept: &mut Kept, outcome: Outcome) {
    let part = match outcome {
        Outcome::OnTime => &mut kept.on_time,
        Outcome::Late => &mut kept.late,
        Outcome::Missed => &mut kept.missed,
        Outcome::Overdue => &mut kept.overdue,
        Outcome::Running | Outcome::Paused | Outcome::Cancelled => return,
    };
    *part += 1;
    kept.due += 1;
}

#[cfg(test)]
mod tests;
