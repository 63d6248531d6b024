//! History of the items: without gaps, and ending where the catalogue stands.

use std::collections::BTreeMap;

use chrono::Days;

use super::{HISTORY, ITEMS, Told};
use crate::catalogue::{Attribute, Fact, Files, History, ItemStatus};

/// Each fact of an item holds from day to day without gap or overlap, the last one until further notice, as the catalogue says.
pub fn history(files: &Files, told: &mut Told) {
    let mut spans: BTreeMap<(&str, Attribute), Vec<(usize, &History)>> = BTreeMap::new();
    for (index, row) in files.history.iter().enumerate() {
        let at = (HISTORY, index);
        if files.items.iter().all(|item| item.code != row.item) {
            told.cell(
                at,
                "item_code",
                &row.item,
                (
                    format!("{ITEMS} 中没有这个事项"),
                    format!("{ITEMS} has no such item"),
                ),
            );
        }
        if row.fact == Fact::Status(ItemStatus::Merged) && row.successors.is_empty() {
            told.cell(
                at,
                "successor",
                "",
                (
                    "并入其他事项的，应当写明并入哪一事项",
                    "What was merged names the item it became part of",
                ),
            );
        }
        // A successor may have left the catalogue since.
        for code in &row.successors {
            if files.items.iter().all(|item| item.code != *code) {
                told.cell(
                    at,
                    "successor",
                    code,
                    (
                        format!("{ITEMS} 中没有这个事项"),
                        format!("{ITEMS} has no such item"),
                    ),
                );
            }
        }
        if let Some(to) = row.to.filter(|to| *to < row.from) {
            told.cell(
                at,
                "effective_to",
                to,
                ("早于开始日期", "It ends before it begins"),
            );
        }
        let key = (row.item.as_str(), row.fact.attribute());
        spans.entry(key).or_default().push((index, row));
    }
    for rows in spans.values_mut() {
        rows.sort_by_key(|(_, row)| row.from);
        for pair in rows.windows(2) {
            let ((_, before), (index, after)) = (pair[0], pair[1]);
            let next = before.to.and_then(|to| to.checked_add_days(Days::new(1)));
            if next != Some(after.from) {
                told.cell(
                    (HISTORY, index),
                    "effective_from",
                    after.from,
                    (
                        "与前一段之间有间隔或者重叠",
                        "There is a gap or an overlap with what held before",
                    ),
                );
            }
        }
        if let Some((index, last)) = rows.last()
            && let Some(to) = last.to
        {
            told.cell(
                (HISTORY, *index),
                "effective_to",
                to,
                ("最后一段应当没有结束日期", "What held last must not end"),
            );
        }
    }
    for (index, item) in files.items.iter().enumerate() {
        let last = |attribute: Attribute| {
            let rows = spans.get(&(item.code.as_str(), attribute))?;
            rows.last().map(|(_, row)| row.fact)
        };
        let of_active = |fact: Option<Fact>| fact.filter(|_| item.status == ItemStatus::Active);
        for (column, attribute, said) in [
            ("status", Attribute::Status, Some(Fact::Status(item.status))),
            (
                "promise_after_wd",
                Attribute::Promise,
                of_active(item.promise_after.map(Fact::Promise)),
            ),
            (
                "materials_after",
                Attribute::Materials,
                of_active(item.materials_after.map(Fact::Materials)),
            ),
        ] {
            if said.is_some() && last(attribute) != said {
                told.cell(
                    (ITEMS, index),
                    column,
                    &item.code,
                    (
                        format!("与{HISTORY}中最后一段不一致"),
                        format!("Differs from what {HISTORY} says last"),
                    ),
                );
            }
        }
    }
}
