//! Letters about a contract as a whole.

use entity::outbox::facts;

use super::{Letter, Words};
use crate::mail::page::{Block, Page};

impl Letter for facts::ContractExpiry {
    fn page(&self, words: &Words) -> Page {
        Page {
            blocks: vec![
                words.paragraph(
                    "下列服务契约即将到期，请及早商定续签。",
                    "The following service contract ends soon. Please discuss its renewal in good time.",
                ),
                Block::Facts(vec![
                    words.fact("企业", "Enterprise", &self.enterprise),
                    words.fact("契约编号", "Contract", &self.number),
                    words.fact("契约终止日", "Last day", words.date(self.ends_on)),
                    words.fact(
                        "剩余",
                        "Time left",
                        words.say(format!("{} 日", self.days), format!("{} days", self.days)),
                    ),
                ]),
                words.action("查看契约", "Open the contract", &self.path),
            ],
            why: Some(words.of(&self.why)),
            ..words.page(("契约到期", "Contract expiry"), &self.name, self)
        }
    }
}
