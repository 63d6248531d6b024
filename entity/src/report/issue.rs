//! When a report is due, and which days it covers. Everything follows from the kind, the calendar and a day; nothing is stored.

use chrono::{DateTime, Datelike, Days, Months, NaiveDate, Utc, Weekday};
use chrono_tz::Tz;

use super::{Kind, facts::Facts};
use crate::{
    calendar::rules::Calendar,
    clock::{civil_date, instant_of},
};

/// One issue of a report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Issue {
    /// Which report.
    pub kind: Kind,
    /// "2026-W41", "2026-09", "2026-Q3".
    pub period: String,
    /// The first day it covers.
    pub from: NaiveDate,
    /// The last day it covers.
    pub to: NaiveDate,
    /// The day it is due.
    pub on: NaiveDate,
    /// When on that day.
    pub moment: DateTime<Utc>,
    /// The day the issue before was due.
    pub since: NaiveDate,
    /// The first day the issue before covers; its last is the day before [`from`](Self::from).
    pub from_before: NaiveDate,
}

/// The moment of an issue that is due on `day`.
pub fn moment_on(kind: Kind, day: NaiveDate, zone: Tz) -> DateTime<Utc> {
    instant_of(day, hour(kind), 0, zone)
}

/// The letters go out at this hour; those to enterprises an hour later, when the offices that answer for them are open.
fn hour(kind: Kind) -> u32 {
    match kind {
        Kind::EnterpriseProgress => 9,
        _ => 8,
    }
}

impl Issue {
    /// The issue that frozen facts are of.
    pub fn of(facts: &Facts, zone: Tz, calendar: &Calendar) -> Self {
        let named = newest(facts.kind, facts.moment, zone, calendar);
        Self {
            kind: facts.kind,
            period: facts.period.clone(),
            from: facts.from,
            to: facts.to,
            on: facts.as_of,
            moment: facts.moment,
            since: facts.since,
            from_before: named.from_before,
        }
    }
}

/// The newest issue that is due at `now`.
pub fn newest(kind: Kind, now: DateTime<Utc>, zone: Tz, calendar: &Calendar) -> Issue {
    let today = civil_date(now, zone);
    let due = |day: NaiveDate| moment_on(kind, day, zone);
    let mut slot = Slot::containing(kind, today);
    // Weeks without a working day have no issue, so the search goes back; it ends because years have working days.
    let on = loop {
        match slot.due_on(kind, calendar) {
            Some(day) if due(day) <= now => break day,
            _ => slot = slot.before(kind),
        }
    };
    let previous = slot.issued_before(kind, calendar);
    let earlier = previous.issued_before(kind, calendar);
    let (from, from_before) = match kind {
        Kind::WeeklyBrief => (
            previous.due_on(kind, calendar).unwrap_or(previous.0),
            earlier.due_on(kind, calendar).unwrap_or(earlier.0),
        ),
        _ => (slot.before(kind).0, slot.before(kind).before(kind).0),
    };
    let to = match kind {
        Kind::WeeklyBrief => on,
        _ => slot.0,
    }
    .pred_opt()
    .unwrap_or(on);
    Issue {
        kind,
        period: match kind {
            Kind::WeeklyBrief => {
                let week = on.iso_week();
                format!("{}-W{:02}", week.year(), week.week())
            }
            Kind::QuarterlyReport => format!("{}-Q{}", from.year(), from.month0() / 3 + 1),
            Kind::MonthlyBulletin | Kind::EnterpriseProgress => from.format("%Y-%m").to_string(),
        },
        from,
        to,
        on,
        moment: due(on),
        since: previous.due_on(kind, calendar).unwrap_or(previous.0),
        from_before,
    }
}

/// A week, a month or a quarter in which a report is issued, by its first day.
#[derive(Clone, Copy)]
struct Slot(NaiveDate);

impl Slot {
    fn containing(kind: Kind, day: NaiveDate) -> Self {
        let months = match kind {
            Kind::WeeklyBrief => return Self(day.week(Weekday::Mon).first_day()),
            Kind::QuarterlyReport => day.month0() % 3,
            Kind::MonthlyBulletin | Kind::EnterpriseProgress => 0,
        };
        let first = day.with_day(1).unwrap_or(day);
        Self(
            first
                .checked_sub_months(Months::new(months))
                .unwrap_or(first),
        )
    }

    fn before(self, kind: Kind) -> Self {
        Self::containing(
            kind,
            self.0.checked_sub_days(Days::new(1)).unwrap_or(self.0),
        )
    }

    /// The first working day of the week, the third of the month, the fifth of the quarter.
    fn due_on(self, kind: Kind, calendar: &Calendar) -> Option<NaiveDate> {
        let further = match kind {
            Kind::WeeklyBrief => 0,
            Kind::MonthlyBulletin | Kind::EnterpriseProgress => 2,
            Kind::QuarterlyReport => 4,
        };
        let day = calendar.add_working_days(calendar.roll_forward(self.0), further);
        (Self::containing(kind, day).0 == self.0).then_some(day)
    }

    fn issued_before(self, kind: Kind, calendar: &Calendar) -> Self {
        let mut slot = self.before(kind);
        while slot.due_on(kind, calendar).is_none() {
            slot = slot.before(kind);
        }
        slot
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const ZONE: Tz = chrono_tz::Asia::Shanghai;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a day")
    }

    fn at(text: &str, hour: u32) -> DateTime<Utc> {
        instant_of(day(text), hour, 0, ZONE)
    }

    #[test]
    fn a_brief_comes_on_the_first_working_day_of_the_week_and_covers_the_days_since_the_last() {
        let calendar = Calendar::shipped();
        let newest = |now| newest(Kind::WeeklyBrief, now, ZONE, &calendar);
        // 1 to 7 October 2026 are days off: the week of Monday the 5th begins on Thursday the 8th.
        let issue = newest(at("2026-10-08", 8));
        assert_eq!(issue.period, "2026-W41");
        assert_eq!(
            (issue.from, issue.to),
            (day("2026-09-28"), day("2026-10-07"))
        );
        assert_eq!(
            (issue.on, issue.since),
            (day("2026-10-08"), day("2026-09-28"))
        );
        assert_eq!(newest(at("2026-10-08", 7)).period, "2026-W40");
        assert_eq!(newest(at("2026-10-11", 20)).period, "2026-W41");
        assert_eq!(newest(at("2026-10-12", 8)).on, day("2026-10-12"));
    }

    #[test]
    fn a_bulletin_comes_on_the_third_working_day_and_covers_the_month_before() {
        let calendar = Calendar::shipped();
        let issue = newest(Kind::MonthlyBulletin, at("2026-10-10", 8), ZONE, &calendar);
        // Thursday, Friday and the working Saturday after the holiday.
        assert_eq!(
            (issue.period.as_str(), issue.on),
            ("2026-09", day("2026-10-10"))
        );
        assert_eq!(
            (issue.from, issue.to),
            (day("2026-09-01"), day("2026-09-30"))
        );
        assert_eq!(issue.from_before, day("2026-08-01"));
        assert_eq!(
            newest(Kind::MonthlyBulletin, at("2026-10-09", 20), ZONE, &calendar).period,
            "2026-08"
        );
        let letter = newest(
            Kind::EnterpriseProgress,
            at("2026-10-10", 8),
            ZONE,
            &calendar,
        );
        assert_eq!(letter.period, "2026-08", "an hour after the leaders");
    }

    #[test]
    fn a_quarter_is_reported_on_its_fifth_working_day_after() {
        let calendar = Calendar::shipped();
        let issue = newest(Kind::QuarterlyReport, at("2026-10-13", 8), ZONE, &calendar);
        assert_eq!(
            (issue.period.as_str(), issue.on),
            ("2026-Q3", day("2026-10-13"))
        );
        assert_eq!(
            (issue.from, issue.to),
            (day("2026-07-01"), day("2026-09-30"))
        );
        assert_eq!(issue.from_before, day("2026-04-01"));
        let over_the_year = newest(Kind::QuarterlyReport, at("2026-02-10", 8), ZONE, &calendar);
        assert_eq!(over_the_year.period, "2025-Q4");
        assert_eq!(over_the_year.from_before, day("2025-07-01"));
    }

    proptest! {
        /// No day is in two issues and none is in no issue.
        #[test]
        fn the_issues_of_a_kind_cover_every_day_once(offset in 0_u64..700, kind in 0_usize..4) {
            let calendar = Calendar::shipped();
            let kind = Kind::ALL[kind];
            let now = instant_of(day("2025-03-01") + Days::new(offset), 12, 0, ZONE);
            let issue = newest(kind, now, ZONE, &calendar);
            prop_assert!(issue.moment <= now && issue.from <= issue.to && issue.to < issue.on);
            prop_assert!(calendar.is_working_day(issue.on));
            let before = newest(kind, issue.moment - chrono::TimeDelta::seconds(1), ZONE, &calendar);
            prop_assert_eq!(before.to.succ_opt(), Some(issue.from));
            prop_assert_eq!(before.from, issue.from_before);
            prop_assert_eq!(before.on, issue.since);
        }
    }
}
