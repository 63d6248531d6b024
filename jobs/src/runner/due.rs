//! What has become due of a job: which times are run, which are made up for, which are skipped.

use chrono::{DateTime, TimeDelta, Utc};
use entity::{
    calendar::rules::Calendar,
    clock::{civil_date, instant_of},
    error::Fault,
    schedule::{
        self,
        commands::{self, Claim, Claimed},
        repository,
        rules::{CatchUp, FURTHEST_AHEAD},
        run::{Cause, SkippedBecause},
    },
};

use super::Runner;
use crate::{job::RunReport, schedule::Schedule};

/// From then on a run is called late.
const LATE: TimeDelta = TimeDelta::minutes(5);
/// How many missed periods one look makes good; the next look goes on.
const PERIODS_AT_ONCE: usize = 500;

impl Runner {
    /// Runs what has become due of one job, as its kind demands.
    pub(super) async fn tick(
        &self,
        schedule: &'static Schedule,
        job: &schedule::Model,
        calendar: &Calendar,
    ) -> Result<Vec<RunReport>, Fault> {
        let now = self.store.now();
        let zone = self.store.zone();
        if job.paused_at(now).is_some() {
            return Ok(Vec::new());
        }
        let since = self.settled(job, now).await?;
        let Some(newest) = schedule.when.newest_since(since, now, zone, calendar) else {
            return Ok(Vec::new());
        };
        if self.is_behind(schedule).await? {
            // Its time is not settled: the next look asks again.
            return Ok(Vec::new());
        }
        if schedule.job.is_none() && !self.delivery.has_work(&self.store).await? {
            // Nothing to deliver leaves no row in the log, or the log would be nothing else.
            commands::catch_up_to(&self.store, schedule.name, newest).await?;
            return Ok(Vec::new());
        }
        let due = match schedule.catch_up {
            CatchUp::Sweep => vec![newest],
            CatchUp::Report | CatchUp::Period => {
                schedule
                    .when
                    .all_since(since, now, zone, calendar, PERIODS_AT_ONCE)
            }
        };
        let mut reports = Vec::new();
        for nominal in due {
            if self.stop.is_cancelled() {
                break;
            }
            if schedule.catch_up == CatchUp::Report && nominal != newest {
                let because = SkippedBecause::Superseded;
                commands::skip(&self.store, schedule.name, nominal, because).await?;
                self.meters.missed(schedule.name);
                commands::catch_up_to(&self.store, schedule.name, nominal).await?;
                continue;
            }
            match self.claim(schedule, nominal, since, calendar).await? {
                Claimed::Mine(row) => {
                    if schedule.catch_up != CatchUp::Period {
                        commands::forget_retries(&self.store, schedule.name).await?;
                    }
                    commands::catch_up_to(&self.store, schedule.name, nominal).await?;
                    reports.push(self.execute(schedule, *row, self.store.clone()).await);
                }
                Claimed::Known => {
                    commands::catch_up_to(&self.store, schedule.name, nominal).await?;
                }
                // A report or period waits for its turn.
                Claimed::AtWork if schedule.catch_up != CatchUp::Sweep => break,
                Claimed::AtWork => {
                    // The delivery goes on until nothing is left, so a run at work covers every time that comes.
                    if schedule.job.is_some() {
                        let because = SkippedBecause::Overlap;
                        commands::skip(&self.store, schedule.name, nominal, because).await?;
                        self.meters.missed(schedule.name);
                    }
                    commands::catch_up_to(&self.store, schedule.name, nominal).await?;
                }
            }
        }
        Ok(reports)
    }

    /// Up to when everything of this job is settled. The first time ever, what was due earlier today is due. What was settled under
    /// a clock that showed a false future counts no more.
    async fn settled(
        &self,
        job: &schedule::Model,
        now: DateTime<Utc>,
    ) -> Result<DateTime<Utc>, Fault> {
        let zone = self.store.zone();
        let today = || instant_of(civil_date(now, zone), 0, 0, zone) - TimeDelta::seconds(1);
        match job.caught_up_to {
            None => Ok(today()),
            Some(settled) if settled <= now => Ok(settled),
            Some(future) => {
                let settled = repository::newest_time_by(self.store.db(), &job.name, now)
                    .await?
                    .unwrap_or_else(today);
                tracing::warn!(job = job.name, %future, %settled, "the clock was turned back: this job goes on from here");
                commands::set_back(&self.store, job, settled).await?;
                Ok(settled)
            }
        }
    }

    async fn claim(
        &self,
        schedule: &'static Schedule,
        nominal: DateTime<Utc>,
        since: DateTime<Utc>,
        calendar: &Calendar,
    ) -> Result<Claimed, Fault> {
        let now = self.store.now();
        // A clock that follows the database's never shows such a time; a wrong one must not run the future.
        let database_now = self.store.database_now().await?;
        let clock = self.store.clock();
        if clock.observe(database_now).is_some()
            && clock.jumped().is_none()
            && nominal > database_now + FURTHEST_AHEAD
        {
            return Err(Fault::Internal(format!(
                "{nominal} is in the future of the database, where it is {database_now}"
            )));
        }
        let late = now - nominal > LATE;
        let date = civil_date(nominal, self.store.zone());
        let provisional = schedule.when.needs_calendar() && calendar.provisional(date);
        let note = [
            late.then(|| match schedule.catch_up {
                CatchUp::Sweep => format!("late: covers everything since {since}"),
                CatchUp::Period | CatchUp::Report => "late".to_owned(),
            }),
            provisional.then(|| {
                format!(
                    "provisional: no calendar is published for {date}, Monday to Friday was assumed"
                )
            }),
        ];
        let note = note.into_iter().flatten().collect::<Vec<_>>().join("; ");
        let claim = Claim {
            job: schedule.name,
            nominal_at: nominal,
            cause: if late { Cause::CatchUp } else { Cause::Clock },
            as_of: None,
            holder: &self.holder,
            lease: self.timing.lease,
            note: (!note.is_empty()).then_some(note),
        };
        commands::claim(&self.store, claim).await
    }
}
