//! The letter about a statutory limit that has passed.

use entity::{deadline::rules::Light, outbox::facts};

use super::{Letter, Words};
use crate::mail::page::{Block, Page};

impl Letter for facts::StatutoryOverdue {
    fn page(&self, words: &Words) -> Page {
        let item = words.of(&self.item);
        Page {
            light: Some(Light::Black),
            blocks: vec![
                words.paragraph(
                    "下列事项已超过法定时限，请立即处理。",
                    "The following matter has passed its statutory limit. Please act at once.",
                ),
                Block::Facts(vec![
                    words.fact("企业", "Enterprise", &self.enterprise),
                    words.fact("事项", "Matter", item),
                    words.fact("期次", "Occasion", &self.occasion),
                    words.fact("法定依据", "Legal basis", &self.legal_basis),
                    words.fact(
                        "到期日",
                        "Due on",
                        format!(
                            "{} · {}",
                            words.date(self.due_on),
                            words.overdue(self.overdue)
                        ),
                    ),
                ]),
                words.action("查看事项", "Open the matter", &self.path),
            ],
            why: Some(words.of(&self.why)),
            ..words.page(("法定超期", "Statutory limit"), &self.name, self)
        }
    }
}
