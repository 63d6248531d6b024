//! The letter that asks for a year's calendar.

use entity::outbox::facts;

use super::{Letter, Words};
use crate::mail::page::{Block, Page};

impl Letter for facts::CalendarMissing {
    fn page(&self, words: &Words) -> Page {
        let year = self.year;
        Page {
            blocks: vec![
                words.paragraph(
                    format!(
                        "{year} 年的工作日历尚未导入。在此之前，该年的日期按周一至周五为工作日暂算。请在国务院办公厅通知发布后导入。"
                    ),
                    format!(
                        "The working-day calendar of {year} has not been imported yet. Until then its dates are provisional and count Monday \
                         to Friday as working days. Please import the calendar when the yearly notice of the State Council has been \
                         published."
                    ),
                ),
                Block::Facts(vec![words.fact("缺少年份", "Missing year", year.to_string())]),
            ],
            why: Some(words.say("您管理工作日历", "you manage the calendar")),
            ..words.page(("系统", "System"), &self.name, self)
        }
    }
}
