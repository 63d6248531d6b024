//! The afternoon of the last day: what is due today and still open is told to those who have to keep it, in one letter each.

use std::collections::BTreeMap;

use entity::{
    account, calendar,
    deadline::rules::Light,
    error::Fault,
    outbox::{
        Class, Kind,
        commands::NewLetter,
        facts::{self, DigestLine},
    },
    preference::rules::is_day_left,
};
use futures::future::BoxFuture;
use uuid::Uuid;

use crate::{
    deadline_warnings::{item, owed},
    job::{Job, Run},
    responsible::Responsible,
};

/// The job.
#[derive(Debug)]
pub struct LastDay;

impl Job for LastDay {
    fn run<'a>(&'a self, run: &'a Run) -> BoxFuture<'a, Result<(), Fault>> {
        Box::pin(async move {
            let store = run.store();
            let today = store.today();
            let calendar = calendar::repository::in_force(store).await?;
            if !is_day_left(store.now(), store.zone(), &calendar) {
                return Ok(());
            }
            let mut due = owed(store, &calendar, today).await?;
            due.retain(|(matter, light)| *light == Light::Orange && matter.limit.due_on == today);
            let responsible =
                Responsible::load(store, due.iter().map(|(matter, _)| matter)).await?;
            let mut lines: BTreeMap<Uuid, Vec<DigestLine>> = BTreeMap::new();
            for (matter, light) in &due {
                for (person, why) in responsible.owners(matter) {
                    let item = item(matter, *light, today, &calendar, why);
                    lines.entry(person).or_default().push(item.line);
                }
            }
            let people: Vec<Uuid> = lines.keys().copied().collect();
            for person in account::repository::named(store.db(), &people).await? {
                if run.is_stopping() {
                    break;
                }
                let lines = lines.remove(&person.id).unwrap_or_default();
                if !person.is_enabled() {
                    run.skip();
                    continue;
                }
                let said = |line: &DigestLine| {
                    let item = line.item.in_language(person.language);
                    format!("{} | {item}", line.enterprise)
                };
                let why = lines.iter().map(said).collect();
                let letter = NewLetter::new(
                    format!("last_day:{today}:{}", person.id),
                    Kind::LastDay,
                    Class::MustNotDouble,
                    person.id,
                    &facts::LastDay {
                        name: person.name.clone(),
                        date: today,
                        lines,
                    },
                );
                run.write(&person, why, letter, Vec::new()).await;
            }
            Ok(())
        })
    }
}
