//! The runner: every time is run exactly once, whatever falls over; what was missed is caught up as each kind demands.

use std::{
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
    time::Duration,
};

use chrono::{DateTime, TimeDelta, Utc};
use entity::{
    clock::Clock,
    error::Fault,
    schedule::{
        self,
        commands::{Claim, Claimed, claim, fence},
        rules::{CatchUp, Span, When},
        run::{self, Cause, SkippedBecause, State},
    },
    store::Store,
    viewer::Viewer,
};
use futures::{FutureExt, future::BoxFuture, join};
use jobs::{
    Health, RunReport, Timing,
    job::{Job, Run},
    schedule::Schedule,
};
use sea_orm::{EntityTrait, QueryFilter, QueryOrder, entity::prelude::*, sea_query::Expr};
use tests::{Backend, Park, clock::at, effects, stories, story};
use tokio::time::{interval, timeout};

use crate::warnings::runner;

/// A job that leaves one effect for the time it stands for.
struct Mark;

impl Job for Mark {
    fn run<'a>(&'a self, run: &'a Run) -> BoxFuture<'a, Result<(), Fault>> {
        Box::pin(async move {
            let work = async {
                let unit = run.begin().await?;
                // Numbered, so that the order is seen.
                let number = effects::all(unit.db()).await?.len();
                let what = format!("{number:03} {}", run.nominal_at().to_rfc3339());
                effects::leave(unit.db(), &what).await?;
                run.commit(unit).await
            };
            run.item::<Fault>("the time", work).await;
            Ok(())
        })
    }
}

/// The effect that says that the bad rows of [`Hundred`] are mended.
const MENDED: &str = "mended";

/// A job over a hundred rows of which one is bad and one makes the program panic. It does what is left.
struct Hundred;

impl Job for Hundred {
    fn run<'a>(&'a self, run: &'a Run) -> BoxFuture<'a, Result<(), Fault>> {
        Box::pin(async move {
            let done = effects::all(run.store().db()).await?;
            let mended = done.contains(&MENDED.to_owned());
            for number in 0..100 {
                let row = format!("row {number}");
                if done.contains(&row) {
                    continue;
                }
                let work = async {
                    let unit = run.begin().await?;
                    effects::leave(unit.db(), &row).await?;
                    if !mended {
                        match number {
                            42 => return Err(Fault::Internal("unreadable".to_owned())),
                            77 => panic!("on purpose"),
                            _ => {}
                        }
                    }
                    run.commit(unit).await
                };
                run.item::<Fault>(&row, work).await;
            }
            Ok(())
        })
    }
}

const fn line(
    name: &'static str,
    when: When,
    catch_up: CatchUp,
    job: &'static dyn Job,
) -> Schedule {
    Schedule {
        name,
        when,
        catch_up,
        job: Some(job),
        zh: "试验",
        en: "a trial",
    }
}

static SWEEP: [Schedule; 1] = [line(
    "trial_sweep",
    When::in_working_hours(10, 8, 18),
    CatchUp::Sweep,
    &Mark,
)];
static PERIOD: [Schedule; 1] = [line(
    "trial_period",
    When::nth_working_day(1, Span::Month, 8, 0),
    CatchUp::Period,
    &Mark,
)];
static REPORT: [Schedule; 1] = [line(
    "trial_report",
    When::nth_working_day(1, Span::Week, 8, 0),
    CatchUp::Report,
    &Mark,
)];
static EVERY_MINUTE: [Schedule; 1] = [line(
    "trial_minute",
    When::every_minutes(1),
    CatchUp::Sweep,
    &Mark,
)];
static POISON: [Schedule; 1] = [line(
    "trial_poison",
    When::daily(8, 30),
    CatchUp::Sweep,
    &Hundred,
)];

async fn runs(park: &Park, job: &str) -> Vec<run::Model> {
    run::Entity::find()
        .filter(run::Column::Job.eq(job))
        .order_by_asc(run::Column::NominalAt)
        .order_by_asc(run::Column::Id)
        .all(park.db())
        .await
        .expect("the log")
}

fn states(runs: &[run::Model]) -> Vec<State> {
    runs.iter().map(|run| run.state).collect()
}

async fn claimed_by_the_dead(park: &Park, job: &str, nominal_at: DateTime<Utc>) -> run::Model {
    let dead = Claim {
        job,
        nominal_at,
        cause: Cause::Clock,
        as_of: None,
        holder: "dead",
        lease: TimeDelta::seconds(60),
        note: None,
    };
    match claim(&park.store, dead).await.expect("a claim") {
        Claimed::Mine(row) => *row,
        other => panic!("it was free: {other:?}"),
    }
}

/// Lets the leases of all runs end.
async fn let_leases_end(park: &Park) {
    let past = park.store.database_now().await.expect("the time") - TimeDelta::seconds(1);
    run::Entity::update_many()
        .col_expr(run::Column::LeaseUntil, Expr::value(Some(past)))
        .filter(run::Column::LeaseUntil.is_not_null())
        .exec(park.db())
        .await
        .expect("an update");
}

fn of<'a>(reports: &'a [RunReport], job: &str) -> Vec<&'a RunReport> {
    reports.iter().filter(|report| report.job == job).collect()
}

/// The machine's clock, off from the database's by as much as the story says, which is shown to it and which it follows.
#[derive(Debug, Default)]
struct Astray {
    machine_off: AtomicI64,
    shown: AtomicI64,
    jumped: AtomicI64,
}

impl Clock for Astray {
    fn now(&self) -> DateTime<Utc> {
        let shown = self.shown.load(Ordering::Relaxed);
        DateTime::from_timestamp_micros(shown).expect("a time")
    }

    fn observe(&self, database: DateTime<Utc>) -> Option<TimeDelta> {
        self.shown
            .store(database.timestamp_micros(), Ordering::Relaxed);
        Some(TimeDelta::seconds(self.machine_off.load(Ordering::Relaxed)))
    }

    fn jumped(&self) -> Option<TimeDelta> {
        let jumped = TimeDelta::minutes(self.jumped.load(Ordering::Relaxed));
        Some(jumped).filter(|jump| !jump.is_zero())
    }
}

stories! {
    async fn two_replicas_run_every_time_exactly_once_and_share_them(park: Park) {
        effects::table(park.db()).await;
        let first = runner(&park).over(&SWEEP);
        let second = runner(&park).over(&SWEEP);
        // A working day, looked at every ten minutes by both at the same moment.
        park.set_clock("2026-09-29", 7, 55);
        let mut shares = [0, 0];
        for look in 0..90 {
            park.clock.advance(TimeDelta::minutes(10));
            let (mut one, mut two) = (first.run_due().boxed(), second.run_due().boxed());
            if look % 2 == 0 {
                std::mem::swap(&mut one, &mut two);
            }
            let (one, two) = join!(one, two);
            shares[look % 2] += one.len();
            shares[1 - look % 2] += two.len();
        }
        let done = effects::all(park.db()).await.expect("the effects");
        // Every ten minutes from 08:00 to 17:50.
        let log = runs(&park, "trial_sweep").await;
        assert_eq!(log.len(), 60);
        assert!(log.iter().all(|run| (run.state, run.attempt) == (State::Succeeded, 1)));
        let times: std::collections::BTreeSet<_> = log.iter().map(|run| run.nominal_at).collect();
        assert_eq!((times.len(), done.len()), (log.len(), log.len()), "each once");
        assert_eq!(shares[0] + shares[1], log.len());
        assert!(shares.iter().all(|share| *share > 5), "both work: {shares:?}");
    }

    async fn the_run_of_a_dead_holder_is_taken_over_when_its_lease_ends_and_the_dead_writes_nothing_more(park: Park) {
        effects::table(park.db()).await;
        let nominal = park.set_clock("2026-09-30", 8, 0);
        let runner = runner(&park).over(&SWEEP);
        let lost = claimed_by_the_dead(&park, "trial_sweep", nominal).await;
        assert!(runner.run_due().await.is_empty(), "the holder may live");
        assert_eq!(states(&runs(&park, "trial_sweep").await), [State::Running]);

        let_leases_end(&park).await;
        let reports = runner.run_due().await;
        assert_eq!(of(&reports, "trial_sweep")[0].state, Some(State::Succeeded));
        let log = runs(&park, "trial_sweep").await;
        assert_eq!((log[0].attempt, log[0].failures), (2, 0));
        assert!(log[0].note.as_deref().unwrap_or_default().contains("taken over"));
        assert!(!fence(park.db(), &lost).await.expect("a fence"), "the dead writes nothing more");
        assert!(runner.run_due().await.is_empty(), "and it is not run again");
        assert_eq!(effects::all(park.db()).await.expect("the effects").len(), 1);
    }

    async fn missed_times_are_caught_up_as_each_kind_demands(park: Park) {
        effects::table(park.db()).await;
        park.set_clock("2026-06-30", 12, 0);
        for table in [&SWEEP, &PERIOD, &REPORT] {
            runner(&park).over(table).run_due().await;
        }
        let before = effects::all(park.db()).await.expect("the effects").len();
        // Away from the end of June until the middle of October.
        let now = park.set_clock("2026-10-14", 9, 5);
        let swept = runner(&park).over(&SWEEP).run_due().await;
        assert_eq!(swept.len(), 1, "one run covers everything");

        let produced = runner(&park).over(&PERIOD).run_due().await;
        assert_eq!(produced.len(), 4);
        let log = runs(&park, "trial_period").await;
        let times: Vec<_> = log.iter().map(|run| run.nominal_at).collect();
        assert_eq!(times, [at("2026-07-01", 8, 0), at("2026-08-03", 8, 0), at("2026-09-01", 8, 0), at("2026-10-08", 8, 0)]);
        let order = effects::all(park.db()).await.expect("the effects");
        let order: Vec<_> = order[before + 1..].iter().map(|effect| effect[4..].to_owned()).collect();
        let wanted: Vec<_> = times.iter().map(DateTime::to_rfc3339).collect();
        assert_eq!(order, wanted, "oldest first");
        assert!(log.iter().all(|run| run.cause == Cause::CatchUp));

        let sent = runner(&park).over(&REPORT).run_due().await;
        assert_eq!(sent.len(), 1, "only the newest");
        let log = runs(&park, "trial_report").await;
        let newest = log.last().expect("a run");
        assert_eq!((newest.nominal_at, newest.state, newest.cause), (at("2026-10-12", 8, 0), State::Succeeded, Cause::CatchUp));
        let older: Vec<_> = log[log.len() - 15..log.len() - 1].to_vec();
        assert!(older.iter().all(|run| run.skipped_because == Some(SkippedBecause::Superseded)));
        assert_eq!(effects::all(park.db()).await.expect("the effects").len(), before + 6);

        // Nothing more to catch up.
        park.clock.set(now + TimeDelta::minutes(1));
        for table in [&SWEEP, &PERIOD, &REPORT] {
            assert!(runner(&park).over(table).run_due().await.is_empty());
        }
    }

    async fn a_time_that_comes_while_the_job_is_at_work_is_skipped_and_made_good_when_that_run_does_not_succeed(park: Park) {
        effects::table(park.db()).await;
        let nominal = park.set_clock("2026-09-30", 8, 0);
        let runner = runner(&park).over(&SWEEP);
        let other = claimed_by_the_dead(&park, "trial_sweep", nominal).await;
        park.clock.advance(TimeDelta::minutes(10));
        assert!(runner.run_due().await.is_empty());
        let log = runs(&park, "trial_sweep").await;
        assert_eq!(states(&log), [State::Running, State::Skipped]);
        assert_eq!(log[1].skipped_because, Some(SkippedBecause::Overlap));

        // It succeeds: the skipped time is covered.
        schedule::commands::finish(&park.store, &other, &Default::default(), None).await.expect("an end");
        assert!(runner.run_due().await.is_empty());
        assert_eq!(states(&runs(&park, "trial_sweep").await), [State::Succeeded, State::Skipped]);

        // The next one is given up: the time it covered is run.
        park.clock.advance(TimeDelta::minutes(10));
        let other = claimed_by_the_dead(&park, "trial_sweep", park.store.now()).await;
        park.clock.advance(TimeDelta::minutes(10));
        assert!(runner.run_due().await.is_empty());
        schedule::commands::abandon(&park.store, &other).await.expect("an end");
        assert_eq!(runner.run_due().await.len(), 1);
        let log = runs(&park, "trial_sweep").await;
        assert_eq!(states(&log), [State::Succeeded, State::Skipped, State::Abandoned, State::Succeeded]);
        assert!(runner.run_due().await.is_empty());
    }

    async fn one_bad_row_stops_no_other_and_only_what_failed_is_tried_again(park: Park) {
        effects::table(park.db()).await;
        park.set_clock("2026-09-30", 8, 30);
        let runner = runner(&park).over(&POISON);
        let reports = runner.run_due().await;
        let counts = &reports[0].counts;
        assert_eq!((counts.due, counts.done, counts.failed), (100, 98, 2));
        let log = runs(&park, "trial_poison").await;
        assert_eq!((log[0].state, log[0].failures), (State::Failed, 1));
        let error = log[0].error.clone().expect("what failed");
        assert!(error.contains("row 42: internal: unreadable") && error.contains("row 77: panicked"), "{error}");
        assert_eq!(effects::all(park.db()).await.expect("the effects").len(), 98);

        assert!(runner.run_due().await.is_empty(), "not before its time");
        park.clock.advance(TimeDelta::minutes(1));
        let counts = runner.run_due().await[0].counts.clone();
        assert_eq!((counts.due, counts.failed), (2, 2), "only what failed");
        park.clock.advance(TimeDelta::minutes(1));
        assert!(runner.run_due().await.is_empty(), "then five minutes");
        effects::leave(park.db(), MENDED).await.expect("an effect");
        park.clock.advance(TimeDelta::minutes(4));
        assert_eq!(runner.run_due().await[0].counts.done, 2);
        let log = runs(&park, "trial_poison").await;
        assert_eq!((log.len(), log[0].state, log[0].attempt, log[0].failures), (1, State::Succeeded, 3, 2));
        assert_eq!(effects::all(park.db()).await.expect("the effects").len(), 101);
    }

    async fn a_clock_that_ran_ahead_and_back_loses_nothing_and_doubles_nothing(park: Park) {
        effects::table(park.db()).await;
        let runner = runner(&park).over(&SWEEP);
        park.set_clock("2026-09-30", 8, 5);
        assert_eq!(runner.run_due().await.len(), 1);
        // 400 days ahead for a moment: what is due there is run.
        let now = park.store.now();
        park.clock.set(now + TimeDelta::days(400));
        assert_eq!(runner.run_due().await.len(), 1);
        // And back: nothing twice, and the next times come when they are due.
        park.clock.set(now + TimeDelta::seconds(3));
        assert!(runner.run_due().await.is_empty());
        park.set_clock("2026-09-30", 8, 10);
        assert_eq!(runner.run_due().await.len(), 1);
        // Two hours back over times that were run: nothing twice.
        park.set_clock("2026-09-30", 10, 0);
        assert_eq!(runner.run_due().await.len(), 1);
        let before = runs(&park, "trial_sweep").await.len();
        park.set_clock("2026-09-30", 8, 0);
        for _ in 0..12 {
            park.clock.advance(TimeDelta::minutes(10));
            runner.run_due().await;
        }
        let log = runs(&park, "trial_sweep").await;
        let times: std::collections::BTreeSet<_> = log.iter().map(|run| run.nominal_at).collect();
        assert_eq!(times.len(), log.len());
        assert!(log.len() >= before);
        assert_eq!(effects::all(park.db()).await.expect("the effects").len(), log.len());
    }

    async fn a_machine_whose_clock_is_astray_starts_nothing_until_it_is_mended(park: Park) {
        effects::table(park.db()).await;
        let clock = Arc::new(Astray::default());
        let store = Store::new(park.db().clone(), clock.clone(), tests::clock::ZONE);
        let runner = crate::warnings::runner_of(&park, store).over(&EVERY_MINUTE);
        for off in [400 * 86_400, -400 * 86_400, 31, -31] {
            clock.machine_off.store(off, Ordering::Relaxed);
            assert!(runner.run_due().await.is_empty());
            assert_eq!(runner.health(), Health::ClockAstray);
        }
        assert!(runs(&park, "trial_minute").await.is_empty());
        clock.machine_off.store(3, Ordering::Relaxed);
        assert_eq!(runner.run_due().await.len(), 1, "three seconds are only told");
        assert_eq!(runner.health(), Health::Well);
        let log = runs(&park, "trial_minute").await;
        assert!(log[0].nominal_at <= park.store.database_now().await.expect("the time"));
    }

    async fn a_pulse_that_stands_still_is_noticed_and_the_runner_looks_all_the_same(park: Park) {
        effects::table(park.db()).await;
        let timing = Timing { watch: Duration::from_millis(100), ..Timing::default() };
        park.set_clock("2026-09-30", 8, 0);
        // A false future leaves the pulse like this: its next beat is years away.
        let runner = runner(&park).over(&SWEEP).timed(timing).beating("0 0 0 29 2 *");
        let running = runner.pulsating().await.expect("a pulse");
        let mut again = interval(Duration::from_millis(50));
        for done in 1..=3 {
            let done_so_far = async {
                while effects::all(park.db()).await.expect("the effects").len() < done {
                    again.tick().await;
                }
            };
            timeout(Duration::from_secs(60), done_so_far).await.expect("somebody looks");
            park.clock.advance(TimeDelta::minutes(10));
        }
        drop(running);
    }

    async fn a_jump_of_the_clock_is_told_once_and_the_jobs_go_on(park: Park) {
        effects::table(park.db()).await;
        park.people().await;
        let clock = Arc::new(Astray::default());
        let store = Store::new(park.db().clone(), clock.clone(), tests::clock::ZONE);
        let runner = crate::warnings::runner_of(&park, store).over(&EVERY_MINUTE);
        let told = async || {
            let letters = park.dump().await;
            letters.rows("letter").iter().filter(|row| row.contains("CLOCK_JUMPED")).count()
        };
        runner.run_due().await;
        assert_eq!((runner.health(), told().await), (Health::Well, 0));
        clock.jumped.store(576_000, Ordering::Relaxed);
        for _ in 0..2 {
            runner.run_due().await;
            assert_eq!((runner.health(), told().await), (Health::ClockJumped, 1), "told once");
        }
        clock.jumped.store(0, Ordering::Relaxed);
        runner.run_due().await;
        assert_eq!((runner.health(), told().await), (Health::Well, 1));
        assert!(!runs(&park, "trial_minute").await.is_empty());
    }

    async fn jobs_of_another_version_are_left_alone(park: Park) {
        effects::table(park.db()).await;
        let nominal = park.set_clock("2026-09-30", 8, 0);
        let newer = schedule::ActiveModel {
            id: sea_orm::ActiveValue::Set(entity::id::new_id(nominal)),
            name: sea_orm::ActiveValue::Set("of_a_newer_version".to_owned()),
            what_zh: sea_orm::ActiveValue::Set("新".to_owned()),
            what_en: sea_orm::ActiveValue::Set("new".to_owned()),
            plan: sea_orm::ActiveValue::Set(serde_json::json!({"when": {"kind": "FULL_MOON"}, "catch_up": "PRAY"})),
            version: sea_orm::ActiveValue::Set(1),
            ..Default::default()
        };
        schedule::Entity::insert(newer).exec_without_returning(park.db()).await.expect("a row");
        claimed_by_the_dead(&park, "of_a_newer_version", nominal).await;
        let_leases_end(&park).await;
        let other = |rows: &[String]| rows.iter().filter(|row| row.contains("of_a_newer_version")).cloned().collect::<Vec<_>>();
        let dump = park.dump().await;
        let before = (other(dump.rows("schedule")), other(dump.rows("job_run")));
        assert_eq!((before.0.len(), before.1.len()), (1, 1));
        assert_eq!(runner(&park).over(&SWEEP).run_due().await.len(), 1, "its own work goes on");
        let dump = park.dump().await;
        assert_eq!(before, (other(dump.rows("schedule")), other(dump.rows("job_run"))));
    }

    async fn a_pause_is_obeyed_and_what_it_kept_back_is_caught_up(park: Park) {
        effects::table(park.db()).await;
        let now = park.set_clock("2026-09-30", 8, 0);
        let runner = runner(&park).over(&SWEEP);
        assert_eq!(runner.run_due().await.len(), 1);
        schedule::Entity::update_many()
            .col_expr(schedule::Column::PausedUntil, Expr::value(Some(now + TimeDelta::hours(1))))
            .col_expr(schedule::Column::PauseReason, Expr::value(Some("检修".to_owned())))
            .filter(schedule::Column::Name.eq("trial_sweep"))
            .exec(park.db())
            .await
            .expect("a pause");
        park.clock.advance(TimeDelta::minutes(30));
        assert!(runner.run_due().await.is_empty());
        park.clock.advance(TimeDelta::minutes(31));
        assert_eq!(runner.run_due().await.len(), 1, "one run after its end covers the pause");
        assert_eq!(runs(&park, "trial_sweep").await.len(), 2);
    }
}

/// Another process holds the write lock of the file longer than anybody waits: the work is put off, not failed.
#[test]
fn a_locked_file_puts_the_work_off() {
    story::run(Backend::Sqlite, async |park: Park| {
        effects::table(park.db()).await;
        park.set_clock("2026-09-30", 8, 0);
        let runner = runner(&park).over(&SWEEP);
        let thief = park.database().connect().await;
        let thief = Store::new(thief, park.clock.clone(), tests::clock::ZONE);
        let lock = thief
            .begin(&Viewer::system("another process"))
            .await
            .expect("the lock");
        assert!(runner.run_due().await.is_empty());
        lock.rollback().await.expect("unlocked");
        assert_eq!(runner.run_due().await.len(), 1);
        let log = runs(&park, "trial_sweep").await;
        assert_eq!(
            (log[0].state, log[0].failures, log.len()),
            (State::Succeeded, 0, 1)
        );
    });
}

/// What looking costs when nothing is due: the same with two jobs and with twenty.
#[test]
fn an_idle_runner_asks_the_database_little() {
    for backend in [Backend::Sqlite, Backend::Postgres] {
        story::run(backend, async |park: Park| {
            let per_minute = async |jobs: usize| {
                let table: Vec<Schedule> = (0..jobs)
                    .map(|number| {
                        let name: &'static str =
                            Box::leak(format!("idle_{number}").into_boxed_str());
                        line(name, When::working_days(8, 30), CatchUp::Sweep, &Mark)
                    })
                    .collect();
                let runner = runner(&park).over(Box::leak(table.into_boxed_slice()));
                effects::table(park.db()).await;
                park.set_clock("2026-09-30", 9, 0);
                runner.run_due().await;
                let ((), statements) = park
                    .statements(async {
                        for _ in 0..6 {
                            park.clock.advance(TimeDelta::seconds(10));
                            assert!(runner.run_due().await.is_empty());
                        }
                    })
                    .await;
                statements
            };
            let (two, twenty) = (per_minute(2).await, per_minute(20).await);
            assert_eq!(two, twenty, "the cost does not grow with the jobs");
            assert!(twenty <= 24, "{twenty}");
        });
    }
}
