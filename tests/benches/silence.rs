//! What the sweep of silence costs: 5,000 cases cross a threshold among 100,000 and among 1,000,000 that have an open clock, on PostgreSQL. The time,
//! the statements and the memory must grow with what crosses and not with what exists.
//!
//! `cargo bench -p tests --bench silence`, for a quick look with `--profile dev`.

#![allow(clippy::print_stdout, reason = "a benchmark tells what it measured")]

use std::time::{Duration, Instant};

use entity::{
    catalogue::Files,
    department,
    item::commands::{Import, import},
    viewer::Viewer,
};
use jobs::Runner;
use sea_orm::ConnectionTrait;
use tests::{
    Backend, Park,
    database::Database,
    dump::number,
    memory::{forget_peak, more_since},
    story, trial,
};

/// How many cross a threshold: of ten nine are warned of, and one is decided.
const CROSSING: u32 = 5_000;

/// What a run has cost.
struct Cost {
    time: Duration,
    statements: usize,
    megabytes: u64,
    warned: i64,
    decided: i64,
}

async fn fill(park: &Park, open: u32) {
    department::commands::install_shipped(&park.store)
        .await
        .expect("the departments");
    park.people().await;
    let input = Import {
        files: Files::embedded(),
        example: true,
        dry_run: false,
    };
    import(&park.store, &Viewer::system("bench"), input)
        .await
        .expect("the catalogue");
    let db = entity::store::connect(park.database().address(), 1)
        .await
        .expect("it opens");
    for setting in ["statement_timeout = 0", "synchronous_commit = off"] {
        db.execute_unprepared(&format!("SET {setting}"))
            .await
            .expect("a setting");
    }
    let step = open / CROSSING;
    for begin in (0..open).step_by(50_000) {
        let end = (begin + 50_000).min(open);
        // Received on the 30th of September, to be answered by the 13th of October; the others much later.
        db.execute_unprepared(&format!(
            "CREATE TEMPORARY TABLE part AS SELECT i, gen_random_uuid() AS application, gen_random_uuid() AS one, gen_random_uuid() AS deadline, \
                 CASE WHEN i % {step} = 0 THEN date '2026-10-13' - CASE WHEN i / {step} % 10 = 0 THEN 1 ELSE 0 END ELSE date '2027-03-01' + i % 300 END AS due \
             FROM generate_series({begin}, {end} - 1) i; \
             CREATE TEMPORARY TABLE base AS SELECT v.id AS version, v.item_id AS item, t.department_id AS department, \
                 (SELECT id FROM enterprise ORDER BY id LIMIT 1) AS enterprise, (SELECT id FROM catalogue_edition LIMIT 1) AS edition, \
                 (SELECT id FROM account ORDER BY id LIMIT 1) AS account \
             FROM item_version v JOIN item t ON t.id = v.item_id WHERE t.code = 'R10'; \
             INSERT INTO application (id, number, enterprise_id, edition_id, state, channel, created_by, created_at, changed_at, received_at, version) \
             SELECT application, to_char(2026000000000 + i, 'FM9999999999999'), enterprise, edition, 'RECEIVED', 'ONLINE', account, now(), now(), now(), 1 FROM part, base; \
             INSERT INTO application_item (application_id, item_id, version_id) SELECT application, item, version FROM part, base; \
             INSERT INTO deadline (id, legal_effect, on_expiry, unit, limit_days, extension_days, started_on, consumed_days, running_since, state, due_on, \
                 provisional, yellow_from, orange_from, red_from, black_from, version) \
             SELECT deadline, 'STATUTORY', 'ESCALATE', 'WORKING_DAY', 5, 0, '2026-09-30', 0, '2026-09-30', 'RUNNING', due, false, due - 2, due - 1, due + 1, due + 1, 1 \
             FROM part; \
             INSERT INTO approval_case (id, number, application_id, item_id, version_id, enterprise_id, department_id, silence, state, received_at, received_on, \
                 answers, promises, due_on, yellow_from, orange_from, red_from, black_from, version) \
             SELECT one, to_char(2026000000000 + i, 'FM9999999999999') || '-R10', application, item, version, enterprise, department, 'T0', 'RECEIVED', now(), \
                 '2026-09-30', '{{}}', false, due, due - 2, due - 1, due + 1, due + 1, 1 FROM part, base; \
             INSERT INTO case_clock (deadline_id, case_id, clock, number) SELECT deadline, one, 'NOTICE', 1 FROM part; \
             DROP TABLE part; DROP TABLE base"
        ))
        .await
        .expect("rows");
    }
    db.execute_unprepared("ANALYZE").await.expect("statistics");
}

async fn measure(open: u32) -> Cost {
    let park = Park::open(Database::fresh(Backend::Postgres).await).await;
    fill(&park, open).await;
    park.set_clock("2026-10-13", 9, 0);
    let settings = trial::settings(&park.database().folder().join("x"));
    let runner = Runner::new(park.store.clone(), &settings, Default::default()).expect("a runner");
    let before = forget_peak();
    let begun = Instant::now();
    let (report, statements) = park
        .statements(runner.run_now("silence", None, false))
        .await;
    let time = begun.elapsed();
    let report = report.expect("a run").expect("a job");
    assert_eq!(report.counts.failed, 0, "{:?}", report.counts.errors);
    Cost {
        time,
        statements,
        megabytes: more_since(before),
        warned: number(
            park.db(),
            "SELECT count(DISTINCT subject_id) FROM warning WHERE threshold LIKE 'SILENCE_%'",
        )
        .await,
        decided: number(park.db(), "SELECT count(*) FROM silent_decision").await,
    }
}

fn say(open: u32, cost: &Cost) {
    println!(
        "{CROSSING} crossing of {open} open: {:.1} s, {} statements, {} MB more memory, {} warned of, {} decided",
        cost.time.as_secs_f64(),
        cost.statements,
        cost.megabytes,
        cost.warned,
        cost.decided
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
        assert_eq!(
            (few.warned, few.decided),
            (many.warned, many.decided),
            "the same is done"
        );
        assert!(few.warned > 0 && few.decided > 0, "something is done");
        assert_eq!(few.statements, many.statements, "by as many statements");
        assert!(ratio < 2.0, "the cost grows with what exists");
    });
}
