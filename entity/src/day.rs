//! Days as people and spreadsheets write them: one reader for every file that comes in.

use chrono::NaiveDate;
use unicode_normalization::UnicodeNormalization;

/// Why a text is no day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoDay {
    /// Nobody can tell which day is meant.
    Unreadable,
    /// It is written like a day, but the calendar has no such day.
    NotInCalendar,
}

/// The day of `2026年1月15日`, `2026.01.05`, `2026/2/1`, `2027-01-14`, `20260115`, in full width, too; a time of day behind it is
/// ignored. Which days can be meant is for the caller to say.
pub fn written(text: &str) -> Result<NaiveDate, NoDay> {
    let narrow: String = text.nfkc().collect();
    let date = narrow
        .split_once(['T', ' '])
        .filter(|(_, time)| time.contains(':'))
        .map_or(narrow.as_str(), |(date, _)| date);
    let compact: String = date.chars().filter(|c| !c.is_whitespace()).collect();
    if compact.len() == 8 && compact.bytes().all(|digit| digit.is_ascii_digit()) {
        return civil(&compact[..4], &compact[4..6], &compact[6..]);
    }
    let (separators, rest) = match compact.strip_suffix(['日', '号']) {
        Some(rest) => (['年', '月'], rest),
        None => match compact.chars().find(|letter| !letter.is_ascii_digit()) {
            Some(mark @ ('.' | '/' | '-' | '。' | '、')) => ([mark, mark], compact.as_str()),
            Some('年') => (['年', '月'], compact.as_str()),
            _ => return Err(NoDay::Unreadable),
        },
    };
    let (year, rest) = rest.split_once(separators[0]).ok_or(NoDay::Unreadable)?;
    let (month, day) = rest.split_once(separators[1]).ok_or(NoDay::Unreadable)?;
    civil(year, month, day)
}

fn civil(year: &str, month: &str, day: &str) -> Result<NaiveDate, NoDay> {
    let digits = |text: &str, lengths: std::ops::RangeInclusive<usize>| {
        (lengths.contains(&text.len()) && text.bytes().all(|digit| digit.is_ascii_digit()))
            .then(|| text.parse::<u32>().ok())
            .flatten()
            .ok_or(NoDay::Unreadable)
    };
    let (year, month, day) = (
        digits(year, 4..=4)?,
        digits(month, 1..=2)?,
        digits(day, 1..=2)?,
    );
    let year = i32::try_from(year).map_err(|_| NoDay::Unreadable)?;
    NaiveDate::from_ymd_opt(year, month, day).ok_or(NoDay::NotInCalendar)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_spelling_of_a_day_means_the_same() {
        let day = NaiveDate::from_ymd_opt(2026, 1, 15).expect("a day");
        for text in [
            "2026年1月15日",
            "2026年01月15号",
            "2026年1月15",
            "2026.01.15",
            "2026。1。15",
            "2026/1/15",
            "2026-01-15",
            "２０２６年１月１５日",
            "２０２６／１／１５",
            "2026 年 1 月 15 日",
            "20260115",
            "2026-01-15 00:00:00",
            "2026-01-15T08:00",
        ] {
            assert_eq!(written(text), Ok(day), "{text}");
        }
        for text in ["2026/13/1", "2026-02-29", "2026年6月31日", "20261301"] {
            assert_eq!(written(text), Err(NoDay::NotInCalendar), "{text}");
        }
        for text in [
            "",
            "一月",
            "26/1/15",
            "2026/1",
            "15/1/2026",
            "2026/1-15x",
            "2026-1/15",
            "202601150",
            "46037",
            "年月日",
        ] {
            assert_eq!(written(text), Err(NoDay::Unreadable), "{text}");
        }
    }
}
