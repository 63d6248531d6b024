//! Compression: by how much the catalogue became shorter between two days, with the list behind each number.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::catalogue::{Attribute, Fact, History, ItemStatus};

/// The critical path of an industrial project: the items that follow upon each other from the first registration to the title.
pub const CRITICAL_PATH: [&str; 11] = [
    "R01", "R03", "R07", "R12", "R10", "R19", "R20", "R26", "R25", "R27", "R28",
];

/// By how much the catalogue became shorter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Compression<'a> {
    /// How many items are active.
    pub items: Figure<'a>,
    /// The sum of the promises of the items that are still active on the later day, in working days.
    pub promises: Figure<'a>,
    /// The sum of the promises along the critical path, in working days.
    pub critical_path: Figure<'a>,
    /// How many materials the items ask for that are still active on the later day.
    pub materials: Figure<'a>,
}

/// One number on two days, and what it is the sum of.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Figure<'a> {
    /// On the earlier day.
    pub before: u32,
    /// On the later day.
    pub after: u32,
    /// By items: their values on both days. An item without a value on a day is not in the sum.
    pub rows: Vec<Row<'a>>,
}

/// What one item adds to a figure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row<'a> {
    /// The item.
    pub item: &'a str,
    /// What held on the earlier day.
    pub before: Option<&'a History>,
    /// What held on the later day.
    pub after: Option<&'a History>,
}

impl Figure<'_> {
    /// By how much it fell, in tenths of a percent, rounded half away from zero; none when there was nothing. Negative when it rose.
    pub fn cut_permille(&self) -> Option<i64> {
        let (before, after) = (i64::from(self.before), i64::from(self.after));
        let cut = (before - after) * 1000;
        (before > 0).then(|| (2 * cut + cut.signum() * before) / (2 * before))
    }
}

/// What the history says of two days. `path` is the critical path.
pub fn compression<'a>(
    history: &'a [History],
    path: &[&str],
    before: NaiveDate,
    after: NaiveDate,
) -> Compression<'a> {
    let mut by_item: BTreeMap<&str, Vec<&History>> = BTreeMap::new();
    for row in history {
        by_item.entry(&row.item).or_default().push(row);
    }
    let held = |item: &str, attribute: Attribute, day: NaiveDate| {
        by_item
            .get(item)
            .into_iter()
            .flatten()
            .copied()
            .find(|row| {
                row.fact.attribute() == attribute
                    && row.from <= day
                    && row.to.is_none_or(|to| day <= to)
            })
    };
    let figure = |attribute: Attribute, wanted: &dyn Fn(&str) -> bool| {
        let mut figure = Figure::default();
        for item in by_item.keys().copied().filter(|item| wanted(item)) {
            let row = Row {
                item,
                before: held(item, attribute, before),
                after: held(item, attribute, after),
            };
            figure.before += row.before.map_or(0, value);
            figure.after += row.after.map_or(0, value);
            figure.rows.push(row);
        }
        figure
    };
    let active =
        |item: &str| held(item, Attribute::Status, after).is_some_and(|row| value(row) == 1);
    Compression {
        items: figure(Attribute::Status, &|_| true),
        promises: figure(Attribute::Promise, &active),
        critical_path: figure(Attribute::Promise, &|item| path.contains(&item)),
        materials: figure(Attribute::Materials, &active),
    }
}

pub(super) fn value(row: &History) -> u32 {
    match row.fact {
        Fact::Status(status) => u32::from(status == ItemStatus::Active),
        Fact::Promise(days) => u32::from(days),
        Fact::Materials(count) => u32::from(count),
    }
}
