//! Windows of the hall.

use std::collections::{BTreeMap, HashMap};

use super::{DEPARTMENTS, ITEMS, Told, WINDOWS, active};
use crate::catalogue::{Files, WindowNumber};

/// Windows are numbered through, belong to departments, and take every item once; their posts have no names.
pub fn windows(files: &Files, told: &mut Told) {
    let active = active(files);
    let rows = || files.windows.iter();
    told.unique(WINDOWS, "name_zh", rows().map(|one| one.name.zh.as_str()));
    told.unique(WINDOWS, "name_en", rows().map(|one| one.name.en.as_str()));
    told.unique(
        WINDOWS,
        "a_post_zh",
        rows().map(|one| one.a_post_zh.as_str()),
    );
    told.unique(
        WINDOWS,
        "b_post_zh",
        rows().map(|one| one.b_post_zh.as_str()),
    );
    let mut per: HashMap<u16, u16> = HashMap::new();
    let mut taken: BTreeMap<&str, WindowNumber> = BTreeMap::new();
    for (index, window) in files.windows.iter().enumerate() {
        let at = (WINDOWS, index);
        if usize::from(window.number.0) != index + 1 {
            told.cell(
                at,
                "window_no",
                window.number,
                (
                    format!("窗口应当连续编号，这里应当是{:02}", index + 1),
                    format!(
                        "The windows are numbered one after the other: {:02} is next",
                        index + 1
                    ),
                ),
            );
        }
        if files
            .departments
            .iter()
            .all(|one| one.number != window.department)
        {
            told.cell(
                at,
                "department_no",
                window.department,
                (
                    format!("{DEPARTMENTS} 中没有这个部门"),
                    format!("{DEPARTMENTS} has no such department"),
                ),
            );
        }
        *per.entry(window.department).or_default() += 1;
        posts(files, index, told);
        for code in &window.items {
            if !told.active(at, "item_codes", code, &active) {
                continue;
            }
            let first = *taken.entry(code).or_insert(window.number);
            if first != window.number {
                told.cell(
                    at,
                    "item_codes",
                    code,
                    (
                        format!("{code} 已经在窗口{first}"),
                        format!("{code} is at window {first} already"),
                    ),
                );
            }
            let department = active[code.as_str()].1.department;
            if department != window.department {
                told.cell(
                    at,
                    "item_codes",
                    code,
                    (
                        format!("{code} 属于部门{department}"),
                        format!("{code} belongs to department {department}"),
                    ),
                );
            }
        }
    }
    for (code, (index, _)) in &active {
        if !taken.contains_key(code) {
            told.cell(
                (ITEMS, *index),
                "code",
                code,
                (
                    format!("{WINDOWS} 中没有窗口受理 {code}"),
                    format!("No window of {WINDOWS} takes {code}"),
                ),
            );
        }
    }
    for (index, department) in files.departments.iter().enumerate() {
        let counted = per.get(&department.number).copied().unwrap_or_default();
        if counted != department.windows {
            told.cell(
                (DEPARTMENTS, index),
                "windows",
                department.windows,
                (
                    format!("{WINDOWS} 中有{counted}个窗口"),
                    format!("{WINDOWS} has {counted} of its windows"),
                ),
            );
        }
    }
}

/// Posts are named by their windows; who takes over is the other window of the department, or a reserve.
fn posts(files: &Files, index: usize, told: &mut Told) {
    let at = (WINDOWS, index);
    let window = &files.windows[index];
    let own = format!("窗口{}", window.number);
    for (column, post) in [
        ("a_post_zh", &window.a_post_zh),
        ("b_post_zh", &window.b_post_zh),
    ] {
        let named = post.split_once(' ').is_some_and(|(place, role)| {
            let number = place.strip_prefix("窗口").unwrap_or_default();
            number.len() >= 2
                && number.bytes().all(|byte| byte.is_ascii_digit())
                && matches!(role, "首席代表" | "业务主办" | "后备代表")
        });
        if !named {
            told.cell(at, column, post, (
                "岗位写成“窗口NN 首席代表”、“窗口NN 业务主办”或者“窗口NN 后备代表”，不写姓名",
                "A post is '窗口NN 首席代表', '窗口NN 业务主办' or '窗口NN 后备代表', without a name",
            ));
        }
    }
    if !window.a_post_zh.starts_with(&own) {
        told.cell(
            at,
            "a_post_zh",
            &window.a_post_zh,
            (
                "A岗不是本窗口的岗位",
                "The A post is that of another window",
            ),
        );
    }
    let mut others = files
        .windows
        .iter()
        .enumerate()
        .filter(|(place, other)| *place != index && other.department == window.department)
        .map(|(_, other)| &other.a_post_zh)
        .peekable();
    let right = match others.peek() {
        Some(_) => others.any(|post| *post == window.b_post_zh),
        None => window.b_post_zh == format!("{own} 后备代表"),
    };
    if !right {
        told.cell(at, "b_post_zh", &window.b_post_zh, (
            "B岗应当是本部门另一窗口的A岗；部门只有一个窗口的，是本窗口的后备代表",
            "The B post is the A post of another window of the department, or the reserve where there is none",
        ));
    }
}
