//! What each page of the console costs the service, on the demonstration: the time from the request to the last byte, against
//! the one operation of the API that it shows, measured in the same requests.
//!
//! `cargo bench -p tests --bench pages`, for a quick look with `--profile dev`.

#![allow(clippy::print_stdout, reason = "a benchmark tells what it measured")]

use std::time::{Duration, Instant};

use api::demo;
use tests::{
    Backend, Park,
    pages::{self, Gives},
    story,
    window::Window,
};

/// How often each page is opened.
const TIMES: usize = 20;

/// The longest a page may take.
const GOAL: Duration = Duration::from_millis(50);

fn median(mut all: Vec<f64>) -> f64 {
    all.sort_by(f64::total_cmp);
    all[all.len() / 2]
}

/// How long the operations of an answer took, in milliseconds.
fn operations(timing: &str) -> f64 {
    let told = timing.split(";dur=").skip(1);
    told.filter_map(|rest| rest.split(',').next()?.trim().parse::<f64>().ok())
        .sum()
}

fn main() {
    story::alone(Backend::Sqlite, async |backend| {
        let park = Park::demonstration(backend).await;
        let pages = pages::all(&park.store, park.mailbox.folder()).await;
        let mut slow = Vec::new();
        println!(
            "| page | role | ms | its operation, ms | times |\n| --- | --- | --- | --- | --- |"
        );
        for (login, role) in demo::sign_ins() {
            let window = Window::enter(&park, login, demo::PASSWORD).await;
            // Every page once: the start page as everybody sees it, the others as the first of those who may.
            let own = pages.iter().filter(|page| {
                page.gives == Gives::Page && (page.path == "/" || page.who[0] == role)
            });
            for page in own {
                let (mut whole, mut bare) = (Vec::new(), Vec::new());
                // The first time prepares what later times find, like a connection.
                for time in 0..=TIMES {
                    let begun = Instant::now();
                    let answer = window.get(&park, &page.path).await;
                    let timing = answer.headers().get("server-timing").cloned();
                    answer.bytes().await.expect("a page");
                    let took = begun.elapsed().as_secs_f64() * 1000.0;
                    if time > 0 {
                        whole.push(took);
                        let timing = timing.as_ref().and_then(|timing| timing.to_str().ok());
                        bare.push(operations(timing.unwrap_or_default()));
                    }
                }
                let (whole, bare) = (median(whole), median(bare));
                let ratio = whole / bare.max(0.1);
                println!(
                    "| {} | {role:?} | {whole:.1} | {bare:.1} | {ratio:.1} |",
                    page.route
                );
                if whole > GOAL.as_secs_f64() * 1000.0 {
                    slow.push(format!("{} as {role:?}: {whole:.1} ms", page.route));
                }
            }
        }
        let judged = !cfg!(debug_assertions);
        assert!(
            slow.is_empty() || !judged,
            "slower than {GOAL:?}:\n{}",
            slow.join("\n")
        );
    });
}
