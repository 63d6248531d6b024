//! Letters about rectifications: to those who were rated, and to the enterprise that is asked to rate again.

use entity::{
    deadline::rules::Light,
    outbox::facts::{self, RectificationStep},
};

use super::{Letter, Words};
use crate::mail::page::{Block, Page};

impl Letter for facts::Rectification {
    fn page(&self, words: &Words) -> Page {
        let (light, zh, en) = match self.step {
            RectificationStep::Opened => (
                Light::Yellow,
                "本单位收到以下低分或差评。请在一个工作日内联系了解情况，核实后整改，并最迟于答复期限当日反馈结果；认为误评或恶意评价的可以申诉。\
                 任何人不得追究或为难评价人。",
                "The low mark below was given to your unit. Please get in touch within one working day, verify it, put it right and reply in \
                 time; what is mistaken or malicious can be appealed. Nobody may hold it against those who rated.",
            ),
            RectificationStep::ContactOverdue if self.watches => (
                Light::Red,
                "以下低分评价应在一个工作日内回访，至今没有联系记录，请督促被评价单位回访并登记。",
                "This should have been called back within one working day, and nothing is on record: please see that those in charge call back.",
            ),
            RectificationStep::ReplyOverdue if self.watches => (
                Light::Red,
                "以下整改的答复期限已过，请督促被评价单位反馈整改结果。",
                "The limit of the reply has passed: please see that those in charge reply what was done.",
            ),
            RectificationStep::ContactOverdue => (
                Light::Red,
                "以下低分评价应在一个工作日内回访，至今没有联系记录，请立即联系并登记。",
                "This should have been called back within one working day, and nothing is on record: please call back now.",
            ),
            RectificationStep::ReplyOverdue => (
                Light::Red,
                "以下整改的答复期限已过，请立即反馈整改结果。",
                "The limit of the reply has passed: please reply now what was done.",
            ),
            RectificationStep::Upheld => (
                Light::Yellow,
                "申诉已裁定，评价维持。请制定措施，最迟于新的答复期限当日反馈整改结果。",
                "The appeal was dismissed and the rating stands. Please plan what to do and reply within the new limit.",
            ),
            RectificationStep::Reopened => (
                Light::Orange,
                "评价人对整改结果不满意。请重新制定措施并整改，最迟于新的答复期限当日反馈；仍不满意的，转监督机构督办。",
                "The reply did not satisfy. Please plan and put it right once more, within the new limit; the supervisor takes over if it \
                 does not satisfy again.",
            ),
            RectificationStep::Supervised => (
                Light::Red,
                "两次整改后评价人仍不满意，现转监督机构督办。",
                "Two replies did not satisfy: the supervisor takes over.",
            ),
            RectificationStep::Settled => (
                Light::Grey,
                "监督机构对以下事项作出督办结论，整改到此结案。请按结论执行。",
                "The supervisor has settled the matter below, and the rectification ends. Please do as the settlement says.",
            ),
        };
        let mut known = vec![words.fact("事项", "About", words.of(&self.about))];
        if let Some(enterprise) = &self.enterprise {
            known.push(words.fact("评价企业", "Rated by", enterprise));
        }
        if let Some(level) = &self.level {
            known.push(words.fact("评价", "Level", words.of(level)));
        }
        if let Some(comment) = &self.comment {
            known.push(words.fact("意见", "Comment", comment));
        }
        if matches!(
            self.step,
            RectificationStep::Opened | RectificationStep::ContactOverdue
        ) {
            let by = words.date(self.contact_by);
            known.push(words.fact("回访期限", "Call back by", by));
        }
        match &self.settlement {
            Some(word) => known.push(words.fact("督办结论", "Settlement", word)),
            None => known.push(words.fact("答复期限", "Reply by", words.date(self.reply_by))),
        }
        Page {
            light: Some(light),
            blocks: vec![
                words.paragraph(zh, en),
                Block::Facts(known),
                words.action("打开整改", "Open the rectification", &self.path),
            ],
            why: Some(words.of(&self.why)),
            ..words.page(("整改", "Rectification"), &self.name, self)
        }
    }
}

impl Letter for facts::RateAgain {
    fn page(&self, words: &Words) -> Page {
        Page {
            blocks: vec![
                words.paragraph(
                    "贵企业曾对以下事项表示不满意，办理单位已反馈整改结果。是否满意请再评一次；仍不满意的，将重新整改。评价自愿。",
                    "Your enterprise was not satisfied with the service below, and those in charge have replied. Please say whether the reply \
                     satisfies; if not, it is put right once more. Rating is voluntary.",
                ),
                Block::Facts(vec![
                    words.fact("事项", "About", words.of(&self.about)),
                    words.fact("整改结果", "Reply", &self.reply),
                ]),
                words.action("再次评价", "Rate again", &self.path),
            ],
            why: Some(words.say("您是该企业的联系人", "you are a contact of the enterprise")),
            ..words.page(("再次评价", "Rate again"), &self.name, self)
        }
    }
}
