//! Letters about a visit: that it is agreed, moved or cancelled. Its invitation goes with it.

use entity::outbox::facts::{self, VisitStep};

use super::{Letter, Words};
use crate::mail::page::{Block, Page};

impl Letter for facts::Visit {
    fn page(&self, words: &Words) -> Page {
        let said = match self.step {
            VisitStep::Agreed => words.paragraph(
                "已约定下列联系。本邮件附有日历邀请。",
                "The following visit or contact has been agreed. An invitation for your calendar is attached.",
            ),
            VisitStep::Moved => words.paragraph(
                "下列联系已改期。随附的日历邀请会更新原日程。",
                "The following visit or contact has been rescheduled. The attached invitation updates your calendar.",
            ),
            VisitStep::Cancelled => words.paragraph(
                "下列联系已取消。随附的日历通知会撤销原日程。",
                "The following visit or contact has been cancelled. The attached notice removes it from your calendar.",
            ),
        };
        let mut known = vec![
            words.fact("企业", "Enterprise", &self.enterprise),
            words.fact("方式", "How", words.of(&self.kind)),
            words.fact("时间", "When", words.span(self.starts_at, self.ends_at)),
        ];
        if let Some(formerly) = self.formerly_at {
            known.push(words.fact("原定时间", "Previous time", words.instant(formerly)));
        }
        if let Some(place) = &self.place {
            known.push(words.fact("地点", "Place", place));
        }
        known.push(words.fact("事由", "Subject", &self.purpose));
        if let Some(official) = &self.official {
            known.push(words.fact("园区联系人", "Contact in the park", official));
        }
        if let Some(reason) = &self.reason {
            known.push(words.fact("取消理由", "Reason for cancelling", reason));
        }
        Page {
            blocks: vec![
                said,
                Block::Facts(known),
                words.action("查看详情", "View details", &self.path),
            ],
            ..words.page(("走访联系", "Visit"), &self.name, self)
        }
    }
}
