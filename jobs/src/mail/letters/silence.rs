//! Letters about silence that decides.

use entity::{
    deadline::rules::Light,
    outbox::facts::{self, SilentReader, SilentStep},
};

use super::{Letter, Words};
use crate::mail::page::{Block, Item, Items, Page};

impl Words {
    /// What silence brings about, in a word or two.
    fn silent_step(&self, step: SilentStep) -> String {
        match step {
            SilentStep::Accepted => self.say("视为受理", "deemed accepted as of receipt"),
            SilentStep::Granted => self.say("视为同意", "deemed granted"),
            SilentStep::Pending => self.say(
                "默许待确认，须补作决定",
                "pending confirmation, decision still owed",
            ),
        }
    }
}

impl Letter for facts::SilenceWarning {
    fn page(&self, words: &Words) -> Page {
        let from = words.date(self.from);
        let item = |line: &facts::SilenceLine| Item {
            mark: None,
            title: format!("{} · {}", line.number, words.of(&line.item)),
            link: Some(words.link(&line.path)),
            lines: vec![
                line.enterprise.clone(),
                words.say(
                    format!("逾期后果：{}", words.silent_step(line.step)),
                    format!("Without action: {}", words.silent_step(line.step)),
                ),
            ],
        };
        Page {
            light: Some(Light::Orange),
            blocks: vec![
                words.paragraph(
                    format!(
                        "下列办件请最迟于 {}（含当日）处理。逾期不处理的，自 {from} 起不再等待承办单位，由系统依照规定记录默许结果。",
                        words.date(self.act_by)
                    ),
                    format!(
                        "Please act on the following cases by {}. Otherwise they are decided without you: from {from} on, silence takes effect as \
                         the rules say.",
                        words.date(self.act_by)
                    ),
                ),
                Block::Items(Items {
                    light: Light::Orange,
                    title: words.say("将默许决定", "Will be decided without you"),
                    items: self.lines.iter().map(item).collect(),
                }),
                words.action("查看将默许决定的办件", "View all such cases", "/silence"),
            ],
            why: Some(words.of(&self.why)),
            ..words.page(("默许预警", "Silence warning"), &self.name, self)
        }
    }
}

impl Letter for facts::SilentDecision {
    fn page(&self, words: &Words) -> Page {
        let said = match (self.step, self.reader) {
            (SilentStep::Accepted, SilentReader::Applicant) => words.paragraph(
                "承办单位逾期未告知需要补正的内容，您的申请自收到之日起视为受理，办理期限从该日起算。这是依照法律产生的结果，不是承办单位作出的决定。",
                "The office did not say in time what is missing, so your application counts as accepted as of its receipt, and the time for the \
                 decision is counted from that day. This is the effect of the law and not a decision of the office.",
            ),
            (SilentStep::Accepted, SilentReader::Office) => words.paragraph(
                "逾期未告知申请人需要补正的内容，该办件自收到申请之日起视为受理，办理期限从该日起算。",
                "The applicant was not told in time what is missing. The case counts as accepted as of its receipt, and the time for the decision is \
                 counted from that day.",
            ),
            (SilentStep::Granted, SilentReader::Applicant) => words.paragraph(
                "承办单位在法定期限内未作出决定，依照下列规定，您的申请视为同意。这是依照法律产生的结果，不是承办单位作出的决定；承办单位须补发书面文书。",
                "The office did not decide within the limit of law, so your application counts as granted by the article below. This is the effect of \
                 the law and not a decision of the office, which still owes you the document.",
            ),
            (SilentStep::Granted, SilentReader::Office) => words.paragraph(
                "法定期限内未作出决定，依照下列规定，该申请已视为同意。请在期限内向申请人补发书面文书，并说明未按期办理的原因。",
                "No decision was made within the limit of law, so the application counts as granted by the article below. Please hand over the \
                 document in time and explain why the case was not decided.",
            ),
            (SilentStep::Pending, SilentReader::Applicant) => words.paragraph(
                "承办单位未在承诺期限内作出决定。按照园区规定，园区内部环节可以先行推进；本结果不是许可，对外文书仍须由承办单位作出。",
                "The office did not decide within the promised time. By the rule of the park, internal steps may go on. This is no licence: the office \
                 still has to make the decision that you can show to others.",
            ),
            (SilentStep::Pending, SilentReader::Office) => words.paragraph(
                "承诺期限内未作出决定，该办件已转为默许待确认，园区内部环节可以先行推进。请在期限内作出决定。",
                "No decision was made within the promised time. The case now awaits your confirmation, and internal steps may go on. Please decide in \
                 time.",
            ),
        };
        let mut known = vec![
            words.fact("办件", "Case", &self.number),
            words.fact("事项", "Item", words.of(&self.item)),
            words.fact("企业", "Enterprise", &self.enterprise),
            words.fact("默许结果", "By silence", words.silent_step(self.step)),
            words.fact("最后期限", "Last day", words.date(self.last_day)),
            words.fact("自何日起", "As of", words.date(self.effective_on)),
            words.fact("依据", "Legal basis", &self.article),
        ];
        if let Some(by) = self.owed_by {
            let (zh, en) = match self.step {
                SilentStep::Accepted => ("应当决定", "Decision due"),
                SilentStep::Granted => ("应当补发文书", "Document due"),
                SilentStep::Pending => ("应当作出决定", "Confirmation due"),
            };
            known.push(words.fact(zh, en, words.date(by)));
        }
        let mut blocks = vec![said, Block::Facts(known)];
        if self.step == SilentStep::Granted {
            blocks.push(words.paragraph(
                "视为同意不代替其他审批，也不免除法定条件：不符合法定条件的，可以依法撤销，由此造成的损失依照行政许可法第六十九条、第七十六条处理；以欺骗、贿赂等不正当手段取得的，应当撤销，取得的利益不受保护。",
                "What silence grants replaces no other approval and lifts no legal condition. It can be revoked if the conditions are not met; articles \
                 69 and 76 of the Administrative Licence Law say who bears the damage. What was obtained by deceit or bribery is revoked without \
                 protection.",
            ));
        }
        blocks.push(words.action("查看办件", "View the case", &self.path));
        Page {
            light: Some(match self.step {
                SilentStep::Granted => Light::Black,
                SilentStep::Accepted | SilentStep::Pending => Light::Red,
            }),
            blocks,
            why: Some(words.of(&self.why)),
            ..words.page(("默许决定", "Silence"), &self.name, self)
        }
    }
}

impl Letter for facts::SilenceIncident {
    fn page(&self, words: &Words) -> Page {
        Page {
            light: Some(Light::Black),
            blocks: vec![
                words.paragraph(
                    "下列办件因逾期未决定而视为同意，但承办单位事先没有任何人收到预警。请查明原因。",
                    "The following case was granted by silence, and no warning had reached anybody in the department before. Please find out why.",
                ),
                Block::Facts(vec![
                    words.fact("办件", "Case", &self.number),
                    words.fact("事项", "Item", words.of(&self.item)),
                    words.fact("企业", "Enterprise", &self.enterprise),
                    words.fact("承办单位", "Department", words.of(&self.department)),
                    words.fact("最后期限", "Last day", words.date(self.last_day)),
                    words.fact("依据", "Legal basis", &self.article),
                    words.fact(
                        "已写未达的预警",
                        "Warnings written, none delivered",
                        self.written.to_string(),
                    ),
                ]),
                words.action("查看办件", "View the case", &self.path),
            ],
            why: Some(words.of(&self.why)),
            ..words.page(("未预警默许", "Incident"), &self.name, self)
        }
    }
}
