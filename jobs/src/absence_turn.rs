//! Begins the leaves that begin today, and ends those whose last day has passed.

use entity::{absence, error::Fault};
use futures::future::BoxFuture;

use crate::job::{Job, Run};

/// The job.
#[derive(Debug)]
pub struct AbsenceTurn;

impl Job for AbsenceTurn {
    fn run<'a>(&'a self, run: &'a Run) -> BoxFuture<'a, Result<(), Fault>> {
        Box::pin(async move {
            if run.is_rehearsal() {
                return Ok(());
            }
            for leave in absence::repository::to_turn(run.store().db(), run.store().today()).await?
            {
                let work = absence::commands::turn(run.store(), run.viewer(), &leave);
                run.item::<Fault>(&format!("absence {}", leave.id), work)
                    .await;
            }
            Ok(())
        })
    }
}
