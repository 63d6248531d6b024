//! Opens the obligations of recurring promises whose period has begun. Contracts under which nothing begins are not looked at.

use entity::{error::Fault, obligation};
use futures::future::BoxFuture;

use crate::job::{Job, Run};

/// The job.
#[derive(Debug)]
pub struct ObligationOpening;

impl Job for ObligationOpening {
    fn run<'a>(&'a self, run: &'a Run) -> BoxFuture<'a, Result<(), Fault>> {
        Box::pin(async move {
            let store = run.store();
            let contracts =
                obligation::repository::contracts_to_open(store.db(), store.today()).await?;
            for contract in contracts {
                if run.is_stopping() {
                    break;
                }
                if run.is_rehearsal() {
                    run.skip();
                    continue;
                }
                let work = async {
                    obligation::commands::open_due(store, run.viewer(), contract.id)
                        .await
                        .map(drop)
                };
                run.item(&contract.number, work).await;
            }
            // By this job the largest tables grow.
            if !run.is_rehearsal() {
                store.measure().await;
            }
            Ok(())
        })
    }
}
