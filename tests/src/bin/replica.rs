//! One replica as a process of its own, for what only a process can show: being killed, frozen, or asked to end.
//!
//! `replica ADDRESS POINT GO`: looks once at what is due. Its one job leaves twenty effects; at POINT (`claim`, `middle`, `close`,
//! `commit`) it says so and waits until the file GO exists. When it is asked to end it says that it has heard it; in the end it says
//! how the run ended.

#![allow(clippy::print_stdout, reason = "its output is how far it has come")]

use std::{path::Path, sync::Arc, sync::OnceLock, time::Duration};

use entity::{clock::OffsetClock, error::Fault, store::Store};
use futures::future::BoxFuture;
use jobs::{
    Runner,
    job::{Job, Run},
};
use tests::{clock::ZONE, effects, trial};
use tokio::time::interval;

static POINT: OnceLock<(String, String)> = OnceLock::new();

async fn pass(point: &str) {
    let Some((wanted, go)) = POINT.get() else {
        return;
    };
    if wanted != point {
        return;
    }
    println!("at {point}");
    let mut look = interval(Duration::from_millis(20));
    while !Path::new(go).exists() {
        look.tick().await;
    }
}

/// Twenty items that are done one by one; what is done stays done.
struct Twenty;

impl Job for Twenty {
    fn run<'a>(&'a self, run: &'a Run) -> BoxFuture<'a, Result<(), Fault>> {
        Box::pin(async move {
            pass("claim").await;
            let done = effects::all(run.store().db()).await?;
            for number in 0..trial::ITEMS {
                if run.is_stopping() {
                    return Ok(());
                }
                let item = format!("item {number:02}");
                if done.contains(&item) {
                    continue;
                }
                let work = async {
                    let unit = run.begin().await?;
                    effects::leave(unit.db(), &item).await?;
                    if number == trial::ITEMS / 2 {
                        pass("commit").await;
                    }
                    run.commit(unit).await
                };
                run.item::<Fault>(&item, work).await;
                if number == trial::ITEMS / 2 {
                    pass("middle").await;
                }
            }
            pass("close").await;
            Ok(())
        })
    }
}

static TABLE: [jobs::schedule::Schedule; 1] = [trial::line(&Twenty)];

#[tokio::main]
async fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let [_, address, point, go] = arguments.as_slice() else {
        panic!("replica ADDRESS POINT GO");
    };
    POINT
        .set((point.clone(), go.clone()))
        .expect("it is set once");
    let db = entity::store::connect(address, 3)
        .await
        .expect("the database opens");
    let store = Store::new(db, Arc::new(OffsetClock::default()), ZONE);
    let ending = api::app::ending();
    let asked = ending.clone();
    tokio::spawn(async move {
        asked.cancelled().await;
        println!("ending");
    });
    let runner = Runner::new(store, &trial::settings(Path::new(go)), ending)
        .expect("a runner")
        .over(&TABLE)
        .timed(trial::timing());
    for report in runner.run_due().await {
        println!(
            "ended {:?}, {} done, {:?}",
            report.state, report.counts.done, report.counts.errors
        );
    }
}
