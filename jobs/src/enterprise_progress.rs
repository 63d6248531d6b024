//! The monthly progress report (项目进展月报): an enterprise's own projects and what it was promised, to its contacts.

use entity::{account, error::Fault, report::Kind, report::rules::Slice, viewer::Role};
use futures::future::BoxFuture;

use crate::{
    job::{Job, Run},
    report::{Audience, issue},
};

/// The job.
#[derive(Debug)]
pub struct EnterpriseProgress;

impl Job for EnterpriseProgress {
    fn run<'a>(&'a self, run: &'a Run) -> BoxFuture<'a, Result<(), Fault>> {
        Box::pin(async move {
            let db = run.store().db();
            let mut audience = Audience::new();
            for person in account::repository::enabled_in_role(db, Role::Enterprise).await? {
                if let Some(own) = person.enterprise_id {
                    let slice = Slice::Enterprise(own);
                    audience.entry(slice).or_default().push(person);
                }
            }
            issue(run, Kind::EnterpriseProgress, &audience).await
        })
    }
}
