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
use tests::{
    Backend, Park, Sent,
    dump::number,
    memory::{forget_peak, more_since},
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

/// Pages, or files.
async fn open(park: &Park, files: bool, slow: &mut Vec<String>) {
    let pages = pages::all(&park.store, park.mailbox.folder()).await;
    println!("| page | role | ms | statements | kB | MB |\n| --- | --- | --- | --- | --- | --- |");
    for (login, role) in demo::sign_ins() {
        let window = Window::enter(park, login, demo::PASSWORD).await;
        let own = pages.iter().filter(|page| match files {
            true => page.gives == Gives::File && page.path.ends_with(".csv") && page.shown_as(role),
            false => page.gives != Gives::File && page.tried_as(role),
        });
        for page in own {
            let times = if files { 1 } else { TIMES };
            let (mut took, mut kb, mut most) = (Vec::new(), 0, 0);
            let mut statements = Vec::new();
            for _ in 0..times {
                let before = forget_peak();
                let begun = Instant::now();
                let asked = async {
                    let answer = window.get(park, &page.path).await;
                    let status = answer.status();
                    let body = answer.bytes().await;
                    (status, body.map_or(0, |body| body.len()))
                };
                let ((status, bytes), sent) = park.recorded(asked).await;
                took.push(begun.elapsed().as_secs_f64() * 1000.0);
                (kb, statements) = (bytes / 1024, sent);
                most = most.max(more_since(before));
                if !status.is_success() {
                    slow.push(format!("{} as {role:?}: {status}", page.route));
                }
            }
            took.sort_by(f64::total_cmp);
            let median = took[took.len() / 2];
            println!(
                "| {} | {role:?} | {median:.1} | {} | {kb} | {most} |",
                page.route,
                statements.len()
            );
            if !files && median > goal(park.backend()) {
                slow.push(format!("{} as {role:?}: {median:.1} ms", page.route));
                slow.extend(statements.iter().max_by_key(|sent| sent.took).map(longest));
            }
        }
    }
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
            open(&park, false, &mut slow).await;
            println!(
                "\nslower than {} ms or refused:\n{}",
                goal(backend),
                slow.join("\n")
            );
            if std::env::var_os("QIYUE_BENCH_PAGES").is_none() {
                run_jobs(&park).await;
                open(&park, true, &mut slow).await;
            }
        });
    }
}
