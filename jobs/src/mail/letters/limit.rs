//! The letter that tells an enterprise that time limits were paused, run again or were extended.

use entity::{
    obligation::rules::occasion_name,
    outbox::facts::{self, LimitStep},
};

use super::{Letter, Words};
use crate::mail::page::{Block, Page};

impl Letter for facts::LimitChanged {
    fn page(&self, words: &Words) -> Page {
        let said = match self.step {
            LimitStep::Paused => words.paragraph(
                "下列事项已暂停计时，暂停期间的日子不计入时限；恢复计时后另行告知新的到期日。",
                "The following time limits are paused. The days of the pause do not count. You will be informed of the new due dates when \
                 the time limits resume.",
            ),
            LimitStep::Resumed => words.paragraph(
                "下列事项已恢复计时，到期日如下。",
                "The following time limits have resumed. The new due dates are given below.",
            ),
            LimitStep::Extended => words.paragraph(
                "下列事项经批准延期一次，到期日如下。",
                "The following time limits have been extended; this is possible only once. The new due dates are given below.",
            ),
        };
        let mut known = vec![words.fact("企业", "Enterprise", &self.enterprise)];
        let (zh, en) = match self.step {
            LimitStep::Paused => ("暂停自", "Paused from"),
            LimitStep::Resumed => ("暂停至", "Paused until"),
            LimitStep::Extended => ("批准日", "Approved on"),
        };
        known.push(words.fact(zh, en, words.date(self.on)));
        if let Some(until) = self.until {
            known.push(words.fact("预计恢复", "Expected to resume", words.date(until)));
        }
        if let Some(ground) = &self.ground {
            known.push(words.fact("暂停事由", "Reason for the pause", words.of(ground)));
        }
        if let Some(reason) = &self.reason {
            known.push(words.fact("理由", "Reason", reason));
        }
        let mut blocks = vec![said, Block::Facts(known)];
        for line in &self.lines {
            let mut due = words.date(line.due_on);
            if line.provisional {
                due.push_str(&words.say(" · 暂定", " · provisional"));
            }
            let (zh, en) = match self.step {
                LimitStep::Paused => ("如按期恢复，到期日", "Due date, if it resumes as expected"),
                LimitStep::Resumed | LimitStep::Extended => ("到期日", "Due on"),
            };
            blocks.push(Block::Facts(vec![
                words.fact("事项", "Matter", words.of(&line.item)),
                words.fact("期次", "Occasion", words.of(&occasion_name(&line.occasion))),
                words.fact("原到期日", "Previous due date", words.date(line.before)),
                words.fact(zh, en, due),
            ]));
        }
        if let Some(line) = self.lines.first() {
            blocks.push(words.action("查看事项", "View the matter", &line.path));
        }
        Page {
            blocks,
            why: Some(words.of(&self.why)),
            ..words.page(("时限变更", "Time limits"), &self.name, self)
        }
    }
}
