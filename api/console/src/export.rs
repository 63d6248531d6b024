//! A list as a file: what is shown, read to its end, as XLSX or CSV. However long it is, a page of it is in memory and the rest on disk.

use std::{
    convert::Infallible,
    fs::File,
    io::{self, BufWriter, Seek, Write},
};

use api_door::page::Reader;
use axum::{
    body::Body,
    extract::FromRequestParts,
    http::{header, request::Parts},
    response::{IntoResponse, Response},
};
use entity::{document::rules::Format, values::harmless};
use graphql_client::GraphQLQuery;
use rust_xlsxwriter::{self as excel, Workbook, XlsxError};
use serde::{Serialize, de::DeserializeOwned};
use tokio::task::{JoinHandle, spawn_blocking};
use tokio_util::io::ReaderStream;

use super::{guest::Guest, list::Paging, refusal::Refusal, scalar::Date};

/// How many rows a sheet of a workbook has at most.
const LONGEST_SHEET: u32 = 1_048_576;
/// How wide a column is at least and at most, in narrow letters.
const WIDTHS: (u16, u16) = (8, 60);

/// How a list is spelt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// A workbook.
    Xlsx,
    /// Values with commas.
    Csv,
}

/// The path of a file ends with how it is spelt.
impl<S: Sync> FromRequestParts<S> for Ending {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(if parts.uri.path().ends_with(".csv") {
            Self::Csv
        } else {
            Self::Xlsx
        })
    }
}

/// One value of a row.
#[derive(Clone, Debug)]
pub enum Cell {
    /// Words.
    Text(String),
    /// A number.
    Number(i64),
    /// A day.
    Date(Date),
    /// Nothing.
    Empty,
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<i64> for Cell {
    fn from(number: i64) -> Self {
        Self::Number(number)
    }
}

impl From<Date> for Cell {
    fn from(day: Date) -> Self {
        Self::Date(day)
    }
}

impl<C: Into<Cell>> From<Option<C>> for Cell {
    fn from(cell: Option<C>) -> Self {
        cell.map_or(Self::Empty, Into::into)
    }
}

/// A list as a file.
#[derive(Clone, Debug)]
pub struct Sheet<'a> {
    /// The name of the file and of the sheet, in the reader's language.
    pub name: String,
    /// The heads of the columns.
    pub columns: Vec<&'a str>,
}

/// How many bytes of a file are sent at once.
const SENT_AT_ONCE: usize = 64 * 1024;

/// How many rows are read at once.
#[allow(clippy::cast_possible_wrap, reason = "some hundreds")]
const AT_ONCE: i64 = Reader::File.largest_page() as i64;

/// A part of a list: its rows, and where it goes on when it does.
pub type Part = (Vec<Vec<Cell>>, Option<String>);

impl Sheet<'_> {
    /// The file, to be saved: the list read to its end. `Q` is its operation, which takes the variables that `ask` gives the operation of the list.
    pub async fn answer<Q, V>(
        &self,
        guest: &Guest,
        kind: Ending,
        ask: impl Fn(Paging) -> V,
        read: impl Fn(Q::ResponseData) -> Part,
    ) -> Result<Response, Refusal>
    where
        Q: GraphQLQuery,
        Q::Variables: DeserializeOwned,
        V: Serialize,
    {
        let account = guest.viewer.account_id().ok_or(Refusal::SignIn)?;
        let place = guest.state.place_for_file(account).await;
        let _place = place.ok_or(Refusal::Busy)?;
        let mut paging = Paging {
            first: Some(AT_ONCE),
            ..Paging::default()
        };
        let mut part = guest.run_for_file::<Q>(&ask(paging.clone()), true).await?;
        let mut table = Table::begin(kind, self).map_err(|error| broken(&error))?;
        loop {
            let (rows, next) = read(part);
            // They are written while the next ones are read.
            let writing = spawn_blocking(move || table.add(&rows).map(|()| table));
            paging.after = next;
            let further = match paging.after {
                Some(_) => {
                    let asked = ask(paging.clone());
                    Some(guest.run_for_file::<Q>(&asked, false).await?)
                }
                None => None,
            };
            table = written(writing).await?;
            match further {
                Some(further) => part = further,
                None => break,
            }
        }
        let end = guest.frame("").t(
            "此处已到工作表末行，其余各行请下载 CSV。",
            "The sheet ends here; download the CSV for the remaining rows.",
        );
        let file = written(spawn_blocking(move || table.end(end))).await?;
        let (content_type, ending) = match kind {
            Ending::Xlsx => (Format::Xlsx.content_type(), "xlsx"),
            Ending::Csv => ("text/csv; charset=utf-8", "csv"),
        };
        let name = format!("{} {}.{ending}", self.name, guest.state.store().today());
        let body = ReaderStream::with_capacity(tokio::fs::File::from_std(file), SENT_AT_ONCE);
        Ok(saved(&name, content_type, Body::from_stream(body)))
    }
}

/// Why a file cannot be written.
#[derive(Debug, thiserror::Error)]
enum Unwritten {
    #[error(transparent)]
    File(#[from] io::Error),
    #[error(transparent)]
    Values(#[from] csv::Error),
    #[error(transparent)]
    Book(#[from] XlsxError),
}

/// What was written aside, where it keeps nobody waiting who asks for something else.
async fn written<T>(writing: JoinHandle<Result<T, Unwritten>>) -> Result<T, Refusal> {
    let written = writing.await.map_err(|error| broken(&error))?;
    written.map_err(|error| broken(&error))
}

/// A file that grows row by row.
enum Table {
    Values(Box<csv::Writer<BufWriter<File>>>),
    Book(Box<Book>),
}

/// A workbook with one sheet, whose rows wait on disk.
struct Book {
    book: Workbook,
    day: excel::Format,
    row: u32,
    /// How wide what stands in each column is.
    widths: Vec<u16>,
    /// Whether the sheet was too short.
    full: bool,
}

impl Table {
    fn begin(kind: Ending, sheet: &Sheet<'_>) -> Result<Self, Unwritten> {
        if kind == Ending::Csv {
            let mut file = BufWriter::new(tempfile::tempfile()?);
            // The mark tells spreadsheets that this is UTF-8.
            file.write_all("\u{feff}".as_bytes())?;
            let mut writer = csv::Writer::from_writer(file);
            writer.write_record(&sheet.columns)?;
            return Ok(Self::Values(Box::new(writer)));
        }
        let mut book = Workbook::new();
        let head = excel::Format::new().set_bold();
        let page = book.add_worksheet_with_constant_memory()?;
        page.set_name(&sheet.name)?;
        page.set_freeze_panes(1, 0)?;
        for (column, name) in (0..).zip(&sheet.columns) {
            page.write_string_with_format(0, column, *name, &head)?;
        }
        Ok(Self::Book(Box::new(Book {
            book,
            day: excel::Format::new().set_num_format("yyyy-mm-dd"),
            row: 1,
            widths: sheet.columns.iter().map(|name| width(name)).collect(),
            full: false,
        })))
    }

    fn add(&mut self, rows: &[Vec<Cell>]) -> Result<(), Unwritten> {
        match self {
            Self::Values(writer) => {
                for cells in rows {
                    writer.write_record(cells.iter().map(|cell| match cell {
                        Cell::Text(text) => harmless(text),
                        Cell::Number(number) => number.to_string(),
                        Cell::Date(day) => day.to_string(),
                        Cell::Empty => String::new(),
                    }))?;
                }
            }
            Self::Book(book) => {
                for cells in rows {
                    book.add(cells)?;
                }
            }
        }
        Ok(())
    }

    /// The file, from its beginning. A sheet that was too short says so in its last row.
    fn end(self, too_short: &str) -> Result<File, Unwritten> {
        let mut file = match self {
            Self::Values(writer) => {
                let buffer = writer.into_inner().map_err(|error| error.into_error())?;
                buffer.into_inner().map_err(|error| error.into_error())?
            }
            Self::Book(mut whole) => {
                let page = whole.book.worksheet_from_index(0)?;
                if whole.full {
                    page.write_string(LONGEST_SHEET - 1, 0, too_short)?;
                }
                for (column, width) in (0..).zip(&whole.widths) {
                    let (least, most) = WIDTHS;
                    page.set_column_width(column, (*width + 2).clamp(least, most))?;
                }
                let file = tempfile::tempfile()?;
                whole.book.save_to_writer(&file)?;
                file
            }
        };
        file.rewind()?;
        Ok(file)
    }
}

impl Book {
    fn add(&mut self, cells: &[Cell]) -> Result<(), XlsxError> {
        if self.row == LONGEST_SHEET - 1 {
            self.full = true;
            return Ok(());
        }
        let (page, row) = (self.book.worksheet_from_index(0)?, self.row);
        for ((column, cell), widest) in (0..).zip(cells).zip(&mut self.widths) {
            let wide = match cell {
                Cell::Text(text) => {
                    // As words, whatever they begin with: never a formula.
                    page.write_string(row, column, text)?;
                    width(text)
                }
                Cell::Number(number) => {
                    #[allow(clippy::cast_precision_loss, reason = "counts of days and rows")]
                    page.write_number(row, column, *number as f64)?;
                    width(&number.to_string())
                }
                Cell::Date(date) => {
                    page.write_datetime_with_format(row, column, date, &self.day)?;
                    10
                }
                Cell::Empty => 0,
            };
            *widest = wide.max(*widest);
        }
        self.row += 1;
        Ok(())
    }
}

/// How wide the longest line of a text is, in narrow letters: one of Chinese takes the room of two.
fn width(text: &str) -> u16 {
    let of_line = |line: &str| {
        let letters = line
            .chars()
            .map(|letter| if letter < '\u{1100}' { 1 } else { 2 });
        letters.sum::<usize>()
    };
    let widest = text.lines().map(of_line).max().unwrap_or_default();
    u16::try_from(widest).unwrap_or(u16::MAX - 2)
}

/// A file to be saved under a name.
pub fn saved(name: &str, content_type: &'static str, content: impl Into<Body>) -> Response {
    let name: String = url::form_urlencoded::byte_serialize(name.as_bytes()).collect();
    let name = name.replace('+', "%20");
    let disposition = format!("attachment; filename*=UTF-8''{name}");
    (
        [
            (header::CONTENT_TYPE, content_type.to_owned()),
            (header::CONTENT_DISPOSITION, disposition),
        ],
        content.into(),
    )
        .into_response()
}

/// A file that cannot be written.
pub fn broken(error: &dyn std::error::Error) -> Refusal {
    tracing::error!(%error, "a file cannot be written");
    Refusal::Internal
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::*;

    fn written(kind: Ending, rows: &[Vec<Cell>]) -> Vec<u8> {
        let sheet = Sheet {
            name: "事项".to_owned(),
            columns: vec!["企业", "n"],
        };
        let mut table = Table::begin(kind, &sheet).expect("a file");
        for part in rows.chunks(1) {
            table.add(part).expect("written");
        }
        let mut bytes = Vec::new();
        let mut file = table.end("").expect("a file");
        file.read_to_end(&mut bytes).expect("read");
        bytes
    }

    #[test]
    fn nothing_in_a_file_is_a_formula() {
        let rows = [
            vec!["=1+1".into(), 1.into()],
            vec!["＝1+1".into(), 2.into()],
            vec!["甲,乙".into(), Cell::Empty],
        ];
        let text = String::from_utf8(written(Ending::Csv, &rows)).expect("UTF-8");
        assert_eq!(text, "\u{feff}企业,n\n'=1+1,1\n'＝1+1,2\n\"甲,乙\",\n");
    }

    #[test]
    fn columns_are_as_wide_as_chinese_text() {
        let rows = [vec![
            "示例企业有限公司（二十个字的企业全称）".into(),
            7.into(),
        ]];
        let bytes = written(Ending::Xlsx, &rows);
        let mut book = zip::ZipArchive::new(io::Cursor::new(bytes)).expect("a workbook");
        let mut sheet = String::new();
        let mut part = book.by_name("xl/worksheets/sheet1.xml").expect("a sheet");
        part.read_to_string(&mut sheet).expect("text");
        let widths: Vec<f64> = sheet
            .split(" width=\"")
            .skip(1)
            .filter_map(|rest| rest.split('"').next()?.parse().ok())
            .collect();
        assert_eq!(widths.len(), 2, "{sheet}");
        assert!(widths[0] >= 40.0 && widths[1] < 12.0, "{widths:?}");
        assert_eq!(width("甲乙\nabc"), 4);
    }
}
