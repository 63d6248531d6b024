//! A calendar as a file: how it is read, and what is wrong with its lines.

use std::{collections::BTreeMap, fmt};

use chrono::{Datelike, NaiveDate};

use super::{super::day::Kind, NamedDay, Notice, kind::is_weekend};
use crate::{
    clock::is_meant,
    day::{NoDay, written},
    error::Explain,
    language::Text,
    text::clean_line,
    values,
};

/// What is wrong with a line of a calendar file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LineError {
    /// The header is not the expected one.
    Header,
    /// Not five columns, or not text.
    Columns,
    /// Not a date `YYYY-MM-DD`.
    Date(String),
    /// It is written like a date, but the calendar has no such day.
    NoSuchDay(String),
    /// A date that nobody can mean.
    DateOutOfRange(String),
    /// A quotation mark is never closed.
    Unclosed,
    /// Neither `holiday` nor `workday`.
    Kind(String),
    /// A name is missing or too long.
    Name,
    /// Not a year.
    Year(String),
    /// The day lies in neither the notice's year nor the one before or after it.
    FarDay,
    /// The day stands there twice for the same notice.
    Twice,
    /// A Saturday or Sunday is worked, a Monday to Friday is not "made" one.
    WorkedWeekday,
    /// There is no day in the file at all.
    Empty,
}

/// A row of a calendar file that cannot be taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParseError {
    /// The row as a spreadsheet shows it, counted from 1 with the header.
    pub line: u64,
    /// What is wrong.
    pub error: LineError,
}

impl Explain for ParseError {
    fn explain(&self) -> Text {
        let Text { zh, en } = self.error.explain();
        Text::new(
            format!("第{}行：{zh}", self.line),
            format!("Line {}: {en}", self.line),
        )
    }
}

impl Explain for LineError {
    fn explain(&self) -> Text {
        match self {
            Self::Header => Text::new(
                "表头应为 date,kind,name_zh,name_en,notice_year。",
                "the header must be date,kind,name_zh,name_en,notice_year.",
            ),
            Self::Columns => Text::new(
                "应为五列 UTF-8 文本，请检查逗号、引号与编码。",
                "five columns of UTF-8 text are expected: check commas, quotation marks and encoding.",
            ),
            Self::Date(text) => Text::new(
                format!("“{text}”不是日期，请写成 2026-10-01 的形式。"),
                format!("“{text}” is not a date: write it as 2026-10-01."),
            ),
            Self::NoSuchDay(text) => Text::new(
                format!("日历上没有“{text}”这一天，请核对月份和日期。"),
                format!("“{text}” does not exist in the calendar: check the month and the day."),
            ),
            Self::Unclosed => Text::new(
                "此行有一个引号没有配对，请补上或删去。",
                "a quotation mark in this line is not closed: close or remove it.",
            ),
            Self::DateOutOfRange(text) => Text::new(
                format!("“{text}”应在 1949-10-01 至 2099-12-31 之间，请核对年份。"),
                format!("“{text}” must be between 1949-10-01 and 2099-12-31: check the year."),
            ),
            Self::Kind(text) => Text::new(
                format!("“{text}”应为 holiday（放假）或 workday（上班）。"),
                format!("“{text}” must be holiday or workday."),
            ),
            Self::Name => Text::new(
                "中英文名称都要填写，且不超过100字。",
                "both names are required, at most 100 characters each.",
            ),
            Self::Year(text) => Text::new(
                format!("“{text}”不是通知年份。"),
                format!("“{text}” is not the year of a notice."),
            ),
            Self::FarDay => Text::new(
                "日期与通知年份相差超过一年，请核对。",
                "the day is more than a year away from the year of its notice: check both.",
            ),
            Self::Twice => Text::new(
                "同一通知中该日期重复，请删去一行。",
                "the notice contains this day twice: delete one of the lines.",
            ),
            Self::WorkedWeekday => Text::new(
                "周一至周五本来就上班，只有周六、周日可以列为 workday。",
                "Monday to Friday are working days anyway: only a Saturday or Sunday can be listed as workday.",
            ),
            Self::Empty => Text::new("文件中没有任何日期。", "the file contains no days."),
        }
    }
}

impl fmt::Display for ParseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.explain().en)
    }
}

/// The columns of a calendar file.
const COLUMNS: [&str; 5] = ["date", "kind", "name_zh", "name_en", "notice_year"];

/// Reads a calendar file: the notices in it by year, or everything that is wrong with it.
pub fn parse(text: &str) -> Result<Vec<Notice>, Vec<ParseError>> {
    // A title above the header, and a line for Excel alone that says what stands between two values.
    let is_title = |record: &values::Record| {
        let filled = record.values.iter().filter(|one| !one.trim().is_empty());
        filled.count() == 1
    };
    let rows = |delimiter| {
        values::records(text, delimiter)
            .filter(|record| !record.is_blank())
            .skip_while(is_title)
    };
    let is_header =
        |record: &values::Record| record.values.iter().map(|one| one.trim()).eq(COLUMNS);
    let Some(delimiter) = values::DELIMITERS
        .into_iter()
        .find(|delimiter| rows(*delimiter).next().as_ref().is_some_and(is_header))
    else {
        return Err(vec![ParseError {
            line: 1,
            error: LineError::Header,
        }]);
    };
    let mut notices: BTreeMap<i32, BTreeMap<NaiveDate, NamedDay>> = BTreeMap::new();
    let mut errors = Vec::new();
    for record in rows(delimiter).skip(1) {
        let taken = named_day(&record).and_then(|(year, day)| {
            match notices.entry(year).or_default().insert(day.day, day) {
                Some(_) => Err(LineError::Twice),
                None => Ok(()),
            }
        });
        if let Err(error) = taken {
            let line = u64::from(record.row);
            errors.push(ParseError { line, error });
        }
    }
    if notices.is_empty() && errors.is_empty() {
        errors.push(ParseError {
            line: 1,
            error: LineError::Empty,
        });
    }
    if !errors.is_empty() {
        return Err(errors);
    }
    Ok(notices
        .into_iter()
        .map(|(year, days)| Notice {
            year,
            days: days.into_values().collect(),
        })
        .collect())
}

fn named_day(record: &values::Record) -> Result<(i32, NamedDay), LineError> {
    if record.unclosed.is_some() {
        return Err(LineError::Unclosed);
    }
    let [date, kind, name_zh, name_en, notice_year] = record.values.as_slice() else {
        return Err(LineError::Columns);
    };
    let [date, kind, name_zh, name_en, notice_year] =
        [date, kind, name_zh, name_en, notice_year].map(|value| clean_line(value));
    let day = written_date(&date)?;
    let kind = match kind.as_str() {
        "holiday" => Kind::Holiday,
        "workday" => Kind::Workday,
        _ => return Err(LineError::Kind(kind)),
    };
    let name_fits = |name: &str| (1..=100).contains(&name.chars().count());
    if !name_fits(&name_zh) || !name_fits(&name_en) {
        return Err(LineError::Name);
    }
    let year: i32 = notice_year
        .parse()
        .ok()
        .filter(|year| (1949..=2999).contains(year))
        .ok_or_else(|| LineError::Year(notice_year.clone()))?;
    if (day.year() - year).abs() > 1 {
        return Err(LineError::FarDay);
    }
    if kind == Kind::Workday && !is_weekend(day) {
        return Err(LineError::WorkedWeekday);
    }
    let name = Text::new(name_zh, name_en);
    Ok((year, NamedDay { day, kind, name }))
}

fn written_date(text: &str) -> Result<NaiveDate, LineError> {
    let day = written(text).map_err(|error| match error {
        NoDay::Unreadable => LineError::Date(text.to_owned()),
        NoDay::NotInCalendar => LineError::NoSuchDay(text.to_owned()),
    })?;
    if is_meant(day) {
        Ok(day)
    } else {
        Err(LineError::DateOutOfRange(text.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::{super::tests::date, *};

    #[test]
    fn a_bad_file_is_told_line_by_line() {
        let errors = parse(
            "date,kind,name_zh,name_en,notice_year\n\
             2027-01-01,holiday,元旦,New Year's Day,2027\n\
             2027-13-01,holiday,元旦,New Year's Day,2027\n\
             2027-01-02,feast,元旦,New Year's Day,2027\n\
             2027-01-01,holiday,元旦,New Year's Day,2027\n\
             2027-01-04,workday,元旦,New Year's Day,2027\n\
             2027-01-05,holiday\n\
             2030-01-01,holiday,元旦,New Year's Day,2027\n\
             2027-01-02,holiday,\"元旦,New Year's Day,2027\n",
        )
        .expect_err("eight lines, seven of them bad");
        let lines: Vec<_> = errors.iter().map(|error| error.line).collect();
        assert_eq!(lines, [3, 4, 5, 6, 7, 8, 9]);
        assert_eq!(errors[6].error, LineError::Unclosed);
        assert!(errors[0].explain().zh.starts_with("第3行"));
        assert_eq!(
            parse("").expect_err("no header")[0].error,
            LineError::Header
        );
    }

    #[test]
    fn a_spreadsheet_may_write_its_own_way() {
        let text = "sep=,\n2027 年放假安排,,,,\n\ndate,kind,name_zh,name_en,notice_year\n\
                    2027/1/1,holiday,元\u{200b}旦,New Year's Day,2027\n";
        let notices = parse(text).expect("a notice");
        assert_eq!(notices[0].days[0].day, date("2027-01-01"));
        assert_eq!(notices[0].days[0].name, Text::new("元旦", "New Year's Day"));
        let other = parse(&text.replace("2027/1/1", "2027年1月1日")).expect("a notice");
        assert_eq!(other[0].days, notices[0].days);
        let errors = parse(&text.replace("2027/1/1", "2127/1/1")).expect_err("out of range");
        assert_eq!(errors[0].line, 5);
        assert_eq!(
            errors[0].error,
            LineError::DateOutOfRange("2127/1/1".to_owned())
        );
    }

    #[test]
    fn the_row_is_the_one_that_a_spreadsheet_shows() {
        for (end, mark) in [("\r\n", ","), ("\r", "\t"), ("\n", ";")] {
            let text = [
                "date,kind,name_zh,name_en,notice_year",
                "",
                "2027-01-01,holiday,\"元\n旦\",New Year's Day,2027",
                "2027-13-01,holiday,元旦,New Year's Day,2027",
            ];
            let text = text.join(end).replace(',', mark);
            let errors = parse(&text).expect_err("no such day");
            assert_eq!(errors.len(), 1, "{mark:?}");
            assert_eq!(errors[0].line, 4, "{mark:?}");
        }
    }
}
