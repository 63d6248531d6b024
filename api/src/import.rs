//! Reads a ledger file (.xlsx or .csv) as people keep it: title rows above the header, columns in any order, five spellings
//! of a day, full-width digits, blanks, a total row below. What the rows mean is decided in `entity::ledger`.

use std::{
    collections::HashMap,
    io::{Cursor, Read},
};

use calamine::{DataRef, Reader, Xlsx};
use chrono::{Datelike, NaiveDate, TimeDelta};
use entity::{
    error::Explain,
    language::Text,
    ledger::{Field, Refused, Row, RowError},
};

/// The largest file that is read.
pub const LARGEST_FILE: usize = 20 << 20;
/// What a workbook may take when it is unpacked: a few kilobytes can hide gigabytes.
const LARGEST_UNPACKED: u64 = 64 << 20;
/// How many parts a workbook may have.
const MOST_PARTS: usize = 1000;
/// How many cells a sheet may declare or have, the empty ones included.
const MOST_CELLS: u64 = 1_000_000;
/// The header stands in one of the first rows.
const HEADER_WITHIN: u32 = 50;

/// Why a file as a whole cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FileError {
    /// It is neither a workbook nor a text of comma-separated values.
    NotALedger,
    /// The workbook is encrypted.
    Encrypted,
    /// It is a workbook of the format before 2007.
    OldWorkbook,
    /// The file, what it unpacks to, or the sheet is too large.
    TooLarge,
    /// It begins like a workbook but breaks off or contradicts itself.
    Damaged(String),
    /// The text is neither UTF-8 nor GB 18030.
    NotText,
    /// No row looks like the header.
    NoHeader,
    /// Columns are absent.
    MissingColumns(Vec<Field>),
    /// A column appears twice.
    ColumnTwice(Field),
}

impl Explain for FileError {
    fn explain(&self) -> Text {
        match self {
            Self::NotALedger => Text::new(
                "这不是 Excel 工作簿（.xlsx），也不是 CSV 文件。请用 Excel 打开台账并另存为 .xlsx。",
                "This is neither an Excel workbook (.xlsx) nor a CSV file. Open the ledger in Excel and save it as .xlsx.",
            ),
            Self::Encrypted => Text::new(
                "文件已加密，无法读取。请在 Excel 中取消密码后重新保存。",
                "The file is encrypted. Remove the password in Excel and save it again.",
            ),
            Self::OldWorkbook => Text::new(
                "这是旧版 Excel 文件（.xls）。请在 Excel 中另存为 .xlsx。",
                "This is a workbook of the old format (.xls). Save it as .xlsx in Excel.",
            ),
            Self::TooLarge => Text::new(
                "文件过大：文件最大 20 MiB，展开后最大 64 MiB，每张表最多 100 万个单元格（含空单元格）。请删除数据以外的空行和空列后重新保存。",
                "The file is too large: at most 20 MiB, 64 MiB unpacked, and one million cells per sheet, empty ones included. Delete \
                 the empty rows and columns beyond the data and save it again.",
            ),
            Self::Damaged(detail) => Text::new(
                format!("文件已损坏，无法读取（{detail}）。请在 Excel 中打开并重新保存。"),
                format!("The file is damaged ({detail}). Open it in Excel and save it again."),
            ),
            Self::NotText => Text::new(
                "无法识别 CSV 文件的编码。请另存为“CSV UTF-8”。",
                "The encoding of the CSV file is unknown. Save it as “CSV UTF-8”.",
            ),
            Self::NoHeader => Text::new(
                "前 50 行内没有找到表头。表头应包含“企业名称”“统一社会信用代码”“契约编号”等列名。",
                "No header was found in the first 50 rows. It should name 企业名称, 统一社会信用代码, 契约编号 and the other columns.",
            ),
            Self::MissingColumns(fields) => {
                let labels: Vec<Text> = fields.iter().map(|field| field.label()).collect();
                let zh: Vec<&str> = labels.iter().map(|label| label.zh.as_str()).collect();
                let en: Vec<String> = labels
                    .iter()
                    .map(|label| format!("{} ({})", label.zh, label.en))
                    .collect();
                Text::new(
                    format!("表头缺少以下列：{}。请补全后重新导入。", zh.join("、")),
                    format!(
                        "The header lacks these columns: {}. Add them and import again.",
                        en.join(", ")
                    ),
                )
            }
            Self::ColumnTwice(field) => {
                let label = field.label();
                Text::new(
                    format!("表头中“{}”出现了两次，请删除其中一列。", label.zh),
                    format!(
                        "The header has the column {} ({}) twice: remove one.",
                        label.zh, label.en
                    ),
                )
            }
        }
    }
}

/// What a file says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ledger {
    /// The rows that can be read.
    pub rows: Vec<Row>,
    /// The cells that cannot.
    pub refused: Vec<Refused>,
}

/// Reads a file. Its kind is told from its content; `name` only decides whether a text is meant as a workbook.
pub fn read(name: &str, bytes: &[u8]) -> Result<Ledger, FileError> {
    if bytes.len() > LARGEST_FILE {
        return Err(FileError::TooLarge);
    }
    if bytes.starts_with(b"PK\x03\x04") {
        return read_workbook(bytes);
    }
    if bytes.starts_with(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1") {
        // An encrypted workbook is a compound file with a stream of this name.
        let stream: Vec<u8> = "EncryptedPackage"
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        let encrypted = bytes.windows(stream.len()).any(|part| part == stream);
        return Err(if encrypted {
            FileError::Encrypted
        } else {
            FileError::OldWorkbook
        });
    }
    let meant_as_workbook = name.to_ascii_lowercase().ends_with(".xlsx");
    if meant_as_workbook || bytes.contains(&0) || bytes.is_empty() {
        return Err(FileError::NotALedger);
    }
    read_text(bytes)
}

fn read_text(bytes: &[u8]) -> Result<Ledger, FileError> {
    // Excel in Chinese saves "CSV" in GB 18030 and "CSV UTF-8" with a byte order mark.
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => std::borrow::Cow::Borrowed(text.trim_start_matches('\u{feff}')),
        Err(_) => encoding_rs::GB18030
            .decode_without_bom_handling_and_without_replacement(bytes)
            .ok_or(FileError::NotText)?,
    };
    let mut sheet = Sheet::default();
    let mut records = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes());
    let mut record = csv::StringRecord::new();
    let mut cells = 0_u64;
    while records
        .read_record(&mut record)
        .map_err(|error| FileError::Damaged(error.to_string()))?
    {
        let line = record.position().map_or(0, csv::Position::line);
        cells += record.len() as u64;
        if cells > MOST_CELLS {
            return Err(FileError::TooLarge);
        }
        sheet.row(
            u32::try_from(line).map_err(|_| FileError::TooLarge)?,
            record
                .iter()
                .enumerate()
                .map(|(column, text)| (column, Cell::Text(text.to_owned())))
                .collect(),
        )?;
    }
    sheet.finish()
}

fn read_workbook(bytes: &[u8]) -> Result<Ledger, FileError> {
    measure(bytes)?;
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(damaged)?;
    let names = book.sheet_names();
    let mut best = FileError::NoHeader;
    for name in names {
        match read_sheet(&mut book, &name) {
            Ok(ledger) => return Ok(ledger),
            // A sheet with explanations beside the ledger is no ledger.
            Err(FileError::NoHeader) => {}
            Err(error @ (FileError::MissingColumns(_) | FileError::ColumnTwice(_))) => best = error,
            Err(error) => return Err(error),
        }
    }
    Err(best)
}

fn read_sheet(book: &mut Xlsx<Cursor<&[u8]>>, name: &str) -> Result<Ledger, FileError> {
    let mut reader = match book.worksheet_cells_reader(name) {
        Ok(reader) => reader,
        // A sheet of charts or macros.
        Err(calamine::XlsxError::NotAWorksheet(_)) => return Err(FileError::NoHeader),
        Err(error) => return Err(damaged(error)),
    };
    let declared = reader.dimensions();
    let rows = u64::from(declared.end.0.saturating_sub(declared.start.0)) + 1;
    let columns = u64::from(declared.end.1.saturating_sub(declared.start.1)) + 1;
    if rows.saturating_mul(columns) > MOST_CELLS {
        return Err(FileError::TooLarge);
    }
    let mut sheet = Sheet::default();
    let mut number = 0;
    let mut row = HashMap::new();
    let mut seen = 0_u64;
    while let Some(cell) = reader.next_cell().map_err(damaged)? {
        seen += 1;
        if seen > MOST_CELLS {
            return Err(FileError::TooLarge);
        }
        let (at_row, at_column) = cell.get_position();
        if at_row + 1 != number {
            sheet.row(number, std::mem::take(&mut row))?;
            number = at_row + 1;
        }
        if let Some(value) = Cell::of(cell.get_value()) {
            row.insert(at_column as usize, value);
        }
    }
    sheet.row(number, row)?;
    sheet.finish()
}

fn damaged(error: impl std::fmt::Display) -> FileError {
    FileError::Damaged(error.to_string())
}

/// Unpacks every part once, counting: the sizes that an archive declares need not be true.
fn measure(bytes: &[u8]) -> Result<(), FileError> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(damaged)?;
    if archive.len() > MOST_PARTS {
        return Err(FileError::TooLarge);
    }
    if archive.index_for_name("xl/workbook.xml").is_none() {
        return Err(FileError::NotALedger);
    }
    let mut left = LARGEST_UNPACKED;
    for index in 0..archive.len() {
        let part = archive.by_index(index).map_err(|error| match error {
            zip::result::ZipError::UnsupportedArchive(_) => FileError::Encrypted,
            error => damaged(error),
        })?;
        if part.size() > left {
            return Err(FileError::TooLarge);
        }
        let unpacked =
            std::io::copy(&mut part.take(left + 1), &mut std::io::sink()).map_err(damaged)?;
        left = left.checked_sub(unpacked).ok_or(FileError::TooLarge)?;
    }
    Ok(())
}

/// What stands in a cell.
#[derive(Clone, Debug, PartialEq)]
enum Cell {
    Text(String),
    Number(f64),
    Day(NaiveDate),
}

impl Cell {
    fn of(value: &DataRef<'_>) -> Option<Self> {
        Some(match value {
            DataRef::Empty => return None,
            DataRef::String(text) => Self::Text(text.clone()),
            DataRef::SharedString(text) => Self::Text((*text).to_owned()),
            #[allow(clippy::cast_precision_loss, reason = "a code or a day has few digits")]
            DataRef::Int(number) => Self::Number(*number as f64),
            DataRef::Float(number) => Self::Number(*number),
            DataRef::DateTime(instant) => match instant.as_datetime() {
                Some(instant) => Self::Day(instant.date()),
                None => Self::Number(instant.as_f64()),
            },
            DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => Self::Text(text.clone()),
            DataRef::Bool(value) => Self::Text(value.to_string()),
            DataRef::Error(error) => Self::Text(error.to_string()),
        })
    }

    /// As a person sees it, without blanks around.
    fn text(&self) -> String {
        match self {
            Self::Text(text) => tidy(text),
            Self::Number(number) => number.to_string(),
            Self::Day(day) => day.to_string(),
        }
    }
}

/// A sheet that is being read from top to bottom.
#[derive(Default)]
struct Sheet {
    /// Where each column stands, once the header was found.
    columns: Option<HashMap<Field, usize>>,
    ledger: Ledger,
}

impl Sheet {
    fn row(&mut self, number: u32, cells: HashMap<usize, Cell>) -> Result<(), FileError> {
        match &self.columns {
            Some(columns) => read_row(number, columns, &cells, &mut self.ledger),
            None if number <= HEADER_WITHIN => self.columns = header(&cells)?,
            None => return Err(FileError::NoHeader),
        }
        Ok(())
    }

    fn finish(self) -> Result<Ledger, FileError> {
        self.columns.ok_or(FileError::NoHeader)?;
        Ok(self.ledger)
    }
}

/// Where each column stands, if this row is the header: it names at least three columns, the credit code or the number of
/// the contract among them.
fn header(cells: &HashMap<usize, Cell>) -> Result<Option<HashMap<Field, usize>>, FileError> {
    let mut columns = HashMap::new();
    let mut twice = None;
    for (column, cell) in cells {
        if let Some(field) = field_called(&cell.text())
            && columns.insert(field, *column).is_some()
        {
            twice = Some(field);
        }
    }
    let marked =
        columns.contains_key(&Field::CreditCode) || columns.contains_key(&Field::ContractNumber);
    if columns.len() < 3 || !marked {
        return Ok(None);
    }
    if let Some(field) = twice {
        return Err(FileError::ColumnTwice(field));
    }
    let missing: Vec<Field> = Field::ALL
        .into_iter()
        .filter(|field| field.is_required() && !columns.contains_key(field))
        .collect();
    if missing.is_empty() {
        Ok(Some(columns))
    } else {
        Err(FileError::MissingColumns(missing))
    }
}

/// The names under which parks keep these columns.
fn field_called(title: &str) -> Option<Field> {
    let title: String = narrow(title)
        .chars()
        .filter(|letter| !letter.is_whitespace() && !matches!(letter, '*' | ':' | '_' | '-'))
        .collect::<String>()
        .to_lowercase();
    Some(match title.as_str() {
        "企业名称" | "企业" | "单位名称" | "公司名称" | "enterprise" | "enterprisename" => {
            Field::EnterpriseName
        }
        "统一社会信用代码" | "社会信用代码" | "信用代码" | "creditcode" => {
            Field::CreditCode
        }
        "行业" | "所属行业" | "行业类别" | "industry" => Field::Industry,
        "服务专员" | "专员" | "专员姓名" | "liaison" => Field::LiaisonName,
        "专员邮箱" | "服务专员邮箱" | "专员电子邮箱" | "liaisonmail" => {
            Field::LiaisonMail
        }
        "企业联系人邮箱" | "联系人邮箱" | "企业邮箱" | "contactmail" => {
            Field::ContactMail
        }
        "契约编号" | "合同编号" | "服务契约编号" | "contractnumber" => {
            Field::ContractNumber
        }
        "契约起始日" | "契约起始日期" | "起始日" | "起始日期" | "契约开始日期" | "startson" => {
            Field::StartsOn
        }
        "契约终止日" | "契约终止日期" | "终止日" | "终止日期" | "契约结束日期" | "到期日"
        | "endson" => Field::EndsOn,
        "重点项目" | "项目" | "项目名称" | "project" => Field::Project,
        "备注" | "说明" | "remark" => Field::Remark,
        _ => return None,
    })
}

/// Reads one row below the header.
fn read_row(
    number: u32,
    columns: &HashMap<Field, usize>,
    cells: &HashMap<usize, Cell>,
    ledger: &mut Ledger,
) {
    let mut filled: Vec<usize> = cells
        .iter()
        .filter(|(_, cell)| !cell.text().is_empty())
        .map(|(column, _)| *column)
        .collect();
    filled.sort_unstable();
    let named = |field: &Field| columns.get(field).is_some_and(|at| filled.contains(at));
    match filled.as_slice() {
        // "填表人：…" below the table.
        [] | [0] => return,
        [first, ..] if is_total(&cells[first].text()) => return,
        _ if !Field::ALL.iter().any(named) => return,
        _ => {}
    }
    let mut reading = Reading {
        number,
        columns,
        cells,
        refused: Vec::new(),
    };
    let enterprise_name = reading.words(Field::EnterpriseName);
    let credit_code = reading.code(Field::CreditCode);
    let industry = reading.words(Field::Industry);
    let liaison_name = reading.words(Field::LiaisonName);
    let liaison_login = reading.mail(Field::LiaisonMail);
    let contact_login = reading.mail(Field::ContactMail);
    let contract_number = reading.code(Field::ContractNumber);
    let starts_on = reading.day(Field::StartsOn);
    let ends_on = reading.day(Field::EndsOn);
    let project_name = Some(reading.words(Field::Project)).filter(|text| !text.is_empty());
    let remark = Some(reading.words(Field::Remark)).filter(|text| !text.is_empty());
    match (starts_on, ends_on, reading.refused.is_empty()) {
        (Some(starts_on), Some(ends_on), true) => ledger.rows.push(Row {
            number,
            enterprise_name,
            credit_code,
            industry,
            liaison_name,
            liaison_login,
            contact_login,
            contract_number,
            starts_on,
            ends_on,
            project_name,
            remark,
        }),
        _ => ledger.refused.append(&mut reading.refused),
    }
}

fn is_total(text: &str) -> bool {
    let text: String = text
        .chars()
        .filter(|letter| !letter.is_whitespace() && !matches!(letter, ':' | '：'))
        .collect();
    matches!(
        text.to_lowercase().as_str(),
        "合计" | "总计" | "小计" | "共计" | "total"
    )
}

/// One row while it is read: every problem in it is told at once.
struct Reading<'a> {
    number: u32,
    columns: &'a HashMap<Field, usize>,
    cells: &'a HashMap<usize, Cell>,
    refused: Vec<Refused>,
}

impl Reading<'_> {
    fn cell(&self, field: Field) -> Option<&Cell> {
        self.columns
            .get(&field)
            .and_then(|column| self.cells.get(column))
    }

    fn refuse(&mut self, field: Field, value: String, reason: RowError) {
        self.refused.push(Refused {
            row: self.number,
            field,
            value,
            reason,
        });
    }

    fn words(&mut self, field: Field) -> String {
        let text = self.cell(field).map(Cell::text).unwrap_or_default();
        self.checked(field, text)
    }

    fn checked(&mut self, field: Field, text: String) -> String {
        if text.is_empty() && field.is_required() {
            self.refuse(field, String::new(), RowError::Missing);
        } else if text.chars().count() > field.longest() {
            let longest = field.longest();
            self.refuse(field, text.clone(), RowError::TooLong { longest });
        }
        text
    }

    /// A code: narrow letters and digits, no blanks, upper case.
    fn code(&mut self, field: Field) -> String {
        let text = self.cell(field).map(Cell::text).unwrap_or_default();
        self.checked(field, without_blanks(&text).to_uppercase())
    }

    fn mail(&mut self, field: Field) -> String {
        let text = self.cell(field).map(Cell::text).unwrap_or_default();
        let address = self.checked(field, without_blanks(&text).to_lowercase());
        if !address.is_empty() && !is_mail_address(&address) {
            self.refuse(field, text, RowError::NotAMailAddress);
        }
        address
    }

    fn day(&mut self, field: Field) -> Option<NaiveDate> {
        let cell = self.cell(field).cloned();
        let text = cell.as_ref().map(Cell::text).unwrap_or_default();
        let read = match cell {
            _ if text.is_empty() => Err(RowError::Missing),
            Some(Cell::Day(day)) => in_range(day),
            Some(Cell::Number(serial)) => day_of_serial(serial),
            Some(Cell::Text(_)) | None => day_written(&text),
        };
        match read {
            Ok(day) => Some(day),
            Err(reason) => {
                self.refuse(field, text, reason);
                None
            }
        }
    }
}

/// One address: something, one `@`, a domain. The rest is for the mail server to say.
fn is_mail_address(text: &str) -> bool {
    let Some((local, domain)) = text.split_once('@') else {
        return false;
    };
    let plain = |part: &str| {
        !part.is_empty()
            && part
                .chars()
                .all(|letter| letter.is_ascii_graphic() && !",;:<>()[]\\\"@".contains(letter))
    };
    let labels = domain.split('.').count() > 1 && domain.split('.').all(|label| !label.is_empty());
    plain(local) && plain(domain) && labels
}

/// The day of an Excel serial number: days since 30 December 1899.
fn day_of_serial(serial: f64) -> Result<NaiveDate, RowError> {
    if !(1.0..200_000.0).contains(&serial) {
        return Err(RowError::UnreadableDate);
    }
    #[allow(clippy::cast_possible_truncation, reason = "checked just above")]
    let days = TimeDelta::days(serial.floor() as i64);
    let epoch = NaiveDate::from_ymd_opt(1899, 12, 30).ok_or(RowError::UnreadableDate)?;
    in_range(epoch + days)
}

/// The day of `2026年1月15日`, `2026.01.05`, `2026/2/1`, `2027-01-14`, `20260115`, or of a serial number written as text;
/// a time of day behind it is ignored.
fn day_written(text: &str) -> Result<NaiveDate, RowError> {
    let narrow = narrow(text);
    let date = narrow
        .split_once(['T', ' '])
        .filter(|(_, time)| time.contains(':'))
        .map_or(narrow.as_str(), |(date, _)| date);
    let compact: String = date.chars().filter(|c| !c.is_whitespace()).collect();
    if compact.chars().all(|letter| letter.is_ascii_digit()) {
        return match compact.len() {
            8 => civil(&compact[..4], &compact[4..6], &compact[6..]),
            5 => day_of_serial(compact.parse().map_err(|_| RowError::UnreadableDate)?),
            _ => Err(RowError::UnreadableDate),
        };
    }
    let (separators, rest) = match compact.strip_suffix(['日', '号']) {
        Some(rest) => (['年', '月'], rest),
        None => match compact.chars().find(|letter| !letter.is_ascii_digit()) {
            Some(mark @ ('.' | '/' | '-' | '。' | '、')) => ([mark, mark], compact.as_str()),
            Some('年') => (['年', '月'], compact.as_str()),
            _ => return Err(RowError::UnreadableDate),
        },
    };
    let (year, rest) = rest
        .split_once(separators[0])
        .ok_or(RowError::UnreadableDate)?;
    let (month, day) = rest
        .split_once(separators[1])
        .ok_or(RowError::UnreadableDate)?;
    civil(year, month, day)
}

fn civil(year: &str, month: &str, day: &str) -> Result<NaiveDate, RowError> {
    let digits = |text: &str, lengths: std::ops::RangeInclusive<usize>| {
        (lengths.contains(&text.len()) && text.chars().all(|letter| letter.is_ascii_digit()))
            .then(|| text.parse::<u32>().ok())
            .flatten()
            .ok_or(RowError::UnreadableDate)
    };
    let (year, month, day) = (
        digits(year, 4..=4)?,
        digits(month, 1..=2)?,
        digits(day, 1..=2)?,
    );
    let year = i32::try_from(year).map_err(|_| RowError::UnreadableDate)?;
    in_range(NaiveDate::from_ymd_opt(year, month, day).ok_or(RowError::NoSuchDay)?)
}

/// A contract of another century is a slip of the pen.
fn in_range(day: NaiveDate) -> Result<NaiveDate, RowError> {
    if (2000..2100).contains(&day.year()) {
        Ok(day)
    } else {
        Err(RowError::UnreadableDate)
    }
}

/// Without blanks around, control characters and invisible marks; a line break within becomes a blank.
fn tidy(text: &str) -> String {
    let visible: String = text
        .chars()
        .map(|letter| {
            if matches!(letter, '\n' | '\r' | '\t') {
                ' '
            } else {
                letter
            }
        })
        .filter(|letter| {
            !letter.is_control() && !matches!(letter, '\u{200b}'..='\u{200f}' | '\u{feff}')
        })
        .collect();
    visible.trim().to_owned()
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

#[cfg(test)]
mod tests {
    use super::*;

    const HEADER: &str = "序号,企业名称,统一社会信用代码,行业,服务专员,专员邮箱,企业联系人邮箱,契约编号,契约起始日,契约终止日,重点项目,备注\n";

    fn day(year: i32, month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, month, day).expect("a day")
    }

    #[test]
    fn the_parks_own_ledger_is_read_as_it_is() {
        let ledger = read(
            "roster-2026.xlsx",
            include_bytes!("../data/roster-2026.xlsx"),
        )
        .expect("it is a ledger");
        // Twenty good rows, one with a wrong code, one that repeats another; the impossible day stops here.
        assert_eq!(ledger.rows.len(), 22);
        assert_eq!(ledger.refused.len(), 1);
        let refused = &ledger.refused[0];
        assert_eq!((refused.row, refused.field), (26, Field::StartsOn));
        assert_eq!(refused.value, "2026/13/1");
        assert_eq!(refused.reason, RowError::NoSuchDay);

        let by_row: HashMap<u32, &Row> = ledger.rows.iter().map(|row| (row.number, row)).collect();
        assert_eq!(by_row[&4].starts_on, day(2026, 1, 15));
        assert_eq!(by_row[&4].ends_on, day(2027, 1, 14));
        assert_eq!(by_row[&5].starts_on, day(2026, 1, 5));
        assert_eq!(by_row[&6].starts_on, day(2026, 2, 1));
        assert_eq!(by_row[&6].ends_on, day(2027, 1, 31));
        assert_eq!(by_row[&7].starts_on, day(2026, 1, 15));
        assert_eq!(by_row[&8].credit_code, "91210231XQ0000056Y");
        assert_eq!(by_row[&12].credit_code, "91210231XQ0000099C");
        assert_eq!(by_row[&15].credit_code, "91210231XQ0000128P");
        assert_eq!(by_row[&9].remark.as_deref(), Some("重点跟踪"));
        assert_eq!(by_row[&4].remark, None);
        assert_eq!(by_row[&23].contract_number, "QY-2026-020");

        let (taken, refused) = entity::ledger::rules::sift(ledger.rows, Default::default());
        assert_eq!(taken.len(), 20);
        let refused: Vec<_> = refused
            .iter()
            .map(|refused| (refused.row, refused.field, refused.value.as_str()))
            .collect();
        assert_eq!(
            refused,
            [
                (24, Field::CreditCode, "91210231XQ0000013A"),
                (25, Field::CreditCode, "91210231XQ000003X4"),
            ]
        );
    }

    #[test]
    fn every_spelling_of_a_day_means_the_same() {
        for text in [
            "2026年1月15日",
            "2026年01月15日",
            "2026.01.15",
            "2026/1/15",
            "2026-01-15",
            "２０２６年１月１５日",
            "２０２６／１／１５",
            "2026 年 1 月 15 日",
            "20260115",
            "46037",
            "2026-01-15 00:00:00",
            "2026-01-15T08:00",
            "2026年1月15",
        ] {
            assert_eq!(day_written(text), Ok(day(2026, 1, 15)), "{text}");
        }
        assert_eq!(day_of_serial(46037.75), Ok(day(2026, 1, 15)));
        for text in ["2026/13/1", "2026-02-29", "2026年6月31日"] {
            assert_eq!(day_written(text), Err(RowError::NoSuchDay), "{text}");
        }
        for text in [
            "一月",
            "26/1/15",
            "2026/1",
            "15/1/2026",
            "2026/1-15x",
            "202601150",
            "1926-01-15",
            "年月日",
        ] {
            assert_eq!(day_written(text), Err(RowError::UnreadableDate), "{text}");
        }
    }

    #[test]
    fn columns_may_stand_in_any_order_and_under_other_names() {
        let text = "某园区台账\n\n契约编号,到期日,起始日期,所属行业,企业,信用代码,联系人邮箱,专员邮箱,专员,未知\n\
                    qy-2026-001,2027-01-14,2026-01-15,软件,海图软件示例有限公司, 91210231xq0000013h ,C@Enterprise.example,l@park.example,专员01,x\n\
                    合计,1,,,,,,,,\n\n填表人：专员01\n";
        let ledger = read("ledger.csv", text.as_bytes()).expect("it is a ledger");
        assert_eq!(ledger.refused, []);
        assert_eq!(ledger.rows.len(), 1);
        let row = &ledger.rows[0];
        assert_eq!(row.number, 4);
        assert_eq!(row.contract_number, "QY-2026-001");
        assert_eq!(row.credit_code, "91210231XQ0000013H");
        assert_eq!(row.contact_login, "c@enterprise.example");
        assert_eq!(row.project_name, None);
    }

    #[test]
    fn a_text_in_the_encoding_of_chinese_excel_is_read() {
        let text = format!(
            "{HEADER}1,海图软件示例有限公司,91210231XQ0000013H,软件,专员01,l@park.example,c@enterprise.example,QY-2026-001,2026年1月15日,2027-01-14,研发中心,\n"
        );
        let (bytes, _, _) = encoding_rs::GB18030.encode(&text);
        assert_eq!(
            read("ledger.csv", &bytes),
            read("ledger.csv", format!("\u{feff}{text}").as_bytes())
        );
    }

    #[test]
    fn every_problem_of_a_row_is_told() {
        let text = format!(
            "{HEADER}1,,91210231XQ0000013H,软件,专员01,nobody,c@enterprise.example,QY-2026-001,2026/1/15,soon,,\n"
        );
        let ledger = read("ledger.csv", text.as_bytes()).expect("it is a ledger");
        assert_eq!(ledger.rows, []);
        let problems: Vec<_> = ledger
            .refused
            .iter()
            .map(|refused| (refused.field, refused.reason.clone()))
            .collect();
        assert_eq!(
            problems,
            [
                (Field::EnterpriseName, RowError::Missing),
                (Field::LiaisonMail, RowError::NotAMailAddress),
                (Field::EndsOn, RowError::UnreadableDate),
            ]
        );
    }

    #[test]
    fn a_file_that_is_no_ledger_is_refused_with_its_reason() {
        assert_eq!(read("a.xlsx", b"hello"), Err(FileError::NotALedger));
        assert_eq!(read("a.csv", b""), Err(FileError::NotALedger));
        assert_eq!(
            read("a.png", b"\x89PNG\r\n\x1a\n\0\0"),
            Err(FileError::NotALedger)
        );
        assert_eq!(read("a.csv", b"a,b,c\n1,2,3\n"), Err(FileError::NoHeader));
        assert_eq!(read("a.csv", b"\xff\xff\xff"), Err(FileError::NotText));
        assert!(matches!(
            read("a.xlsx", b"PK\x03\x04 and then nothing"),
            Err(FileError::Damaged(_))
        ));
        let lacking = HEADER.replace("契约起始日,", "").replace("行业,", "");
        assert_eq!(
            read("a.csv", lacking.as_bytes()),
            Err(FileError::MissingColumns(vec![
                Field::Industry,
                Field::StartsOn
            ]))
        );
        let twice = HEADER.replace("备注", "企业");
        assert_eq!(
            read("a.csv", twice.as_bytes()),
            Err(FileError::ColumnTwice(Field::EnterpriseName))
        );
        let mut compound = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".to_vec();
        assert_eq!(read("a.xls", &compound), Err(FileError::OldWorkbook));
        compound.extend("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes));
        assert_eq!(read("a.xlsx", &compound), Err(FileError::Encrypted));
        assert_eq!(
            read("a.csv", &vec![b','; LARGEST_FILE + 1]),
            Err(FileError::TooLarge)
        );
    }

    /// The park's ledger with the sheet replaced.
    fn workbook(sheet: &[u8]) -> Vec<u8> {
        let mut from =
            zip::ZipArchive::new(Cursor::new(include_bytes!("../data/roster-2026.xlsx")))
                .expect("a workbook");
        let mut to = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for index in 0..from.len() {
            let part = from.by_index_raw(index).expect("a part");
            if part.name().expect("a name") != "xl/worksheets/sheet1.xml" {
                to.raw_copy_file(part).expect("copied");
            }
        }
        to.start_file(
            "xl/worksheets/sheet1.xml",
            zip::write::SimpleFileOptions::default().compression_level(Some(1)),
        )
        .expect("started");
        std::io::Write::write_all(&mut to, sheet).expect("written");
        to.finish().expect("finished").into_inner()
    }

    #[test]
    fn ten_million_empty_cells_are_refused_at_once() {
        let space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
        let declared = format!(
            r#"<worksheet xmlns="{space}"><dimension ref="A1:J1000000"/><sheetData></sheetData></worksheet>"#
        );
        assert_eq!(
            read("a.xlsx", &workbook(declared.as_bytes())),
            Err(FileError::TooLarge)
        );
        let many = format!(
            r#"<worksheet xmlns="{space}"><sheetData><row>{}</row></sheetData></worksheet>"#,
            "<c/>".repeat(10_000_000)
        );
        assert_eq!(
            read("a.xlsx", &workbook(many.as_bytes())),
            Err(FileError::TooLarge)
        );
        let huge = vec![b' '; usize::try_from(LARGEST_UNPACKED).expect("fits")];
        assert_eq!(read("a.xlsx", &workbook(&huge)), Err(FileError::TooLarge));
    }
}
