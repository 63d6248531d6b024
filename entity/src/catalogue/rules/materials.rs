//! Materials of the items.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::{ITEMS, MATERIALS, Told, active};
use crate::{
    catalogue::{Files, Grade, MaterialForm, MaterialSource, SilenceClass, Source, Tolerance},
    language::Text,
    term::Term,
};

/// The key of the one form itself, which cannot follow later.
const ONE_FORM: &str = "ONE_FORM";

/// What is on the list of an item and how it may be handed in.
pub fn materials(files: &Files, told: &mut Told) {
    let active = active(files);
    let kinds = files.kinds();
    let questions: HashSet<&str> = files.questions.iter().map(|one| one.key.as_str()).collect();
    let mut counts: BTreeMap<&str, (u16, u16)> = BTreeMap::new();
    let mut last: HashMap<&str, u16> = HashMap::new();
    let mut notes: HashMap<(&str, &str), bool> = HashMap::new();
    let mut shared: BTreeMap<&str, (usize, &Text, HashSet<&str>)> = BTreeMap::new();
    for (index, material) in files.materials.iter().enumerate() {
        let at = (MATERIALS, index);
        let code = material.item.as_str();
        if !told.active(at, "item_code", code, &active) {
            continue;
        }
        let last = last.entry(code).or_default();
        if material.number != *last + 1 {
            told.cell(
                at,
                "material_no",
                material.number,
                (
                    format!("{code} 的材料应当连续编号，这里应当是{}", *last + 1),
                    format!(
                        "The materials of {code} are numbered one after the other: {} is next",
                        *last + 1
                    ),
                ),
            );
        }
        *last = material.number;
        // What is no longer asked for may come from an item that has left the catalogue since.
        let is_past =
            |other: &str| !material.after && files.items.iter().any(|item| item.code == other);
        if let Source::OtherItem(other) = &material.source
            && (other == code || !(active.contains_key(other.as_str()) || is_past(other)))
        {
            told.cell(
                at,
                "source",
                other,
                (
                    "材料所依据的不是目录中保留的另一事项",
                    "The material is not the result of another active item",
                ),
            );
        }
        if !material.before && !material.after {
            told.cell(
                at,
                "in_after",
                0,
                (
                    "改革前后都不需要的材料不列入",
                    "The material is on neither list",
                ),
            );
        }
        if *notes
            .entry((&material.note.zh, &material.note.en))
            .or_insert(material.after)
            != material.after
        {
            told.cell(
                at,
                "note",
                &material.note.zh,
                (
                    "保留的材料和取消的材料不能使用相同的说明",
                    "A kept and a dropped material have the same note",
                ),
            );
        }
        let count = counts.entry(code).or_default();
        count.0 += u16::from(material.before);
        count.1 += u16::from(material.after);
        let tolerance = material.tolerance;
        let promised = if material.after {
            let fitting: &[Grade] = match material.source.kind() {
                MaterialSource::SharedData | MaterialSource::OtherItem => &[Grade::A],
                MaterialSource::Intermediary => &[Grade::B, Grade::C],
                MaterialSource::Applicant => &[Grade::B, Grade::C, Grade::D],
            };
            let grade = material.grade;
            let written = grade.map_or("", Term::code);
            if grade.is_none_or(|grade| !fitting.contains(&grade)) {
                let fitting: Vec<&str> = fitting.iter().map(|grade| grade.code()).collect();
                told.cell(
                    at,
                    "grade",
                    written,
                    (
                        format!("这一来源的材料等级应当是{}", fitting.join("、")),
                        format!(
                            "A material of this source has grade {}",
                            fitting.join(" or ")
                        ),
                    ),
                );
            }
            if material.form == MaterialForm::Declaration
                && (grade != Some(Grade::D) || material.source != Source::Applicant)
            {
                told.cell(
                    at,
                    "form",
                    material.form.code(),
                    (
                        "承诺书由申请人作出，等级是D",
                        "A declaration is the applicant's own, grade D",
                    ),
                );
            }
            if material.shared_key.as_deref() == Some(ONE_FORM) && tolerance != Tolerance::None {
                told.cell(
                    at,
                    "tolerance",
                    tolerance.code(),
                    ("申请表本身不能容缺", "The form itself cannot follow later"),
                );
            }
            tolerance == Tolerance::Promise || material.note.zh.contains("书面承诺代替")
        } else {
            if let Some(grade) = material.grade {
                told.cell(
                    at,
                    "grade",
                    grade.code(),
                    ("取消的材料没有等级", "A dropped material has no grade"),
                );
            }
            if tolerance != Tolerance::None {
                told.cell(
                    at,
                    "tolerance",
                    tolerance.code(),
                    (
                        "取消的材料没有容缺",
                        "A dropped material cannot follow or be promised",
                    ),
                );
            }
            material.note.zh.contains("书面承诺")
        };
        if promised && active[code].1.silence == Some(SilenceClass::X) {
            told.cell(
                at,
                "tolerance",
                tolerance.code(),
                (
                    "禁止默许的事项不能以承诺代替材料",
                    "No promise takes the place of proof in class X",
                ),
            );
        }
        if let Some(condition) = &material.condition {
            told.typed(at, "condition", condition, &kinds);
            for key in condition.keys() {
                let field = files.fields.iter().find(|field| field.key == key);
                if field.is_some_and(|field| !field.items.has(code)) && !questions.contains(key) {
                    told.cell(
                        at,
                        "condition",
                        condition,
                        (
                            format!("“{key}”不在 {code} 的表格中"),
                            format!("{key} is not on the form of {code}"),
                        ),
                    );
                }
            }
        }
        if let Some(key) = &material.shared_key {
            let right = key.starts_with(|first: char| first.is_ascii_uppercase())
                && key
                    .bytes()
                    .all(|byte| byte.is_ascii_uppercase() || byte == b'_');
            if !right {
                told.cell(
                    at,
                    "shared_key",
                    key,
                    (
                        "共用材料代码应当是大写字母和下划线",
                        "The key of a shared material is capitals and underscores",
                    ),
                );
            }
            let (_, name, users) = shared
                .entry(key)
                .or_insert_with(|| (index, &material.name, HashSet::new()));
            if **name != material.name {
                told.cell(
                    at,
                    "name_zh",
                    &material.name.zh,
                    (
                        format!("共用材料 {key} 的名称不一致"),
                        format!("The shared material {key} has two names"),
                    ),
                );
            }
            if !users.insert(code) {
                told.cell(
                    at,
                    "shared_key",
                    key,
                    (
                        format!("{code} 两次要求同一材料"),
                        format!("{code} asks for the same material twice"),
                    ),
                );
            }
        }
    }
    for (key, (index, _, users)) in shared {
        if users.len() < 2 {
            told.cell(
                (MATERIALS, index),
                "shared_key",
                key,
                (
                    "只有一个事项使用的材料不是共用材料",
                    "Used by one item only, so it is not shared",
                ),
            );
        }
    }
    for (code, (index, item)) in &active {
        let at = (ITEMS, *index);
        let (before, after) = counts.get(code).copied().unwrap_or_default();
        for (column, said, counted) in [
            ("materials_before", item.materials_before, before),
            ("materials_after", item.materials_after, after),
        ] {
            let said = said.unwrap_or_default();
            if said != counted {
                told.cell(
                    at,
                    column,
                    said,
                    (
                        format!("{MATERIALS} 中 {code} 有{counted}份材料"),
                        format!("{MATERIALS} lists {counted} materials of {code}"),
                    ),
                );
            }
        }
        let main = files.materials.iter().any(|material| {
            material.item == *code && material.after && material.tolerance == Tolerance::None
        });
        if !main {
            told.cell(
                at,
                "materials_after",
                after,
                (
                    format!("{code} 没有任何必须一次交齐的材料"),
                    format!("{code} has no material that must be handed in at once"),
                ),
            );
        }
    }
}
