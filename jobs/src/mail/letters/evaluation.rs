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
                "{enterprise} is invited to rate the departments it dealt with in {quarter}, and how its service contract was kept. The \
                 evaluation is voluntary and takes about five minutes. Before you start, you choose whether to answer with your name, with \
                 your name for the supervisor only, or anonymously. The results are used only to improve the services; nobody may \
                 investigate who answered."
            ),
        )];
        if self.reminder > 0 {
            blocks.push(words.paragraph(
                "我们尚未收到贵企业的答卷。如不愿填写，无需理会本邮件。",
                "We have not received an answer from your enterprise yet. If you do not want to answer, you can ignore this e-mail.",
            ));
        }
        blocks.push(Block::Facts(vec![words.fact(
            "截止",
            "Last day",
            words.date(self.closes_on),
        )]));
        blocks.push(words.action("填写评议表", "Fill in the form", &self.path));
        blocks.push(Block::Note(words.say(
            "此链接为贵企业专用，请勿转发。提交后即失效。",
            "This link is for your enterprise only; please do not forward it. It becomes invalid when you have submitted the form.",
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
                        "The result of the {} evaluation has been approved: {invited} enterprises were invited, and {answered} answered. \
                         Departments with too few answers get no score, or no rank.",
                        self.quarter
                    ),
                ),
                Block::Facts(lines.collect()),
                words.action("查看评议结果", "View the result", &self.path),
            ],
            why: Some(words.say(
                "部门负责人收到本部门结果，领导收到全部结果",
                "heads of departments receive the result of their department, leaders all results",
            )),
            ..words.page(("企业评议", "Evaluation"), &self.name, self)
        }
    }
}
