//! Invented letters about lists of matters.

use chrono::NaiveDate;
use entity::{language::Text, outbox::facts};

use super::Invented;

pub(super) fn digest(it: Invented) -> facts::Digest {
    listed(it.name, it.day)
}

pub(super) fn last_day(it: Invented) -> facts::LastDay {
    let Invented { name, day, .. } = it;
    facts::LastDay {
        name,
        date: day,
        lines: matters(day, facts::Urgency::Orange),
    }
}

pub(super) fn chase(it: Invented) -> facts::Chase {
    let Invented { name, day, .. } = it;
    facts::Chase {
        name,
        date: day,
        lines: matters(day, facts::Urgency::Red),
    }
}

/// The matters of the digest that are as urgent as this.
fn matters(date: NaiveDate, urgency: facts::Urgency) -> Vec<facts::DigestLine> {
    let mut lines = listed(String::new(), date).lines;
    lines.retain(|line| line.urgency == urgency);
    lines
}

fn listed(name: String, date: NaiveDate) -> facts::Digest {
    let liaison = Text::new(
        "您是该企业的服务专员",
        "you are the liaison of the enterprise",
    );
    let line = |urgency, days: i64, enterprise: &str, item: Text| facts::DigestLine {
        urgency,
        new: days < 0,
        is_promise: true,
        enterprise: enterprise.to_owned(),
        item,
        occasion: "2026-09".to_owned(),
        due_on: date + chrono::TimeDelta::days(days),
        remaining: i32::try_from(days).unwrap_or_default(),
        provisional: days > 2,
        call: None,
        why: liaison.clone(),
        path: "/obligations/example".to_owned(),
    };
    facts::Digest {
        name,
        date,
        late: true,
        lines: vec![
            line(
                facts::Urgency::Red,
                -2,
                "示例<精密>制造有限公司",
                Text::new("答复用工需求", "answer a request for staff"),
            ),
            line(
                facts::Urgency::Orange,
                0,
                "示例新材料股份有限公司",
                Text::new("材料预审", "pre-check of materials"),
            ),
            line(
                facts::Urgency::Orange,
                1,
                "示例生物科技有限公司",
                Text::new(
                    "跨部门事项召集会商",
                    "call a meeting on a matter of several departments",
                ),
            ),
            line(
                facts::Urgency::Yellow,
                3,
                "示例<精密>制造有限公司",
                Text::new("每月走访一次", "one visit a month"),
            ),
            facts::DigestLine {
                is_promise: false,
                occasion: String::new(),
                call: Some(Text::new(
                    "证照到期：有效期至 2026-12-09，请于 2026-10-10 前（含当日）向发证机关申请延续",
                    "valid until 2026-12-09; apply to its issuer for renewal by 2026-10-10",
                )),
                ..line(
                    facts::Urgency::Ending,
                    0,
                    "示例<精密>制造有限公司",
                    Text::new(
                        "排污许可证 91210231X001P",
                        "Pollutant discharge permit 91210231X001P",
                    ),
                )
            },
            line(
                facts::Urgency::Opened,
                20,
                "示例新材料股份有限公司",
                Text::new("组织一次政策宣讲", "one briefing on policies"),
            ),
        ],
        left_out: 2,
        notices: vec![facts::DigestNotice {
            title: Text::new(
                "服务专员变更：示例新材料股份有限公司",
                "New liaison: 示例新材料股份有限公司",
            ),
            on: date,
            path: None,
        }],
    }
}
