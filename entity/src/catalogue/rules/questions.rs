//! Questions about a project, and the items that it needs for its answers.

use std::collections::HashMap;

use super::{
    NEEDS, QUESTIONS, Told, active,
    fields::KEY,
    reach::{Reach, TOO_MANY},
};
use crate::{
    catalogue::{FieldKind, Files, Need},
    condition::{Kinds, Truth, is_key},
    term::Term,
};

/// Questions can be answered, and each is asked for some answers and not asked for others, unless it is always asked.
pub fn questions(files: &Files, told: &mut Told) {
    let rows = || files.questions.iter();
    told.unique(QUESTIONS, "key", rows().map(|one| one.key.as_str()));
    told.unique(
        QUESTIONS,
        "question_zh",
        rows().map(|one| one.question.zh.as_str()),
    );
    let mut kinds = Kinds::new();
    let before = told.faults.len();
    for (index, question) in files.questions.iter().enumerate() {
        let at = (QUESTIONS, index);
        if !is_key(&question.key) {
            told.cell(at, "key", &question.key, KEY);
        }
        let counted = matches!(
            question.kind,
            FieldKind::Number | FieldKind::Money | FieldKind::AreaM2
        );
        if !counted && !matches!(question.kind, FieldKind::YesNo | FieldKind::OneOf) {
            told.cell(
                at,
                "kind",
                question.kind.code(),
                (
                    "项目问题只能是是否、单选、数字、金额或者面积",
                    "A question is yes or no, one of several, a number, money or an area",
                ),
            );
        }
        if question.options.is_empty() == (question.kind == FieldKind::OneOf) {
            told.cell(
                at,
                "options",
                question.kind.code(),
                (
                    "单选必须有选项，其他类型没有选项",
                    "One of several has options, other kinds have none",
                ),
            );
        }
        if question.unit.is_some() != counted {
            told.cell(
                at,
                "unit",
                question.unit.as_deref().unwrap_or_default(),
                (
                    "数字、金额和面积必须有单位，其他类型没有单位",
                    "Numbers, money and areas have a unit, other kinds have none",
                ),
            );
        }
        if let Some(condition) = &question.ask_when {
            told.typed(at, "ask_when", condition, &kinds);
        }
        let kind = question.kind.of_condition(&question.options);
        kinds.insert(question.key.clone(), kind);
    }
    if told.faults.len() > before {
        return;
    }
    let reach = Reach::new(files);
    for (index, question) in files.questions.iter().enumerate() {
        let Some(condition) = &question.ask_when else {
            continue;
        };
        let at = (QUESTIONS, index);
        match reach.values(condition) {
            Err(_) => told.cell(at, "ask_when", condition, TOO_MANY),
            Ok(values) => decided(told, at, "ask_when", condition, &values),
        }
    }
}

/// Every item has a reason, and every reason holds for some complete sets of answers and not for others.
pub fn needs(files: &Files, told: &mut Told) {
    let before = told.faults.len();
    reasons(files, told);
    if told.faults.len() == before {
        reached(files, told, |_| true);
    }
}

/// The reasons of one item are right in themselves, and hold for some complete sets of answers and not for others.
pub fn needs_of(files: &Files, told: &mut Told, item: &str) {
    reasons(files, told);
    let kinds = files.question_kinds();
    reached(files, told, |need| {
        need.item == item && need.condition.faults(&kinds).is_empty()
    });
}

/// Every item has a reason, and each is said once and speaks of questions.
fn reasons(files: &Files, told: &mut Told) {
    let active = active(files);
    let kinds = files.question_kinds();
    let rows = || files.needs.iter();
    told.unique(
        NEEDS,
        "reason_zh",
        rows().map(|need| need.reason.zh.as_str()),
    );
    told.unique(
        NEEDS,
        "reason_en",
        rows().map(|need| need.reason.en.as_str()),
    );
    let mut seen = HashMap::new();
    for (index, need) in files.needs.iter().enumerate() {
        let at = (NEEDS, index);
        told.active(at, "item_code", &need.item, &active);
        told.typed(at, "condition", &need.condition, &kinds);
        let first = *seen.entry((&need.item, &need.condition)).or_insert(index);
        if first != index {
            told.cell(
                at,
                "condition",
                &need.condition,
                (
                    format!("与第{}行相同", first + 2),
                    format!("The same as row {}", first + 2),
                ),
            );
        }
    }
    for (code, (_, item)) in &active {
        if rows().all(|need| need.item != *code) {
            told.file(
                NEEDS,
                code,
                (
                    format!("没有说明什么项目需要“{}”", item.name.zh),
                    format!("Nothing says which project needs {}", item.name.en),
                ),
            );
        }
    }
}

/// These reasons hold for some complete sets of answers and not for others.
fn reached(files: &Files, told: &mut Told, such: impl Fn(&Need) -> bool) {
    if !sound(files) {
        return;
    }
    let reach = Reach::new(files);
    let rows = files.needs.iter().enumerate();
    for (index, need) in rows.filter(|(_, need)| such(need)) {
        let at = (NEEDS, index);
        match reach.values(&need.condition) {
            Err(_) => told.cell(at, "condition", &need.condition, TOO_MANY),
            Ok(values) => decided(told, at, "condition", &need.condition, &values),
        }
    }
}

/// Whether the questions can be answered at all: their own faults are told by their rule.
pub fn sound(files: &Files) -> bool {
    let mut kinds = Kinds::new();
    files.questions.iter().all(|question| {
        let condition = question.ask_when.as_ref();
        let sound = condition.is_none_or(|condition| condition.faults(&kinds).is_empty());
        let kind = question.kind.of_condition(&question.options);
        sound && kinds.insert(question.key.clone(), kind).is_none()
    })
}

fn decided(
    told: &mut Told,
    at: (&'static str, usize),
    column: &'static str,
    condition: &crate::condition::Condition,
    values: &[Truth],
) {
    if values.contains(&Truth::Open) {
        told.cell(at, column, condition, (
            "所有问题都回答后仍可能无法判定：请写明所引用的问题在什么情况下询问",
            "Cannot be decided for some complete set of answers: repeat when the question it speaks of is asked",
        ));
    }
    for (truth, zh, en) in [
        (Truth::True, "永远不成立", "Never holds"),
        (Truth::False, "永远成立", "Always holds"),
    ] {
        if !values.contains(&truth) {
            told.cell(at, column, condition, (zh, en));
        }
    }
}
