//! The working-day calendar: a year at a glance, and importing a yearly notice: first what it changes and which time limits
//! move, then the confirmation.

use std::collections::BTreeMap;

use api_import::text;
use askama::Template;
use axum::response::Response;
use chrono::{Datelike, NaiveDate};
use entity::{error::Explain, permission::Action};

use super::{
    bridge::operation,
    flash::Flash,
    form::{Filled, Form},
    frame::Frame,
    guest::Guest,
    refusal::Refusal,
    term::*,
};

operation!(CalendarPage in "src/operations/calendar.graphql");
operation!(CalendarPreview in "src/operations/calendar.graphql");
operation!(ImportCalendar in "src/operations/calendar.graphql");

type Day = calendar_page::CalendarPageCalendarDays;

/// A month: its weeks from Monday to Sunday.
struct Month {
    name: String,
    working: i64,
    weeks: Vec<[Option<Day>; 7]>,
}

/// Days off in a row, or a worked weekend.
struct Stretch {
    name: String,
    kind: DayKind,
    first: NaiveDate,
    last: NaiveDate,
    days: i64,
}

#[derive(Template)]
#[template(path = "calendar/page.html")]
struct PageShown {
    f: Frame,
    years: Vec<i64>,
    year: i64,
    months: Vec<Month>,
    stretches: Vec<Stretch>,
    working: i64,
    provisional: bool,
    may: bool,
    /// Monday to Sunday, in one or two letters.
    heads: [&'static str; 7],
}

impl PageShown {
    /// The number of a day in its month.
    fn number(&self, day: &Day) -> u32 {
        day.date.day()
    }
}

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

fn months(f: &Frame, days: &[Day]) -> Vec<Month> {
    let mut months: Vec<Month> = (1..=12)
        .zip(MONTHS)
        .map(|(number, name)| Month {
            name: match f.language {
                entity::language::Language::Chinese => format!("{number} 月"),
                entity::language::Language::English => name.to_owned(),
            },
            working: 0,
            weeks: Vec::new(),
        })
        .collect();
    for day in days {
        let month = &mut months[day.date.month0() as usize];
        let at = day.date.weekday().num_days_from_monday() as usize;
        if at == 0 || month.weeks.is_empty() {
            month.weeks.push(Default::default());
        }
        if matches!(day.kind, DayKind::Working | DayKind::WorkedWeekend) {
            month.working += 1;
        }
        if let Some(week) = month.weeks.last_mut() {
            week[at] = Some(day.clone());
        }
    }
    months
}

/// What the notice names, in the order of the year.
fn stretches(days: &[Day]) -> Vec<Stretch> {
    let mut all: Vec<Stretch> = Vec::new();
    for day in days {
        let Some(name) = &day.holiday else { continue };
        match all.last_mut() {
            Some(last)
                if last.name == *name
                    && last.kind == day.kind
                    && last.last.succ_opt() == Some(day.date) =>
            {
                last.last = day.date;
                last.days += 1;
            }
            _ => all.push(Stretch {
                name: name.clone(),
                kind: day.kind,
                first: day.date,
                last: day.date,
                days: 1,
            }),
        }
    }
    all
}

/// A year.
pub async fn page(guest: Guest) -> Result<Response, Refusal> {
    let mut f = guest.frame("");
    let year = match guest.address.get("year") {
        "" => i64::from(f.today.year()),
        year => year.parse().map_err(|_| Refusal::Address)?,
    };
    let data = guest
        .run::<CalendarPage>(calendar_page::Variables { year })
        .await?;
    f.title = f.t("工作日历", "Calendar of working days").to_owned();
    let mut years = data.calendar_years;
    if !years.contains(&year) {
        years.push(year);
    }
    if let Some(last) = years.iter().max().copied() {
        years.push(last + 1);
    }
    years.sort_unstable();
    let months = months(&f, &data.calendar_days);
    let heads = match f.language {
        entity::language::Language::Chinese => ["一", "二", "三", "四", "五", "六", "日"],
        entity::language::Language::English => ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"],
    };
    Ok(guest.show(&PageShown {
        working: months.iter().map(|month| month.working).sum(),
        stretches: stretches(&data.calendar_days),
        provisional: data.calendar_days.iter().any(|day| day.provisional),
        months,
        years,
        year,
        heads,
        may: data.viewer.is_some_and(|viewer| {
            let may = PermittedAction::ImportCalendar;
            viewer.permissions.contains(&may)
        }),
        f,
    }))
}

const FIELDS: &[&str] = &["csv", "source"];

#[derive(Template)]
#[template(path = "calendar/choose.html")]
struct Choose {
    f: Frame,
    form: Form,
}

fn frame(guest: &Guest) -> Frame {
    let mut f = guest.frame("");
    f.title = f.t("导入年度放假安排", "Import a yearly notice").to_owned();
    f
}

/// The page where the file is chosen.
pub async fn choose(guest: Guest) -> Result<Response, Refusal> {
    guest.require(Action::ImportCalendar)?;
    Ok(guest.show(&Choose {
        f: frame(&guest),
        form: Form::new(FIELDS),
    }))
}

/// Time limits that move from one day to another.
struct Moved {
    from: NaiveDate,
    to: NaiveDate,
    provisional: bool,
    favours: ContractSide,
    count: i64,
}

#[derive(Template)]
#[template(path = "calendar/preview.html")]
struct PreviewShown {
    f: Frame,
    form: Form,
    changes: calendar_preview::CalendarPreviewCalendarImportPreview,
    moved: Vec<Moved>,
    /// How many move beyond those that are named.
    rest: i64,
}

impl PreviewShown {
    /// How a due date moves, and in whose favour.
    fn moves(&self, favours: &ContractSide) -> String {
        favours.moves().in_language(self.f.language).to_owned()
    }
}

/// Shows what the file changes; `form` holds it.
async fn shown(guest: &Guest, mut form: Form, csv: String) -> Result<Response, Refusal> {
    let refused = form.is_refused();
    let mut f = frame(guest);
    let changes = guest
        .run::<CalendarPreview>(calendar_preview::Variables { csv: csv.clone() })
        .await?
        .calendar_import_preview;
    if !changes.problems.is_empty() {
        for problem in &changes.problems {
            form.refuse_one("csv", problem);
        }
        return Ok(guest.refused(&Choose { f, form }));
    }
    form.set("csv", &csv);
    let mut moved: BTreeMap<(NaiveDate, NaiveDate, bool), (ContractSide, i64)> = BTreeMap::new();
    for one in &changes.moved {
        let (_, count) = moved
            .entry((one.from, one.to, one.provisional))
            .or_insert((one.favours, 0));
        *count += 1;
    }
    f.title = f
        .t("预览：尚未写入任何内容", "Preview: nothing is written yet")
        .to_owned();
    let shown = PreviewShown {
        rest: changes.moved_count - i64::try_from(changes.named.len()).unwrap_or(i64::MAX),
        moved: moved
            .into_iter()
            .map(|((from, to, provisional), (favours, count))| Moved {
                from,
                to,
                provisional,
                favours,
                count,
            })
            .collect(),
        f,
        form,
        changes,
    };
    Ok(if refused {
        guest.refused(&shown)
    } else {
        guest.show(&shown)
    })
}

/// Reads the file and shows what it changes.
pub async fn preview(guest: Guest, filled: Filled) -> Result<Response, Refusal> {
    let mut form = Form::filled(FIELDS, &filled);
    let f = frame(&guest);
    let csv = match filled.file("file") {
        Some(bytes) => text::decoded(bytes)
            .map(|csv| csv.into_owned())
            .map_err(|error| error.explain().in_language(f.language).to_owned()),
        None if filled.get("csv").is_empty() => {
            Err(f.t("请选择文件。", "Choose the file.").to_owned())
        }
        None => Ok(filled.exact("csv")),
    };
    match csv {
        Ok(csv) => shown(&guest, form, csv).await,
        Err(text) => {
            form.refuse_one("csv", &text);
            Ok(guest.refused(&Choose { f, form }))
        }
    }
}

/// Imports what was shown.
pub async fn import(guest: Guest, filled: Filled) -> Result<Response, Refusal> {
    let mut form = Form::filled(FIELDS, &filled);
    let input = import_calendar::CalendarImportInput {
        csv: filled.exact("csv"),
        source: filled.get("source").to_owned(),
    };
    let answer = guest
        .run::<ImportCalendar>(import_calendar::Variables { input })
        .await?
        .calendar_import;
    form.refuse(
        answer
            .user_errors
            .into_iter()
            .map(|error| (error.path, error.message)),
    );
    if form.is_refused() {
        return shown(&guest, form, filled.exact("csv")).await;
    }
    let years = answer.changes.map(|changes| changes.years);
    let year = years.and_then(|years| years.first().copied());
    Ok(guest.done(
        Flash::CalendarImported,
        &year.map_or_else(
            || "/calendar".to_owned(),
            |year| format!("/calendar?year={year}"),
        ),
    ))
}
