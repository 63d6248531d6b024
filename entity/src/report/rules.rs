//! Figures from rows: pure, so that the same rows give the same figures whenever they are asked.
//!
//! Three things are never mixed. What a rate is of and what it counts are the same promises: on-time rate (按时率) = kept on time
//! ÷ fell due in the period. What was before the system (due before the contract was recorded here) is in no figure. And figures
//! stand at one moment: what happened after it is not in them, also when they are counted later.

use std::collections::{BTreeMap, HashMap, HashSet};

use chrono::{DateTime, Days, NaiveDate, Utc};
use chrono_tz::Tz;
use sea_orm::prelude::Uuid;

use super::{
    Kind,
    facts::{
        EnterpriseRow, Facts, Item, Kept, KeyDate, LightChange, Lights, MilestoneRow, Outcome,
        OwnerRow, Problem, ProjectRow,
    },
    issue::{Issue, moment_on},
};
use crate::{
    account,
    calendar::rules::Calendar,
    clock::civil_date,
    commitment::{self, Owner},
    contract,
    deadline::{
        self, pause,
        rules::{Deadline, Light},
    },
    department, enterprise,
    evaluation::figures::Figures,
    language::Text,
    liaison,
    milestone::{self, rules::Light as ProjectLight},
    obligation,
    project::{self, progress, stage},
    supervision,
};

/// How many problems a leader is asked to decide at once.
const PROBLEMS: usize = 5;
/// How many days "the coming week" has, the day of the report included.
const COMING_DAYS: u64 = 6;
/// A contract that ends within so many days without a successor needs a decision.
const RENEWAL_DAYS: i64 = 30;

/// Which part of the park a report shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Slice {
    /// All of it.
    Park,
    /// What a department has to do: its own promises, and those of its liaisons with their enterprises' projects. The slices of
    /// all departments and of the service centre are the park, and no promise is in two of them.
    Department(Uuid),
    /// One enterprise.
    Enterprise(Uuid),
}

impl Slice {
    /// The department, if it is one.
    pub fn department_id(self) -> Option<Uuid> {
        match self {
            Self::Department(id) => Some(id),
            Self::Park | Self::Enterprise(_) => None,
        }
    }

    /// The enterprise, if it is one.
    pub fn enterprise_id(self) -> Option<Uuid> {
        match self {
            Self::Enterprise(id) => Some(id),
            Self::Park | Self::Department(_) => None,
        }
    }

    /// What makes a report the one of its kind, period and slice.
    pub fn key(self, kind: Kind, period: &str) -> String {
        let kind = match kind {
            Kind::WeeklyBrief => "weekly_brief",
            Kind::MonthlyBulletin => "monthly_bulletin",
            Kind::QuarterlyReport => "quarterly_report",
            Kind::EnterpriseProgress => "enterprise_progress",
        };
        match self {
            Self::Park => format!("{kind}:{period}:park"),
            Self::Department(id) => format!("{kind}:{period}:department:{id}"),
            Self::Enterprise(id) => format!("{kind}:{period}:enterprise:{id}"),
        }
    }
}

/// The rows that figures are made of.
#[derive(Clone, Debug, Default)]
pub struct Material {
    /// All enterprises.
    pub enterprises: Vec<enterprise::Model>,
    /// All contracts.
    pub contracts: Vec<contract::Model>,
    /// All assignments, past ones too.
    pub liaisons: Vec<liaison::Model>,
    /// The accounts of those assigned.
    pub people: Vec<account::Model>,
    /// All departments.
    pub departments: Vec<department::Model>,
    /// The promises that are open or fell due since the period before.
    pub promises: Vec<Promise>,
    /// The projects.
    pub works: Vec<Works>,
    /// The promises for which a supervision order was given, each with the due date that it was given for.
    pub orders: HashSet<(Uuid, NaiveDate)>,
    /// Letters that nobody could deliver and that wait for a person.
    pub undelivered: u32,
    /// What the newest evaluation came to that a leader had approved by then; only for a quarterly report.
    pub evaluation: Option<Figures>,
}

/// One obligation with all that judges it.
#[derive(Clone, Debug)]
pub struct Promise {
    /// The obligation.
    pub obligation: obligation::Model,
    /// Its time limit.
    pub deadline: deadline::Model,
    /// The pauses of its time limit.
    pub pauses: Vec<pause::Model>,
    /// The commitment.
    pub commitment: commitment::Model,
}

/// One project with its plan.
#[derive(Clone, Debug)]
pub struct Works {
    /// The project.
    pub project: project::Model,
    /// Its stages, in order.
    pub stages: Vec<stage::Model>,
    /// Its milestones, in the order of the plan.
    pub milestones: Vec<milestone::Model>,
    /// The reports on it, newest first.
    pub reports: Vec<progress::Model>,
}

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
    let standings = view.standings(issue.moment);
    let mut kept = Kept::default();
    let mut kept_before = Kept::default();
    let mut owners: BTreeMap<OwnerKey, OwnerRow> = BTreeMap::new();
    let mut rows = view.enterprise_rows(issue.on);
    let mut now = Lights::default();
    let mut items = Vec::new();
    for (promise, mut item) in standings {
        item.in_period = period.contains(&item.due_on) && fell_due(item.outcome);
        if period_before.contains(&item.due_on) {
            count(&mut kept_before, item.outcome);
        }
        if item.light.is_none() && !item.in_period {
            continue;
        }
        let owner = view.owner_row(promise, &mut owners);
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
    let mut before = Lights::default();
    for (_, item) in view.standings(moment_on(issue.kind, issue.since, zone)) {
        if let Some(light) = item.light {
            before.count(light);
        }
    }
    let projects = view.projects(issue.on);
    for row in rows.values_mut() {
        row.project = view.project_light(row.enterprise_id, issue.on);
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
        undelivered: (slice == Slice::Park).then_some(material.undelivered),
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
    View::new(material, slice, calendar, zone)
        .standings(moment)
        .into_iter()
        .map(|(_, item)| item)
        .collect()
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
enum OwnerKey {
    Centre,
    Liaisons,
    Department(i32, Uuid),
}

/// The rows with their indexes, seen through a slice.
struct View<'a> {
    material: &'a Material,
    slice: Slice,
    calendar: &'a Calendar,
    zone: Tz,
    enterprises: HashMap<Uuid, &'a enterprise::Model>,
    contracts: HashMap<Uuid, &'a contract::Model>,
    liaisons: HashMap<Uuid, Vec<&'a liaison::Model>>,
    people: HashMap<Uuid, &'a account::Model>,
    departments: HashMap<Uuid, &'a department::Model>,
}

impl<'a> View<'a> {
    fn new(material: &'a Material, slice: Slice, calendar: &'a Calendar, zone: Tz) -> Self {
        let mut liaisons: HashMap<Uuid, Vec<&liaison::Model>> = HashMap::new();
        for row in &material.liaisons {
            liaisons.entry(row.enterprise_id).or_default().push(row);
        }
        Self {
            slice,
            calendar,
            zone,
            enterprises: material
                .enterprises
                .iter()
                .map(|row| (row.id, row))
                .collect(),
            contracts: material.contracts.iter().map(|row| (row.id, row)).collect(),
            liaisons,
            people: material.people.iter().map(|row| (row.id, row)).collect(),
            departments: material
                .departments
                .iter()
                .map(|row| (row.id, row))
                .collect(),
            material,
        }
    }

    fn name(&self) -> Text {
        match self.slice {
            Slice::Park => Text::new("全园区", "the whole park"),
            Slice::Department(id) => self.department(id),
            Slice::Enterprise(id) => {
                let name = self.enterprise(id);
                Text::new(name.clone(), name)
            }
        }
    }

    fn department(&self, id: Uuid) -> Text {
        self.departments.get(&id).map_or_else(
            || Text::new("", ""),
            |row| Text::new(row.name_zh.clone(), row.name_en.clone()),
        )
    }

    fn enterprise(&self, id: Uuid) -> String {
        self.enterprises
            .get(&id)
            .map(|row| row.name_zh.clone())
            .unwrap_or_default()
    }

    /// Who looked after an enterprise on `day`.
    fn liaison(&self, enterprise_id: Uuid, day: NaiveDate) -> Option<&'a account::Model> {
        let own = self.liaisons.get(&enterprise_id)?.iter().copied();
        let in_charge = liaison::rules::on_day(own, day)?;
        self.people.get(&in_charge.account_id).copied()
    }

    /// The day on which a contract became known here.
    fn recorded_on(&self, contract_id: Uuid) -> Option<NaiveDate> {
        self.contracts
            .get(&contract_id)
            .map(|contract| civil_date(contract.created_at, self.zone))
    }

    /// The contract that was in force on `day`, as far as it was known then.
    fn contract(&self, enterprise_id: Uuid, day: NaiveDate) -> Option<&'a contract::Model> {
        self.material.contracts.iter().find(|contract| {
            contract.enterprise_id == enterprise_id
                && contract.signed_on.is_some_and(|signed| signed <= day)
                && (contract.starts_on..=contract.ends_on).contains(&day)
                && contract.ended_on.is_none_or(|ended| ended > day)
                && civil_date(contract.created_at, self.zone) <= day
        })
    }

    /// The department that answers for a promise: its owner's.
    fn responsible(&self, promise: &Promise, day: NaiveDate) -> Option<Uuid> {
        match promise.commitment.owner {
            Owner::Department => promise.commitment.department_id,
            Owner::Liaison => {
                self.liaison(promise.obligation.enterprise_id, day)?
                    .department_id
            }
            Owner::Centre => None,
        }
    }

    /// Whether the slice shows the enterprise's own matters (its contract, its projects).
    fn shows_enterprise(&self, enterprise_id: Uuid, day: NaiveDate) -> bool {
        match self.slice {
            Slice::Park => true,
            Slice::Department(id) => self
                .liaison(enterprise_id, day)
                .is_some_and(|person| person.department_id == Some(id)),
            Slice::Enterprise(id) => id == enterprise_id,
        }
    }

    fn shows_promise(&self, promise: &Promise, day: NaiveDate) -> bool {
        match self.slice {
            Slice::Park => true,
            Slice::Department(id) => self.responsible(promise, day) == Some(id),
            Slice::Enterprise(id) => id == promise.obligation.enterprise_id,
        }
    }

    fn standings(&self, moment: DateTime<Utc>) -> Vec<(&'a Promise, Item)> {
        let day = civil_date(moment, self.zone);
        let mut found: Vec<(&Promise, Item)> = self
            .material
            .promises
            .iter()
            .filter(|promise| self.shows_promise(promise, day))
            .filter_map(|promise| Some((promise, self.item(promise, moment, day)?)))
            .collect();
        found.sort_by(|(_, a), (_, b)| {
            (a.due_on, &a.enterprise, &a.what.zh, a.obligation_id).cmp(&(
                b.due_on,
                &b.enterprise,
                &b.what.zh,
                b.obligation_id,
            ))
        });
        found
    }

    fn item(&self, promise: &Promise, moment: DateTime<Utc>, day: NaiveDate) -> Option<Item> {
        let Promise {
            obligation,
            commitment,
            ..
        } = promise;
        let recorded_on = self.recorded_on(obligation.contract_id)?;
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
        Some(Item {
            obligation_id: obligation.id,
            enterprise_id: obligation.enterprise_id,
            enterprise: self.enterprise(obligation.enterprise_id),
            what: commitment.words(),
            occasion: obligation.occasion.clone(),
            owner: self.owner(promise, day),
            legal_basis: commitment.legal_basis.clone(),
            due_on: deadline.due_on,
            provisional: deadline.provisional,
            outcome,
            light: is_open.then(|| deadline.light(day, self.calendar)),
            closed_on: deadline.closed_on,
            days_late: match outcome {
                Outcome::Late | Outcome::Missed | Outcome::Overdue => {
                    deadline.overdue_by(day, self.calendar)
                }
                _ => 0,
            },
            public_reason: (!is_open)
                .then(|| obligation.public_reason.clone())
                .flatten(),
            in_period: false,
        })
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

    fn owner_row<'b>(
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

    fn evaluation(&self) -> Option<Figures> {
        let mut figures = self.material.evaluation.clone()?;
        match self.slice {
            Slice::Park => Some(figures),
            Slice::Department(own) => {
                figures.keep_only(own);
                Some(figures)
            }
            Slice::Enterprise(_) => None,
        }
    }

    /// The enterprises with a contract in force on `day`.
    fn enterprise_rows(&self, day: NaiveDate) -> BTreeMap<Uuid, EnterpriseRow> {
        self.material
            .enterprises
            .iter()
            .filter(|row| {
                self.shows_enterprise(row.id, day) && self.contract(row.id, day).is_some()
            })
            .map(|row| (row.id, self.enterprise_row(row.id, day)))
            .collect()
    }

    fn enterprise_row(&self, enterprise_id: Uuid, day: NaiveDate) -> EnterpriseRow {
        let contract = self.contract(enterprise_id, day);
        EnterpriseRow {
            enterprise_id,
            name: self.enterprise(enterprise_id),
            liaison: self
                .liaison(enterprise_id, day)
                .map(|person| person.name.clone()),
            contract: contract.map(|contract| contract.number.clone()),
            contract_ends_on: contract.map(|contract| contract.ends_on),
            lights: Lights::default(),
            project: None,
            kept: Kept::default(),
        }
    }

    fn works(&self, day: NaiveDate) -> impl Iterator<Item = &'a Works> + use<'a, '_> {
        self.material.works.iter().filter(move |works| {
            works.project.state != project::State::Dropped
                && civil_date(works.project.created_at, self.zone) <= day
                && self.shows_enterprise(works.project.enterprise_id, day)
        })
    }

    fn project_light(&self, enterprise_id: Uuid, day: NaiveDate) -> Option<ProjectLight> {
        self.works(day)
            .filter(|works| works.project.enterprise_id == enterprise_id)
            .filter(|works| works.project.state == project::State::Active)
            .filter_map(|works| self.light_of(works, &plan_on(works, day), day))
            .max()
    }

    fn light_of(
        &self,
        works: &Works,
        plan: &[milestone::Model],
        day: NaiveDate,
    ) -> Option<ProjectLight> {
        let (project, stages, reports) = (&works.project, &works.stages, &works.reports);
        let silent = milestone::rules::silent_since(project, stages, reports, day, self.zone);
        milestone::rules::project_light(plan, silent, day, self.calendar)
    }

    fn projects(&self, day: NaiveDate) -> Vec<ProjectRow> {
        let mut rows: Vec<ProjectRow> = self
            .works(day)
            .map(|works| {
                let plan = plan_on(works, day);
                let progress = milestone::rules::progress(&plan, day);
                let reported = works
                    .reports
                    .iter()
                    .find(|report| report.reported_on <= day);
                ProjectRow {
                    project_id: works.project.id,
                    name: works.project.name.clone(),
                    enterprise: self.enterprise(works.project.enterprise_id),
                    state: works.project.state,
                    stages: works
                        .stages
                        .iter()
                        .filter(|row| {
                            row.entered_on.is_some_and(|from| from <= day)
                                && row.left_on.is_none_or(|left| left > day)
                        })
                        .filter_map(|row| stage::numbered(row.number))
                        .map(|stage| Text::new(stage.name_zh, stage.name_en))
                        .collect(),
                    planned: progress.map(|progress| progress.planned),
                    actual: progress.map(|progress| progress.actual),
                    light: self.light_of(works, &plan, day),
                    reported_on: reported.map(|report| report.reported_on),
                    reported: reported.map(|report| report.percent),
                    milestones: plan
                        .iter()
                        .map(|row| MilestoneRow {
                            name: row.name.clone(),
                            planned_on: row.baseline_on,
                            expected_on: row.forecast_on,
                            reached_on: row.actual_on,
                            light: milestone::rules::light(row, day, self.calendar),
                        })
                        .collect(),
                }
            })
            .collect();
        rows.sort_by(|a, b| {
            (&a.enterprise, &a.name, a.project_id).cmp(&(&b.enterprise, &b.name, b.project_id))
        });
        rows
    }

    /// The milestones first planned for the period. What was planned before the project was recorded is before the system.
    fn milestones(&self, issue: &Issue) -> Kept {
        let mut kept = Kept::default();
        for works in self.works(issue.on) {
            let recorded_on = civil_date(works.project.created_at, self.zone);
            for row in plan_on(works, issue.on) {
                let Some(planned) = row.baseline_on else {
                    continue;
                };
                if planned < recorded_on || !(issue.from..=issue.to).contains(&planned) {
                    continue;
                }
                let outcome = match row.actual_on {
                    Some(actual) if actual <= planned => Outcome::OnTime,
                    Some(_) => Outcome::Late,
                    None => Outcome::Overdue,
                };
                count(&mut kept, outcome);
            }
        }
        kept
    }

    /// What needs a decision: first what breaks the law, then what is overdue the longest, then what will be.
    fn problems(
        &self,
        items: &[Item],
        enterprises: &[EnterpriseRow],
        projects: &[ProjectRow],
        day: NaiveDate,
    ) -> Vec<Problem> {
        let mut found: Vec<(Severity, Problem)> = Vec::new();
        let mut groups: BTreeMap<(Uuid, &str), Vec<&Item>> = BTreeMap::new();
        for item in items
            .iter()
            .filter(|item| matches!(item.light, Some(Light::Red | Light::Black)))
        {
            groups
                .entry((item.enterprise_id, item.owner.zh.as_str()))
                .or_default()
                .push(item);
        }
        found.extend(
            groups
                .into_values()
                .filter_map(|group| overdue(&group, &self.material.orders)),
        );
        for row in enterprises {
            if !self.shows_enterprise(row.enterprise_id, day) || row.contract.is_none() {
                continue;
            }
            if row.liaison.is_none() {
                found.push((Severity::Unattended, unattended(row)));
            }
            let ends_soon = row
                .contract_ends_on
                .is_some_and(|last| (last - day).num_days() <= RENEWAL_DAYS);
            if ends_soon && !self.has_successor(row.enterprise_id, day) {
                found.push((Severity::Coming, ending(row)));
            }
        }
        for works in self.works(day) {
            let row = projects
                .iter()
                .find(|row| row.project_id == works.project.id)
                .filter(|row| row.light == Some(ProjectLight::Red))
                .filter(|row| row.state == project::State::Active);
            if let Some(row) = row {
                found.push(self.behind(works, row, day));
            }
        }
        found.sort_by(|(a, x), (b, y)| {
            (a, std::cmp::Reverse(x.days), &x.enterprise, &x.what.zh).cmp(&(
                b,
                std::cmp::Reverse(y.days),
                &y.enterprise,
                &y.what.zh,
            ))
        });
        found.truncate(PROBLEMS);
        found.into_iter().map(|(_, problem)| problem).collect()
    }

    fn has_successor(&self, enterprise_id: Uuid, day: NaiveDate) -> bool {
        self.contract(enterprise_id, day).is_some_and(|present| {
            self.material.contracts.iter().any(|contract| {
                contract.predecessor_id == Some(present.id)
                    && contract.state != contract::State::Terminated
                    && civil_date(contract.created_at, self.zone) <= day
            })
        })
    }

    /// What is said of a project that shows red: that it lags, that a milestone is overdue, or that one is expected to be late; each only
    /// when it is so.
    fn behind(&self, works: &Works, row: &ProjectRow, day: NaiveDate) -> (Severity, Problem) {
        let plan = plan_on(works, day);
        let worst = |days: &dyn Fn(&milestone::Model) -> i32| {
            plan.iter()
                .filter(|milestone| milestone.actual_on.is_none())
                .map(|milestone| (days(milestone), milestone.name.as_str()))
                .filter(|(days, _)| *days > 0)
                .max_by_key(|(days, _)| *days)
        };
        let overdue =
            worst(&|milestone| milestone::rules::overdue_by(milestone, day, self.calendar));
        let expected = worst(&|milestone| {
            milestone::rules::days_late(milestone, day, self.calendar).unwrap_or_default()
        });
        let lag = row.planned.unwrap_or(0) - row.actual.unwrap_or(0);
        let mut parts: Vec<Text> = Vec::new();
        if lag > 0 {
            parts.push(Text::new(
                format!("落后计划 {lag} 个百分点"),
                format!("is {lag} points behind its plan"),
            ));
        }
        match (overdue, expected) {
            (Some((_, name)), _) => parts.push(Text::new(
                format!("卡在“{name}”"),
                format!("is held up at \"{name}\""),
            )),
            (None, Some((late, name))) => parts.push(Text::new(
                format!("预计比计划晚 {late} 个工作日完成“{name}”"),
                format!("expects to complete \"{name}\" {late} working days later than planned"),
            )),
            (None, None) => {}
        }
        let joined = |language: fn(&Text) -> &str, with: &str| {
            let parts: Vec<&str> = parts.iter().map(language).collect();
            parts.join(with)
        };
        let days = overdue.map_or(0, |(days, _)| days);
        let severity = if lag > 0 || days > 0 {
            Severity::Overdue
        } else {
            Severity::Coming
        };
        let problem = Problem {
            enterprise_id: works.project.enterprise_id,
            enterprise: row.enterprise.clone(),
            what: Text::new(
                format!("项目“{}”{}", row.name, joined(|part| &part.zh, "，")),
                format!(
                    "project \"{}\" {}",
                    row.name,
                    joined(|part| &part.en, " and ")
                ),
            ),
            blocked_by: self
                .liaison(works.project.enterprise_id, day)
                .map_or_else(nobody, |person| {
                    Text::new(person.name.clone(), person.name.clone())
                }),
            days: days.unsigned_abs(),
            proposal: Text::new(
                "召开协调会，明确卡点的责任单位和办结日期",
                "hold a coordination meeting to fix who removes the obstacle and by when",
            ),
        };
        (severity, problem)
    }

    /// What the coming week brings: how many promises fall due each day, and singly what is rare.
    fn key_dates(
        &self,
        items: &[Item],
        enterprises: &[EnterpriseRow],
        projects: &[ProjectRow],
        day: NaiveDate,
    ) -> Vec<KeyDate> {
        let last = day.checked_add_days(Days::new(COMING_DAYS)).unwrap_or(day);
        let coming = |date: NaiveDate| (day..=last).contains(&date);
        let mut found = Vec::new();
        let mut due: BTreeMap<NaiveDate, u32> = BTreeMap::new();
        for item in items.iter().filter(|item| coming(item.due_on)) {
            match (item.outcome, &item.legal_basis) {
                (Outcome::Running, Some(basis)) => found.push(KeyDate {
                    on: item.due_on,
                    what: Text::new(
                        format!("法定期限届满：{}（{basis}）", item.what.zh),
                        format!("statutory limit ends: {} ({basis})", item.what.en),
                    ),
                    enterprise: Some(item.enterprise.clone()),
                }),
                (Outcome::Running, None) => *due.entry(item.due_on).or_default() += 1,
                _ => {}
            }
        }
        found.extend(due.into_iter().map(|(on, count)| KeyDate {
            on,
            what: Text::new(
                format!("{count} 项承诺到期"),
                if count == 1 {
                    "1 promise falls due".to_owned()
                } else {
                    format!("{count} promises fall due")
                },
            ),
            enterprise: None,
        }));
        for row in enterprises {
            if let Some(on) = row.contract_ends_on.filter(|on| coming(*on)) {
                let number = row.contract.as_deref().unwrap_or_default();
                found.push(KeyDate {
                    on,
                    what: Text::new(
                        format!("契约 {number} 到期"),
                        format!("contract {number} ends"),
                    ),
                    enterprise: Some(row.name.clone()),
                });
            }
        }
        for project in projects {
            for milestone in &project.milestones {
                if let (None, Some(on)) = (milestone.reached_on, milestone.expected_on)
                    && coming(on)
                {
                    found.push(KeyDate {
                        on,
                        what: Text::new(
                            format!("项目“{}”预计完成“{}”", project.name, milestone.name),
                            format!(
                                "project \"{}\" expects to complete \"{}\"",
                                project.name, milestone.name
                            ),
                        ),
                        enterprise: Some(project.enterprise.clone()),
                    });
                }
            }
        }
        found.sort_by(|a, b| {
            (a.on, &a.enterprise, &a.what.zh).cmp(&(b.on, &b.enterprise, &b.what.zh))
        });
        found
    }
}

/// The milestones as they were on `day`: what was reached later was not reached.
fn plan_on(works: &Works, day: NaiveDate) -> Vec<milestone::Model> {
    works
        .milestones
        .iter()
        .cloned()
        .map(|mut row| {
            row.actual_on = row.actual_on.filter(|actual| *actual <= day);
            row
        })
        .collect()
}

fn centre() -> Text {
    Text::new("企业服务中心", "the service centre")
}

fn nobody() -> Text {
    Text::new("无人负责", "nobody")
}

/// In which order problems come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Severity {
    Unlawful,
    Overdue,
    Unattended,
    Coming,
}

/// The overdue promises of one owner to one enterprise, as one problem.
fn overdue(group: &[&Item], orders: &HashSet<(Uuid, NaiveDate)>) -> Option<(Severity, Problem)> {
    let unlawful = |item: &&&Item| item.light == Some(Light::Black);
    let worst = group
        .iter()
        .max_by_key(|item| (unlawful(item), item.days_late))?;
    let days = worst.days_late;
    let severity = if unlawful(&worst) {
        Severity::Unlawful
    } else {
        Severity::Overdue
    };
    let (zh, en) = match group.len() - 1 {
        0 => (String::new(), String::new()),
        1 => ("等 2 项".to_owned(), " and 1 more".to_owned()),
        more => (format!("等 {} 项", more + 1), format!(" and {more} more")),
    };
    // The ladder: 提醒、催办、督办、约谈、通报.
    let proposal = match severity {
        Severity::Unlawful => Text::new(
            "责令限期办结，并向监督机构书面说明",
            "order completion by a set date, with a written explanation to the supervisor",
        ),
        _ if orders.contains(&(worst.obligation_id, worst.due_on)) => Text::new(
            "督促按督办单答复并办结；逾期不答复的，约谈责任人",
            "urge the unit to answer the supervision order and complete the matter; if there is no answer in time, summon the person in charge",
        ),
        _ if may_be_ordered(days) => Text::new("签发督办单", "issue a supervision order"),
        _ => Text::new(
            "督促责任人明确办结日期",
            "have the person in charge commit to a completion date",
        ),
    };
    Some((
        severity,
        Problem {
            enterprise_id: worst.enterprise_id,
            enterprise: worst.enterprise.clone(),
            what: Text::new(
                format!("{}{zh}", worst.what.zh),
                format!("{}{en}", worst.what.en),
            ),
            blocked_by: worst.owner.clone(),
            days,
            proposal,
        },
    ))
}

/// Whether a supervision order would be taken for a promise overdue by so many working days: a report proposes nothing that is refused.
fn may_be_ordered(days: u32) -> bool {
    let remaining = i32::try_from(days).map_or(i32::MIN, |days| -days);
    supervision::rules::may_order(obligation::State::Open, remaining).is_ok()
}

fn unattended(row: &EnterpriseRow) -> Problem {
    Problem {
        enterprise_id: row.enterprise_id,
        enterprise: row.name.clone(),
        what: Text::new("没有服务专员", "it has no liaison"),
        blocked_by: centre(),
        days: 0,
        proposal: Text::new("指定服务专员", "appoint a liaison"),
    }
}

fn ending(row: &EnterpriseRow) -> Problem {
    let number = row.contract.as_deref().unwrap_or_default();
    let last = row.contract_ends_on.unwrap_or_default();
    Problem {
        enterprise_id: row.enterprise_id,
        enterprise: row.name.clone(),
        what: Text::new(
            format!("契约 {number} 将于 {last} 到期，尚无续签"),
            format!("contract {number} ends on {last}, and no renewal has been drafted"),
        ),
        blocked_by: centre(),
        days: 0,
        proposal: Text::new(
            "决定续签或期满终止",
            "decide whether to renew it or let it expire",
        ),
    }
}

#[cfg(test)]
mod tests;
