//! The files of the catalogue: read with every fault told, and written in the same shape, so that what was written is read again as
//! it was.

use std::collections::BTreeSet;

use super::{Files, rules};
use crate::{
    language::Text,
    text::clean_line,
    values::{Record, records},
};

mod shape;
#[cfg(test)]
mod tests;
mod value;
mod words;

use shape::Row;
use value::Wrong;
pub(crate) use words::{chinese, english};

/// One thing that is wrong in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The file: "item-limits.csv".
    pub file: &'static str,
    /// The row as a spreadsheet counts it, the header being 1; none when it is about the file as a whole.
    pub row: Option<u32>,
    /// The column; none when it is about the row as a whole.
    pub column: Option<&'static str>,
    /// What stands there, cut after [`LONGEST_SHOWN`] characters.
    pub value: String,
    /// What is wrong and what is expected.
    pub reason: Text,
}

/// The items.
pub const ITEMS: &str = "approval-items.csv";
/// The departments.
pub const DEPARTMENTS: &str = "departments.csv";
/// The materials of the items.
pub const MATERIALS: &str = "item-materials.csv";
/// The fields of the one form.
pub const FIELDS: &str = "form-fields.csv";
/// The questions about a project.
pub const QUESTIONS: &str = "project-questions.csv";
/// The reasons to need an item.
pub const NEEDS: &str = "item-conditions.csv";
/// The example projects.
pub const EXAMPLES: &str = "project-examples.csv";
/// The order of the items.
pub const EDGES: &str = "item-order.csv";
/// The bundles.
pub const BUNDLES: &str = "bundles.csv";
/// The clocks of the items.
pub const LIMITS: &str = "item-limits.csv";
/// The public facts of the items.
pub const GUIDES: &str = "item-guides.csv";
/// The windows.
pub const WINDOWS: &str = "windows.csv";
/// The history of the items.
pub const HISTORY: &str = "item-history.csv";
/// The reasons of corrections.
pub const CORRECTION_REASONS: &str = "correction-reasons.csv";
/// The kinds of pauses.
pub const PAUSE_KINDS: &str = "pause-kinds.csv";
/// The classes of silence.
pub const SILENCES: &str = "silence-classes.csv";

/// How many faults are told at most.
pub const MOST_FAULTS: usize = 1_000;

/// How large a file is at most, in bytes.
pub const LARGEST: usize = 4 * 1024 * 1024;

/// How many rows a file has at most, the header not counted.
pub const MOST_ROWS: usize = 10_000;

/// How many characters a value has at most.
pub const LONGEST_VALUE: usize = 4_000;

/// How many characters of a value a fault shows at most.
pub const LONGEST_SHOWN: usize = 200;

impl Fault {
    /// A fault of a file as a whole.
    pub fn of_file(file: &'static str, value: &str, reason: Text) -> Self {
        Self {
            file,
            row: None,
            column: None,
            value: value.chars().take(LONGEST_SHOWN).collect(),
            reason,
        }
    }

    /// A fault of the row with this index, from 0, in a file that was read.
    pub fn of_row(
        file: &'static str,
        index: usize,
        column: Option<&'static str>,
        value: &str,
        reason: Text,
    ) -> Self {
        Self {
            row: u32::try_from(index + 2).ok(),
            column,
            ..Self::of_file(file, value, reason)
        }
    }
}

/// The shipped files of the demonstration by their names.
const SHIPPED: [(&str, &str); 16] = [
    (ITEMS, include_str!("../../data/hall/approval-items.csv")),
    (DEPARTMENTS, include_str!("../../data/departments.csv")),
    (
        MATERIALS,
        include_str!("../../data/hall/item-materials.csv"),
    ),
    (FIELDS, include_str!("../../data/hall/form-fields.csv")),
    (
        QUESTIONS,
        include_str!("../../data/hall/project-questions.csv"),
    ),
    (NEEDS, include_str!("../../data/hall/item-conditions.csv")),
    (
        EXAMPLES,
        include_str!("../../data/hall/project-examples.csv"),
    ),
    (EDGES, include_str!("../../data/hall/item-order.csv")),
    (BUNDLES, include_str!("../../data/hall/bundles.csv")),
    (LIMITS, include_str!("../../data/hall/item-limits.csv")),
    (GUIDES, include_str!("../../data/hall/item-guides.csv")),
    (WINDOWS, include_str!("../../data/hall/windows.csv")),
    (HISTORY, include_str!("../../data/hall/item-history.csv")),
    (
        CORRECTION_REASONS,
        include_str!("../../data/hall/correction-reasons.csv"),
    ),
    (PAUSE_KINDS, include_str!("../../data/hall/pause-kinds.csv")),
    (
        SILENCES,
        include_str!("../../data/hall/silence-classes.csv"),
    ),
];

/// The shipped file of this name.
pub fn shipped(name: &str) -> Option<Vec<u8>> {
    SHIPPED
        .iter()
        .find(|(file, _)| *file == name)
        .map(|(_, text)| text.as_bytes().to_vec())
}

impl Files {
    /// The catalogue that the demonstration shows: an example, in which numbers of promises and materials are invented.
    pub fn embedded() -> Self {
        Self::read(shipped).expect("the shipped catalogue can be read, as the tests prove")
    }

    /// Reads the files, each given by its name. The rules across rows and files are [`Files::faults`].
    ///
    /// # Errors
    ///
    /// Everything that is wrong in any file, at most [`MOST_FAULTS`].
    pub fn read(entry: impl Fn(&str) -> Option<Vec<u8>>) -> Result<Self, Vec<Fault>> {
        let reading = Reading::of(&entry);
        if reading.faults.is_empty() {
            Ok(reading.files)
        } else {
            Err(reading.faults)
        }
    }

    /// Reads the files and holds them against all rules: what an import takes.
    ///
    /// # Errors
    ///
    /// Everything that is wrong, at most [`MOST_FAULTS`]. A rule that needs a file with faults of its own is left out, because its rows
    /// are not known.
    pub fn checked(entry: impl Fn(&str) -> Option<Vec<u8>>) -> Result<Self, Vec<Fault>> {
        let Reading {
            files,
            mut faults,
            faulty,
        } = Reading::of(&entry);
        faults.extend(rules::faults(&files, &|file| !faulty.contains(file)));
        let place = |fault: &Fault| SHIPPED.iter().position(|(file, _)| *file == fault.file);
        faults.sort_by_key(|fault| (place(fault), fault.row));
        faults.truncate(MOST_FAULTS);
        if faults.is_empty() {
            Ok(files)
        } else {
            Err(faults)
        }
    }

    /// The files by their names, as they are read again: with commas, ends of lines LF, one header line.
    pub fn write(&self) -> Vec<(&'static str, String)> {
        vec![
            written(&self.items),
            written(&self.departments),
            written(&self.materials),
            written(&self.fields),
            written(&self.questions),
            written(&self.needs),
            written(&self.examples),
            written(&self.edges),
            written(&self.bundles),
            written(&self.limits),
            written(&self.guides),
            written(&self.windows),
            written(&self.history),
            written(&self.correction_reasons),
            written(&self.pause_kinds),
            written(&self.silences),
        ]
    }
}

/// What was read so far.
struct Reading {
    files: Files,
    faults: Vec<Fault>,
    /// The files that have faults.
    faulty: BTreeSet<&'static str>,
}

impl Reading {
    fn of(entry: &dyn Fn(&str) -> Option<Vec<u8>>) -> Self {
        let mut reading = Self {
            files: Files::default(),
            faults: Vec::new(),
            faulty: BTreeSet::new(),
        };
        reading.files = Files {
            items: reading.rows(entry),
            departments: reading.rows(entry),
            materials: reading.rows(entry),
            fields: reading.rows(entry),
            questions: reading.rows(entry),
            needs: reading.rows(entry),
            examples: reading.rows(entry),
            edges: reading.rows(entry),
            bundles: reading.rows(entry),
            limits: reading.rows(entry),
            guides: reading.rows(entry),
            windows: reading.rows(entry),
            history: reading.rows(entry),
            correction_reasons: reading.rows(entry),
            pause_kinds: reading.rows(entry),
            silences: reading.rows(entry),
        };
        reading
    }

    fn fault(&mut self, fault: Fault) {
        self.faulty.insert(fault.file);
        if self.faults.len() < MOST_FAULTS {
            self.faults.push(fault);
        }
    }

    /// The rows of one file. Of a row with faults nothing is kept.
    fn rows<R: Row>(&mut self, entry: &dyn Fn(&str) -> Option<Vec<u8>>) -> Vec<R> {
        let file = R::FILE;
        let Some(bytes) = entry(file) else {
            self.fault(Fault::of_file(
                file,
                "",
                Text::new("缺少这个文件", "The file is missing"),
            ));
            return Vec::new();
        };
        if bytes.len() > LARGEST {
            let reason = Text::new("文件超过4 MB", "The file is larger than 4 MB");
            self.fault(Fault::of_file(file, "", reason));
            return Vec::new();
        }
        let text = match String::from_utf8(bytes) {
            Ok(text) => text,
            Err(error) => {
                let before = &error.as_bytes()[..error.utf8_error().valid_up_to()];
                let row = before.iter().filter(|byte| **byte == b'\n').count();
                let reason = Text::new(
                    "不是UTF-8编码，请另存为UTF-8",
                    "Not UTF-8: save the file as UTF-8",
                );
                self.fault(Fault {
                    row: u32::try_from(row + 1).ok(),
                    ..Fault::of_file(file, "", reason)
                });
                return Vec::new();
            }
        };
        for (wrong, zh, en) in [
            (
                text.starts_with('\u{feff}'),
                "文件开头有字节顺序标记（BOM），请另存为不带BOM的UTF-8",
                "Begins with a byte order mark: save it without one",
            ),
            (text.contains('\r'), "行尾不是LF", "Line ends are not LF"),
            (
                !text.ends_with('\n') || text.ends_with("\n\n"),
                "文件应当以一个换行结束",
                "Does not end with one line end",
            ),
        ] {
            if wrong {
                self.fault(Fault::of_file(file, "", Text::new(zh, en)));
            }
        }
        let mut records = records(&text, ',');
        let header = records
            .next()
            .map(|record| record.values)
            .unwrap_or_default();
        if header != R::COLUMNS {
            let reason = Text::new(
                format!("表头应当是 {}", R::COLUMNS.join(",")),
                format!("The header must be {}", R::COLUMNS.join(",")),
            );
            self.fault(Fault {
                row: Some(1),
                ..Fault::of_file(file, &header.join(","), reason)
            });
            return Vec::new();
        }
        let mut rows = Vec::new();
        for record in records {
            if record.row as usize > MOST_ROWS + 1 {
                let reason = Text::new(
                    format!("文件超过{MOST_ROWS}行"),
                    format!("The file has more than {MOST_ROWS} rows"),
                );
                self.fault(Fault::of_file(file, "", reason));
                break;
            }
            rows.extend(self.row(record));
        }
        rows
    }

    fn row<R: Row>(&mut self, record: Record) -> Option<R> {
        let at = |column: Option<&'static str>, value: &str, reason: Text| {
            Fault::of_row(R::FILE, record.row as usize - 2, column, value, reason)
        };
        if record.values.len() != R::COLUMNS.len() {
            let reason = Text::new(
                format!("有{}列，应当有{}列", record.values.len(), R::COLUMNS.len()),
                format!(
                    "Has {} columns instead of {}",
                    record.values.len(),
                    R::COLUMNS.len()
                ),
            );
            self.fault(at(None, &record.values.join(","), reason));
            return None;
        }
        let mut faults = Vec::new();
        for (place, (column, value)) in R::COLUMNS.iter().zip(&record.values).enumerate() {
            if record.unclosed == Some(place) {
                let reason = Text::new("引号没有结束", "A quotation mark is never closed");
                faults.push(at(Some(column), value, reason));
            } else if clean_line(value) != *value {
                let reason = Text::new(
                    "前后有空格，或者含有换行、制表符、不可见字符",
                    "Has spaces around it, a line end, a tab or invisible characters",
                );
                faults.push(at(Some(column), value, reason));
            } else if value.chars().count() > LONGEST_VALUE {
                let reason = Text::new(
                    format!("超过{LONGEST_VALUE}个字符"),
                    format!("Longer than {LONGEST_VALUE} characters"),
                );
                faults.push(at(Some(column), value, reason));
            }
        }
        let mut cells = Cells {
            values: &record.values,
            next: 0,
            wrong: Vec::new(),
        };
        let row = R::read(&mut cells);
        faults.extend(
            cells
                .wrong
                .into_iter()
                .map(|(place, reason)| at(Some(R::COLUMNS[place]), &record.values[place], reason)),
        );
        let whole = faults.is_empty();
        for fault in faults {
            self.fault(fault);
        }
        row.filter(|_| whole)
    }
}

/// The values of a row, taken one after the other.
struct Cells<'a> {
    values: &'a [String],
    next: usize,
    /// What is wrong in which column.
    wrong: Vec<(usize, Text)>,
}

impl<'a> Cells<'a> {
    /// Takes `count` values that `read` understands as one.
    fn take<T>(
        &mut self,
        count: usize,
        read: impl Fn(&[&'a str]) -> Result<T, Wrong>,
    ) -> Option<T> {
        let values: Vec<&str> = self.values[self.next..self.next + count]
            .iter()
            .map(String::as_str)
            .collect();
        let start = self.next;
        self.next += count;
        match read(&values) {
            Ok(value) => Some(value),
            Err(wrong) => {
                let found = wrong.into_iter();
                self.wrong
                    .extend(found.map(|(place, reason)| (start + place, reason)));
                None
            }
        }
    }
}

/// A file in its shape. Written into memory, which cannot fail.
fn written<R: Row>(rows: &[R]) -> (&'static str, String) {
    let mut table = csv::Writer::from_writer(Vec::new());
    let header = R::COLUMNS
        .iter()
        .map(|column| (*column).to_owned())
        .collect();
    let lines = std::iter::once(header).chain(rows.iter().map(Row::write));
    for line in lines {
        let line: Vec<String> = line;
        table.write_record(line).expect("memory takes it");
    }
    let bytes = table.into_inner().expect("memory takes it");
    (R::FILE, String::from_utf8(bytes).expect("texts are UTF-8"))
}
