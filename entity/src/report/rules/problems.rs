//! What a leader is asked to decide, in which order, and what is proposed.

use std::collections::{BTreeMap, HashMap, HashSet};

use chrono::NaiveDate;
use sea_orm::prelude::Uuid;

use super::{
    super::facts::{EnterpriseRow, Item, Problem, ProjectRow},
    Works,
    projects::plan_on,
    view::{View, centre, nobody},
};
use crate::{
    deadline::rules::Light,
    language::Text,
    milestone::{self, rules::Light as ProjectLight},
    obligation, project, supervision,
};

/// How many problems a leader is asked to decide at once.
pub(super) const PROBLEMS: usize = 5;
/// A contract that ends within so many days without a successor needs a decision.
const RENEWAL_DAYS: i64 = 30;

impl View<'_> {
    /// What needs a decision: first what breaks the law, then what is overdue the longest, then what will be.
    pub(super) fn problems(
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
                .filter_map(|group| overdue(&group, &self.material.common.orders)),
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
            let present = self.contract(row.enterprise_id, day);
            let goes_on = present.is_some_and(|present| self.has_successor(present.id, day));
            if ends_soon && !goes_on {
                found.push((Severity::Coming, ending(row)));
            }
        }
        let rows: HashMap<Uuid, &ProjectRow> =
            projects.iter().map(|row| (row.project_id, row)).collect();
        for works in self.works(day) {
            let row = rows
                .get(&works.project.id)
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
                format!("“{name}”超期未完成"),
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
                "召开协调会，明确责任单位和办结日期",
                "hold a coordination meeting to decide who removes the obstacle and by when",
            ),
        };
        (severity, problem)
    }
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
            "urge the unit to answer the supervision order and complete the matter; if there is no answer in time, have a formal talk with the person in charge",
        ),
        _ if may_be_ordered(days) => Text::new("下达督办单", "issue a supervision order"),
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
