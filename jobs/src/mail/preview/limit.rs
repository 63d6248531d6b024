//! Invented letters about paused and extended time limits.

use entity::{language::Text, outbox::facts};

use super::Invented;

pub(super) fn limit_changed(it: Invented) -> facts::LimitChanged {
    let Invented {
        enterprise,
        item,
        why,
        day,
        ..
    } = it;
    facts::LimitChanged {
        name: "联系人 01".to_owned(),
        enterprise,
        step: facts::LimitStep::Paused,
        on: day,
        until: Some(day + chrono::TimeDelta::days(7)),
        ground: Some(Text::new("专家评审", "expert review")),
        reason: Some("示例<理由>".to_owned()),
        lines: vec![facts::LimitLine {
            item,
            occasion: "2026-09".to_owned(),
            before: day,
            due_on: day + chrono::TimeDelta::days(9),
            provisional: true,
            path: "/obligations/example".to_owned(),
        }],
        why,
    }
}
