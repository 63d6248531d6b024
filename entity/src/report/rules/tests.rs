use std::sync::Arc;

use chrono::{Days, TimeDelta};
use proptest::prelude::*;

use super::{problems::PROBLEMS, view::centre, *};
use crate::{
    account,
    clock::instant_of,
    commitment::Owner,
    deadline::{
        self, LegalEffect, OnExpiry, pause,
        rules::{Deadline, Limit, Terms},
    },
    department, enterprise,
    language::Language,
    liaison, milestone, project,
    report::{Kind, facts::Facts, issue, later},
    term::Term,
    viewer::Role,
};

const ZONE: Tz = chrono_tz::Asia::Shanghai;

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

fn id(number: u128) -> Uuid {
    Uuid::from_u128(number)
}

/// Two enterprises with a liaison each, in two departments; contracts recorded on 1 June.
fn park() -> Material {
    let recorded = instant_of(day("2026-06-01"), 9, 0, ZONE);
    Material {
        enterprises: [1, 2]
            .map(|number| enterprise::Model {
                id: id(number),
                credit_code: format!("{number:018}"),
                name_zh: format!("示例{number}有限公司"),
                name_en: None,
                industry: "示例".to_owned(),
                remark: None,
                created_at: recorded,
                ended_on: None,
                version: 1,
            })
            .to_vec(),
        contracts: [1, 2]
            .map(|number| contract::Model {
                id: id(10 + number),
                number: format!("QY-2026-{number:03}"),
                enterprise_id: id(number),
                predecessor_id: None,
                origin: contract::Origin::Paper,
                state: contract::State::Active,
                park_party: "示例".to_owned(),
                park_signatory: None,
                enterprise_signatory: None,
                starts_on: day("2026-01-01"),
                ends_on: day("2026-12-31"),
                signed_on: Some(day("2026-01-01")),
                legality_opinion: None,
                fair_competition_opinion: None,
                approved_by: None,
                approved_at: None,
                state_reason: None,
                suspension_document_id: None,
                end_deadline_id: None,
                ended_on: None,
                created_at: recorded,
                version: 1,
            })
            .to_vec(),
        liaisons: [1, 2]
            .map(|number| liaison::Model {
                id: id(20 + number),
                enterprise_id: id(number),
                account_id: id(30 + number),
                deputy_id: None,
                state: liaison::State::Active,
                started_on: Some(day("2026-01-01")),
                ended_on: None,
                handover_note: None,
                version: 1,
            })
            .to_vec(),
        people: [1, 2]
            .map(|number| account::Model {
                id: id(30 + number),
                login: format!("liaison{number}@park.example"),
                name: format!("专员 {number:02}"),
                role: Role::Liaison,
                department_id: Some(id(40 + number)),
                enterprise_id: None,
                language: Language::Chinese,
                telephone: None,
                password_hash: None,
                demonstration: false,
                created_at: recorded,
                disabled_at: None,
                version: 1,
            })
            .to_vec(),
        promises: Vec::new(),
        works: Vec::new(),
        common: Arc::new(Common {
            departments: [1, 2].map(department).to_vec(),
            undelivered: 3,
            ..Common::default()
        }),
    }
}

fn department(number: u128) -> department::Model {
    department::Model {
        id: id(40 + number),
        number: i32::try_from(number).expect("small"),
        name_zh: format!("示例部门{number}"),
        name_en: format!("Department {number}"),
        counterpart_zh: "示例局".to_owned(),
        windows: 1,
        ended_on: None,
        version: 1,
    }
}

/// How a promise ends, and when, in days after its start.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum End {
    Open,
    Met(i64),
    Missed(i64),
    Cancelled(i64),
}

#[derive(Clone, Copy, Debug)]
struct Case {
    enterprise: u128,
    owner: u8,
    statutory: bool,
    started_on: NaiveDate,
    limit: u32,
    end: End,
}

impl Case {
    fn promise(self, number: u128) -> Promise {
        let calendar = Calendar::shipped();
        let mut deadline = Deadline::open(
            Terms {
                legal_effect: if self.statutory {
                    LegalEffect::Statutory
                } else {
                    LegalEffect::Promised
                },
                on_expiry: OnExpiry::Warn,
                limit: Limit::working_days(self.limit),
                extension: 0,
            },
            self.started_on,
            &calendar,
        );
        let on = |days| self.started_on + TimeDelta::days(days);
        match self.end {
            End::Open => {}
            End::Met(days) => deadline.meet(on(days), &calendar).expect("it is open"),
            // What is not overdue yet cannot be missed, and stays open.
            End::Missed(days) => {
                let _ = deadline.miss(on(days), &calendar);
            }
            End::Cancelled(days) => deadline.cancel(on(days), &calendar).expect("it is open"),
        }
        let (owner, department_id) = match self.owner {
            0 => (Owner::Centre, None),
            1 => (Owner::Liaison, None),
            _ => (Owner::Department, Some(id(42))),
        };
        Promise {
            obligation: Owed {
                id: id(1000 + number),
                commitment_id: id(2000 + number),
                contract_id: id(10 + self.enterprise),
                enterprise_id: id(self.enterprise),
                occasion: format!("event:{number}"),
                opened_at: instant_of(self.started_on, 9, 0, ZONE),
                closed_at: deadline.closed_on.map(|on| instant_of(on, 12, 0, ZONE)),
                public_reason: None,
            },
            deadline: stored(id(3000 + number), &deadline),
            pauses: Vec::new(),
            commitment: Arc::new(Promised {
                id: id(2000 + number),
                text_zh: format!("承诺{number}"),
                text_en: format!("promise {number}"),
                legal_basis: self.statutory.then(|| "示例法第一条".to_owned()),
                owner,
                department_id,
            }),
        }
    }
}

fn stored(id: Uuid, value: &Deadline) -> deadline::Model {
    deadline::Model {
        id,
        legal_effect: value.terms.legal_effect,
        on_expiry: value.terms.on_expiry,
        reckoning: value.reckoning,
        unit: value.terms.limit.unit,
        limit_days: i32::try_from(value.terms.limit.days).expect("small"),
        extension_days: 0,
        extension_reason: None,
        extension_limit: 0,
        started_on: value.started_on,
        consumed_days: i32::try_from(value.consumed).expect("small"),
        running_since: value.running_since,
        paused_on: value.paused_on,
        resume_expected_on: value.resume_expected_on,
        state: value.state,
        due_on: value.due_on,
        provisional: value.provisional,
        yellow_from: None,
        orange_from: None,
        red_from: None,
        black_from: None,
        closed_on: value.closed_on,
        version: 1,
    }
}

fn with(cases: &[Case]) -> Material {
    Material {
        promises: (0..)
            .zip(cases)
            .map(|(number, case)| case.promise(number))
            .collect(),
        ..park()
    }
}

/// The bulletin of September, due on Saturday 10 October 2026.
fn september() -> Issue {
    let now = instant_of(day("2026-10-10"), 8, 0, ZONE);
    issue::newest(Kind::MonthlyBulletin, now, ZONE, &Calendar::shipped())
}

fn figures(material: &Material, slice: Slice) -> Facts {
    facts(&september(), slice, material, &Calendar::shipped(), ZONE)
}

fn case(started_on: &str, limit: u32, end: End) -> Case {
    Case {
        enterprise: 1,
        owner: 1,
        statutory: false,
        started_on: day(started_on),
        limit,
        end,
    }
}

#[test]
fn what_fell_due_in_the_period_is_counted_once_and_by_what_became_of_it() {
    // Due on 4 September 2026, a Friday.
    for (end, expected) in [
        (End::Met(4), (1, 0, 0, 0)),
        (End::Met(1), (1, 0, 0, 0)),
        (End::Met(5), (0, 1, 0, 0)),
        (End::Missed(7), (0, 0, 1, 0)),
        (End::Open, (0, 0, 0, 1)),
        // Done after the moment of the report: at that moment it was open.
        (End::Met(60), (0, 0, 0, 1)),
        (End::Cancelled(2), (0, 0, 0, 0)),
    ] {
        let facts = figures(&with(&[case("2026-08-31", 4, end)]), Slice::Park);
        let kept = facts.kept;
        assert_eq!(
            (kept.on_time, kept.late, kept.missed, kept.overdue),
            expected,
            "{end:?}"
        );
        assert_eq!(
            kept.due,
            kept.on_time + kept.late + kept.missed + kept.overdue
        );
        assert_eq!(facts.enterprises[0].kept, kept);
    }
}

#[test]
fn only_the_period_counts_and_nothing_from_before_the_system() {
    let august = figures(&with(&[case("2026-08-24", 4, End::Met(4))]), Slice::Park);
    assert_eq!((august.kept.due, august.kept_before.due), (0, 1));
    let october = figures(&with(&[case("2026-09-30", 4, End::Open)]), Slice::Park);
    assert_eq!((october.kept.due, october.kept_before.due), (0, 0));
    assert_eq!(october.lights.iter().map(|light| light.now).sum::<u32>(), 1);
    // Due in May; the contract was recorded on 1 June.
    let before = figures(&with(&[case("2026-05-18", 4, End::Open)]), Slice::Park);
    assert!(before.items.is_empty());
    assert!(before.lights.iter().all(|light| light.now == 0));
    assert!(before.problems.is_empty());
}

#[test]
fn a_rate_without_promises_is_no_rate_and_only_all_are_a_hundred_percent() {
    let rate = |on_time, due| {
        Kept {
            due,
            on_time,
            ..Kept::default()
        }
        .on_time_rate()
    };
    assert_eq!(rate(0, 0), None);
    assert_eq!(rate(0, 3), Some(0));
    assert_eq!(rate(2, 3), Some(667));
    assert_eq!(rate(1999, 2000), Some(999));
    assert_eq!(rate(2000, 2000), Some(1000));
}

#[test]
fn a_pause_that_was_entered_later_lies_in_the_past_of_the_same_report() {
    let material = with(&[case("2026-10-08", 20, End::Open)]);
    let then = figures(&material, Slice::Park);
    let mut later = material.clone();
    let promise = &mut later.promises[0];
    promise.pauses.push(pause::Model {
        id: id(1),
        deadline_id: promise.deadline.id,
        kind: pause::Kind::Expert,
        reason: "示例".to_owned(),
        document_id: id(1),
        started_on: day("2026-10-09"),
        expected_end_on: Some(day("2026-10-20")),
        ended_on: Some(day("2026-10-14")),
    });
    let again = figures(&later, Slice::Park);
    assert_eq!(then.items[0].outcome, Outcome::Running);
    assert_eq!(again.items[0].outcome, Outcome::Paused);
    let today = standings(
        Slice::Park,
        &later,
        instant_of(day("2026-10-15"), 8, 0, ZONE),
        &Calendar::shipped(),
        ZONE,
    );
    let compared = later::compare(&then, &again, &today, &[]);
    assert_eq!(compared.entries.len(), 1);
    assert!(compared.entries[0].reaches_back);
    let grey = |difference: &later::Difference| difference.figure == Light::Grey.text();
    let difference = compared
        .figures
        .iter()
        .find(|each| grey(each))
        .expect("it differs");
    assert_eq!((difference.then, difference.now), (0, 1));
}

#[test]
fn what_happened_since_is_named_and_does_not_reach_back() {
    let open = with(&[case("2026-08-31", 4, End::Open)]);
    let done = with(&[case("2026-08-31", 4, End::Met(60))]);
    let (then, again) = (figures(&open, Slice::Park), figures(&done, Slice::Park));
    let now = instant_of(day("2026-11-02"), 8, 0, ZONE);
    let today = standings(Slice::Park, &done, now, &Calendar::shipped(), ZONE);
    let compared = later::compare(&then, &again, &today, &[]);
    assert!(compared.figures.is_empty());
    assert_eq!(compared.entries.len(), 1);
    assert!(!compared.entries[0].reaches_back);
    assert!(
        compared.entries[0]
            .now
            .en
            .contains("kept late on 2026-10-30")
    );
    let same = standings(Slice::Park, &open, now, &Calendar::shipped(), ZONE);
    assert!(later::compare(&then, &then, &same, &[]).entries.is_empty());
}

#[test]
fn problems_are_the_unlawful_first_then_the_longest_and_at_most_five() {
    let mut cases = vec![
        case("2026-09-01", 1, End::Open),
        Case {
            owner: 0,
            ..case("2026-09-21", 1, End::Open)
        },
        Case {
            statutory: true,
            enterprise: 2,
            owner: 2,
            ..case("2026-09-28", 1, End::Open)
        },
    ];
    let facts = figures(&with(&cases), Slice::Park);
    let order: Vec<&str> = facts
        .problems
        .iter()
        .map(|problem| problem.blocked_by.zh.as_str())
        .collect();
    assert_eq!(order, ["示例部门2", "专员 01", "企业服务中心"]);
    assert_eq!(
        facts.problems[0].proposal.zh,
        "责令限期办结，并向监督机构书面说明"
    );
    assert_eq!(facts.statutory_overdue().count(), 1);
    // The same owner's promises to the same enterprise are one problem.
    cases.extend([
        case("2026-09-02", 1, End::Open),
        case("2026-09-03", 1, End::Open),
    ]);
    let facts = figures(&with(&cases), Slice::Park);
    assert_eq!(facts.problems.len(), 3);
    assert!(facts.problems[1].what.zh.ends_with("等 3 项"));
    let mut orphaned = with(&cases);
    orphaned.liaisons.clear();
    for contract in &mut orphaned.contracts {
        contract.ends_on = day("2026-10-31");
    }
    assert_eq!(figures(&orphaned, Slice::Park).problems.len(), 5);
}

#[test]
fn an_order_is_proposed_only_when_it_would_be_taken() {
    let proposal = |started_on: &str, orders: &[(Uuid, NaiveDate)]| {
        let mut material = with(&[case(started_on, 1, End::Open)]);
        Arc::make_mut(&mut material.common).orders = orders.iter().copied().collect();
        let mut problems = figures(&material, Slice::Park).problems;
        let problem = problems.remove(0);
        (problem.days, problem.proposal.en)
    };
    let said = |days, proposal: &str| (days, proposal.to_owned());
    // Due on 30 September; the 8th, 9th and 10th of October are working days. It has been red for two before today.
    assert_eq!(
        proposal("2026-09-29", &[]),
        said(3, "have the person in charge commit to a completion date")
    );
    // Due on 29 September: red since the 30th, for three working days before today.
    assert_eq!(
        proposal("2026-09-28", &[]),
        said(4, "issue a supervision order")
    );
    // A second order for the same due date is refused, too; one for an earlier due date is another matter.
    let order = |due_on| [(id(1000), day(due_on))];
    assert_eq!(
        proposal("2026-09-28", &order("2026-09-29")),
        said(
            4,
            "urge the unit to answer the supervision order and complete the matter; if there is no answer in time, have a formal talk with the person in charge"
        )
    );
    assert_eq!(
        proposal("2026-09-28", &order("2026-09-21")),
        said(4, "issue a supervision order")
    );
}

/// A project with milestones of the same weight, each with its first plan, its forecast and its actual day.
fn works(plan: &[(&str, &str, Option<&str>)]) -> Works {
    let project = project::Model {
        id: id(5000),
        contract_id: id(11),
        enterprise_id: id(1),
        name: "示例项目".to_owned(),
        state: project::State::Active,
        state_reason: None,
        created_at: instant_of(day("2026-06-01"), 9, 0, ZONE),
        is_planned: None,
        behind_from: None,
        far_behind_from: None,
        silent_from: None,
        version: 1,
    };
    let milestones =
        (1_u8..).zip(plan).map(
            |(position, (baseline, forecast, actual))| milestone::Model {
                id: id(5000 + u128::from(position)),
                project_id: project.id,
                enterprise_id: id(1),
                position: position.into(),
                stage_number: None,
                name: format!("节点{position}"),
                weight: 1,
                baseline_on: Some(day(baseline)),
                forecast_on: Some(day(forecast)),
                actual_on: actual.map(day),
                evidence_document_id: None,
                version: 1,
            },
        );
    Works {
        milestones: milestones.collect(),
        stages: Vec::new(),
        reports: Vec::new(),
        project,
    }
}

#[test]
fn a_problem_says_of_a_project_only_what_is_so() {
    let problem = |plan: &[(&str, &str, Option<&str>)]| {
        let mut material = with(&[]);
        material.works = vec![works(plan)];
        let facts = figures(&material, Slice::Park);
        let found = facts.problems.into_iter().next();
        found.map(|problem| (problem.what.zh, problem.what.en, problem.days))
    };
    let said = |zh: &str, en: &str, days| Some((zh.to_owned(), en.to_owned(), days));
    // Its day is still to come: nothing is overdue, and it lags by nothing.
    assert_eq!(
        problem(&[("2026-10-20", "2026-12-01", None)]),
        said(
            "项目“示例项目”预计比计划晚 30 个工作日完成“节点1”",
            "project \"示例项目\" expects to complete \"节点1\" 30 working days later than planned",
            0
        )
    );
    // Its day has passed: overdue by the days until today, not until the forecast. Two milestones are planned for now, one is reached.
    assert_eq!(
        problem(&[
            ("2026-09-01", "2026-09-01", Some("2026-09-01")),
            ("2026-10-08", "2026-12-01", None),
            ("2026-12-31", "2026-12-31", None),
        ]),
        said(
            "项目“示例项目”落后计划 34 个百分点，“节点2”超期未完成",
            "project \"示例项目\" is 34 points behind its plan and is held up at \"节点2\"",
            2
        )
    );
    // As planned: no problem at all.
    assert_eq!(problem(&[("2026-10-20", "2026-10-20", None)]), None);
}

fn any_case() -> impl Strategy<Value = Case> {
    let end = prop_oneof![
        Just(End::Open),
        (0_i64..90).prop_map(End::Met),
        (1_i64..90).prop_map(End::Missed),
        (0_i64..90).prop_map(End::Cancelled),
    ];
    (
        1_u128..=2,
        0_u8..3,
        any::<bool>(),
        0_u64..180,
        0_u32..25,
        end,
    )
        .prop_map(|(enterprise, owner, statutory, offset, limit, end)| Case {
            enterprise,
            owner,
            statutory,
            started_on: day("2026-05-01") + Days::new(offset),
            limit,
            end,
        })
}

proptest! {
    #[test]
    fn every_total_is_the_sum_of_its_parts(cases in prop::collection::vec(any_case(), 0..40)) {
        let material = with(&cases);
        let whole = figures(&material, Slice::Park);
        let sum = |parts: &mut dyn Iterator<Item = Kept>| {
            parts.fold(Kept::default(), |a, b| Kept {
                due: a.due + b.due,
                on_time: a.on_time + b.on_time,
                late: a.late + b.late,
                missed: a.missed + b.missed,
                overdue: a.overdue + b.overdue,
            })
        };
        prop_assert_eq!(
            whole.kept.due,
            whole.kept.on_time + whole.kept.late + whole.kept.missed + whole.kept.overdue
        );
        prop_assert_eq!(whole.kept, sum(&mut whole.enterprises.iter().map(|row| row.kept)));
        prop_assert_eq!(whole.kept, sum(&mut whole.owners.iter().map(|row| row.kept)));
        let lit: u32 = whole.lights.iter().map(|light| light.now).sum();
        prop_assert_eq!(lit, whole.enterprises.iter().map(|row| row.lights.total()).sum::<u32>());
        prop_assert_eq!(lit, whole.owners.iter().map(|row| row.open).sum::<u32>());
        prop_assert_eq!(lit as usize, whole.items.iter().filter(|item| item.light.is_some()).count());
        let counted = whole.items.iter().filter(|item| item.in_period).count();
        prop_assert_eq!(whole.kept.due as usize, counted);
        prop_assert!(whole.problems.len() <= PROBLEMS);
        // The departments' slices and the service centre's own promises are the park; no promise is in two.
        let slices: Vec<Facts> = [41, 42]
            .map(|number| figures(&material, Slice::Department(id(number))))
            .to_vec();
        let of_centre = whole.owners.iter().find(|row| row.name == centre()).map_or(0, |row| row.kept.due);
        prop_assert_eq!(slices.iter().map(|facts| facts.kept.due).sum::<u32>() + of_centre, whole.kept.due);
        let enterprises = [1, 2].map(|number| figures(&material, Slice::Enterprise(id(number))));
        prop_assert_eq!(whole.kept, sum(&mut enterprises.iter().map(|facts| facts.kept)));
        prop_assert!(enterprises.iter().all(|facts| facts.problems.is_empty() && facts.undelivered.is_none()));
    }

    /// The order in which a database gives its rows does not show, and a report frozen as JSON is the same when it is read.
    #[test]
    fn the_same_rows_give_the_same_fingerprint(cases in prop::collection::vec(any_case(), 0..20)) {
        let mut material = with(&cases);
        let facts = figures(&material, Slice::Park);
        material.promises.reverse();
        material.enterprises.reverse();
        material.contracts.reverse();
        Arc::make_mut(&mut material.common).departments.reverse();
        let reversed = figures(&material, Slice::Park);
        prop_assert_eq!(facts.fingerprint().unwrap(), reversed.fingerprint().unwrap());
        let read: Facts = serde_json::from_value(serde_json::to_value(&facts).unwrap()).unwrap();
        prop_assert_eq!(read.fingerprint().unwrap(), facts.fingerprint().unwrap());
    }

    /// What happens after the moment is not in the figures: closing what was open then changes no byte.
    #[test]
    fn later_closings_change_nothing(cases in prop::collection::vec(any_case(), 0..30), days in 1_i64..40) {
        let moment = september().moment;
        let closes = |case: &Case| match case.end {
            End::Open => i64::MAX,
            End::Met(days) | End::Missed(days) | End::Cancelled(days) => days,
        };
        let is_later = |case: &Case| {
            let on = case.started_on.checked_add_signed(TimeDelta::try_days(closes(case)).unwrap_or(TimeDelta::days(99_999)));
            on.is_none_or(|on| instant_of(on, 12, 0, ZONE) > moment)
        };
        let at_the_time: Vec<Case> = cases
            .iter()
            .map(|case| if is_later(case) { Case { end: End::Open, ..*case } } else { *case })
            .collect();
        let afterwards: Vec<Case> = at_the_time
            .iter()
            .map(|case| {
                let ended = (day("2026-10-10") - case.started_on).num_days() + days;
                if case.end == End::Open && ended >= 0 { Case { end: End::Met(ended), ..*case } } else { *case }
            })
            .collect();
        let then = figures(&with(&at_the_time), Slice::Park);
        let again = figures(&with(&afterwards), Slice::Park);
        prop_assert_eq!(then.fingerprint().unwrap(), again.fingerprint().unwrap());
    }
}
