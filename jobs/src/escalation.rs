//! Escalation by age: a promise that has been overdue for a working day, and that the digests of owner and head have told of, is
//! chased once at the head of the department, in one letter a day; not while the head has acknowledged it. What is still open
//! five working days after its chase comes before the supervisor.

use std::collections::BTreeMap;

use entity::{
    account,
    acknowledgement::rules::pairs_at_rest,
    calendar,
    deadline::{Matter, rules::Light},
    error::Fault,
    language::Text,
    link,
    obligation::subject::Obligations,
    outbox::{Class, Kind, commands::NewLetter, facts},
    preference::rules::is_day_left,
    warning::{self, commands::Crossed},
};
use futures::future::BoxFuture;
use uuid::Uuid;

use crate::{
    criticism::draft,
    deadline_warnings::{Item, item, overdue},
    job::{Job, Run, Written},
    responsible::Responsible,
};

/// The job.
#[derive(Debug)]
pub struct Escalation;

/// Working days to the due date from which on a promise is chased: red on the first day after it, chased on the second.
const CHASED_FROM: i32 = -2;

impl Job for Escalation {
    fn run<'a>(&'a self, run: &'a Run) -> BoxFuture<'a, Result<(), Fault>> {
        Box::pin(async move {
            let store = run.store();
            let today = store.today();
            let calendar = calendar::repository::in_force(store).await?;
            if !is_day_left(store.now(), store.zone(), &calendar) {
                return Ok(());
            }
            let mut late = overdue(store, &calendar, today).await?;
            late.retain(|(matter, _)| {
                matter.limit.value().remaining(today, &calendar) <= CHASED_FROM
            });
            let ids: Vec<Uuid> = late.iter().map(|(matter, _)| matter.subject.key).collect();
            let told = warning::repository::told(store.db(), &ids).await?;
            let at_rest = pairs_at_rest(&told, today);
            let responsible =
                Responsible::load(store, late.iter().map(|(matter, _)| matter)).await?;
            let why = Text::new("由您的部门负责", "your department is in charge");
            let mut items: BTreeMap<Uuid, Vec<Item>> = BTreeMap::new();
            for (matter, light) in &late {
                for (person, why) in responsible.heads(matter, &why) {
                    let id = matter.subject.key;
                    let rests = *light == Light::Red && at_rest.contains(&(id, person));
                    if rests || told.contains(&(id, threshold(matter.limit.due_on), person)) {
                        run.skip();
                        continue;
                    }
                    let mut item = item(matter, *light, today, &calendar, why);
                    // On its page the reason is given: as a comment.
                    if item.kind == Obligations::NAME {
                        item.line.path = link::comments(&item.line.path);
                    }
                    items.entry(person).or_default().push(item);
                }
            }
            let people: Vec<Uuid> = items.keys().copied().collect();
            let people = account::repository::named(store.db(), &people).await?;
            let mut letters = Vec::with_capacity(people.len());
            for person in &people {
                let mut items = items.remove(&person.id).unwrap_or_default();
                if !person.is_enabled() {
                    run.skip();
                    continue;
                }
                items.sort_by_key(|item| (item.line.due_on, item.subject));
                let said = |item: &Item| {
                    let line = &item.line;
                    let what = line.item.in_language(person.language);
                    format!("{} | {} | {what}", line.due_on, line.enterprise)
                };
                let why = items.iter().map(said).collect();
                let crossed = items.iter().map(|item| Crossed {
                    subject_kind: item.kind,
                    subject_id: item.subject,
                    threshold: threshold(item.line.due_on),
                    superseded: false,
                });
                letters.push(Written {
                    what: person.login.clone(),
                    recipient: person,
                    why,
                    crossed: crossed.collect(),
                    letter: NewLetter::new(
                        format!("chase:{today}:{}", person.id),
                        Kind::Chase,
                        Class::MustNotMiss,
                        person.id,
                        &facts::Chase {
                            name: person.name.clone(),
                            date: today,
                            lines: items.into_iter().map(|item| item.line).collect(),
                        },
                    ),
                });
            }
            run.write_all(letters).await;
            let late: Vec<&Matter> = late.iter().map(|(matter, _)| matter).collect();
            draft(run, &calendar, &late).await
        })
    }
}

fn threshold(due_on: chrono::NaiveDate) -> String {
    format!("CHASE:{due_on}")
}
