//! Deletes draft applications that nobody has changed for thirty days. A week before, the people of the enterprise are told; the digest says it.

use entity::{
    application::{
        commands::{expire, remind},
        repository::{expired, to_remind},
    },
    error::Fault,
};
use futures::future::BoxFuture;

use crate::job::{Job, Run};

/// The job.
#[derive(Debug)]
pub struct ApplicationDrafts;

impl Job for ApplicationDrafts {
    fn run<'a>(&'a self, run: &'a Run) -> BoxFuture<'a, Result<(), Fault>> {
        Box::pin(async move {
            if run.is_rehearsal() {
                return Ok(());
            }
            let (db, today) = (run.store().db(), run.store().today());
            for draft in expired(db, today).await? {
                let work = async {
                    let unit = run.begin().await?;
                    expire(&unit, &draft).await?;
                    run.commit(unit).await
                };
                run.item::<Fault>(&format!("draft {}", draft.id), work)
                    .await;
            }
            for draft in to_remind(db, today).await? {
                let work = async {
                    let unit = run.begin().await?;
                    remind(&unit, &draft).await?;
                    run.commit(unit).await
                };
                run.item::<Fault>(&format!("draft {}", draft.id), work)
                    .await;
            }
            Ok(())
        })
    }
}
