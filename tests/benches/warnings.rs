//! What the morning's warnings cost: 5,000 obligations fall due among 100,000 and among 1,000,000 that are open, on PostgreSQL.
//! The time, the statements and the memory must grow with what is due and not with what exists.
//!
//! `cargo bench -p tests --bench warnings`, for a quick look with `--profile dev`.

#![allow(clippy::print_stdout, reason = "a benchmark tells what it measured")]

use std::time::{Duration, Instant};

use api_import::read;
use entity::{
    ledger::commands::{Import, PARK_PARTY, import},
    viewer::Viewer,
};
use jobs::Runner;
use sea_orm::ConnectionTrait;
use tests::{
    Backend, Park,
    database::Database,
    dump::number,
    ledger,
    memory::{forget_peak, more_since},
    story, trial,
};

/// How many fall due.
const DUE: u32 = 5_000;
/// How many enterprises they belong to.
const ENTERPRISES: usize = 500;

/// What a run has cost.
struct Cost {
    time: Duration,
    statements: usize,
    megabytes: u64,
    told: i64,
}

async fn fill(park: &Park, open: u32) {
    let ledger = read("ledger.csv", ledger::csv(ENTERPRISES).as_bytes()).expect("a ledger");
    let input = Import {
        rows: ledger.rows,
        refused: ledger.refused,
        park_party: PARK_PARTY.to_owned(),
        dry_run: false,
    };
    import(&park.store, &Viewer::system("import"), input, |_| {})
        .await
        .expect("the import");
    let db = entity::store::connect(park.database().address(), 1)
        .await
        .expect("it opens");
    for setting in ["statement_timeout = 0", "synchronous_commit = off"] {
        db.execute_unprepared(&format!("SET {setting}"))
            .await
            .expect("a setting");
    }
    // Nothing of the import itself falls due.
    db.execute_unprepared(
        "UPDATE deadline SET state = 'CANCELLED', running_since = NULL, closed_on = '2026-09-30', \
             yellow_from = NULL, orange_from = NULL, red_from = NULL, black_from = NULL; \
         UPDATE obligation SET state = 'CANCELLED', closed_at = now(); \
         CREATE TEMPORARY TABLE promise AS SELECT id, contract_id, row_number() OVER () - 1 AS number \
         FROM commitment WHERE owner = 'LIAISON'",
    )
    .await
    .expect("a clean start");
    // Every so many-th falls due; neighbours share a promise, so that the due ones spread over all.
    let step = open / DUE;
    for begin in (0..open).step_by(50_000) {
        let end = (begin + 50_000).min(open);
        db.execute_unprepared(&format!(
            "CREATE TEMPORARY TABLE part AS SELECT i, overlay(gen_random_uuid()::text placing '01800000-0000-7' from 1 for 15)::uuid AS deadline \
             FROM generate_series({begin}, {end} - 1) i; \
             INSERT INTO deadline (id, legal_effect, on_expiry, unit, limit_days, extension_days, started_on, consumed_days, \
                 running_since, state, due_on, provisional, yellow_from, orange_from, red_from, version) \
             SELECT deadline, 'PROMISED', 'WARN', 'WORKING_DAY', 20, 0, '2026-08-03', 0, '2026-08-03', 'RUNNING', \
                 due, false, due - 9, due - 1, due + 1, 1 \
             FROM part, LATERAL (SELECT CASE WHEN i % {step} = 0 THEN date '2026-10-08' ELSE date '2027-03-01' + i % 300 END AS due) days; \
             INSERT INTO obligation (id, commitment_id, contract_id, enterprise_id, deadline_id, occasion, state, opened_at, version) \
             SELECT gen_random_uuid(), p.id, p.contract_id, c.enterprise_id, part.deadline, 'bench:' || i, 'OPEN', now(), 1 \
             FROM part JOIN promise p ON p.number = i / {step} % (SELECT count(*) FROM promise) JOIN contract c ON c.id = p.contract_id; \
             DROP TABLE part"
        ))
        .await
        .expect("rows");
    }
    db.execute_unprepared("ANALYZE").await.expect("statistics");
}

async fn measure(open: u32) -> Cost {
    let park = Park::open(Database::fresh(Backend::Postgres).await).await;
    park.people().await;
    fill(&park, open).await;
    park.set_clock("2026-10-08", 8, 30);
    let settings = trial::settings(&park.database().folder().join("x"));
    let runner = Runner::new(park.store.clone(), &settings, Default::default()).expect("a runner");
    let before = forget_peak();
    let begun = Instant::now();
    let (report, statements) = park
        .statements(runner.run_now("deadline_warnings", None, false))
        .await;
    let time = begun.elapsed();
    let report = report.expect("a run").expect("a job");
    assert_eq!(report.counts.failed, 0, "{:?}", report.counts.errors);
    Cost {
        time,
        statements,
        megabytes: more_since(before),
        told: number(park.db(), "SELECT count(DISTINCT subject_id) FROM warning").await,
    }
}

fn say(open: u32, cost: &Cost) {
    println!(
        "{DUE} due of {open} open: {:.1} s, {} statements, {} MB more memory, {} told",
        cost.time.as_secs_f64(),
        cost.statements,
        cost.megabytes,
        cost.told
    );
}

fn main() {
    story::alone(Backend::Postgres, async |_| {
        let few = measure(100_000).await;
        say(100_000, &few);
        let many = measure(1_000_000).await;
        say(1_000_000, &many);
        let ratio = many.time.as_secs_f64() / few.time.as_secs_f64();
        println!("ten times as many open: {ratio:.2} times the time");
        assert_eq!(few.told, many.told, "the same is told");
        assert!(few.told > 0, "something is told");
        assert_eq!(few.statements, many.statements, "by as many statements");
        assert!(ratio < 2.0, "the cost grows with what exists");
    });
}
