use super::*;

const ZONE: Tz = chrono_tz::Asia::Shanghai;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// "2026-10-10 08:30" in the park.
fn at(text: &str) -> DateTime<Utc> {
    in_zone(text, ZONE)
}

fn in_zone(text: &str, zone: Tz) -> DateTime<Utc> {
    let (date, time) = text.split_once(' ').unwrap();
    let (hour, minute) = time.split_once(':').unwrap();
    instant_of(
        day(date),
        hour.parse().unwrap(),
        minute.parse().unwrap(),
        zone,
    )
}

fn shown(at: Option<DateTime<Utc>>) -> String {
    at.map_or_else(
        || "-".to_owned(),
        |at| at.with_timezone(&ZONE).format("%Y-%m-%d %H:%M").to_string(),
    )
}

#[test]
fn working_day_schedules_follow_the_official_calendar() {
    let first_of_week = When::nth_working_day(1, Span::Week, 8, 0);
    let third_of_month = When::nth_working_day(3, Span::Month, 8, 0);
    let last_of_quarter = When::nth_working_day(-1, Span::Quarter, 17, 0);
    let last_but_one_of_month = When::nth_working_day(-2, Span::Month, 9, 0);
    let fifth_of_week = When::nth_working_day(5, Span::Week, 8, 0);
    let first_of_year = When::nth_working_day(1, Span::Year, 8, 0);
    let digest = When::working_days(8, 30);
    let calendar = Calendar::shipped();
    for (when, after, next) in [
        // An ordinary Monday.
        (first_of_week, "2026-09-18 12:00", "2026-09-21 08:00"),
        // 1 to 7 October 2026 are days off: the week begins on Thursday the 8th.
        (first_of_week, "2026-09-28 08:00", "2026-10-08 08:00"),
        (first_of_week, "2026-10-08 08:00", "2026-10-12 08:00"),
        // 1 to 3 May 2027 has no notice yet: Monday to Friday.
        (first_of_week, "2027-04-26 08:00", "2027-05-03 08:00"),
        // 12 to 18 February 2024 was the spring festival but for Sunday the 18th, which was worked.
        (first_of_week, "2024-02-05 08:00", "2024-02-18 08:00"),
        (first_of_week, "2024-02-18 08:00", "2024-02-19 08:00"),
        // 1 to 7 October 2026: the working days of the month are 8, 9, 10 (a worked Saturday), …
        (third_of_month, "2026-09-04 12:00", "2026-10-10 08:00"),
        (third_of_month, "2026-10-10 08:00", "2026-11-04 08:00"),
        // 1 January is off, 2 and 3 January 2026 are off, Sunday the 4th is worked: 4, 5, 6.
        (third_of_month, "2025-12-31 08:00", "2026-01-06 08:00"),
        (last_of_quarter, "2026-07-01 00:00", "2026-09-30 17:00"),
        (last_of_quarter, "2026-09-30 17:00", "2026-12-31 17:00"),
        // 31 March 2024 was a Sunday.
        (last_of_quarter, "2024-01-01 00:00", "2024-03-29 17:00"),
        (
            last_but_one_of_month,
            "2026-09-01 00:00",
            "2026-09-29 09:00",
        ),
        // Weeks with fewer than five working days have no fifth.
        (fifth_of_week, "2026-09-21 00:00", "2026-10-16 08:00"),
        (first_of_year, "2026-01-05 00:00", "2027-01-01 08:00"),
        (digest, "2026-09-30 09:00", "2026-10-08 08:30"),
        (digest, "2026-10-09 09:00", "2026-10-10 08:30"),
    ] {
        let found = when.next_after(at(after), ZONE, &calendar);
        assert_eq!(shown(found), next, "{} after {after}", when.in_words().en);
        // Backwards the same time is found.
        let found = when.newest_by(at(next), ZONE, &calendar);
        assert_eq!(shown(found), next, "{} by {next}", when.in_words().en);
        let before = at(next) - TimeDelta::seconds(1);
        assert!(when.newest_by(before, ZONE, &calendar) <= Some(at(after)));
    }
}

#[test]
fn forward_and_backward_agree_on_every_hour_of_three_years() {
    let calendar = Calendar::shipped();
    for when in [
        When::every_minutes(60),
        When::in_working_hours(10, 8, 18),
        When::daily(0, 10),
        When::working_days(8, 30),
        When::nth_working_day(1, Span::Week, 8, 0),
        When::nth_working_day(3, Span::Month, 8, 0),
        When::nth_working_day(-1, Span::Quarter, 17, 0),
    ] {
        let mut now = at("2024-12-30 00:30");
        let end = at("2027-01-05 00:00");
        while now < end {
            let next = when.next_after(now, ZONE, &calendar).unwrap();
            let newest = when.newest_by(now, ZONE, &calendar).unwrap();
            assert!(newest <= now && now < next);
            assert_eq!(when.newest_by(next, ZONE, &calendar), Some(next));
            assert_eq!(when.next_after(newest, ZONE, &calendar), Some(next));
            assert_eq!(
                when.next_after(next - TimeDelta::seconds(1), ZONE, &calendar),
                Some(next)
            );
            now += TimeDelta::hours(7);
        }
    }
}

#[test]
fn every_month_has_exactly_one_third_working_day_since_2012() {
    let calendar = Calendar::shipped();
    let when = When::nth_working_day(3, Span::Month, 8, 0);
    let all = when.all_since(
        at("2011-12-31 00:00"),
        at("2026-12-31 23:00"),
        ZONE,
        &calendar,
        999,
    );
    assert_eq!(all.len(), 15 * 12);
    for instant in all {
        let date = civil_date(instant, ZONE);
        let worked = (1..=date.day())
            .filter(|day| calendar.is_working_day(date.with_day(*day).unwrap()))
            .count();
        assert_eq!((worked, calendar.is_working_day(date)), (3, true), "{date}");
    }
}

#[test]
fn working_hours_have_their_ends() {
    let calendar = Calendar::shipped();
    let when = When::in_working_hours(10, 8, 18);
    for (after, next) in [
        ("2026-09-30 07:00", "2026-09-30 08:00"),
        ("2026-09-30 08:00", "2026-09-30 08:10"),
        ("2026-09-30 17:45", "2026-09-30 17:50"),
        ("2026-09-30 17:50", "2026-10-08 08:00"),
    ] {
        assert_eq!(shown(when.next_after(at(after), ZONE, &calendar)), next);
    }
    assert_eq!(
        shown(when.newest_by(at("2026-10-08 07:59"), ZONE, &calendar)),
        "2026-09-30 17:50"
    );
}

#[test]
fn a_change_of_the_clocks_neither_loses_a_time_nor_doubles_it() {
    let zone = chrono_tz::America::New_York;
    let calendar = Calendar::shipped();
    // On 8 March 2026 the clocks go from 02:00 to 03:00: 02:20 is the first instant after the gap, once.
    let when = When::daily(2, 20);
    let times = when.all_since(
        in_zone("2026-03-07 12:00", zone),
        in_zone("2026-03-09 12:00", zone),
        zone,
        &calendar,
        9,
    );
    assert_eq!(
        times,
        [
            "2026-03-08T07:00:00Z".parse::<DateTime<Utc>>().unwrap(),
            "2026-03-09T06:20:00Z".parse().unwrap()
        ]
    );
    // On 1 November 2026 the hour from 01:00 comes twice: 01:30 is the first of them, once.
    let when = When::daily(1, 30);
    let times = when.all_since(
        "2026-11-01T04:00:00Z".parse().unwrap(),
        "2026-11-02T05:00:00Z".parse().unwrap(),
        zone,
        &calendar,
        9,
    );
    assert_eq!(
        times,
        ["2026-11-01T05:30:00Z".parse::<DateTime<Utc>>().unwrap()]
    );
    // 09:00 stays 09:00 on both sides.
    let nine = When::daily(9, 0);
    for (after, next) in [
        ("2026-03-07T18:00:00Z", "2026-03-08T13:00:00Z"),
        ("2026-10-31T18:00:00Z", "2026-11-01T14:00:00Z"),
    ] {
        assert_eq!(
            nine.next_after(after.parse().unwrap(), zone, &calendar),
            Some(next.parse().unwrap())
        );
    }
    // What comes every ten minutes goes on through the repeated hour.
    let often = When::every_minutes(10);
    let times = often.all_since(
        "2026-11-01T04:55:00Z".parse().unwrap(),
        "2026-11-01T07:05:00Z".parse().unwrap(),
        zone,
        &calendar,
        99,
    );
    assert_eq!(times.len(), 13);
}

#[test]
fn a_schedule_says_itself_in_words_and_survives_its_form() {
    for (when, zh, en) in [
        (When::every_minutes(1), "每分钟", "every minute"),
        (
            When::in_working_hours(10, 8, 18),
            "工作日 08:00 至 18:00 每 10 分钟",
            "every 10 minutes from 08:00 to 18:00 on working days",
        ),
        (When::daily(0, 5), "每日 00:05", "every day at 00:05"),
        (
            When::working_days(8, 30),
            "每个工作日 08:30",
            "every working day at 08:30",
        ),
        (
            When::nth_working_day(1, Span::Week, 8, 0),
            "每周首个工作日 08:00",
            "the first working day of the week at 08:00",
        ),
        (
            When::nth_working_day(3, Span::Month, 8, 0),
            "每月第 3 个工作日 08:00",
            "the third working day of the month at 08:00",
        ),
        (
            When::nth_working_day(-1, Span::Quarter, 17, 0),
            "每季度最后一个工作日 17:00",
            "the last working day of the quarter at 17:00",
        ),
        (
            When::nth_working_day(-2, Span::Year, 9, 0),
            "每年倒数第 2 个工作日 09:00",
            "the second last working day of the year at 09:00",
        ),
    ] {
        assert_eq!(when.in_words(), Text::new(zh, en));
        let form = serde_json::to_value(when).unwrap();
        assert_eq!(serde_json::from_value::<When>(form).unwrap(), when);
    }
}

#[test]
fn a_failed_run_waits_longer_each_time_and_never_with_all_the_others() {
    for (failures, minutes) in [(1, 1), (2, 5), (3, 15), (4, 60), (40, 60)] {
        let longest = TimeDelta::minutes(minutes);
        let waits: Vec<TimeDelta> = (0..9999)
            .step_by(7)
            .map(|spread| retry_wait(failures, spread))
            .collect();
        assert!(
            waits
                .iter()
                .all(|wait| *wait >= longest / 2 && *wait <= longest)
        );
        assert_eq!(waits.iter().max(), Some(&longest));
        assert_eq!(waits.iter().min(), Some(&(longest / 2)));
    }
}

#[test]
fn a_pause_has_a_reason_and_an_end() {
    let now = at("2026-09-30 08:00");
    assert_eq!(pause_ends(now, now), Err(JobError::EndNotAhead));
    assert_eq!(pause_ends(now + TimeDelta::seconds(1), now), Ok(()));
    assert_eq!(pause_ends(now + LONGEST_PAUSE, now), Ok(()));
    assert_eq!(
        pause_ends(now + LONGEST_PAUSE + TimeDelta::seconds(1), now),
        Err(JobError::PauseTooLong)
    );
    assert_eq!(reason(" \t"), Err(JobError::ReasonMissing));
    assert_eq!(reason(&"长".repeat(1001)), Err(JobError::ReasonTooLong));
    assert_eq!(reason(" 停机检修 ").as_deref(), Ok("停机检修"));
    assert_eq!(key(&"k".repeat(81)), Err(JobError::KeyUnusable));
}
