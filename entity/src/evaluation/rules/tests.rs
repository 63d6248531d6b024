use chrono::TimeDelta;
use proptest::prelude::*;

use super::*;
use crate::evaluation::{
    Rated,
    answers::{Aspect, Cause, Level, Rating},
};

const ZONE: Tz = chrono_tz::Asia::Shanghai;

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

fn evaluation(state: State, compiled_on: &str) -> Model {
    let calendar = Calendar::shipped();
    let line = Timeline::compiled_on(day(compiled_on), &calendar);
    Model {
        id: Uuid::nil(),
        quarter: Quarter::of(day(compiled_on)).name(),
        from_on: Quarter::of(day(compiled_on)).from,
        to_on: Quarter::of(day(compiled_on)).to,
        state,
        design_id: Uuid::nil(),
        departments: Departments::default(),
        compiled_on: day(compiled_on),
        opens_on: line.opens_on,
        first_reminder_on: line.first_reminder_on,
        second_reminder_on: line.second_reminder_on,
        closes_on: line.closes_on,
        score_on: line.score_on,
        objections_until: line.objections_until,
        approve_by: line.approve_by,
        publish_by: None,
        reminders: 0,
        invited: 0,
        answered: 0,
        unnamed: 0,
        uncounted: 0,
        approved_by: None,
        approved_at: None,
        published_by: None,
        published_at: None,
        version: 1,
    }
}

/// The three examples of the park's plan for 2026.
#[test]
fn the_days_are_working_days_of_the_official_calendar() {
    let calendar = Calendar::shipped();
    let table = [
        (
            "2026-Q3",
            "2026-09-30",
            "2026-10-08",
            "2026-10-13",
            "2026-10-19",
            "2026-10-20",
            "2026-10-23",
            "2026-10-30",
            "2026-11-03",
            "2026-12-01",
        ),
        (
            "2026-Q1",
            "2026-03-31",
            "2026-04-01",
            "2026-04-08",
            "2026-04-14",
            "2026-04-15",
            "2026-04-20",
            "2026-04-27",
            "2026-04-29",
            "2026-05-29",
        ),
        (
            "2026-Q2",
            "2026-06-30",
            "2026-07-01",
            "2026-07-07",
            "2026-07-13",
            "2026-07-14",
            "2026-07-17",
            "2026-07-24",
            "2026-07-28",
            "2026-08-25",
        ),
    ];
    for (name, compiled, opens, first, second, closes, score, objections, approve, publish) in table
    {
        let quarter = Quarter::of(day(compiled));
        assert_eq!(quarter.name(), name);
        assert_eq!(quarter.last_working_day(&calendar), day(compiled));
        let line = Timeline::compiled_on(day(compiled), &calendar);
        assert_eq!(
            line,
            Timeline {
                opens_on: day(opens),
                first_reminder_on: day(first),
                second_reminder_on: day(second),
                closes_on: day(closes),
                score_on: day(score),
                objections_until: day(objections),
                approve_by: day(approve),
            },
            "{name}"
        );
        assert_eq!(publish_by(line.approve_by, &calendar), day(publish));
    }
}

#[test]
fn every_missed_quarter_is_compiled_the_oldest_first() {
    let calendar = Calendar::shipped();
    let at = |day_: &str, hour| instant_of(day(day_), hour, 0, ZONE);
    let names = |known: &str, compiled: &[&str], now| {
        let compiled: Vec<String> = compiled.iter().map(|name| (*name).to_owned()).collect();
        missing(day(known), &compiled, now, ZONE, &calendar)
            .into_iter()
            .map(Quarter::name)
            .collect::<Vec<_>>()
    };
    assert!(names("2026-07-15", &[], at("2026-09-30", 17)).is_empty());
    assert_eq!(names("2026-07-15", &[], at("2026-09-30", 18)), ["2026-Q3"]);
    assert_eq!(
        names("2026-01-05", &["2026-Q2"], at("2026-12-31", 17)),
        ["2026-Q1", "2026-Q3"]
    );
}

#[test]
fn an_evaluation_takes_one_step_after_the_other() {
    let at = |day_: &str, hour, minute| instant_of(day(day_), hour, minute, ZONE);
    let of = |state, reminders| Model {
        reminders,
        ..evaluation(state, "2026-09-30")
    };
    let table = [
        (of(State::Compiled, 0), at("2026-10-08", 9, 29), None),
        (
            of(State::Compiled, 0),
            at("2026-10-08", 9, 30),
            Some(Step::Open),
        ),
        (of(State::Open, 0), at("2026-10-13", 9, 0), None),
        (
            of(State::Open, 0),
            at("2026-10-13", 9, 30),
            Some(Step::Remind(1)),
        ),
        (of(State::Open, 1), at("2026-10-13", 9, 30), None),
        // The first one was missed: only the second one goes.
        (
            of(State::Open, 0),
            at("2026-10-19", 9, 30),
            Some(Step::Remind(2)),
        ),
        (of(State::Open, 2), at("2026-10-20", 17, 59), None),
        (
            of(State::Open, 0),
            at("2026-10-20", 18, 0),
            Some(Step::Close),
        ),
        (
            of(State::Closed, 2),
            at("2026-10-23", 9, 30),
            Some(Step::Score),
        ),
        (of(State::Scored, 2), at("2027-10-23", 9, 30), None),
    ];
    for (evaluation, now, step) in table {
        assert_eq!(
            due(&evaluation, now, ZONE),
            step,
            "{:?} {now}",
            evaluation.state
        );
    }
    let open = of(State::Open, 2);
    let end = closes_at(&open, ZONE);
    assert!(takes_answers(&open, end - TimeDelta::seconds(1), ZONE));
    assert!(!takes_answers(&open, end, ZONE));
}

fn departments() -> Departments {
    let rated = |id| Rated {
        id: Uuid::from_u128(id),
        number: 1,
        name_zh: String::new(),
        name_en: String::new(),
    };
    Departments(vec![rated(1), rated(2)])
}

fn rating(level: Level, causes: &[Cause]) -> Rating {
    Rating {
        levels: [(Aspect::Integrity, level), (Aspect::Overall, level)].into(),
        causes: causes.iter().copied().collect(),
    }
}

fn whole() -> Answers {
    Answers {
        departments: [
            (
                Uuid::from_u128(1),
                rating(Level::Dissatisfied, &[Cause::Rude]),
            ),
            (Uuid::from_u128(2), rating(Level::Satisfied, &[])),
        ]
        .into(),
        checks: [
            (Check::OverLimit, CheckAnswer::Yes),
            (Check::LevyWithoutBasis, CheckAnswer::Yes),
            (Check::IntermediaryImposed, CheckAnswer::No),
        ]
        .into(),
        wish: Some("厂区北门通公交".to_owned()),
        ..Answers::default()
    }
}

#[test]
fn an_answer_is_taken_as_far_as_it_says_something() {
    let mut given = whole();
    given
        .departments
        .insert(Uuid::from_u128(2), rating(Level::Satisfied, &[Cause::Rude]));
    given.comment = Some("  ".to_owned());
    assert_eq!(cleaned(given, false, &departments()), Ok(whole()));
    let mut wrong = whole();
    wrong
        .departments
        .insert(Uuid::from_u128(9), Rating::default());
    wrong.contract.visits = Some(crate::evaluation::answers::Visits::Right);
    wrong.wish = Some("字".repeat(501));
    let problems = cleaned(wrong, false, &departments()).expect_err("three problems");
    let codes: Vec<AnswerError> = problems.into_iter().map(|problem| problem.code).collect();
    assert_eq!(
        codes,
        [
            AnswerError::DepartmentUnknown,
            AnswerError::NoContract,
            AnswerError::TextTooLong
        ]
    );
    assert!(is_empty(&Answers::default()));
}

#[test]
fn each_reader_reads_his_part() {
    let own = Uuid::from_u128(1);
    assert_eq!(shown(&whole(), Reader::Own), whole());
    let park = shown(&whole(), Reader::Park);
    assert!(!park.checks.keys().any(|check| check.is_lead()));
    let supervisor = shown(&whole(), Reader::Supervisor);
    assert_eq!(supervisor.checks, whole().checks);
    let head = shown(&whole(), Reader::Department(own));
    assert_eq!(head.departments.keys().collect::<Vec<_>>(), [&own]);
    assert!(head.wish.is_none() && head.checks.is_empty());
    for seen in [park, supervisor, head] {
        for rating in seen.departments.values() {
            assert!(!rating.levels.contains_key(&Aspect::Integrity));
        }
    }
    for (confidentiality, readers) in [
        (Confidentiality::Named, [true, true, true]),
        (Confidentiality::Supervisor, [true, false, false]),
        (Confidentiality::Unnamed, [false, false, false]),
    ] {
        let may = [Reader::Supervisor, Reader::Park, Reader::Department(own)]
            .map(|reader| may_read(reader, confidentiality));
        assert_eq!(may, readers, "{confidentiality:?}");
    }
}

#[test]
fn the_pieces_of_an_unnamed_answer_hold_all_of_it() {
    let kinds: Vec<part::Kind> = pieces(&whole())
        .into_iter()
        .map(|(kind, ..)| kind)
        .collect();
    assert_eq!(
        kinds,
        [
            part::Kind::Department,
            part::Kind::Department,
            part::Kind::Checks,
            part::Kind::Lead,
            part::Kind::Wish
        ]
    );
    let checks = pieces(&whole())
        .into_iter()
        .find(|(kind, ..)| *kind == part::Kind::Checks);
    assert_eq!(
        checks.map(|(.., content)| content),
        Some(json!({ "OVER_LIMIT": "YES" }))
    );
}

#[test]
fn a_leader_approves_after_the_objections() {
    let scored = evaluation(State::Scored, "2026-09-30");
    let objection = |state| objection::Model {
        id: Uuid::nil(),
        evaluation_id: Uuid::nil(),
        department_id: Uuid::nil(),
        state,
        reason: String::new(),
        raised_by: Uuid::nil(),
        raised_at: DateTime::UNIX_EPOCH,
        uphold: None,
        excluded: objection::Responses::default(),
        opinion: None,
        proposed_by: None,
        proposed_at: None,
        decided_by: None,
        decided_at: None,
        version: 1,
    };
    let last = day("2026-10-30");
    assert_eq!(may_object(&scored, last), Ok(()));
    assert_eq!(
        may_object(&scored, day("2026-10-31")),
        Err(MoveError::WindowClosed)
    );
    assert_eq!(may_approve(&scored, &[], last), Err(MoveError::WindowOpen));
    let after = day("2026-11-02");
    assert_eq!(may_approve(&scored, &[], after), Ok(()));
    for (state, may) in [
        (objection::State::Raised, Err(MoveError::ObjectionOpen)),
        (objection::State::Proposed, Err(MoveError::ObjectionOpen)),
        (objection::State::Upheld, Ok(())),
        (objection::State::Dismissed, Ok(())),
    ] {
        assert_eq!(
            may_approve(&scored, &[objection(state)], after),
            may,
            "{state:?}"
        );
    }
    let open = evaluation(State::Open, "2026-09-30");
    assert_eq!(may_object(&open, last), Err(MoveError::WrongState));
    assert_eq!(may_approve(&open, &[], after), Err(MoveError::WrongState));
}

proptest! {
    /// On whatever day it is compiled or opened: the days follow each other, are working days, and the enterprises have ten.
    #[test]
    fn whatever_the_day_the_line_holds(offset in 0_i64..3650) {
        let calendar = Calendar::shipped();
        let compiled = day("2020-01-01") + TimeDelta::days(offset);
        let line = Timeline::compiled_on(compiled, &calendar);
        let days = [
            line.opens_on, line.first_reminder_on, line.second_reminder_on, line.closes_on,
            line.score_on, line.objections_until, line.approve_by,
        ];
        prop_assert!(compiled < days[0] && days.is_sorted());
        for day in days {
            prop_assert!(calendar.is_working_day(day));
        }
        prop_assert_eq!(calendar.working_days_between(compiled, line.closes_on), 10);
    }
}

#[test]
fn the_code_of_a_sheet_finds_a_wrong_digit() {
    assert_eq!(code(794), "00000007940");
    for number in [0, 794, 1_234_567_890, 9_999_999_999] {
        let right = code(number);
        assert!(is_code(&right) && is_code(&digits(&format!("{} {}", &right[..4], &right[4..]))));
        for place in 0..right.len() {
            let wrong = (0..10).filter_map(|digit| {
                let mut typed = right.clone();
                typed.replace_range(place..=place, &digit.to_string());
                (typed != right).then_some(typed)
            });
            for typed in wrong {
                assert!(!is_code(&typed), "{typed}");
            }
        }
    }
    assert!(!is_code("") && !is_code("0000000794") && !is_code("契约契约"));
}
