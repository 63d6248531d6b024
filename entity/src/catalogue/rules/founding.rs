//! What the founding text and its tables promise of the first catalogue: 42 items became 32, and by how much they became shorter.
//! A park that changes its catalogue later keeps the other rules, not these.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::{
    BUNDLES, CORRECTION_REASONS, EDGES, EXAMPLES, FIELDS, GUIDES, HISTORY, ITEMS, LIMITS, NEEDS,
    PAUSE_KINDS, Told, WINDOWS, active,
    compression::{CRITICAL_PATH, compression},
    joint, needs, numbers,
    reach::Reach,
};
use crate::{
    catalogue::{Authority, Clock, Fault, FieldKind, Files, LimitUnit, Scope, ValidityKind},
    condition::Truth,
    term::Term,
};

/// The last day of the former catalogue and the first day of the present one.
pub const REFORM: (NaiveDate, NaiveDate) = match (
    NaiveDate::from_ymd_opt(2012, 4, 13),
    NaiveDate::from_ymd_opt(2012, 4, 14),
) {
    (Some(before), Some(after)) => (before, after),
    _ => panic!("both are days"),
};

/// Items of which a project needs one at most.
const EXCLUSIVE: [(&str, &str); 8] = [
    ("R01", "R02"),
    ("R03", "R04"),
    ("R11", "R12"),
    ("R11", "R13"),
    ("R12", "R13"),
    ("R11", "R14"),
    ("R12", "R14"),
    ("R13", "R14"),
];

/// A project that needs the first needs the second, too.
const IMPLIED: [(&str, &str); 13] = [
    ("R06", "R04"),
    ("R06", "R08"),
    ("R07", "R08"),
    ("R08", "R07"),
    ("R09", "R10"),
    ("R19", "R26"),
    ("R22", "R19"),
    ("R22", "R10"),
    ("R25", "R10"),
    ("R27", "R20"),
    ("R27", "R25"),
    ("R27", "R26"),
    ("R28", "R25"),
];

/// Bundles that the founding text names.
const BUNDLED: [&str; 6] = [
    "企业开办",
    "投资项目备案与节能",
    "拿地即开工",
    "施工许可一件事",
    "竣工联合验收与",
    "投产准备",
];

/// Reasons of corrections, and whether they can be seen the first time.
const REASONS: [(&str, bool); 7] = [
    ("DOCUMENT", true),
    ("FEE", true),
    ("DESCRIPTION", true),
    ("BOUNDARY", false),
    ("OWNERSHIP", false),
    ("SIGNATURE", true),
    ("OTHER", false),
];

/// Kinds of pauses, and the items for which alone they exist.
const PAUSES: [(&str, &[&str]); 10] = [
    ("HEARING", &[]),
    ("BID", &[]),
    ("AUCTION", &[]),
    ("INSPECT", &[]),
    ("TEST", &[]),
    ("QUARANTINE", &[]),
    ("APPRAISE", &[]),
    ("EXPERT", &[]),
    ("EVALUATION", &["R04", "R05"]),
    ("CONSULT", &["R16"]),
];

impl Files {
    /// Everything in which the catalogue is not the one that the founding text promises. Asked of a catalogue without other faults.
    pub fn founding_faults(&self) -> Vec<Fault> {
        let mut told = Told::default();
        figures(self, &mut told);
        projects(self, &mut told);
        clocks(self, &mut told);
        lists(self, &mut told);
        told.faults
    }
}

/// 42 to 32 items, 406 to 179 promised working days (-55.9 %), 118 to 47 on the critical path (-60.2 %), 201 to 116 materials (-42.3 %).
fn figures(files: &Files, told: &mut Told) {
    let (before, after) = REFORM;
    let found = compression(&files.history, &CRITICAL_PATH, before, after);
    for (figure, zh, en, expected, cut) in [
        (&found.items, "事项", "Items", (42, 32), None),
        (
            &found.promises,
            "承诺工作日合计",
            "Promised working days",
            (406, 179),
            Some(559),
        ),
        (
            &found.critical_path,
            "关键路径工作日",
            "Working days of the critical path",
            (118, 47),
            Some(602),
        ),
        (
            &found.materials,
            "申报材料",
            "Materials",
            (201, 116),
            Some(423),
        ),
    ] {
        let said = (figure.before, figure.after);
        if said != expected || cut.is_some_and(|cut| figure.cut_permille() != Some(cut)) {
            told.file(
                HISTORY,
                format!("{} -> {}", said.0, said.1),
                (
                    format!("{zh}应当从{}减为{}", expected.0, expected.1),
                    format!("{en}: {} must become {}", expected.0, expected.1),
                ),
            );
        }
    }
    for (index, item) in files.items.iter().enumerate() {
        let of = |figure: &super::Figure<'_>| {
            let row = figure.rows.iter().find(|row| row.item == item.code)?;
            row.before.map(super::compression::value)
        };
        for (column, said, figure) in [
            ("promise_before_wd", item.promise_before, &found.promises),
            ("materials_before", item.materials_before, &found.materials),
        ] {
            if said.map(u32::from) != of(figure) {
                told.cell(
                    (ITEMS, index),
                    column,
                    &item.code,
                    (
                        format!("与{HISTORY}中改革前的值不一致"),
                        format!("Differs from what {HISTORY} says of before the reform"),
                    ),
                );
            }
        }
    }
    if files.windows.len() != 21 {
        told.file(
            WINDOWS,
            files.windows.len(),
            ("应当有21个窗口", "There are 21 windows"),
        );
    }
}

/// Which items go together, and the examples that show it.
fn projects(files: &Files, told: &mut Told) {
    let joint = joint(files);
    let reach = Reach::new(files);
    for (one, two, wanted) in EXCLUSIVE
        .into_iter()
        .map(|(one, two)| (one, two, Truth::True))
        .chain(
            IMPLIED
                .into_iter()
                .map(|(one, two)| (one, two, Truth::False)),
        )
    {
        let (Some(first), Some(second)) = (joint.get(one), joint.get(two)) else {
            continue;
        };
        let hit = reach.possible(&[first, second], |answers| {
            first.truth(answers) == Truth::True && second.truth(answers) == wanted
        });
        if hit != Ok(false) {
            told.file(
                NEEDS,
                format!("{one} {two}"),
                if wanted == Truth::True {
                    (
                        format!("{one} 和 {two} 不能同时需要"),
                        format!("{one} and {two} can both be needed"),
                    )
                } else {
                    (
                        format!("需要 {one} 时必须需要 {two}"),
                        format!("{one} can be needed without {two}"),
                    )
                },
            );
        }
    }
    for (index, need) in files.needs.iter().enumerate() {
        for truth in [Truth::True, Truth::False] {
            let shown = files
                .examples
                .iter()
                .any(|example| need.condition.truth(&example.answers()) == truth);
            if !shown {
                told.cell(
                    (NEEDS, index),
                    "condition",
                    &need.condition,
                    (
                        format!("没有一个示例项目使它{}", truth.text().zh),
                        format!("No example makes it {}", truth.code()),
                    ),
                );
            }
        }
    }
    let complete = files
        .examples
        .iter()
        .filter(|one| one.expected_open.is_empty());
    if complete.count() < 6 {
        told.file(
            EXAMPLES,
            "",
            ("完整的示例项目少于6个", "Fewer than six complete examples"),
        );
    }
    let walks = files.examples.iter().any(|example| {
        let answers = example.answers();
        let needed: BTreeSet<&str> = needs::needs(&files.needs, &answers)
            .into_iter()
            .filter(|needed| needed.truth == Truth::True)
            .map(|needed| needed.item)
            .collect();
        CRITICAL_PATH.iter().all(|code| needed.contains(code))
    });
    if !walks {
        told.file(
            EXAMPLES,
            "",
            (
                "没有一个示例项目走完关键路径",
                "No example walks the critical path",
            ),
        );
    }
    let place = |code: &str| CRITICAL_PATH.iter().position(|one| *one == code);
    for (index, edge) in files.edges.iter().enumerate() {
        if let Some((before, after)) = place(&edge.before).zip(place(&edge.after))
            && before >= after
        {
            told.cell(
                (EDGES, index),
                "after_code",
                &edge.after,
                (
                    "与关键路径的先后相反",
                    "The critical path has them the other way round",
                ),
            );
        }
    }
}

/// What the laws of these items say of their clocks.
fn clocks(files: &Files, told: &mut Told) {
    let active = active(files);
    for (index, limit) in files.limits.iter().enumerate() {
        let Some((_, item)) = active.get(limit.item.as_str()) else {
            continue;
        };
        let code = item.code.as_str();
        let at = (LIMITS, index);
        let said = numbers(&item.statutory_limit).contains(&u32::from(limit.limit));
        let wrong = match limit.clock {
            Clock::Notice => {
                let law = match code {
                    "R01" | "R02" | "R18" => 3,
                    "R28" => 0,
                    _ => 5,
                };
                limit.limit != law
            }
            Clock::Delivery => !matches!(limit.limit, 0 | 10),
            Clock::Statutory => {
                limit.condition.is_none()
                    && limit.unit != LimitUnit::OnTheSpot
                    && !item.statutory_limit.contains("inside")
                    && !said
            }
            Clock::Extension | Clock::ExpertCap => {
                code != "R18" && !said && !matches!((code, limit.limit), ("R25" | "R09", 10))
            }
            Clock::Promised => false,
        };
        if wrong {
            told.cell(
                at,
                "limit",
                limit.limit,
                (
                    format!("与{ITEMS}中的法定期限“{}”不一致", item.statutory_limit),
                    format!("Not what {ITEMS} says of the law: {}", item.statutory_limit),
                ),
            );
        }
        if limit.clock == Clock::Extension
            && code != "R18"
            && limit.extension_by != Some(Authority::HeadOfBody)
        {
            told.cell(
                at,
                "extension_by",
                limit.extension_by.map_or("", Term::code),
                ("由本机关负责人批准延长", "The head of the body extends"),
            );
        }
    }
    for (index, guide) in files.guides.iter().enumerate() {
        let Some(validity) = guide
            .validity
            .filter(|one| one.kind == ValidityKind::FixedTerm)
        else {
            continue;
        };
        let law = match guide.item.as_str() {
            "R16" => 45,
            "R18" => 60,
            _ => 30,
        };
        if validity.renewal_before != Some(law) {
            told.cell(
                (GUIDES, index),
                "renewal_before_wd",
                validity.renewal_before.unwrap_or_default(),
                (
                    format!("应当提前{law}个工作日申请延续"),
                    format!("It is renewed {law} working days before its end"),
                ),
            );
        }
    }
}

/// What the lists hold.
fn lists(files: &Files, told: &mut Told) {
    let active = active(files);
    let mut own: BTreeMap<&str, usize> = BTreeMap::new();
    for field in &files.fields {
        if let Scope::Items(items) = &field.items {
            for item in items {
                *own.entry(item).or_default() += 1;
            }
        }
    }
    for code in active.keys() {
        if own.get(code).copied().unwrap_or_default() < 4 {
            told.file(
                FIELDS,
                code,
                (
                    format!("{code} 自己的字段少于4个"),
                    format!("{code} has fewer than four fields of its own"),
                ),
            );
        }
    }
    for kind in FieldKind::ALL {
        if files.fields.iter().all(|field| field.kind != kind) {
            told.file(
                FIELDS,
                kind.code(),
                ("没有字段使用这一类型", "No field is of this kind"),
            );
        }
    }
    for (index, bundle) in files.bundles.iter().enumerate() {
        if bundle.code != format!("B{:02}", index + 1) {
            told.cell(
                (BUNDLES, index),
                "code",
                &bundle.code,
                (
                    format!("应当是B{:02}", index + 1),
                    format!("Expected is B{:02}", index + 1),
                ),
            );
        }
        let has = |code: &str| bundle.items.iter().any(|item| item == code);
        for (one, two) in EXCLUSIVE {
            if has(one) && has(two) {
                told.cell(
                    (BUNDLES, index),
                    "item_codes",
                    format!("{one} {two}"),
                    ("两个事项互相排斥", "The two items exclude each other"),
                );
            }
        }
    }
    for name in BUNDLED {
        if files
            .bundles
            .iter()
            .all(|bundle| !bundle.name.zh.contains(name))
        {
            told.file(
                BUNDLES,
                name,
                (
                    format!("没有“{name}”"),
                    format!("There is no bundle {name}"),
                ),
            );
        }
    }
    let reasons: BTreeSet<(&str, bool)> = files
        .correction_reasons
        .iter()
        .map(|one| (one.code.as_str(), one.visible_first_time))
        .collect();
    if reasons != BTreeSet::from(REASONS) {
        told.file(
            CORRECTION_REASONS,
            "",
            (
                "原因或者“可以一次发现”与规定不同",
                "The reasons, or whether they can be seen the first time, are other ones",
            ),
        );
    }
    let pauses: BTreeMap<&str, Vec<&str>> = files
        .pause_kinds
        .iter()
        .map(|one| {
            (
                one.code.as_str(),
                one.only_items.iter().map(String::as_str).collect(),
            )
        })
        .collect();
    let listed: BTreeMap<&str, Vec<&str>> = PAUSES
        .into_iter()
        .map(|(code, items)| (code, items.to_vec()))
        .collect();
    if pauses != listed {
        told.file(
            PAUSE_KINDS,
            "",
            (
                "种类或者适用事项与规定不同",
                "The kinds of pauses, or their items, are other ones",
            ),
        );
    }
}
