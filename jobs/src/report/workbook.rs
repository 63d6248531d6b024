//! A report as a workbook: real tables with frozen headers. Only the frozen facts go in, no clock and no machine, so that the same
//! facts give the same bytes.

use chrono::NaiveDate;
use chrono_tz::Tz;
use entity::{
    deadline::rules::Light,
    evaluation::{
        answers::Aspect,
        figures::{Figures, band},
        scoring::Score,
    },
    language::{Language, Text},
    obligation::rules::occasion_name,
    report::facts::{Facts, Kept},
    term::Term,
};
use rust_xlsxwriter::{
    DocProperties, Format, FormatAlign, Table, TableColumn, TableStyle, Workbook, Worksheet,
    XlsxError,
};

/// One cell.
enum Cell {
    Text(String),
    Count(u32),
    /// Tenths of a percent.
    Rate(u32),
    /// Points from 0 to 100.
    Points(f64),
    /// Whole percent.
    Percent(i32),
    Date(NaiveDate),
    Empty,
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<u32> for Cell {
    fn from(count: u32) -> Self {
        Self::Count(count)
    }
}

impl From<NaiveDate> for Cell {
    fn from(date: NaiveDate) -> Self {
        Self::Date(date)
    }
}

impl<T: Into<Cell>> From<Option<T>> for Cell {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Empty, Into::into)
    }
}

/// One sheet: a table with the headings of its columns, each with its width. Its rows are made when they are written.
struct Sheet<'a> {
    name: String,
    columns: Vec<(String, f64)>,
    /// How many rows there are.
    length: usize,
    rows: Box<dyn Iterator<Item = Vec<Cell>> + 'a>,
}

/// The formats of the whole book.
struct Formats {
    head: Format,
    count: Format,
    rate: Format,
    percent: Format,
    points: Format,
    date: Format,
    text: Format,
}

/// The bytes of the workbook in `language`; `zone` is the park's.
pub fn workbook(facts: &Facts, language: Language, zone: Tz) -> Result<Vec<u8>, XlsxError> {
    let formats = Formats {
        head: Format::new().set_bold(),
        count: Format::new().set_num_format("#,##0"),
        rate: Format::new().set_num_format("0.0%"),
        percent: Format::new().set_num_format("0%"),
        points: Format::new().set_num_format("0.0"),
        date: Format::new().set_num_format("yyyy-mm-dd"),
        text: Format::new().set_text_wrap().set_align(FormatAlign::Top),
    };
    let mut book = Workbook::new();
    // Excel's files carry the time of their making: here it is the moment of the report.
    book.set_properties(
        &DocProperties::new()
            .set_title(facts.title().in_language(language))
            .set_author("Qiyue")
            .set_creation_datetime(&facts.moment),
    );
    for (number, sheet) in (1..).zip(sheets(facts, language, zone)) {
        // Its rows are written to disk one by one: a sheet may have as many as the park has promises.
        let worksheet = book.add_worksheet_with_low_memory()?;
        write(worksheet, number, sheet, &formats)?;
    }
    book.save_to_buffer()
}

fn write(
    worksheet: &mut Worksheet,
    number: u32,
    sheet: Sheet<'_>,
    formats: &Formats,
) -> Result<(), XlsxError> {
    worksheet.set_name(&sheet.name)?;
    worksheet.set_freeze_panes(1, 0)?;
    let columns: Vec<TableColumn> = sheet
        .columns
        .iter()
        .map(|(heading, _)| {
            TableColumn::new()
                .set_header(heading)
                .set_header_format(&formats.head)
        })
        .collect();
    let last_column = u16::try_from(columns.len().saturating_sub(1)).unwrap_or(u16::MAX);
    // A table has at least one row, be it empty.
    let last_row = u32::try_from(sheet.length.max(1)).unwrap_or(u32::MAX);
    let table = Table::new()
        .set_name(format!("Table{number}"))
        .set_style(TableStyle::Light1)
        .set_columns(&columns);
    worksheet.add_table(0, 0, last_row, last_column, &table)?;
    for (column, (_, width)) in (0..).zip(&sheet.columns) {
        worksheet.set_column_width(column, *width)?;
    }
    for (row, cells) in (1..).zip(sheet.rows) {
        for (column, cell) in (0..).zip(&cells) {
            match cell {
                // A text that begins with "=" stays a text.
                Cell::Text(text) => {
                    worksheet.write_string_with_format(row, column, text, &formats.text)?
                }
                Cell::Count(count) => {
                    worksheet.write_number_with_format(row, column, *count, &formats.count)?
                }
                Cell::Rate(rate) => worksheet.write_number_with_format(
                    row,
                    column,
                    f64::from(*rate) / 1000.0,
                    &formats.rate,
                )?,
                Cell::Points(points) => {
                    worksheet.write_number_with_format(row, column, *points, &formats.points)?
                }
                Cell::Percent(percent) => worksheet.write_number_with_format(
                    row,
                    column,
                    f64::from(*percent) / 100.0,
                    &formats.percent,
                )?,
                Cell::Date(date) => {
                    worksheet.write_datetime_with_format(row, column, date, &formats.date)?
                }
                Cell::Empty => worksheet,
            };
        }
    }
    Ok(())
}

/// The words of one language.
#[derive(Clone, Copy)]
struct Say(Language);

impl Say {
    fn say(self, zh: &str, en: &str) -> String {
        match self.0 {
            Language::Chinese => zh.to_owned(),
            Language::English => en.to_owned(),
        }
    }

    fn of(self, text: &Text) -> String {
        text.in_language(self.0).to_owned()
    }

    fn light(self, light: Light) -> String {
        self.of(&light.text())
    }

    fn yes(self, yes: bool) -> String {
        if yes {
            self.say("是", "yes")
        } else {
            self.say("否", "no")
        }
    }
}

fn sheets(facts: &Facts, language: Language, zone: Tz) -> Vec<Sheet<'_>> {
    let say = Say(language);
    let mut sheets = vec![overview(facts, say)];
    if !facts.problems.is_empty() {
        sheets.push(problems(facts, say));
    }
    sheets.push(enterprises(facts, say));
    if facts.owners.len() > 1 {
        sheets.push(owners(facts, say));
    }
    if let Some(figures) = &facts.evaluation {
        sheets.push(evaluation(figures, say));
    }
    sheets.extend([
        promises(facts, say),
        projects(facts, say),
        milestones(facts, say),
        key_dates(facts, say),
        method(facts, say, zone),
    ]);
    sheets
}

fn sheet<'a>(
    name: String,
    columns: &[(&str, &str, f64)],
    say: Say,
    rows: impl ExactSizeIterator<Item = Vec<Cell>> + 'a,
) -> Sheet<'a> {
    Sheet {
        name,
        columns: columns
            .iter()
            .map(|(zh, en, width)| (say.say(zh, en), *width))
            .collect(),
        length: rows.len(),
        rows: Box::new(rows),
    }
}

/// The head of a column that counts a light, and how wide it is.
fn of_light(light: Light) -> (&'static str, &'static str, f64) {
    let (zh, en) = (light.word(Language::Chinese), light.word(Language::English));
    (zh, en, 14.0)
}

fn overview(facts: &Facts, say: Say) -> Sheet<'_> {
    let mut rows: Vec<Vec<Cell>> = facts
        .lights
        .iter()
        .map(|light| {
            let name = light.light.text();
            vec![
                say.say(
                    &format!("{}（未办结承诺）", name.zh),
                    &format!("{} (open promises)", name.en),
                )
                .into(),
                light.now.into(),
                light.before.into(),
            ]
        })
        .collect();
    let mut row = |zh: &str, en: &str, now: Cell, before: Cell| {
        rows.push(vec![say.say(zh, en).into(), now, before]);
    };
    let (kept, before) = (facts.kept, facts.kept_before);
    row(
        "到期承诺",
        "promises that fell due",
        kept.due.into(),
        before.due.into(),
    );
    row(
        "按时办结",
        "kept on time",
        kept.on_time.into(),
        before.on_time.into(),
    );
    row(
        "逾期办结",
        "kept late",
        kept.late.into(),
        before.late.into(),
    );
    row("未履行", "missed", kept.missed.into(), before.missed.into());
    row(
        "仍超期",
        "still open",
        kept.overdue.into(),
        before.overdue.into(),
    );
    row(
        "按时率（按时办结÷到期承诺）",
        "on-time rate (kept on time ÷ fell due)",
        rate(kept),
        rate(before),
    );
    let milestones = facts.milestones;
    row(
        "应完成里程碑",
        "milestones planned",
        milestones.due.into(),
        Cell::Empty,
    );
    row(
        "里程碑按时完成",
        "milestones completed on time",
        milestones.on_time.into(),
        Cell::Empty,
    );
    if let Some(undelivered) = facts.undelivered {
        row(
            "无法投递的邮件",
            "e-mails that could not be delivered",
            undelivered.into(),
            Cell::Empty,
        );
    }
    sheet(
        say.say("概览", "Overview"),
        &[
            ("指标", "Figure", 34.0),
            ("本期", "This period", 14.0),
            ("上期", "Previous period", 14.0),
        ],
        say,
        rows.into_iter(),
    )
}

fn rate(kept: Kept) -> Cell {
    kept.on_time_rate().map_or(Cell::Empty, Cell::Rate)
}

fn evaluation(figures: &Figures, say: Say) -> Sheet<'_> {
    let rows = figures.departments.iter().map(move |row| {
        let score = row.score.figures();
        let points = |of: fn(&Score<Aspect>) -> f64| score.map(|one| Cell::Points(of(one)));
        let department = &row.department;
        vec![
            say.say(&department.name_zh, &department.name_en).into(),
            score.map(|one| one.n).into(),
            points(|one| one.score).into(),
            points(|one| one.interval.low).into(),
            points(|one| one.interval.high).into(),
            points(|one| one.rate).into(),
            row.place.map(|place| place.rank).into(),
            score.map(|one| say.of(&band(one.band))).into(),
            row.performance
                .as_ref()
                .map(|one| Cell::Points(one.score))
                .into(),
        ]
    });
    sheet(
        format!("{} {}", say.say("企业评议", "Evaluation"), figures.quarter),
        &[
            ("部门", "Department", 24.0),
            ("样本", "n", 8.0),
            ("满意度得分", "Score", 12.0),
            ("区间下限", "From", 10.0),
            ("区间上限", "To", 10.0),
            ("满意率（%）", "Rate (%)", 12.0),
            ("名次", "Rank", 8.0),
            ("等次", "Band", 10.0),
            ("综合绩效", "Performance", 12.0),
        ],
        say,
        rows,
    )
}

fn problems(facts: &Facts, say: Say) -> Sheet<'_> {
    let rows = facts.problems.iter().map(move |problem| {
        vec![
            problem.enterprise.clone().into(),
            say.of(&problem.what).into(),
            say.of(&problem.blocked_by).into(),
            problem.days.into(),
            say.of(&problem.proposal).into(),
        ]
    });
    sheet(
        say.say("需决策事项", "For decision"),
        &[
            ("企业", "Enterprise", 32.0),
            ("事项", "Matter", 44.0),
            ("责任方", "Responsible", 20.0),
            ("超期工作日", "Working days late", 12.0),
            ("建议", "Proposal", 36.0),
        ],
        say,
        rows,
    )
}

fn enterprises(facts: &Facts, say: Say) -> Sheet<'_> {
    let rows = facts.enterprises.iter().map(move |row| {
        let mut cells: Vec<Cell> = vec![
            row.name.clone().into(),
            row.liaison.clone().into(),
            row.contract.clone().into(),
            row.contract_ends_on.into(),
        ];
        cells.extend(
            facts
                .lights
                .iter()
                .map(|light| Cell::Count(row.lights.of(light.light))),
        );
        cells.extend([
            row.project.map(|light| say.of(&light.text())).into(),
            row.kept.due.into(),
            row.kept.on_time.into(),
            rate(row.kept),
        ]);
        cells
    });
    sheet(
        say.say("企业", "Enterprises"),
        &[
            ("企业", "Enterprise", 32.0),
            ("服务专员", "Liaison", 14.0),
            ("契约编号", "Contract", 16.0),
            ("契约到期日", "Contract ends", 13.0),
            of_light(Light::Black),
            of_light(Light::Red),
            of_light(Light::Orange),
            of_light(Light::Yellow),
            of_light(Light::Green),
            of_light(Light::Grey),
            ("项目预警", "Projects", 9.0),
            ("本期到期", "Fell due", 10.0),
            ("按时办结", "On time", 10.0),
            ("按时率", "On-time rate", 11.0),
        ],
        say,
        rows,
    )
}

fn owners(facts: &Facts, say: Say) -> Sheet<'_> {
    let rows = facts.owners.iter().map(move |row| {
        vec![
            say.of(&row.name).into(),
            row.kept.due.into(),
            row.kept.on_time.into(),
            row.kept.late.into(),
            row.kept.missed.into(),
            row.kept.overdue.into(),
            rate(row.kept),
            row.open.into(),
            row.overdue.into(),
        ]
    });
    sheet(
        say.say("责任单位", "Owners"),
        &[
            ("责任单位", "Owner", 26.0),
            ("本期到期", "Fell due", 10.0),
            ("按时办结", "On time", 10.0),
            ("逾期办结", "Late", 10.0),
            ("未履行", "Missed", 10.0),
            ("仍超期", "Still open", 10.0),
            ("按时率", "On-time rate", 11.0),
            ("未办结", "Open now", 10.0),
            ("其中超期", "Overdue now", 12.0),
        ],
        say,
        rows,
    )
}

fn promises(facts: &Facts, say: Say) -> Sheet<'_> {
    let rows = facts.items.iter().map(move |item| {
        vec![
            item.enterprise.clone().into(),
            say.of(&item.what).into(),
            say.of(&occasion_name(&item.occasion)).into(),
            say.of(&item.owner).into(),
            item.due_on.into(),
            say.yes(item.provisional).into(),
            say.of(&item.outcome.text()).into(),
            item.light.map(|light| say.light(light)).into(),
            item.closed_on.into(),
            item.days_late.into(),
            say.yes(item.in_period).into(),
            item.legal_basis.clone().into(),
            item.public_reason.clone().into(),
        ]
    });
    sheet(
        say.say("承诺明细", "Promises"),
        &[
            ("企业", "Enterprise", 32.0),
            ("承诺", "Promise", 36.0),
            ("期次", "Occasion", 26.0),
            ("责任方", "Owner", 18.0),
            ("到期日", "Due on", 12.0),
            ("到期日暂定", "Provisional", 11.0),
            ("状态", "State", 12.0),
            ("预警", "Light", 7.0),
            ("办结日", "Closed on", 12.0),
            ("超期工作日", "Working days late", 12.0),
            ("计入本期按时率", "In the on-time rate", 14.0),
            ("法定依据", "Legal basis", 28.0),
            ("原因", "Reason", 32.0),
        ],
        say,
        rows,
    )
}

fn projects(facts: &Facts, say: Say) -> Sheet<'_> {
    let rows = facts.projects.iter().map(move |row| {
        let stages: Vec<String> = row.stages.iter().map(|stage| say.of(stage)).collect();
        let next = row.next();
        vec![
            row.enterprise.clone().into(),
            row.name.clone().into(),
            stages.join(" / ").into(),
            row.planned.map_or(Cell::Empty, Cell::Percent),
            row.actual.map_or(Cell::Empty, Cell::Percent),
            row.light.map(|light| say.of(&light.text())).into(),
            next.map(|next| next.name.clone()).into(),
            next.and_then(|next| next.expected_on).into(),
            row.reported_on.into(),
            row.reported.map_or(Cell::Empty, Cell::Percent),
        ]
    });
    sheet(
        say.say("项目", "Projects"),
        &[
            ("企业", "Enterprise", 32.0),
            ("项目", "Project", 32.0),
            ("所处阶段", "Stages", 20.0),
            ("计划进度", "Planned", 10.0),
            ("实际进度", "Actual", 10.0),
            ("预警", "Light", 7.0),
            ("下一里程碑", "Next milestone", 18.0),
            ("预计日期", "Expected on", 12.0),
            ("最近填报日", "Last report", 12.0),
            ("填报进度", "Reported", 10.0),
        ],
        say,
        rows,
    )
}

fn milestones(facts: &Facts, say: Say) -> Sheet<'_> {
    let rows: Vec<_> = facts
        .projects
        .iter()
        .flat_map(|project| project.milestones.iter().map(move |row| (project, row)))
        .collect();
    let rows = rows.into_iter().map(move |(project, row)| {
        vec![
            project.enterprise.clone().into(),
            project.name.clone().into(),
            row.name.clone().into(),
            row.planned_on.into(),
            row.expected_on.into(),
            row.reached_on.into(),
            row.light.map(|light| say.of(&light.text())).into(),
        ]
    });
    sheet(
        say.say("里程碑", "Milestones"),
        &[
            ("企业", "Enterprise", 32.0),
            ("项目", "Project", 32.0),
            ("里程碑", "Milestone", 20.0),
            ("计划日期", "Planned on", 12.0),
            ("预计日期", "Expected on", 12.0),
            ("完成日期", "Completed on", 12.0),
            ("预警", "Light", 7.0),
        ],
        say,
        rows,
    )
}

fn key_dates(facts: &Facts, say: Say) -> Sheet<'_> {
    let rows = facts.key_dates.iter().map(move |date| {
        vec![
            date.on.into(),
            date.enterprise.clone().into(),
            say.of(&date.what).into(),
        ]
    });
    sheet(
        say.say("未来一周", "Coming week"),
        &[
            ("日期", "Date", 12.0),
            ("企业", "Enterprise", 32.0),
            ("事项", "Matter", 48.0),
        ],
        say,
        rows,
    )
}

/// Where each figure comes from: a number nobody can trace is no figure.
fn method(facts: &Facts, say: Say, zone: Tz) -> Sheet<'_> {
    let moment = facts.moment.with_timezone(&zone).format("%Y-%m-%d %H:%M");
    let rows = [
        (say.say("报告", "Report"), say.of(&facts.title())),
        (say.say("范围", "Scope"), say.of(&facts.slice)),
        (
            say.say("统计期", "Period"),
            say.say(
                &format!("{} 至 {}", facts.from, facts.to),
                &format!("{} to {}", facts.from, facts.to),
            ),
        ),
        (say.say("数据时点", "Figures as of"), moment.to_string()),
        (
            say.say("对比时点", "Lights compared with"),
            facts.since.to_string(),
        ),
        (
            say.say("按时率", "On-time rate"),
            say.say(
                "本期到期且按时办结的承诺 ÷ 本期到期的承诺；四舍五入到 0.1%，未全部按时的不记 100%，有按时的不记 0%。依法暂停计时、已取消的不计入。",
                "promises of the period kept by their due date ÷ promises that fell due in the period, rounded half up to 0.1 %; 100 % means \
                 all and 0 % means none. Lawfully paused and cancelled promises are not counted.",
            ),
        ),
        (
            say.say("系统启用前", "Before the system was introduced"),
            say.say(
                "契约录入前到期的事项不计入任何指标。",
                "what fell due before its contract was recorded is not counted in any figure.",
            ),
        ),
    ];
    sheet(
        say.say("说明", "Method"),
        &[("项", "Item", 20.0), ("内容", "Content", 80.0)],
        say,
        rows.into_iter()
            .map(|(item, content)| vec![item.into(), content.into()]),
    )
}
