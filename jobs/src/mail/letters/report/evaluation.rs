//! The newest evaluation in a report.

use entity::{
    deadline::rules::Light,
    evaluation::{
        answers::Aspect,
        figures::{Row, band},
        scoring::{Band, Score},
    },
};

use super::{Report, Words, figure, overlap, plain, text, where_all_is};
use crate::mail::page::{Bar, Block, Table};

/// What the enterprises said of the departments, in the newest evaluation that was approved.
pub(super) fn told(letter: &Report, words: &Words) -> Vec<Block> {
    let Some(figures) = &letter.report.evaluation else {
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
                format!(
                    "“—”为样本不足或无可计量事项。计算方法与样本数见{}和评议页面。",
                    where_all_is(letter)
                ),
                "A dash means too few answers, or nothing to measure. The workbook and the page of the evaluation show the number of answers \
                 and the calculation.",
            ),
        )),
    ]
}
