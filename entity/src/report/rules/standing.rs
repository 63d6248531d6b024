//! A promise as it stood at a moment: its outcome, its light, who has to keep it.

use std::{cmp::Ordering, collections::BTreeMap};

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::prelude::Uuid;

use super::{
    super::facts::{Item, Kept, Outcome, OwnerRow},
    Promise,
    view::{View, centre, nobody},
};
use crate::{
    calendar::rules::Calendar,
    clock::civil_date,
    commitment::Owner,
    deadline::{
        self, pause,
        rules::{Deadline, Light},
    },
    language::Text,
};

/// A promise's time limit as it stood at `moment`, on the civil day `day`. None before it began.
fn standing_at(
    promise: &Promise,
    moment: DateTime<Utc>,
    day: NaiveDate,
    calendar: &Calendar,
) -> Option<Deadline> {
    if promise.deadline.started_on > day {
        return None;
    }
    let value = promise.deadline.value();
    if promise
        .obligation
        .closed_at
        .is_some_and(|closed| closed <= moment)
    {
        return Some(value);
    }
    let ended_later = |pause: &pause::Model| pause.ended_on.is_some_and(|ended| ended > day);
    let unchanged = value.state.is_open()
        && promise
            .pauses
            .iter()
            .all(|pause| pause.started_on <= day && !ended_later(pause));
    let pauses: Vec<pause::Model> = promise
        .pauses
        .iter()
        .filter(|pause| pause.started_on <= day)
        .cloned()
        .map(|mut pause| {
            if ended_later(&pause) {
                pause.ended_on = None;
            }
            pause
        })
        .collect();
    let standing = if unchanged {
        value
    } else {
        let open = Deadline {
            state: deadline::State::Running,
            closed_on: None,
            ..value
        };
        open.recounted(&pauses, calendar)
    };
    let past_the_law = standing.past_the_law(&pauses, day, calendar);
    Some(past_the_law.unwrap_or(standing))
}

/// Who has to keep a promise, as figures group it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum OwnerKey {
    Centre,
    Liaisons,
    Department(i32, Uuid),
}

/// How a promise stood at a moment.
pub(super) struct Stand<'a> {
    pub(super) promise: &'a Promise,
    pub(super) outcome: Outcome,
    /// The light while it was open.
    pub(super) light: Option<Light>,
    deadline: Deadline,
}

impl Stand<'_> {
    /// The last day on which it was on time.
    pub(super) fn due_on(&self) -> NaiveDate {
        self.deadline.due_on
    }
}

/// By due date, enterprise and promise.
pub(super) fn in_order(a: &Item, b: &Item) -> Ordering {
    (a.due_on, &a.enterprise, &a.what.zh, a.obligation_id).cmp(&(
        b.due_on,
        &b.enterprise,
        &b.what.zh,
        b.obligation_id,
    ))
}

impl<'a> View<'a> {
    /// How the promises that the slice shows stood at `moment`, in no particular order.
    pub(super) fn stands(
        &self,
        moment: DateTime<Utc>,
    ) -> impl Iterator<Item = Stand<'a>> + use<'a, '_> {
        let day = civil_date(moment, self.zone);
        self.material
            .promises
            .iter()
            .filter(move |promise| self.shows_promise(promise, day))
            .filter_map(move |promise| self.stand(promise, moment, day))
    }

    fn stand(
        &self,
        promise: &'a Promise,
        moment: DateTime<Utc>,
        day: NaiveDate,
    ) -> Option<Stand<'a>> {
        let recorded_on = self.recorded_on(promise.obligation.contract_id)?;
        let deadline = standing_at(promise, moment, day, self.calendar)?;
        if day < recorded_on || deadline.due_on < recorded_on {
            return None;
        }
        let outcome = match deadline.state {
            deadline::State::Met if deadline.closed_on > Some(deadline.due_on) => Outcome::Late,
            deadline::State::Met => Outcome::OnTime,
            deadline::State::Missed => Outcome::Missed,
            deadline::State::Cancelled => Outcome::Cancelled,
            deadline::State::Paused => Outcome::Paused,
            deadline::State::Running if day > deadline.due_on => Outcome::Overdue,
            deadline::State::Running => Outcome::Running,
        };
        let is_open = deadline.state.is_open();
        Some(Stand {
            promise,
            outcome,
            light: is_open.then(|| deadline.light(day, self.calendar)),
            deadline,
        })
    }

    /// What a report says of a promise on `day`.
    pub(super) fn item(&self, stand: &Stand<'_>, day: NaiveDate) -> Item {
        let Promise {
            obligation,
            commitment,
            ..
        } = stand.promise;
        let deadline = &stand.deadline;
        Item {
            obligation_id: obligation.id,
            enterprise_id: obligation.enterprise_id,
            enterprise: self.enterprise(obligation.enterprise_id),
            what: commitment.words(),
            occasion: obligation.occasion.clone(),
            owner: self.owner(stand.promise, day),
            legal_basis: commitment.legal_basis.clone(),
            due_on: deadline.due_on,
            provisional: deadline.provisional,
            outcome: stand.outcome,
            light: stand.light,
            closed_on: deadline.closed_on,
            days_late: match stand.outcome {
                Outcome::Late | Outcome::Missed | Outcome::Overdue => {
                    deadline.overdue_by(day, self.calendar)
                }
                _ => 0,
            },
            public_reason: stand
                .light
                .is_none()
                .then(|| obligation.public_reason.clone())
                .flatten(),
            in_period: false,
        }
    }

    fn owner(&self, promise: &Promise, day: NaiveDate) -> Text {
        match (promise.commitment.owner, promise.commitment.department_id) {
            (Owner::Department, Some(id)) => self.department(id),
            (Owner::Centre, _) => centre(),
            (Owner::Liaison | Owner::Department, _) => self
                .liaison(promise.obligation.enterprise_id, day)
                .map_or_else(nobody, |person| {
                    Text::new(person.name.clone(), person.name.clone())
                }),
        }
    }

    pub(super) fn owner_row<'b>(
        &self,
        promise: &Promise,
        owners: &'b mut BTreeMap<OwnerKey, OwnerRow>,
    ) -> &'b mut OwnerRow {
        let (key, name) = match (promise.commitment.owner, promise.commitment.department_id) {
            (Owner::Department, Some(id)) => (
                OwnerKey::Department(self.departments.get(&id).map_or(0, |row| row.number), id),
                self.department(id),
            ),
            (Owner::Centre, _) => (OwnerKey::Centre, centre()),
            (Owner::Liaison | Owner::Department, _) => {
                (OwnerKey::Liaisons, Text::new("服务专员", "the liaisons"))
            }
        };
        owners.entry(key).or_insert_with(|| OwnerRow {
            name,
            kept: Kept::default(),
            open: 0,
            overdue: 0,
        })
    }
}
