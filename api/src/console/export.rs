//! A list as a file: what is shown, as XLSX or CSV.

use std::convert::Infallible;

use axum::{
    extract::FromRequestParts,
    http::{header, request::Parts},
    response::{IntoResponse, Response},
};
use entity::document::rules::Format;
use graphql_client::GraphQLQuery;
use rust_xlsxwriter::{self as excel, Workbook, XlsxError};

use super::{list::Paging, refusal::Refusal, scalar::Date, visit::Visit};

/// The most rows of a file.
const MOST_ROWS: usize = 5_000;

/// How a list is spelt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A workbook.
    Xlsx,
    /// Values with commas.
    Csv,
}

/// The path of a file ends with how it is spelt.
impl<S: Sync> FromRequestParts<S> for Kind {
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
    /// How many rows are asked for at once.
    pub size: i64,
}

/// A part of a list: its rows, and where it goes on when it does.
pub type Part = (Vec<Vec<Cell>>, Option<String>);

impl Sheet<'_> {
    /// The file, to be saved: the list read to its end.
    pub async fn answer<Q: GraphQLQuery>(
        &self,
        visit: &Visit,
        kind: Kind,
        ask: impl Fn(Paging) -> Q::Variables,
        read: impl Fn(Q::ResponseData) -> Part,
    ) -> Result<Response, Refusal> {
        let mut rows = Vec::new();
        let mut after = None;
        loop {
            let paging = Paging {
                first: Some(self.size),
                after,
                ..Paging::default()
            };
            let (more, next) = read(visit.run::<Q>(ask(paging)).await?);
            rows.extend(more);
            if next.is_none() || rows.len() >= MOST_ROWS {
                break;
            }
            after = next;
        }
        let (bytes, content_type, ending) = match kind {
            Kind::Xlsx => (
                self.workbook(&rows).map_err(|error| broken(&error))?,
                Format::Xlsx.content_type(),
                "xlsx",
            ),
            Kind::Csv => (
                self.values(&rows).map_err(|error| broken(&error))?,
                "text/csv; charset=utf-8",
                "csv",
            ),
        };
        let name = format!("{} {}.{ending}", self.name, visit.state.store().today());
        Ok(saved(&name, content_type, bytes))
    }

    fn workbook(&self, rows: &[Vec<Cell>]) -> Result<Vec<u8>, XlsxError> {
        let mut book = Workbook::new();
        let sheet = book.add_worksheet();
        sheet.set_name(&self.name)?;
        let head = excel::Format::new().set_bold();
        let day = excel::Format::new().set_num_format("yyyy-mm-dd");
        for (column, name) in (0..).zip(&self.columns) {
            sheet.write_string_with_format(0, column, *name, &head)?;
        }
        for (row, cells) in (1..).zip(rows) {
            for (column, cell) in (0..).zip(cells) {
                match cell {
                    // As words, whatever they begin with: never a formula.
                    Cell::Text(text) => sheet.write_string(row, column, text)?,
                    #[allow(clippy::cast_precision_loss, reason = "counts of days and rows")]
                    Cell::Number(number) => sheet.write_number(row, column, *number as f64)?,
                    Cell::Date(date) => {
                        sheet.write_datetime_with_format(row, column, date, &day)?
                    }
                    Cell::Empty => sheet,
                };
            }
        }
        sheet.set_freeze_panes(1, 0)?;
        sheet.autofit();
        book.save_to_buffer()
    }

    fn values(&self, rows: &[Vec<Cell>]) -> Result<Vec<u8>, csv::Error> {
        // The mark tells spreadsheets that this is UTF-8.
        let mut writer = csv::Writer::from_writer("\u{feff}".as_bytes().to_vec());
        writer.write_record(&self.columns)?;
        for cells in rows {
            writer.write_record(cells.iter().map(|cell| match cell {
                Cell::Text(text) => harmless(text),
                Cell::Number(number) => number.to_string(),
                Cell::Date(day) => day.to_string(),
                Cell::Empty => String::new(),
            }))?;
        }
        writer
            .into_inner()
            .map_err(|error| error.into_error().into())
    }
}

/// A file to be saved under a name.
pub fn saved(name: &str, content_type: &'static str, bytes: Vec<u8>) -> Response {
    let name: String = url::form_urlencoded::byte_serialize(name.as_bytes()).collect();
    let name = name.replace('+', "%20");
    let disposition = format!("attachment; filename*=UTF-8''{name}");
    (
        [
            (header::CONTENT_TYPE, content_type.to_owned()),
            (header::CONTENT_DISPOSITION, disposition),
        ],
        bytes,
    )
        .into_response()
}

/// A text that a spreadsheet does not take for a formula.
fn harmless(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}

/// A file that cannot be written.
pub fn broken(error: &dyn std::error::Error) -> Refusal {
    tracing::error!(%error, "a file cannot be written");
    Refusal::Internal
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_file_is_a_formula() {
        let sheet = Sheet {
            name: "事项".to_owned(),
            columns: vec!["企业"],
            size: 100,
        };
        let rows = [vec!["=1+1".into()], vec!["甲,乙".into()]];
        let text = String::from_utf8(sheet.values(&rows).expect("a file")).expect("UTF-8");
        assert_eq!(text, "\u{feff}企业\n'=1+1\n\"甲,乙\"\n");
        assert!(!sheet.workbook(&rows).expect("a book").is_empty());
    }
}
