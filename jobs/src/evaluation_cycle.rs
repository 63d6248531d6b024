//! The quarterly evaluation (企业评议): compiled at the end of the quarter, opened, reminded of, closed and scored, each on its working day.
//! What was missed is made up for, one step after the other; every missed quarter is compiled.

use entity::{
    calendar,
    error::Fault,
    evaluation::{
        self,
        commands::cycle::{compile, take},
        repository::due_quarters,
        rules::due,
    },
};
use futures::future::BoxFuture;

use crate::job::{Job, Run};

/// The job.
#[derive(Debug)]
pub struct EvaluationCycle;

impl Job for EvaluationCycle {
    fn run<'a>(&'a self, run: &'a Run) -> BoxFuture<'a, Result<(), Fault>> {
        Box::pin(async move {
            let (store, viewer) = (run.store(), run.viewer());
            let (db, zone) = (store.db(), store.zone());
            let calendar = calendar::repository::in_force(store).await?;
            for quarter in due_quarters(db, store.now(), zone, &calendar).await? {
                if run.is_stopping() {
                    return Ok(());
                }
                if !run.is_rehearsal() {
                    run.item(&quarter.name(), compile(store, viewer, quarter))
                        .await;
                }
            }
            for evaluation in evaluation::repository::under_way(db).await? {
                if run.is_stopping() {
                    break;
                }
                match due(&evaluation, store.now(), zone) {
                    Some(step) if !run.is_rehearsal() => {
                        let what = format!("{} {step:?}", evaluation.quarter);
                        run.item(&what, take(store, viewer, evaluation.id, step))
                            .await;
                    }
                    _ => run.skip(),
                }
            }
            Ok(())
        })
    }
}
