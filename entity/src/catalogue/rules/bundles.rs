//! Bundles: several items as one matter.

use std::collections::BTreeSet;

use super::{
    BUNDLES, Told, active, joint,
    order::longest,
    questions::sound,
    reach::{Reach, TOO_MANY},
};
use crate::{
    catalogue::{Authority, Bundle, Edge, EdgeKind, Files},
    condition::{Condition, Truth},
    term::Term,
};

/// The joint limit of the law and what may be added to it, in working days (许可法 42).
const JOINT_LIMIT: u16 = 45;
const JOINT_EXTENSION: u16 = 15;

/// Each item of a bundle can be needed under its condition, and its promise can be kept and is worth something.
pub fn bundles(files: &Files, told: &mut Told) {
    let active = active(files);
    let kinds = files.question_kinds();
    let joint = joint(files);
    let reach = Reach::new(files);
    let rows = || files.bundles.iter();
    told.unique(BUNDLES, "code", rows().map(|one| one.code.as_str()));
    told.unique(BUNDLES, "name_zh", rows().map(|one| one.name.zh.as_str()));
    told.unique(BUNDLES, "name_en", rows().map(|one| one.name.en.as_str()));
    let codes: Vec<String> = rows().map(|one| one.items.join(" ")).collect();
    told.unique(BUNDLES, "item_codes", codes.iter().map(String::as_str));
    let conditions_sound = sound(files)
        && (files.needs.iter().map(|need| &need.condition))
            .chain(
                files
                    .edges
                    .iter()
                    .filter_map(|edge| edge.condition.as_ref()),
            )
            .all(|condition| condition.faults(&kinds).is_empty());
    for (index, bundle) in files.bundles.iter().enumerate() {
        let at = (BUNDLES, index);
        let before = told.faults.len();
        if bundle.items.is_empty() {
            told.cell(
                at,
                "item_codes",
                "",
                ("至少有一个事项", "A bundle has an item"),
            );
        }
        told.sorted(at, "item_codes", &bundle.items, &active);
        if let Some(condition) = &bundle.condition {
            told.typed(at, "condition", condition, &kinds);
        }
        let joint_wrong = [
            ("joint_limit_wd", bundle.joint_limit, JOINT_LIMIT),
            (
                "joint_extension_wd",
                bundle.joint_extension,
                JOINT_EXTENSION,
            ),
        ];
        for (column, said, law) in joint_wrong {
            if said != law {
                told.cell(at, column, said, (
                    format!("联合办理的法定期限是{JOINT_LIMIT}个工作日，可以延长{JOINT_EXTENSION}个工作日"),
                    format!("The joint limit of the law is {JOINT_LIMIT} working days, {JOINT_EXTENSION} more by extension"),
                ));
            }
        }
        if bundle.extension_by != Authority::HeadOfGovernment {
            told.cell(
                at,
                "extension_by",
                bundle.extension_by.code(),
                (
                    "联合办理由本级人民政府负责人批准延长",
                    "The head of the government extends the joint limit",
                ),
            );
        }
        if told.faults.len() > before || !conditions_sound {
            continue;
        }
        needed(at, bundle, &joint, &reach, told);
        let days = |code: &str| {
            let promise = active.get(code).and_then(|(_, item)| item.promise_after);
            u32::from(promise.unwrap_or_default())
        };
        let codes: BTreeSet<&str> = bundle.items.iter().map(String::as_str).collect();
        let mut edges: Vec<&Edge> = Vec::new();
        for edge in &files.edges {
            if edge.kind == EdgeKind::Start
                || !codes.contains(edge.before.as_str())
                || !codes.contains(edge.after.as_str())
            {
                continue;
            }
            match together(&reach, bundle.condition.as_ref(), edge.condition.as_ref()) {
                Some(true) => edges.push(edge),
                Some(false) => {}
                None => told.cell(
                    at,
                    "condition",
                    edge.condition
                        .iter()
                        .map(Condition::to_string)
                        .collect::<String>(),
                    TOO_MANY,
                ),
            }
        }
        let promised = u32::from(bundle.promised);
        let each = codes.iter().map(|code| days(code));
        let (most, sum) = (each.clone().max().unwrap_or(0), each.sum::<u32>());
        let chain = longest(&codes, &edges, days).unwrap_or(most);
        let least = most.max(chain);
        let highest = sum.min(u32::from(JOINT_LIMIT));
        if promised < least || promised > highest {
            told.cell(at, "promised_wd", promised, (
                format!("承诺应当不少于{least}个工作日（最长的事项和最长的先后链），不超过{highest}个工作日（各事项之和与联合期限）"),
                format!("The promise is at least {least} (the longest item and the longest chain) and at most {highest} working days (the sum of the items and the joint limit)"),
            ));
        }
    }
}

fn needed(
    at: (&'static str, usize),
    bundle: &Bundle,
    joint: &std::collections::BTreeMap<&str, Condition>,
    reach: &Reach<'_>,
    told: &mut Told,
) {
    for code in &bundle.items {
        let possible = together(reach, bundle.condition.as_ref(), joint.get(code.as_str()));
        match possible {
            Some(true) => {}
            None => told.cell(at, "condition", code, TOO_MANY),
            Some(false) => told.cell(
                at,
                "item_codes",
                code,
                (
                    format!("在一件事的条件下，永远不需要 {code}"),
                    format!("{code} can never be needed under the bundle's condition"),
                ),
            ),
        }
    }
}

/// Whether both can hold at once; always where one has no condition. None when there are too many answers to try.
fn together(reach: &Reach<'_>, one: Option<&Condition>, two: Option<&Condition>) -> Option<bool> {
    let (Some(one), Some(two)) = (one, two) else {
        return Some(true);
    };
    let both = |answers: &_| one.truth(answers) == Truth::True && two.truth(answers) == Truth::True;
    reach.possible(&[one, two], both).ok()
}
