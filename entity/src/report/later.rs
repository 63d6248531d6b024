//! Then and now: what a report said, what the same report would say with all that is known today, and the later entries that
//! make the difference.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::prelude::Uuid;

use super::facts::{Facts, Item, Kept, MilestoneRow, Outcome, ProjectRow};
use crate::{language::Text, obligation::rules::occasion_name, term::Term};

/// A report compared with today's knowledge.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ThenAndNow {
    /// The figures that would be others, for the same moment.
    pub figures: Vec<Difference>,
    /// What was entered since, whether or not it reaches back into the figures.
    pub entries: Vec<LaterEntry>,
}

/// One figure that would be another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// Which figure.
    pub figure: Text,
    /// What the report said.
    pub then: u32,
    /// What it would say now.
    pub now: u32,
}

/// What a later entry is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Subject {
    /// 履约事项: a promise.
    Obligation,
    /// 项目: a project and its milestones.
    Project,
}

/// Something entered after the report was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LaterEntry {
    /// What it is about.
    pub subject: Subject,
    /// Its key.
    pub subject_id: Uuid,
    /// The enterprise.
    pub enterprise: String,
    /// The promise or the milestone.
    pub what: Text,
    /// How it stood in the report; none when it was not known.
    pub then: Option<Text>,
    /// How it stands today.
    pub now: Text,
    /// Whether it reaches back: the report would show it differently.
    pub reaches_back: bool,
    /// When it was entered, as the audit trail says.
    pub entered_at: Option<DateTime<Utc>>,
    /// By which command.
    pub entered_by: Option<String>,
}

/// Compares `then` with the same report made `again`, and with the promises and projects as they are today.
pub fn compare(
    then: &Facts,
    again: &Facts,
    promises: &[Item],
    projects: &[ProjectRow],
) -> ThenAndNow {
    let mut entries = later_promises(then, again, promises);
    entries.extend(later_milestones(then, again, projects));
    ThenAndNow {
        figures: differences(then, again),
        entries,
    }
}

/// What of a promise only an entry can change. That a day passes changes the light, not this.
fn entered(item: &Item) -> (NaiveDate, Option<NaiveDate>, Option<Outcome>) {
    let outcome = match item.outcome {
        Outcome::Running | Outcome::Overdue => None,
        other => Some(other),
    };
    (item.due_on, item.closed_on, outcome)
}

fn standing(item: &Item) -> Text {
    let name = item.outcome.inside();
    let day = item.closed_on.unwrap_or(item.due_on);
    match item.closed_on {
        Some(_) => Text::new(
            format!("{day} {}", name.zh),
            format!("{} on {day}", name.en),
        ),
        None => Text::new(
            format!("{}，到期日 {day}", name.zh),
            format!("{}, due on {day}", name.en),
        ),
    }
}

fn later_promises(then: &Facts, again: &Facts, today: &[Item]) -> Vec<LaterEntry> {
    let then: HashMap<Uuid, &Item> = by_id(&then.items);
    let again: HashMap<Uuid, &Item> = by_id(&again.items);
    today
        .iter()
        .filter_map(|item| {
            let (was, would_be) = (
                then.get(&item.obligation_id).copied(),
                again.get(&item.obligation_id).copied(),
            );
            let reaches_back = was != would_be;
            let changed = was.is_some_and(|was| entered(was) != entered(item));
            let occasion = occasion_name(&item.occasion);
            (reaches_back || changed).then(|| LaterEntry {
                subject: Subject::Obligation,
                subject_id: item.obligation_id,
                enterprise: item.enterprise.clone(),
                what: Text::new(
                    format!("{}（{}）", item.what.zh, occasion.zh),
                    format!("{} ({})", item.what.en, occasion.en),
                ),
                then: was.map(standing),
                now: standing(item),
                reaches_back,
                entered_at: None,
                entered_by: None,
            })
        })
        .collect()
}

fn by_id(items: &[Item]) -> HashMap<Uuid, &Item> {
    items
        .iter()
        .map(|item| (item.obligation_id, item))
        .collect()
}

fn plan(row: &MilestoneRow) -> Text {
    match (row.reached_on, row.expected_on) {
        (Some(day), _) => Text::new(format!("{day} 完成"), format!("completed on {day}")),
        (None, Some(day)) => Text::new(format!("预计 {day} 完成"), format!("expected on {day}")),
        (None, None) => Text::new("未排期", "not planned"),
    }
}

fn later_milestones(then: &Facts, again: &Facts, today: &[ProjectRow]) -> Vec<LaterEntry> {
    let find = |facts: &Facts, project: Uuid, position: usize| -> Option<MilestoneRow> {
        facts
            .projects
            .iter()
            .find(|row| row.project_id == project)?
            .milestones
            .get(position)
            .cloned()
    };
    let dates = |row: &MilestoneRow| (row.planned_on, row.expected_on, row.reached_on);
    let mut found = Vec::new();
    for project in today {
        for (position, row) in project.milestones.iter().enumerate() {
            let was = find(then, project.project_id, position);
            let would_be = find(again, project.project_id, position);
            if was.as_ref().map(dates) == Some(dates(row)) {
                continue;
            }
            // A project that is new since then is no correction.
            if was.is_none() && would_be.is_none() {
                continue;
            }
            found.push(LaterEntry {
                subject: Subject::Project,
                subject_id: project.project_id,
                enterprise: project.enterprise.clone(),
                what: Text::new(
                    format!("{}：{}", project.name, row.name),
                    format!("{}: {}", project.name, row.name),
                ),
                then: was.as_ref().map(plan),
                now: plan(row),
                reaches_back: was != would_be,
                entered_at: None,
                entered_by: None,
            });
        }
    }
    found
}

fn differences(then: &Facts, again: &Facts) -> Vec<Difference> {
    let mut figures: Vec<(Text, u32, u32)> = Vec::new();
    for (was, is) in then.lights.iter().zip(&again.lights) {
        figures.push((was.light.text(), was.now, is.now));
    }
    let parts = |kept: Kept| [kept.due, kept.on_time, kept.late, kept.missed, kept.overdue];
    let names = [
        ("本期到期承诺", "promises that fell due"),
        ("按时办结", "kept on time"),
        ("逾期办结", "kept late"),
        ("未履行", "missed"),
        ("仍超期", "still open"),
    ];
    for ((was, is), (zh, en)) in parts(then.kept)
        .into_iter()
        .zip(parts(again.kept))
        .zip(names)
    {
        figures.push((Text::new(zh, en), was, is));
    }
    let names = [
        ("本期应完成里程碑", "milestones planned"),
        ("里程碑按时完成", "milestones completed on time"),
        ("里程碑逾期完成", "milestones completed late"),
        ("里程碑未完成", "milestones dropped"),
        ("里程碑仍超期", "milestones still open"),
    ];
    for ((was, is), (zh, en)) in parts(then.milestones)
        .into_iter()
        .zip(parts(again.milestones))
        .zip(names)
    {
        figures.push((Text::new(zh, en), was, is));
    }
    figures.push((
        Text::new("企业", "enterprises"),
        count(then.enterprises.len()),
        count(again.enterprises.len()),
    ));
    figures
        .into_iter()
        .filter(|(_, then, now)| then != now)
        .map(|(figure, then, now)| Difference { figure, then, now })
        .collect()
}

fn count(rows: usize) -> u32 {
    u32::try_from(rows).unwrap_or(u32::MAX)
}
