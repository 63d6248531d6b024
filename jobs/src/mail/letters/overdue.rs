//! Letters about one matter that is overdue: a statutory limit has passed, or a department is ordered to answer.

use entity::{deadline::rules::Light, obligation::rules::occasion_name, outbox::facts};

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
                    "The following matter has exceeded its statutory time limit. Please act at once.",
                ),
                Block::Facts(vec![
                    words.fact("企业", "Enterprise", &self.enterprise),
                    words.fact("事项", "Matter", item),
                    words.fact("期次", "Occasion", words.of(&occasion_name(&self.occasion))),
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
                words.action("查看事项", "View the matter", &self.path),
            ],
            why: Some(words.of(&self.why)),
            ..words.page(("法定超期", "Statutory limit"), &self.name, self)
        }
    }
}

impl Letter for facts::SupervisionOrder {
    fn page(&self, words: &Words) -> Page {
        Page {
            light: Some(if self.statutory {
                Light::Black
            } else {
                Light::Red
            }),
            blocks: vec![
                words.paragraph(
                    "下列承诺超期未办结。请最迟于答复期限当日办结，并书面说明原因和整改措施。",
                    "The following promise is overdue and still open. Please complete it by the day below, and explain in writing why it is \
                     late and what measures will be taken.",
                ),
                Block::Facts(vec![
                    words.fact("企业", "Enterprise", &self.enterprise),
                    words.fact("事项", "Matter", words.of(&self.item)),
                    words.fact(
                        "期次",
                        "Occasion",
                        words.of(&occasion_name(&self.occasion)),
                    ),
                    words.fact(
                        "到期日",
                        "Due on",
                        format!(
                            "{} · {}",
                            words.date(self.due_on),
                            words.overdue(self.overdue)
                        ),
                    ),
                    words.fact("督办事由", "Reason", &self.reason),
                    words.fact("答复期限", "Answer by", words.date(self.reply_by)),
                ]),
                words.action("查看督办单", "View the supervision order", &self.path),
            ],
            why: Some(words.of(&self.why)),
            ..words.page(("督办单", "Supervision"), &self.name, self)
        }
    }
}
