//! The calendar as a value: which day counts, and arithmetic on working days in constant time.
//!
//! Inside the years whose notice is published the answers come from two prefix sums; outside them (and only there) Monday to
//! Friday is assumed, and what rests on the assumption is called provisional.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
    sync::{Arc, LazyLock},
};

use chrono::{DateTime, Datelike, NaiveDate, Utc, Weekday};

use super::day::Kind;
use crate::{
    clock::is_meant,
    day::{NoDay, written},
    error::Explain,
    id::sha256_hex,
    language::Text,
    term::term,
    text::clean_line,
    values,
};

/// The calendar that the product ships: the notices for 2012 to 2026.
pub const SHIPPED: &str = include_str!("../../data/working-day-calendar-cn.csv");

static SHIPPED_CALENDAR: LazyLock<Calendar> =
    LazyLock::new(|| Calendar::new(parse(SHIPPED).unwrap_or_default()));

/// A day as a notice names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamedDay {
    /// The day.
    pub day: NaiveDate,
    /// Off, or worked.
    pub kind: Kind,
    /// The holiday it belongs to.
    pub name: Text,
}

/// The notice of one year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// The year that it arranges; it may name days of the year before.
    pub year: i32,
    /// The days that depart from Monday to Friday, in order.
    pub days: Vec<NamedDay>,
}

/// A holiday that follows the moon or the sun.
struct Moving {
    /// How a notice calls it.
    name: &'static str,
    /// Month and day on which it falls at the earliest.
    from: (u32, u32),
    /// At the latest.
    to: (u32, u32),
}

const fn moving(name: &'static str, from: (u32, u32), to: (u32, u32)) -> Moving {
    Moving { name, from, to }
}

/// Those of every year (全国年节及纪念日放假办法第二条). Spring Festival's eve falls on 20 January at the earliest, and offices may close
/// a day before.
const MOVING: [Moving; 4] = [
    moving("春节", (1, 18), (2, 28)),
    moving("清明", (4, 1), (4, 8)),
    moving("端午", (5, 25), (6, 28)),
    moving("中秋", (9, 5), (10, 10)),
];

/// From 2008 the law gives eleven days off, and thirteen since 2025 (国务院令第513号、第795号).
fn days_by_law(year: i32) -> usize {
    if year < 2025 { 11 } else { 13 }
}

impl Notice {
    /// Whether it arranges its whole year: it names the holidays that the law sets on fixed days and those that move, and as many days
    /// off as the law gives. One that does not says what it says of its days, and leaves the rest of its year unpublished.
    pub fn is_whole(&self) -> bool {
        let holidays: Vec<&NamedDay> = self
            .days
            .iter()
            .filter(|day| day.kind == Kind::Holiday)
            .collect();
        let fixed = [(1, 1), (5, 1), (10, 1)].into_iter().all(|on| {
            let day = NaiveDate::from_ymd_opt(self.year, on.0, on.1);
            holidays.iter().any(|holiday| Some(holiday.day) == day)
        });
        self.year < 2008
            || fixed && self.names_moving(&holidays) && holidays.len() >= days_by_law(self.year)
    }

    /// Whether each holiday that moves is among `holidays`: by its name, or on a day that no other one has. Mid-Autumn may fall into the
    /// days of National Day, which are then eight or more.
    fn names_moving(&self, holidays: &[&NamedDay]) -> bool {
        let of_year = |(month, day): (u32, u32)| NaiveDate::from_ymd_opt(self.year, month, day);
        MOVING.into_iter().all(|Moving { name, from, to }| {
            let (from, to) = (of_year(from), of_year(to));
            let of_season: Vec<&NamedDay> = holidays
                .iter()
                .copied()
                .filter(|holiday| from <= Some(holiday.day) && Some(holiday.day) <= to)
                .collect();
            let named = of_season.iter().any(|holiday| {
                let is_of = |other: &str| holiday.name.zh.contains(other);
                is_of(name) || !["元旦", "劳动", "国庆"].into_iter().any(is_of)
            });
            let in_october = of_season
                .iter()
                .filter(|holiday| holiday.day.month() == 10)
                .count();
            named || name == "中秋" && in_october >= 8
        })
    }

    /// A fingerprint of its content: the same days give the same one.
    pub fn sha256(&self) -> String {
        let text: String = self
            .days
            .iter()
            .map(|day| {
                format!(
                    "{},{:?},{},{}\n",
                    day.day, day.kind, day.name.zh, day.name.en
                )
            })
            .collect();
        sha256_hex(text.as_bytes())
    }
}

term! {
    /// What a day is in the calendar (日期性质).
    pub enum DayNature as "DayKind" {
        /// An ordinary working day.
        Working = "WORKING", "工作日", "Working day";
        /// A Saturday or Sunday that is worked.
        WorkedWeekend = "WORKED_WEEKEND", "调休上班", "Worked weekend";
        /// A Saturday or Sunday.
        Weekend = "WEEKEND", "周末", "Weekend";
        /// A day off by the yearly notice.
        Holiday = "HOLIDAY", "节假日", "Holiday";
    }
}

/// What a day is, with the holiday that makes it so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DayKind {
    /// Monday to Friday, nothing special.
    Working,
    /// A Saturday or Sunday that is worked because of the holiday named.
    WorkedWeekend(Text),
    /// A Saturday or Sunday.
    Weekend,
    /// Off because of the holiday named.
    Holiday(Text),
}

impl DayKind {
    /// The same without the holiday.
    pub fn nature(&self) -> DayNature {
        match self {
            Self::Working => DayNature::Working,
            Self::WorkedWeekend(_) => DayNature::WorkedWeekend,
            Self::Weekend => DayNature::Weekend,
            Self::Holiday(_) => DayNature::Holiday,
        }
    }

    /// Whether it counts as a working day.
    pub fn is_working(&self) -> bool {
        matches!(self, Self::Working | Self::WorkedWeekend(_))
    }
}

/// Which days count. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Calendar {
    tables: Arc<Tables>,
    edition: Option<Edition>,
}

/// What tells one edition of the calendar in force from another: how many notices were imported, and when the last.
pub type Edition = (i64, Option<DateTime<Utc>>);

#[derive(Debug)]
struct Tables {
    named: BTreeMap<NaiveDate, (Kind, Text)>,
    years: BTreeSet<i32>,
    /// The day before the first of the tables.
    origin: i32,
    /// `working[i]`: the working days in the first `i` days.
    working: Vec<i32>,
    /// `guessed[i]`: the days without a notice in the first `i` days.
    guessed: Vec<i32>,
    /// The working days of the tables, in order.
    nth: Vec<i32>,
}

impl Calendar {
    /// A calendar from its notices; a year is published when its notice is whole. Where two of them name the same day, the later year's counts.
    pub fn new(mut notices: Vec<Notice>) -> Self {
        notices.sort_by_key(|notice| notice.year);
        let whole = notices.iter().filter(|notice| notice.is_whole());
        let years: BTreeSet<i32> = whole.map(|notice| notice.year).collect();
        let named: BTreeMap<_, _> = notices
            .into_iter()
            .flat_map(|notice| notice.days)
            .map(|day| (day.day, (day.kind, day.name)))
            .collect();
        let new_year = |year: i32| NaiveDate::from_ymd_opt(year, 1, 1);
        let first = years.first().and_then(|&year| new_year(year));
        let last = years
            .last()
            .and_then(|&year| new_year(year + 1)?.pred_opt());
        let first = first.into_iter().chain(named.keys().next().copied()).min();
        let last = last
            .into_iter()
            .chain(named.keys().next_back().copied())
            .max();
        let mut tables = Tables {
            origin: first.map_or(0, |first| first.num_days_from_ce() - 1),
            named,
            years,
            working: vec![0],
            guessed: vec![0],
            nth: Vec::new(),
        };
        if let (Some(first), Some(last)) = (first, last) {
            let (mut working, mut guessed) = (0, 0);
            for day in first.iter_days().take_while(|day| *day <= last) {
                let named = tables.named.get(&day);
                let works = match named {
                    Some((Kind::Workday, _)) => true,
                    Some((Kind::Holiday, _)) => false,
                    None => !is_weekend(day),
                };
                if works {
                    working += 1;
                    tables.nth.push(day.num_days_from_ce());
                }
                if named.is_none() && !tables.years.contains(&day.year()) {
                    guessed += 1;
                }
                tables.working.push(working);
                tables.guessed.push(guessed);
            }
        }
        Self {
            tables: Arc::new(tables),
            edition: None,
        }
    }

    /// The same as it was in force in this edition.
    pub(super) fn in_edition(self, edition: Edition) -> Self {
        Self {
            edition: Some(edition),
            ..self
        }
    }

    /// The edition in force that it was read from.
    pub fn edition(&self) -> Option<Edition> {
        self.edition
    }

    /// The calendar that the product ships.
    pub fn shipped() -> Self {
        SHIPPED_CALENDAR.clone()
    }

    /// The years with a published notice, in order.
    pub fn published_years(&self) -> impl Iterator<Item = i32> + '_ {
        self.tables.years.iter().copied()
    }

    /// Whether the notice of `year` is published.
    pub fn is_published(&self, year: i32) -> bool {
        self.tables.years.contains(&year)
    }

    /// The last year with a published notice.
    pub fn last_published(&self) -> Option<i32> {
        self.tables.years.last().copied()
    }

    /// What `date` is.
    pub fn day(&self, date: NaiveDate) -> DayKind {
        match self.tables.named.get(&date) {
            Some((Kind::Holiday, name)) => DayKind::Holiday(name.clone()),
            Some((Kind::Workday, name)) if is_weekend(date) => DayKind::WorkedWeekend(name.clone()),
            Some((Kind::Workday, _)) => DayKind::Working,
            None if is_weekend(date) => DayKind::Weekend,
            None => DayKind::Working,
        }
    }

    /// Whether `date` is a working day.
    pub fn is_working_day(&self, date: NaiveDate) -> bool {
        let day = date.num_days_from_ce();
        self.tables.rank(day) > self.tables.rank(day - 1)
    }

    /// The `days`-th working day after `date`; `date` itself is never counted, also when it is a day off. 0 gives `date`.
    pub fn add_working_days(&self, date: NaiveDate, days: u32) -> NaiveDate {
        if days == 0 {
            return date;
        }
        let rank = self.tables.rank(date.num_days_from_ce());
        from_number(
            self.tables
                .working_day_of_rank(rank.saturating_add_unsigned(days)),
        )
    }

    /// `days` days after `date`; when that falls on a day off, the next working day.
    pub fn add_calendar_days(&self, date: NaiveDate, days: u32) -> NaiveDate {
        self.roll_forward(from_number(
            date.num_days_from_ce().saturating_add_unsigned(days),
        ))
    }

    /// `date` itself when it is a working day, else the next one.
    pub fn roll_forward(&self, date: NaiveDate) -> NaiveDate {
        if self.is_working_day(date) {
            date
        } else {
            self.add_working_days(date, 1)
        }
    }

    /// `date` itself, unless nobody has said yet what it is and the law itself gives it off: then the next working day that is not such
    /// a day.
    pub fn off_fixed_holidays(&self, mut date: NaiveDate) -> NaiveDate {
        while self.provisional(date) && fixed_holiday(date).is_some() {
            date = self.add_working_days(date, 1);
        }
        date
    }

    /// The working days after `after` up to and with `until`; negative when `until` lies before `after`.
    pub fn working_days_between(&self, after: NaiveDate, until: NaiveDate) -> i32 {
        self.tables.rank(until.num_days_from_ce()) - self.tables.rank(after.num_days_from_ce())
    }

    /// The first day on which at most `days` working days are left, up to and with `until`.
    pub fn first_with_left(&self, until: NaiveDate, days: u32) -> NaiveDate {
        let rank = self.tables.rank(until.num_days_from_ce());
        from_number(
            self.tables
                .working_day_of_rank(rank.saturating_sub_unsigned(days)),
        )
    }

    /// Whether nobody has said yet what `date` is: no notice of its year is published, and none names it.
    pub fn provisional(&self, date: NaiveDate) -> bool {
        let day = date.num_days_from_ce();
        self.tables.guesses(day) > self.tables.guesses(day - 1)
    }

    /// Whether any day after `after` up to and with `until` is provisional.
    pub fn provisional_between(&self, after: NaiveDate, until: NaiveDate) -> bool {
        self.tables.guesses(until.num_days_from_ce())
            > self.tables.guesses(after.num_days_from_ce())
    }
}

impl Tables {
    fn last(&self) -> i32 {
        self.origin + self.working.len() as i32 - 1
    }

    /// How many working days lie after the origin up to and with `day`; negative before it.
    fn rank(&self, day: i32) -> i32 {
        let last = self.last();
        if day < self.origin {
            weekdays_until(day) - weekdays_until(self.origin)
        } else if day > last {
            self.nth.len() as i32 + weekdays_until(day) - weekdays_until(last)
        } else {
            self.working[(day - self.origin) as usize]
        }
    }

    /// The first day of that rank.
    fn working_day_of_rank(&self, rank: i32) -> i32 {
        let known = self.nth.len() as i32;
        if rank < 1 {
            weekday_of_rank(weekdays_until(self.origin) + rank)
        } else if rank > known {
            weekday_of_rank(weekdays_until(self.last()).saturating_add(rank - known))
        } else {
            self.nth[(rank - 1) as usize]
        }
    }

    fn guesses(&self, day: i32) -> i32 {
        let last = self.last();
        if day < self.origin {
            day - self.origin
        } else if day > last {
            self.guessed[self.guessed.len() - 1] + day - last
        } else {
            self.guessed[(day - self.origin) as usize]
        }
    }
}

/// Mondays to Fridays up to and with day `number`; day 1 is Monday, 1 January of year 1.
fn weekdays_until(number: i32) -> i32 {
    5 * number.div_euclid(7) + number.rem_euclid(7).min(5)
}

/// The inverse: the first day with that many Mondays to Fridays.
fn weekday_of_rank(rank: i32) -> i32 {
    let before = rank - 1;
    before
        .div_euclid(5)
        .saturating_mul(7)
        .saturating_add(before.rem_euclid(5) + 1)
}

fn from_number(number: i32) -> NaiveDate {
    NaiveDate::from_num_days_from_ce_opt(number).unwrap_or(NaiveDate::MAX)
}

fn is_weekend(date: NaiveDate) -> bool {
    matches!(date.weekday(), Weekday::Sat | Weekday::Sun)
}

/// The holiday that the law sets on that day of every year (全国年节及纪念日放假办法第二条): what follows the moon or the sun is known
/// by the yearly notice only.
pub fn fixed_holiday(date: NaiveDate) -> Option<Text> {
    match (date.month(), date.day()) {
        (1, 1) => Some(Text::new("元旦", "New Year's Day")),
        (5, 1 | 2) => Some(Text::new("劳动节", "Labour Day")),
        (10, 1..=3) => Some(Text::new("国庆节", "National Day")),
        _ => None,
    }
}

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

/// A day that can be meant, in exactly the form `YYYY-MM-DD`.
pub fn parse_date(text: &str) -> Option<NaiveDate> {
    let bytes = text.as_bytes();
    if bytes.len() != 10 || bytes[4] != b'-' || bytes[7] != b'-' {
        return None;
    }
    let number = |from: usize, to: usize| {
        bytes[from..to].iter().try_fold(0_u32, |sum, byte| {
            byte.is_ascii_digit()
                .then(|| sum * 10 + u32::from(byte - b'0'))
        })
    };
    NaiveDate::from_ymd_opt(
        number(0, 4)?.try_into().ok()?,
        number(5, 7)?,
        number(8, 10)?,
    )
    .filter(|day| is_meant(*day))
}

/// How a day changes between two calendars.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DayChange {
    /// The day.
    pub day: NaiveDate,
    /// What it was.
    pub before: DayKind,
    /// What it becomes.
    pub after: DayKind,
}

/// The days that are something else in `new` than in `old`.
pub fn diff(old: &Calendar, new: &Calendar) -> Vec<DayChange> {
    let days: BTreeSet<_> = old
        .tables
        .named
        .keys()
        .chain(new.tables.named.keys())
        .collect();
    days.into_iter()
        .map(|&day| DayChange {
            day,
            before: old.day(day),
            after: new.day(day),
        })
        .filter(|change| change.before != change.after)
        .collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn date(text: &str) -> NaiveDate {
        parse_date(text).expect("a date of the test")
    }

    /// Steps from day to day and asks only what the day is: slow and obvious.
    fn step(calendar: &Calendar, mut from: NaiveDate, days: u32) -> NaiveDate {
        let mut left = days;
        while left > 0 {
            from = from.succ_opt().expect("not the end of time");
            if calendar.day(from).is_working() {
                left -= 1;
            }
        }
        from
    }

    #[test]
    fn the_years_have_the_known_number_of_working_days() {
        let calendar = Calendar::shipped();
        for (year, days) in [(2012, 249), (2025, 248), (2026, 248)] {
            let last = |year| NaiveDate::from_ymd_opt(year, 12, 31).expect("a date");
            assert_eq!(
                calendar.working_days_between(last(year - 1), last(year)),
                days,
                "{year}"
            );
        }
        assert!(calendar.published_years().eq(2012..=2026));
    }

    #[test]
    fn every_day_and_limit_agrees_with_stepping() {
        let calendar = Calendar::shipped();
        let first = date("2010-01-01");
        for start in first.iter_days().take_while(|day| day.year() < 2029) {
            assert_eq!(
                calendar.is_working_day(start),
                calendar.day(start).is_working()
            );
            let mut stepped = start;
            for days in 1..=60 {
                stepped = step(&calendar, stepped, 1);
                assert_eq!(calendar.add_working_days(start, days), stepped);
            }
        }
    }

    #[test]
    fn what_no_notice_covers_is_provisional() {
        let calendar = Calendar::shipped();
        assert!(!calendar.provisional(date("2026-12-31")));
        assert!(calendar.provisional(date("2027-01-01")));
        assert!(calendar.provisional(date("2011-12-30")));
        // The notice of 2012 names this one.
        assert!(!calendar.provisional(date("2011-12-31")));
        assert!(calendar.provisional_between(date("2026-12-31"), date("2027-01-04")));
        let empty = Calendar::new(Vec::new());
        assert!(empty.provisional(date("2026-06-19")));
        assert_eq!(
            empty.add_working_days(date("2026-06-18"), 1),
            date("2026-06-19")
        );
    }

    #[test]
    fn a_gap_between_published_years_stays_provisional() {
        let notices: Vec<_> = parse(SHIPPED)
            .expect("the shipped calendar")
            .into_iter()
            .filter(|notice| notice.year != 2020)
            .collect();
        let calendar = Calendar::new(notices);
        assert!(calendar.provisional(date("2020-06-01")));
        assert!(!calendar.provisional(date("2021-06-01")));
    }

    #[test]
    fn a_notice_of_one_day_is_not_the_whole_year() {
        let one_day =
            "date,kind,name_zh,name_en,notice_year\n2027-01-04,holiday,元旦,New Year's Day,2027\n";
        let mut notices = parse(SHIPPED).expect("the shipped calendar");
        assert!(notices.iter().all(Notice::is_whole));
        notices.extend(parse(one_day).expect("one day"));
        let calendar = Calendar::new(notices);
        assert!(!calendar.is_published(2027) && !calendar.is_working_day(date("2027-01-04")));
        assert!(
            !calendar.provisional(date("2027-01-04")),
            "what it names is known"
        );
        assert!(
            calendar.provisional(date("2027-01-05")) && calendar.provisional(date("2027-12-31"))
        );
        assert!(!calendar.provisional(date("2026-12-31")));
    }

    #[test]
    fn a_notice_without_one_of_the_holidays_is_not_the_whole_year() {
        for notice in parse(SHIPPED).expect("the shipped calendar") {
            // In 2020 Mid-Autumn was the first day of the eight of National Day.
            let joined = if notice.year == 2020 {
                "国庆"
            } else {
                "中秋"
            };
            for name in ["元旦", "春节", "清明", "劳动", "端午", joined, "国庆"] {
                let mut less = notice.clone();
                less.days.retain(|day| !day.name.zh.contains(name));
                assert!(!less.is_whole(), "{} without {name}", notice.year);
            }
        }
        let of = |year: i32, days: usize| {
            let names = "01-01 元旦,02-06 春节,02-07 春节,04-05 清明,05-01 劳动节,06-09 端午节,09-15 中秋节,10-01 国庆节";
            let more = [
                "02-08 春节",
                "02-09 春节",
                "10-02 国庆节",
                "10-03 国庆节",
                "05-02 劳动节",
            ];
            let days = names.split(',').chain(more.into_iter().take(days - 8));
            let days = days.map(|day| {
                let (day, name) = day.split_once(' ').expect("a day and a name");
                NamedDay {
                    day: date(&format!("{year}-{day}")),
                    kind: Kind::Holiday,
                    name: Text::new(name, "a holiday"),
                }
            });
            Notice {
                year,
                days: days.collect(),
            }
        };
        for (year, days, whole) in [
            (2024, 10, false),
            (2024, 11, true),
            (2027, 12, false),
            (2027, 13, true),
        ] {
            assert_eq!(of(year, days).is_whole(), whole, "{year}: {days} days");
        }
    }

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

    fn any_day() -> impl Strategy<Value = NaiveDate> {
        (733_000_i32..741_000).prop_map(|day| {
            NaiveDate::from_num_days_from_ce_opt(day).expect("a day in 2007 to 2029")
        })
    }

    proptest! {
        #[test]
        fn adding_ends_on_a_working_day_and_counts_back(start in any_day(), days in 1_u32..400) {
            let calendar = Calendar::shipped();
            let end = calendar.add_working_days(start, days);
            prop_assert!(calendar.is_working_day(end));
            prop_assert_eq!(calendar.working_days_between(start, end), days as i32);
            prop_assert_eq!(calendar.working_days_between(end, start), -(days as i32));
        }

        #[test]
        fn adding_twice_is_adding_the_sum(start in any_day(), a in 0_u32..200, b in 0_u32..200) {
            let calendar = Calendar::shipped();
            prop_assert_eq!(
                calendar.add_working_days(calendar.add_working_days(start, a), b),
                calendar.add_working_days(start, a + b)
            );
        }

        #[test]
        fn a_later_start_never_ends_earlier(start in any_day(), later in 0_i64..40, days in 0_u32..200) {
            let calendar = Calendar::shipped();
            let after = start + chrono::TimeDelta::days(later);
            prop_assert!(calendar.add_working_days(start, days) <= calendar.add_working_days(after, days));
            prop_assert!(calendar.add_calendar_days(start, days) <= calendar.add_calendar_days(after, days));
        }

        #[test]
        fn starting_on_a_day_off_is_starting_on_the_last_working_day(start in any_day(), days in 1_u32..200) {
            let calendar = Calendar::shipped();
            let mut before = start;
            while !calendar.is_working_day(before) {
                before = before.pred_opt().expect("a day before");
            }
            prop_assert_eq!(calendar.add_working_days(start, days), calendar.add_working_days(before, days));
        }
    }
}
