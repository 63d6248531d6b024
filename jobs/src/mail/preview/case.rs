//! Invented letters about cases.

use entity::{language::Text, outbox::facts};

use super::Invented;

pub(super) fn case(it: Invented) -> facts::Case {
    let Invented {
        enterprise,
        item,
        day,
        ..
    } = it;
    facts::Case {
        name: "联系人 01".to_owned(),
        enterprise,
        number: "2026000012-R10".to_owned(),
        item,
        step: facts::CaseStep::CorrectionAsked,
        lines: vec![facts::CaseLine {
            about: Some(Text::new("总平面图", "Site plan")),
            reason: Text::new(
                "缺少签名、盖章或者授权",
                "Signature, seal or mandate missing",
            ),
            text: "示例<请加盖公章>".to_owned(),
        }],
        day: Some(day),
        ground: Some(Text::new("专家评审", "Expert review")),
        finding: Some(Text::new("暂停成立", "Upheld")),
        outcome: Some(Text::new("不予许可", "refused")),
        reason: Some("示例<理由>".to_owned()),
        remedies: Some(Text::new(
            "可以申请行政复议。",
            "Administrative review is possible.",
        )),
        path: "/cases/example".to_owned(),
    }
}
