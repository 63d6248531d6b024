//! Replicas as processes: killed, frozen, asked to end; and a database that goes away. Whatever happens, every effect is there
//! once and the log has one run.

use std::{
    path::PathBuf,
    process::Stdio,
    sync::{
        Arc, OnceLock,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use chrono::TimeDelta;
use entity::{
    clock::OffsetClock,
    error::Fault,
    schedule::run::{self, State},
    store::Store,
};
use futures::future::BoxFuture;
use jobs::{
    Runner,
    job::{Job, Run},
    schedule::Schedule,
};
use sea_orm::{EntityTrait, QueryFilter, entity::prelude::*};
use tests::{Backend, Park, clock::ZONE, cut::Cut, database::Database, effects, story, trial};
use tokio::{
    io::{AsyncBufReadExt, BufReader, Lines},
    process::{Child, ChildStdout, Command},
    time::{Instant, interval, timeout},
};

/// Longer than any of this may take.
const PATIENCE: Duration = Duration::from_secs(60);

/// The job as a surviving replica has it: what is left is done.
struct Rest;

impl Job for Rest {
    fn run<'a>(&'a self, run: &'a Run) -> BoxFuture<'a, Result<(), Fault>> {
        Box::pin(async move {
            let done = effects::all(run.store().db()).await?;
            for number in 0..trial::ITEMS {
                let item = format!("item {number:02}");
                if done.contains(&item) {
                    continue;
                }
                if run.is_stopping() {
                    return Ok(());
                }
                if number == trial::ITEMS / 2
                    && let Some(cut) = CUT.get()
                    && CUT_AT.get() == Some(&run.nominal_at())
                    && !WAS_CUT.swap(true, Ordering::Relaxed)
                {
                    cut.away();
                }
                let work = async {
                    let unit = run.begin().await?;
                    effects::leave(unit.db(), &item).await?;
                    run.commit(unit).await
                };
                run.item::<Fault>(&item, work).await;
            }
            Ok(())
        })
    }
}

static TABLE: [Schedule; 1] = [trial::line(&Rest)];

/// The way that breaks in the middle of the run of that time.
static CUT: OnceLock<Cut> = OnceLock::new();
static WAS_CUT: AtomicBool = AtomicBool::new(false);
static CUT_AT: OnceLock<chrono::DateTime<chrono::Utc>> = OnceLock::new();

struct Replica {
    child: Child,
    lines: Lines<BufReader<ChildStdout>>,
    go: PathBuf,
}

impl Replica {
    fn start(database: &Database, point: &str) -> Self {
        let go = database.folder().join("go");
        let mut child = Command::new(env!("CARGO_BIN_EXE_replica"))
            .args([database.address(), point])
            .arg(&go)
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .expect("the replica starts");
        let lines = BufReader::new(child.stdout.take().expect("its output")).lines();
        Self { child, lines, go }
    }

    async fn says(&mut self, wanted: &str) -> String {
        timeout(PATIENCE, async {
            loop {
                let line = self.lines.next_line().await.expect("its output");
                let line = line.unwrap_or_else(|| panic!("it ended before it said {wanted}"));
                if line.starts_with(wanted) {
                    return line;
                }
            }
        })
        .await
        .unwrap_or_else(|_| panic!("it never said {wanted}"))
    }

    async fn signal(&self, name: &str) {
        let id = self.child.id().expect("it lives").to_string();
        let sent = Command::new("kill").args(["-s", name, &id]).status().await;
        assert!(sent.expect("kill").success());
    }

    fn go(&self) {
        std::fs::write(&self.go, "").expect("a file");
    }
}

/// A surviving replica in this process, on the machine's clock.
async fn survivor(database: &Database) -> Runner {
    let db = database.connect().await;
    let store = Store::new(db, Arc::new(OffsetClock::default()), ZONE);
    Runner::new(
        store,
        &trial::settings(&database.folder().join("x")),
        Default::default(),
    )
    .expect("a runner")
    .over(&TABLE)
    .timed(trial::timing())
}

/// Looks until something has run.
async fn takes_over(runner: &Runner) {
    let begun = Instant::now();
    let mut look = interval(Duration::from_millis(100));
    loop {
        look.tick().await;
        let reports = runner.run_due().await;
        if let Some(report) = reports.first() {
            assert_eq!(report.state, Some(State::Succeeded), "{report:?}");
            return;
        }
        assert!(begun.elapsed() < PATIENCE, "nobody took it over");
    }
}

async fn the_run(database: &Database) -> run::Model {
    let db = database.connect().await;
    let runs = run::Entity::find()
        .filter(run::Column::Job.eq(trial::NAME))
        .all(&db)
        .await
        .expect("the log");
    assert_eq!(runs.len(), 1, "{runs:#?}");
    let effects = effects::all(&db).await.expect("the effects");
    let wanted: Vec<_> = (0..trial::ITEMS)
        .map(|number| format!("item {number:02}"))
        .collect();
    assert_eq!(effects, wanted, "each once");
    runs.into_iter().next().expect("one")
}

async fn prepared(backend: Backend) -> Database {
    let database = Database::fresh(backend).await;
    effects::table(&database.connect().await).await;
    database
}

async fn killed_at_every_point(backend: Backend) {
    for point in ["claim", "middle", "commit", "close"] {
        let database = prepared(backend).await;
        let mut replica = Replica::start(&database, point);
        replica.says(&format!("at {point}")).await;
        replica.child.kill().await.expect("killed");
        takes_over(&survivor(&database).await).await;
        let run = the_run(&database).await;
        assert_eq!(
            (run.state, run.attempt, run.failures),
            (State::Succeeded, 2, 0),
            "{point}"
        );
        let note = run.note.unwrap_or_default();
        assert!(note.contains("abandoned"), "{note}");
    }
}

#[test]
fn a_replica_killed_at_any_point_is_taken_over_on_sqlite() {
    story::alone(Backend::Sqlite, killed_at_every_point);
}

#[test]
fn a_replica_killed_at_any_point_is_taken_over_on_postgres() {
    story::alone(Backend::Postgres, killed_at_every_point);
}

#[test]
fn a_holder_frozen_past_its_lease_writes_nothing_when_it_wakes() {
    story::alone(Backend::Postgres, async |backend| {
        let database = prepared(backend).await;
        let mut replica = Replica::start(&database, "commit");
        replica.says("at commit").await;
        // Frozen with an effect in its open transaction.
        replica.signal("STOP").await;
        takes_over(&survivor(&database).await).await;
        let before = the_run(&database).await;
        replica.go();
        replica.signal("CONT").await;
        let told = replica.says("ended").await;
        assert!(told.starts_with("ended None"), "{told}");
        let after = the_run(&database).await;
        assert_eq!(before, after, "the log is that of the second attempt");
        assert_eq!((after.state, after.attempt), (State::Succeeded, 2));
    });
}

#[test]
fn a_replica_asked_to_end_gives_its_run_back_at_once() {
    story::alone(Backend::Postgres, async |backend| {
        let database = prepared(backend).await;
        let mut replica = Replica::start(&database, "middle");
        replica.says("at middle").await;
        replica.signal("TERM").await;
        replica.says("ending").await;
        replica.go();
        replica.says("ended None").await;
        assert!(replica.child.wait().await.expect("it ends").success());
        // Given back, not left to run out: the first look of another has it.
        let reports = survivor(&database).await.run_due().await;
        assert_eq!(reports[0].state, Some(State::Succeeded));
        assert_eq!(
            reports[0].counts.done as usize,
            trial::ITEMS - trial::ITEMS / 2 - 1
        );
        assert_eq!(the_run(&database).await.failures, 0);
    });
}

/// Away for thirty seconds over the time of a job, and once more in the middle of a run.
#[test]
fn a_database_that_goes_away_loses_nothing_and_counts_no_failure() {
    story::run(Backend::Postgres, async |park: Park| {
        effects::table(park.db()).await;
        let cut = CUT.get_or_init(|| Cut::before(park.database()));
        let db = entity::store::connect(cut.address(), 3)
            .await
            .expect("it opens");
        let store = Store::new(db, park.clock.clone(), ZONE);
        let runner = crate::warnings::runner_of(&park, store)
            .over(&TABLE)
            .timed(trial::timing());
        park.set_clock("2026-09-29", 23, 59);
        // Yesterday's time is of no interest here.
        let nominal = tests::clock::at("2026-09-30", 0, 0);
        CUT_AT.get_or_init(|| nominal);
        entity::schedule::commands::register(&park.store, &[TABLE[0].registered()])
            .await
            .expect("a job");
        let settled = park.store.now();
        entity::schedule::commands::catch_up_to(&park.store, trial::NAME, settled)
            .await
            .expect("settled");

        park.clock.advance(TimeDelta::seconds(50));
        cut.away();
        for _ in 0..3 {
            park.clock.advance(TimeDelta::seconds(10));
            assert!(runner.run_due().await.is_empty());
        }
        cut.back();
        // The run begins, and in its middle the database goes away again.
        let reports = runner.run_due().await;
        assert_eq!(reports[0].state, None, "{reports:?}");
        let half = effects::all(park.db()).await.expect("the effects");
        assert_eq!(half.len(), trial::ITEMS / 2);
        assert!(runner.run_due().await.is_empty(), "still away");
        cut.back();
        takes_over(&runner).await;
        let run = the_run(park.database()).await;
        assert_eq!(
            (run.state, run.failures, run.nominal_at),
            (State::Succeeded, 0, nominal)
        );
    });
}
