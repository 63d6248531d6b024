//! Ends the time limits of permits that have ended. That one ends, and by when its renewal is applied for, is told by the digest.

use entity::{deadline, error::Fault, permit};
use futures::future::BoxFuture;

use crate::job::{Job, Run};

/// The job.
#[derive(Debug)]
pub struct PermitExpiry;

/// How many are ended in one transaction.
const AT_ONCE: u64 = 500;

impl Job for PermitExpiry {
    fn run<'a>(&'a self, run: &'a Run) -> BoxFuture<'a, Result<(), Fault>> {
        Box::pin(async move {
            let (store, viewer, today) = (run.store(), run.viewer(), run.store().today());
            while !run.is_rehearsal() && !run.is_stopping() {
                let ended = deadline::repository::ended_before(store.db(), today, AT_ONCE).await?;
                if ended.is_empty() {
                    break;
                }
                permit::commands::end(store, viewer, &ended).await?;
            }
            Ok(())
        })
    }
}
