use proptest::prelude::*;

use super::*;

pub(super) fn date(text: &str) -> NaiveDate {
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

fn any_day() -> impl Strategy<Value = NaiveDate> {
    (733_000_i32..741_000)
        .prop_map(|day| NaiveDate::from_num_days_from_ce_opt(day).expect("a day in 2007 to 2029"))
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
