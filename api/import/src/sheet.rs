//! What every reader of a file gives: sheets of rows by the number that a person sees, kept within bounds that no file can move.

use std::collections::BTreeMap;

use chrono::{NaiveDate, TimeDelta};

use super::{FileError, table};

/// How many cells with something in them are kept of a file.
const MOST_CELLS: usize = 1_000_000;
/// How many bytes of text are kept of a file.
const MOST_TEXT: usize = 64 << 20;
/// How many letters a cell has at most, in every spreadsheet.
pub const LONGEST_CELL: usize = 32_767;
/// How many rows and columns a sheet has at most, in every spreadsheet.
pub const LARGEST_SHEET: (u32, u32) = (1_048_576, 16_384);
/// How many sheets are looked at.
const MOST_SHEETS: usize = 200;
/// How many areas of merged cells are looked at.
const MOST_MERGED: usize = 100_000;
/// The header stands in one of the first rows.
pub const HEADER_WITHIN: u32 = 50;

/// What stands in a cell.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// Words, or a number that was written as words.
    Text(String),
    /// A number.
    Number(f64),
    /// A number that is shown with more than its digits: `00012`, `QY-012`.
    Dressed(f64),
    /// A number that is shown as a day.
    Day(NaiveDate),
    /// A truth value.
    Truth(bool),
    /// A formula of which no program has stored the value.
    Pending,
    /// The error of a formula, as it is shown: `#N/A`.
    Error(String),
}

/// How a format shows a number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Shows {
    /// By its digits.
    #[default]
    Number,
    /// With zeros before it, or with words.
    Dressed,
    /// As a day.
    Day,
}

/// A row.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Line {
    /// Its number, from 1, as the spreadsheet shows it.
    pub number: u32,
    /// Whether it is hidden or filtered out of sight.
    pub hidden: bool,
    /// What stands in it, by column from 0; nothing empty.
    pub cells: BTreeMap<u32, Cell>,
    /// What it shows of cells that are merged with cells above it.
    pub lent: BTreeMap<u32, Cell>,
    /// The column, from 0, of a text with a quotation mark that is never closed.
    pub unclosed: Option<u32>,
}

impl Line {
    /// What a person reads in a column.
    pub fn shown(&self, column: u32) -> Option<&Cell> {
        self.cells.get(&column).or_else(|| self.lent.get(&column))
    }

    /// What stands in a column, or else in the nearest one before it.
    pub fn nearest(&self, column: u32) -> Option<&Cell> {
        let own = self.cells.range(..=column).next_back();
        let lent = self.lent.range(..=column).next_back();
        let (_, cell) = lent
            .into_iter()
            .chain(own)
            .max_by_key(|(column, _)| **column)?;
        Some(cell)
    }
}

/// From which day a file counts the others.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Serials {
    /// The 30th of December 1899 is the day 0.
    #[default]
    Since1900,
    /// The 1st of January 1904 is the day 0: workbooks of old Macintosh computers.
    Since1904,
    /// The file does not say.
    Unknown,
}

impl Serials {
    /// What a number is that is shown in this way.
    pub fn cell(self, number: f64, shows: Shows) -> Cell {
        match (shows, self.day(number)) {
            (Shows::Day, Some(day)) => Cell::Day(day),
            (Shows::Dressed, _) => Cell::Dressed(number),
            _ => Cell::Number(number),
        }
    }

    /// The day of a serial number.
    pub fn day(self, serial: f64) -> Option<NaiveDate> {
        let epoch = match self {
            Self::Since1900 => NaiveDate::from_ymd_opt(1899, 12, 30)?,
            Self::Since1904 => NaiveDate::from_ymd_opt(1904, 1, 1)?,
            Self::Unknown => return None,
        };
        if !(1.0..3_000_000.0).contains(&serial) {
            return None;
        }
        // A part of a day is a time; what is less than a tenth of a millisecond is a rounding.
        #[allow(clippy::cast_possible_truncation, reason = "checked just above")]
        epoch.checked_add_signed(TimeDelta::days((serial + 1e-9).floor() as i64))
    }
}

/// A sheet, or what was kept of it.
#[derive(Clone, Debug, Default)]
pub struct Sheet {
    /// Its name, in files with sheets.
    pub name: Option<String>,
    /// Whether it is hidden.
    pub hidden: bool,
    /// From when its days are counted.
    pub serials: Serials,
    /// Its rows, in their order.
    pub lines: Vec<Line>,
    /// First and last row and the column of cells that are merged over several rows.
    merged: Vec<(u32, u32, u32)>,
    /// First and last of columns that are hidden.
    hidden_columns: Vec<(u32, u32)>,
    /// Whether all of its rows are wanted.
    whole: bool,
    /// Whether one of its first rows may be a header, as far as that was looked at.
    promising: std::cell::OnceCell<bool>,
    /// Whether it is a ledger with enterprises, as far as that was looked at.
    filled: std::cell::OnceCell<bool>,
}

impl Sheet {
    /// Whether one of its first rows may be a header.
    fn is_promising(&self) -> bool {
        *self
            .promising
            .get_or_init(|| table::is_promising(&self.lines))
    }

    /// Whether a column is hidden.
    pub fn hides(&self, column: u32) -> bool {
        let mut hidden = self.hidden_columns.iter();
        hidden.any(|(first, last)| (*first..=*last).contains(&column))
    }

    /// Whether it is a ledger with enterprises.
    fn is_filled(&self) -> bool {
        *self.filled.get_or_init(|| table::has_rows(self))
    }
}

/// The file while it is read, sheet by sheet. Of the sheet with the ledger everything is kept, of the others the first rows, which
/// show whether they look like one.
pub struct Book<'a> {
    wanted: Option<&'a str>,
    sheets: Vec<Sheet>,
    cells: usize,
    text: usize,
}

impl<'a> Book<'a> {
    /// A file of which the sheet `wanted` is read, or else the first that can be seen and is a ledger.
    pub fn new(wanted: Option<&'a str>) -> Self {
        Self {
            wanted,
            sheets: Vec::new(),
            cells: 0,
            text: 0,
        }
    }

    /// The sheets, after the last one.
    pub fn sheets(self) -> Vec<Sheet> {
        self.sheets
    }

    /// Begins a sheet.
    pub fn begin(
        &mut self,
        name: Option<String>,
        hidden: bool,
        serials: Serials,
    ) -> Result<(), FileError> {
        if self.sheets.len() >= MOST_SHEETS {
            return Err(FileError::TooLarge);
        }
        let whole = match (&name, self.wanted) {
            (Some(name), Some(wanted)) => name == wanted,
            (None, _) => true,
            (Some(_), None) => {
                !hidden
                    && !self
                        .sheets
                        .iter()
                        .any(|sheet| sheet.whole && sheet.is_filled())
            }
        };
        self.sheets.push(Sheet {
            name,
            hidden,
            serials,
            whole,
            ..Sheet::default()
        });
        Ok(())
    }

    /// Puts a cell into a row. Counted is what is there, whatever a file declares.
    pub fn put(&mut self, line: &mut Line, column: u32, cell: Cell) -> Result<(), FileError> {
        if column >= LARGEST_SHEET.1 {
            return Err(FileError::damaged("a column beyond the last one"));
        }
        self.count(&cell)?;
        line.cells.insert(column, cell);
        Ok(())
    }

    fn count(&mut self, cell: &Cell) -> Result<(), FileError> {
        self.cells += 1;
        if let Cell::Text(text) | Cell::Error(text) = cell {
            self.text += text.len();
        }
        if self.cells > MOST_CELLS || self.text > MOST_TEXT {
            return Err(FileError::TooLarge);
        }
        Ok(())
    }

    /// Takes a row of the sheet begun last, and tells whether more rows are wanted.
    pub fn line(&mut self, line: Line) -> Result<bool, FileError> {
        let Some(sheet) = self.sheets.last_mut() else {
            return Err(FileError::damaged("a row outside of a sheet"));
        };
        if line.number > LARGEST_SHEET.0 {
            return Err(FileError::damaged("a row beyond the last one"));
        }
        if line.number > HEADER_WITHIN && (!sheet.whole || !sheet.is_promising()) {
            return Ok(false);
        }
        if !line.cells.is_empty() {
            sheet.lines.push(line);
        }
        Ok(true)
    }

    /// Notes that columns are hidden.
    pub fn hidden_columns(&mut self, first: u32, last: u32) -> Result<(), FileError> {
        let Some(sheet) = self.sheets.last_mut() else {
            return Ok(());
        };
        if sheet.hidden_columns.len() >= LARGEST_SHEET.1 as usize {
            return Err(FileError::TooLarge);
        }
        sheet.hidden_columns.push((first, last));
        Ok(())
    }

    /// Notes that the cells of a column are merged from one row to another.
    pub fn merged(&mut self, first: u32, last: u32, column: u32) -> Result<(), FileError> {
        let Some(sheet) = self.sheets.last_mut() else {
            return Ok(());
        };
        if sheet.merged.len() >= MOST_MERGED {
            return Err(FileError::TooLarge);
        }
        if first < last {
            sheet.merged.push((first, last, column));
        }
        Ok(())
    }

    /// Ends the sheet begun last: the cells of merged areas are lent to the rows below the first.
    pub fn end(&mut self) -> Result<(), FileError> {
        let Some(sheet) = self.sheets.last_mut() else {
            return Ok(());
        };
        sheet.lines.sort_by_key(|line| line.number);
        sheet.lines.dedup_by(|more, line| {
            let same = more.number == line.number;
            if same {
                line.cells.append(&mut more.cells);
            }
            same
        });
        let mut sheet = std::mem::take(sheet);
        for (first, last, column) in std::mem::take(&mut sheet.merged) {
            let from = sheet.lines.partition_point(|line| line.number < first);
            let Some(top) = sheet.lines.get(from).filter(|line| line.number == first) else {
                continue;
            };
            let Some(cell) = top.cells.get(&column).cloned() else {
                continue;
            };
            let until = sheet.lines.partition_point(|line| line.number <= last);
            for line in &mut sheet.lines[from + 1..until] {
                self.count(&cell)?;
                line.lent.insert(column, cell.clone());
            }
        }
        if let Some(place) = self.sheets.last_mut() {
            *place = sheet;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_second_of_a_day_belongs_to_it() {
        let day = NaiveDate::from_ymd_opt(2026, 1, 15);
        for serial in [
            46_037.0,
            46_036.999_999_999_99,
            46_037.999_988_426,
            46_037.999_999_988,
        ] {
            assert_eq!(Serials::Since1900.day(serial), day, "{serial}");
        }
    }
}
