//! Invented letters about the public part of the quarterly report.

use entity::{language::Text, outbox::facts};

use super::Invented;

pub(super) fn public_report(it: Invented) -> facts::PublicReport {
    let Invented { day, .. } = it;
    facts::PublicReport {
        name: "监察员 01".to_owned(),
        period: "2026-Q3".to_owned(),
        from: day - chrono::TimeDelta::days(101),
        to: day - chrono::TimeDelta::days(10),
        due: 3,
        on_time: 2,
        late: 0,
        missed: 1,
        overdue: 0,
        rate: Text::new("66.7%", "66.7%"),
        evaluation: Some(facts::PublishedEvaluation {
            quarter: "2026-Q2".to_owned(),
            invited: 20,
            answered: 12,
            lines: vec![facts::ResultLine {
                department: Text::new("示例局", "Example bureau"),
                figure: Text::new("样本不足", "too few"),
            }],
            path: "/evaluations/example".to_owned(),
        }),
    }
}
