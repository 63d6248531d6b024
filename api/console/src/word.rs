//! How days, times, numbers and distances are said, in both languages.

use api_door::scalar::Kind;
use async_graphql::ID;
use chrono::Datelike;
use entity::{
    commitment::rules::start_event_name, language::Language, link,
    obligation::rules::occasion_name, page::COUNTED_TO,
};

use super::{
    frame::Frame,
    scalar::{Date, DateTime},
    term::{DeadlineUnit, LimitStart, LimitUnit, Say},
};

const ZH_DAYS: [&str; 7] = ["周一", "周二", "周三", "周四", "周五", "周六", "周日"];
const EN_DAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

impl Frame {
    /// A day as people write it: `2026-10-10 周六`.
    pub fn date(&self, day: &Date) -> String {
        format!("{day} {}", self.weekday(day))
    }

    /// That something holds from a day that is still to come.
    pub fn valid_from(&self, day: &Date) -> String {
        let day = self.date(day);
        match self.language {
            Language::Chinese => format!("自 {day} 起生效"),
            Language::English => format!("valid from {day}"),
        }
    }

    /// The day of the week.
    pub fn weekday(&self, day: &Date) -> &'static str {
        let number = day.weekday().num_days_from_monday() as usize;
        self.t(ZH_DAYS[number], EN_DAYS[number])
    }

    /// The month of a day: `2026 年 10 月`, `October 2026`.
    pub fn month(&self, day: &Date) -> String {
        day.format(self.t("%Y 年 %-m 月", "%B %Y")).to_string()
    }

    /// An instant in the park: `2026-10-10 周六 16:05`.
    pub fn time(&self, instant: &DateTime) -> String {
        let there = instant.with_timezone(&self.zone);
        format!(
            "{} {}",
            self.date(&there.date_naive()),
            there.format("%H:%M")
        )
    }

    /// What the clock shows in the park: `16:05`.
    pub fn clock(&self, instant: &DateTime) -> String {
        instant
            .with_timezone(&self.zone)
            .format("%H:%M")
            .to_string()
    }

    /// The day of an instant in the park.
    pub fn day(&self, instant: &DateTime) -> Date {
        instant.with_timezone(&self.zone).date_naive()
    }

    /// How many rows a list has, with its noun: `3 项`, `超过 10000 项` where it is counted no further.
    pub fn total(&self, number: &i64, zh: &str, one: &str, many: &str) -> String {
        let most = i64::try_from(COUNTED_TO).unwrap_or(i64::MAX);
        let shown = self.count(&(*number).min(most), zh, one, many);
        match *number > most {
            true => format!("{} {shown}", self.t("超过", "more than")),
            false => shown,
        }
    }

    /// A number with its noun: `3 个工作日`, `1 working day`.
    pub fn count(&self, number: &i64, zh: &str, one: &str, many: &str) -> String {
        match self.language {
            Language::Chinese => format!("{number} {zh}"),
            Language::English if *number == 1 => format!("1 {one}"),
            Language::English => format!("{number} {many}"),
        }
    }

    /// So many working days.
    pub fn working_days(&self, number: &i64) -> String {
        self.count(number, "个工作日", "working day", "working days")
    }

    /// A time limit: `20 个工作日`, `30 calendar days`; 0 is the same day.
    pub fn limit(&self, days: &i64, unit: &DeadlineUnit) -> String {
        match (*days, unit) {
            (0, _) => self.t("当日", "the same day").to_owned(),
            (_, DeadlineUnit::WorkingDay) => self.working_days(days),
            (_, DeadlineUnit::CalendarDay) => {
                self.count(days, "日（自然日）", "calendar day", "calendar days")
            }
        }
    }

    /// How far away a due date is, in working days; `overdue` counts what has passed since.
    pub fn distance(&self, remaining: &i64, overdue: &i64) -> String {
        if *overdue > 0 {
            let days = self.working_days(overdue);
            return match self.language {
                Language::Chinese => format!("已超期 {days}"),
                Language::English => format!("{days} overdue"),
            };
        }
        match *remaining {
            ..=0 => self.t("今天到期", "due today").to_owned(),
            1 => self
                .t("下一个工作日到期", "due next working day")
                .to_owned(),
            _ => {
                let days = self.working_days(remaining);
                match self.language {
                    Language::Chinese => format!("还有 {days}"),
                    Language::English => format!("{days} left"),
                }
            }
        }
    }

    /// The size of a file.
    pub fn size(&self, bytes: &i64) -> String {
        match *bytes {
            ..1024 => format!("{bytes} B"),
            1024..1_048_576 => format!("{} KB", bytes / 1024),
            _ => format!(
                "{}.{} MB",
                bytes / 1_048_576,
                bytes % 1_048_576 * 10 / 1_048_576
            ),
        }
    }

    /// What an occasion of a promise is called.
    pub fn occasion(&self, occasion: &str) -> String {
        occasion_name(occasion)
            .in_language(self.language)
            .to_owned()
    }

    /// A limit of the catalogue: `20 个工作日，自受理起算`.
    pub fn item_limit(&self, days: &i64, unit: &LimitUnit, start: &LimitStart) -> String {
        let limit = match unit {
            LimitUnit::OnTheSpot => return unit.say(self).to_owned(),
            LimitUnit::WorkingDay => self.limit(days, &DeadlineUnit::WorkingDay),
            LimitUnit::CalendarDay => self.limit(days, &DeadlineUnit::CalendarDay),
        };
        let start = start.say(self);
        match self.language {
            Language::Chinese => format!("{limit}，自{start}起算"),
            Language::English => format!("{limit} from: {}", start.to_lowercase()),
        }
    }

    /// With what the time limit of a promise starts.
    pub fn starts_with(&self, event: &str) -> String {
        let event = start_event_name(event);
        let event = event.in_language(self.language);
        match self.language {
            Language::Chinese => format!("自{event}起算"),
            Language::English => format!("starts with {event}"),
        }
    }

    /// The page of the thing with this global id.
    pub fn link(&self, id: &str) -> String {
        of_id(id)
    }

    /// Where an act on the thing with this global id is done, on the way through the list from which one has come.
    pub fn act(&self, id: &str, verb: &str) -> String {
        self.here.along(&format!("{}/{verb}", of_id(id)))
    }
}

/// The page of the thing with this global id; the start page for what has none.
pub fn of_id(id: &str) -> String {
    match Kind::parse(&ID(id.to_owned())) {
        Some((Kind::Obligation, key)) => link::obligation(key),
        Some((Kind::Contract, key)) => link::contract(key),
        Some((Kind::Enterprise, key)) => link::enterprise(key),
        Some((Kind::Project, key)) => link::project(key),
        Some((Kind::Application, key)) => link::application(key),
        Some((Kind::Visit, key)) => link::visit(key),
        Some((Kind::Report, key)) => link::report(key),
        Some((Kind::Evaluation, key)) => link::evaluation(key),
        Some((Kind::Rectification, key)) => link::rectification(key),
        Some((Kind::SupervisionOrder, key)) => link::supervision(key),
        Some((Kind::Case, key)) => link::case(key),
        Some((Kind::Item, key)) => format!("/items/{key}"),
        Some((Kind::Document, _)) => format!("/documents/{id}"),
        Some((Kind::Account, key)) => format!("/accounts/{key}"),
        // It stands in their list alone.
        Some((Kind::Department, _)) => "/departments".to_owned(),
        Some((Kind::StandardPromises, _)) => "/contracts/standard".to_owned(),
        Some((Kind::Liaison, key)) => format!("/liaisons/{key}"),
        Some((Kind::Letter, key)) => format!("/letters/{key}"),
        _ => "/".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_lead_to_their_pages() {
        let key = entity::id::new_id(chrono::DateTime::UNIX_EPOCH);
        assert_eq!(
            of_id(Kind::Obligation.id(key).as_str()),
            format!("/obligations/{key}")
        );
        assert_eq!(of_id("nothing"), "/");
    }
}
