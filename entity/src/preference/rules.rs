//! When a letter may come, and what cannot be switched off.

use chrono::{DateTime, Datelike, Days, NaiveDate, Timelike, Utc, Weekday};
use chrono_tz::Tz;

use super::Model;
use crate::{
    calendar::rules::{Calendar, DayKind},
    clock::{civil_date, instant_of},
    error::{Refusal, refusals},
    outbox::{Duty, Kind, facts::Urgency},
};

/// Every weekday, as [`Model::weekdays`] adds them up.
pub const EVERY_DAY: i32 = 127;

/// How long letters may be paused, in days: who is away for longer names a deputy.
pub const LONGEST_PAUSE: u64 = 31;

/// Letters go in these hours of working days (免打扰时段 is the rest), unless their reader wishes for other ones.
const HOURS: (i32, i32) = (8, 18);

/// When the digest of a working day is written: hour and minute of the park's clock.
pub const DIGEST_AT: (u8, u8) = (8, 30);

/// What becomes of a letter now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision {
    /// It goes.
    Send,
    /// It waits until then.
    Wait(DateTime<Utc>),
    /// It never goes: its reader has switched its kind off. The same facts stand in the app.
    Drop,
}

/// Decides about a letter of `kind` to somebody with these wishes, whatever wrote it and however late. By night and on days off goes
/// only what [passes at any hour](Kind::passes_at_any_hour). What tells of a limit set by law keeps to the hours of the park and not
/// to the wishes of its reader.
pub fn decide(
    wishes: &Model,
    kind: Kind,
    now: DateTime<Utc>,
    zone: Tz,
    calendar: &Calendar,
) -> Decision {
    if kind.passes_at_any_hour() {
        return Decision::Send;
    }
    let today = civil_date(now, zone);
    let mut first = today;
    if kind.duty() == Duty::Optional {
        if wishes.switched_off.0.contains(&kind) {
            return Decision::Drop;
        }
        if let Some(until) = wishes.paused_until {
            first = first.max(until);
        }
    }
    let nobody = Model::of_nobody_yet(wishes.account_id);
    let wishes = if kind.is_legal() { &nobody } else { wishes };
    let (from, until) = wishes.from_hour.zip(wishes.until_hour).unwrap_or(HOURS);
    let hour = i32::try_from(now.with_timezone(&zone).hour()).unwrap_or_default();
    if first == today && may_come(wishes, today, calendar) && (from..until).contains(&hour) {
        return Decision::Send;
    }
    let opens = |day: NaiveDate| instant_of(day, from.unsigned_abs(), 0, zone);
    // No holiday lasts a month; a weekday comes every week.
    let next = (0..=31)
        .filter_map(|days| first.checked_add_days(Days::new(days)))
        .find(|day| may_come(wishes, *day, calendar) && opens(*day) > now);
    next.map_or(Decision::Send, |day| Decision::Wait(opens(day)))
}

/// Whether letters may come on this day: on the chosen weekdays that are worked. Who has chosen some weekdays and a Saturday or
/// Sunday among them gets letters on it, but not on the days off of a yearly notice.
fn may_come(wishes: &Model, day: NaiveDate, calendar: &Calendar) -> bool {
    let on_day = match calendar.day(day) {
        DayKind::Working | DayKind::WorkedWeekend(_) => true,
        DayKind::Weekend => wishes.weekdays != EVERY_DAY,
        DayKind::Holiday(_) => false,
    };
    on_day && is_chosen(wishes.weekdays, day.weekday())
}

/// Whether what is written now can still be read today by somebody who has said nothing: jobs that say how things stand are silent
/// when it cannot, and the run of the next working morning says it.
pub fn is_day_left(now: DateTime<Utc>, zone: Tz, calendar: &Calendar) -> bool {
    let hour = i32::try_from(now.with_timezone(&zone).hour()).unwrap_or_default();
    calendar.is_working_day(civil_date(now, zone)) && hour < HOURS.1
}

/// Since when a letter that was written at `written` could have gone, as its reader wishes.
pub fn wanted_from(
    wishes: &Model,
    kind: Kind,
    written: DateTime<Utc>,
    zone: Tz,
    calendar: &Calendar,
) -> DateTime<Utc> {
    match decide(wishes, kind, written, zone, calendar) {
        Decision::Wait(until) => until,
        Decision::Send | Decision::Drop => written,
    }
}

/// Whether a line of this urgency belongs into the digest of this person: what is overdue, and what ends, always does.
pub fn wants(wishes: &Model, urgency: Urgency, today: NaiveDate) -> bool {
    urgency <= Urgency::Red
        || urgency == Urgency::Ending
        || !(wishes.switched_off.0.contains(&Kind::Digest)
            || wishes.paused_until.is_some_and(|until| today < until))
}

/// Whether a weekday is among those added up in `weekdays`.
pub fn is_chosen(weekdays: i32, day: Weekday) -> bool {
    weekdays & bit(day) != 0
}

/// The weekdays added up.
pub fn added_up(days: &[Weekday]) -> i32 {
    days.iter().fold(0, |sum, day| sum | bit(*day))
}

fn bit(day: Weekday) -> i32 {
    1 << day.num_days_from_monday()
}

refusals! {
    /// Why settings were refused.
    pub enum PreferenceError as "PreferenceErrorCode" {
        /// The hours are invalid, or end before they begin.
        Hours = "HOURS",
            "时段须为整点，起点在 0 至 23 时之间，终点晚于起点且不超过 24 时。",
            "Enter full hours: the start from 0 to 23, the end later than the start and at most 24.";
        /// At least one weekday is needed.
        NoWeekday = "NO_WEEKDAY", "请至少选择一天。", "Choose at least one weekday.";
        /// A pause ends after today and within 31 days.
        Pause = "PAUSE",
            "暂停须在今天之后、31 天之内结束。更长时间不在岗的，请登记请假并指定代理人。",
            "The pause must end after today and within 31 days. If you are away longer, record a leave and name a deputy.";
        /// This kind of letters cannot be switched off.
        Required = "REQUIRED",
            "此类邮件不能关闭；请假期间由代理人接收。",
            "E-mails of this kind cannot be switched off; during a leave the deputy receives them.";
    }
}

/// Checks wishes; all problems at once.
pub fn check(
    hours: Option<(i32, i32)>,
    weekdays: &[Weekday],
    paused_until: Option<NaiveDate>,
    off: &[Kind],
    today: NaiveDate,
) -> Vec<Refusal<PreferenceError>> {
    let wrong_hours =
        hours.is_some_and(|(from, until)| !(0 <= from && from < until && until <= 24));
    let wrong_pause = paused_until.is_some_and(|until| {
        until <= today || today.checked_add_days(Days::new(LONGEST_PAUSE)) < Some(until)
    });
    let required = off.iter().any(|kind| kind.duty() == Duty::Required);
    [
        (wrong_hours, "hours", PreferenceError::Hours),
        (weekdays.is_empty(), "weekdays", PreferenceError::NoWeekday),
        (wrong_pause, "pausedUntil", PreferenceError::Pause),
        (required, "switchedOff", PreferenceError::Required),
    ]
    .into_iter()
    .filter(|(wrong, _, _)| *wrong)
    .map(|(_, field, code)| Refusal {
        code,
        path: vec![field],
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use chrono_tz::Asia::Shanghai;
    use proptest::prelude::*;
    use sea_orm::prelude::Uuid;

    use super::{super::Kinds, *};

    fn at(day: &str, hour: u32) -> DateTime<Utc> {
        instant_of(day.parse().unwrap(), hour, 30, Shanghai)
    }

    fn opening(day: &str, hour: u32) -> Decision {
        Decision::Wait(instant_of(day.parse().unwrap(), hour, 0, Shanghai))
    }

    fn nothing_said() -> Model {
        Model::of_nobody_yet(Uuid::nil())
    }

    fn decided(wishes: &Model, kind: Kind, now: DateTime<Utc>) -> Decision {
        decide(wishes, kind, now, Shanghai, &Calendar::shipped())
    }

    #[test]
    fn who_has_said_nothing_has_quiet_nights_and_days_off() {
        let wishes = nothing_said();
        for (day, hour, decision) in [
            ("2026-09-30", 8, Decision::Send),
            ("2026-09-30", 17, Decision::Send),
            ("2026-09-29", 18, opening("2026-09-30", 8)),
            ("2026-09-30", 7, opening("2026-09-30", 8)),
            // The National Day holiday, and the Saturday that is worked after it.
            ("2026-09-30", 20, opening("2026-10-08", 8)),
            ("2026-10-10", 9, Decision::Send),
            ("2026-10-11", 9, opening("2026-10-12", 8)),
        ] {
            for kind in Kind::ALL {
                let decision = if kind.passes_at_any_hour() {
                    Decision::Send
                } else {
                    decision
                };
                let decided = decided(&wishes, kind, at(day, hour));
                assert_eq!(decided, decision, "{kind:?} {day} {hour}");
            }
        }
    }

    #[test]
    fn only_links_to_sign_in_with_and_incidents_pass_at_any_hour() {
        let passes = Kind::ALL
            .into_iter()
            .filter(|kind| kind.passes_at_any_hour());
        let passes: Vec<Kind> = passes.collect();
        assert_eq!(
            passes,
            [
                Kind::Invitation,
                Kind::Password,
                Kind::JobFailed,
                Kind::MailBouncing,
                Kind::ClockJumped,
                Kind::SealForgotten,
                Kind::SilenceIncident
            ]
        );
    }

    #[test]
    fn who_chooses_days_gets_letters_on_them_but_not_on_a_public_holiday() {
        let of = |days: &[Weekday], hours: Option<(i32, i32)>| Model {
            from_hour: hours.map(|(from, _)| from),
            until_hour: hours.map(|(_, until)| until),
            weekdays: added_up(days),
            ..nothing_said()
        };
        let weekend = of(&[Weekday::Sat, Weekday::Sun], None);
        let at_night = Model {
            from_hour: Some(0),
            until_hour: Some(24),
            ..nothing_said()
        };
        for (wishes, now, decision) in [
            // An ordinary Sunday, and one of the National Day holiday.
            (&weekend, at("2026-10-11", 9), Decision::Send),
            (&weekend, at("2026-10-03", 9), opening("2026-10-10", 8)),
            // Hours alone say nothing about days.
            (&at_night, at("2026-09-30", 23), Decision::Send),
            (&at_night, at("2026-10-11", 9), opening("2026-10-12", 0)),
        ] {
            assert_eq!(decided(wishes, Kind::Digest, now), decision, "{now}");
        }
    }

    #[test]
    fn after_six_and_on_days_off_nothing_more_is_said_of_the_day() {
        for (day, hour, left) in [
            ("2026-09-30", 0, true),
            ("2026-09-30", 17, true),
            ("2026-09-30", 18, false),
            ("2026-10-01", 9, false),
            ("2026-10-10", 9, true),
        ] {
            let left_then = is_day_left(at(day, hour), Shanghai, &Calendar::shipped());
            assert_eq!(left_then, left, "{day} {hour}");
        }
    }

    #[test]
    fn wishes_are_kept_but_by_what_the_law_demands() {
        let wishes = Model {
            from_hour: Some(10),
            until_hour: Some(16),
            weekdays: added_up(&[Weekday::Mon, Weekday::Wed]),
            paused_until: Some("2026-10-12".parse().unwrap()),
            switched_off: Kinds(vec![Kind::MonthlyBulletin, Kind::Digest]),
            ..nothing_said()
        };
        let wednesday = at("2026-09-30", 10);
        let night = at("2026-09-30", 22);
        for (kind, now, decision) in [
            // Not by the wishes of its reader, but by the hours of the park.
            (Kind::StatutoryOverdue, wednesday, Decision::Send),
            (Kind::StatutoryOverdue, night, opening("2026-10-08", 8)),
            (Kind::Password, night, Decision::Send),
            (Kind::MonthlyBulletin, wednesday, Decision::Drop),
            (Kind::WeeklyBrief, wednesday, opening("2026-10-12", 10)),
            (Kind::ContractExpiry, wednesday, Decision::Send),
            (Kind::ContractExpiry, night, opening("2026-10-12", 10)),
            (Kind::Digest, wednesday, Decision::Send),
        ] {
            assert_eq!(decided(&wishes, kind, now), decision, "{kind:?}");
        }
        let day = |text: &str| text.parse().unwrap();
        for (urgency, on, wanted) in [
            (Urgency::Black, "2026-09-30", true),
            (Urgency::Red, "2026-09-30", true),
            (Urgency::Orange, "2026-09-30", false),
            (Urgency::Yellow, "2026-10-20", false),
        ] {
            assert_eq!(wants(&wishes, urgency, day(on)), wanted, "{urgency:?}");
        }
        let paused = Model {
            switched_off: Kinds::default(),
            ..wishes
        };
        assert!(!wants(&paused, Urgency::Orange, day("2026-10-11")));
        assert!(wants(&paused, Urgency::Orange, day("2026-10-12")));
    }

    #[test]
    fn all_problems_are_told_at_once() {
        let today: NaiveDate = "2026-09-30".parse().unwrap();
        let day = |days: u64| Some(today + Days::new(days));
        let codes = |hours, weekdays: &[Weekday], pause, off: &[Kind]| {
            let refused = check(hours, weekdays, pause, off, today);
            refused.into_iter().map(|one| one.code).collect::<Vec<_>>()
        };
        let all = [Weekday::Sun];
        assert_eq!(
            codes(Some((18, 8)), &[], day(0), &[Kind::StatutoryOverdue]),
            [
                PreferenceError::Hours,
                PreferenceError::NoWeekday,
                PreferenceError::Pause,
                PreferenceError::Required
            ]
        );
        assert_eq!(codes(Some((0, 24)), &all, day(31), &[Kind::Digest]), []);
        assert_eq!(
            codes(Some((-1, 5)), &all, None, &[]),
            [PreferenceError::Hours]
        );
        assert_eq!(codes(None, &all, day(32), &[]), [PreferenceError::Pause]);
    }

    proptest! {
        /// When the waiting is over the letter goes: nothing waits for ever, and nothing goes at a forbidden hour.
        #[test]
        fn a_letter_that_waits_goes_when_it_said(
            hours in proptest::option::of((0..23, 1..24)),
            weekdays in 1..=EVERY_DAY,
            pause in proptest::option::of(0..31_u64),
            kind in 0..Kind::ALL.len(),
            minutes in 0..525_600_i64,
        ) {
            let now = at("2026-01-01", 0) + chrono::TimeDelta::minutes(minutes);
            let hours = hours.map(|(from, length): (i32, i32)| (from, (from + length).min(24)));
            let wishes = Model {
                from_hour: hours.map(|(from, _)| from),
                until_hour: hours.map(|(_, until)| until),
                weekdays,
                paused_until: pause.map(|days| civil_date(now, Shanghai) + Days::new(days)),
                ..nothing_said()
            };
            let kind = Kind::ALL[kind];
            if let Decision::Wait(until) = decided(&wishes, kind, now) {
                prop_assert!(until > now);
                prop_assert_eq!(decided(&wishes, kind, until), Decision::Send);
            }
        }
    }
}
