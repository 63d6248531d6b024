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
                "Your unit received the following low score or bad rating. Please make contact within one working day to understand it, \
                 verify the facts, rectify the problem and reply by the day given below. You can appeal against a mistaken or malicious rating. Nobody may \
                 retaliate against those who rated.",
            ),
            RectificationStep::ContactOverdue if self.watches => (
                Light::Red,
                "以下低分评价应在一个工作日内回访，至今没有联系记录，请督促被评价单位回访并登记。",
                "A call-back was due within one working day, and none has been recorded. Please make sure that the rated side calls back and \
                 records it.",
            ),
            RectificationStep::ReplyOverdue if self.watches => (
                Light::Red,
                "以下整改的答复期限已过，请督促被评价单位反馈整改结果。",
                "The time limit for the reply has passed. Please make sure that the rated side reports what was done.",
            ),
            RectificationStep::ContactOverdue => (
                Light::Red,
                "以下低分评价应在一个工作日内回访，至今没有联系记录，请立即联系并登记。",
                "A call-back was due within one working day, and none has been recorded. Please call back and record it now.",
            ),
            RectificationStep::ReplyOverdue => (
                Light::Red,
                "以下整改的答复期限已过，请立即反馈整改结果。",
                "The time limit for the reply has passed. Please reply now and state what was done.",
            ),
            RectificationStep::Upheld => (
                Light::Yellow,
                "申诉已裁定，评价维持。请制定措施，最迟于新的答复期限当日反馈整改结果。",
                "The appeal has been dismissed and the rating stands. Please plan your measures and reply within the new time limit.",
            ),
            RectificationStep::Reopened => (
                Light::Orange,
                "评价人对整改结果不满意。请重新制定措施并整改，最迟于新的答复期限当日反馈；仍不满意的，转监督机构督办。",
                "The reply was not satisfactory to those who rated. Please plan new measures, rectify the problem and reply within the new \
                 time limit. If the second reply is not satisfactory either, the supervisor takes over.",
            ),
            RectificationStep::Supervised => (
                Light::Red,
                "两次整改后评价人仍不满意，现转监督机构督办。",
                "Two replies were not satisfactory to those who rated. The supervisor takes over.",
            ),
            RectificationStep::Settled => (
                Light::Grey,
                "监督机构对以下事项作出督办结论，整改到此结案。请按结论执行。",
                "The supervisor has issued a conclusion on the following matter, and the rectification is closed. Please act on the conclusion.",
            ),
        };
        let mut known = vec![words.fact("事项", "Subject", words.of(&self.about))];
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
            Some(word) => known.push(words.fact("督办结论", "Conclusion", word)),
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
                    "Your enterprise was not satisfied with the following service, and the responsible unit has replied. Please rate the \
                     reply; if you are not satisfied, the matter will be rectified again. Rating is voluntary.",
                ),
                Block::Facts(vec![
                    words.fact("事项", "Subject", words.of(&self.about)),
                    words.fact("整改结果", "Reply", &self.reply),
                ]),
                words.action("再次评价", "Rate again", &self.path),
            ],
            why: Some(words.say("您是该企业的联系人", "you are a contact of the enterprise")),
            ..words.page(("再次评价", "Rate again"), &self.name, self)
        }
    }
}
