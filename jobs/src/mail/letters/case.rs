//! Letters about cases, to the enterprise that applies.

use entity::outbox::facts::{self, CaseStep};

use super::{Letter, Words};
use crate::mail::page::{Block, Page};

impl Letter for facts::Case {
    fn page(&self, words: &Words) -> Page {
        let (zh, en) = match self.step {
            CaseStep::CorrectionAsked => (
                "以下办件的材料需要补正，所缺内容一次列全。请在期限内补正；逾期未补正的，申请终止，可以补齐后重新申请。",
                "The following application is incomplete. Everything that is missing is listed once. Please complete it in time; \
                 otherwise it ends, and you can apply again.",
            ),
            CaseStep::HandedBack => (
                "以下办件的材料不齐，现退回补齐，所缺内容一次列全。可以补齐后重新提交。",
                "The following application is incomplete and is handed back. Everything that is missing is listed once. You can complete it and \
                 hand it in again.",
            ),
            CaseStep::Accepted => (
                "以下办件已受理，办理期限开始计算。",
                "The following application has been accepted, and the time limits for the decision have begun.",
            ),
            CaseStep::Paused => (
                "以下办件的办理期限暂停计时，暂停的日数不计入期限。认为不应当暂停的，可以在办件页面提出异议，由监督机构裁定。",
                "The time limits of the following case are paused; the days of the pause are not counted. You can contest the pause on the \
                 page of the case, and the supervisor decides.",
            ),
            CaseStep::PauseSettled => (
                "监督机构已对以下办件的暂停异议作出裁定。",
                "The supervisor has settled the contested pause of the following case.",
            ),
            CaseStep::Extended => (
                "以下办件的法定期限经批准延长一次，理由如下。",
                "The limit of law of the following case has been extended, which is possible only once.",
            ),
            CaseStep::Decided => (
                "以下办件已作出决定。",
                "The following case has been decided.",
            ),
            CaseStep::Delivered => (
                "以下办件的办理结果已送达。",
                "The result of the following case has been delivered.",
            ),
            CaseStep::Lapsed => (
                "以下办件未在期限内补齐材料，申请终止。可以补齐材料后重新申请。",
                "The following application was not completed in time and has ended. You can complete it and apply again.",
            ),
        };
        let mut known = vec![
            words.fact("办件", "Case", &self.number),
            words.fact("事项", "Item", words.of(&self.item)),
            words.fact("企业", "Enterprise", &self.enterprise),
        ];
        if let Some(day) = self.day {
            let (zh, en) = match self.step {
                CaseStep::CorrectionAsked => ("补正期限", "Complete it by"),
                CaseStep::Delivered => ("送达日期", "Delivered on"),
                CaseStep::Paused => ("预计结束", "Expected end"),
                CaseStep::Extended => ("法定期限届满日", "Last day of the law"),
                _ => ("到期日", "Due on"),
            };
            known.push(words.fact(zh, en, words.date(day)));
        }
        if let Some(ground) = &self.ground {
            known.push(words.fact("暂停事由", "Ground", words.of(ground)));
        }
        if let Some(finding) = &self.finding {
            known.push(words.fact("裁定", "Finding", words.of(finding)));
        }
        if let Some(outcome) = &self.outcome {
            known.push(words.fact("办理结果", "Outcome", words.of(outcome)));
        }
        if let Some(reason) = &self.reason {
            known.push(words.fact("理由", "Reason", reason));
        }
        if let Some(remedies) = &self.remedies {
            known.push(words.fact("救济途径", "Remedies", words.of(remedies)));
        }
        let mut blocks = vec![words.paragraph(zh, en), Block::Facts(known)];
        for line in &self.lines {
            let mut said = Vec::new();
            if let Some(about) = &line.about {
                said.push(words.fact("内容", "About", words.of(about)));
            }
            said.push(words.fact("原因", "Reason", words.of(&line.reason)));
            said.push(words.fact("要求", "What to do", &line.text));
            blocks.push(Block::Facts(said));
        }
        blocks.push(words.action("打开办件", "Open the case", &self.path));
        Page {
            blocks,
            why: Some(words.say(
                "您是申请企业的联系人",
                "you are a contact of the enterprise that applies",
            )),
            ..words.page(("办件", "Case"), &self.name, self)
        }
    }
}
