//! What the operations that are sent most often cost, held to what they cost before: statements, allocations for each object of the answer, and
//! CPU. On the demonstration in PostgreSQL, everything on one thread, so that all of it is counted.
//!
//! If something costs less, write down the new figures: what is printed is what stands here.

#![allow(clippy::print_stdout, reason = "a measurement tells what it found")]

use std::fmt;

use allocation_counter::measure;
use serde_json::Value;
use tests::{
    Backend, Park,
    hottest::{Asking, DASHBOARD, DESK, DUE_LIST, LEADER, ONE_CONTRACT, Operation},
    story,
};
use tokio::runtime::Runtime;

/// What an operation costs.
#[derive(Clone, Copy)]
struct Cost {
    /// Statements that are sent to the database.
    statements: usize,
    /// Allocations, for each object of the answer.
    allocations: f64,
    /// Bytes allocated, for each object of the answer.
    bytes: f64,
    /// CPU, as a multiple of what reading and printing the answer as JSON costs.
    cpu: f64,
}

impl fmt::Display for Cost {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            out,
            "cost({}, {:.1}, {:.0}.0, {:.1})",
            self.statements, self.allocations, self.bytes, self.cpu
        )
    }
}

/// What they cost now.
const KNOWN: [(&Operation, Cost); 5] = [
    (&DASHBOARD, cost(10, 29.2, 6_330.0, 3.8)),
    (&DUE_LIST, cost(6, 36.9, 7_380.0, 9.1)),
    (&ONE_CONTRACT, cost(11, 56.0, 12_720.0, 16.7)),
    (&LEADER, cost(38, 46.0, 10_200.0, 23.1)),
    (&DESK, cost(23, 330.6, 63_040.0, 100.4)),
];

const fn cost(statements: usize, allocations: f64, bytes: f64, cpu: f64) -> Cost {
    Cost {
        statements,
        allocations,
        bytes,
        cpu,
    }
}

/// By how much allocations and their bytes may grow. Statements may not.
const MORE: f64 = 1.1;

/// By how much CPU may grow: as a ratio it varies by a tenth from run to run.
const MORE_CPU: f64 = 1.25;

/// How often CPU is measured: the middle of the ratios counts.
const TURNS: usize = 15;

/// How often each is done in a turn.
const TIMES: u32 = 8;

/// How many objects an answer has.
fn objects(answer: &Value) -> usize {
    match answer {
        Value::Array(items) => items.iter().map(objects).sum(),
        Value::Object(fields) => 1 + fields.values().map(objects).sum::<usize>(),
        _ => 0,
    }
}

/// The CPU time of this thread so far, in nanoseconds.
fn cpu() -> u64 {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").expect("Linux");
    let mut words = told.split_whitespace();
    let used = words.next().and_then(|word| word.parse().ok());
    used.expect("a number")
}

/// How long `work` took of this thread.
fn used(work: impl FnOnce()) -> f64 {
    let before = cpu();
    work();
    (cpu() - before) as f64
}

fn found(runtime: &Runtime, park: &Park, asking: &Asking, operation: &Operation) -> Cost {
    let answer = || runtime.block_on(asking.answer(operation));
    // The first times prepare what later ones find.
    let printed = answer();
    answer();
    let read = || serde_json::from_slice::<Value>(&printed).expect("JSON");
    let objects = objects(&read()) as f64;
    let (_, statements) = runtime.block_on(park.statements(asking.answer(operation)));
    let allocated = measure(|| drop(answer()));
    let mut ratios: Vec<f64> = (0..TURNS)
        .map(|_| {
            let own = used(|| (0..TIMES).for_each(|_| drop(answer())));
            let json = used(|| {
                (0..TIMES * 8).for_each(|_| drop(serde_json::to_vec(&read()).expect("JSON")));
            });
            own / (json / 8.0)
        })
        .collect();
    ratios.sort_by(f64::total_cmp);
    Cost {
        statements,
        allocations: allocated.count_total as f64 / objects,
        bytes: allocated.bytes_total as f64 / objects,
        cpu: ratios[TURNS / 2],
    }
}

#[test]
fn the_operations_sent_most_cost_no_more_than_before() {
    story::on_one_thread(Backend::Postgres, |runtime| {
        let (park, asking) = runtime.block_on(async {
            let park = Park::demonstration(Backend::Postgres).await;
            let asking = Asking::of(&park).await;
            (park, asking)
        });
        let mut more = Vec::new();
        for (operation, known) in KNOWN {
            let found = found(runtime, &park, &asking, operation);
            println!("{}: {found}", operation.name);
            let holds = found.statements <= known.statements
                && found.allocations <= known.allocations * MORE
                && found.bytes <= known.bytes * MORE
                && found.cpu <= known.cpu * MORE_CPU;
            if !holds {
                more.push(format!("{}: {found}\n    known: {known}", operation.name));
            }
        }
        assert!(
            more.is_empty(),
            "costs more than before:\n{}",
            more.join("\n")
        );
    });
}
