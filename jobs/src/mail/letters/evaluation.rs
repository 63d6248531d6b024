//! Letters about the quarterly evaluation: the invitation with its reminders, and the result.

use entity::outbox::facts;

use super::{Letter, Words};
use crate::mail::page::{Block, Page};

impl Letter for facts::EvaluationInvitation {
    fn page(&self, words: &Words) -> Page {
        let (quarter, enterprise) = (&self.quarter, &self.enterprise);
        let mut blocks = vec![words.paragraph(
            format!(
                "请 {enterprise} 评议 {quarter} 打过交道的部门和服务契约的履行情况。评议自愿，约五分钟；可以实名、仅向监督机构实名或不记名，\
                 由您在填写前选定。评议结果只用于改进工作，任何单位不得追查填写人。"
            ),
            format!(
                "{enterprise} is asked to rate the departments it dealt with in {quarter}, and how its service contract was kept. It is \
                 voluntary and takes about five minutes. Before you begin you choose whether it bears your name, to the park or to the \
                 supervisor alone, or no name. The result serves improvement only; nobody may search for who answered."
            ),
        )];
        if self.reminder > 0 {
            blocks.push(words.paragraph(
                "我们尚未收到贵企业的答卷。如不愿填写，无需理会本信。",
                "No answer has come from your enterprise yet. If you do not want to answer, you need do nothing.",
            ));
        }
        blocks.push(Block::Facts(vec![words.fact(
            "截止",
            "Last day",
            words.date(self.closes_on),
        )]));
        blocks.push(words.action("填写评议表", "Answer", &self.path));
        blocks.push(Block::Note(words.say(
            "此链接为贵企业专用，请勿转发。提交后即失效。",
            "The link is for your enterprise alone: please do not pass it on. It ends when you have answered.",
        )));
        Page {
            blocks,
            why: Some(words.say("您是该企业的联系人", "you are a contact of the enterprise")),
            ..words.page(("企业评议", "Evaluation"), &self.name, self)
        }
    }
}

impl Letter for facts::EvaluationResult {
    fn page(&self, words: &Words) -> Page {
        let (invited, answered) = (self.invited, self.answered);
        let lines = self.lines.iter().map(|line| {
            words.fact(
                &line.department.zh,
                &line.department.en,
                words.of(&line.figure),
            )
        });
        Page {
            blocks: vec![
                words.paragraph(
                    format!(
                        "{} 企业评议结果已经批准：邀请 {invited} 家企业，收到 {answered} 份答卷。样本不足的不计分，样本少的不参与排名。",
                        self.quarter
                    ),
                    format!(
                        "The result of the {} evaluation has been approved: {invited} enterprises were asked and {answered} have answered. \
                         Where too few answered there is no score, or no rank.",
                        self.quarter
                    ),
                ),
                Block::Facts(lines.collect()),
                words.action("查看评议结果", "Open the result", &self.path),
            ],
            why: Some(words.say(
                "部门负责人收到本部门结果，领导收到全部结果",
                "heads are told of their department, leaders of all",
            )),
            ..words.page(("企业评议", "Evaluation"), &self.name, self)
        }
    }
}
