//! A workbook of LibreOffice (.ods, OpenDocument 1.3).

use std::{collections::HashSet, io::Read};

use chrono::NaiveDate;
use quick_xml::events::BytesStart;

use super::{
    FileError,
    package::{MOST_PARTS, Next, Package, Xml, add, attribute, name},
    sheet::{Book, Cell, LARGEST_SHEET, Line, Serials},
};

/// How many blanks one sign may stand for.
const MOST_BLANKS: usize = 100;

/// Reads a workbook. Cells and rows that stand for many are taken as often as a sheet has room for, within the bounds of the book.
pub fn read(bytes: &[u8], book: &mut Book<'_>) -> Result<(), FileError> {
    let mut package = Package::open(bytes)?;
    if let Some(mut xml) = package.part("META-INF/manifest.xml")? {
        loop {
            match xml.next()? {
                Next::Start(start) if name(&start) == "encryption-data" => {
                    return Err(FileError::Encrypted);
                }
                Next::Nothing => break,
                _ => {}
            }
        }
    }
    let Some(mut xml) = package.part("content.xml")? else {
        return Err(FileError::NotALedger);
    };
    let mut hidden = HashSet::new();
    let mut style = String::new();
    let mut serials = Serials::Since1900;
    loop {
        if hidden.len() > MOST_PARTS {
            return Err(FileError::TooLarge);
        }
        match xml.next()? {
            Next::Start(start) => match name(&start) {
                "style" => style = attribute(&start, "name").unwrap_or_default(),
                "table-properties" if attribute(&start, "display").as_deref() == Some("false") => {
                    hidden.insert(style.clone());
                }
                "null-date" => {
                    let said = attribute(&start, "date-value").unwrap_or_default();
                    serials = match said.as_str() {
                        "1904-01-01" => Serials::Since1904,
                        "1899-12-30" | "" => Serials::Since1900,
                        _ => Serials::Unknown,
                    };
                }
                "table" => {
                    let style = attribute(&start, "style-name").unwrap_or_default();
                    let sheet = attribute(&start, "name").unwrap_or_default();
                    book.begin(Some(sheet), hidden.contains(&style), serials)?;
                    table(&mut xml, book)?;
                    book.end()?;
                }
                _ => {}
            },
            Next::Nothing => return Ok(()),
            _ => {}
        }
    }
}

/// Reads the rows of a sheet that has begun, up to its end.
fn table<R: Read>(xml: &mut Xml<R>, book: &mut Book<'_>) -> Result<(), FileError> {
    let (mut number, mut wanted) = (0_u32, true);
    loop {
        match xml.next()? {
            Next::Start(start) if wanted && name(&start) == "table-row" => {
                let times = times(&start, "number-rows-repeated");
                let seen = attribute(&start, "visibility");
                let hidden = matches!(seen.as_deref(), Some("collapse" | "filter"));
                let line = row(xml, number + 1, book)?;
                let room = LARGEST_SHEET.0.saturating_sub(number);
                let (first, last) = (number + 1, number + times.min(room));
                number = last;
                // The same row many times; without anything in it there is nothing to take.
                for number in first..=last {
                    if line.cells.is_empty() || !wanted {
                        break;
                    }
                    let mut again = Line {
                        number,
                        hidden,
                        ..Line::default()
                    };
                    for (column, cell) in &line.cells {
                        book.put(&mut again, *column, cell.clone())?;
                    }
                    wanted = book.line(again)?;
                }
            }
            Next::End(end) if end == "table" => return Ok(()),
            Next::Nothing => return Err(FileError::damaged("a sheet does not end")),
            _ => {}
        }
    }
}

/// The cells of a row that has begun, up to its end.
fn row<R: Read>(xml: &mut Xml<R>, number: u32, book: &mut Book<'_>) -> Result<Line, FileError> {
    let mut line = Line::default();
    let mut column = 0_u32;
    loop {
        match xml.next()? {
            Next::Start(start) if matches!(name(&start), "table-cell" | "covered-table-cell") => {
                let element = name(&start).to_owned();
                let times = times(&start, "number-columns-repeated");
                let spanned = self::times(&start, "number-rows-spanned");
                let about = About::of(&start);
                let value = about.value(text(xml, &element)?);
                let room = LARGEST_SHEET.1.saturating_sub(column);
                let until = column + times.min(room);
                if let Some(value) = value {
                    if spanned > 1 {
                        book.merged(number, number.saturating_add(spanned - 1), column)?;
                    }
                    for column in column..until {
                        book.put(&mut line, column, value.clone())?;
                    }
                }
                column = until;
            }
            Next::End(end) if end == "table-row" => return Ok(line),
            Next::Nothing => return Err(FileError::damaged("a row does not end")),
            _ => {}
        }
    }
}

fn times(start: &BytesStart<'_>, name: &str) -> u32 {
    let said = attribute(start, name).and_then(|said| said.parse().ok());
    said.unwrap_or(1)
}

/// What a cell says of its value.
struct About {
    kind: String,
    is_error: bool,
    is_formula: bool,
    value: Option<String>,
    day: Option<String>,
}

impl About {
    fn of(start: &BytesStart<'_>) -> Self {
        let mut about = Self {
            kind: String::new(),
            is_error: false,
            is_formula: false,
            value: None,
            day: None,
        };
        // `office:value-type` is meant, and its sister of LibreOffice for errors.
        for one in start.attributes().with_checks(false).flatten() {
            let value = one.value.clone().into_owned();
            match one.key.as_ref() {
                "calcext:value-type" => about.is_error = value == "error",
                _ => match one.key.local_name().as_ref() {
                    "value-type" => about.kind = value,
                    "value" | "boolean-value" => about.value = Some(value),
                    "formula" => about.is_formula = true,
                    "date-value" => about.day = Some(value),
                    _ => {}
                },
            }
        }
        about
    }

    fn value(self, text: String) -> Option<Cell> {
        let written = |text: String| (!text.is_empty()).then_some(Cell::Text(text));
        if self.is_error {
            return Some(Cell::Error(text));
        }
        match (self.kind.as_str(), self.value, self.day) {
            ("boolean", Some(value), _) => Some(Cell::Truth(value == "true")),
            // A formula whose value is an empty text says that it is a text.
            ("", _, _) if self.is_formula && text.is_empty() => Some(Cell::Pending),
            ("float" | "percentage" | "currency", Some(value), _) => match value.parse() {
                Ok(number) => Some(Cell::Number(number)),
                Err(_) => written(text),
            },
            ("date", _, Some(day)) => {
                let date = day.split('T').next().unwrap_or_default();
                match NaiveDate::parse_from_str(date, "%Y-%m-%d") {
                    Ok(day) => Some(Cell::Day(day)),
                    Err(_) => written(day),
                }
            }
            _ => written(text),
        }
    }
}

/// The text of a cell that has begun, up to its end: its paragraphs, without notes.
fn text<R: Read>(xml: &mut Xml<R>, element: &str) -> Result<String, FileError> {
    let mut text = String::new();
    let (mut paragraphs, mut note) = (0, false);
    loop {
        match xml.next()? {
            Next::Start(start) if note || name(&start) == "annotation" => note = true,
            Next::Start(start) => match name(&start) {
                "p" => {
                    paragraphs += 1;
                    if paragraphs > 1 {
                        add(&mut text, "\n")?;
                    }
                }
                "s" => {
                    let blanks = times(&start, "c") as usize;
                    add(&mut text, &" ".repeat(blanks.min(MOST_BLANKS)))?;
                }
                "tab" => add(&mut text, "\t")?,
                "line-break" => add(&mut text, "\n")?,
                _ => {}
            },
            Next::Text(more) if paragraphs > 0 && !note => add(&mut text, &more)?,
            Next::Text(_) => {}
            Next::End(end) if end == element => return Ok(text),
            Next::End(end) if end == "annotation" => note = false,
            Next::End(_) => {}
            Next::Nothing => return Err(FileError::damaged("a cell does not end")),
        }
    }
}
