//! Letters to the supervisor about what stays overdue: the list of every morning, and the draft of a criticism.

use entity::{
    deadline::rules::Light,
    outbox::facts::{self, LateLine},
    term::Term,
};

use super::{Letter, Words, joined};
use crate::mail::page::{Block, Item, Items, Page};

impl Letter for facts::RedList {
    fn page(&self, words: &Words) -> Page {
        let group = |statutory: bool| {
            let of_group = self.lines.iter().filter(|line| line.statutory == statutory);
            let of_group: Vec<&LateLine> = of_group.collect();
            let promised = of_group.iter().all(|line| line.is_promise);
            let items: Vec<Item> = of_group.iter().map(|line| item(line, words)).collect();
            let light = if statutory { Light::Black } else { Light::Red };
            let title = if light == Light::Red && !promised {
                words.overdue_matters()
            } else {
                words.of(&light.text())
            };
            (!items.is_empty()).then_some(Block::Items(Items {
                light,
                title,
                items,
            }))
        };
        let mut blocks = vec![words.paragraph(
            "全园区超期未办结事项如下。",
            "The following matters in the whole park are overdue and still open.",
        )];
        blocks.extend([true, false].into_iter().filter_map(group));
        blocks.extend(words.left_out(self.left_out));
        Page {
            light: worst(&self.lines),
            blocks,
            why: Some(words.say("您负责监督", "you are the supervisor")),
            ..words.page(("超期清单", "Overdue list"), &self.name, self)
        }
    }
}

impl Letter for facts::CriticismDraft {
    fn page(&self, words: &Words) -> Page {
        let draft = |line: &LateLine| {
            let (department, item) = (&line.department, &line.item);
            let (enterprise, due, days) = (&line.enterprise, line.due_on, line.overdue);
            if !line.is_promise {
                // The criticism is made known: the enterprise that gave a low mark is not named in it.
                return words.paragraph(
                    format!(
                        "【草稿】{}负责的“{}”应最迟于 {due}（含当日）办结，经催办仍未办结，已超期 {days} 个工作日，现予通报。",
                        department.zh, item.zh
                    ),
                    format!(
                        "[Draft] {} is in charge of: {}, due by {due}. In spite of a reminder it is still open, {days} working days overdue. \
                         The department is hereby criticised.",
                        department.en, item.en
                    ),
                );
            }
            words.paragraph(
                format!(
                    "【草稿】{}对{enterprise}承诺“{}”，应最迟于 {due}（含当日）办结，经催办仍未办结，已超期 {days} 个工作日，现予通报。",
                    department.zh, item.zh
                ),
                format!(
                    "[Draft] {} promised {enterprise}: {}, by {due}. In spite of a reminder it is still open, {days} working days overdue. \
                     The department is hereby criticised.",
                    department.en, item.en
                ),
            )
        };
        let listed = |line: &LateLine| {
            let item = item(line, words);
            if line.is_promise {
                item
            } else {
                Item {
                    title: words.of(&line.item),
                    ..item
                }
            }
        };
        let (zh, en) = if self.lines.iter().all(|line| line.is_promise) {
            ("承诺", "promises")
        } else {
            ("事项", "matters")
        };
        let mut blocks = vec![words.paragraph(
            format!("下列{zh}经催办满五个工作日仍未办结。以下为通报草稿：是否通报由您决定，系统不会自动发布；通报前应听取当事单位意见。"),
            format!("The following {en} are still open five working days after a reminder. Below are drafts of a criticism. You decide \
             whether to issue one; nothing is published automatically. Please hear those concerned first."),
        )];
        blocks.push(Block::Items(Items {
            light: worst(&self.lines).unwrap_or(Light::Red),
            title: words.say("超期事项", "Overdue matters"),
            items: self.lines.iter().map(listed).collect(),
        }));
        blocks.extend(self.lines.iter().map(draft));
        Page {
            light: worst(&self.lines),
            blocks,
            why: Some(words.say("您负责监督", "you are the supervisor")),
            ..words.page(("通报草稿", "Draft of a criticism"), &self.name, self)
        }
    }
}

fn worst(lines: &[LateLine]) -> Option<Light> {
    let light = |line: &LateLine| {
        if line.statutory {
            Light::Black
        } else {
            Light::Red
        }
    };
    lines.iter().map(light).max()
}

fn item(line: &LateLine, words: &Words) -> Item {
    let mut steps = vec![words.of(&line.department)];
    if let Some(day) = line.chased_on {
        steps.push(words.say(format!("{day} 催办"), format!("reminder sent on {day}")));
    }
    if let Some(day) = line.ordered_on {
        steps.push(words.say(
            format!("{day} 下达督办单"),
            format!("supervision order on {day}"),
        ));
    }
    let mut lines = vec![
        format!(
            "{} · {}",
            words.date(line.due_on),
            words.overdue(line.overdue)
        ),
        words.occasion(&line.occasion),
        steps.join(" · "),
    ];
    lines.retain(|line| !line.is_empty());
    Item {
        mark: None,
        title: joined(&line.enterprise, &words.of(&line.item)),
        link: Some(words.link(&line.path)),
        lines,
    }
}
