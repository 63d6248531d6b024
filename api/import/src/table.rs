//! A sheet as a ledger: where its header stands, which columns it names, which rows below it are enterprises, and what stands in
//! their cells.

use std::{
    cmp::Ordering,
    collections::{BTreeMap, BTreeSet, HashMap},
};

use chrono::{Datelike, NaiveDate};
use entity::{
    address::mailable,
    day::{NoDay, written},
    ledger::{Extent, Field, Reading, Refused, Row, RowError},
    text::{clean_line, is_invisible},
};

use rust_xlsxwriter::utility::column_number_to_name;

use super::{
    FileError,
    sheet::{Cell, HEADER_WITHIN, Line, Serials, Sheet},
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

/// How many rows of heads may stand above the last one.
const HEADS_ABOVE: usize = 2;

/// Whether a sheet has the header of a ledger and an enterprise below it.
pub fn has_rows(sheet: &Sheet) -> bool {
    read(sheet).is_ok_and(|reading| !reading.rows.is_empty() || !reading.refused.is_empty())
}

/// The header of a ledger.
struct Head {
    /// The place of its last row.
    at: usize,
    /// Where each column stands.
    columns: HashMap<Field, u32>,
    /// The columns that have a head, read or not.
    headed: BTreeSet<u32>,
    /// The heads of the other columns, from left to right.
    ignored: Vec<String>,
}

impl Head {
    /// The first row, or rows, that name the columns of a ledger.
    fn find(sheet: &Sheet) -> Result<Self, FileError> {
        let mut problem = FileError::NoHeader;
        let mut above: Vec<&Line> = Vec::new();
        for (at, line) in sheet.lines.iter().enumerate() {
            if line.number > HEADER_WITHIN {
                break;
            }
            if line.hidden {
                continue;
            }
            match Self::read(sheet, at, &above) {
                Ok(Some(head)) => return Ok(head),
                Ok(None) => {}
                // The next row may name what this one lacks.
                Err(error) => problem = error,
            }
            above.insert(0, line);
            above.truncate(HEADS_ABOVE);
        }
        Err(problem)
    }

    /// Whether a row is a header: it names at least three columns, the credit code or the number of the contract among them. Where
    /// heads are divided (`服务专员` above `姓名` and `邮箱`), the rows above say the rest of them; the nearest comes first.
    fn read(sheet: &Sheet, at: usize, above: &[&Line]) -> Result<Option<Self>, FileError> {
        let line = &sheet.lines[at];
        let mut head = Self {
            at,
            columns: HashMap::new(),
            headed: BTreeSet::new(),
            ignored: Vec::new(),
        };
        let rows: Vec<&Line> = std::iter::once(line).chain(above.iter().copied()).collect();
        // The lowest words of each column, and how far above the last row they stand.
        let mut titles: BTreeMap<u32, (usize, String)> = BTreeMap::new();
        for (height, row) in rows.iter().enumerate().rev() {
            for (column, cell) in row.lent.iter().chain(&row.cells) {
                titles.insert(*column, (height, cell.text()));
            }
        }
        let mut own = 0;
        let mut unknown: Vec<(usize, &str)> = Vec::new();
        let mut divided = [false; HEADS_ABOVE + 1];
        let mut twice = None;
        for (column, (height, title)) in &titles {
            let field = field_called(title).or_else(|| {
                let over = rows.get(height + 1)?.nearest(*column)?;
                field_called(&(over.text() + title))
            });
            let Some(field) = field else {
                unknown.push((*height, title.as_str()));
                continue;
            };
            divided[*height] = true;
            own += usize::from(*height == 0);
            let Some(before) = head.columns.insert(field, *column) else {
                continue;
            };
            // A column that can be seen is meant, and the one that is called as in the park's own ledger.
            let rank = |column: &u32| {
                let exact = plain(&titles[column].1) == field.label().zh;
                (!sheet.hides(*column), exact)
            };
            match rank(&before).cmp(&rank(column)) {
                Ordering::Greater => {
                    head.columns.insert(field, before);
                    head.ignored.push(title.clone());
                }
                Ordering::Less => head.ignored.push(titles[&before].1.clone()),
                Ordering::Equal => twice = Some((field, [before, *column])),
            }
        }
        let has = |field| head.columns.contains_key(&field);
        let marked = has(Field::CreditCode) || has(Field::ContractNumber);
        if own == 0 || head.columns.len() < 3 || !marked {
            return Ok(None);
        }
        if let Some((field, columns)) = twice {
            return Err(FileError::ColumnTwice {
                field,
                columns: columns.map(column_name),
                sheet: sheet.name.clone(),
            });
        }
        // A row above that names no column is the title of the table.
        let unknown = unknown
            .into_iter()
            .filter(|(height, _)| *height == 0 || divided[*height]);
        head.ignored
            .extend(unknown.map(|(_, title)| title.to_owned()));
        head.headed = titles.keys().copied().collect();
        let missing: Vec<Field> = Field::ALL
            .into_iter()
            .filter(|field| field.is_required() && !has(*field))
            .collect();
        if missing.is_empty() {
            Ok(Some(head))
        } else {
            Err(FileError::MissingColumns(missing))
        }
    }
}

/// What a spreadsheet calls a column: `A`, `AB`.
fn column_name(column: u32) -> String {
    column_number_to_name(u16::try_from(column).unwrap_or(u16::MAX - 1))
}

/// The names under which parks keep these columns.
fn field_called(title: &str) -> Option<Field> {
    Some(match plain(title).as_str() {
        "企业名称" | "企业" | "单位名称" | "公司名称" | "企业全称" | "enterprise"
        | "enterprisename" => Field::EnterpriseName,
        "统一社会信用代码" | "社会信用代码" | "信用代码" | "统一信用代码" | "creditcode" => {
            Field::CreditCode
        }
        "行业" | "所属行业" | "行业类别" | "industry" => Field::Industry,
        "服务专员" | "专员" | "专员姓名" | "服务专员姓名" | "liaison" => {
            Field::LiaisonName
        }
        "专员邮箱" | "服务专员邮箱" | "专员电子邮箱" | "服务专员电子邮箱" | "liaisonmail" => {
            Field::LiaisonMail
        }
        "企业联系人邮箱" | "联系人邮箱" | "企业邮箱" | "企业联系人电子邮箱" | "contactmail" => {
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
        "重点项目" | "项目" | "项目名称" | "重点项目名称" | "project" => {
            Field::Project
        }
        "备注" | "说明" | "remark" => Field::Remark,
        _ => return None,
    })
}

/// A title without what people put around it: line breaks, blanks, marks, and remarks in brackets.
fn plain(title: &str) -> String {
    let mut depth = 0_u32;
    narrow(title)
        .chars()
        .filter(|letter| {
            match letter {
                '(' | '[' | '【' | '〔' => depth += 1,
                ')' | ']' | '】' | '〕' => {
                    depth = depth.saturating_sub(1);
                    return false;
                }
                _ => {}
            }
            depth == 0
                && !letter.is_whitespace()
                && !is_invisible(*letter)
                && !matches!(letter, '*' | ':' | '_' | '-' | '#' | '※')
        })
        .collect::<String>()
        .to_lowercase()
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

/// Whether every cell of a row says what a row of the header says there.
fn is_same(line: &Line, head: &Line) -> bool {
    line.cells.iter().all(|(column, cell)| {
        let text = cell.text();
        let said = head.cells.get(column).map(Cell::text);
        text.is_empty() || said.is_some_and(|said| said == text)
    })
}

/// `合计`, `本页小计：`, `总计（家）`, `共计 20 家`.
fn is_total(text: &str) -> bool {
    let text: String = plain(text)
        .chars()
        .filter(|letter| !letter.is_ascii_digit())
        .collect();
    let text = text.trim_end_matches(['家', '户', '个', '项', '份', '行', '条']);
    let text = ["本页", "本表", "本期", "累计"]
        .iter()
        .fold(text, |text, word| text.strip_prefix(word).unwrap_or(text));
    matches!(
        text,
        "合计" | "总计" | "小计" | "共计" | "总数" | "total" | "subtotal" | "grandtotal"
    )
}

/// `填表人：…`, `审核人 …`, `注：…`, `注1. …`, `第 2 页 共 3 页`: words below a table. No enterprise has a colon so near its beginning,
/// but one may begin with `负责人` when more than a `few` columns are filled.
fn is_note(text: &str, few: bool) -> bool {
    let written = narrow(text);
    let text: String = written
        .chars()
        .filter(|letter| !letter.is_whitespace())
        .collect();
    let begins = |word: &&str| {
        let apart = |rest: &str| !rest.starts_with(char::is_alphabetic);
        text.starts_with(*word) && (few || written.strip_prefix(*word).is_none_or(apart))
    };
    let label = text.split_once(':').is_some_and(|(label, _)| {
        label.chars().count() <= 10 && label.chars().next().is_some_and(char::is_alphabetic)
    });
    let remark = text
        .strip_prefix('注')
        .is_some_and(|rest| rest.chars().next().is_none_or(|next| !next.is_alphabetic()));
    let page = text.strip_prefix('第').is_some_and(|rest| {
        rest.trim_start_matches(|letter: char| letter.is_ascii_digit())
            .starts_with('页')
    });
    let signed = [
        "填表人",
        "制表人",
        "填报人",
        "审核人",
        "复核人",
        "审批人",
        "负责人",
        "经办人",
        "填表日期",
        "制表日期",
        "填报日期",
        "打印日期",
    ];
    label || remark || page || signed.iter().any(begins)
}

/// `一、软件和信息服务业`: the heading of a part of the table.
fn is_heading(text: &str) -> bool {
    let text = narrow(text);
    let text = text.trim_start_matches('(');
    let rest =
        text.trim_start_matches(['一', '二', '三', '四', '五', '六', '七', '八', '九', '十']);
    rest.len() < text.len() && rest.starts_with(['、', '.', ')'])
}

fn read_row(line: &Line, columns: &HashMap<Field, u32>, serials: Serials, ledger: &mut Reading) {
    if let Some(refused) = unclosed(line, columns) {
        ledger.refused.push(refused);
        return;
    }
    let mut reading = OfRow {
        line,
        columns,
        serials,
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
            number: line.number,
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

/// A row with a quotation mark that is never closed: what stands behind it may be in other columns than it was meant for, so the
/// mark alone is told, at the column that is read there or next before it.
fn unclosed(line: &Line, columns: &HashMap<Field, u32>) -> Option<Refused> {
    let at = line.unclosed?;
    let before = columns.iter().filter(|(_, column)| **column <= at);
    let (field, _) = before
        .max_by_key(|(_, column)| **column)
        .or_else(|| columns.iter().min_by_key(|(_, column)| **column))?;
    Some(Refused {
        row: line.number,
        field: *field,
        value: line.cells.get(&at).map(Cell::text).unwrap_or_default(),
        reason: RowError::UnclosedQuote,
    })
}

/// One row while it is read: every problem in it is told at once.
struct OfRow<'a> {
    line: &'a Line,
    columns: &'a HashMap<Field, u32>,
    serials: Serials,
    refused: Vec<Refused>,
}

impl OfRow<'_> {
    fn cell(&self, field: Field) -> Option<&Cell> {
        let column = self.columns.get(&field)?;
        self.line.shown(*column)
    }

    fn refuse(&mut self, field: Field, value: String, reason: RowError) {
        self.refused.push(Refused {
            row: self.line.number,
            field,
            value,
            reason,
        });
    }

    /// What stands in a column; nothing where a formula has failed, which is told.
    fn text(&mut self, field: Field) -> Option<String> {
        let cell = self.cell(field);
        let text = cell.map(Cell::text).unwrap_or_default();
        let reason = match cell {
            Some(Cell::Pending) => RowError::NotComputed,
            Some(cell) if cell.is_error() => RowError::ErrorValue,
            // A name or a code that the spreadsheet has made something else of.
            Some(Cell::Day(_) | Cell::Truth(_) | Cell::Dressed(_))
                if matches!(
                    field,
                    Field::EnterpriseName | Field::CreditCode | Field::ContractNumber
                ) =>
            {
                RowError::Converted
            }
            _ => return Some(text),
        };
        self.refuse(field, text, reason);
        None
    }

    fn words(&mut self, field: Field) -> String {
        self.text(field)
            .map(|text| self.checked(field, text))
            .unwrap_or_default()
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

    /// A code: narrow letters and digits, upper case; a number of a contract with its blanks, one at a time, and other codes without.
    /// A number is none: of its digits a spreadsheet keeps fifteen.
    fn code(&mut self, field: Field) -> String {
        let number = match self.cell(field) {
            Some(Cell::Number(number)) => Some(*number),
            Some(Cell::Text(text)) if is_scientific(text) => Some(f64::INFINITY),
            _ => None,
        };
        let Some(text) = self.text(field) else {
            return String::new();
        };
        if number.is_some_and(|number| {
            field == Field::CreditCode || number.abs() >= 1e15 || number.fract() != 0.0
        }) {
            self.refuse(field, text, RowError::CodeAsNumber);
            return String::new();
        }
        let code = match field {
            Field::ContractNumber => {
                let words = narrow(&text);
                words.split_whitespace().collect::<Vec<_>>().join(" ")
            }
            _ => without_blanks(&text),
        };
        self.checked(field, code.to_uppercase())
    }

    fn mail(&mut self, field: Field) -> String {
        let Some(text) = self.text(field) else {
            return String::new();
        };
        // A blank within an address is a slip, and nobody knows what stood there.
        let address = self.checked(field, text.clone());
        match mailable(&address) {
            Some(address) => address,
            None => {
                if !address.is_empty() {
                    self.refuse(field, text, RowError::NotAMailAddress);
                }
                address
            }
        }
    }

    fn day(&mut self, field: Field) -> Option<NaiveDate> {
        let cell = self.cell(field).cloned();
        let text = self.text(field)?;
        let read = match cell {
            _ if text.is_empty() => Err(RowError::Missing),
            Some(Cell::Day(day)) => in_range(day),
            Some(Cell::Number(number) | Cell::Dressed(number)) => {
                day_of_number(number, self.serials)
            }
            _ => day_written(&text, self.serials),
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

/// `9.12102E+17`: what is left of a code that was a number when the file was written.
fn is_scientific(text: &str) -> bool {
    let text = without_blanks(text).to_uppercase();
    text.split_once("E+").is_some_and(|(number, exponent)| {
        let is = |text: &str, also: char| {
            !text.is_empty()
                && text
                    .chars()
                    .all(|letter| letter.is_ascii_digit() || letter == also)
        };
        is(number, '.') && is(exponent, '0')
    })
}

/// The day of a number: `20260115`, or as spreadsheets count days.
fn day_of_number(number: f64, serials: Serials) -> Result<NaiveDate, RowError> {
    if (20_000_101.0..=20_991_231.0).contains(&number) && number.fract() == 0.0 {
        return day_written(&number.to_string(), serials);
    }
    in_range(serials.day(number).ok_or(RowError::UnreadableDate)?)
}

/// The day of a text, or of a serial number written as text.
fn day_written(text: &str, serials: Serials) -> Result<NaiveDate, RowError> {
    let serial = without_blanks(text);
    if serial.len() == 5 && serial.bytes().all(|digit| digit.is_ascii_digit()) {
        return match serials {
            Serials::Unknown => Err(RowError::SerialOfUnknown),
            _ => day_of_number(
                serial.parse().map_err(|_| RowError::UnreadableDate)?,
                serials,
            ),
        };
    }
    in_range(written(text).map_err(|error| match error {
        NoDay::Unreadable => RowError::UnreadableDate,
        NoDay::NotInCalendar => RowError::NoSuchDay,
    })?)
}

/// A contract of another century is a slip of the pen.
fn in_range(day: NaiveDate) -> Result<NaiveDate, RowError> {
    if (2000..2100).contains(&day.year()) {
        Ok(day)
    } else {
        Err(RowError::DateOutOfRange)
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

#[cfg(test)]
mod tests {
    use super::*;

    fn day(year: i32, month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, month, day).expect("a day")
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
            assert_eq!(
                day_written(text, Serials::Since1900),
                Ok(day(2026, 1, 15)),
                "{text}"
            );
        }
        for (number, serials) in [
            (46037.75, Serials::Since1900),
            (44575.0, Serials::Since1904),
            (20_260_115.0, Serials::Since1900),
            (20_260_115.0, Serials::Unknown),
        ] {
            assert_eq!(
                day_of_number(number, serials),
                Ok(day(2026, 1, 15)),
                "{number}"
            );
        }
        assert_eq!(
            day_written("44575", Serials::Since1904),
            Ok(day(2026, 1, 15))
        );
        assert_eq!(
            day_written("44575", Serials::Unknown),
            Err(RowError::SerialOfUnknown)
        );
        for text in ["2026/13/1", "2026-02-29", "2026年6月31日"] {
            assert_eq!(
                day_written(text, Serials::Since1900),
                Err(RowError::NoSuchDay),
                "{text}"
            );
        }
        for text in [
            "一月",
            "26/1/15",
            "2026/1",
            "15/1/2026",
            "2026/1-15x",
            "202601150",
            "年月日",
        ] {
            assert_eq!(
                day_written(text, Serials::Since1900),
                Err(RowError::UnreadableDate),
                "{text}"
            );
        }
    }

    #[test]
    fn a_day_of_another_century_is_told_so() {
        for text in ["1926-01-15", "2100/1/1"] {
            assert_eq!(
                day_written(text, Serials::Since1900),
                Err(RowError::DateOutOfRange),
                "{text}"
            );
        }
    }

    #[test]
    fn words_around_a_table_are_no_enterprises() {
        for text in [
            "合计",
            "合  计",
            "本页小计",
            "总计（家）",
            "小计：",
            "共计 20 家",
            "累计合计",
            "Total:",
        ] {
            assert!(is_total(text), "{text}");
        }
        for text in [
            "填表人：专员01",
            "审核人 专员02",
            "注：以上均为示例",
            "注1、示例",
            "注",
            "第 2 页 共 3 页",
            "单位负责人（签字）：",
            "备注: 示例",
        ] {
            assert!(is_note(text, false), "{text}");
        }
        for text in ["一、软件和信息服务业", "（二）装备制造", "十二.其他"] {
            assert!(is_heading(text), "{text}");
        }
        for text in [
            "总计示例有限公司",
            "注册示例有限公司",
            "负责人才示例有限公司",
            "第一示例有限公司",
            "三一示例有限公司",
            "12",
            "2026-01-15 00:00",
        ] {
            assert!(
                !is_total(text) && !is_note(text, false) && !is_heading(text),
                "{text}"
            );
        }
    }

    #[test]
    fn a_title_is_known_with_what_people_put_around_it() {
        for title in [
            "统一社会信用代码",
            "统一社会\n信用代码（18位）",
            "*统一社会信用代码：",
            "统一社会信用代码【必填】",
            "\u{feff}信用代码",
        ] {
            assert_eq!(field_called(title), Some(Field::CreditCode), "{title}");
        }
        assert_eq!(
            field_called("契约起始日\r\n(年/月/日)"),
            Some(Field::StartsOn)
        );
        assert_eq!(field_called("（备注）"), None);
    }
}
