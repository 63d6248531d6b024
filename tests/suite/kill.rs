//! The real process is killed (SIGKILL) at twenty points; a second run completes the work with nothing double and nothing missing.

use std::time::Instant;

use tests::{
    Backend,
    database::Database,
    dump::Dump,
    ledger,
    program::{command, killed, succeeds},
    story,
};

/// How often each work is killed.
const KILLS: u32 = 20;

/// Where in a work it is killed, in thousandths: one point in each twentieth, at random but always the same.
fn points() -> impl Iterator<Item = u32> {
    let mut state = 0x9E37_79B9_u32;
    (0..KILLS).map(move |twentieth| {
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        (twentieth * 1000 + state % 1000) / KILLS
    })
}

async fn content(database: &Database) -> Dump {
    let db = database.connect().await;
    let dump = Dump::of(&db).await.without_identity();
    db.close().await.expect("closed");
    dump
}

async fn an_import(backend: Backend) {
    let reference = Database::fresh(backend).await;
    let file = reference.folder().join("ledger.csv");
    std::fs::write(&file, ledger::csv(120)).expect("a ledger");
    let import = ["import", file.to_str().expect("a path")];
    let nothing = content(&reference).await;
    let started = Instant::now();
    succeeds(command(&reference, reference.folder(), &import)).await;
    // How long it takes, at the fastest so far: who ends before being killed is tried again, a little earlier.
    let mut whole = started.elapsed();
    let complete = content(&reference).await;
    assert_eq!(complete.rows("contract").len(), 120);

    let mut in_the_middle = 0;
    for point in points() {
        let database = loop {
            let database = Database::fresh(backend).await;
            let started = Instant::now();
            let work = command(&database, database.folder(), &import);
            if killed(work, whole * point / 1000).await {
                break database;
            }
            whole = whole.min(started.elapsed()) * 9 / 10;
        };
        let left = content(&database).await;
        if left != nothing && left != complete {
            in_the_middle += 1;
        }
        succeeds(command(&database, database.folder(), &import)).await;
        complete.assert_same(&content(&database).await);
    }
    eprintln!("{backend:?}: killed {KILLS} times, {in_the_middle} times between two transactions");
}

#[test]
fn an_import_killed_at_twenty_points_is_completed_on_sqlite() {
    story::alone(Backend::Sqlite, an_import);
}

#[test]
fn an_import_killed_at_twenty_points_is_completed_on_postgres() {
    story::alone(Backend::Postgres, an_import);
}
