use proptest::prelude::*;
use uuid::Uuid;

use super::*;
use crate::calendar::rules::parse_date;

const VECTORS: &str = include_str!("../../../data/deadline-vectors.csv");

fn date(text: &str) -> NaiveDate {
    parse_date(text).expect("a date of the test")
}

fn terms(limit: Limit) -> Terms {
    Terms {
        legal_effect: LegalEffect::Promised,
        on_expiry: OnExpiry::Warn,
        limit,
        extension: 0,
    }
}

fn by_law(limit: Limit, extension: u32) -> Terms {
    Terms {
        legal_effect: LegalEffect::Statutory,
        extension,
        ..terms(limit)
    }
}

fn new_pause(started_on: NaiveDate) -> NewPause {
    NewPause {
        kind: pause::Kind::Expert,
        reason: "专家评审".to_owned(),
        document_id: Uuid::nil(),
        started_on,
        expected_end_on: None,
    }
}

fn kept(started_on: NaiveDate, ended_on: Option<NaiveDate>) -> pause::Model {
    pause::Model {
        id: Uuid::nil(),
        deadline_id: Uuid::nil(),
        kind: pause::Kind::Expert,
        reason: "专家评审".to_owned(),
        document_id: Uuid::nil(),
        started_on,
        expected_end_on: None,
        ended_on,
    }
}

/// The kept days say of `on` what the rule says: past its day by law it shows what the law counts.
fn assert_same_lights(
    deadline: &Deadline,
    pauses: &[pause::Model],
    on: NaiveDate,
    calendar: &Calendar,
) {
    let by_rule = deadline
        .past_the_law(pauses, on, calendar)
        .unwrap_or_else(|| deadline.clone())
        .light(on, calendar);
    let otherwise = match deadline.state {
        State::Running => Light::Green,
        _ => Light::Grey,
    };
    let days = deadline.light_days(pauses, calendar);
    let by_days = days.light(on).unwrap_or(otherwise);
    assert_eq!(by_days, by_rule, "{on}: {deadline:?}, {days:?}");
    let LightDays {
        yellow_from,
        orange_from,
        red_from,
        black_from,
    } = days;
    assert!(yellow_from <= orange_from && orange_from <= red_from);
    assert!(black_from.is_none() || red_from <= black_from);
}

#[test]
fn all_vectors_hold() {
    let calendar = Calendar::shipped();
    let mut reader = csv::Reader::from_reader(VECTORS.as_bytes());
    let mut rows = 0;
    for record in reader.records() {
        let record = record.expect("a row");
        let (id, start) = (&record[0], date(&record[1]));
        let mut words = record[2].split(' ');
        let limit = words.next().expect("a limit").parse().expect("a limit");
        let mut deadline = Deadline::open(terms(limit), start, &calendar);
        let mut pauses = Vec::new();
        while let (Some(operation), Some(value)) = (words.next(), words.next()) {
            match operation {
                "extend" => {
                    let by: Limit = value.parse().expect("an extension");
                    deadline
                        .extend(by.days, "情况复杂", Approver::Centre, start, &calendar)
                        .expect("extended");
                }
                "pause" => {
                    let (from, to) = value.split_once("..").expect("two dates");
                    deadline
                        .pause(&new_pause(date(from)), date(from), &calendar)
                        .expect("paused");
                    deadline
                        .resume(date(to), date(to), &calendar)
                        .expect("resumed");
                    pauses.push(kept(date(from), Some(date(to))));
                }
                other => panic!("vector {id}: what is {other}?"),
            }
        }
        assert_eq!(deadline.due_on, date(&record[3]), "vector {id}");
        assert_eq!(deadline.provisional, &record[4] == "yes", "vector {id}");
        for day in start
            .iter_days()
            .take_while(|day| *day <= deadline.due_on + chrono::Days::new(9))
        {
            assert_same_lights(&deadline, &pauses, day, &calendar);
        }
        let steps = deadline.explain(&pauses, &calendar);
        let last = steps.last().expect("at least the start");
        assert_eq!(
            (last.day, last.count, last.due),
            (deadline.due_on, deadline.budget(), true),
            "vector {id}"
        );
        rows += 1;
    }
    assert_eq!(rows, 30);
}

#[test]
fn the_lights_are_those_of_the_table() {
    // L, and the largest r that is still orange, and still yellow.
    for (length, orange, yellow) in [
        (1, 0, 0),
        (2, 0, 0),
        (3, 1, 1),
        (5, 1, 2),
        (7, 1, 3),
        (10, 1, 3),
        (15, 1, 5),
        (20, 1, 6),
        (30, 1, 9),
    ] {
        for remaining in -2..=length {
            let expected = match remaining {
                r if r < 0 => Light::Red,
                r if r <= orange => Light::Orange,
                r if r <= yellow => Light::Yellow,
                _ => Light::Green,
            };
            assert_eq!(
                light(LegalEffect::Promised, length, remaining),
                expected,
                "L = {length}, r = {remaining}"
            );
        }
        assert_eq!(light(LegalEffect::Statutory, length, -1), Light::Black);
    }
}

#[test]
fn a_limit_of_the_same_day() {
    let calendar = Calendar::shipped();
    let same_day = |day| Deadline::open(terms(Limit::working_days(0)), date(day), &calendar).due_on;
    assert_eq!(same_day("2026-09-30"), date("2026-09-30"));
    assert_eq!(same_day("2026-10-01"), date("2026-10-08"));
    assert_eq!(same_day("2026-10-10"), date("2026-10-10"));
}

#[test]
fn a_pause_is_grey_over_the_light_it_had() {
    let calendar = Calendar::shipped();
    let mut deadline = Deadline::open(
        terms(Limit::working_days(20)),
        date("2026-03-02"),
        &calendar,
    );
    assert_eq!(deadline.light(date("2026-03-19"), &calendar), Light::Green);
    assert_eq!(deadline.light(date("2026-03-20"), &calendar), Light::Yellow);
    deadline
        .pause(
            &new_pause(date("2026-03-20")),
            date("2026-03-20"),
            &calendar,
        )
        .expect("paused");
    let later = date("2026-05-06");
    assert_eq!(deadline.light(later, &calendar), Light::Grey);
    assert_eq!(deadline.light_beneath(later, &calendar), Light::Yellow);
    assert_eq!(deadline.remaining(later, &calendar), 6);
    assert_eq!(deadline.forecast(later, &calendar), date("2026-05-14"));
    assert_eq!(
        deadline.pause(&new_pause(later), later, &calendar),
        Err(DeadlineError::AlreadyPaused)
    );
}

#[test]
fn what_is_late_cannot_be_mended_by_a_pause_or_an_extension() {
    let calendar = Calendar::shipped();
    let mut deadline = Deadline::open(terms(Limit::working_days(5)), date("2026-09-18"), &calendar);
    let late = date("2026-09-25");
    assert_eq!(
        deadline.extend(5, "情况复杂", Approver::Centre, late, &calendar),
        Err(DeadlineError::Expired)
    );
    assert_eq!(
        deadline.pause(&new_pause(date("2026-09-22")), late, &calendar),
        Err(DeadlineError::Expired)
    );
    assert_eq!(
        deadline.miss(date("2026-09-24"), &calendar),
        Err(DeadlineError::NotOverdue)
    );
    // The day after is a holiday, and late all the same.
    assert_eq!(deadline.remaining(late, &calendar), -1);
    assert_eq!(deadline.light(late, &calendar), Light::Red);
    assert_eq!(deadline.overdue_by(date("2026-09-29"), &calendar), 2);
    deadline
        .meet(date("2026-09-29"), &calendar)
        .expect("met late");
    assert_eq!(deadline.light(date("2026-12-01"), &calendar), Light::Red);
    assert_eq!(
        deadline.cancel(date("2026-09-30"), &calendar),
        Err(DeadlineError::Closed)
    );
}

#[test]
fn an_extension_comes_once_with_a_reason() {
    let calendar = Calendar::shipped();
    let start = date("2026-09-01");
    let mut deadline = Deadline::open(terms(Limit::calendar_days(30)), start, &calendar);
    assert_eq!(
        deadline.extend(15, "  ", Approver::Centre, start, &calendar),
        Err(DeadlineError::ReasonMissing)
    );
    assert_eq!(
        deadline.extend(0, "情况复杂", Approver::Centre, start, &calendar),
        Err(DeadlineError::ExtensionLength)
    );
    deadline
        .extend(15, "情况复杂", Approver::Centre, start, &calendar)
        .expect("extended");
    // From the old due date, 8 October, not from 1 October.
    assert_eq!(deadline.due_on, date("2026-10-23"));
    assert_eq!(
        deadline.extend(15, "情况复杂", Approver::Centre, start, &calendar),
        Err(DeadlineError::AlreadyExtended)
    );
}

#[test]
fn what_both_sides_agree_stops_promises_alone() {
    let calendar = Calendar::shipped();
    let start = date("2026-09-01");
    for effect in [
        LegalEffect::Planned,
        LegalEffect::Promised,
        LegalEffect::Statutory,
    ] {
        for kind in pause::Kind::ALL {
            let terms = Terms {
                legal_effect: effect,
                ..terms(Limit::working_days(20))
            };
            let mut deadline = Deadline::open(terms, start, &calendar);
            let pause = NewPause {
                kind,
                ..new_pause(start)
            };
            let against_law = effect == LegalEffect::Statutory && kind == pause::Kind::Agreed;
            let outcome = if against_law {
                Err(DeadlineError::AgreementAgainstLaw)
            } else {
                Ok(())
            };
            assert_eq!(
                deadline.pause(&pause, start, &calendar),
                outcome,
                "{effect:?} {kind:?}"
            );
        }
    }
}

#[test]
fn how_far_a_limit_is_extended_depends_on_its_rule_and_on_who_does_it() {
    use Approver::{Centre, Handler, Head};
    use DeadlineError::{BeyondLaw, BeyondMargin, HeadDecides};
    let calendar = Calendar::shipped();
    let start = date("2026-09-01");
    let twenty = Limit::working_days(20);
    let handler = Handler { margin: 10 };
    for (terms, days, by, outcome) in [
        (by_law(twenty, 10), 10, Head, Ok(())),
        (by_law(twenty, 10), 11, Head, Err(BeyondLaw)),
        (by_law(twenty, 10), 200, Head, Err(BeyondLaw)),
        (by_law(twenty, 0), 1, Head, Err(BeyondLaw)),
        (by_law(twenty, 10), 1, handler, Err(HeadDecides)),
        (by_law(twenty, 10), 300, Centre, Err(HeadDecides)),
        (terms(twenty), 10, handler, Ok(())),
        (terms(twenty), 11, handler, Err(BeyondMargin)),
        (terms(twenty), 11, Centre, Ok(())),
        (terms(twenty), 1, Head, Err(BeyondMargin)),
    ] {
        let mut deadline = Deadline::open(terms, start, &calendar);
        let extended = deadline.extend(days, "情况复杂", by, start, &calendar);
        assert_eq!(extended, outcome, "{terms:?} {days} {by:?}");
        assert_eq!(deadline.extension > 0, extended.is_ok());
    }
}

#[test]
fn what_the_law_does_not_know_is_told_with_the_date_without_it() {
    let calendar = Calendar::shipped();
    let start = date("2026-03-02");
    let twenty = Limit::working_days(20);
    let agreed = |from: &str, to: Option<&str>| pause::Model {
        kind: pause::Kind::Agreed,
        ..kept(date(from), to.map(date))
    };
    let mut deadline = Deadline::open(by_law(twenty, 10), start, &calendar);
    assert_eq!(deadline.due_by_law(&[], &calendar), None);
    let hearing = kept(date("2026-03-10"), Some(date("2026-03-11")));
    assert_eq!(
        deadline.due_by_law(std::slice::from_ref(&hearing), &calendar),
        None
    );
    let pauses = [hearing, agreed("2026-03-16", None)];
    // Two days of a hearing are the law's; the agreement is not.
    assert_eq!(
        deadline.due_by_law(&pauses, &calendar),
        Some(date("2026-04-01"))
    );
    // By the law it has passed, whatever the agreement says.
    assert_eq!(
        deadline.past_the_law(&pauses, date("2026-04-01"), &calendar),
        None
    );
    let on = date("2026-04-02");
    let days = deadline
        .recounted(&pauses, &calendar)
        .light_days(&pauses, &calendar);
    assert_eq!((days.yellow_from, days.black_from), (Some(on), Some(on)));
    let passed = deadline.past_the_law(&pauses, on, &calendar);
    let passed = passed.expect("past the law");
    assert_eq!(
        (
            passed.light(on, &calendar),
            passed.overdue_by(on, &calendar)
        ),
        (Light::Black, 1)
    );
    deadline.extension = 200;
    assert_eq!(
        deadline.due_by_law(&[], &calendar),
        Some(date("2026-04-14"))
    );
    let promise = Deadline::open(terms(twenty), start, &calendar);
    assert_eq!(promise.due_by_law(&pauses, &calendar), None);
}

#[test]
fn what_is_past_its_day_by_law_stays_past_when_the_law_holds_it_up_later() {
    let calendar = Calendar::shipped();
    let limit = by_law(Limit::working_days(20), 10);
    let deadline = Deadline::open(limit, date("2026-03-02"), &calendar);
    let agreed = pause::Model {
        kind: pause::Kind::Agreed,
        ..kept(date("2026-03-16"), Some(date("2026-04-08")))
    };
    let due = deadline.due_by_law(std::slice::from_ref(&agreed), &calendar);
    assert_eq!(due, Some(date("2026-03-30")));
    for (from, until) in [
        ("2026-03-31", None),
        ("2026-04-09", None),
        ("2026-04-09", Some("2026-04-20")),
    ] {
        let pauses = [agreed.clone(), kept(date(from), until.map(date))];
        assert_eq!(deadline.due_by_law(&pauses, &calendar), due, "{from}");
        let recorded = deadline.recounted(&pauses, &calendar);
        let black = recorded.light_days(&pauses, &calendar).black_from;
        assert_eq!(black, Some(date("2026-03-31")), "{from}");
    }
    // On its last day the law still holds it up.
    let pauses = [agreed, kept(date("2026-03-30"), None)];
    assert_eq!(
        deadline
            .recounted(&pauses, &calendar)
            .light_days(&pauses, &calendar),
        LightDays::default()
    );
}

#[test]
fn what_ends_is_counted_back_and_says_so() {
    let calendar = Calendar::shipped();
    let (end, lead) = (date("2026-10-30"), Limit::working_days(5));
    let permit = Deadline::ending(Reckoning::Application, lead, end, &calendar);
    assert_eq!(permit.due_on, date("2026-10-23"));
    assert_eq!(permit.recounted(&[], &calendar), permit);
    let steps = permit.explain(&[], &calendar);
    let told: Vec<String> = steps.iter().map(|step| step.explain(None).zh).collect();
    assert_eq!(told[0], "2026-10-30 周五：第1日");
    assert_eq!(
        told.last().map(String::as_str),
        Some("2026-10-23 周五：最后一个办理日，到期")
    );
    let term = Deadline::ending(Reckoning::Term, Limit::calendar_days(0), end, &calendar);
    assert_eq!((term.due_on, term.told_under()), (end, end));
    assert_eq!(term.explain(&[], &calendar).len(), 1);
    let first = term.light_days(&[], &calendar).yellow_from;
    assert_eq!(first, Some(date("2026-08-31")));
    let crossed = term.crossed(date("2026-10-01"), &calendar);
    assert_eq!(crossed, [Threshold::End(60), Threshold::End(30)]);
    assert_eq!(term.crossed(date("2026-10-31"), &calendar), []);
    assert_eq!(term.threshold(Threshold::End(30)), "E30:2026-10-30");
}

#[test]
fn limits_are_read_strictly() {
    assert_eq!("20wd".parse(), Ok(Limit::working_days(20)));
    assert_eq!("30d".parse(), Ok(Limit::calendar_days(30)));
    for bad in [
        "",
        "d",
        "wd",
        "20",
        "+5wd",
        "-5wd",
        "5 wd",
        "5WD",
        "36526d",
        "99999999999wd",
        "５wd",
    ] {
        assert!(bad.parse::<Limit>().is_err(), "{bad}");
    }
}

#[test]
fn the_explanation_names_holidays_worked_weekends_and_pauses() {
    let calendar = Calendar::shipped();
    let deadline = Deadline::open(
        terms(Limit::working_days(20)),
        date("2026-09-18"),
        &calendar,
    );
    let text: Vec<_> = deadline
        .explain(&[], &calendar)
        .iter()
        .map(|step| step.explain(None).zh)
        .collect();
    assert_eq!(text[0], "2026-09-18 周五：起算日，不计入");
    assert_eq!(text[1], "2026-09-19 周六：不计入");
    assert_eq!(text[2], "2026-09-20 周日（国庆节调休上班）：第1日");
    assert_eq!(text[7], "2026-09-25 周五（中秋放假）：不计入");
    assert_eq!(
        text.last().expect("the end"),
        "2026-10-22 周四：第20日，到期"
    );
}

#[test]
fn a_pause_is_told_with_the_name_of_its_paper() {
    let calendar = Calendar::shipped();
    let monday = date("2026-03-02");
    let deadline = Deadline::open(terms(Limit::working_days(5)), monday, &calendar);
    let pauses = [kept(date("2026-03-03"), Some(date("2026-03-03")))];
    let steps = deadline.explain(&pauses, &calendar);
    let told = |paper| steps[1].explain(paper);
    assert_eq!(
        told(Some("告知书.pdf")),
        Text::new(
            "2026-03-03 周二：暂停（专家评审：专家评审；依据《告知书.pdf》），不计入",
            "2026-03-03 Tuesday: paused (expert review: 专家评审; by “告知书.pdf”), not counted",
        )
    );
    assert!(told(None).zh.contains("依据书面告知"));
}

#[test]
fn a_limit_of_the_same_day_is_told_as_such() {
    let calendar = Calendar::shipped();
    let told = |start| {
        let deadline = Deadline::open(terms(Limit::working_days(0)), date(start), &calendar);
        let steps = deadline.explain(&[], &calendar);
        let texts = steps.iter().map(|step| step.explain(None).zh);
        texts.collect::<Vec<_>>()
    };
    assert_eq!(told("2026-09-30"), ["2026-09-30 周三：当日办结，到期"]);
    let moved = told("2026-10-07");
    assert_eq!(
        moved,
        [
            "2026-10-07 周三（国庆节放假）：起算日，不计入",
            "2026-10-08 周四：起算日休息，顺延至本日办结，到期"
        ]
    );
}

#[test]
fn nothing_is_due_on_a_holiday_that_the_law_itself_sets() {
    // No notice of 2027 is published: Monday to Friday is assumed, but for what the law fixes.
    let calendar = Calendar::shipped();
    for (start, limit, due) in [
        ("2026-12-31", Limit::working_days(1), "2027-01-04"),
        ("2026-12-31", Limit::calendar_days(1), "2027-01-04"),
        ("2027-01-01", Limit::working_days(0), "2027-01-04"),
        ("2026-12-30", Limit::working_days(1), "2026-12-31"),
        ("2026-12-14", Limit::working_days(20), "2027-01-11"),
        ("2027-09-30", Limit::working_days(1), "2027-10-04"),
    ] {
        let deadline = Deadline::open(terms(limit), date(start), &calendar);
        assert_eq!(deadline.due_on, date(due), "{start} {limit}");
        assert_eq!(deadline.provisional, due > "2027", "{start} {limit}");
        let last = deadline.explain(&[], &calendar).pop().expect("steps");
        assert_eq!((last.day, last.due), (deadline.due_on, true));
    }
    let deadline = Deadline::open(terms(Limit::working_days(1)), date("2026-12-31"), &calendar);
    let steps = deadline.explain(&[], &calendar);
    let text = steps[1].explain(None).zh;
    assert_eq!(
        text,
        "2027-01-01 周五：元旦放假，不计入，暂按周一至周五推算"
    );
}

fn any_limit() -> impl Strategy<Value = Limit> {
    (1_u32..90, any::<bool>()).prop_map(|(days, working)| {
        if working {
            Limit::working_days(days)
        } else {
            Limit::calendar_days(days)
        }
    })
}

#[test]
fn two_pauses_that_begin_on_one_day_are_both_told() {
    let calendar = Calendar::shipped();
    let monday = date("2026-03-02");
    let wednesday = date("2026-03-04");
    let mut deadline = Deadline::open(terms(Limit::working_days(5)), monday, &calendar);
    for end in [monday, wednesday] {
        deadline
            .pause(&new_pause(monday), monday, &calendar)
            .expect("paused");
        deadline.resume(end, end, &calendar).expect("resumed");
    }
    let pauses = [kept(monday, Some(monday)), kept(monday, Some(wednesday))];
    let steps = deadline.explain(&pauses, &calendar);
    let days = |wanted: fn(&Role) -> bool| steps.iter().filter(|step| wanted(&step.role)).count();
    assert_eq!(days(|role| matches!(role, Role::Paused { .. })), 3);
    assert_eq!(days(|role| *role == Role::Counted), 5);
    assert_eq!(steps.last().map(|step| step.day), Some(deadline.due_on));
}

fn any_start() -> impl Strategy<Value = NaiveDate> {
    (0_i64..5_000).prop_map(|days| date("2012-02-01") + chrono::TimeDelta::days(days))
}

proptest! {
    /// Pausing over k working days inside a limit in working days moves it by k.
    #[test]
    fn pausing_k_days_adds_k(start in any_start(), days in 5_u32..60, offset in 0_u32..5, length in 0_i64..90) {
        let calendar = Calendar::shipped();
        let mut deadline = Deadline::open(terms(Limit::working_days(days)), start, &calendar);
        let from = calendar.add_working_days(start, offset);
        let to = from + chrono::TimeDelta::days(length);
        let k = calendar.working_days_between(before(from), to) - i32::from(offset == 0 && calendar.is_working_day(start));
        deadline.pause(&new_pause(from), from, &calendar).expect("paused");
        deadline.resume(to, to, &calendar).expect("resumed");
        prop_assert_eq!(deadline.due_on, calendar.add_working_days(start, days + k.unsigned_abs()));
    }

    /// Whatever has happened to a limit, also what the law does not know: the days that are kept show what the rule shows.
    #[test]
    fn the_kept_days_show_the_lights_of_the_rule(
        start in any_start(),
        limit in any_limit(),
        effect in 0_usize..3,
        extension in (0_u32..3, 0_u32..20),
        moves in proptest::collection::vec((any::<bool>(), 0_i64..25), 0..6),
        on in proptest::collection::vec(-5_i64..200, 12),
    ) {
        let calendar = Calendar::shipped();
        let legal_effect = [LegalEffect::Planned, LegalEffect::Promised, LegalEffect::Statutory][effect];
        let terms = Terms { legal_effect, extension: extension.0, ..terms(limit) };
        let mut pauses: Vec<pause::Model> = Vec::new();
        let mut today = start;
        for (agreed, later) in moves {
            today += chrono::TimeDelta::days(later);
            match pauses.last_mut().filter(|pause| pause.ended_on.is_none()) {
                Some(pause) => pause.ended_on = Some(today),
                None => pauses.push(pause::Model {
                    kind: if agreed { pause::Kind::Agreed } else { pause::Kind::Hearing },
                    ..kept(today, None)
                }),
            }
        }
        let deadline = Deadline { extension: extension.1, ..Deadline::open(terms, start, &calendar) };
        let deadline = deadline.recounted(&pauses, &calendar);
        for offset in on {
            assert_same_lights(&deadline, &pauses, start + chrono::TimeDelta::days(offset), &calendar);
        }
    }

    /// Any sequence of moves: the explanation ends on the due date, recounting changes nothing, an extension never moves
    /// backwards, the clock never runs while paused.
    #[test]
    fn any_history_is_explained(
        start in any_start(),
        limit in any_limit(),
        moves in proptest::collection::vec((0_u8..3, 0_i64..25, 1_u32..20), 0..12),
    ) {
        let calendar = Calendar::shipped();
        let mut deadline = Deadline::open(terms(limit), start, &calendar);
        let mut pauses: Vec<pause::Model> = Vec::new();
        let mut today = start;
        for (kind, later, days) in moves {
            today += chrono::TimeDelta::days(later);
            let old = deadline.clone();
            let taken = match kind {
                0 => deadline.pause(&new_pause(today), today, &calendar).map(|()| pauses.push(kept(today, None))),
                1 => deadline.resume(today, today, &calendar).map(|()| {
                    if let Some(pause) = pauses.last_mut() {
                        pause.ended_on = Some(today);
                    }
                }),
                _ => deadline.extend(days, "情况复杂", Approver::Centre, today, &calendar),
            };
            if taken.is_err() {
                prop_assert_eq!(&deadline, &old);
            }
            prop_assert!(deadline.due_on >= old.due_on);
            prop_assert!(deadline.consumed < deadline.budget());
            prop_assert_eq!(deadline.running_since.is_none(), deadline.state == State::Paused);
            prop_assert!(calendar.is_working_day(deadline.due_on));
            prop_assert_eq!(&deadline.recounted(&pauses, &calendar), &deadline);
            let steps = deadline.explain(&pauses, &calendar);
            let last = steps.last().expect("at least the start");
            prop_assert_eq!(last.day, deadline.due_on);
            prop_assert_eq!(last.count, deadline.budget());
            prop_assert!(steps.windows(2).all(|pair| pair[0].day.succ_opt() == Some(pair[1].day)));
            prop_assert!(steps.iter().filter(|step| step.role == Role::Counted).count() <= last.count as usize);
        }
    }
}

#[test]
fn without_a_pause_later_ones_hold_up_only_what_had_not_passed() {
    let calendar = Calendar::shipped();
    let start = date("2026-09-30");
    let first = kept(date("2026-10-09"), Some(date("2026-10-12")));
    let second = kept(date("2026-10-15"), None);
    let pauses = [first.clone(), second.clone()];
    let without = |days: u32| {
        let limit = Deadline::open(by_law(Limit::working_days(days), 0), start, &calendar);
        let limit = limit.recounted(&pauses, &calendar);
        limit.without_pause(&pauses, first.started_on, &calendar)
    };
    // Five working days had ended on the 13th, before the second pause began.
    let (short, holding) = without(5);
    assert_eq!(
        (short.state, short.due_on),
        (State::Running, date("2026-10-13"))
    );
    assert!(holding.is_empty());
    let (long, holding) = without(20);
    assert_eq!(long.state, State::Paused);
    assert_eq!(holding, [second]);
}

#[test]
fn a_limit_is_shortened_to_a_day_and_not_further() {
    let calendar = Calendar::shipped();
    let start = date("2026-09-30");
    let limit = Deadline::open(by_law(Limit::working_days(5), 0), start, &calendar);
    let pauses = [kept(date("2026-10-09"), Some(date("2026-10-12")))];
    let limit = limit.recounted(&pauses, &calendar);
    assert_eq!(limit.due_on, date("2026-10-16"));
    for (latest, due_on) in [("2026-10-20", "2026-10-16"), ("2026-10-14", "2026-10-14")] {
        let shorter = limit.shortened(date(latest), &pauses, &calendar);
        assert_eq!(shorter.due_on, date(due_on), "{latest}");
    }
    // No limit ends before it begins to run again.
    let none = limit.shortened(date("2026-10-01"), &pauses, &calendar);
    assert_eq!(none.budget(), 0);
}
