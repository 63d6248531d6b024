//! The afternoon of the last day: what is due today and still open is told to those who have to keep it, in one letter each.

use std::collections::BTreeMap;

use entity::{
    account, calendar,
    deadline::{repository::fallen_due, rules::Light},
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
    deadline_warnings::item,
    job::{Job, Run, Written},
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
            // What the law has counted as past before is black, and told elsewhere.
            let mut due = fallen_due(store, today, today).await?;
            due.retain(|matter| {
                matter.subject.is_owed() && matter.limit.light(today) == Light::Orange
            });
            let responsible = Responsible::load(store, due.iter()).await?;
            let mut lines: BTreeMap<Uuid, Vec<DigestLine>> = BTreeMap::new();
            for matter in &due {
                for (person, why) in responsible.owners(matter) {
                    let item = item(matter, Light::Orange, today, &calendar, why);
                    lines.entry(person).or_default().push(item.line);
                }
            }
            let people: Vec<Uuid> = lines.keys().copied().collect();
            let people = account::repository::named(store.db(), &people).await?;
            let mut letters = Vec::with_capacity(people.len());
            for person in &people {
                let lines = lines.remove(&person.id).unwrap_or_default();
                if !person.is_enabled() {
                    run.skip();
                    continue;
                }
                let said = |line: &DigestLine| {
                    let item = line.item.in_language(person.language);
                    format!("{} | {item}", line.enterprise)
                };
                letters.push(Written {
                    what: person.login.clone(),
                    recipient: person,
                    why: lines.iter().map(said).collect(),
                    letter: NewLetter::new(
                        format!("last_day:{today}:{}", person.id),
                        Kind::LastDay,
                        Class::MustNotDouble,
                        person.id,
                        &facts::LastDay {
                            name: person.name.clone(),
                            date: today,
                            lines,
                        },
                    ),
                    crossed: Vec::new(),
                });
            }
            run.write_all(letters).await;
            Ok(())
        })
    }
}
