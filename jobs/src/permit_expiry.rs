//! Tells enterprises and their liaisons of permits that end, 90, 60 and 30 days before the end, and ten and three working days before
//! their renewal can no longer be applied for: in one letter a day, and of each permit only what was crossed last.

use std::collections::BTreeMap;

use chrono::Days;
use entity::{
    account, calendar, enterprise,
    error::Fault,
    language::Text,
    liaison, link, obligation,
    outbox::{
        Class, Kind,
        commands::{NewLetter, enqueue_with_id},
        facts::{self, PermitLine},
    },
    permit::{
        self,
        rules::{Threshold, crossed},
    },
    preference::rules::is_day_left,
    term::Term,
    warning::{self, SubjectKind, commands::Crossed},
};
use futures::future::BoxFuture;
use uuid::Uuid;

use crate::job::{Job, Run};

/// The job.
#[derive(Debug)]
pub struct PermitExpiry;

/// How far ahead a permit may end of which somebody is told: the longest lead with its ten working days, over a long holiday.
const AHEAD: Days = Days::new(150);

/// A permit of which somebody is told.
struct Due {
    permit: permit::Model,
    crossed: Vec<Threshold>,
    line: PermitLine,
    /// Whether this letter is the first warning of it, so that the promise of one is called on; and whether that keeps it.
    promise: Option<bool>,
}

impl Job for PermitExpiry {
    fn run<'a>(&'a self, run: &'a Run) -> BoxFuture<'a, Result<(), Fault>> {
        Box::pin(async move {
            let store = run.store();
            let (db, today) = (store.db(), store.today());
            let calendar = calendar::repository::in_force(db).await?;
            if !is_day_left(store.now(), store.zone(), &calendar) {
                return Ok(());
            }
            let until = today.checked_add_days(AHEAD).unwrap_or(today);
            let mut permits = permit::repository::ending_between(db, today, until).await?;
            if !run.is_rehearsal() {
                permits = permit::commands::recount(store, run.viewer(), permits).await?;
            }
            let ids: Vec<Uuid> = permits.iter().map(|permit| permit.id).collect();
            let told = warning::repository::told(db, &ids).await?;
            let holders: Vec<Uuid> = permits.iter().map(|permit| permit.enterprise_id).collect();
            let names = enterprise::repository::by_ids(db, run.viewer(), &holders).await?;
            let liaisons = liaison::repository::in_charge_of(db, &holders).await?;
            let mut due: BTreeMap<Uuid, (Text, Vec<Due>)> = BTreeMap::new();
            for permit in permits {
                let crossed = crossed(&permit, today, &calendar);
                let Some(newest) = crossed.last() else {
                    continue;
                };
                let enterprise = names.iter().find(|row| row.id == permit.enterprise_id);
                let line = PermitLine {
                    enterprise: enterprise
                        .map(|row| row.name_zh.clone())
                        .unwrap_or_default(),
                    kind: permit.kind.text(),
                    number: permit.number.clone(),
                    valid_until: permit.valid_until,
                    days: (permit.valid_until - today).num_days(),
                    apply_by: permit.apply_by,
                    remaining: remaining(&permit, today, &calendar),
                    path: link::enterprise(permit.enterprise_id),
                };
                let contacts = account::repository::contacts_of(db, permit.enterprise_id).await?;
                let own = contacts.iter().map(|person| {
                    let why = Text::new("这是贵企业的证照", "it is a permit of your enterprise");
                    (person.id, why)
                });
                let looking_after = liaisons
                    .iter()
                    .filter(|row| row.enterprise_id == permit.enterprise_id)
                    .map(|row| {
                        let why = Text::new(
                            "您是该企业的服务专员",
                            "you are the liaison of the enterprise",
                        );
                        (row.account_id, why)
                    });
                let untold = |person: Uuid| {
                    let mut crossed = crossed.iter();
                    crossed.all(|one| !told.contains(&(permit.id, one.name(&permit), person)))
                };
                // One letter carries the promise: that to the first contact, or to the liaison where there is none.
                let first = contacts.first().map(|contact| contact.id);
                for (person, why) in own.chain(looking_after) {
                    if told.contains(&(permit.id, newest.name(&permit), person)) {
                        run.skip();
                        continue;
                    }
                    let (_, list) = due.entry(person).or_insert_with(|| (why, Vec::new()));
                    let carries = first.is_none_or(|contact| contact == person);
                    list.push(Due {
                        promise: (carries && untold(person)).then_some(first.is_some()),
                        permit: permit.clone(),
                        crossed: crossed.clone(),
                        line: line.clone(),
                    });
                }
            }
            let people: Vec<Uuid> = due.keys().copied().collect();
            for person in account::repository::named(db, &people).await? {
                if run.is_stopping() {
                    break;
                }
                let Some((why, list)) = due.remove(&person.id) else {
                    continue;
                };
                if !person.is_enabled() {
                    run.skip();
                    continue;
                }
                let said = |due: &Due| {
                    let line = &due.line;
                    let kind = line.kind.in_language(person.language);
                    format!("{} | {} | {kind}", line.apply_by, line.enterprise)
                };
                run.plan(&person, list.iter().map(said).collect());
                if run.is_rehearsal() {
                    continue;
                }
                let work = write(run, &person, why, &list);
                run.item(&person.login, work).await;
            }
            Ok(())
        })
    }
}

async fn write(run: &Run, person: &account::Model, why: Text, list: &[Due]) -> Result<(), Fault> {
    let unit = run.begin().await?;
    let letter = NewLetter::new(
        format!("permit_expiry:{}:{}", run.store().today(), person.id),
        Kind::PermitExpiry,
        Class::MustNotMiss,
        person.id,
        &facts::PermitExpiry {
            name: person.name.clone(),
            permits: list.iter().map(|due| due.line.clone()).collect(),
            why,
        },
    )?;
    // Who has had today's letter hears of the rest tomorrow.
    let Some(id) = enqueue_with_id(&unit, letter).await? else {
        return Ok(());
    };
    for due in list {
        if let Some(kept) = due.promise {
            obligation::commands::permit_ends_in(&unit, &due.permit, kept).await?;
        }
    }
    let crossed = list.iter().flat_map(|due| {
        let newest = due.crossed.last();
        due.crossed.iter().map(move |threshold| Crossed {
            subject_kind: SubjectKind::Permit,
            subject_id: due.permit.id,
            threshold: threshold.name(&due.permit),
            superseded: Some(threshold) != newest,
        })
    });
    warning::commands::record(&unit, person.id, Some(id), crossed.collect()).await?;
    run.commit(unit).await
}

fn remaining(
    permit: &permit::Model,
    today: chrono::NaiveDate,
    calendar: &calendar::rules::Calendar,
) -> i32 {
    if permit.apply_by < today {
        -calendar.working_days_between(permit.apply_by, today)
    } else {
        calendar.working_days_between(today, permit.apply_by)
    }
}
