//! What people see: cells, shares and pages as text.

use std::{collections::BTreeMap, io::Cursor};

use calamine::{Data, Reader as _, Xlsx};

/// The sheets of a workbook, each cell as it is seen; shares with one decimal.
pub(super) fn sheets(bytes: &[u8]) -> BTreeMap<String, Vec<Vec<String>>> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes.to_vec())).expect("a workbook");
    let names = book.sheet_names();
    let seen = |cell: &Data| match cell {
        Data::DateTime(at) => at
            .as_datetime()
            .map(|at| at.date().to_string())
            .unwrap_or_default(),
        other => other.to_string(),
    };
    let rows = |name: &String| {
        let range = book.worksheet_range(name).expect("a sheet");
        let rows: Vec<Vec<String>> = range
            .rows()
            .map(|row| row.iter().map(seen).collect())
            .collect();
        (name.clone(), rows)
    };
    names.iter().map(rows).collect()
}

/// A share as it is seen in a cell of a workbook: the cell holds a part of one.
pub(super) fn in_cell(text: &str) -> String {
    let part: f64 = text.parse().expect("a share");
    format!("{:.1}%", part * 100.0)
}

/// A share as the rule rounds it, computed anew in whole numbers.
pub(super) fn share(part: u64, whole: u64) -> String {
    let tenths = ((part * 2000 + whole) / (whole * 2))
        .clamp(u64::from(part > 0), 1000 - u64::from(part < whole));
    format!("{}.{}%", tenths / 10, tenths % 10)
}

/// Whether a week is named by its number, which nobody counts.
pub(super) fn counts_weeks(text: &str) -> bool {
    let is_week = |at: usize| {
        let after = &text[at + 2..];
        after.len() >= 2 && after.as_bytes()[..2].iter().all(u8::is_ascii_digit)
    };
    text.match_indices("-W").any(|(at, _)| is_week(at))
}
