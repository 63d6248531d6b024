//! A day as it stands in a cell: written, as a number, or as spreadsheets count days.

use chrono::{Datelike, NaiveDate};
use entity::{
    day::{NoDay, written},
    ledger::RowError,
};

use super::without_blanks;
use crate::sheet::Serials;

/// The day of a number: `20260115`, or as spreadsheets count days.
pub(super) fn day_of_number(number: f64, serials: Serials) -> Result<NaiveDate, RowError> {
    if (20_000_101.0..=20_991_231.0).contains(&number) && number.fract() == 0.0 {
        return day_written(&number.to_string(), serials);
    }
    in_range(serials.day(number).ok_or(RowError::UnreadableDate)?)
}

/// The day of a text, or of a serial number written as text.
pub(super) fn day_written(text: &str, serials: Serials) -> Result<NaiveDate, RowError> {
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
pub(super) fn in_range(day: NaiveDate) -> Result<NaiveDate, RowError> {
    if (2000..2100).contains(&day.year()) {
        Ok(day)
    } else {
        Err(RowError::DateOutOfRange)
    }
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
}
