//! Invented letters about what stays overdue.

use chrono::NaiveDate;
use entity::{language::Text, outbox::facts};

use super::Invented;

pub(super) fn red_list(it: Invented) -> facts::RedList {
    let Invented { day, .. } = it;
    facts::RedList {
        name: "监督 01".to_owned(),
        date: day,
        lines: vec![late(day, true), late(day, false)],
        left_out: 1,
    }
}

pub(super) fn criticism_draft(it: Invented) -> facts::CriticismDraft {
    let Invented { day, .. } = it;
    facts::CriticismDraft {
        name: "监督 01".to_owned(),
        date: day,
        lines: vec![late(day, false)],
    }
}

/// Something overdue that was chased; past the law, or past a promise.
fn late(day: NaiveDate, statutory: bool) -> facts::LateLine {
    facts::LateLine {
        statutory,
        is_promise: true,
        enterprise: "示例<精密>制造有限公司".to_owned(),
        item: Text::new("答复用工需求", "answer a request for staff"),
        occasion: "2026-09".to_owned(),
        due_on: day - chrono::TimeDelta::days(11),
        overdue: 7,
        department: Text::new("示例局", "Example bureau"),
        chased_on: Some(day - chrono::TimeDelta::days(9)),
        ordered_on: statutory.then_some(day),
        path: "/obligations/example".to_owned(),
    }
}
