//! Asks for the yearly calendar: from 1 December for the next year, and at any time for the present one.

use chrono::Datelike;
use entity::{
    calendar,
    error::Fault,
    outbox::{
        Class, Kind,
        commands::{NewLetter, enqueue},
        facts,
    },
    viewer::Role,
};
use futures::future::BoxFuture;

use crate::job::{Job, Run, in_role_or_centre};

/// The job.
#[derive(Debug)]
pub struct CalendarCheck;

impl Job for CalendarCheck {
    fn run<'a>(&'a self, run: &'a Run) -> BoxFuture<'a, Result<(), Fault>> {
        Box::pin(async move {
            let store = run.store();
            let today = store.today();
            let calendar = calendar::repository::in_force(store).await?;
            let wanted = if today.month() == 12 {
                today.year() + 1
            } else {
                today.year()
            };
            if calendar.is_published(wanted) {
                return Ok(());
            }
            for admin in in_role_or_centre(store, Role::Admin).await? {
                run.plan(&admin, vec![format!("no calendar for {wanted}")]);
                if run.is_rehearsal() {
                    continue;
                }
                let work = async {
                    let unit = run.begin().await?;
                    let letter = NewLetter::new(
                        format!("calendar_missing:{wanted}:{}", admin.id),
                        Kind::CalendarMissing,
                        Class::MustNotMiss,
                        admin.id,
                        &facts::CalendarMissing {
                            name: admin.name.clone(),
                            year: wanted,
                        },
                    )?;
                    enqueue(&unit, letter).await?;
                    run.commit(unit).await
                };
                run.item(&admin.login, work).await;
            }
            Ok(())
        })
    }
}
