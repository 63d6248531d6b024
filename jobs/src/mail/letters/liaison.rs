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
