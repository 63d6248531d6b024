//! Reports: one page for a telephone, the rest in the workbook beside it.

use entity::{
    deadline::rules::Light,
    evaluation::{
        answers::Aspect,
        figures::{Row, band},
        scoring::{Band, Score},
    },
    milestone::rules::Light as ProjectLight,
    report::{
        Kind,
        facts::{EnterpriseRow, Facts, Kept, Letter as Report, Outcome, ProjectRow},
    },
    term::Term,
};

use super::{Letter, Words};
use crate::mail::page::{Bar, Block, Cell, Column, Fact, Item, Items, Page, Table};

/// How many key dates a letter lists; the workbook has all.
const KEY_DATES: usize = 12;

impl Letter for Report {
    fn page(&self, words: &Words) -> Page {
        let facts = &self.report;
        let name = facts.kind.text();
        let blocks = match facts.kind {
            Kind::WeeklyBrief => weekly(self, words),
            Kind::MonthlyBulletin | Kind::QuarterlyReport => periodical(self, words),
            Kind::EnterpriseProgress => progress(self, words),
        };
        let why = match facts.kind {
            Kind::EnterpriseProgress => {
                words.say("您是该企业的联系人", "you are a contact of the enterprise")
            }
            _ => words.say(
                "报告涉及您负责的范围",
                "the report covers your area of responsibility",
            ),
        };
        Page {
            light: (facts.kind == Kind::WeeklyBrief)
                .then(|| worst(facts))
                .flatten(),
            blocks,
            why: Some(why),
            ..words.page((&name.zh, &name.en), &self.name, self)
        }
    }
}

fn weekly(letter: &Report, words: &Words) -> Vec<Block> {
    let facts = &letter.report;
    let open: u32 = facts.lights.iter().map(|light| light.now).sum();
    let overdue = facts.lit(Light::Black) + facts.lit(Light::Red);
    let mut blocks = vec![words.paragraph(
        format!(
            "{}：截至 {}，未办结承诺 {open} 项，其中超期 {overdue} 项。",
            facts.slice.zh,
            words.date(facts.as_of)
        ),
        format!(
            "On {}, {}: {open} open promises, {overdue} of them overdue.",
            words.date(facts.as_of),
            facts.slice.en
        ),
    )];
    blocks.extend(lights(facts, words));
    blocks.extend(statutory(letter, words));
    blocks.extend(problems(facts, words));
    blocks.extend(matrix(facts, words));
    blocks.extend(key_dates(facts, words));
    blocks.extend(ending(letter, words));
    blocks
}

fn periodical(letter: &Report, words: &Words) -> Vec<Block> {
    let facts = &letter.report;
    let (kept, before) = (facts.kept, facts.kept_before);
    let mut blocks = vec![words.paragraph(
        format!(
            "{}：{} 至 {} 到期承诺 {} 项，按时完成 {} 项。",
            facts.slice.zh, facts.from, facts.to, kept.due, kept.on_time
        ),
        format!(
            "From {} to {}, {}: {} promises fell due, {} were kept on time.",
            facts.from, facts.to, facts.slice.en, kept.due, kept.on_time
        ),
    )];
    blocks.push(Block::Facts(vec![
        words.fact("按时率", "On-time rate", words.of(&kept.rate())),
        words.fact("上期按时率", "Previous period", words.of(&before.rate())),
        words.fact(
            "里程碑",
            "Milestones",
            words.say(
                format!(
                    "应完成 {}，按时完成 {}",
                    facts.milestones.due, facts.milestones.on_time
                ),
                format!(
                    "{} planned, {} completed on time",
                    facts.milestones.due, facts.milestones.on_time
                ),
            ),
        ),
    ]));
    blocks.push(Block::Heading(
        words.say("到期承诺的结果", "Outcome of the promises that fell due"),
    ));
    blocks.push(outcome_bars(kept, words));
    blocks.extend(statutory(letter, words));
    blocks.extend(problems(facts, words));
    if facts.owners.len() > 1 {
        blocks.push(Block::Heading(words.say("责任单位", "By owner")));
        blocks.push(Block::Table(Table {
            columns: vec![
                text(words.say("责任单位", "Owner")),
                figure(words.say("到期", "Due")),
                figure(words.say("按时", "On time")),
                figure(words.say("按时率", "Rate")),
                figure(words.say("现超期", "Overdue now")),
            ],
            rows: facts
                .owners
                .iter()
                .map(|row| {
                    vec![
                        plain(words.of(&row.name)),
                        plain(row.kept.due),
                        plain(row.kept.on_time),
                        plain(words.of(&row.kept.rate())),
                        plain(row.overdue),
                    ]
                })
                .collect(),
        }));
    }
    blocks.extend(evaluation(facts, words));
    blocks.push(Block::Heading(words.say("企业", "Enterprises")));
    blocks.push(Block::Table(Table {
        columns: vec![
            text(words.say("企业", "Enterprise")),
            figure(words.say("到期", "Due")),
            figure(words.say("按时", "On time")),
            figure(words.say("按时率", "Rate")),
            text(words.say("现状", "Now")),
        ],
        rows: facts
            .enterprises
            .iter()
            .map(|row| {
                vec![
                    plain(row.name.clone()),
                    plain(row.kept.due),
                    plain(row.kept.on_time),
                    plain(words.of(&row.kept.rate())),
                    lamp(row.worst(), words),
                ]
            })
            .collect(),
    }));
    blocks.extend(projects(facts, words));
    blocks.extend(ending(letter, words));
    blocks
}

fn progress(letter: &Report, words: &Words) -> Vec<Block> {
    let facts = &letter.report;
    let mut blocks = vec![words.paragraph(
        format!(
            "以下是贵企业（{}）项目和服务承诺截至 {} 的进展。",
            facts.slice.zh,
            words.date(facts.as_of)
        ),
        format!(
            "The status of your projects and of the promises to you, as of {}.",
            words.date(facts.as_of)
        ),
    )];
    for project in &facts.projects {
        blocks.push(Block::Heading(project.name.clone()));
        blocks.push(Block::Facts(of_project(project, words)));
    }
    blocks.push(Block::Heading(words.say(
        format!("服务承诺（{} 至 {}）", facts.from, facts.to),
        format!("Promises to you, {} to {}", facts.from, facts.to),
    )));
    if facts.kept.due == 0 {
        blocks.push(words.paragraph(
            "本期没有到期的承诺。",
            "No promises fell due in this period.",
        ));
    } else {
        blocks.push(outcome_bars(facts.kept, words));
    }
    blocks.extend(key_dates(facts, words));
    if let Some(liaison) = facts.enterprises.iter().find_map(|row| row.liaison.clone()) {
        blocks.push(Block::Facts(vec![words.fact(
            "服务专员",
            "Your liaison",
            liaison,
        )]));
    }
    blocks.extend(ending(letter, words));
    blocks
}

fn of_project(project: &ProjectRow, words: &Words) -> Vec<Fact> {
    let stages: Vec<String> = project.stages.iter().map(|stage| words.of(stage)).collect();
    let mut facts = Vec::new();
    if !stages.is_empty() {
        facts.push(words.fact("所处阶段", "Stage", stages.join(" / ")));
    }
    if let (Some(planned), Some(actual)) = (project.planned, project.actual) {
        facts.push(words.fact(
            "进度",
            "Progress",
            words.say(
                format!("计划 {planned}%，实际 {actual}%"),
                format!("{planned}% planned, {actual}% actual"),
            ),
        ));
    }
    let next = project.next().and_then(|next| {
        let day = words.date(next.expected_on?);
        Some(format!("{} · {day}", next.name))
    });
    facts.push(words.fact(
        "下一里程碑",
        "Next milestone",
        next.unwrap_or_else(|| words.say("未排期", "not planned yet")),
    ));
    if let (Some(on), Some(percent)) = (project.reported_on, project.reported) {
        facts.push(words.fact("最近填报", "Last report", format!("{percent}% · {on}")));
    }
    facts
}

/// How many show each light, with the change since the report before.
fn lights(facts: &Facts, words: &Words) -> Vec<Block> {
    let most = facts
        .lights
        .iter()
        .map(|light| light.now)
        .max()
        .unwrap_or(0);
    let bars = facts
        .lights
        .iter()
        .map(|light| {
            let (now, before) = (light.now, light.before);
            let change = match now.cmp(&before) {
                std::cmp::Ordering::Greater => format!(" ↑{}", now - before),
                std::cmp::Ordering::Less => format!(" ↓{}", before - now),
                std::cmp::Ordering::Equal => String::new(),
            };
            Bar {
                label: words.of(&light.light.text()),
                light: light.light,
                share: share(now, most),
                value: format!("{now}{change}"),
            }
        })
        .collect();
    vec![
        Block::Heading(words.say(
            format!("灯色（与 {} 相比）", facts.since),
            format!("Lights, compared with {}", facts.since),
        )),
        Block::Bars(bars),
    ]
}

fn outcome_bars(kept: Kept, words: &Words) -> Block {
    Block::Bars(
        [
            (Outcome::OnTime, kept.on_time, Light::Green),
            (Outcome::Late, kept.late, Light::Yellow),
            (Outcome::Overdue, kept.overdue, Light::Red),
            (Outcome::Missed, kept.missed, Light::Black),
        ]
        .into_iter()
        .map(|(outcome, count, light)| Bar {
            label: words.of(&outcome.text()),
            light,
            share: share(count, kept.due),
            value: format!("{count} / {}", kept.due),
        })
        .collect(),
    )
}

fn statutory(letter: &Report, words: &Words) -> Vec<Block> {
    if letter.statutory_overdue.is_empty() {
        return vec![words.paragraph(
            "没有法定超期事项。",
            "No statutory time limit has been exceeded.",
        )];
    }
    vec![Block::Items(Items {
        light: Light::Black,
        title: words.say("法定超期", "Statutory limit exceeded"),
        items: letter
            .statutory_overdue
            .iter()
            .map(|item| Item {
                mark: None,
                title: format!("{} · {}", item.enterprise, words.of(&item.what)),
                link: None,
                lines: vec![
                    format!(
                        "{} · {}",
                        words.date(item.due_on),
                        words.overdue(i32::try_from(item.days_late).unwrap_or(i32::MAX))
                    ),
                    format!(
                        "{} · {}",
                        words.of(&item.owner),
                        item.legal_basis.as_deref().unwrap_or_default()
                    ),
                ],
            })
            .collect(),
    })]
}

fn problems(facts: &Facts, words: &Words) -> Vec<Block> {
    if facts.problems.is_empty() {
        return Vec::new();
    }
    vec![Block::Items(Items {
        light: Light::Red,
        title: words.say("需要您决策", "For your decision"),
        items: facts
            .problems
            .iter()
            .zip(1..)
            .map(|(problem, number)| {
                let mut blocked = words.say(
                    format!("责任方：{}", problem.blocked_by.zh),
                    format!("responsible: {}", problem.blocked_by.en),
                );
                if problem.days > 0 {
                    let days = i32::try_from(problem.days).unwrap_or(i32::MAX);
                    blocked = format!("{blocked} · {}", words.overdue(days));
                }
                Item {
                    mark: Some(number.to_string()),
                    title: format!("{} · {}", problem.enterprise, words.of(&problem.what)),
                    link: None,
                    lines: vec![
                        words.say(
                            format!("建议：{}", problem.proposal.zh),
                            format!("proposal: {}", problem.proposal.en),
                        ),
                        blocked,
                    ],
                }
            })
            .collect(),
    })]
}

/// The enterprises with the light of their promises and of their projects.
fn matrix(facts: &Facts, words: &Words) -> Vec<Block> {
    let soon = |row: &EnterpriseRow| row.lights.orange + row.lights.yellow;
    vec![
        Block::Heading(words.say(
            format!("{} 家企业", facts.enterprises.len()),
            match facts.enterprises.len() {
                1 => "1 enterprise".to_owned(),
                count => format!("{count} enterprises"),
            },
        )),
        Block::Table(Table {
            columns: vec![
                text(words.say("企业", "Enterprise")),
                text(words.say("承诺", "Promises")),
                figure(words.say("超期", "Overdue")),
                figure(words.say("将到期", "Due soon")),
                text(words.say("项目", "Projects")),
            ],
            rows: facts
                .enterprises
                .iter()
                .map(|row| {
                    vec![
                        plain(row.name.clone()),
                        lamp(row.worst(), words),
                        plain(row.lights.black + row.lights.red),
                        plain(soon(row)),
                        lamp(row.project.map(of_plan), words),
                    ]
                })
                .collect(),
        }),
    ]
}

fn projects(facts: &Facts, words: &Words) -> Vec<Block> {
    let planned: Vec<&ProjectRow> = facts
        .projects
        .iter()
        .filter(|row| row.light.is_some())
        .collect();
    if planned.is_empty() {
        return Vec::new();
    }
    vec![
        Block::Heading(words.say("已排期项目", "Planned projects")),
        Block::Table(Table {
            columns: vec![
                text(words.say("项目", "Project")),
                figure(words.say("计划", "Planned")),
                figure(words.say("实际", "Actual")),
                text(words.say("灯", "Light")),
                text(words.say("下一里程碑", "Next milestone")),
            ],
            rows: planned
                .into_iter()
                .map(|row| {
                    let percent =
                        |value: Option<i32>| value.map_or_else(String::new, |v| format!("{v}%"));
                    vec![
                        plain(row.name.clone()),
                        plain(percent(row.planned)),
                        plain(percent(row.actual)),
                        lamp(row.light.map(of_plan), words),
                        plain(
                            row.next()
                                .map_or_else(String::new, |next| next.name.clone()),
                        ),
                    ]
                })
                .collect(),
        }),
    ]
}

/// What the enterprises said of the departments, in the newest evaluation that was approved.
fn evaluation(facts: &Facts, words: &Words) -> Vec<Block> {
    let Some(figures) = &facts.evaluation else {
        return Vec::new();
    };
    let name = |row: &Row| {
        let department = &row.department;
        words.say(&department.name_zh, &department.name_en)
    };
    let points = |figure: f64| format!("{figure:.1}");
    let scored = || {
        let rows = figures.departments.iter();
        rows.filter_map(|row| Some((row, row.score.figures()?)))
    };
    let bars = scored().map(|(row, score)| Bar {
        label: name(row),
        light: match score.band {
            Band::Excellent | Band::Good => Light::Green,
            Band::Passed => Light::Yellow,
            Band::Failed => Light::Red,
        },
        share: score.score.round() as u8,
        value: format!("{} {}", points(score.score), words.of(&band(score.band))),
    });
    let of = |value: Option<String>| plain(value.unwrap_or_else(|| "—".to_owned()));
    let rows = figures.departments.iter().map(|row| {
        let score = row.score.figures();
        let span = |one: &Score<Aspect>| {
            format!("{}–{}", points(one.interval.low), points(one.interval.high))
        };
        vec![
            plain(name(row)),
            of(score.map(|score| points(score.score))),
            of(score.map(span)),
            of(row.place.map(|place| place.rank.to_string())),
            of(row.performance.as_ref().map(|one| points(one.score))),
        ]
    });
    vec![
        Block::Heading(words.say(
            format!("企业评议（{}）", figures.quarter),
            format!("Evaluation by enterprises ({})", figures.quarter),
        )),
        words.paragraph(
            format!("邀请 {} 家企业，收到 {} 份答卷。", figures.invited, figures.answered),
            format!("{} enterprises were invited, {} answered.", figures.invited, figures.answered),
        ),
        Block::Bars(bars.collect()),
        Block::Table(Table {
            columns: vec![
                text(words.say("部门", "Department")),
                figure(words.say("满意度得分", "Score")),
                figure(words.say("区间", "Interval")),
                figure(words.say("名次", "Rank")),
                figure(words.say("综合绩效", "Performance")),
            ],
            rows: rows.collect(),
        }),
        Block::Note(format!(
            "{} {}",
            overlap(words),
            words.say(
                "“—”为样本不足或无可计量事项。计算方法与样本数见附件和评议页面。",
                "A dash means too few answers, or nothing to measure. The workbook and the page of the evaluation show the number of answers \
                 and the calculation.",
            ),
        )),
    ]
}

/// What two scores that lie close together do not say.
pub(super) fn overlap(words: &Words) -> String {
    words.say(
        "得分区间重叠的，差异不显著。",
        "Where intervals overlap, the difference is not significant.",
    )
}

fn key_dates(facts: &Facts, words: &Words) -> Vec<Block> {
    if facts.key_dates.is_empty() {
        return Vec::new();
    }
    let mut blocks = vec![
        Block::Heading(words.say("未来一周", "The coming week")),
        Block::Table(Table {
            columns: vec![
                text(words.say("日期", "Date")),
                text(words.say("事项", "Matter")),
                text(words.say("企业", "Enterprise")),
            ],
            rows: facts
                .key_dates
                .iter()
                .take(KEY_DATES)
                .map(|date| {
                    vec![
                        plain(words.date(date.on)),
                        plain(words.of(&date.what)),
                        plain(date.enterprise.clone().unwrap_or_default()),
                    ]
                })
                .collect(),
        }),
    ];
    let more = facts.key_dates.len().saturating_sub(KEY_DATES);
    if more > 0 {
        blocks.push(Block::Note(words.say(
            format!("另有 {more} 项，见附件。"),
            format!("{more} more are in the workbook."),
        )));
    }
    blocks
}

/// How the figures are meant, and where the rest is.
fn ending(letter: &Report, words: &Words) -> Vec<Block> {
    let facts = &letter.report;
    let mut blocks = Vec::new();
    if let Some(undelivered) = facts.undelivered.filter(|count| *count > 0) {
        blocks.push(Block::Note(words.say(
            format!("有 {undelivered} 封信件无法投递，等待人工处理。"),
            format!("Letters that could not be delivered and need manual handling: {undelivered}."),
        )));
    }
    blocks.push(Block::Note(words.say(
        format!(
            "数据时点：{}。按时率＝本期按时完成的承诺÷本期到期的承诺；契约录入前到期的事项不计入。明细见附件。",
            words.instant(facts.moment)
        ),
        format!(
            "Figures as of {}. On-time rate = promises kept on time ÷ promises that fell due in the period. What fell due before its \
             contract was recorded is not counted. Details are in the workbook.",
            words.instant(facts.moment)
        ),
    )));
    if let Some(path) = &letter.path {
        blocks.push(words.action("下载工作簿", "Download the workbook", path));
    }
    blocks
}

fn worst(facts: &Facts) -> Option<Light> {
    facts
        .enterprises
        .iter()
        .filter_map(EnterpriseRow::worst)
        .max()
}

fn of_plan(light: ProjectLight) -> Light {
    match light {
        ProjectLight::Green => Light::Green,
        ProjectLight::Yellow => Light::Yellow,
        ProjectLight::Red => Light::Red,
    }
}

fn share(part: u32, whole: u32) -> u8 {
    // What is there is seen, however little it is.
    let percent = (part * 100).checked_div(whole).unwrap_or(0);
    u8::try_from(percent.clamp(u32::from(part > 0), 100)).unwrap_or(100)
}

fn text(title: String) -> Column {
    Column {
        title,
        numeric: false,
    }
}

fn figure(title: String) -> Column {
    Column {
        title,
        numeric: true,
    }
}

fn plain(value: impl ToString) -> Cell {
    Cell {
        light: None,
        text: value.to_string(),
    }
}

/// A light by its sign and its short name; a dash where there is none.
fn lamp(light: Option<Light>, words: &Words) -> Cell {
    Cell {
        light,
        text: light.map_or_else(|| "—".to_owned(), |light| words.of(&light.text())),
    }
}
