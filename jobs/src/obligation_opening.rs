//! Opens the obligations of recurring promises whose period has begun.

use chrono::NaiveDate;
use entity::{contract, error::Fault, obligation};
use futures::future::BoxFuture;

use crate::job::{Job, Run};

/// Later than any contract ends, and a date that both databases can hold.
const END_OF_TIME: NaiveDate = match NaiveDate::from_ymd_opt(9999, 12, 31) {
    Some(date) => date,
    None => NaiveDate::MAX,
};

/// The job.
#[derive(Debug)]
pub struct ObligationOpening;

impl Job for ObligationOpening {
    fn run<'a>(&'a self, run: &'a Run) -> BoxFuture<'a, Result<(), Fault>> {
        Box::pin(async move {
            let store = run.store();
            let contracts =
                contract::repository::ending_between(store.db(), store.today(), END_OF_TIME)
                    .await?;
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
            Ok(())
        })
    }
}
