//! What every page, file and job costs in a park of 10,000 contracts and 200,000 obligations, on both databases: time, statements, and the
//! highest additional memory.
//!
//! `cargo bench -p tests --bench size`, for a quick look with `--profile dev`; `QIYUE_BENCH_COPIES=25` for a smaller park, `QIYUE_BENCH_ON=postgres`
//! for one database.

#![allow(clippy::print_stdout, reason = "a benchmark tells what it measured")]

use std::time::Instant;

use api::demo;
use jobs::{Runner, schedule::SCHEDULES};
use mimalloc::MiMalloc;
use reqwest::StatusCode;
use tests::{
    Backend, Park, Sent,
    dump::number,
    memory::{forget_peak, held, more_since},
    pages::{self, Gives},
    size, story, trial,
    window::Window,
};

// As in the program.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

/// How often each page is opened.
const TIMES: usize = 5;

/// The longest a page may take, in milliseconds.
fn goal(backend: Backend) -> f64 {
    match backend {
        Backend::Postgres => 50.0,
        Backend::Sqlite => 100.0,
    }
}

/// The statement of a page that took longest, its beginning.
fn longest(sent: &Sent) -> String {
    let sql: String = sent.statement.sql.chars().take(1000).collect();
    format!(
        "    {:.1} ms of it: {sql}",
        sent.took.as_secs_f64() * 1000.0
    )
}

/// How many rows of each list are written to a file, and how long that may take, in seconds.
const ROWS: f64 = 200_000.0;
const LONGEST: f64 = 20.0;

/// From how many rows on a file tells how long one of [`ROWS`] would take: what is the same for every file no longer counts.
const TELLING: f64 = 1_000.0;

/// What an answer costs.
struct Cost {
    status: StatusCode,
    body: Vec<u8>,
    statements: Vec<Sent>,
    seconds: f64,
    /// The highest additional memory, and what was still held afterwards, in megabytes.
    peak: u64,
    left: u64,
}

async fn cost(park: &Park, window: &Window, path: &str) -> Cost {
    let before = forget_peak();
    let begun = Instant::now();
    let asked = async {
        let answer = window.get(park, path).await;
        let status = answer.status();
        let body = answer.bytes().await;
        (status, body.map_or_else(|_| Vec::new(), Vec::from))
    };
    let ((status, body), statements) = park.recorded(asked).await;
    let seconds = begun.elapsed().as_secs_f64();
    Cost {
        status,
        statements,
        seconds,
        peak: more_since(before),
        left: held().saturating_sub(before + body.len() as u64 / 1024) / 1024,
        body,
    }
}

async fn open(park: &Park, slow: &mut Vec<String>) {
    let pages = pages::all(&park.store, park.mailbox.folder()).await;
    println!("| page | role | ms | statements | kB | MB |\n| --- | --- | --- | --- | --- | --- |");
    for (login, role) in demo::sign_ins() {
        let window = Window::enter(park, login, demo::PASSWORD).await;
        let own = pages
            .iter()
            .filter(|page| page.gives != Gives::File && page.tried_as(role));
        for page in own {
            let mut costs = Vec::new();
            for _ in 0..TIMES {
                costs.push(cost(park, &window, &page.path).await);
            }
            costs.sort_by(|one, other| one.seconds.total_cmp(&other.seconds));
            let peak = costs.iter().map(|cost| cost.peak).max().unwrap_or_default();
            let median = &costs[costs.len() / 2];
            let (ms, kb) = (median.seconds * 1000.0, median.body.len() / 1024);
            println!(
                "| {} | {role:?} | {ms:.1} | {} | {kb} | {peak} |",
                page.route,
                median.statements.len()
            );
            if !median.status.is_success() {
                slow.push(format!("{} as {role:?}: {}", page.route, median.status));
            } else if ms > goal(park.backend()) {
                slow.push(format!("{} as {role:?}: {ms:.1} ms", page.route));
                let sent = median.statements.iter();
                slow.extend(sent.max_by_key(|sent| sent.took).map(longest));
            }
        }
    }
}

/// What each list costs as a file, and how long it would take if it had [`ROWS`].
async fn save(park: &Park) {
    let pages = pages::all(&park.store, park.mailbox.folder()).await;
    let mut slow = Vec::new();
    println!(
        "\n| file | role | s | rows | {ROWS} rows, s | statements | kB | MB | MB left |\n\
         | --- | --- | --- | --- | --- | --- | --- | --- | --- |"
    );
    for (login, role) in demo::sign_ins() {
        let window = Window::enter(park, login, demo::PASSWORD).await;
        let own = pages.iter().filter(|page| {
            page.gives == Gives::File && page.path.ends_with(".csv") && page.shown_as(role)
        });
        for page in own {
            let cost = cost(park, &window, &page.path).await;
            let lines = cost.body.iter().filter(|byte| **byte == b'\n').count();
            #[allow(clippy::cast_precision_loss, reason = "some hundred thousand lines")]
            let rows = lines.saturating_sub(1) as f64;
            let whole = (rows >= TELLING).then(|| cost.seconds * ROWS / rows);
            let told = whole.map_or_else(|| "–".to_owned(), |whole| format!("{whole:.1}"));
            println!(
                "| {} | {role:?} | {:.1} | {rows} | {told} | {} | {} | {} | {} |",
                page.route,
                cost.seconds,
                cost.statements.len(),
                cost.body.len() / 1024,
                cost.peak,
                cost.left
            );
            if !cost.status.is_success() {
                slow.push(format!("{} as {role:?}: {}", page.route, cost.status));
            } else if whole.is_some_and(|whole| whole > LONGEST) {
                slow.push(format!("{} as {role:?}: {told} s", page.route));
            }
        }
    }
    println!(
        "\n{ROWS} rows slower than {LONGEST} s, or refused:\n{}",
        slow.join("\n")
    );
}

async fn run_jobs(park: &Park) {
    let settings = trial::settings(&park.database().folder().join("x"));
    let runner = Runner::new(park.store.clone(), &settings, Default::default()).expect("a runner");
    println!(
        "\n| job | s | statements | MB | due | done | letters | failed |\n| --- | --- | --- | --- | --- | --- | --- | --- |"
    );
    for schedule in SCHEDULES.iter().filter(|one| one.job.is_some()) {
        let before = forget_peak();
        let begun = Instant::now();
        let (report, statements) = park
            .statements(runner.run_now(schedule.name, None, false))
            .await;
        let took = begun.elapsed().as_secs_f64();
        let report = report.expect("a run").expect("a job");
        let counts = &report.counts;
        println!(
            "| {} | {took:.1} | {statements} | {} | {} | {} | {} | {} |",
            schedule.name,
            more_since(before),
            counts.due,
            counts.done,
            counts.letters,
            counts.failed
        );
        for error in counts.errors.iter().take(3) {
            println!("    {error}");
        }
    }
}

fn main() {
    let copies = std::env::var("QIYUE_BENCH_COPIES").ok();
    let copies = copies.and_then(|copies| copies.parse().ok()).unwrap_or(500);
    let on = std::env::var("QIYUE_BENCH_ON").unwrap_or_default();
    let backends = [(Backend::Postgres, "postgres"), (Backend::Sqlite, "sqlite")];
    for (backend, name) in backends {
        if !on.is_empty() && on != name {
            continue;
        }
        story::alone(backend, async |backend| {
            let park = Park::demonstration(backend).await;
            let begun = Instant::now();
            size::multiply(&park, copies).await;
            let of = async |table: &str| {
                number(park.db(), &format!("SELECT count(*) FROM {table}")).await
            };
            println!(
                "\n## {backend:?}: {} contracts, {} obligations, {} audit entries, {} letters (made in {:.0} s)\n",
                of("contract").await,
                of("obligation").await,
                of("audit_entry").await,
                of("letter").await,
                begun.elapsed().as_secs_f64()
            );
            let mut slow = Vec::new();
            open(&park, &mut slow).await;
            println!(
                "\nslower than {} ms or refused:\n{}",
                goal(backend),
                slow.join("\n")
            );
            if std::env::var_os("QIYUE_BENCH_PAGES").is_none() {
                run_jobs(&park).await;
                save(&park).await;
            }
        });
    }
}
