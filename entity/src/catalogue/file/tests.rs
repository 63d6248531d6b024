use super::*;
use crate::{condition::Truth, language::Language};

/// The shipped files with one of them changed.
fn changed(file: &str, change: impl Fn(String) -> Vec<u8>) -> Result<Files, Vec<Fault>> {
    let text = shipped(file).expect("a shipped file");
    let changed = change(String::from_utf8(text).expect("UTF-8"));
    Files::checked(|name| {
        if name == file {
            Some(changed.clone())
        } else {
            shipped(name)
        }
    })
}

/// The same with one value written over; the row as a spreadsheet counts it.
fn written_over(file: &str, row: usize, column: &str, value: &str) -> Result<Files, Vec<Fault>> {
    changed(file, |text| {
        let mut rows: Vec<Vec<String>> = records(&text, ',').map(|record| record.values).collect();
        let place = rows[0]
            .iter()
            .position(|name| name == column)
            .expect("a column");
        assert_ne!(
            rows[row - 1][place],
            value,
            "{file} {row} {column} is no change"
        );
        value.clone_into(&mut rows[row - 1][place]);
        table(&rows)
    })
}

fn table(rows: &[Vec<String>]) -> Vec<u8> {
    let mut table = csv::WriterBuilder::new()
        .flexible(true)
        .from_writer(Vec::new());
    for row in rows {
        table.write_record(row).expect("written");
    }
    table.into_inner().expect("written")
}

#[test]
fn the_shipped_catalogue_has_no_fault() {
    let files = Files::checked(shipped).unwrap_or_else(|faults| panic!("{faults:#?}"));
    assert_eq!(files.founding_faults(), []);
    assert_eq!(files, Files::embedded());
    let counts = [
        files.items.len(),
        files.active().count(),
        files.departments.len(),
        files.materials.len(),
        files.fields.len(),
        files.questions.len(),
        files.needs.len(),
        files.examples.len(),
        files.edges.len(),
        files.bundles.len(),
        files.limits.len(),
        files.guides.len(),
        files.windows.len(),
        files.history.len(),
        files.correction_reasons.len(),
        files.pause_kinds.len(),
        files.silences.len(),
    ];
    assert_eq!(
        counts,
        [
            42, 32, 14, 205, 101, 27, 39, 8, 40, 11, 148, 32, 21, 180, 7, 10, 7
        ]
    );
}

#[test]
fn what_is_written_is_what_was_read() {
    let files = Files::embedded();
    let written = files.write();
    assert_eq!(written.len(), SHIPPED.len());
    for ((file, text), (name, shipped)) in written.iter().zip(SHIPPED) {
        assert_eq!(*file, name);
        for (row, (one, other)) in text.lines().zip(shipped.lines()).enumerate() {
            assert_eq!(one, other, "{file}, row {}", row + 1);
        }
        assert_eq!(text, shipped, "{file}");
    }
    let again = Files::read(|name| {
        let (_, text) = written.iter().find(|(file, _)| *file == name)?;
        Some(text.clone().into_bytes())
    });
    assert_eq!(again, Ok(files));
}

#[test]
fn the_words_of_a_class_are_those_of_its_row() {
    use crate::term::Term;
    for silence in Files::embedded().silences {
        assert_eq!(
            silence.name.in_language(Language::Chinese),
            silence.class.word(Language::Chinese)
        );
        assert_eq!(
            silence.name.in_language(Language::English),
            silence.class.word(Language::English)
        );
    }
}

/// Where a fault is told.
type Place = (&'static str, Option<u32>, Option<&'static str>);

fn place(fault: &Fault) -> Place {
    (fault.file, fault.row, fault.column)
}

/// One wrong value for each rule: file, row, column, what is written there; then where the fault is told.
type Wrong = (
    &'static str,
    usize,
    &'static str,
    &'static str,
    &'static str,
    Option<u32>,
    Option<&'static str>,
);

#[test]
fn a_wrong_value_is_told_where_it_stands() {
    let mut missed = Vec::new();
    // Told where it stands.
    for (file, row, column, value) in [
        (ITEMS, 2, "department_no", "99"),
        (ITEMS, 2, "department_no", "one"),
        (ITEMS, 3, "code", "R01"),
        (ITEMS, 2, "promise_after_wd", ""),
        (ITEMS, 2, "promise_after_wd", "1.5"),
        (ITEMS, 2, "promise_after_wd", "01"),
        (ITEMS, 2, "promise_after_wd", "2"),
        (ITEMS, 2, "materials_after", "5"),
        (ITEMS, 2, "materials_before", "9"),
        (ITEMS, 2, "tacit_class", "T9"),
        (ITEMS, 2, "tacit_class", ""),
        (ITEMS, 2, "status", "GONE"),
        (ITEMS, 34, "status", "REGIONAL"),
        (DEPARTMENTS, 2, "windows", "3"),
        (DEPARTMENTS, 3, "no", "1"),
        (MATERIALS, 2, "item_code", "R99"),
        (MATERIALS, 2, "material_no", "2"),
        (MATERIALS, 2, "form", "PAPER"),
        (MATERIALS, 2, "source", "OTHER_ITEM:R01"),
        (MATERIALS, 2, "source", "NOBODY"),
        (MATERIALS, 2, "in_before", "2"),
        (MATERIALS, 2, "grade", "A"),
        (MATERIALS, 2, "grade", ""),
        (MATERIALS, 2, "tolerance", "SUPPLEMENT"),
        (MATERIALS, 3, "shared_key", "only"),
        (MATERIALS, 3, "shared_key", "ONLY_HERE"),
        (MATERIALS, 3, "condition", "company_type = "),
        (MATERIALS, 3, "condition", "no_such_key = YES"),
        (MATERIALS, 3, "condition", "special_fire_design = YES"),
        (MATERIALS, 3, "name_zh", "articles"),
        (MATERIALS, 3, "name_zh", "公司章程,副本"),
        (MATERIALS, 3, "name_zh", "公司章程（副本"),
        (MATERIALS, 3, "name_en", "章程"),
        (MATERIALS, 3, "note", "没有英文"),
        (FIELDS, 3, "key", "enterprise_name"),
        (FIELDS, 3, "key", "Credit"),
        (FIELDS, 3, "kind", "CODE"),
        (FIELDS, 3, "options", "A:甲:alpha"),
        (FIELDS, 3, "unit", "年"),
        (FIELDS, 3, "required", "new_enterprise = MAYBE"),
        (FIELDS, 3, "required", "soil_plan_kind = FORM"),
        (FIELDS, 3, "source", "NOWHERE"),
        (FIELDS, 3, "bounds", "18..1"),
        (FIELDS, 3, "bounds", ""),
        (FIELDS, 3, "items", "R02 R01"),
        (FIELDS, 3, "items", "R99"),
        (FIELDS, 3, "items", ""),
        (QUESTIONS, 2, "kind", "TEXT"),
        (QUESTIONS, 2, "ask_when", "new_enterprise = YES"),
        (
            QUESTIONS,
            3,
            "ask_when",
            "new_enterprise = YES or new_enterprise = NO",
        ),
        (QUESTIONS, 3, "ask_when", "new_enterprise > NO"),
        (QUESTIONS, 3, "key", "new_enterprise"),
        (QUESTIONS, 6, "unit", ""),
        (NEEDS, 2, "item_code", "D01"),
        (NEEDS, 2, "condition", ""),
        (
            NEEDS,
            2,
            "condition",
            "new_enterprise = YES and new_enterprise = NO",
        ),
        (NEEDS, 2, "condition", "registration_change = YES"),
        (NEEDS, 2, "condition", "new_enterprise = 3"),
        (NEEDS, 2, "basis", "article 3"),
        (NEEDS, 3, "reason_zh", "新设立企业，应当申请设立登记。"),
        (EXAMPLES, 2, "answers", "new_enterprise=MAYBE"),
        (EXAMPLES, 2, "answers", "new_enterprise"),
        (EXAMPLES, 2, "answers", "no_such=YES"),
        (EXAMPLES, 2, "expected_items", "R01 R20"),
        (EXAMPLES, 2, "expected_open", "R05"),
        (EDGES, 2, "before_code", "R99"),
        (EDGES, 2, "after_code", "R03"),
        (EDGES, 2, "kind", "MAYBE"),
        (EDGES, 2, "note", "别的材料 / another paper"),
        (EDGES, 3, "after_code", "R05"),
        (BUNDLES, 2, "item_codes", "R99"),
        (BUNDLES, 2, "item_codes", ""),
        (BUNDLES, 2, "item_codes", "R02"),
        (BUNDLES, 2, "promised_wd", "2"),
        (BUNDLES, 6, "promised_wd", "20"),
        (BUNDLES, 2, "joint_limit_wd", "60"),
        (BUNDLES, 2, "extension_by", "HEAD_OF_BODY"),
        (BUNDLES, 2, "condition", "new_enterprise = PERHAPS"),
        (LIMITS, 2, "item_code", "R33"),
        (LIMITS, 2, "limit", "6"),
        (LIMITS, 2, "limit", "0"),
        (LIMITS, 2, "unit", "HOUR"),
        (LIMITS, 2, "start_event", "ACCEPTED"),
        (LIMITS, 2, "extension_by", "HEAD_OF_BODY"),
        (LIMITS, 3, "clock", "NOTICE"),
        (LIMITS, 5, "limit", "9"),
        (LIMITS, 5, "unit", "CALENDAR_DAY"),
        (LIMITS, 5, "start_event", "ACCEPTED"),
        (LIMITS, 2, "article", ""),
        (LIMITS, 2, "mark", "Z"),
        (LIMITS, 2, "condition", "nothing = YES"),
        (
            GUIDES,
            2,
            "promise_zh",
            "承诺自收到申请材料之日起9个工作日内办结。",
        ),
        (GUIDES, 2, "promise_en", "Promised within 9 working days."),
        (GUIDES, 2, "time_limit_zh", "没有期限。"),
        (GUIDES, 2, "supervise_en", "Complain somewhere."),
        (GUIDES, 2, "remedies_zh", "没有救济途径。"),
        (GUIDES, 2, "fee_zh", "每件100元。"),
        (GUIDES, 2, "fee_basis", ""),
        (GUIDES, 2, "outcomes", "GRANTED:准予登记:registered"),
        (GUIDES, 2, "outcomes", "MAYBE:也许:perhaps"),
        (GUIDES, 2, "validity_kind", "FOREVER"),
        (GUIDES, 3, "result_name_zh", "营业执照"),
        (WINDOWS, 2, "window_no", "1"),
        (WINDOWS, 2, "window_no", "02"),
        (WINDOWS, 2, "department_no", "15"),
        (WINDOWS, 3, "item_codes", "R04 R05"),
        (WINDOWS, 2, "item_codes", "R03 R04 R06"),
        (WINDOWS, 2, "a_post_zh", "张三"),
        (WINDOWS, 2, "b_post_zh", "窗口01 后备代表"),
        (HISTORY, 2, "item_code", "R77"),
        (HISTORY, 3, "attribute", "FEES"),
        (HISTORY, 3, "value", "three"),
        (HISTORY, 3, "effective_from", "2012-04-31"),
        (HISTORY, 3, "effective_to", "2010-01-01"),
        (HISTORY, 4, "effective_from", "2012-04-15"),
        (HISTORY, 4, "effective_to", "2020-01-01"),
        (HISTORY, 4, "successor", "R99"),
        (CORRECTION_REASONS, 2, "visible_first_time", "yes"),
        (CORRECTION_REASONS, 3, "code", "DOCUMENT"),
        (PAUSE_KINDS, 2, "cap_wd", "0"),
        (PAUSE_KINDS, 2, "only_items", "R99"),
        (PAUSE_KINDS, 2, "written_notice", "0"),
        (SILENCES, 2, "effect", "DEEMED_GRANTED"),
        (SILENCES, 2, "two_persons", "1"),
        (SILENCES, 3, "code", "T0"),
    ] {
        let faults = written_over(file, row, column, value)
            .err()
            .unwrap_or_default();
        let there = (file, u32::try_from(row).ok(), Some(column));
        if !faults.iter().any(|fault| place(fault) == there) {
            missed.push((there, value, faults.iter().map(place).collect::<Vec<_>>()));
        }
        for fault in faults {
            assert!(!fault.reason.zh.is_empty() && !fault.reason.en.is_empty());
        }
    }
    // Told where it is found.
    let elsewhere: [Wrong; 7] = [
        (
            QUESTIONS,
            2,
            "kind",
            "ONE_OF",
            QUESTIONS,
            Some(2),
            Some("options"),
        ),
        (
            ITEMS,
            2,
            "status",
            "CANCELLED",
            NEEDS,
            Some(2),
            Some("item_code"),
        ),
        (
            ITEMS,
            2,
            "department_no",
            "9",
            WINDOWS,
            Some(14),
            Some("item_codes"),
        ),
        (EDGES, 7, "before_code", "R20", EDGES, Some(7), Some("note")),
        (
            WINDOWS,
            2,
            "item_codes",
            "R03",
            ITEMS,
            Some(5),
            Some("code"),
        ),
        (NEEDS, 2, "item_code", "R02", NEEDS, None, None),
        (GUIDES, 2, "item_code", "R02", GUIDES, None, None),
    ];
    for (file, row, column, value, at, told_row, told_column) in elsewhere {
        let faults = written_over(file, row, column, value)
            .err()
            .unwrap_or_default();
        let there = (at, told_row, told_column);
        if !faults.iter().any(|fault| place(fault) == there) {
            missed.push((there, value, faults.iter().map(place).collect::<Vec<_>>()));
        }
    }
    assert!(missed.is_empty(), "{missed:#?}");
}

#[test]
fn a_circle_is_told() {
    let faults = changed(EDGES, |text| {
        format!("{text}R28,R03,LAW,,倒过来 / the other way round\n").into_bytes()
    })
    .expect_err("refused");
    assert_eq!(faults.len(), 1, "{faults:#?}");
    assert_eq!((faults[0].file, faults[0].row), (EDGES, None));
    assert!(faults[0].value.contains("R28"));
}

#[test]
fn the_shape_of_a_file_is_told() {
    let told = |change: &dyn Fn(String) -> Vec<u8>| {
        let faults = changed(EDGES, change).expect_err("refused");
        let found: Vec<Place> = faults.iter().map(place).collect();
        assert!(
            found.iter().all(|(file, _, _)| *file == EDGES),
            "{faults:#?}"
        );
        found
    };
    let whole = (EDGES, None, None);
    assert_eq!(
        told(&|text| format!("\u{feff}{text}").into_bytes()),
        [whole]
    );
    assert_eq!(
        told(&|text| text.replace('\n', "\r\n").into_bytes()),
        [whole]
    );
    assert_eq!(told(&|text| text.trim_end().as_bytes().to_vec()), [whole]);
    assert_eq!(
        told(&|text| text.replacen("kind", "type", 1).into_bytes()),
        [(EDGES, Some(1), None)]
    );
    assert_eq!(
        told(&|text| text.replacen("R03,R05,MATERIAL", "R03,R05", 1).into_bytes()),
        [(EDGES, Some(2), None)]
    );
    assert_eq!(
        told(&|text| text.replacen("R03,R05", "R03 ,R05", 1).into_bytes()),
        [(EDGES, Some(2), Some("before_code"))]
    );
    assert_eq!(
        told(&|text| text.replacen("R03,R05", "R03,\"R05", 1).into_bytes()),
        [(EDGES, Some(2), Some("after_code"))]
    );
    assert_eq!(
        told(&|text| {
            let mut bytes = text.into_bytes();
            let end = bytes
                .iter()
                .position(|byte| *byte == b'\n')
                .expect("a header");
            bytes[end + 1] = 0xff;
            bytes
        }),
        [(EDGES, Some(2), None)]
    );
    assert_eq!(told(&|_| vec![b'a'; LARGEST + 1]), [whole]);
    let faults = Files::read(|_| None).expect_err("nothing is there");
    assert_eq!(faults.len(), SHIPPED.len());
}

#[test]
fn no_file_is_told_without_end() {
    let faults = changed(EDGES, |text| {
        let mut many = text;
        for _ in 0..MOST_ROWS + 5 {
            many.push_str("R03,R05,NONE,x\n");
        }
        many.into_bytes()
    })
    .expect_err("refused");
    assert_eq!(faults.len(), MOST_FAULTS);
    let long = "长".repeat(LONGEST_VALUE + 1);
    let faults = written_over(NEEDS, 2, "basis", &long).expect_err("refused");
    assert_eq!(faults.len(), 1);
    assert_eq!(faults[0].value.chars().count(), LONGEST_SHOWN);
}

#[test]
fn a_fault_of_one_file_hides_none_of_another() {
    let faults = Files::checked(|name| {
        let text = String::from_utf8(shipped(name)?).expect("UTF-8");
        Some(
            match name {
                EDGES => text.replacen("MATERIAL", "MAYBE", 1),
                WINDOWS => text.replacen("窗口01 首席代表", "窗口01 张三", 1),
                SILENCES => text.replacen("DEEMED_ACCEPTED,0", "DEEMED_ACCEPTED,2", 1),
                CORRECTION_REASONS => text.replacen("DOCUMENT", "FEE", 1),
                _ => text,
            }
            .into_bytes(),
        )
    })
    .expect_err("refused");
    let files: BTreeSet<&str> = faults.iter().map(|fault| fault.file).collect();
    assert_eq!(
        files,
        BTreeSet::from([EDGES, WINDOWS, SILENCES]),
        "{faults:#?}"
    );
}

#[test]
fn the_examples_are_decided_as_expected() {
    let files = Files::embedded();
    for example in &files.examples {
        let needed = rules::needs(&files.needs, &example.answers());
        let of = |truth| {
            let mut codes: Vec<&str> = needed
                .iter()
                .filter(|one| one.truth == truth)
                .map(|one| one.item)
                .collect();
            codes.sort_unstable();
            codes
        };
        assert_eq!(of(Truth::True), example.expected_items, "{}", example.code);
        assert_eq!(of(Truth::Open), example.expected_open, "{}", example.code);
    }
}
