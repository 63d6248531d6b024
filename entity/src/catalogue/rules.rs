//! The rules of the catalogue: pure functions over its rows, each of which tells everything that is wrong at once.
//!
//! What is here holds for the catalogue of any park. What the founding text promises of this one (42 to 32 items, the critical path,
//! by how much it became shorter) is told by [`founding`].

use std::{
    collections::{BTreeMap, HashMap, HashSet},
    fmt::Display,
};

use super::{
    Fault, Files, Item,
    file::{
        BUNDLES, CORRECTION_REASONS, DEPARTMENTS, EDGES, EXAMPLES, FIELDS, GUIDES, HISTORY, ITEMS,
        LIMITS, MATERIALS, MOST_FAULTS, NEEDS, PAUSE_KINDS, QUESTIONS, SILENCES, WINDOWS,
    },
};
use crate::{
    condition::{Condition, Kinds},
    language::Text,
};

mod bundles;
pub mod compression;
mod examples;
mod fields;
pub mod form;
pub mod founding;
mod guides;
mod history;
mod items;
mod limits;
mod materials;
pub mod needs;
mod order;
mod questions;
mod reach;
mod small;
#[cfg(test)]
mod tests;
mod windows;

pub use compression::{CRITICAL_PATH, Compression, Figure, compression};
pub use form::{FormEntry, form};
pub use needs::{Asked, Needed, Reason, asked, needs, next_question};
pub use order::steps;

/// A rule with the files whose rows it reads.
type Rule = (&'static [&'static str], fn(&Files, &mut Told));

const RULES: [Rule; 15] = [
    (&[ITEMS, DEPARTMENTS, SILENCES], items::items),
    (&[DEPARTMENTS], items::departments),
    (&[ITEMS, MATERIALS, FIELDS, QUESTIONS], materials::materials),
    (&[ITEMS, FIELDS, QUESTIONS], fields::fields),
    (&[QUESTIONS], questions::questions),
    (&[ITEMS, QUESTIONS, NEEDS], questions::needs),
    (&[QUESTIONS, NEEDS, EXAMPLES], examples::examples),
    (&[ITEMS, QUESTIONS, EDGES], order::order),
    (&[ITEMS, MATERIALS, EDGES], order::results),
    (&[ITEMS, QUESTIONS, NEEDS, EDGES, BUNDLES], bundles::bundles),
    (&[ITEMS, FIELDS, QUESTIONS, LIMITS], limits::limits),
    (&[ITEMS, LIMITS, WINDOWS, GUIDES], guides::guides),
    (&[ITEMS, DEPARTMENTS, WINDOWS], windows::windows),
    (&[ITEMS, HISTORY], history::history),
    (
        &[ITEMS, CORRECTION_REASONS, PAUSE_KINDS, SILENCES],
        small::small,
    ),
];

impl Files {
    /// Everything in which the catalogue breaks a rule, at most [`MOST_FAULTS`].
    pub fn faults(&self) -> Vec<Fault> {
        faults(self, &|_| true)
    }

    /// The keys of the questions, of which the needs, bundles and the order may speak.
    pub fn question_kinds(&self) -> Kinds {
        self.questions
            .iter()
            .map(|question| {
                let kind = question.kind.of_condition(&question.options);
                (question.key.clone(), kind)
            })
            .collect()
    }

    /// The keys of questions and fields, of which materials, fields and limits may speak.
    pub fn kinds(&self) -> Kinds {
        let fields = self.fields.iter().map(|field| {
            let kind = field.kind.of_condition(&field.options);
            (field.key.clone(), kind)
        });
        fields.chain(self.question_kinds()).collect()
    }
}

/// Something in which one item breaks a rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FaultOfItem {
    /// In which file.
    pub file: &'static str,
    /// The place among the rows of the item in that file, from 0; none when it is about all of them.
    pub place: Option<usize>,
    /// The column; none when it is about the row as a whole.
    pub column: Option<&'static str>,
    /// What is wrong and what is expected.
    pub reason: Text,
}

impl Files {
    /// Everything in which what is said of one item breaks a rule. Where two rows contradict each other, that of this item is told of. That the
    /// history ends with what is said is no such rule: it follows when that is published.
    pub fn faults_of(mut self, code: &str) -> Vec<FaultOfItem> {
        // Of two rows the later one is told of.
        let first = [
            (MATERIALS, last(&mut self.materials, |row| row.item == code)),
            (LIMITS, last(&mut self.limits, |row| row.item == code)),
            (NEEDS, last(&mut self.needs, |row| row.item == code)),
            (GUIDES, last(&mut self.guides, |row| row.item == code)),
        ];
        let item = self.items.iter().position(|row| row.code == code);
        let mut told = Told::default();
        items::items(&self, &mut told);
        materials::materials(&self, &mut told);
        limits::limits(&self, &mut told);
        guides::guides(&self, &mut told);
        questions::needs_of(&self, &mut told, code);
        let own = |fault: Fault| {
            let index = fault.row.and_then(|row| usize::try_from(row).ok());
            let index = index.and_then(|row| row.checked_sub(2));
            let place = match (fault.file, index) {
                (_, None) if fault.value == code => None,
                (ITEMS, index) if index == item => Some(0),
                (file, Some(index)) => {
                    let (_, first) = first.iter().find(|(known, _)| *known == file)?;
                    Some(index.checked_sub(*first)?)
                }
                _ => return None,
            };
            Some(FaultOfItem {
                file: fault.file,
                place,
                column: fault.column,
                reason: fault.reason,
            })
        };
        told.faults.into_iter().filter_map(own).collect()
    }
}

/// Puts these rows behind all others, and tells how many others there are.
fn last<T>(rows: &mut [T], such: impl Fn(&T) -> bool) -> usize {
    rows.sort_by_key(|row| such(row));
    rows.iter().filter(|row| !such(row)).count()
}

/// Everything in which a catalogue breaks a rule of which all files are `known`.
pub(super) fn faults(files: &Files, known: &dyn Fn(&str) -> bool) -> Vec<Fault> {
    let mut told = Told::default();
    for (needed, rule) in RULES {
        if needed.iter().all(|file| known(file)) {
            rule(files, &mut told);
        }
    }
    told.faults
}

/// What is wrong so far.
#[derive(Debug, Default)]
struct Told {
    faults: Vec<Fault>,
}

impl Told {
    fn push(&mut self, fault: Fault) {
        if self.faults.len() < MOST_FAULTS {
            self.faults.push(fault);
        }
    }

    /// A fault of a column in the row with this index.
    fn cell(
        &mut self,
        (file, index): (&'static str, usize),
        column: &'static str,
        value: impl Display,
        (zh, en): (impl Into<String>, impl Into<String>),
    ) {
        let reason = Text::new(zh, en);
        self.push(Fault::of_row(
            file,
            index,
            Some(column),
            &value.to_string(),
            reason,
        ));
    }

    /// A fault of the file as a whole.
    fn file(
        &mut self,
        file: &'static str,
        value: impl Display,
        (zh, en): (impl Into<String>, impl Into<String>),
    ) {
        self.push(Fault::of_file(file, &value.to_string(), Text::new(zh, en)));
    }

    /// Each value stands once in its column.
    fn unique<'a>(
        &mut self,
        file: &'static str,
        column: &'static str,
        values: impl Iterator<Item = &'a str>,
    ) {
        let mut seen = HashMap::new();
        for (index, value) in values.enumerate() {
            if let Some(first) = seen.insert(value, index) {
                seen.insert(value, first);
                self.cell(
                    (file, index),
                    column,
                    value,
                    (
                        format!("与第{}行重复", first + 2),
                        format!("The same as in row {}", first + 2),
                    ),
                );
            }
        }
    }

    /// The condition speaks of these keys, rightly.
    fn typed(
        &mut self,
        at: (&'static str, usize),
        column: &'static str,
        condition: &Condition,
        kinds: &Kinds,
    ) {
        for fault in condition.faults(kinds) {
            let Text { zh, en } = fault.explain();
            self.cell(at, column, condition, (zh, en));
        }
    }

    /// The code is that of an active item.
    fn active(
        &mut self,
        at: (&'static str, usize),
        column: &'static str,
        code: &str,
        active: &Active<'_>,
    ) -> bool {
        let known = active.contains_key(code);
        if !known {
            self.cell(
                at,
                column,
                code,
                (
                    format!("“{code}”不是目录中保留的事项"),
                    format!("{code} is no active item of the catalogue"),
                ),
            );
        }
        known
    }

    /// The codes are those of active items, sorted, each once.
    fn sorted(
        &mut self,
        at: (&'static str, usize),
        column: &'static str,
        codes: &[String],
        active: &Active<'_>,
    ) {
        for code in codes {
            self.active(at, column, code, active);
        }
        if !codes.is_sorted_by(|one, two| one < two) {
            self.cell(
                at,
                column,
                codes.join(" "),
                (
                    "事项应当按编号排列，每项一次",
                    "The items must stand in order, each once",
                ),
            );
        }
    }
}

/// The active items by their codes, with their rows.
type Active<'a> = BTreeMap<&'a str, (usize, &'a Item)>;

fn active(files: &Files) -> Active<'_> {
    let rows = files.items.iter().enumerate();
    rows.filter(|(_, item)| item.status == super::ItemStatus::Active)
        .map(|(index, item)| (item.code.as_str(), (index, item)))
        .collect()
}

/// The condition under which each item is needed.
fn joint(files: &Files) -> BTreeMap<&str, Condition> {
    let mut by_item: BTreeMap<&str, Vec<Condition>> = BTreeMap::new();
    for need in &files.needs {
        by_item
            .entry(&need.item)
            .or_default()
            .push(need.condition.clone());
    }
    by_item
        .into_iter()
        .filter_map(|(item, conditions)| Some((item, Condition::any(conditions)?)))
        .collect()
}

/// Whether `number` stands in `text` by itself, not as part of a longer number.
fn has_number(text: &str, number: u32) -> bool {
    numbers(text).contains(&number)
}

/// The whole numbers that stand in a text.
fn numbers(text: &str) -> HashSet<u32> {
    text.split(|one: char| !one.is_ascii_digit())
        .filter_map(|digits| digits.parse().ok())
        .collect()
}
