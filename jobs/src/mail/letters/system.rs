//! Letters about the system itself: letters that reach nobody or come back, jobs that have failed, a clock that has jumped, answers
//! whose key is lost.

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
                    "下列邮件没有送达收件人。请设法告知本人，或代为办理。",
                    "The following e-mails have not reached their recipients. Please inform them in another way, or handle the matter yourself.",
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
            None => words.say("不再自动重试", "no automatic retry"),
        };
        Page {
            light: Some(Light::Red),
            blocks: vec![
                words.paragraph(
                    "下列任务运行失败。在成功之前，每四小时提醒一次。",
                    "The following job has failed. You will be reminded every four hours until it succeeds.",
                ),
                Block::Facts(vec![
                    words.fact("任务", "Job", &self.job),
                    words.fact("内容", "Description", words.of(&self.what)),
                    words.fact("计划时间", "Scheduled for", words.instant(self.nominal_at)),
                    words.fact("错误", "Error", &self.error),
                    words.fact("下次重试", "Next retry", retry),
                ]),
            ],
            why: Some(words.say("您管理任务", "you manage the jobs")),
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
                    "More than 5 % of the e-mails are returned. Please check the addresses, and check whether other mail servers reject mail \
                     from the relay. You will be reminded once a day until this improves.",
                ),
                Block::Facts(vec![
                    words.fact("统计自", "Since", words.instant(self.since)),
                    words.fact("已发出", "Sent", self.sent.to_string()),
                    words.fact("被退回", "Returned", self.bounced.to_string()),
                    words.fact("比例", "Share", self.share()),
                ]),
                words.action("查看邮件", "View the e-mails", "/letters"),
            ],
            why: Some(words.say("您管理邮件", "you manage the mail")),
            ..words.page(("系统", "System"), &self.name, self)
        }
    }
}

impl Letter for facts::ClockJumped {
    fn page(&self, words: &Words) -> Page {
        Page {
            light: Some(Light::Red),
            blocks: vec![
                words.paragraph(
                    "系统按稳定计时继续运行，未采用跳变后的时钟。如当前时钟正确，请重启服务予以确认；否则请校正服务器时钟。",
                    "The service continues with its own steady clock and ignores the jump of the system clock. If the system clock is right \
                     now, restart the service to confirm it; otherwise correct the system clock.",
                ),
                Block::Facts(vec![
                    words.fact("系统的时间", "Time of the service", words.instant(self.seen_at)),
                    words.fact("时钟显示", "The clock shows", words.instant(self.shown_at)),
                ]),
            ],
            why: Some(words.say("您管理系统", "you manage the service")),
            ..words.page(("系统", "System"), &self.name, self)
        }
    }
}

impl Letter for facts::SealForgotten {
    fn page(&self, words: &Words) -> Page {
        Page {
            light: Some(Light::Red),
            blocks: vec![
                words.paragraph(
                    "密钥已丢失，下列不记名答卷无法启封，已在服务器上用命令放弃。有关企业可登录后或用纸质评议表重新作答，请告知企业服务中心。如非您或同事所为，请立即核查服务器。",
                    "The key is lost and the following anonymous answers can no longer be opened, so they were discarded by a command on the \
                     server. The enterprises may answer again, signed in or on paper; please inform the enterprise service centre. If \
                     neither you nor a colleague did this, check the server at once.",
                ),
                Block::Facts(vec![
                    words.fact("评议", "Evaluation", &self.quarter),
                    words.fact("放弃的答卷", "Discarded answers", self.answers.to_string()),
                    words.fact("时间", "When", words.instant(self.at)),
                    words.fact("原因", "Why", &self.reason),
                ]),
            ],
            why: Some(words.say("您管理系统", "you manage the service")),
            ..words.page(("系统", "System"), &self.name, self)
        }
    }
}
