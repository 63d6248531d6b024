//! Items and departments.

use std::collections::HashSet;

use super::{DEPARTMENTS, ITEMS, SILENCES, Told};
use crate::{
    catalogue::{Files, ItemStatus},
    condition::is_code,
    term::Term,
};

/// How many characters the code of an item has at most, and its name in each language.
const LONGEST_CODE: usize = 10;
const LONGEST_NAME: usize = 200;

/// Items have codes of their own and known departments; what is active has its promise, its materials and its class.
pub fn items(files: &Files, told: &mut Told) {
    told.unique(
        ITEMS,
        "code",
        files.items.iter().map(|item| item.code.as_str()),
    );
    let departments: HashSet<u16> = files.departments.iter().map(|one| one.number).collect();
    let classes: HashSet<_> = files.silences.iter().map(|one| one.class).collect();
    for (index, item) in files.items.iter().enumerate() {
        let at = (ITEMS, index);
        if !is_code(&item.code) || item.code.len() > LONGEST_CODE {
            told.cell(at, "code", &item.code, (
                format!("事项编号应当是以大写字母开头的大写字母、数字和下划线，最多{LONGEST_CODE}个字符"),
                format!("The code of an item is capitals, digits and _, a capital first, {LONGEST_CODE} characters at most"),
            ));
        }
        for (column, name) in [("name_zh", &item.name.zh), ("name_en", &item.name.en)] {
            if name.is_empty() || name.chars().count() > LONGEST_NAME {
                told.cell(
                    at,
                    column,
                    name,
                    (
                        format!("名称应当有1至{LONGEST_NAME}个字符"),
                        format!("A name has 1 to {LONGEST_NAME} characters"),
                    ),
                );
            }
        }
        if !departments.contains(&item.department) {
            told.cell(
                at,
                "department_no",
                item.department,
                (
                    "部门文件中没有这个部门",
                    "departments.csv has no such department",
                ),
            );
        }
        if let Some(class) = item.silence.filter(|class| !classes.contains(class)) {
            told.cell(
                at,
                "tacit_class",
                class.code(),
                (
                    format!("{SILENCES} 中没有这个默许类别"),
                    format!("{SILENCES} has no such class"),
                ),
            );
        }
        if item.status != ItemStatus::Active {
            continue;
        }
        for (column, missing) in [
            (
                "promise_after_wd",
                item.promise_after.is_none_or(|days| days == 0),
            ),
            ("materials_after", item.materials_after.is_none()),
            ("tacit_class", item.silence.is_none()),
            ("fee", item.fee.is_empty()),
            ("legal_basis", item.legal_basis.is_empty()),
            ("statutory_limit", item.statutory_limit.is_empty()),
        ] {
            if missing {
                told.cell(
                    at,
                    column,
                    "",
                    ("保留的事项必须填写", "An active item must have it"),
                );
            }
        }
    }
}

/// Departments have numbers and names of their own.
pub fn departments(files: &Files, told: &mut Told) {
    let numbers: Vec<String> = files
        .departments
        .iter()
        .map(|one| one.number.to_string())
        .collect();
    told.unique(DEPARTMENTS, "no", numbers.iter().map(String::as_str));
    let names = || files.departments.iter().map(|one| &one.name);
    told.unique(DEPARTMENTS, "name_zh", names().map(|name| name.zh.as_str()));
    told.unique(DEPARTMENTS, "name_en", names().map(|name| name.en.as_str()));
}
