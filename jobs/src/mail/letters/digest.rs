//! Letters that list matters: the digest, the reminder on the last day, the chase.

use entity::{
    deadline::rules::Light,
    outbox::facts::{self, DigestLine, Urgency},
    term::Term,
};

use super::{Letter, Words, joined};
use crate::mail::page::{Block, Item, Items, Page};

impl Letter for facts::Digest {
    fn page(&self, words: &Words) -> Page {
        let mut blocks = Vec::new();
        if !self.lines.is_empty() {
            blocks.push(words.paragraph(
                "以下事项需要您处理，请按紧急程度办理。",
                "The following matters need your attention, most urgent first.",
            ));
        }
        blocks.extend(by_urgency(&self.lines, words));
        blocks.extend(words.left_out(self.left_out));
        if !self.notices.is_empty() {
            let items = self.notices.iter().map(|notice| Item {
                mark: None,
                title: words.of(&notice.title),
                link: notice.path.as_ref().map(|path| words.link(path)),
                lines: vec![words.date(notice.on)],
            });
            blocks
                .push(words.paragraph("另有以下情况，请知悉。", "Please also note the following."));
            blocks.push(Block::Items(Items {
                light: Light::Green,
                title: words.say("其他通知", "Other notices"),
                items: items.collect(),
            }));
        }
        Page {
            light: worst(&self.lines),
            blocks,
            ..words.page(("待办清单", "To-do list"), &self.name, self)
        }
    }
}

impl Letter for facts::LastDay {
    fn page(&self, words: &Words) -> Page {
        // What was not promised is done without evidence.
        let (zh, en) = if self.lines.iter().all(|line| line.is_promise) {
            (
                "以下事项今天到期，尚未办结。如已办理，请登记履约凭证。",
                "The following matters are due today and still open. If a matter has been completed, please record its evidence.",
            )
        } else {
            (
                "以下事项今天到期，尚未办结。如已办理，请登记办理情况。",
                "The following matters are due today and still open. If a matter has been completed, please record it.",
            )
        };
        let mut blocks = vec![words.paragraph(zh, en)];
        blocks.extend(by_urgency(&self.lines, words));
        Page {
            light: worst(&self.lines),
            blocks,
            ..words.page(("当日提醒", "Due today"), &self.name, self)
        }
    }
}

impl Letter for facts::Chase {
    fn page(&self, words: &Words) -> Page {
        let of_law = |line: &DigestLine| line.urgency == Urgency::Black;
        let promised = self.lines.iter().all(|line| line.is_promise);
        let (zh, en) = match (self.lines.iter().any(of_law), self.lines.iter().all(of_law)) {
            (true, true) => (
                "以下法定时限已超期一个工作日以上，请督促办结，并告知原因（可在事项页留言）。",
                "The following statutory limits have been overdue for more than one working day. Please make sure that the matters are \
                 completed, and say why they are late; a comment on their pages will do.",
            ),
            _ if !promised => (
                "以下事项已超期一个工作日以上，请督促办结，并告知原因。",
                "The following matters have been overdue for more than one working day. Please make sure that they are completed, and \
                 say why they are late.",
            ),
            (true, false) => (
                "以下法定时限或承诺已超期一个工作日以上，请督促办结，并告知原因（可在事项页留言）。",
                "The following statutory limits or promises have been overdue for more than one working day. Please make sure that they are \
                 completed, and say why they are late; a comment on their pages will do.",
            ),
            _ => (
                "以下承诺已超期一个工作日以上，请督促办结，并告知原因（可在事项页留言）。",
                "The following promises have been overdue for more than one working day. Please make sure that they are kept, and say \
                 why they are late; a comment on their pages will do.",
            ),
        };
        let mut blocks = vec![words.paragraph(zh, en)];
        blocks.extend(by_urgency(&self.lines, words));
        Page {
            light: worst(&self.lines),
            blocks,
            ..words.page(("催办", "Overdue reminder"), &self.name, self)
        }
    }
}

/// The matters in groups, the most urgent group first.
fn by_urgency(lines: &[DigestLine], words: &Words) -> Vec<Block> {
    let groups = [
        Urgency::Black,
        Urgency::Red,
        Urgency::Orange,
        Urgency::Yellow,
        Urgency::Ending,
        Urgency::Opened,
    ];
    let group = |urgency| {
        let of_group = lines.iter().filter(|line| line.urgency == urgency);
        let of_group: Vec<&DigestLine> = of_group.collect();
        let promised = of_group.iter().all(|line| line.is_promise);
        let items: Vec<Item> = of_group.iter().map(|line| item(line, words)).collect();
        (!items.is_empty()).then(|| {
            Block::Items(Items {
                light: light(urgency),
                title: heading(urgency, promised, words),
                items,
            })
        })
    };
    groups.into_iter().filter_map(group).collect()
}

fn worst(lines: &[DigestLine]) -> Option<Light> {
    lines.iter().map(|line| light(line.urgency)).max()
}

fn light(urgency: Urgency) -> Light {
    match urgency {
        Urgency::Black => Light::Black,
        Urgency::Red => Light::Red,
        Urgency::Orange => Light::Orange,
        Urgency::Yellow | Urgency::Ending => Light::Yellow,
        Urgency::Opened => Light::Green,
    }
}

fn heading(urgency: Urgency, promised: bool, words: &Words) -> String {
    match urgency {
        Urgency::Red if !promised => words.overdue_matters(),
        Urgency::Ending => words.say(
            "即将到期的证照和契约",
            "Permits and contracts that end soon",
        ),
        Urgency::Opened => words.say("新的履约事项", "New obligations"),
        known => words.of(&light(known).text()),
    }
}

fn item(line: &DigestLine, words: &Words) -> Item {
    Item {
        mark: line.new.then(|| words.say("新", "new")),
        title: joined(&line.enterprise, &words.of(&line.item)),
        link: Some(words.link(&line.path)),
        lines: vec![
            match &line.call {
                Some(call) => words.of(call),
                None => format!(
                    "{} · {}",
                    words.due(line.due_on, line.provisional),
                    words.remaining(line.remaining)
                ),
            },
            joined(&words.occasion(&line.occasion), &words.of(&line.why)),
        ],
    }
}
