//! What falls due in a month or a week: the list of obligations as a calendar, with the same filter.

use askama::Template;
use axum::response::Response;
use chrono::{Datelike, Days, Months, NaiveDate};

use super::{
    bridge::operation,
    frame::Frame,
    guest::Guest,
    list::{Address, DAY},
    obligation,
    refusal::Refusal,
    term::*,
};

operation!(ObligationDays in "src/operations/obligation.graphql" deriving "Clone, Debug, Default");

type Day = obligation_days::ObligationDaysObligationsByDay;

const LIST: &str = "/obligations";
const MONTH: &str = "/obligations/month";
const WEEK: &str = "/obligations/week";

/// What a list of obligations is narrowed to by days, and a calendar shows anyway.
const ITS_DAYS: [&str; 4] = ["from", "to", "within", DAY];

/// One way to look at obligations.
pub struct View {
    /// Its address.
    pub to: String,
    /// What it is called.
    pub word: &'static str,
    /// Whether it is this page.
    pub current: bool,
}

/// The ways to look at what the address wants: as a list, by months, by weeks.
pub fn views(f: &Frame) -> Vec<View> {
    let known = [
        (LIST, f.t("列表", "List")),
        (MONTH, f.t("按月", "Month")),
        (WEEK, f.t("按周", "Week")),
    ];
    let day = f.here.some(DAY).or_else(|| f.here.some("from"));
    let view = |(path, word)| {
        let on = day.as_deref().filter(|_| path != LIST);
        let on: Vec<_> = on.into_iter().map(|on| (DAY, on)).collect();
        View {
            to: f.here.changed(path, &ITS_DAYS, &on),
            word,
            current: f.here.path() == path,
        }
    };
    known.into_iter().map(view).collect()
}

/// How much is shown at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Span {
    Month,
    Week,
}

impl Span {
    /// Its first day, of the one around `day`.
    fn first(self, day: NaiveDate) -> NaiveDate {
        match self {
            Self::Month => day - Days::new(u64::from(day.day0())),
            Self::Week => monday(day),
        }
    }

    /// Where the next begins.
    fn next(self, first: NaiveDate) -> NaiveDate {
        match self {
            Self::Month => first + Months::new(1),
            Self::Week => first + Days::new(7),
        }
    }

    /// Where the one before begins.
    fn previous(self, first: NaiveDate) -> NaiveDate {
        self.first(first - Days::new(1))
    }

    /// The whole weeks that it touches: from which day, and how many days.
    fn weeks(self, first: NaiveDate) -> (NaiveDate, i64) {
        let from = monday(first);
        let last = monday(self.next(first) - Days::new(1)) + Days::new(7);
        (from, (last - from).num_days())
    }

    /// How many of each day are shown.
    fn shown(self) -> i64 {
        match self {
            Self::Month => 3,
            Self::Week => 15,
        }
    }
}

fn monday(day: NaiveDate) -> NaiveDate {
    day - Days::new(u64::from(day.weekday().num_days_from_monday()))
}

#[derive(Template)]
#[template(path = "obligation/days.html")]
struct Shown {
    f: Frame,
    views: Vec<View>,
    states: &'static [ObligationState],
    owners: &'static [CommitmentOwner],
    colours: Vec<Light>,
    span: Span,
    first: NaiveDate,
    name: String,
    /// Whole weeks of days.
    days: Vec<Day>,
    /// How many fall due, on the days of the span alone.
    total: i64,
}

impl Shown {
    fn around(&self, day: NaiveDate) -> String {
        self.f.here.with(DAY, &day.to_string())
    }

    fn next(&self) -> String {
        self.around(self.span.next(self.first))
    }

    fn previous(&self) -> String {
        self.around(self.span.previous(self.first))
    }

    /// The number of a day in its month.
    fn number(&self, day: &Day) -> u32 {
        day.day.date.day()
    }

    /// The list of what falls due on a day.
    fn of_day(&self, day: &Day) -> String {
        let on = day.day.date.to_string();
        let its_days = [("from", on.as_str()), ("to", on.as_str())];
        self.f.here.changed(LIST, &ITS_DAYS, &its_days)
    }

    /// How many of a day are not shown.
    fn left(&self, day: &Day) -> i64 {
        let shown = i64::try_from(day.obligations.len()).unwrap_or(i64::MAX);
        day.count.saturating_sub(shown)
    }

    /// What stands in the cell of a day: what it is, whether it is today, whether it is of another month.
    fn class(&self, day: &Day) -> String {
        let today = match day.day.date == self.f.today {
            true => " day-today",
            false => "",
        };
        let other = match self.is_shown(day) {
            true => "",
            false => " other",
        };
        format!("day-{}{today}{other}", day.day.kind.code())
    }

    fn is_shown(&self, day: &Day) -> bool {
        (self.first..self.span.next(self.first)).contains(&day.day.date)
    }
}

/// The first day of what an address asks for.
fn first(address: &Address, span: Span, today: NaiveDate) -> Result<NaiveDate, Refusal> {
    let day = match address.get(DAY) {
        "" => today,
        day => day.parse().map_err(|_| Refusal::Address)?,
    };
    // What no calendar knows would be no day any more some steps away.
    match (1950..2099).contains(&day.year()) {
        true => Ok(span.first(day)),
        false => Err(Refusal::Address),
    }
}

async fn days(guest: Guest, span: Span) -> Result<Response, Refusal> {
    use obligation_days::*;
    let mut f = guest.frame("");
    let first = first(&guest.address, span, f.today)?;
    let (from, days) = span.weeks(first);
    let asked = Variables {
        from,
        days,
        first: span.shown(),
        where_: Some(obligation::filter!(&guest.address)),
    };
    let found = guest.run::<ObligationDays>(asked).await?;
    let name = match span {
        Span::Month => f.month(&first),
        Span::Week => {
            let last = first + Days::new(6);
            format!("{first} {} {last}", f.t("至", "to"))
        }
    };
    let title = obligation::title(guest.language);
    f.title = format!("{title} · {name}");
    let mut shown = Shown {
        views: views(&f),
        states: &ObligationState::ALL,
        owners: &CommitmentOwner::ALL,
        colours: Light::ALL.into_iter().rev().collect(),
        span,
        first,
        name,
        days: found.obligations_by_day,
        total: 0,
        f,
    };
    let of_span = shown.days.iter().filter(|day| shown.is_shown(day));
    shown.total = of_span.map(|day| day.count).sum();
    Ok(guest.show(&shown))
}

/// A month.
pub async fn month(guest: Guest) -> Result<Response, Refusal> {
    days(guest, Span::Month).await
}

/// A week.
pub async fn week(guest: Guest) -> Result<Response, Refusal> {
    days(guest, Span::Week).await
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a day")
    }

    #[test]
    fn a_month_has_whole_weeks() {
        for (around, first, from, days, next, previous) in [
            (
                "2026-09-30",
                "2026-09-01",
                "2026-08-31",
                35,
                "2026-10-01",
                "2026-08-01",
            ),
            (
                "2026-08-15",
                "2026-08-01",
                "2026-07-27",
                42,
                "2026-09-01",
                "2026-07-01",
            ),
            (
                "2027-02-28",
                "2027-02-01",
                "2027-02-01",
                28,
                "2027-03-01",
                "2027-01-01",
            ),
            (
                "2026-12-31",
                "2026-12-01",
                "2026-11-30",
                35,
                "2027-01-01",
                "2026-11-01",
            ),
        ] {
            let span = Span::Month;
            assert_eq!(span.first(day(around)), day(first));
            assert_eq!(span.weeks(day(first)), (day(from), days), "{around}");
            assert_eq!(span.next(day(first)), day(next));
            assert_eq!(span.previous(day(first)), day(previous));
        }
    }

    #[test]
    fn a_week_begins_on_monday() {
        let first = Span::Week.first(day("2026-10-04"));
        assert_eq!(first, day("2026-09-28"));
        assert_eq!(Span::Week.weeks(first), (first, 7));
        assert_eq!(Span::Week.next(first), day("2026-10-05"));
        assert_eq!(Span::Week.previous(first), day("2026-09-21"));
    }
}
