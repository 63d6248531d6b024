//! The State Council's yearly notice: which days it names, and whether it arranges its whole year.

use chrono::{Datelike, NaiveDate};

use super::super::day::Kind;
use crate::{id::sha256_hex, language::Text};

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

#[cfg(test)]
mod tests {
    use super::{
        super::{Calendar, SHIPPED, parse, tests::date},
        *,
    };

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
}
