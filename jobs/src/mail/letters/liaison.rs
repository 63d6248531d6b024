//! Letters about who looks after an enterprise.

use entity::outbox::facts;

use super::{Letter, Words};
use crate::mail::page::{Block, Page};

impl Letter for facts::LiaisonChanged {
    fn page(&self, words: &Words) -> Page {
        let or_nobody =
            |person: &Option<String>| person.clone().unwrap_or_else(|| words.say("无", "none"));
        Page {
            blocks: vec![
                words.paragraph(
                    "企业的服务专员已变更。",
                    "The enterprise has a new liaison.",
                ),
                Block::Facts(vec![
                    words.fact("企业", "Enterprise", &self.enterprise),
                    words.fact("新任专员", "Liaison", &self.liaison),
                    words.fact("代理专员", "Deputy", or_nobody(&self.deputy)),
                    words.fact("原任专员", "Former liaison", or_nobody(&self.previous)),
                    words.fact("自", "From", words.date(self.from)),
                ]),
            ],
            ..words.page(("专员变更", "Liaison"), &self.name, self)
        }
    }
}

impl Letter for facts::DeputyNamed {
    fn page(&self, words: &Words) -> Page {
        Page {
            blocks: vec![
                words.paragraph(
                    "您被指定为代理人。请假期间，给请假人的邮件由您接收；代理专员的，可办理其企业的事项。",
                    "You have been named as a deputy. During the leave you receive the e-mails of the person on leave. The deputy of a \
                     liaison can also handle the matters of the liaison's enterprises.",
                ),
                Block::Facts(vec![
                    words.fact("请假人", "On leave", &self.absent),
                    words.fact("自", "From", words.date(self.from)),
                    words.fact("至", "Until", words.date(self.until)),
                ]),
            ],
            ..words.page(("代理通知", "Deputy"), &self.name, self)
        }
    }
}
