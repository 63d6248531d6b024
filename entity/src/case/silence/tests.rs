use proptest::prelude::*;
use uuid::Uuid;

use super::*;
use crate::{
    calendar::rules::parse_date,
    deadline::{LegalEffect, OnExpiry},
};

fn day(text: &str) -> NaiveDate {
    parse_date(text).expect("a date of the test")
}

fn limit(limit: Limit, started_on: NaiveDate, calendar: &Calendar) -> Deadline {
    let terms = Terms {
        legal_effect: LegalEffect::Statutory,
        on_expiry: OnExpiry::Deem,
        limit,
        extension: 0,
    };
    Deadline::open(terms, started_on, calendar)
}

fn facts<'a>(
    state: State,
    class: SilenceClass,
    received_on: NaiveDate,
    clocks: &'a [Running<'a>],
) -> Facts<'a> {
    Facts {
        state,
        class,
        received_on,
        renewal: None,
        clocks,
        warned_on: None,
    }
}

/// How much is done.
fn much(what: What) -> u32 {
    match what {
        What::Nothing => 0,
        What::Overdue => 1,
        What::Warn(left) => 10 - left,
        What::Acts(_) => 20,
    }
}

/// What silence does day by day, from the first day on which it is that.
fn turns(facts: &Facts<'_>, from: &str, days: usize, calendar: &Calendar) -> Vec<(String, What)> {
    let mut turns: Vec<(String, What)> = Vec::new();
    for day in day(from).iter_days().take(days) {
        let what = silence(facts, day, calendar);
        if turns.last().is_none_or(|(_, before)| *before != what) {
            turns.push((day.to_string(), what));
        }
    }
    turns
}

fn said(turns: &[(&str, What)]) -> Vec<(String, What)> {
    let turn = |(day, what): &(&str, What)| ((*day).to_owned(), *what);
    turns.iter().map(turn).collect()
}

#[test]
fn the_first_days_of_a_case_are_counted_from_its_receipt() {
    let calendar = Calendar::shipped();
    for (received, turned) in [
        // Before National Day: five working days are the 8th, 9th, 10th (a worked Saturday), 12th and 13th.
        (
            "2026-09-30",
            [
                ("2026-09-30", What::Nothing),
                ("2026-10-09", What::Warn(3)),
                ("2026-10-12", What::Warn(1)),
                ("2026-10-13", What::Warn(0)),
                ("2026-10-14", What::Acts(Act::Accepted)),
            ],
        ),
        // Before Spring Festival, of which the Saturday before is worked.
        (
            "2026-02-12",
            [
                ("2026-02-12", What::Nothing),
                ("2026-02-14", What::Warn(3)),
                ("2026-02-25", What::Warn(1)),
                ("2026-02-26", What::Warn(0)),
                ("2026-02-27", What::Acts(Act::Accepted)),
            ],
        ),
    ] {
        let notice = limit(Limit::working_days(5), day(received), &calendar);
        let clocks = [Running {
            clock: Clock::Notice,
            limit: &notice,
            pauses: &[],
        }];
        for class in SilenceClass::ALL {
            let facts = facts(State::Received, class, day(received), &clocks);
            let found = turns(&facts, received, 60, &calendar);
            assert_eq!(found, said(&turned), "{class:?}");
        }
    }
}

#[test]
fn near_spring_festival_the_law_is_warned_of_by_its_earlier_and_acts_by_its_later_reading() {
    let calendar = Calendar::shipped();
    // The re-check of an environmental document: 10 days, of which the law does not say which.
    let received = day("2026-02-13");
    let law = limit(Limit::calendar_days(10), received, &calendar);
    let clocks = [Running {
        clock: Clock::Statutory,
        limit: &law,
        pauses: &[],
    }];
    let facts = facts(State::Accepted, SilenceClass::T2, received, &clocks);
    let found = coming(&facts, &calendar).expect("it will grant");
    assert_eq!(
        (found.shown_on, found.last_day),
        (day("2026-02-24"), day("2026-03-05"))
    );
    assert_eq!(
        turns(&facts, "2026-02-13", 60, &calendar),
        said(&[
            ("2026-02-13", What::Nothing),
            ("2026-02-14", What::Warn(1)),
            ("2026-02-24", What::Warn(0)),
            ("2026-03-06", What::Acts(Act::Granted)),
        ])
    );
}

#[test]
fn the_later_reading_is_never_before_the_one_that_is_shown() {
    let calendar = Calendar::shipped();
    for start in day("2012-01-01").iter_days().take(5_400) {
        for days in [10, 15] {
            let law = limit(Limit::calendar_days(days), start, &calendar);
            let clocks = [Running {
                clock: Clock::Statutory,
                limit: &law,
                pauses: &[],
            }];
            let facts = facts(State::Accepted, SilenceClass::T2, start, &clocks);
            let found = coming(&facts, &calendar).expect("it will grant");
            assert_eq!(found.shown_on, law.due_on, "{start}");
            let working = Limit::working_days(days).due_after(start, &calendar);
            assert_eq!(found.last_day, working.max(law.due_on), "{start}");
            assert_eq!(found.acts_on(None, &calendar), found.last_day.succ_opt());
        }
    }
}

#[test]
fn by_the_rule_of_the_park_silence_waits_for_a_warning_that_arrived_and_a_working_day() {
    let calendar = Calendar::shipped();
    let accepted = day("2026-09-30");
    let promise = limit(Limit::working_days(3), accepted, &calendar);
    assert_eq!(promise.due_on, day("2026-10-10"));
    let clocks = [Running {
        clock: Clock::Promised,
        limit: &promise,
        pauses: &[],
    }];
    let unwarned = facts(State::Accepted, SilenceClass::T5, accepted, &clocks);
    let last = turns(&unwarned, "2026-09-30", 400, &calendar).pop();
    assert_eq!(last.map(|(_, what)| what), Some(What::Warn(0)));
    for (warned, acts) in [
        ("2026-10-08", "2026-10-11"),
        ("2026-10-09", "2026-10-11"),
        // The working day after it is the Monday.
        ("2026-10-10", "2026-10-13"),
        ("2026-10-16", "2026-10-20"),
    ] {
        let warned = Facts {
            warned_on: Some(day(warned)),
            ..unwarned
        };
        let last = turns(&warned, "2026-09-30", 400, &calendar).pop();
        assert_eq!(last, Some((acts.to_owned(), What::Acts(Act::Pending))));
    }
}

#[test]
fn a_renewal_is_granted_at_the_end_of_its_permit_if_it_was_applied_for_in_time() {
    let calendar = Calendar::shipped();
    let received = day("2026-03-02");
    let law = limit(Limit::working_days(20), received, &calendar);
    let clocks = [Running {
        clock: Clock::Statutory,
        limit: &law,
        pauses: &[],
    }];
    let renewal = Renewal {
        class: SilenceClass::T3,
        apply_by: received,
        ends_on: day("2026-04-20"),
    };
    let case = |renewal| Facts {
        renewal: Some(renewal),
        ..facts(State::Accepted, SilenceClass::T3, received, &clocks)
    };
    let found = turns(&case(renewal), "2026-03-02", 90, &calendar).pop();
    assert_eq!(
        found,
        Some(("2026-04-21".to_owned(), What::Acts(Act::Granted)))
    );
    // One day too late, or a law that punishes whoever acts without the renewal.
    let too_late = Renewal {
        apply_by: day("2026-03-01"),
        ..renewal
    };
    let excluded = Renewal {
        class: SilenceClass::X,
        ..renewal
    };
    for never in [too_late, excluded] {
        let found = turns(&case(never), "2026-03-02", 400, &calendar).pop();
        assert_eq!(found.map(|(_, what)| what), Some(What::Overdue));
    }
    let nothing = facts(State::Accepted, SilenceClass::T3, received, &clocks);
    assert_eq!(coming(&nothing, &calendar), None, "it renews nothing");
}

#[test]
fn a_limit_of_the_same_day_is_warned_of_on_that_day_alone() {
    let calendar = Calendar::shipped();
    let received = day("2026-10-12");
    let notice = limit(Limit::working_days(0), received, &calendar);
    let clocks = [Running {
        clock: Clock::Notice,
        limit: &notice,
        pauses: &[],
    }];
    let facts = facts(State::Received, SilenceClass::T1, received, &clocks);
    assert_eq!(
        turns(&facts, "2026-10-12", 9, &calendar),
        said(&[
            ("2026-10-12", What::Warn(0)),
            ("2026-10-13", What::Acts(Act::Accepted)),
        ])
    );
}

#[test]
fn a_clock_that_stands_brings_nothing_about() {
    let calendar = Calendar::shipped();
    let received = day("2026-10-12");
    let mut law = limit(Limit::calendar_days(10), received, &calendar);
    law.state = deadline::State::Paused;
    let clocks = [Running {
        clock: Clock::Statutory,
        limit: &law,
        pauses: &[],
    }];
    let facts = facts(State::Accepted, SilenceClass::T2, received, &clocks);
    assert_eq!(
        turns(&facts, "2026-10-12", 400, &calendar),
        said(&[("2026-10-12", What::Nothing)])
    );
}

const CLOCKS: [Clock; 3] = [Clock::Notice, Clock::Statutory, Clock::Promised];

proptest! {
    /// Whatever a case is: only T2 and T3 are granted, only T5 awaits confirmation, only what nobody has accepted is accepted; a later day never
    /// does less than an earlier one; and a pause of the office's silence by law moves the later reading, too.
    #[test]
    fn silence_grants_nothing_but_what_a_law_grants(
        state in prop::sample::select(State::ALL.to_vec()),
        class in prop::sample::select(SilenceClass::ALL.to_vec()),
        start in 0_u64..1_500,
        limits in prop::collection::vec((0_u32..40, any::<bool>()), 3),
        renewal in prop::option::of((prop::sample::select(SilenceClass::ALL.to_vec()), 0_u64..90, 0_u64..120)),
        warned in prop::option::of(0_u64..60),
        paused in prop::option::of(1_u64..20),
    ) {
        let calendar = Calendar::shipped();
        let later = |day: NaiveDate, days: u64| day + chrono::Days::new(days);
        let received_on = later(day("2022-06-01"), start);
        let pauses: Vec<pause::Model> = paused
            .map(|days| pause::Model {
                id: Uuid::nil(),
                deadline_id: Uuid::nil(),
                kind: pause::Kind::Expert,
                reason: "专家评审".to_owned(),
                document_id: Uuid::nil(),
                started_on: later(received_on, 1),
                expected_end_on: None,
                ended_on: Some(later(received_on, days)),
            })
            .into_iter()
            .collect();
        let limits: Vec<Deadline> = limits
            .iter()
            .map(|(days, working)| match working {
                true => Limit::working_days(*days),
                false => Limit::calendar_days(*days),
            })
            .map(|length| match length.days {
                0 => limit(length, received_on, &calendar),
                _ => limit(length, received_on, &calendar).recounted(&pauses, &calendar),
            })
            .collect();
        let clocks: Vec<Running<'_>> = CLOCKS
            .into_iter()
            .zip(&limits)
            .map(|(clock, limit)| Running { clock, limit, pauses: &pauses })
            .collect();
        let case = Facts {
            state,
            class,
            received_on,
            renewal: renewal.map(|(class, apply, end)| Renewal {
                class,
                apply_by: later(received_on, apply) - chrono::Days::new(30),
                ends_on: later(received_on, end),
            }),
            clocks: &clocks,
            warned_on: warned.map(|days| later(received_on, days)),
        };
        let mut before = What::Nothing;
        for on in received_on.iter_days().take(200) {
            let what = silence(&case, on, &calendar);
            prop_assert_eq!(what, silence(&case, on, &calendar));
            prop_assert!(much(before) <= much(what), "{} then {:?} on {}", much(before), what, on);
            match what {
                What::Acts(Act::Granted) => {
                    prop_assert_eq!(state, State::Accepted);
                    prop_assert!(matches!(class, SilenceClass::T2 | SilenceClass::T3));
                    let renews = case.renewal.is_some_and(|known| {
                        known.class == SilenceClass::T3 && received_on <= known.apply_by && known.ends_on < on
                    });
                    prop_assert!(class == SilenceClass::T2 || renews);
                    prop_assert!(class == SilenceClass::T3 || limits[1].due_on < on);
                }
                What::Acts(Act::Pending) => {
                    prop_assert_eq!((state, class), (State::Accepted, SilenceClass::T5));
                    let warned = case.warned_on.expect("nobody was warned");
                    prop_assert!(calendar.working_days_between(warned, on) >= 1 && limits[2].due_on < on);
                }
                What::Acts(Act::Accepted) => {
                    prop_assert_eq!(state, State::Received);
                    prop_assert!(limits[0].due_on < on);
                }
                What::Warn(left) => prop_assert!(WARNED.contains(&left)),
                What::Nothing | What::Overdue => {}
            }
            before = what;
        }
    }
}
