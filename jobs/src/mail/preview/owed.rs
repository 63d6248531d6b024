//! Invented letters about what has begun to be owed.

use entity::{deadline::rules::Side, outbox::facts};

use super::Invented;

pub(super) fn obligation_opened(it: Invented) -> facts::ObligationOpened {
    let Invented {
        name,
        enterprise,
        item,
        why,
        day,
        path,
        ..
    } = it;
    facts::ObligationOpened {
        name,
        enterprise,
        item,
        occasion: "event:1".to_owned(),
        note: Some("示例<情况>".to_owned()),
        due_on: day,
        why,
        path,
    }
}

pub(super) fn due_dates_moved(it: Invented) -> facts::DueDatesMoved {
    let Invented {
        name,
        enterprise,
        item,
        why,
        day,
        path,
        ..
    } = it;
    facts::DueDatesMoved {
        name,
        source: "国办发明电〔2026〕0 号".to_owned(),
        years: vec![2027],
        lines: vec![facts::MovedLine {
            enterprise,
            item,
            occasion: "2026-09".to_owned(),
            from: day,
            to: day + chrono::TimeDelta::days(5),
            provisional: false,
            favours: Side::Park.moves(),
            path,
        }],
        left_out: 1,
        why,
    }
}
