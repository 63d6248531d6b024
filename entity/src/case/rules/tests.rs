//! The moves of cases, and the clocks that follow from the shipped catalogue.

use chrono::NaiveDate;
use sea_orm::prelude::Uuid;

use super::*;
use crate::{case::Turn, catalogue::Files, condition::Literal, language::Language, viewer::Person};

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

/// What the shipped catalogue says of an item.
fn content(files: &Files, code: &str) -> Content {
    let of = |item: &str| item == code;
    Content {
        item: files
            .items
            .iter()
            .find(|row| of(&row.code))
            .expect("an item")
            .clone(),
        guide: files.guides.iter().find(|row| of(&row.item)).cloned(),
        materials: files
            .materials
            .iter()
            .filter(|row| of(&row.item))
            .cloned()
            .collect(),
        limits: files
            .limits
            .iter()
            .filter(|row| of(&row.item))
            .cloned()
            .collect(),
        needs: Vec::new(),
    }
}

fn case(state: State) -> Model {
    let key = Uuid::from_u128;
    Model {
        id: key(1),
        number: "2026000001-R10".to_owned(),
        application_id: key(2),
        item_id: key(3),
        version_id: key(4),
        enterprise_id: key(5),
        project_id: None,
        department_id: key(6),
        officer_id: None,
        answers: Answers::new(),
        promises: false,
        silence: SilenceClass::T0,
        state,
        received_at: chrono::DateTime::UNIX_EPOCH,
        received_on: day("2026-09-30"),
        accepted_on: None,
        acceptance: None,
        outcome: None,
        reasons: None,
        proposed_by: None,
        proposed_at: None,
        decided_by: None,
        decided_at: None,
        decided_on: None,
        paper_number: None,
        paper_id: None,
        delivered_on: None,
        delivery: None,
        paused_on: None,
        due_on: day("2026-10-13"),
        yellow_from: None,
        orange_from: None,
        red_from: None,
        black_from: None,
        version: 1,
    }
}

fn person(role: Role, account: u128) -> Viewer {
    Viewer::Person(Person {
        account_id: Uuid::from_u128(account),
        name: "人员 01".to_owned(),
        role,
        department_id: Some(Uuid::from_u128(6)),
        enterprise_id: (role == Role::Enterprise).then(|| Uuid::from_u128(5)),
        language: Language::Chinese,
    })
}

#[test]
fn each_state_lets_through_its_acts_and_no_other() {
    use Act as A;
    let expected: [(State, &[Act]); 8] = [
        (
            State::Received,
            &[
                A::Take,
                A::Accept,
                A::AskCorrection,
                A::HandIn,
                A::NotRequired,
                A::NotCompetent,
                A::Check,
                A::Extend,
                A::AgreeExtension,
                A::Withdraw,
                A::Lapse,
            ],
        ),
        (
            State::CorrectionAsked,
            &[A::Take, A::Complete, A::HandIn, A::Withdraw, A::Lapse],
        ),
        (
            State::Accepted,
            &[
                A::Take,
                A::HandIn,
                A::Check,
                A::Pause,
                A::ContestPause,
                A::SettlePause,
                A::Extend,
                A::AgreeExtension,
                A::Propose,
                A::Withdraw,
                A::Lapse,
            ],
        ),
        (
            State::PendingConfirmation,
            &[A::Take, A::Check, A::SettlePause, A::Propose, A::Withdraw],
        ),
        (State::Decided, &[A::Take, A::SettlePause, A::Deliver]),
        (State::Delivered, &[A::SettlePause]),
        (State::Ended, &[A::SettlePause]),
        (State::Revoked, &[A::SettlePause]),
    ];
    for (state, acts) in expected {
        let doable = Act::ALL
            .into_iter()
            .filter(|act| can(*act, &case(state)).is_ok());
        assert_eq!(doable.collect::<Vec<_>>(), acts, "{state:?}");
        let is_office = state.turn() == Turn::Office;
        assert!(!state.is_open() || is_office || state == State::CorrectionAsked);
    }
}

#[test]
fn a_paused_case_is_resumed_before_it_goes_on() {
    let paused = Model {
        paused_on: Some(day("2026-10-09")),
        proposed_by: Some(Uuid::from_u128(9)),
        ..case(State::Accepted)
    };
    for act in [
        Act::Pause,
        Act::Propose,
        Act::Decide,
        Act::Extend,
        Act::AgreeExtension,
    ] {
        assert_eq!(can(act, &paused), Err(CaseError::Paused), "{act:?}");
    }
    assert_eq!(can(Act::Resume, &paused), Ok(()));
    assert_eq!(light(&paused, day("2026-10-09")), Some(Light::Grey));
}

#[test]
fn a_refusal_and_the_classes_of_silence_need_two() {
    for class in SilenceClass::ALL {
        for outcome in [Outcome::Granted, Outcome::Refused, Outcome::Filed] {
            let proposed = Model {
                silence: class,
                outcome: Some(outcome),
                proposed_by: Some(Uuid::from_u128(7)),
                ..case(State::Accepted)
            };
            let one = can_now(&person(Role::WindowOfficer, 7), &proposed, Act::Decide);
            let other = can_now(&person(Role::DepartmentHead, 8), &proposed, Act::Decide);
            let single = matches!(
                class,
                SilenceClass::T0 | SilenceClass::T1 | SilenceClass::T4
            ) && outcome != Outcome::Refused;
            assert_eq!(one.is_ok(), single, "{class:?} {outcome:?}");
            assert_eq!(other, Ok(()));
        }
    }
}

#[test]
fn each_acts_for_his_side() {
    let open = |role| open_to(&person(role, 7), &case(State::Received));
    assert_eq!(
        open(Role::Enterprise),
        [Act::HandIn, Act::AgreeExtension, Act::Withdraw]
    );
    assert_eq!(open(Role::Centre), [Act::HandIn]);
    assert!(open(Role::WindowOfficer).contains(&Act::Accept));
    assert!(!open(Role::WindowOfficer).contains(&Act::Extend));
    assert!(open(Role::DepartmentHead).contains(&Act::Extend));
    for role in [
        Role::Leader,
        Role::Supervisor,
        Role::Liaison,
        Role::Inspector,
        Role::Admin,
    ] {
        assert_eq!(open(role), [], "{role:?}");
    }
}

#[test]
fn the_clocks_begin_as_the_version_says() {
    let (files, calendar) = (Files::embedded(), Calendar::shipped());
    let on = day("2026-09-30");
    let days = |code: &str, answers: &Answers, moment| {
        let content = content(&files, code);
        let opened = openings(&content, answers, moment, on, &calendar);
        let told = |one: &Opening| {
            let due = one.terms.limit.due_after(one.started_on, &calendar);
            (one.clock, due.to_string())
        };
        opened.iter().map(told).collect::<Vec<_>>()
    };
    let at = |clock, due: &str| (clock, due.to_owned());
    let none = Answers::new();
    assert_eq!(
        days("R10", &none, Moment::Receipt),
        [at(Clock::Notice, "2026-10-13")]
    );
    assert_eq!(
        days("R10", &none, Moment::Acceptance),
        [
            at(Clock::Statutory, "2026-11-03"),
            at(Clock::Promised, "2026-10-13")
        ]
    );
    assert_eq!(
        days("R10", &none, Moment::Decision),
        [at(Clock::Delivery, "2026-10-20")]
    );
    // The law counts ten days from receipt, over the holiday, and the promise is never later than that.
    assert_eq!(
        days("R14", &none, Moment::Receipt),
        [
            at(Clock::Notice, "2026-10-13"),
            at(Clock::Statutory, "2026-10-10"),
            at(Clock::Promised, "2026-10-10"),
        ]
    );
    // Filed when all information is there: on the day of the acceptance.
    assert_eq!(
        days("R03", &none, Moment::Acceptance),
        [
            at(Clock::Statutory, "2026-09-30"),
            at(Clock::Promised, "2026-09-30")
        ]
    );
    assert_eq!(
        days("R28", &none, Moment::Receipt),
        [at(Clock::Notice, "2026-09-30")]
    );
    let mut key = Answers::new();
    key.set("pollutant_permit", Literal::code("KEY"));
    let law = |answers: &Answers| {
        let content = content(&files, "R18");
        let limit = limit_of(&content, catalogue::Clock::Statutory, answers);
        limit.map(|limit| limit.limit)
    };
    assert_eq!((law(&none), law(&key)), (Some(20), Some(30)));
}

#[test]
fn what_follows_comes_two_days_before_the_promise() {
    let (files, calendar) = (Files::embedded(), Calendar::shipped());
    let opened = |code: &str, on: &str| {
        let (content, none) = (content(&files, code), Answers::new());
        let opened = supplement(&content, &none, day(on), &calendar);
        opened.terms.limit.days
    };
    let days = |code: &str| opened(code, "2026-09-30");
    assert_eq!((days("R10"), days("R16")), (3, 8));
    assert_eq!(days("R01"), 1, "never on the day of the receipt");
    // Over the holiday the law leaves three working days of the five that are promised.
    assert_eq!((days("R14"), opened("R14", "2026-11-02")), (1, 3));
}

#[test]
fn what_follows_is_there_two_days_before_it_is_decided_whatever_day_it_came() {
    let (files, calendar) = (Files::embedded(), Calendar::shipped());
    for item in files.active() {
        let (content, none) = (content(&files, &item.code), Answers::new());
        let promised = content.item.promise_after.unwrap_or_default();
        for ahead in 0..60 {
            let on = day("2026-09-01") + chrono::Days::new(ahead);
            let limit = supplement(&content, &none, on, &calendar).terms.limit;
            let until = limit.due_after(on, &calendar);
            let row = limit_of(&content, catalogue::Clock::Promised, &none).expect("a promise");
            let decided = plain(row).due_after(on, &calendar);
            let left = calendar.working_days_between(until, decided);
            assert!(promised < 3 || left >= 2, "{} on {on}", item.code);
            assert!(limit.days <= 20 && until > on, "{} on {on}", item.code);
        }
    }
}

#[test]
fn what_the_law_gives_to_the_government_no_department_extends() {
    let files = Files::embedded();
    let mut content = content(&files, "R10");
    let none = Answers::new();
    assert_eq!(may_extend(&content, &none), Ok(()));
    for limit in &mut content.limits {
        if limit.clock == catalogue::Clock::Extension {
            limit.extension_by = Some(Authority::HeadOfGovernment);
        }
    }
    assert_eq!(may_extend(&content, &none), Err(CaseError::OtherAuthority));
}

#[test]
fn only_where_a_law_says_so_does_the_end_of_a_clock_deem() {
    let (files, calendar) = (Files::embedded(), Calendar::shipped());
    for item in files.active() {
        let content = content(&files, &item.code);
        for moment in [Moment::Receipt, Moment::Acceptance, Moment::Decision] {
            let on = day("2026-09-30");
            for one in openings(&content, &Answers::new(), moment, on, &calendar) {
                let may = matches!(item.silence, Some(SilenceClass::T2 | SilenceClass::T3));
                let deems = one.terms.on_expiry == OnExpiry::Deem;
                assert_eq!(deems, may && one.clock == Clock::Statutory, "{}", item.code);
                let promised = one.terms.legal_effect == LegalEffect::Promised;
                assert_eq!(promised, one.clock == Clock::Promised, "{}", item.code);
            }
        }
    }
}

/// A walk of a case over the acts that the rules let through, as the commands carry them out.
struct Walk<'a> {
    case: Model,
    content: &'a Content,
    calendar: &'a Calendar,
    open: Vec<Clock>,
}

impl Walk<'_> {
    fn begin(&mut self, moment: Moment) {
        let (answers, on) = (Answers::new(), self.case.received_on);
        let opened = openings(self.content, &answers, moment, on, self.calendar);
        self.open.extend(opened.iter().map(|one| one.clock));
    }

    fn close(&mut self, closes: impl Fn(Clock) -> bool) {
        self.open.retain(|clock| !closes(*clock));
    }

    fn step(&mut self, act: Act) {
        let today = self.case.received_on;
        let clerk = Some(Uuid::from_u128(7));
        match act {
            Act::Accept => {
                self.close(|clock| clock == Clock::Notice);
                self.begin(Moment::Acceptance);
                self.case.state = State::Accepted;
            }
            Act::AskCorrection => {
                self.close(|clock| clock == Clock::Notice || clock.is_of_decision());
                self.open.push(correction(today).clock);
                self.case.state = State::CorrectionAsked;
            }
            Act::Complete => {
                self.close(|clock| !clock.is_of_office());
                self.begin(Moment::Receipt);
                self.case.state = State::Received;
            }
            Act::NotRequired | Act::NotCompetent => {
                self.close(|_| true);
                self.begin(Moment::Decision);
                self.case.state = State::Decided;
            }
            Act::Pause => self.case.paused_on = Some(today),
            Act::Resume => self.case.paused_on = None,
            Act::Propose => {
                self.case.outcome = Some(Outcome::Granted);
                self.case.proposed_by = clerk;
            }
            Act::Decide => {
                self.close(|_| true);
                self.begin(Moment::Decision);
                if self.case.promises {
                    self.open.push(follow_up(today).clock);
                }
                self.case.state = State::Decided;
            }
            Act::Deliver => {
                self.close(|clock| clock == Clock::Delivery);
                self.case.state = State::Delivered;
            }
            Act::FollowUp => self.close(|clock| clock == Clock::FollowUp),
            Act::Withdraw | Act::Lapse => {
                self.close(|_| true);
                self.case.paused_on = None;
                self.case.state = State::Ended;
            }
            _ => {}
        }
    }
}

#[test]
fn whatever_is_done_a_case_is_over_or_has_a_running_clock() {
    let (files, calendar) = (Files::embedded(), Calendar::shipped());
    let contents: Vec<Content> = files
        .active()
        .map(|item| content(&files, &item.code))
        .collect();
    // Any sequence will do, as long as it is the same every time.
    let mut seed: u64 = 20_260_930;
    let mut next = |below: usize| {
        seed = seed
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(seed >> 33).unwrap_or_default() % below
    };
    let mut steps = 0;
    while steps < 100_000 {
        let content = &contents[next(contents.len())];
        let mut walk = Walk {
            case: Model {
                silence: content.item.silence.expect("a class"),
                promises: next(2) == 0,
                ..case(State::Received)
            },
            content,
            calendar: &calendar,
            open: Vec::new(),
        };
        walk.begin(Moment::Receipt);
        loop {
            let is_over = !walk.case.state.is_open() && walk.open.is_empty();
            assert!(
                is_over || !walk.open.is_empty(),
                "{:?} {}",
                walk.case.state,
                content.item.code
            );
            assert_ne!(
                walk.case.outcome,
                Some(Outcome::DeemedGranted),
                "no act of a person deems"
            );
            let goes_on = |act: &Act| !matches!(act, Act::SettlePause | Act::Take);
            let doable = Act::ALL.into_iter().filter(goes_on);
            let doable: Vec<Act> = doable.filter(|act| can(*act, &walk.case).is_ok()).collect();
            if is_over || doable.is_empty() {
                assert!(walk.case.state == State::Ended || walk.open.is_empty());
                break;
            }
            walk.step(doable[next(doable.len())]);
            steps += 1;
        }
    }
}
