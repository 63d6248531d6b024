//! Fields of the one form.

use std::collections::HashMap;

use super::{FIELDS, Told, active};
use crate::{
    catalogue::{Bounds, FieldKind, FieldSource, Files, FormField, Required, Scope},
    condition::{Number, is_key},
    language::Text,
    term::Term,
};

/// What a field takes, and of whose form it is part.
pub fn fields(files: &Files, told: &mut Told) {
    let active = active(files);
    let kinds = files.kinds();
    let by_key: HashMap<&str, &FormField> = files
        .fields
        .iter()
        .map(|field| (field.key.as_str(), field))
        .collect();
    let rows = || files.fields.iter();
    told.unique(FIELDS, "key", rows().map(|field| field.key.as_str()));
    told.unique(
        FIELDS,
        "label_zh",
        rows().map(|field| field.label.zh.as_str()),
    );
    told.unique(
        FIELDS,
        "label_en",
        rows().map(|field| field.label.en.as_str()),
    );
    let mut groups: HashMap<&str, &Text> = HashMap::new();
    for (index, field) in files.fields.iter().enumerate() {
        let at = (FIELDS, index);
        if !is_key(&field.key) {
            told.cell(at, "key", &field.key, KEY);
        }
        if groups.entry(&field.group.en).or_insert(&field.group).zh != field.group.zh {
            told.cell(
                at,
                "group_zh",
                &field.group.zh,
                (
                    "同一分组的中文名称不一致",
                    "The group has two Chinese names",
                ),
            );
        }
        shape(at, field, told);
        match &field.items {
            Scope::All => {}
            Scope::Items(items) if items.is_empty() => {
                told.cell(
                    at,
                    "items",
                    "",
                    ("至少列出一个事项，或者写ALL", "Name an item, or ALL"),
                );
            }
            Scope::Items(items) => told.sorted(at, "items", items, &active),
        }
        if let Some(question) = files.questions.iter().find(|one| one.key == field.key) {
            if !matches!(
                field.source,
                FieldSource::ProjectFile | FieldSource::Computed
            ) {
                told.cell(
                    at,
                    "source",
                    field.source.code(),
                    (
                        "已经作为项目问题询问过，不能再问",
                        "The questions about the project ask this already",
                    ),
                );
            }
            for (column, same) in [
                ("kind", field.kind == question.kind),
                ("options", field.options == question.options),
                ("unit", field.unit == question.unit),
            ] {
                if !same {
                    told.cell(
                        at,
                        column,
                        &field.key,
                        (
                            "与同名的项目问题不一致",
                            "Differs from the question of the same key",
                        ),
                    );
                }
            }
        }
        if let Required::When(condition) = &field.required {
            told.typed(at, "required", condition, &kinds);
            for key in condition.keys() {
                let question = files.questions.iter().any(|question| question.key == key);
                let beside = by_key
                    .get(key)
                    .is_none_or(|other| within(&field.items, &other.items));
                if key == field.key || !(question || beside) {
                    told.cell(
                        at,
                        "required",
                        condition,
                        (
                            format!("“{key}”不在每一张有“{}”的表格中", field.key),
                            format!("{key} is not on every form that has {}", field.key),
                        ),
                    );
                }
            }
        }
    }
}

/// What a key must look like.
pub const KEY: (&str, &str) = (
    "应当是以小写字母开头的小写字母、数字和下划线，不能是保留词",
    "A key is small letters, digits and underscores, a letter first, and no reserved word",
);

fn within(items: &Scope, others: &Scope) -> bool {
    match (items, others) {
        (_, Scope::All) => true,
        (Scope::All, Scope::Items(_)) => false,
        (Scope::Items(items), others) => items.iter().all(|item| others.has(item)),
    }
}

/// Options, unit, bounds and note, by the kind.
fn shape(at: (&'static str, usize), field: &FormField, told: &mut Told) {
    let kind = field.kind;
    let optional = matches!(
        kind,
        FieldKind::OneOf | FieldKind::ManyOf | FieldKind::Table
    );
    if field.options.is_empty() == optional {
        told.cell(
            at,
            "options",
            kind.code(),
            (
                "单选、多选和表格必须有选项，其他类型没有选项",
                "One of several, several and tables have options, other kinds have none",
            ),
        );
    }
    let unit = field.unit.as_deref();
    let right = match kind {
        FieldKind::Money => unit == Some("万元"),
        FieldKind::AreaM2 => unit == Some("平方米"),
        FieldKind::Number => true,
        _ => unit.is_none(),
    };
    if !right {
        told.cell(at, "unit", unit.unwrap_or_default(), (
            "金额的单位是万元，面积的单位是平方米；只有数字、金额和面积有单位",
            "The unit of money is 万元, of areas 平方米; only numbers, money and areas have one",
        ));
    }
    let bounded = !matches!(
        kind,
        FieldKind::YesNo | FieldKind::OneOf | FieldKind::Declaration | FieldKind::Note
    );
    let shown = field.bounds.map(|bounds| match bounds {
        Bounds::Numbers(low, high) => format!("{low}..{high}"),
        Bounds::Days(low, high) => format!("{low}..{high}"),
    });
    let wrong = match field.bounds {
        None => bounded,
        Some(_) if !bounded => true,
        Some(Bounds::Days(low, high)) => kind != FieldKind::Date || low > high,
        Some(Bounds::Numbers(low, high)) => {
            let most = i32::try_from(field.options.len()).unwrap_or(i32::MAX);
            kind == FieldKind::Date
                || low > high
                || kind == FieldKind::ManyOf && high > Number::whole(most)
        }
    };
    if wrong {
        told.cell(at, "bounds", shown.unwrap_or_default(), (
            "除是否、单选、承诺和说明外，都要有“下限..上限”：下限不大于上限，日期用日期，多选不超过选项数",
            "All but yes or no, one of several, declarations and notes have 'low..high': low not above high, days for days, not more than the options",
        ));
    }
    if kind == FieldKind::Note
        && (field.required != Required::Never || field.source != FieldSource::Computed)
    {
        told.cell(
            at,
            "required",
            kind.code(),
            (
                "说明只显示，不填写：required是NO，source是COMPUTED",
                "A note is shown, not asked: required NO, source COMPUTED",
            ),
        );
    }
}
