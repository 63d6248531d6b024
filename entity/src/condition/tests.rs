use chrono::NaiveDate;
use proptest::prelude::*;

use super::*;

/// The answers of the examples of the language.
fn answers() -> Answers {
    [
        ("a", Literal::code("YES")),
        ("n", Literal::Number(Number::whole(3))),
        ("d", Literal::parse("2020-01-01").expect("a day")),
    ]
    .into_iter()
    .map(|(key, answer)| (key.to_owned(), answer))
    .collect()
}

fn read(text: &str) -> Condition {
    Condition::parse(text).unwrap_or_else(|error| panic!("{text}: {error}"))
}

#[test]
fn the_examples_of_the_language_have_their_values() {
    for (text, value) in [
        ("a = YES", Truth::True),
        ("not a = YES", Truth::False),
        ("a = NO or n >= 3 and n < 4", Truth::True),
        ("(a = NO or n >= 3) and n < 3", Truth::False),
        ("not (b = YES)", Truth::Open),
        ("b = YES", Truth::Open),
        ("b = YES or a = YES", Truth::True),
        ("b = YES and a = NO", Truth::False),
        ("b = YES and a = YES", Truth::Open),
        ("b = YES or a = NO", Truth::Open),
        ("a in {NO|YES}", Truth::True),
        ("a in{NO|OTHER}", Truth::False),
        ("d < 2020-01-02", Truth::True),
        ("n = -1.5", Truth::False),
        ("n != 3", Truth::False),
        ("n != 3.0", Truth::False),
        ("n in {1|2|3}", Truth::True),
        ("n<=3", Truth::True),
        ("n > 2.999999", Truth::True),
    ] {
        assert_eq!(read(text).truth(&answers()), value, "{text}");
    }
}

#[test]
fn what_is_no_condition_is_refused() {
    for text in [
        "",
        " ",
        "a",
        "a =",
        "= YES",
        "a == YES",
        "a = YES and",
        "a = yes",
        "a in {}",
        "a in {YES|YES}",
        "n in {1|1.0}",
        "(a = YES",
        "a = YES)",
        "a < b",
        "and = YES",
        "in = YES",
        "a = YES b = NO",
        "a = \"YES\"",
        "not",
        "a = 2020-13-01",
        "a = 2020-02-30",
        "a = 0000-01-01",
        "a = -",
        "a = 1.",
        "a = .5",
        "a = 1e3",
        "a = YESand b = NO",
        "n >= 3and a = YES",
        "A = YES",
        "_a = YES",
        "a\t= YES",
        "a\n= YES",
        "a = YES;",
        "a in (YES)",
        "a in {YES",
        "a in {YES|}",
        "a ! = YES",
        "a = 是",
        "a = 1234567890123",
        "a = 0.0000001",
        "()",
        "(a = YES) (b = NO)",
        "a = YES or or b = NO",
        "a = --1",
        "a = +1",
    ] {
        let error = Condition::parse(text).expect_err(text);
        let told = error.explain();
        assert!(!told.zh.is_empty() && !told.en.is_empty());
    }
    let at = |text| Condition::parse(text).expect_err(text);
    assert_eq!(
        at("a = YES b = NO"),
        ParseError::Expected {
            at: 9,
            expected: Expected::End,
            found: "b".to_owned()
        }
    );
    assert_eq!(
        at("(a = YES"),
        ParseError::Expected {
            at: 9,
            expected: Expected::Parenthesis,
            found: String::new()
        }
    );
    assert_eq!(
        at("a = YES or and = NO"),
        ParseError::Reserved {
            at: 12,
            key: "and".to_owned()
        }
    );
}

#[test]
fn long_and_deep_conditions_are_refused_before_they_are_read() {
    let deep = |levels: usize| format!("{}a = YES{}", "(".repeat(levels), ")".repeat(levels));
    assert_eq!(read(&deep(DEEPEST)).to_string(), "a = YES");
    assert_eq!(
        Condition::parse(&deep(DEEPEST + 1)),
        Err(ParseError::TooDeep { at: DEEPEST + 1 })
    );
    let denied = |levels: usize| format!("{}a = YES", "not ".repeat(levels));
    for levels in [1, 2, DEEPEST - 1, DEEPEST] {
        let condition = read(&denied(levels));
        assert_eq!(read(&condition.to_string()), condition);
    }
    assert!(matches!(
        Condition::parse(&denied(DEEPEST + 1)),
        Err(ParseError::TooDeep { .. })
    ));
    assert_eq!(
        Condition::parse(&"(".repeat(1_000_000)),
        Err(ParseError::TooLong)
    );
    assert_eq!(
        Condition::parse(&format!("a = YES{}", " ".repeat(LONGEST))),
        Err(ParseError::TooLong)
    );
    // Shorter than the limit as it stands, longer as it is printed.
    let tight = vec!["a=B"; 60].join(" or ");
    assert!(tight.len() <= LONGEST);
    assert_eq!(Condition::parse(&tight), Err(ParseError::TooLong));
    // A text of many bytes is counted in characters.
    assert!(!matches!(
        Condition::parse(&"是".repeat(LONGEST)),
        Err(ParseError::TooLong)
    ));
}

#[test]
fn a_condition_is_printed_in_one_way() {
    for (text, printed) in [
        ("  a=YES ", "a = YES"),
        ("((a = YES))", "a = YES"),
        ("not a = YES", "not (a = YES)"),
        ("not not a = YES", "not not (a = YES)"),
        (
            "(a = YES and b = NO) and c = NO",
            "a = YES and b = NO and c = NO",
        ),
        (
            "(a = YES and b = NO) or c = NO",
            "a = YES and b = NO or c = NO",
        ),
        (
            "(a = YES or b = NO) and c = NO",
            "(a = YES or b = NO) and c = NO",
        ),
        ("not (a = YES or b = NO)", "not (a = YES or b = NO)"),
        ("a in { YES | NO }", "a in {YES|NO}"),
        ("n = 007.50", "n = 7.5"),
        ("n = -0", "n = 0"),
        ("n = -0.000001", "n = -0.000001"),
        ("n = 999999999999.999999", "n = 999999999999.999999"),
    ] {
        assert_eq!(read(text).to_string(), printed);
    }
}

#[test]
fn what_decided_is_told() {
    for (text, because) in [
        ("a = YES and n = 3", "a = YES, n = 3"),
        ("b = YES and a = NO and n = 4", "a = NO"),
        ("a = NO or n = 3 or a = YES", "n = 3"),
        ("b = YES or n = 3", "n = 3"),
        ("a = NO or n = 4", "a = NO, n = 4"),
        (
            "a = YES and b = YES and n = 3 and c = NO",
            "b = YES, c = NO",
        ),
        ("a = NO or b = YES or c = YES", "b = YES, c = YES"),
        ("not (a = NO or n = 4)", "a = NO, n = 4"),
        (
            "(a = YES and n = 3) and (a = NO or n > 2)",
            "a = YES, n = 3, n > 2",
        ),
        ("not (b = YES) and a = YES", "b = YES"),
    ] {
        let condition = read(text);
        let told: Vec<String> = condition
            .decide(&answers())
            .because
            .iter()
            .map(ToString::to_string)
            .collect();
        assert_eq!(told.join(", "), because, "{text}");
    }
}

#[test]
fn keys_and_values_must_exist() {
    let codes = |codes: &[&str]| Kind::Codes(codes.iter().map(|code| (*code).to_owned()).collect());
    let kinds: Kinds = [
        ("yes", codes(&["YES", "NO"])),
        ("one", codes(&["A", "B"])),
        ("number", Kind::Number),
        ("day", Kind::Date),
        ("text", Kind::Other),
    ]
    .into_iter()
    .map(|(key, kind)| (key.to_owned(), kind))
    .collect();
    for text in [
        "yes = NO and one in {A|B}",
        "number >= 3 and number in {1|2}",
        "day < 2020-01-01 or one != A",
    ] {
        assert_eq!(read(text).faults(&kinds), [], "{text}");
    }
    for (text, count) in [
        ("other = YES", 1),
        ("text = YES", 1),
        ("yes < YES", 1),
        ("one = YES", 1),
        ("one in {A|C|D}", 2),
        ("number = A", 1),
        ("number = 2020-01-01", 1),
        ("day = 3", 1),
        ("one >= 3", 2),
        ("other = YES or yes = 1 and not (day in {A|2})", 4),
    ] {
        let faults = read(text).faults(&kinds);
        assert_eq!(faults.len(), count, "{text}: {faults:?}");
        assert!(faults.iter().all(|fault| !fault.explain().zh.is_empty()));
    }
}

#[test]
fn conditions_and_answers_are_kept_as_texts() {
    let condition = read("a = YES and n >= 2.5");
    let kept = serde_json::to_string(&condition).expect("written");
    assert_eq!(kept, r#""a = YES and n >= 2.5""#);
    assert_eq!(
        serde_json::from_str::<Condition>(&kept).expect("read"),
        condition
    );
    assert!(serde_json::from_str::<Condition>(r#""a =""#).is_err());
    let kept = serde_json::to_string(&answers()).expect("written");
    assert_eq!(kept, r#"{"a":"YES","d":"2020-01-01","n":"3"}"#);
    assert_eq!(
        serde_json::from_str::<Answers>(&kept).expect("read"),
        answers()
    );
}

const KEYS: [&str; 5] = ["a", "b", "n", "m", "d"];

fn literals() -> impl Strategy<Value = Literal> {
    prop_oneof![
        prop_oneof![Just("YES"), Just("NO"), Just("OTHER_1")].prop_map(Literal::code),
        (-3i64..4, 0i64..3)
            .prop_map(|(whole, part)| Literal::Number(Number(whole * 1_000_000 + part * 250_000))),
        (0u64..3).prop_map(|days| {
            let start = NaiveDate::from_ymd_opt(2024, 2, 28).expect("a day");
            Literal::Date(start + chrono::Days::new(days))
        }),
    ]
}

fn comparisons() -> impl Strategy<Value = Tree> {
    let test = prop_oneof![
        (proptest::sample::select(Operator::ALL.to_vec()), literals())
            .prop_map(|(operator, literal)| Test::Is(operator, literal)),
        proptest::collection::btree_set(literals(), 1..4)
            .prop_map(|literals| Test::In(literals.into_iter().collect())),
    ];
    (proptest::sample::select(KEYS.to_vec()), test).prop_map(|(key, test)| {
        Tree::Compare(Comparison {
            key: key.to_owned(),
            test,
        })
    })
}

/// Trees as the parser makes them, short enough to be printed.
fn conditions() -> impl Strategy<Value = Condition> {
    comparisons()
        .prop_recursive(5, 12, 3, |inner| {
            let parts = proptest::collection::vec(inner.clone(), 2..4);
            prop_oneof![
                inner.prop_map(|tree| Tree::Not(Box::new(tree))),
                parts
                    .clone()
                    .prop_map(|parts| Tree::joined(Join::And, parts)),
                parts.prop_map(|parts| Tree::joined(Join::Or, parts)),
            ]
        })
        .prop_map(Condition)
        .prop_filter("short enough", |condition| {
            condition.to_string().len() <= LONGEST
        })
}

fn some_answers() -> impl Strategy<Value = Answers> {
    proptest::collection::btree_map(proptest::sample::select(KEYS.to_vec()), literals(), 0..6)
        .prop_map(|answers| {
            answers
                .into_iter()
                .map(|(key, answer)| (key.to_owned(), answer))
                .collect()
        })
}

/// The three values by their table: `None` is open.
fn naive(tree: &Tree, answers: &Answers) -> Option<bool> {
    match tree {
        Tree::Not(part) => naive(part, answers).map(|value| !value),
        Tree::Joined(join, parts) => {
            let values: Vec<Option<bool>> = parts.iter().map(|part| naive(part, answers)).collect();
            let decisive = *join == Join::Or;
            if values.contains(&Some(decisive)) {
                Some(decisive)
            } else if values.contains(&None) {
                None
            } else {
                Some(!decisive)
            }
        }
        Tree::Compare(comparison) => {
            let answer = answers.get(&comparison.key)?;
            Some(match &comparison.test {
                Test::In(literals) => literals.iter().any(|literal| literal == answer),
                Test::Is(operator, literal) => {
                    let order = match (answer, literal) {
                        (Literal::Code(one), Literal::Code(two)) => Some(one.cmp(two)),
                        (Literal::Number(one), Literal::Number(two)) => Some(one.cmp(two)),
                        (Literal::Date(one), Literal::Date(two)) => Some(one.cmp(two)),
                        _ => None,
                    };
                    match operator {
                        Operator::Equal => order.is_some_and(|order| order.is_eq()),
                        Operator::Unequal => !order.is_some_and(|order| order.is_eq()),
                        Operator::Less => order.is_some_and(|order| order.is_lt()),
                        Operator::AtMost => order.is_some_and(|order| order.is_le()),
                        Operator::More => order.is_some_and(|order| order.is_gt()),
                        Operator::AtLeast => order.is_some_and(|order| order.is_ge()),
                    }
                }
            })
        }
    }
}

fn value(truth: Truth) -> Option<bool> {
    match truth {
        Truth::True => Some(true),
        Truth::False => Some(false),
        Truth::Open => None,
    }
}

proptest! {
    #[test]
    fn what_is_printed_is_read_again(condition in conditions()) {
        let printed = condition.to_string();
        let again = Condition::parse(&printed);
        prop_assert_eq!(again.as_ref(), Ok(&condition), "{}", printed);
        prop_assert_eq!(again.map(|again| again.to_string()), Ok(printed));
    }

    #[test]
    fn a_condition_has_the_value_of_the_table(condition in conditions(), answers in some_answers()) {
        prop_assert_eq!(value(condition.truth(&answers)), naive(&condition.0, &answers), "{}", condition);
    }

    #[test]
    fn a_further_answer_never_changes_what_is_decided(condition in conditions(), answers in some_answers(), more in some_answers()) {
        let before = condition.truth(&answers);
        let mut all = more;
        for (key, answer) in answers.iter() {
            all.set(key, answer.clone());
        }
        if before != Truth::Open {
            prop_assert_eq!(condition.truth(&all), before, "{}", condition);
        }
    }

    #[test]
    fn what_is_told_decides_by_itself(condition in conditions(), answers in some_answers()) {
        let decided = condition.decide(&answers);
        let mut told = Answers::new();
        for comparison in &decided.because {
            let answer = answers.get(&comparison.key);
            if decided.truth == Truth::Open {
                prop_assert!(answer.is_none(), "{}: {}", condition, comparison);
            } else {
                told.set(&comparison.key, answer.expect("what decides is answered").clone());
            }
        }
        prop_assert!(!decided.because.is_empty());
        prop_assert_eq!(condition.truth(&told), decided.truth, "{}", condition);
    }

    #[test]
    fn every_text_is_read_or_refused(text in "[a-zA-Z0-9_ ().<>=!{}|\\-是]{0,60}") {
        match Condition::parse(&text) {
            Ok(condition) => prop_assert_eq!(Condition::parse(&condition.to_string()), Ok(condition)),
            Err(error) => prop_assert!(!error.explain().en.is_empty()),
        }
    }
}
