//! Keeps the days that were told in writing: a pause ends with the day that its notice names, and a case whose applicant has not completed it in time, or
//! not handed in what was allowed to follow, ends. The digest has reminded before.

use entity::{case, error::Fault};
use futures::future::BoxFuture;

use crate::job::{Job, Run};

/// The job.
#[derive(Debug)]
pub struct CaseLapse;

/// How many clocks are looked at together.
const AT_ONCE: u64 = 500;

impl Job for CaseLapse {
    fn run<'a>(&'a self, run: &'a Run) -> BoxFuture<'a, Result<(), Fault>> {
        Box::pin(async move {
            let (store, viewer, today) = (run.store(), run.viewer(), run.store().today());
            let mut after = None;
            while !run.is_rehearsal() && !run.is_stopping() {
                let paused =
                    case::repository::paused_too_long(store.db(), today, after, AT_ONCE).await?;
                let Some(last) = paused.last() else {
                    break;
                };
                after = Some(*last);
                for id in paused {
                    let work = async {
                        case::commands::end_pause(store, viewer, id).await?;
                        Ok::<(), Fault>(())
                    };
                    run.item(&id.to_string(), work).await;
                }
            }
            let mut after = None;
            while !run.is_rehearsal() && !run.is_stopping() {
                let passed = case::repository::passed(store.db(), today, after, AT_ONCE).await?;
                let Some((last, _)) = passed.last() else {
                    break;
                };
                after = Some(*last);
                for (_, id) in passed {
                    let work = async {
                        case::commands::lapse(store, viewer, id).await?;
                        Ok::<(), Fault>(())
                    };
                    run.item(&id.to_string(), work).await;
                }
            }
            Ok(())
        })
    }
}
