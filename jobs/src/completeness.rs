//! The witness (完整性核对): what fell due in the last seven days is counted anew, straight from the due dates, and everything of
//! which nobody was told is told now. It should never find anything; what it finds fails its run, so that somebody looks why. What the
//! digest of today had no room for is told in the number of what it leaves out, and named on one of the next days: it is not forgotten.

use std::collections::HashSet;

use chrono::Days;
use entity::{
    calendar::{self, rules::Calendar},
    clock::instant_of,
    deadline::{Matter, repository::fallen_due},
    error::Fault,
    preference::rules::{DIGEST_AT, is_day_left},
    warning,
};
use futures::future::BoxFuture;
use uuid::Uuid;

use crate::{
    deadline_warnings::{DeadlineWarnings, left_out_today, tell_forgotten},
    job::{Job, Run},
};

/// The job.
#[derive(Debug)]
pub struct Completeness;

/// How many days are counted anew.
const DAYS: Days = Days::new(7);

impl Job for Completeness {
    fn run<'a>(&'a self, run: &'a Run) -> BoxFuture<'a, Result<(), Fault>> {
        Box::pin(async move {
            let store = run.store();
            let calendar = calendar::repository::in_force(store).await?;
            let (now, zone) = (store.now(), store.zone());
            let (hour, minute) = DIGEST_AT;
            // Whatever came over the days off is told by the digest of this morning.
            let had_its_turn = instant_of(store.today(), hour.into(), minute.into(), zone) <= now;
            if !is_day_left(now, zone, &calendar) || !had_its_turn {
                return Ok(());
            }
            let untold = untold(run, &calendar).await?;
            if untold.is_empty() {
                return Ok(());
            }
            for matter in &untold {
                let due_on = matter.limit.due_on;
                let found = async { Err(format!("nobody was told that it fell due on {due_on}")) };
                run.item::<String>(&matter.subject.key.to_string(), found)
                    .await;
            }
            // The digest tells whatever was not told; who has had that of today gets a letter beside it.
            DeadlineWarnings.run(run).await?;
            let forgotten = untold.iter().map(|matter| matter.subject.key).collect();
            tell_forgotten(run, &calendar, &forgotten).await
        })
    }

    fn follows(&self) -> Option<&'static str> {
        Some("deadline_warnings")
    }
}

async fn untold(run: &Run, calendar: &Calendar) -> Result<Vec<Matter>, Fault> {
    let store = run.store();
    let today = store.today();
    let (Some(from), Some(until)) = (today.checked_sub_days(DAYS), today.pred_opt()) else {
        return Ok(Vec::new());
    };
    let mut fallen = fallen_due(store, from, until).await?;
    let keys: Vec<Uuid> = fallen.iter().map(|matter| matter.subject.key).collect();
    let told: HashSet<(Uuid, String)> = warning::repository::told(store.db(), &keys)
        .await?
        .into_iter()
        .filter_map(|(subject, threshold, _)| {
            let (_, day) = threshold.split_once(':')?;
            Some((subject, day.to_owned()))
        })
        .collect();
    fallen.retain(|matter| {
        // What an agreement has put off beyond the law is told under its day by law.
        let by_law = matter.limit.clone().as_told(today, calendar).due_on;
        let recorded = matter.limit.value().told_under();
        let mut days = [recorded, by_law].into_iter();
        days.all(|day| !told.contains(&(matter.subject.key, day.to_string())))
    });
    let keys: Vec<Uuid> = fallen.iter().map(|matter| matter.subject.key).collect();
    let left_out: HashSet<Uuid> = left_out_today(store, &keys)
        .await?
        .into_iter()
        .map(|(subject, _)| subject)
        .collect();
    fallen.retain(|matter| !left_out.contains(&matter.subject.key));
    Ok(fallen)
}
