//! What a report is made from: figures, names and dates, frozen when it is compiled. Letters, workbooks and the API show these
//! and count nothing themselves.

use std::{cmp::Reverse, collections::BTreeMap};

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::prelude::Uuid;
use serde::{Deserialize, Serialize};

use super::{Kind, title};
use crate::{
    deadline::rules::Light, error::Fault, evaluation::figures::Figures, id::sha256_hex,
    language::Text, milestone::rules::Light as ProjectLight, outbox::facts::late, project, share,
    term::term,
};

/// The facts of one report.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Facts {
    /// Which report.
    pub kind: Kind,
    /// "2026-W41", "2026-09", "2026-Q3".
    pub period: String,
    /// The first day of the period.
    pub from: NaiveDate,
    /// The last day of the period.
    pub to: NaiveDate,
    /// The day the lights are shown for: when the report was due.
    pub as_of: NaiveDate,
    /// The moment the figures stand at.
    pub moment: DateTime<Utc>,
    /// The day the lights are compared with: when the report before was due.
    pub since: NaiveDate,
    /// What it is about: the whole park, the matters of a department, one enterprise.
    pub slice: Text,
    /// How many open promises show each light, the most severe first.
    pub lights: Vec<LightChange>,
    /// The promises that fell due in the period.
    pub kept: Kept,
    /// Those that fell due in the period before.
    pub kept_before: Kept,
    /// The same by who has to keep them.
    pub owners: Vec<OwnerRow>,
    /// The enterprises, by name.
    pub enterprises: Vec<EnterpriseRow>,
    /// What needs a decision, the most pressing first, at most five.
    pub problems: Vec<Problem>,
    /// What the coming seven days bring.
    pub key_dates: Vec<KeyDate>,
    /// The milestones planned for the period.
    pub milestones: Kept,
    /// The projects, by enterprise and name.
    pub projects: Vec<ProjectRow>,
    /// Letters that nobody could deliver and that wait for a person; only where the whole park is shown.
    pub undelivered: Option<u32>,
    /// In a quarterly report: the newest evaluation that a leader had approved by then. It is of an earlier quarter, because enterprises are
    /// still answering that of the report's own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub evaluation: Option<Figures>,
    /// Every promise that is in one of the figures.
    pub items: Vec<Item>,
}

impl Facts {
    /// The name of the report for people.
    pub fn title(&self) -> Text {
        title(self.kind, &self.period, self.from, self.to)
    }

    /// How many open promises show this light.
    pub fn lit(&self, light: Light) -> u32 {
        let shown = self.lights.iter().find(|each| each.light == light);
        shown.map_or(0, |each| each.now)
    }

    /// The facts as they are written.
    pub fn written(&self) -> Result<String, Fault> {
        serde_json::to_string(self).map_err(|error| Fault::Internal(error.to_string()))
    }

    /// SHA-256 of the facts as they are written: the same facts have the same one.
    pub fn fingerprint(&self) -> Result<String, Fault> {
        Ok(sha256_hex(self.written()?.as_bytes()))
    }

    /// The facts without the lists that grow with the park.
    fn without_lists(&self) -> Self {
        Self {
            kind: self.kind,
            period: self.period.clone(),
            from: self.from,
            to: self.to,
            as_of: self.as_of,
            moment: self.moment,
            since: self.since,
            slice: self.slice.clone(),
            lights: self.lights.clone(),
            kept: self.kept,
            kept_before: self.kept_before,
            owners: self.owners.clone(),
            enterprises: Vec::new(),
            problems: self.problems.clone(),
            key_dates: Vec::new(),
            milestones: self.milestones,
            projects: Vec::new(),
            undelivered: self.undelivered,
            evaluation: self.evaluation.clone(),
            items: Vec::new(),
        }
    }

    /// What is shown without reading all of them.
    pub fn summary(&self) -> Summary {
        let mut summary = Summary {
            facts: self.without_lists(),
            more: BTreeMap::new(),
        };
        let mut named: BTreeMap<NaiveDate, usize> = BTreeMap::new();
        for date in &self.key_dates {
            let named = named.entry(date.on).or_default();
            if *named < NAMED_A_DAY {
                *named += 1;
                summary.facts.key_dates.push(date.clone());
            } else {
                *summary.more.entry(date.on).or_default() += 1;
            }
        }
        summary
    }

    /// The promises whose statutory limit has passed.
    pub fn statutory_overdue(&self) -> impl Iterator<Item = &Item> {
        self.items
            .iter()
            .filter(|item| item.light == Some(Light::Black))
    }
}

/// How many key dates of one day a summary names.
const NAMED_A_DAY: usize = 4;

/// What lists and pages show of a report: its facts without the lists of promises, enterprises and projects, and of its key dates the first
/// of each day. It costs the same however large the park is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Summary {
    /// The facts, with those lists empty.
    #[serde(flatten)]
    pub facts: Facts,
    /// How many key dates of a day are not named.
    #[serde(default)]
    pub more: BTreeMap<NaiveDate, u32>,
}

impl Summary {
    /// What the coming week brings, by day.
    pub fn key_days(&self) -> Vec<KeyDay<'_>> {
        let by_day = self.facts.key_dates.chunk_by(|a, b| a.on == b.on);
        by_day
            .filter_map(|dates| {
                let on = dates.first()?.on;
                let (named, others) = dates.split_at(dates.len().min(NAMED_A_DAY));
                let others = u32::try_from(others.len()).unwrap_or(u32::MAX);
                let more = self.more.get(&on).map_or(others, |more| more + others);
                Some(KeyDay { on, named, more })
            })
            .collect()
    }
}

/// A day of the coming week with what it brings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyDay<'a> {
    /// The day.
    pub on: NaiveDate,
    /// The first of what it brings.
    pub named: &'a [KeyDate],
    /// How much more it brings.
    pub more: u32,
}

/// How many show a light, now and at the report before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LightChange {
    /// The light.
    pub light: Light,
    /// How many now.
    pub now: u32,
    /// How many on the day of comparison.
    pub before: u32,
}

/// What became of those that fell due in a period. Each is in exactly one of the four, and all are in `due`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kept {
    /// How many fell due.
    pub due: u32,
    /// Done on their last day or before.
    pub on_time: u32,
    /// Done afterwards.
    pub late: u32,
    /// Declared missed, with a public reason.
    pub missed: u32,
    /// Still open.
    pub overdue: u32,
}

impl Kept {
    /// The on-time rate (按时率) in tenths of a percent. None when nothing fell due.
    pub fn on_time_rate(self) -> Option<u32> {
        share::tenths(self.on_time.into(), self.due.into())
    }

    /// The on-time rate in words.
    pub fn rate(self) -> Text {
        match self.on_time_rate() {
            Some(rate) => {
                let percent = share::in_words(rate);
                Text::new(percent.clone(), percent)
            }
            None => Text::new("无到期", "none due"),
        }
    }
}

/// The figures of those who have to keep promises: a department, the liaisons, the service centre. Never of one person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnerRow {
    /// Who.
    pub name: Text,
    /// The promises of the period.
    pub kept: Kept,
    /// How many are open now.
    pub open: u32,
    /// How many of these are past their limit.
    pub overdue: u32,
}

/// How many show each light.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lights {
    /// Past the statutory limit.
    pub black: u32,
    /// Past the promised limit.
    pub red: u32,
    /// Due within one working day.
    pub orange: u32,
    /// Due soon.
    pub yellow: u32,
    /// Enough time left.
    pub green: u32,
    /// Lawfully paused.
    pub grey: u32,
}

impl Lights {
    /// How many show this light.
    pub fn of(&self, light: Light) -> u32 {
        match light {
            Light::Black => self.black,
            Light::Red => self.red,
            Light::Orange => self.orange,
            Light::Yellow => self.yellow,
            Light::Green => self.green,
            Light::Grey => self.grey,
        }
    }

    /// Counts one more.
    pub fn count(&mut self, light: Light) {
        *match light {
            Light::Black => &mut self.black,
            Light::Red => &mut self.red,
            Light::Orange => &mut self.orange,
            Light::Yellow => &mut self.yellow,
            Light::Green => &mut self.green,
            Light::Grey => &mut self.grey,
        } += 1;
    }

    /// How many there are.
    pub fn total(&self) -> u32 {
        Light::ALL.into_iter().map(|light| self.of(light)).sum()
    }
}

/// One enterprise in the matrix.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EnterpriseRow {
    /// The enterprise.
    pub enterprise_id: Uuid,
    /// Its registered name.
    pub name: String,
    /// Its liaison, if it has one.
    pub liaison: Option<String>,
    /// The contract in force, if there is one.
    pub contract: Option<String>,
    /// The contract's last day.
    pub contract_ends_on: Option<NaiveDate>,
    /// Its open promises by light.
    pub lights: Lights,
    /// The most severe light of its projects; none where nothing is planned.
    pub project: Option<ProjectLight>,
    /// The promises to it that fell due in the period.
    pub kept: Kept,
}

impl EnterpriseRow {
    /// The most severe light of its open promises; grey only when all of them rest.
    pub fn worst(&self) -> Option<Light> {
        Light::ALL
            .into_iter()
            .rev()
            .find(|light| self.lights.of(*light) > 0)
    }
}

/// What needs a decision.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// The enterprise it is about.
    pub enterprise_id: Uuid,
    /// Its name.
    pub enterprise: String,
    /// What the matter is.
    pub what: Text,
    /// Who has to act and does not.
    pub blocked_by: Text,
    /// For how many working days.
    pub days: u32,
    /// What the leader may do about it.
    pub proposal: Text,
}

/// What a day of the coming week brings.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeyDate {
    /// The day.
    pub on: NaiveDate,
    /// What happens.
    pub what: Text,
    /// To whom, when it is about one enterprise.
    pub enterprise: Option<String>,
}

/// One project.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProjectRow {
    /// The project.
    pub project_id: Uuid,
    /// What people call it.
    pub name: String,
    /// The enterprise that builds it.
    pub enterprise: String,
    /// Whether it goes on.
    pub state: project::State,
    /// The stages it is in.
    pub stages: Vec<Text>,
    /// What the first plan says for the day, in percent; none without a plan.
    pub planned: Option<i32>,
    /// What was reached, in percent.
    pub actual: Option<i32>,
    /// Its light; none without a plan.
    pub light: Option<ProjectLight>,
    /// The day of the newest progress report.
    pub reported_on: Option<NaiveDate>,
    /// What it said, in percent.
    pub reported: Option<i32>,
    /// The milestones, in the order of the plan.
    pub milestones: Vec<MilestoneRow>,
}

impl ProjectRow {
    /// The milestone it works towards.
    pub fn next(&self) -> Option<&MilestoneRow> {
        self.milestones
            .iter()
            .find(|milestone| milestone.reached_on.is_none() && milestone.expected_on.is_some())
    }
}

/// One milestone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MilestoneRow {
    /// What is reached.
    pub name: String,
    /// The day first planned.
    pub planned_on: Option<NaiveDate>,
    /// The day now expected.
    pub expected_on: Option<NaiveDate>,
    /// The day it was reached.
    pub reached_on: Option<NaiveDate>,
    /// Its light; none without a plan.
    pub light: Option<ProjectLight>,
}

term! {
    /// What has become of a promise at the moment of a report.
    pub enum Outcome as "ReportOutcome" {
        /// Its last day has not passed.
        Running = "RUNNING", "未到期", "Not yet due";
        /// Lawfully paused.
        Paused = "PAUSED", "已暂停", "Paused";
        /// Its last day has passed and it is open.
        Overdue = "OVERDUE", "已超期", "Overdue";
        /// Kept on its last day or before.
        OnTime = "ON_TIME", "按时办结", "Kept on time";
        /// Kept afterwards.
        Late = "LATE", "逾期办结", "Kept late";
        /// Declared missed.
        Missed = "MISSED", "未履行", "Missed";
        /// No longer owed.
        Cancelled = "CANCELLED", "已取消", "Cancelled";
    }
}

/// One promise in the figures.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    /// The obligation.
    pub obligation_id: Uuid,
    /// To whom it is owed.
    pub enterprise_id: Uuid,
    /// The enterprise's name.
    pub enterprise: String,
    /// What was promised.
    pub what: Text,
    /// For which period or event.
    pub occasion: String,
    /// Who has to keep it.
    pub owner: Text,
    /// The article of law, for statutory ones.
    pub legal_basis: Option<String>,
    /// The last day on which it is on time.
    pub due_on: NaiveDate,
    /// Whether that day rests on a calendar that is not published yet.
    pub provisional: bool,
    /// What has become of it.
    pub outcome: Outcome,
    /// The light while it is open.
    pub light: Option<Light>,
    /// The day it was closed.
    pub closed_on: Option<NaiveDate>,
    /// By how many working days it is or was late.
    pub days_late: u32,
    /// Why it was missed; the enterprise reads it too.
    pub public_reason: Option<String>,
    /// Whether it fell due in the period and so is in the on-time rate.
    pub in_period: bool,
}

/// The facts of the letter that brings a report to one person.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Letter {
    /// The person's name.
    pub name: String,
    /// Whether it comes later than it should (补发).
    pub late: bool,
    /// Where the workbook is fetched below the public address; none in a rehearsal.
    pub path: Option<String>,
    /// The facts, without the list of all promises, and with as many rows of the other lists as a letter holds: the workbook has all.
    pub report: Facts,
    /// The promises whose statutory limit has passed.
    pub statutory_overdue: Vec<Item>,
    /// What is only in the workbook.
    #[serde(default)]
    pub left_out: LeftOut,
    /// Whether the workbook is too large to go with the letter.
    #[serde(default)]
    pub workbook_left_out: bool,
}

/// How many rows of one list a letter has at most.
const ROWS_OF_LETTER: usize = 100;

/// How many rows of each list of a report are not in its letter.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeftOut {
    /// Enterprises.
    pub enterprises: u32,
    /// Projects that are planned.
    pub projects: u32,
    /// Promises whose statutory limit has passed.
    pub statutory_overdue: u32,
    /// Key dates.
    pub key_dates: u32,
}

/// As many rows as a letter holds, those that are `worse` first where there are more, and how many of the others count.
fn held<'a, T: Clone + 'a, K: Ord>(
    rows: impl Iterator<Item = &'a T>,
    worse: impl Fn(&T) -> K,
    counts: impl Fn(&T) -> bool,
) -> (Vec<T>, u32) {
    let mut rows: Vec<&T> = rows.collect();
    if rows.len() > ROWS_OF_LETTER {
        rows.sort_by_key(|row| Reverse(worse(row)));
    }
    let (held, others) = rows.split_at(rows.len().min(ROWS_OF_LETTER));
    let others = others.iter().filter(|row| counts(row)).count();
    (
        held.iter().copied().cloned().collect(),
        u32::try_from(others).unwrap_or(u32::MAX),
    )
}

impl Letter {
    /// The letter of these facts, with its files still to be told.
    pub fn of(facts: &Facts) -> Self {
        let (enterprises, more_enterprises) = held(
            facts.enterprises.iter(),
            |row| (row.lights.black, row.lights.red, row.lights.orange),
            |_| true,
        );
        let (projects, more_projects) = held(
            facts.projects.iter(),
            |row| row.light,
            |row| row.light.is_some(),
        );
        let (statutory_overdue, more_overdue) =
            held(facts.statutory_overdue(), |item| item.days_late, |_| true);
        // Those of the next days come first anyway.
        let (key_dates, more_dates) = held(facts.key_dates.iter(), |_| (), |_| true);
        Self {
            name: String::new(),
            late: false,
            path: None,
            report: Facts {
                enterprises,
                projects,
                key_dates,
                ..facts.without_lists()
            },
            statutory_overdue,
            left_out: LeftOut {
                enterprises: more_enterprises,
                projects: more_projects,
                statutory_overdue: more_overdue,
                key_dates: more_dates,
            },
            workbook_left_out: false,
        }
    }
}

impl crate::outbox::facts::Facts for Letter {
    fn headline(&self) -> Text {
        let facts = &self.report;
        let figure = match facts.kind {
            Kind::WeeklyBrief => {
                let (black, red) = (facts.lit(Light::Black), facts.lit(Light::Red));
                Text::new(
                    format!("法定超期 {black}，承诺超期 {red}"),
                    format!("{black} past the statutory limit, {red} overdue"),
                )
            }
            Kind::MonthlyBulletin | Kind::QuarterlyReport => {
                let rate = facts.kept.rate();
                match facts.kept.on_time_rate() {
                    Some(_) => Text::new(
                        format!("按时率 {}", rate.zh),
                        format!("on time {}", rate.en),
                    ),
                    None => Text::new("本期无到期承诺", "no promise fell due"),
                }
            }
            Kind::EnterpriseProgress => {
                let count = facts.projects.len();
                let s = if count == 1 { "" } else { "s" };
                Text::new(format!("{count} 个项目"), format!("{count} project{s}"))
            }
        };
        let title = facts.title();
        let (zh, en) = late(self.late);
        Text::new(
            format!("{zh}{}：{}", title.zh, figure.zh),
            format!("{en}{}: {}", title.en, figure.en),
        )
    }

    fn path(&self) -> Option<&str> {
        self.path.as_deref()
    }
}
