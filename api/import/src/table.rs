//! A sheet as a ledger: where its header stands, which columns it names, which rows below it are enterprises, and what stands in
//! their cells.

use std::collections::BTreeSet;

use entity::{
    ledger::{Extent, Field, Reading},
    text::clean_line,
};

use super::{
    FileError,
    sheet::{Cell, Line, Sheet},
};

mod aside;
mod day;
mod head;
mod row;

use self::{
    aside::{is_heading, is_note, is_same, is_total},
    head::{HEADS_ABOVE, Head, column_name, field_called},
    row::read_row,
};

/// Whether one of these rows may be a header, or the first of two: it names two columns.
pub fn is_promising(lines: &[Line]) -> bool {
    lines.iter().any(|line| {
        let named = line
            .cells
            .values()
            .filter_map(|cell| field_called(&cell.text()));
        named.take(2).count() == 2
    })
}

/// How many columns these values name.
pub fn known(values: &[String]) -> usize {
    values
        .iter()
        .filter(|value| field_called(value).is_some())
        .count()
}

/// Whether a sheet has the header of a ledger.
pub fn is_ledger(sheet: &Sheet) -> bool {
    Head::find(sheet).is_ok()
}

/// Whether a sheet has the header of a ledger and an enterprise below it.
pub fn has_rows(sheet: &Sheet) -> bool {
    read(sheet).is_ok_and(|reading| !reading.rows.is_empty() || !reading.refused.is_empty())
}

/// Reads a sheet as a ledger.
pub fn read(sheet: &Sheet) -> Result<Reading, FileError> {
    let head = Head::find(sheet)?;
    let mut columns = head.columns;
    let mut headed = head.headed;
    let heads = &sheet.lines[head.at.saturating_sub(HEADS_ABOVE)..=head.at];
    let mut beside = BTreeSet::new();
    let mut reading = Reading {
        extent: Extent {
            sheet: sheet.name.clone(),
            ignored_columns: head.ignored.iter().map(|title| clean_line(title)).collect(),
            ..Extent::default()
        },
        ..Reading::default()
    };
    for (at, line) in sheet.lines.iter().enumerate().skip(head.at + 1) {
        let titles = line.cells.values();
        let titles = titles.filter(|cell| field_called(&cell.text()).is_some());
        let titles = titles.count();
        // The header of a further page may even have its columns in another order.
        if titles > 0 {
            let above: Vec<&Line> = sheet.lines[..at].iter().rev().take(HEADS_ABOVE).collect();
            if let Ok(Some(again)) = Head::read(sheet, at, &above) {
                columns = again.columns;
                headed.extend(again.headed);
                reading.extent.passed_rows.push(line.number);
                continue;
            }
        }
        let filled: Vec<u32> = (line.cells.iter())
            .filter(|(_, cell)| !cell.text().is_empty())
            .map(|(column, _)| *column)
            .collect();
        let Some(first) = filled.first() else {
            continue;
        };
        let opening = line.cells[first].text();
        let known = columns.values().filter(|column| filled.contains(column));
        let known = known.count();
        let named = known > 0;
        if !named && opening.chars().all(|letter| letter.is_ascii_digit()) {
            // A row that has its number and waits for its enterprise.
            continue;
        }
        let has_code = columns
            .get(&Field::CreditCode)
            .and_then(|column| line.cells.get(column));
        let has_code = has_code.is_some_and(|cell| {
            let code = without_blanks(&cell.text());
            code.len() >= 10 && code.chars().all(|letter| letter.is_ascii_alphanumeric())
        });
        let aside = !has_code
            && (is_total(&opening)
                || is_note(&opening, known < 3)
                || (filled.len() == 1 && is_heading(&opening))
                || titles >= 3
                || heads.iter().any(|head| is_same(line, head)));
        if !named || aside {
            reading.extent.passed_rows.push(line.number);
        } else if line.hidden {
            reading.extent.hidden_rows.push(line.number);
        } else {
            beside.extend(filled.into_iter().filter(|column| !headed.contains(column)));
            read_row(line, &columns, sheet.serials, &mut reading);
        }
    }
    let beside = beside.into_iter().map(column_name);
    reading.extent.ignored_columns.extend(beside);
    Ok(reading)
}

impl Cell {
    /// As a person sees it, without blanks around.
    fn text(&self) -> String {
        match self {
            Self::Text(text) | Self::Error(text) => clean_line(text),
            Self::Number(number) | Self::Dressed(number) => number.to_string(),
            Self::Day(day) => day.to_string(),
            Self::Truth(true) => "TRUE".to_owned(),
            Self::Truth(false) => "FALSE".to_owned(),
            Self::Pending => "公式未计算".to_owned(),
        }
    }

    /// Whether it is the error of a formula, also when a program has written it as words.
    fn is_error(&self) -> bool {
        match self {
            Self::Error(_) => true,
            Self::Text(text) => matches!(
                text.trim().to_ascii_uppercase().as_str(),
                "#N/A"
                    | "#REF!"
                    | "#NAME?"
                    | "#VALUE!"
                    | "#DIV/0!"
                    | "#NULL!"
                    | "#NUM!"
                    | "#SPILL!"
                    | "#CALC!"
                    | "#GETTING_DATA"
            ),
            _ => false,
        }
    }
}

/// Full-width letters, digits and marks as the narrow ones they stand for.
fn narrow(text: &str) -> String {
    text.chars()
        .map(|letter| match letter {
            '\u{3000}' => ' ',
            '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(letter) - 0xfee0).unwrap_or(letter),
            other => other,
        })
        .collect()
}

fn without_blanks(text: &str) -> String {
    narrow(text)
        .chars()
        .filter(|letter| !letter.is_whitespace())
        .collect()
}
