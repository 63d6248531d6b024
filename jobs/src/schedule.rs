//! The one table of what happens when. Times are in the park's zone.

use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Tz;
use croner::{
    Cron,
    parser::{CronParser, Seconds},
};
use entity::{calendar::rules::Calendar, clock::civil_date, language::Text};

use crate::{
    calendar_check::CalendarCheck, contract_expiry::ContractExpiry,
    deadline_warnings::DeadlineWarnings, job::Job, obligation_opening::ObligationOpening,
    statutory_overdue::StatutoryOverdue,
};

/// The name of the job that alone sees mail.
pub const OUTBOX_DELIVERY: &str = "outbox_delivery";

/// One line of the table. All jobs are sweeps: they look at what is, not at what was missed, so one run covers any number of
/// missed times.
pub struct Schedule {
    /// The name, as people type it.
    pub name: &'static str,
    /// Second, minute, hour, day, month, weekday.
    pub cron: &'static str,
    /// Whether days off are left out, by the official calendar.
    pub working_days_only: bool,
    /// The work; nothing for the delivery of letters, which the runner does with its transport.
    pub job: Option<&'static dyn Job>,
    /// What it does, in Chinese.
    pub zh: &'static str,
    /// What it does, in English.
    pub en: &'static str,
}

impl std::fmt::Debug for Schedule {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Schedule")
            .field("name", &self.name)
            .field("cron", &self.cron)
            .finish_non_exhaustive()
    }
}

/// The table.
pub static SCHEDULES: [Schedule; 6] = [
    Schedule {
        name: "obligation_opening",
        cron: "0 10 0 * * *",
        working_days_only: false,
        job: Some(&ObligationOpening),
        zh: "为新的周期开立履约事项",
        en: "opens the obligations of periods that have begun",
    },
    Schedule {
        name: "contract_expiry",
        cron: "0 5 0 * * *",
        working_days_only: false,
        job: Some(&ContractExpiry),
        zh: "契约生效与到期；到期前 60、30、10 日提醒",
        en: "starts and ends contracts; letters 60, 30 and 10 days before the end",
    },
    Schedule {
        name: "deadline_warnings",
        cron: "0 30 8 * * *",
        working_days_only: true,
        job: Some(&DeadlineWarnings),
        zh: "每人每个工作日一份待办清单：将到期和已超期的事项",
        en: "one digest per person and working day: what falls due and what is overdue",
    },
    Schedule {
        name: "statutory_overdue",
        cron: "0 */10 8-17 * * *",
        working_days_only: true,
        job: Some(&StatutoryOverdue),
        zh: "超过法定时限的事项立即通知监督机构和部门负责人",
        en: "tells the supervisor and the head of department at once that a statutory limit has passed",
    },
    Schedule {
        name: "calendar_check",
        cron: "0 0 3 * * *",
        working_days_only: false,
        job: Some(&CalendarCheck),
        zh: "12 月起提醒管理员导入下一年的工作日历",
        en: "from December on asks the administrator for next year's calendar",
    },
    Schedule {
        name: OUTBOX_DELIVERY,
        cron: "0 * * * * *",
        working_days_only: false,
        job: None,
        zh: "投递发件箱中的信件",
        en: "delivers the letters of the outbox",
    },
];

/// The line of the table with this name.
pub fn find(name: &str) -> Option<&'static Schedule> {
    SCHEDULES.iter().find(|schedule| schedule.name == name)
}

impl Schedule {
    /// What it does, in both languages.
    pub fn what(&self) -> Text {
        Text::new(self.zh, self.en)
    }

    fn times(&self) -> Option<Cron> {
        CronParser::builder()
            .seconds(Seconds::Required)
            .dom_and_dow(true)
            .build()
            .parse(self.cron)
            .ok()
    }

    /// The newest time at or before `now` that is later than `since`, if there is one.
    pub fn newest_since(
        &self,
        since: DateTime<Utc>,
        now: DateTime<Utc>,
        zone: Tz,
        calendar: &Calendar,
    ) -> Option<DateTime<Utc>> {
        let cron = self.times()?;
        // Two years of days off in a row do not exist.
        let mut at = now.with_timezone(&zone);
        let mut inclusive = true;
        loop {
            let found = cron.find_previous_occurrence(&at, inclusive).ok()?;
            let instant = found.with_timezone(&Utc);
            if instant <= since {
                return None;
            }
            if self.fits(instant, zone, calendar) {
                return Some(instant);
            }
            at = found;
            inclusive = false;
        }
    }

    /// The next time after `now`.
    pub fn next_after(
        &self,
        now: DateTime<Utc>,
        zone: Tz,
        calendar: &Calendar,
    ) -> Option<DateTime<Utc>> {
        self.times()?
            .iter_after(now.with_timezone(&zone))
            .map(|at| at.with_timezone(&Utc))
            .take_while(|at| *at < now + TimeDelta::days(60))
            .find(|at| self.fits(*at, zone, calendar))
    }

    fn fits(&self, at: DateTime<Utc>, zone: Tz, calendar: &Calendar) -> bool {
        !self.working_days_only || calendar.is_working_day(civil_date(at, zone))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::NaiveDate;
    use entity::clock::instant_of;

    #[test]
    fn the_digest_is_due_on_working_days_of_the_official_calendar_only() {
        let zone = chrono_tz::Asia::Shanghai;
        let calendar = Calendar::shipped();
        let at = |month, day, hour, minute| {
            instant_of(
                NaiveDate::from_ymd_opt(2026, month, day).unwrap(),
                hour,
                minute,
                zone,
            )
        };
        let digest = find("deadline_warnings").unwrap();
        let newest = |since, now| digest.newest_since(since, now, zone, &calendar);
        // 1 to 7 October are days off; Saturday 10 October is a working day.
        assert_eq!(newest(at(9, 30, 8, 30), at(10, 7, 20, 0)), None);
        assert_eq!(
            newest(at(9, 30, 8, 30), at(10, 10, 8, 29)),
            Some(at(10, 9, 8, 30))
        );
        assert_eq!(
            newest(at(10, 9, 8, 30), at(10, 10, 8, 30)),
            Some(at(10, 10, 8, 30))
        );
        assert_eq!(
            digest.next_after(at(9, 30, 9, 0), zone, &calendar),
            Some(at(10, 8, 8, 30))
        );
    }

    #[test]
    fn every_line_of_the_table_has_times() {
        assert!(SCHEDULES.iter().all(|schedule| schedule.times().is_some()));
    }
}
