//! The red list: every working morning at a quarter past eight the supervisor is told of all that is overdue in the park.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use entity::{
    calendar::{self, rules::Calendar},
    clock::civil_date,
    deadline::{LegalEffect, Matter},
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
    deadline_warnings::overdue,
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
            let late = overdue(store, &calendar, today).await?;
            if late.is_empty() {
                return Ok(());
            }
            let mut matters: Vec<&Matter> = late.iter().map(|(matter, _)| matter).collect();
            matters.sort_by_key(|matter| (!is_statutory(matter), matter.limit.due_on));
            let left_out = matters.len().saturating_sub(LONGEST);
            matters.truncate(LONGEST);
            let ladder = Ladder::load(store, &matters).await?;
            let line = |matter: &&Matter| ladder.line(matter, today, &calendar);
            let lines: Vec<LateLine> = matters.iter().map(line).collect();
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
    told: HashMap<(Uuid, String), DateTime<Utc>>,
    zone: chrono_tz::Tz,
}

const CHASE: &str = "CHASE";
const SUPERVISE: &str = "SUPERVISE";

impl Ladder {
    pub(crate) async fn load(store: &Store, matters: &[&Matter]) -> Result<Self, Fault> {
        let heads = Heads::load(store, matters.iter().copied()).await?;
        let ids: Vec<Uuid> = matters.iter().map(|matter| matter.subject.key).collect();
        let viewer = Viewer::system("red list");
        let departments = department::repository::all(store.db(), &viewer).await?;
        let steps = [CHASE, SUPERVISE];
        Ok(Self {
            heads,
            departments: departments
                .into_iter()
                .map(|row| (row.id, Text::new(row.name_zh, row.name_en)))
                .collect(),
            told: warning::repository::first_told(store.db(), &ids, &steps).await?,
            zone: store.zone(),
        })
    }

    /// When its department was chased.
    pub(crate) fn chased_on(&self, matter: &Matter) -> Option<NaiveDate> {
        self.day_of(CHASE, matter)
    }

    fn day_of(&self, step: &str, matter: &Matter) -> Option<NaiveDate> {
        let threshold = format!("{step}:{}", matter.limit.due_on);
        let told = self.told.get(&(matter.subject.key, threshold));
        told.map(|at| civil_date(*at, self.zone))
    }

    pub(crate) fn line(&self, matter: &Matter, today: NaiveDate, calendar: &Calendar) -> LateLine {
        let department = self.heads.department(matter);
        let department = department.and_then(|id| self.departments.get(&id)).cloned();
        LateLine {
            statutory: is_statutory(matter),
            is_promise: matter.subject.is_promise,
            enterprise: matter.subject.enterprise.clone(),
            item: matter.subject.title.clone(),
            occasion: matter.subject.occasion.clone(),
            due_on: matter.limit.due_on,
            overdue: -matter.limit.value().remaining(today, calendar),
            department: department
                .unwrap_or_else(|| Text::new("企业服务中心", "The service centre")),
            chased_on: self.chased_on(matter),
            ordered_on: self.day_of(SUPERVISE, matter),
            path: matter.subject.path.clone(),
        }
    }
}

fn is_statutory(matter: &Matter) -> bool {
    matter.limit.legal_effect == LegalEffect::Statutory
}
