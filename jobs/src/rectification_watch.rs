//! Finds rectifications whose call-back or reply is overdue, and tells those who were rated and the supervisor, once for each limit.

use entity::{
    calendar,
    error::Fault,
    preference::rules::is_day_left,
    rectification::{self, commands::remind},
};
use futures::future::BoxFuture;
use uuid::Uuid;

use crate::job::{Job, Run};

/// The job.
#[derive(Debug)]
pub struct RectificationWatch;

impl Job for RectificationWatch {
    fn run<'a>(&'a self, run: &'a Run) -> BoxFuture<'a, Result<(), Fault>> {
        Box::pin(async move {
            let store = run.store();
            let calendar = calendar::repository::in_force(store.db()).await?;
            if !is_day_left(store.now(), store.zone(), &calendar) {
                return Ok(());
            }
            let overdue = rectification::repository::overdue(store.db(), store.today()).await?;
            for (one, limit) in overdue {
                if run.is_stopping() {
                    break;
                }
                if run.is_rehearsal() {
                    run.skip();
                    continue;
                }
                let work = warn(run, &one, limit.id);
                run.item(&one.about_zh, work).await;
            }
            Ok(())
        })
    }
}

async fn warn(run: &Run, one: &rectification::Model, limit: Uuid) -> Result<(), Fault> {
    let unit = run.begin().await?;
    if remind(&unit, one, limit).await? {
        return run.commit(unit).await;
    }
    Ok(())
}
