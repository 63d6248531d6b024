//! Tells the administrators of a job that has failed: at once, and again every four hours until it has succeeded; and once a day that
//! too many letters come back.

use chrono::{DateTime, TimeDelta, Utc};
use entity::{
    account,
    error::Fault,
    outbox::{
        Class, Kind,
        commands::{NewLetter, enqueue},
        facts,
        repository::sent_and_bounced,
        rules::{BOUNCES_OVER, bounces_too_often},
    },
    schedule::{
        repository::{last_runs, schedules},
        run::{self, State},
    },
    store::Store,
    viewer::{Role, Viewer},
};
use futures::future::BoxFuture;

use crate::{
    job::{Job, Run, in_role_or_centre},
    schedule::{OUTBOX_DELIVERY, SCHEDULES},
};

/// The job.
#[derive(Debug)]
pub struct JobWatch;

/// How often it is told again.
const AGAIN_AFTER: TimeDelta = TimeDelta::hours(4);

/// How much of an error a letter says; the log of runs has all of it.
const LONGEST: usize = 500;

impl Job for JobWatch {
    fn run<'a>(&'a self, run: &'a Run) -> BoxFuture<'a, Result<(), Fault>> {
        Box::pin(async move {
            let store = run.store();
            // Of letters that reach nobody somebody is told in another way; mail about failing mail would not arrive.
            let mut jobs = schedules(store.db(), run.viewer()).await?;
            // A job of another version of the program is that one's to watch; one that was removed is nobody's.
            let known = |name: &str| SCHEDULES.iter().any(|one| one.name == name);
            jobs.retain(|job| job.name != OUTBOX_DELIVERY && known(&job.name));
            let names: Vec<String> = jobs.iter().map(|job| job.name.clone()).collect();
            let last = last_runs(store.db(), run.viewer(), &names).await?;
            let admins = in_role_or_centre(store, Role::Admin).await?;
            for job in jobs {
                let Some(failed) = last
                    .get(&job.name)
                    .filter(|last| last.state == State::Failed)
                else {
                    continue;
                };
                for admin in &admins {
                    run.plan(admin, vec![format!("{} has failed", job.name)]);
                    if run.is_rehearsal() {
                        continue;
                    }
                    let work = async {
                        let unit = run.begin().await?;
                        let error = failed.error.as_deref().unwrap_or_default();
                        let letter = NewLetter::new(
                            format!("job_failed:{}:{}", key(failed, store.now()), admin.id),
                            Kind::JobFailed,
                            Class::MustNotMiss,
                            admin.id,
                            &facts::JobFailed {
                                name: admin.name.clone(),
                                job: job.name.clone(),
                                what: job.what(),
                                nominal_at: failed.nominal_at,
                                error: error.chars().take(LONGEST).collect(),
                                retry_at: failed.retry_at,
                            },
                        )?;
                        enqueue(&unit, letter).await?;
                        run.commit(unit).await
                    };
                    run.item::<Fault>(&format!("{} {}", job.name, admin.login), work)
                        .await;
                }
            }
            tell_of_bounces(run, &admins).await
        })
    }
}

async fn tell_of_bounces(run: &Run, admins: &[account::Model]) -> Result<(), Fault> {
    let store = run.store();
    let since = store.now() - BOUNCES_OVER;
    let (sent, bounced) = sent_and_bounced(store.db(), since).await?;
    if !bounces_too_often(sent, bounced) {
        return Ok(());
    }
    for admin in admins {
        run.plan(
            admin,
            vec![format!("{bounced} of {sent} e-mails came back")],
        );
        if run.is_rehearsal() {
            continue;
        }
        let work = async {
            let unit = run.begin().await?;
            let letter = NewLetter::new(
                format!("mail_bouncing:{}:{}", store.today(), admin.id),
                Kind::MailBouncing,
                Class::MustNotMiss,
                admin.id,
                &facts::MailBouncing {
                    name: admin.name.clone(),
                    since,
                    sent,
                    bounced,
                },
            )?;
            enqueue(&unit, letter).await?;
            run.commit(unit).await
        };
        run.item::<Fault>(&format!("bounces {}", admin.login), work)
            .await;
    }
    Ok(())
}

/// Tells every administrator that the clock has jumped by so much and is not followed.
pub(crate) async fn tell_of_jump(store: &Store, jump: TimeDelta) -> Result<(), Fault> {
    let unit = store.begin(&Viewer::system("clock")).await?;
    // Every replica sees it, and each at another moment.
    let (day, way) = (
        store.today(),
        if jump < TimeDelta::zero() {
            "back"
        } else {
            "forward"
        },
    );
    for admin in in_role_or_centre(store, Role::Admin).await? {
        let letter = NewLetter::new(
            format!("clock_jumped:{day}:{way}:{}", admin.id),
            Kind::ClockJumped,
            Class::MustNotMiss,
            admin.id,
            &facts::ClockJumped {
                name: admin.name.clone(),
                seen_at: unit.now(),
                shown_at: unit.now() + jump,
            },
        )?;
        enqueue(&unit, letter).await?;
    }
    unit.commit().await
}

/// The run, and how many times four hours have passed since it began.
fn key(failed: &run::Model, now: DateTime<Utc>) -> String {
    let times = (now - failed.started_at).num_seconds() / AGAIN_AFTER.num_seconds();
    format!("{}:{}", failed.id.simple(), times)
}
