//! Invented letters about the evaluation.

use entity::{language::Text, outbox::facts};

use super::Invented;

pub(super) fn evaluation_invitation(it: Invented) -> facts::EvaluationInvitation {
    let Invented {
        name,
        enterprise,
        day,
        ..
    } = it;
    facts::EvaluationInvitation {
        name,
        enterprise,
        quarter: "2026-Q3".to_owned(),
        closes_on: day,
        reminder: 1,
        path: "/answer/example".to_owned(),
    }
}

pub(super) fn evaluation_result(it: Invented) -> facts::EvaluationResult {
    let Invented { name, .. } = it;
    facts::EvaluationResult {
        name,
        quarter: "2026-Q3".to_owned(),
        invited: 20,
        answered: 14,
        lines: vec![facts::ResultLine {
            department: Text::new("发展改革局（示例）", "Development and Reform (example)"),
            figure: Text::new(
                "92.3 分（90% 区间 88.1–96.5，n = 12），良好，第 3 名",
                "92.3 (90% interval 88.1 to 96.5, n = 12), good, rank 3",
            ),
        }],
        path: "/evaluations/example".to_owned(),
    }
}
