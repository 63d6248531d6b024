//! The form of the shipped catalogue.

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate};
use proptest::prelude::*;
use uuid::Uuid;

use super::{
    changes::{Change, Side, asked_anew, changes, unlike},
    *,
};
use crate::catalogue::Files;

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

fn contents(files: &Files, codes: &[&str]) -> Vec<(String, Content)> {
    let of = |code: &&str| {
        let item = files.items.iter().find(|item| item.code == **code);
        let content = Content {
            item: item.expect("an item").clone(),
            guide: None,
            materials: files
                .materials
                .iter()
                .filter(|material| material.item == **code)
                .cloned()
                .collect(),
            limits: files
                .limits
                .iter()
                .filter(|limit| limit.item == **code)
                .cloned()
                .collect(),
            needs: Vec::new(),
        };
        ((*code).to_owned(), content)
    };
    codes.iter().map(of).collect()
}

fn by_code(contents: &[(String, Content)]) -> Vec<(&str, &Content)> {
    contents
        .iter()
        .map(|(code, content)| (code.as_str(), content))
        .collect()
}

fn filled(key: &str, value: &str) -> field::Model {
    field::Model {
        application_id: Uuid::nil(),
        key: key.to_owned(),
        value: Value::One(value.to_owned()),
        source: FieldSource::Ask,
        on_record_since: None,
        disputed_for: None,
        on_record: None,
        filled_by: Uuid::nil(),
        filled_at: DateTime::UNIX_EPOCH,
        version: 1,
    }
}

fn way(key: &str, way: Way) -> material::Model {
    material::Model {
        application_id: Uuid::nil(),
        material: key.to_owned(),
        way,
    }
}

/// The record of a firm, and of a project with these answers.
fn record(files: &Files, answers: &Answers) -> Record {
    let since = day("2026-09-01");
    let firm = Firm {
        name: "示例企业一",
        credit_code: "91350100M000100Y43",
        since,
    };
    let works = Works {
        name: "示例项目一",
        since,
        answered: Some((answers, since)),
    };
    on_record(&files.fields, &files.questions, firm, Some(works))
}

struct Case {
    files: Files,
    contents: Vec<(String, Content)>,
    answers: Answers,
    record: Record,
    filled: Vec<field::Model>,
}

impl Case {
    fn of(codes: &[&str], answers: &[(&str, Literal)], filled: Vec<field::Model>) -> Self {
        let files = Files::embedded();
        let answers = answers.iter().cloned();
        let answers: Answers = answers
            .map(|(key, answer)| (key.to_owned(), answer))
            .collect();
        Self {
            contents: contents(&files, codes),
            record: record(&files, &answers),
            answers: counting(&files.questions, &answers),
            files,
            filled,
        }
    }

    fn with<T>(&self, look: impl FnOnce(Vec<Entry<'_>>, Answers, &[(&str, &Content)]) -> T) -> T {
        let items = by_code(&self.contents);
        let (entries, answers) = form(Basis {
            fields: &self.files.fields,
            items: &items,
            answered: &self.answers,
            record: &self.record,
            filled: &self.filled,
            today: day("2026-09-30"),
        });
        look(entries, answers, &items)
    }

    fn asked(&self, key: &str) -> Option<Asked> {
        self.with(|entries, _, _| {
            let mut entries = entries.iter();
            let entry = entries.find(|entry| entry.field.key == key);
            entry.map(|entry| entry.asked)
        })
    }
}

#[test]
fn the_form_of_each_bundle_asks_nothing_twice() {
    let bundles = Files::embedded().bundles;
    for bundle in &bundles {
        let codes: Vec<&str> = bundle.items.iter().map(String::as_str).collect();
        let case = Case::of(&codes, &[], Vec::new());
        case.with(|entries, _, items| {
            let keys: Vec<&str> = entries
                .iter()
                .map(|entry| entry.field.key.as_str())
                .collect();
            let distinct: BTreeSet<&str> = keys.iter().copied().collect();
            assert_eq!(keys.len(), distinct.len(), "{}", bundle.code);
            let materials = materials(items, &Answers::new(), &[], &[]);
            let handed: BTreeSet<&str> = materials.iter().map(|one| one.key.as_str()).collect();
            assert_eq!(handed.len(), materials.len(), "{}", bundle.code);
        });
    }
}

#[test]
fn what_is_on_record_is_shown_and_not_asked() {
    let construction = ("construction", Literal::code("NEW"));
    let case = Case::of(&["R03", "R10"], &[construction], Vec::new());
    for key in [
        "enterprise_name",
        "credit_code",
        "project_name",
        "construction",
    ] {
        assert_eq!(case.asked(key), Some(Asked::OnRecord), "{key}");
    }
    assert_eq!(case.asked("registered_address"), Some(Asked::Required));
    assert_eq!(case.asked("silence_notice"), Some(Asked::Shown));

    // What is disputed is what it should be; what was typed before it was on record does not count.
    let mut other = filled("construction", "EXTENSION");
    other.disputed_for = Some("改为扩建".to_owned());
    let construction = ("construction", Literal::code("NEW"));
    let disputed = Case::of(
        &["R03", "R10"],
        std::slice::from_ref(&construction),
        vec![other.clone()],
    );
    let says = |case: &Case| case.with(|_, answers, _| answers.get("construction").cloned());
    assert_eq!(says(&disputed), Some(Literal::code("EXTENSION")));
    other.disputed_for = None;
    let typed = Case::of(&["R03", "R10"], &[construction], vec![other]);
    assert_eq!(says(&typed), Some(Literal::code("NEW")));
}

#[test]
fn what_an_answer_makes_needless_is_not_asked() {
    let asked = |answers: &[(&str, &str)]| {
        let rows = answers.iter().map(|(key, value)| filled(key, value));
        Case::of(&["R01"], &[], rows.collect())
    };
    assert_eq!(asked(&[]).asked("agent_person"), None);
    let yes = asked(&[("agent_used", "YES")]);
    assert_eq!(yes.asked("agent_person"), Some(Asked::Required));
    let no = asked(&[("agent_used", "NO"), ("agent_person", "代办人")]);
    assert_eq!(no.asked("agent_person"), None);
    let posted = asked(&[("delivery_method", "POST")]);
    assert_eq!(posted.asked("delivery_address"), Some(Asked::Required));
    let limited = asked(&[("company_type", "LLC")]);
    assert_eq!(limited.asked("registered_capital"), Some(Asked::Required));
}

#[test]
fn what_is_computed_decides_which_materials_are_asked() {
    let (area, earth) = (
        ("land_area_m2", Literal::Number(Number::whole(49_999))),
        ("earthwork_m3", Literal::Number(Number::whole(1_000))),
    );
    let land = ("land_source", Literal::code("AUCTION"));
    let works = ("construction", Literal::code("NEW"));
    let soil = ("soil_control_area", Literal::code("YES"));
    let small = [land, area, works, soil, earth];
    let asked = |answers: &[(&str, Literal)]| {
        Case::of(&["R15"], answers, Vec::new()).with(|_, answers, items| {
            let materials = materials(items, &answers, &[], &[]);
            materials.iter().any(|one| one.key == "R15/3")
        })
    };
    assert!(asked(&small), "a form needs the promise");
    let mut large = small;
    large[1].1 = Literal::Number(Number::whole(50_000));
    assert!(!asked(&large), "a report does not");
}

#[test]
fn a_shared_material_may_follow_only_where_each_item_lets_it() {
    let ways = [way("AREA_CALC", Way::Follows)];
    let wrong = |codes: &[&str]| {
        Case::of(codes, &[], Vec::new()).with(|_, answers, items| {
            let materials = materials(items, &answers, &ways, &[]);
            let area = materials.iter().find(|one| one.key == "AREA_CALC");
            area.expect("it is asked").wrong()
        })
    };
    assert_eq!(wrong(&["R09"]), None);
    assert!(matches!(
        wrong(&["R09", "R10"]),
        Some(ApplicationError::CannotFollow { .. })
    ));
}

#[test]
fn a_promise_never_replaces_a_material_of_class_x() {
    let files = Files::embedded();
    let codes: Vec<&str> = files.active().map(|item| item.code.as_str()).collect();
    for code in codes {
        let mut case = Case::of(&[code], &[], Vec::new());
        for material in &mut case.contents[0].1.materials {
            material.tolerance = Tolerance::Promise;
        }
        let is_x = case.contents[0].1.item.silence == Some(SilenceClass::X);
        case.with(|_, answers, items| {
            for one in materials(items, &answers, &[], &[]) {
                assert_eq!(one.may_promise, !is_x, "{code} {}", one.key);
                assert!(!one.may_follow);
            }
        });
    }
}

#[test]
fn everything_that_is_missing_is_told_at_once() {
    let case = Case::of(&["R30"], &[], Vec::new());
    case.with(|entries, answers, items| {
        let handed = materials(items, &answers, &[way("UNION_OPINION", Way::Follows)], &[]);
        let told = missing(&entries, &handed);
        let fields = entries
            .iter()
            .filter(|entry| entry.asked == Asked::Required);
        // The form itself is no file; the opinion follows; the plan of the posts is missing.
        let materials = told
            .iter()
            .filter(|one| matches!(one, ApplicationError::MaterialMissing { .. }));
        assert_eq!(materials.count(), handed.len() - 2);
        assert!(handed.iter().any(|one| one.supply == Supply::Form));
        let told = told.iter().filter(|one| {
            matches!(
                one,
                ApplicationError::Field {
                    wrong: Wrong::Missing,
                    ..
                }
            )
        });
        assert_eq!(told.count(), fields.count());
    });
}

#[test]
fn what_the_catalogue_has_changed_is_told_and_nothing_else() {
    let files = Files::embedded();
    let before = contents(&files, &["R01", "R30"]);
    let before = by_code(&before);
    let old = Side {
        fields: &files.fields,
        items: &before,
    };
    assert!(changes(old, old).is_empty());

    let mut now = contents(&files, &["R01"]);
    now[0].1.materials[1].name = Text::new("章程（新）", "Articles (new)");
    let mut fields = files.fields.clone();
    let asked = fields.iter_mut().find(|field| field.key == "company_type");
    asked.expect("a field").options.pop();
    let items = by_code(&now);
    let new = Side {
        fields: &fields,
        items: &items,
    };
    let told = changes(old, new);
    assert!(matches!(
        told.as_slice(),
        [
            Change::Version { .. },
            Change::Retired { .. },
            Change::Field { .. },
            Change::Material { .. }
        ]
    ));
    // What was attached for the articles before is not taken for others; what items share is the same document.
    let keys = ["R01/2", "PREMISES", "R30/2"].map(str::to_owned);
    assert_eq!(unlike(old, new, keys.iter()), ["R01/2"]);
}

proptest! {
    #[test]
    fn a_form_is_asked_to_its_end(
        chosen in proptest::collection::btree_set(0_usize..32, 1..8),
        typed in proptest::collection::vec((0_usize..120, 0_usize..4), 0..30),
    ) {
        let files = Files::embedded();
        let active: Vec<&str> = files.active().map(|item| item.code.as_str()).collect();
        let codes: Vec<&str> = chosen.iter().map(|place| active[*place]).collect();
        let mut rows: BTreeMap<String, field::Model> = BTreeMap::new();
        for (place, option) in typed {
            let field = &files.fields[place % files.fields.len()];
            let value = match field.options.get(option) {
                Some(option) => option.code.clone(),
                None => ["YES", "NO", "7", "x"][option].to_owned(),
            };
            rows.insert(field.key.clone(), filled(&field.key, &value));
        }
        let case = Case::of(&codes, &[], rows.into_values().collect());
        case.with(|entries, answers, items| {
            let keys: BTreeSet<&str> = entries.iter().map(|entry| entry.field.key.as_str()).collect();
            assert_eq!(keys.len(), entries.len());
            for entry in &entries {
                assert!(entry.items.iter().all(|item| codes.contains(item)));
                if let Required::When(condition) = &entry.field.required
                    && entry.asked == Asked::Required
                {
                    assert_eq!(condition.truth(&answers), Truth::True);
                }
            }
            for one in materials(items, &answers, &[], &[]) {
                assert_ne!(one.asked, Truth::False);
            }
        });
    }
}

#[test]
fn a_statement_with_other_words_is_agreed_to_again() {
    let before = Files::embedded().fields;
    let keys = ["truth_declaration", "registered_capital", "contact_person"].map(str::to_owned);
    let anew = |now: &[FormField]| asked_anew(&before, now, keys.iter());
    assert_eq!(anew(&before), Vec::<String>::new());
    let mut now = before.clone();
    for field in &mut now {
        match field.key.as_str() {
            "truth_declaration" => field.label.zh.push_str("，并承担责任"),
            "registered_capital" => field.unit = Some("元".to_owned()),
            // What a text is called is no part of what was typed.
            "contact_person" => field.label.zh.push_str("姓名"),
            _ => {}
        }
    }
    assert_eq!(anew(&now), ["truth_declaration", "registered_capital"]);

    let files = Files::embedded();
    let contents = contents(&files, &["R01"]);
    let items = by_code(&contents);
    let old = Side {
        fields: &before,
        items: &items,
    };
    let new = Side {
        fields: &now,
        items: &items,
    };
    let told = changes(old, new);
    let names = |key: &str| {
        let label = now
            .iter()
            .find(|field| field.key == key)
            .map(|field| field.label.clone());
        Change::Field {
            label: label.expect("a field"),
        }
    };
    assert!(
        told.contains(&names("truth_declaration")) && told.contains(&names("registered_capital"))
    );
    assert!(!told.contains(&names("contact_person")));
}
