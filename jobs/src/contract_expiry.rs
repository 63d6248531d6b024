//! Starts contracts on their first day, and ends them after their last. That one ends is told by the digest.

use entity::{
    contract,
    contract::commands::Activate,
    error::{CommandError, Fault},
    obligation,
};
use futures::future::BoxFuture;

use crate::job::{Job, Run};

/// The job.
#[derive(Debug)]
pub struct ContractExpiry;

impl Job for ContractExpiry {
    fn run<'a>(&'a self, run: &'a Run) -> BoxFuture<'a, Result<(), Fault>> {
        Box::pin(async move {
            if run.is_rehearsal() {
                return Ok(());
            }
            moves(run).await
        })
    }
}

async fn moves(run: &Run) -> Result<(), Fault> {
    let (store, viewer, today) = (run.store(), run.viewer(), run.store().today());
    for contract in contract::repository::over_before(store.db(), today).await? {
        let work = async {
            obligation::commands::expire_contract(store, viewer, contract.id)
                .await
                .map(drop)
                .map_err(in_words)
        };
        run.item(&contract.number, work).await;
    }
    for contract in contract::repository::beginning_by(store.db(), today).await? {
        let input = Activate {
            id: contract.id,
            expected_version: contract.version,
        };
        let work = async {
            obligation::commands::activate_contract(store, viewer, input)
                .await
                .map(drop)
                .map_err(in_words)
        };
        run.item(&contract.number, work).await;
    }
    Ok(())
}

fn in_words<E: std::fmt::Debug>(error: CommandError<E>) -> String {
    match error {
        CommandError::Refused(reasons) => format!("{reasons:?}"),
        CommandError::Fault(fault) => fault.to_string(),
    }
}
