//! Projects and their milestones as they stood on a day.

use std::collections::HashMap;

use chrono::NaiveDate;
use sea_orm::prelude::Uuid;

use super::{
    super::{
        facts::{Kept, MilestoneRow, Outcome, ProjectRow},
        issue::Issue,
    },
    Works, count,
    view::View,
};
use crate::{
    clock::civil_date,
    language::Text,
    milestone::{self, rules::Light as ProjectLight},
    project::{self, stage},
};

impl<'a> View<'a> {
    pub(super) fn works(&self, day: NaiveDate) -> impl Iterator<Item = &'a Works> + use<'a, '_> {
        self.material.works.iter().filter(move |works| {
            works.project.state != project::State::Dropped
                && civil_date(works.project.created_at, self.zone) <= day
                && self.shows_enterprise(works.project.enterprise_id, day)
        })
    }

    /// The most severe light of the projects of each enterprise.
    pub(super) fn project_lights(&self, day: NaiveDate) -> HashMap<Uuid, ProjectLight> {
        let mut lights: HashMap<Uuid, ProjectLight> = HashMap::new();
        for works in self.works(day) {
            if works.project.state == project::State::Active
                && let Some(light) = self.light_of(works, &plan_on(works, day), day)
            {
                let worst = lights.entry(works.project.enterprise_id).or_insert(light);
                *worst = light.max(*worst);
            }
        }
        lights
    }

    fn light_of(
        &self,
        works: &Works,
        plan: &[milestone::Model],
        day: NaiveDate,
    ) -> Option<ProjectLight> {
        let (project, stages, reports) = (&works.project, &works.stages, &works.reports);
        let silent = project::rules::silent_since(project, stages, reports, day, self.zone);
        milestone::rules::project_light(plan, silent, day, self.calendar)
    }

    pub(super) fn projects(&self, day: NaiveDate) -> Vec<ProjectRow> {
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
    pub(super) fn milestones(&self, issue: &Issue) -> Kept {
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
}

/// The milestones as they were on `day`: what was reached later was not reached.
pub(super) fn plan_on(works: &Works, day: NaiveDate) -> Vec<milestone::Model> {
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
