//! Reports to the leaders (周报, 月报, 季报): each gets the slice that is his, on the working morning it is due. The special inspectors
//! get the public part of the quarterly report.

use entity::{
    account, error::Fault, report::Kind, report::rules::Slice, store::Store, viewer::Role,
};
use futures::future::BoxFuture;

use crate::{
    job::{Job, Run, in_role_or_centre},
    public_report,
    report::{Audience, issue},
};

/// The job. It looks every working morning at what is due and not made yet, so a missed morning is made up for, once.
#[derive(Debug)]
pub struct LeaderReport;

impl Job for LeaderReport {
    fn run<'a>(&'a self, run: &'a Run) -> BoxFuture<'a, Result<(), Fault>> {
        Box::pin(async move {
            for kind in [
                Kind::WeeklyBrief,
                Kind::MonthlyBulletin,
                Kind::QuarterlyReport,
            ] {
                issue(run, kind, &audience(run.store(), kind).await?).await?;
            }
            public_report::tell(run).await
        })
    }
}

/// Who gets it: the leaders; the brief also the service centre, the bulletin also the heads of department. Who belongs to a
/// department gets what that department answers for, the others the whole park.
async fn audience(store: &Store, kind: Kind) -> Result<Audience, Fault> {
    let mut people = in_role_or_centre(store, Role::Leader).await?;
    let others = match kind {
        Kind::WeeklyBrief => Some(Role::Centre),
        Kind::MonthlyBulletin => Some(Role::DepartmentHead),
        Kind::QuarterlyReport | Kind::EnterpriseProgress => None,
    };
    if let Some(role) = others {
        people.extend(account::repository::enabled_in_role(store.db(), role).await?);
    }
    people.sort_by_key(|person| person.id);
    people.dedup_by_key(|person| person.id);
    let mut audience = Audience::new();
    for person in people {
        let slice = match (person.role, person.department_id) {
            (Role::Leader | Role::DepartmentHead, Some(department)) => {
                Slice::Department(department)
            }
            _ => Slice::Park,
        };
        audience.entry(slice).or_default().push(person);
    }
    Ok(audience)
}
