use std::{collections::BTreeSet, sync::LazyLock};

use chrono::NaiveDate;
use proptest::prelude::*;

use super::*;
use crate::{
    catalogue::{Fact, History, ItemStatus, rules::reach::Reach},
    condition::{Answers, Literal, Truth},
};

static FILES: LazyLock<Files> = LazyLock::new(Files::embedded);

fn answered(files: &Files, code: &str) -> Answers {
    let example = files.examples.iter().find(|one| one.code == code);
    example.expect("an example").answers()
}

fn needed(files: &Files, answers: &Answers) -> Vec<(String, Truth)> {
    needs(&files.needs, answers)
        .into_iter()
        .map(|needed| (needed.item.to_owned(), needed.truth))
        .collect()
}

#[test]
fn a_reason_tells_the_answers_that_decided() {
    let files = &*FILES;
    let told = |answers: &Answers, item: &str| {
        let needed = needs(&files.needs, answers);
        let needed = needed
            .into_iter()
            .find(|one| one.item == item)
            .expect("an item");
        let reasons: Vec<String> = needed
            .reasons
            .iter()
            .flat_map(|reason| &reason.decided.because)
            .map(ToString::to_string)
            .collect();
        (needed.truth, reasons.join(", "))
    };
    let mut answers = Answers::new();
    let yes = || Literal::code("YES");
    assert_eq!(
        told(&answers, "R01"),
        (Truth::Open, "new_enterprise = YES".to_owned())
    );
    answers.set("new_enterprise", yes());
    assert_eq!(
        told(&answers, "R01"),
        (Truth::True, "new_enterprise = YES".to_owned())
    );
    assert_eq!(
        told(&answers, "R02"),
        (Truth::False, "new_enterprise = NO".to_owned())
    );
    // Of several reasons those are told that agree with the result.
    let reasons = |answers: &Answers| {
        let found = needs(&files.needs, answers);
        let found = found
            .into_iter()
            .find(|one| one.item == "R05")
            .expect("an item");
        (found.truth, found.reasons.len())
    };
    let rows = files.needs.iter().filter(|need| need.item == "R05").count();
    assert!(rows > 1);
    assert_eq!(reasons(&answers), (Truth::Open, rows));
    answers.set("fixed_asset_investment", yes());
    answers.set(
        "annual_energy_tce",
        Literal::parse("1000").expect("a number"),
    );
    assert_eq!(reasons(&answers), (Truth::True, 1));
    answers.set("fixed_asset_investment", Literal::code("NO"));
    assert_eq!(reasons(&answers), (Truth::False, rows));
}

#[test]
fn questions_are_asked_one_after_the_other() {
    let files = &*FILES;
    for example in &files.examples {
        let all = example.answers();
        let mut answers = Answers::new();
        let mut asked = Vec::new();
        while let Some(question) = next_question(&files.questions, &answers) {
            let Some(answer) = all.get(&question.key) else {
                break;
            };
            asked.push(question.key.clone());
            answers.set(&question.key, answer.clone());
        }
        if example.expected_open.is_empty() {
            assert_eq!(
                next_question(&files.questions, &answers),
                None,
                "{}",
                example.code
            );
            let given: Vec<&String> = example.given.iter().map(|(key, _)| key).collect();
            assert_eq!(asked.iter().collect::<Vec<_>>(), given, "{}", example.code);
        }
    }
}

#[test]
fn a_form_asks_nothing_twice() {
    let files = &*FILES;
    let answers = Answers::new();
    let codes: Vec<&str> = files.active().map(|item| item.code.as_str()).collect();
    let all = form(&files.fields, &codes, &answers);
    assert_eq!(all.len(), files.fields.len());
    for bundle in &files.bundles {
        let items: Vec<&str> = bundle.items.iter().map(String::as_str).collect();
        let entries = form(&files.fields, &items, &answers);
        let keys: BTreeSet<&str> = entries
            .iter()
            .map(|entry| entry.field.key.as_str())
            .collect();
        assert_eq!(keys.len(), entries.len(), "{}", bundle.code);
        for entry in &entries {
            assert!(
                !entry.items.is_empty()
                    && entry.items.iter().all(|item| entry.field.items.has(item))
            );
        }
        let alone: BTreeSet<&str> = items
            .iter()
            .flat_map(|item| form(&files.fields, &[*item], &answers))
            .map(|entry| entry.field.key.as_str())
            .collect();
        assert_eq!(keys, alone, "{}", bundle.code);
    }
    // Whether a field must be filled in can hang on what was answered.
    let required = |answers: &Answers| {
        let entries = form(&files.fields, &["R01"], answers);
        let entry = entries
            .into_iter()
            .find(|entry| entry.field.key == "credit_code");
        entry.expect("a field").required
    };
    assert_eq!(required(&answers), Truth::Open);
    assert_eq!(required(&answered(files, "E1")), Truth::False);
    assert_eq!(form(&files.fields, &[], &answers), []);
}

#[test]
fn the_catalogue_became_shorter_by_what_its_history_says() {
    let files = &*FILES;
    let (before, after) = founding::REFORM;
    let found = compression(&files.history, &CRITICAL_PATH, before, after);
    let said = |figure: &Figure<'_>| (figure.before, figure.after, figure.cut_permille());
    assert_eq!(said(&found.items), (42, 32, Some(238)));
    assert_eq!(said(&found.promises), (406, 179, Some(559)));
    assert_eq!(said(&found.critical_path), (118, 47, Some(602)));
    assert_eq!(said(&found.materials), (201, 116, Some(423)));
    assert_eq!(found.items.rows.len(), 42);
    assert_eq!(found.promises.rows.len(), 32);
    assert_eq!(found.critical_path.rows.len(), CRITICAL_PATH.len());
    for figure in [&found.promises, &found.critical_path, &found.materials] {
        let sum = |of: fn(&compression::Row<'_>) -> Option<u32>| {
            figure.rows.iter().filter_map(of).sum::<u32>()
        };
        assert_eq!(sum(|row| row.before.map(compression::value)), figure.before);
        assert_eq!(sum(|row| row.after.map(compression::value)), figure.after);
    }
    // Nothing changed between two days of today, and nothing was before the first.
    let same = compression(&files.history, &CRITICAL_PATH, after, after);
    assert_eq!(said(&same.promises), (179, 179, Some(0)));
    let long_ago = NaiveDate::from_ymd_opt(1990, 1, 1).expect("a day");
    let nothing = compression(&files.history, &CRITICAL_PATH, long_ago, long_ago);
    assert_eq!(said(&nothing.items), (0, 0, None));
}

#[test]
fn a_share_is_rounded_to_the_nearest_tenth() {
    let cut = |before, after| {
        Figure {
            before,
            after,
            rows: Vec::new(),
        }
        .cut_permille()
    };
    assert_eq!(cut(3, 2), Some(333));
    assert_eq!(cut(3, 1), Some(667));
    assert_eq!(cut(2000, 1999), Some(1));
    assert_eq!(cut(100, 150), Some(-500));
    assert_eq!(cut(0, 5), None);
}

#[test]
fn a_history_is_held_to_its_own_days() {
    let day = |text: &str| NaiveDate::parse_from_str(text, "%Y-%m-%d").expect("a day");
    let row = |fact, from: &str, to: Option<&str>| History {
        item: "R01".to_owned(),
        fact,
        from: day(from),
        to: to.map(day),
        reason: Text::new("原因", "reason"),
        successors: Vec::new(),
    };
    let history = [
        row(Fact::Status(ItemStatus::Active), "2011-01-01", None),
        row(Fact::Promise(5), "2011-01-01", Some("2011-12-31")),
        row(Fact::Promise(2), "2012-01-01", None),
    ];
    let promises = |before: &str, after: &str| {
        let found = compression(&history, &["R01"], day(before), day(after));
        (found.promises.before, found.promises.after)
    };
    assert_eq!(promises("2011-12-31", "2012-01-01"), (5, 2));
    assert_eq!(promises("2010-12-31", "2011-01-01"), (0, 5));
}

#[test]
fn as_many_sets_of_answers_are_tried_as_can_be_given() {
    let files = &*FILES;
    let reach = Reach::new(files);
    let tried: usize = joint(files)
        .values()
        .map(|condition| {
            let mut count = 0;
            let whole = reach.each(&[condition], |_| {
                count += 1;
                std::ops::ControlFlow::Continue(())
            });
            assert_eq!(whole, Ok(()));
            count
        })
        .sum();
    // As many as an independent computation tries.
    assert_eq!(tried, 1114);
    // More than can be tried is told, and ends soon.
    let every: Vec<Condition> = files
        .needs
        .iter()
        .map(|need| need.condition.clone())
        .collect();
    let all: Vec<&Condition> = every.iter().collect();
    assert_eq!(reach.possible(&all, |_| false), Err(reach::TooMany));
}

#[test]
fn the_longest_chain_is_that_of_the_days() {
    let files = &*FILES;
    let edges: Vec<&crate::catalogue::Edge> = files.edges.iter().collect();
    let days = |code: &str| if code == "R19" { 7 } else { 3 };
    let of = |codes: &[&str]| order::longest(&codes.iter().copied().collect(), &edges, days);
    assert_eq!(of(&["R19", "R20"]), Some(10));
    assert_eq!(of(&["R29", "R20"]), Some(3));
    assert_eq!(of(&[]), Some(0));
}

proptest! {
    #[test]
    fn a_further_answer_never_takes_an_item_away(example in 0usize..8, kept in proptest::collection::vec(any::<bool>(), 27)) {
        let files = &*FILES;
        let example = &files.examples[example];
        let all = example.answers();
        let part: Answers = example
            .given
            .iter()
            .zip(kept)
            .filter(|(_, kept)| *kept)
            .map(|(given, _)| given.clone())
            .collect();
        for ((item, before), (_, after)) in needed(files, &part).into_iter().zip(needed(files, &all)) {
            prop_assert!(before == Truth::Open || before == after, "{}", item);
        }
    }
}
