//! The timeline of a project (甘特图): when each stage was, when each milestone was planned, is expected and was reached, and
//! where today is. Only geometry: places are in percent of the width, so that the drawing fits every screen and sheet.

use chrono::{Datelike, Months};

use super::{frame::Frame, scalar::Date, term::ProjectLight};

/// How many months the scale names at most; more would run into each other on a telephone.
const MOST_TICKS: u32 = 6;

/// The dates of one row.
#[derive(Clone, Debug, Default)]
pub struct Dates {
    /// What it is called.
    pub label: String,
    /// The day the stage was entered.
    pub entered_on: Option<Date>,
    /// The day the stage was left.
    pub left_on: Option<Date>,
    /// The first plan.
    pub baseline_on: Option<Date>,
    /// What is expected now.
    pub forecast_on: Option<Date>,
    /// When it was reached.
    pub actual_on: Option<Date>,
    /// How it stands.
    pub light: Option<ProjectLight>,
}

/// A drawing.
#[derive(Clone, Debug)]
pub struct Timeline {
    /// The months on the scale.
    pub ticks: Vec<Tick>,
    /// Where today is.
    pub today: String,
    /// The rows, in the order of the plan.
    pub rows: Vec<Row>,
}

/// A month on the scale.
#[derive(Clone, Debug)]
pub struct Tick {
    /// Where it begins.
    pub at: String,
    /// Its name.
    pub label: String,
}

/// From here so far.
#[derive(Clone, Debug)]
pub struct Span {
    /// Where it begins.
    pub from: String,
    /// How wide it is.
    pub width: String,
}

/// One row of a drawing.
#[derive(Clone, Debug)]
pub struct Row {
    /// What it is called.
    pub label: String,
    /// The time in the stage.
    pub stage: Option<Span>,
    /// Whether the stage goes on.
    pub open: bool,
    /// The first plan, where the day expected or reached is another.
    pub baseline: Option<String>,
    /// The day expected, while it is not reached.
    pub forecast: Option<String>,
    /// The day reached.
    pub actual: Option<String>,
    /// Between the first plan and the day expected or reached.
    pub slip: Option<Span>,
    /// How it stands; the code of its colour.
    pub light: &'static str,
}

impl Timeline {
    /// The drawing of these rows; none where no row has a date.
    pub fn of(f: &Frame, rows: Vec<Dates>) -> Option<Self> {
        let days = rows.iter().flat_map(|row| {
            [
                row.entered_on,
                row.left_on,
                row.baseline_on,
                row.forecast_on,
                row.actual_on,
            ]
        });
        let days: Vec<Date> = days.flatten().collect();
        let first = *days.iter().min()?;
        let last = *days.iter().max()?;
        let scale = Scale::over(first.min(f.today), last.max(f.today));
        Some(Self {
            ticks: scale.ticks(),
            today: scale.at(f.today),
            rows: rows
                .into_iter()
                .map(|row| scale.row(row, f.today))
                .collect(),
        })
    }
}

/// Whole months from the first to the last.
struct Scale {
    first: Date,
    end: Date,
}

impl Scale {
    fn over(first: Date, last: Date) -> Self {
        let month = |day: Date| day.with_day(1).unwrap_or(day);
        Self {
            first: month(first),
            end: month(last) + Months::new(1),
        }
    }

    fn place(&self, day: Date) -> f64 {
        let part = |days: chrono::TimeDelta| f64::from(i32::try_from(days.num_days()).unwrap_or(0));
        part(day - self.first) * 100.0 / part(self.end - self.first)
    }

    fn at(&self, day: Date) -> String {
        format!("{:.2}%", self.place(day))
    }

    fn span(&self, from: Date, to: Date) -> Span {
        let (from, to) = (from.min(to), from.max(to));
        Span {
            from: self.at(from),
            width: format!("{:.2}%", self.place(to) - self.place(from)),
        }
    }

    fn ticks(&self) -> Vec<Tick> {
        let months = |step: u32| {
            std::iter::successors(Some(self.first), move |day| {
                day.checked_add_months(Months::new(step))
            })
            .take_while(|day| *day < self.end)
        };
        let few = |step: &u32| months(*step).count() <= MOST_TICKS as usize;
        let step = [1, 2, 3, 6, 12].into_iter().find(few).unwrap_or(24);
        months(step)
            .map(|day| Tick {
                at: self.at(day),
                label: day.format("%Y-%m").to_string(),
            })
            .collect()
    }

    fn row(&self, dates: Dates, today: Date) -> Row {
        let reached_or_expected = dates.actual_on.or(dates.forecast_on);
        let moved = dates.baseline_on.zip(reached_or_expected);
        let until = dates.left_on.unwrap_or(today);
        Row {
            label: dates.label,
            stage: dates.entered_on.map(|from| self.span(from, until)),
            open: dates.entered_on.is_some() && dates.left_on.is_none(),
            baseline: dates
                .baseline_on
                .filter(|day| Some(*day) != reached_or_expected)
                .map(|day| self.at(day)),
            forecast: dates
                .forecast_on
                .filter(|_| dates.actual_on.is_none())
                .map(|day| self.at(day)),
            actual: dates.actual_on.map(|day| self.at(day)),
            slip: moved
                .filter(|(planned, now)| planned != now)
                .map(|(planned, now)| self.span(planned, now)),
            light: match dates.light {
                Some(ProjectLight::Red) => "RED",
                Some(ProjectLight::Yellow) => "YELLOW",
                Some(ProjectLight::Green) => "GREEN",
                None => "GREY",
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        text.parse().expect("a day")
    }

    #[test]
    fn places_are_in_percent_of_whole_months() {
        let scale = Scale::over(day("2026-09-10"), day("2026-10-20"));
        assert_eq!(scale.at(day("2026-09-01")), "0.00%");
        assert_eq!(scale.at(day("2026-10-01")), "49.18%");
        assert_eq!(scale.at(day("2026-11-01")), "100.00%");
        let row = scale.row(
            Dates {
                baseline_on: Some(day("2026-10-01")),
                forecast_on: Some(day("2026-09-01")),
                ..Dates::default()
            },
            day("2026-09-30"),
        );
        let slip = row.slip.expect("it moved");
        assert_eq!(
            (slip.from.as_str(), slip.width.as_str()),
            ("0.00%", "49.18%")
        );
        assert_eq!(row.light, "GREY");
    }

    #[test]
    fn a_scale_of_years_names_few_months() {
        for (last, ticks) in [("2026-01-31", 1), ("2026-06-30", 6), ("2026-07-01", 4)] {
            let scale = Scale::over(day("2026-01-01"), day(last));
            assert_eq!(scale.ticks().len(), ticks, "{last}");
        }
        let long = Scale::over(day("2020-01-01"), day("2029-12-31"));
        assert!(long.ticks().len() <= MOST_TICKS as usize);
    }
}
