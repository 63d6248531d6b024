//! The red list: every working morning at a quarter past eight the supervisor is told of all that is overdue in the park.

use std::collections::HashMap;

use chrono::NaiveDate;
use entity::{
    calendar::{self, rules::Calendar},
    clock::civil_date,
    deadline::{LegalEffect, Matter, rules::Light},
    department,
    error::Fault,
    language::Text,
    outbox::{
        Class, Kind,
        commands::NewLetter,
        facts::{self, LateLine},
    },
    preference::rules::is_day_left,
    store::Store,
    viewer::{Role, Viewer},
    warning,
};
use futures::future::BoxFuture;
use uuid::Uuid;

use crate::{
    deadline_warnings::owed,
    job::{Job, Run, in_role_or_centre},
    responsible::Heads,
};

/// The job.
#[derive(Debug)]
pub struct RedList;

/// How many lines a list has at most.
const LONGEST: usize = 60;

impl Job for RedList {
    fn run<'a>(&'a self, run: &'a Run) -> BoxFuture<'a, Result<(), Fault>> {
        Box::pin(async move {
            let store = run.store();
            let today = store.today();
            let calendar = calendar::repository::in_force(store).await?;
            if !is_day_left(store.now(), store.zone(), &calendar) {
                return Ok(());
            }
            let mut late = owed(store, &calendar, today).await?;
            late.retain(|(_, light)| *light >= Light::Red);
            if late.is_empty() {
                return Ok(());
            }
            let matters: Vec<&Matter> = late.iter().map(|(matter, _)| matter).collect();
            let mut lines = Ladder::load(store, &matters)
                .await?
                .lines(&matters, today, &calendar);
            lines.sort_by_key(|line| (!line.statutory, line.due_on));
            let left_out = lines.len().saturating_sub(LONGEST);
            lines.truncate(LONGEST);
            for person in in_role_or_centre(store, Role::Supervisor).await? {
                if run.is_stopping() {
                    break;
                }
                let said = |line: &LateLine| line.said(person.language);
                let letter = NewLetter::new(
                    format!("red_list:{today}:{}", person.id),
                    Kind::RedList,
                    Class::MustNotDouble,
                    person.id,
                    &facts::RedList {
                        name: person.name.clone(),
                        date: today,
                        lines: lines.clone(),
                        left_out,
                    },
                );
                let why = lines.iter().map(said).collect();
                run.write(&person, why, letter, Vec::new()).await;
            }
            Ok(())
        })
    }
}

/// How far what is overdue has come up the ladder (催办、督办), and who is in charge of it.
pub(crate) struct Ladder {
    heads: Heads,
    departments: HashMap<Uuid, Text>,
    told: Vec<warning::Model>,
    zone: chrono_tz::Tz,
}

impl Ladder {
    pub(crate) async fn load(store: &Store, matters: &[&Matter]) -> Result<Self, Fault> {
        let heads = Heads::load(store, matters.iter().copied()).await?;
        let ids: Vec<Uuid> = matters.iter().map(|matter| matter.subject.key).collect();
        let viewer = Viewer::system("red list");
        let departments = department::repository::all(store.db(), &viewer).await?;
        Ok(Self {
            heads,
            departments: departments
                .into_iter()
                .map(|row| (row.id, Text::new(row.name_zh, row.name_en)))
                .collect(),
            told: warning::repository::about(store.db(), &ids).await?,
            zone: store.zone(),
        })
    }

    pub(crate) fn lines(
        &self,
        matters: &[&Matter],
        today: NaiveDate,
        calendar: &Calendar,
    ) -> Vec<LateLine> {
        let line = |matter: &&Matter| {
            let (id, due_on) = (matter.subject.key, matter.limit.due_on);
            let day_of = |step: &str| {
                let threshold = format!("{step}:{due_on}");
                let mut of_step = self.told.iter();
                of_step
                    .find(|told| told.subject_id == id && told.threshold == threshold)
                    .map(|told| civil_date(told.recorded_at, self.zone))
            };
            let department = self.heads.department(matter);
            let department = department.and_then(|id| self.departments.get(&id)).cloned();
            LateLine {
                statutory: matter.limit.legal_effect == LegalEffect::Statutory,
                is_promise: matter.subject.is_promise,
                enterprise: matter.subject.enterprise.clone(),
                item: matter.subject.title.clone(),
                occasion: matter.subject.occasion.clone(),
                due_on,
                overdue: -matter.limit.value().remaining(today, calendar),
                department: department
                    .unwrap_or_else(|| Text::new("企业服务中心", "The service centre")),
                chased_on: day_of("CHASE"),
                ordered_on: day_of("SUPERVISE"),
                path: matter.subject.path.clone(),
            }
        };
        matters.iter().map(line).collect()
    }
}
