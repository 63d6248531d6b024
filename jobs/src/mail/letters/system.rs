//! Letters about the system itself: letters that reach nobody or come back, and jobs that have failed.

use entity::{deadline::rules::Light, outbox::facts};

use super::{Letter, Words};
use crate::mail::page::{Block, Item, Items, Page};

impl Letter for facts::Undelivered {
    fn page(&self, words: &Words) -> Page {
        let items = self.letters.iter().map(|letter| Item {
            mark: None,
            title: format!("{} · {}", letter.recipient, words.of(&letter.kind)),
            link: letter.path.as_ref().map(|path| words.link(path)),
            lines: vec![format!(
                "{} · {}",
                words.date(letter.on),
                words.of(&letter.state)
            )],
        });
        Page {
            light: Some(Light::Orange),
            blocks: vec![
                words.paragraph(
                    "下列信件没有送达收件人。请设法告知本人，或代为办理。",
                    "These letters have not reached their recipients. Please tell them in another way, or see to the matter yourself.",
                ),
                Block::Items(Items {
                    light: Light::Orange,
                    title: words.say("未送达", "Undelivered"),
                    items: items.collect(),
                }),
            ],
            why: Some(words.of(&self.why)),
            ..words.page(("系统", "System"), &self.name, self)
        }
    }
}

impl Letter for facts::JobFailed {
    fn page(&self, words: &Words) -> Page {
        let retry = match self.retry_at {
            Some(at) => words.instant(at),
            None => words.say("不再自动重试", "not by itself"),
        };
        Page {
            light: Some(Light::Red),
            blocks: vec![
                words.paragraph(
                    "下列任务运行失败。在成功之前，每四小时提醒一次。",
                    "This job has failed. You are told again every four hours until it succeeds.",
                ),
                Block::Facts(vec![
                    words.fact("任务", "Job", &self.job),
                    words.fact("内容", "What it does", words.of(&self.what)),
                    words.fact("应运行时间", "Due at", words.instant(self.nominal_at)),
                    words.fact("错误", "Error", &self.error),
                    words.fact("下次重试", "Tried again", retry),
                ]),
            ],
            why: Some(words.say("您管理任务", "you look after the jobs")),
            ..words.page(("系统", "System"), &self.name, self)
        }
    }
}

impl Letter for facts::MailBouncing {
    fn page(&self, words: &Words) -> Page {
        Page {
            light: Some(Light::Orange),
            blocks: vec![
                words.paragraph(
                    "退信比例超过 5%。请核对收件地址，并确认邮件中继没有被收件方拒收。情况未改善前每天提醒一次。",
                    "More than five letters in a hundred come back. Please check the addresses, and whether other mail servers refuse the relay. You are told once a day while this lasts.",
                ),
                Block::Facts(vec![
                    words.fact("统计自", "Counted since", words.instant(self.since)),
                    words.fact("已发出", "Sent", self.sent.to_string()),
                    words.fact("被退回", "Came back", self.bounced.to_string()),
                    words.fact("比例", "Share", self.share()),
                ]),
                words.action("查看信件", "See the letters", "/letters"),
            ],
            why: Some(words.say("您管理邮件", "you look after the mail")),
            ..words.page(("系统", "System"), &self.name, self)
        }
    }
}
