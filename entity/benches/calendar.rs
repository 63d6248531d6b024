//! How long adding working days takes, against a loop that steps from day to day.

#![allow(missing_docs, reason = "criterion's macros write undocumented items")]

use std::{hint::black_box, time::Instant};

use chrono::NaiveDate;
use criterion::{Criterion, criterion_group, criterion_main};
use entity::calendar::rules::Calendar;

const ROUNDS: u32 = 200_000;

fn step(calendar: &Calendar, mut day: NaiveDate, days: u32) -> NaiveDate {
    let mut left = days;
    while left > 0 {
        day = day.succ_opt().unwrap_or(NaiveDate::MAX);
        if calendar.day(day).is_working() {
            left -= 1;
        }
    }
    day
}

#[allow(clippy::print_stdout, reason = "a bench prints its result")]
fn adding_twenty_working_days(criterion: &mut Criterion) {
    let calendar = Calendar::shipped();
    let start = NaiveDate::from_ymd_opt(2026, 9, 18).unwrap_or_default();
    assert_eq!(
        calendar.add_working_days(start, 20),
        step(&calendar, start, 20)
    );
    criterion.bench_function("add 20 working days", |bencher| {
        bencher.iter(|| calendar.add_working_days(black_box(start), black_box(20)));
    });
    criterion.bench_function("the same, stepping", |bencher| {
        bencher.iter(|| step(&calendar, black_box(start), black_box(20)));
    });
    let time = |work: &dyn Fn() -> NaiveDate| {
        let begun = Instant::now();
        for _ in 0..ROUNDS {
            black_box(work());
        }
        begun.elapsed().as_secs_f64() * 1e9 / f64::from(ROUNDS)
    };
    let fast = time(&|| calendar.add_working_days(black_box(start), black_box(20)));
    let slow = time(&|| step(&calendar, black_box(start), black_box(20)));
    println!(
        "{fast:.1} ns against {slow:.1} ns: {:.0} times as fast",
        slow / fast
    );
}

criterion_group!(benches, adding_twenty_working_days);
criterion_main!(benches);
