//! Reports: one page for a telephone, the rest in the workbook beside it.

use entity::{
    deadline::rules::Light,
    milestone::rules::Light as ProjectLight,
    report::{
        Kind,
        facts::{EnterpriseRow, Facts, Kept, Letter as Report, Outcome, ProjectRow},
    },
    term::Term,
};

mod evaluation;

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
    blocks.extend(matrix(letter, words));
    blocks.extend(key_dates(letter, words));
    blocks.extend(ending(letter, words));
    blocks
}

fn periodical(letter: &Report, words: &Words) -> Vec<Block> {
    let facts = &letter.report;
    let (kept, before) = (facts.kept, facts.kept_before);
    let mut blocks = vec![words.paragraph(
        format!(
            "{}：{} 至 {} 到期承诺 {} 项，按时办结 {} 项。",
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
    blocks.extend(evaluation::told(letter, words));
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
    let more = letter.left_out.enterprises;
    blocks.extend(others(letter, words, more, ("家企业", " enterprises")));
    blocks.extend(projects(letter, words));
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
    blocks.extend(key_dates(letter, words));
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
            format!("预警状态（与 {} 相比）", facts.since),
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
    let mut blocks = vec![Block::Items(Items {
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
    })];
    let more = letter.left_out.statutory_overdue;
    blocks.extend(others(letter, words, more, ("项", "")));
    blocks
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
fn matrix(letter: &Report, words: &Words) -> Vec<Block> {
    let facts = &letter.report;
    let left_out = letter.left_out.enterprises;
    let all = facts.enterprises.len() + left_out as usize;
    let soon = |row: &EnterpriseRow| row.lights.orange + row.lights.yellow;
    let mut blocks = vec![
        Block::Heading(words.say(
            format!("{all} 家企业"),
            match all {
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
    ];
    blocks.extend(others(letter, words, left_out, ("家企业", " enterprises")));
    blocks
}

/// That a list is longer than a letter, and how many more rows of what there are.
fn others(letter: &Report, words: &Words, more: u32, of: (&str, &str)) -> Option<Block> {
    let (zh, en) = of;
    (more > 0).then(|| {
        Block::Note(words.say(
            format!("另有 {more} {zh}，见{}。", where_all_is(letter)),
            format!("{more} more{en} are in the workbook."),
        ))
    })
}

/// What has every row: it goes with the letter, unless it is too large.
fn where_all_is(letter: &Report) -> &'static str {
    if letter.workbook_left_out {
        "工作簿"
    } else {
        "附件"
    }
}

fn projects(letter: &Report, words: &Words) -> Vec<Block> {
    let planned: Vec<&ProjectRow> = letter
        .report
        .projects
        .iter()
        .filter(|row| row.light.is_some())
        .collect();
    if planned.is_empty() {
        return Vec::new();
    }
    let mut blocks = vec![
        Block::Heading(words.say("已排期项目", "Planned projects")),
        Block::Table(Table {
            columns: vec![
                text(words.say("项目", "Project")),
                figure(words.say("计划", "Planned")),
                figure(words.say("实际", "Actual")),
                text(words.say("预警", "Light")),
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
    ];
    let more = letter.left_out.projects;
    blocks.extend(others(letter, words, more, ("个项目", " projects")));
    blocks
}

/// What two scores that lie close together do not say.
pub(super) fn overlap(words: &Words) -> String {
    words.say(
        "得分区间重叠的，差异不显著。",
        "Where intervals overlap, the difference is not significant.",
    )
}

fn key_dates(letter: &Report, words: &Words) -> Vec<Block> {
    let facts = &letter.report;
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
    let more = letter.left_out.key_dates + u32::try_from(more).unwrap_or(u32::MAX);
    blocks.extend(others(letter, words, more, ("项", "")));
    blocks
}

/// How the figures are meant, and where the rest is.
fn ending(letter: &Report, words: &Words) -> Vec<Block> {
    let facts = &letter.report;
    let mut blocks = Vec::new();
    if let Some(undelivered) = facts.undelivered.filter(|count| *count > 0) {
        blocks.push(Block::Note(words.say(
            format!("有 {undelivered} 封邮件无法投递，等待人工处理。"),
            format!("E-mails that could not be delivered and need manual handling: {undelivered}."),
        )));
    }
    blocks.push(Block::Note(words.say(
        format!(
            "数据时点：{}。按时率＝本期按时办结的承诺÷本期到期的承诺；契约录入前到期的事项不计入。明细见{}。",
            words.instant(facts.moment),
            where_all_is(letter)
        ),
        format!(
            "Figures as of {}. On-time rate = promises kept on time ÷ promises that fell due in the period. What fell due before its \
             contract was recorded is not counted. Details are in the workbook.",
            words.instant(facts.moment)
        ),
    )));
    if letter.workbook_left_out {
        blocks.push(Block::Note(words.say(
            "工作簿过大，未随邮件附上，请通过下方链接下载。",
            "The workbook is too large to attach: use the link below to download it.",
        )));
    }
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

#[cfg(test)]
mod tests {
    use entity::{language::Language, outbox};
    use serde::Deserialize;

    use super::*;
    use crate::mail::preview;

    fn example(kind: outbox::Kind) -> Report {
        Report::deserialize(preview::example(kind).expect("an example")).expect("a report")
    }

    fn text(letter: &Report, language: Language) -> String {
        let words = Words {
            language,
            base: "https://park.example".to_owned(),
            park: Default::default(),
            liaison: None,
            zone: chrono_tz::Asia::Shanghai,
        };
        letter.page(&words).render().expect("a letter").text
    }

    #[test]
    fn what_a_letter_does_not_hold_is_behind_its_link() {
        let mut letter = example(outbox::Kind::QuarterlyReport);
        letter.left_out.enterprises = 420;
        for (language, in_workbook) in [
            (Language::Chinese, "另有 420 家企业，见附件。"),
            (
                Language::English,
                "420 more enterprises are in the workbook.",
            ),
        ] {
            assert!(
                text(&letter, language).contains(in_workbook),
                "{language:?}"
            );
        }
        letter.workbook_left_out = true;
        for (language, told) in [
            (
                Language::Chinese,
                "工作簿过大，未随邮件附上，请通过下方链接下载。",
            ),
            (
                Language::English,
                "The workbook is too large to attach: use the link below to download it.",
            ),
        ] {
            let text = text(&letter, language);
            assert!(text.contains(told), "{text}");
            assert!(
                text.contains("https://park.example/reports/files/example"),
                "{text}"
            );
            assert!(!text.contains("附件"), "{text}");
        }
    }
}
