//! The witness (完整性核对): what fell due in the last seven days is counted anew, straight from the obligations, and everything of
//! which nobody was told is told now. It should never find anything; what it finds fails its run, so that somebody looks why.

use chrono::Days;
use entity::{
    calendar,
    deadline::State,
    error::Fault,
    obligation::repository::{Owed, open_with_deadlines},
    preference::rules::is_day_left,
    warning,
};
use futures::future::BoxFuture;
use uuid::Uuid;

use crate::{
    deadline_warnings::{DeadlineWarnings, tell_forgotten},
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
            let calendar = calendar::repository::in_force(store.db()).await?;
            if !is_day_left(store.now(), store.zone(), &calendar) {
                return Ok(());
            }
            let untold = untold(run).await?;
            if untold.is_empty() {
                return Ok(());
            }
            for owed in &untold {
                let due_on = owed.deadline.due_on;
                let found = async { Err(format!("nobody was told that it fell due on {due_on}")) };
                run.item::<String>(&owed.obligation.id.to_string(), found)
                    .await;
            }
            // The digest tells whatever was not told; who has had that of today gets a letter beside it.
            DeadlineWarnings.run(run).await?;
            let forgotten = untold.iter().map(|owed| owed.obligation.id).collect();
            tell_forgotten(run, &calendar, &forgotten).await
        })
    }
}

async fn untold(run: &Run) -> Result<Vec<Owed>, Fault> {
    let store = run.store();
    let today = store.today();
    let (Some(from), Some(until)) = (today.checked_sub_days(DAYS), today.pred_opt()) else {
        return Ok(Vec::new());
    };
    let mut untold = Vec::new();
    let mut after = None;
    loop {
        let part = open_with_deadlines(store.db(), until, after, 500).await?;
        let Some(last) = part.last() else {
            return Ok(untold);
        };
        after = Some(last.deadline.id);
        let fallen: Vec<Owed> = part
            .into_iter()
            .filter(|owed| owed.deadline.state == State::Running && owed.deadline.due_on >= from)
            .collect();
        let ids: Vec<Uuid> = fallen.iter().map(|owed| owed.obligation.id).collect();
        let told = warning::repository::told(store.db(), &ids).await?;
        untold.extend(fallen.into_iter().filter(|owed| {
            let day = format!(":{}", owed.deadline.due_on);
            !told.iter().any(|(subject, threshold, _)| {
                *subject == owed.obligation.id && threshold.ends_with(&day)
            })
        }));
    }
}
