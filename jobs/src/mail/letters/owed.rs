//! Letters about what is owed: something has begun to be owed, or another calendar has moved due dates.

use entity::{deadline::rules::Light, outbox::facts};

use super::{Letter, Words, joined};
use crate::mail::page::{Block, Item, Items, Page};

impl Letter for facts::ObligationOpened {
    fn page(&self, words: &Words) -> Page {
        let mut known = vec![
            words.fact("企业", "Enterprise", &self.enterprise),
            words.fact("事项", "Matter", words.of(&self.item)),
            words.fact("期次", "Occasion", words.occasion(&self.occasion)),
        ];
        if let Some(note) = &self.note {
            known.push(words.fact("情况说明", "What happened", note));
        }
        known.push(words.fact("到期日", "Due on", words.date(self.due_on)));
        Page {
            light: Some(Light::Orange),
            blocks: vec![
                words.paragraph(
                    "下列事项刚刚登记，登记当日即为到期日或已过到期日，请立即办理。",
                    "The following matter has just been recorded, and it is due today or already overdue. Please handle it at once.",
                ),
                Block::Facts(known),
                words.action("查看事项", "View the matter", &self.path),
            ],
            why: Some(words.of(&self.why)),
            ..words.page(("新事项", "New obligations"), &self.name, self)
        }
    }
}

impl Letter for facts::DueDatesMoved {
    fn page(&self, words: &Words) -> Page {
        let years: Vec<String> = self.years.iter().map(i32::to_string).collect();
        let item = |line: &facts::MovedLine| Item {
            mark: None,
            title: joined(&line.enterprise, &words.of(&line.item)),
            link: Some(words.link(&line.path)),
            lines: vec![
                format!(
                    "{} → {}",
                    words.date(line.from),
                    words.due(line.to, line.provisional)
                ),
                joined(&words.occasion(&line.occasion), &words.of(&line.favours)),
            ],
        };
        let mut blocks = vec![
            words.paragraph(
                "工作日历有变动，下列未办结事项的到期日随之重新计算。已办结的事项不受影响。",
                "The working-day calendar has changed, and the due dates of the following open matters have been recalculated. Closed \
                 matters are not affected.",
            ),
            Block::Facts(vec![
                words.fact("依据", "Basis", &self.source),
                words.fact("年份", "Years", years.join(", ")),
            ]),
            Block::Items(Items {
                light: Light::Green,
                title: words.say("到期日变动", "Changed due dates"),
                items: self.lines.iter().map(item).collect(),
            }),
        ];
        blocks.extend(words.left_out(self.left_out));
        Page {
            blocks,
            why: Some(words.of(&self.why)),
            ..words.page(("到期日变动", "Changed due dates"), &self.name, self)
        }
    }
}
