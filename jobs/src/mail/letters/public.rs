//! The public part of the quarterly report, for the special inspectors.

use entity::outbox::facts;

use super::{Letter, Words, report::overlap};
use crate::mail::page::{Block, Page};

impl Letter for facts::PublicReport {
    fn page(&self, words: &Words) -> Page {
        let count = |number: u32| words.say(format!("{number} 项"), number.to_string());
        let mut blocks = vec![
            words.paragraph(
                format!(
                    "{} 全园区对企业承诺的履行情况如下（{} 至 {}）。",
                    self.period, self.from, self.to
                ),
                format!(
                    "The figures below show how the park kept its promises to its enterprises in {} ({} to {}).",
                    self.period, self.from, self.to
                ),
            ),
            Block::Facts(vec![
                words.fact("本期到期", "Fell due", count(self.due)),
                words.fact("按时办结", "Kept on time", count(self.on_time)),
                words.fact("逾期办结", "Kept late", count(self.late)),
                words.fact("未履行", "Missed", count(self.missed)),
                words.fact("仍未办结", "Still open", count(self.overdue)),
                words.fact("按时率", "On-time rate", words.of(&self.rate)),
            ]),
        ];
        if let Some(result) = &self.evaluation {
            let (quarter, invited, answered) = (&result.quarter, result.invited, result.answered);
            blocks.push(words.paragraph(
                format!("已公布的 {quarter} 企业评议：邀请 {invited} 家企业，收到 {answered} 份答卷。"),
                format!(
                    "The published evaluation of {quarter}: {invited} enterprises were invited, and {answered} answered."
                ),
            ));
            let lines = result.lines.iter().map(|line| {
                let figure = words.of(&line.figure);
                words.fact(&line.department.zh, &line.department.en, figure)
            });
            blocks.push(Block::Facts(lines.collect()));
            blocks.push(Block::Note(overlap(words)));
            blocks.push(words.action("查看评议结果", "View the result", &result.path));
        }
        Page {
            blocks,
            why: Some(words.say("您是特邀监察员", "you are a special inspector")),
            ..words.page(("季报", "Quarterly report"), &self.name, self)
        }
    }
}
