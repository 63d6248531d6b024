//! Invented letters about one matter that is overdue.

use entity::outbox::facts;

use super::Invented;

pub(super) fn statutory_overdue(it: Invented) -> facts::StatutoryOverdue {
    let Invented {
        name,
        enterprise,
        item,
        why,
        day,
        path,
        ..
    } = it;
    facts::StatutoryOverdue {
        name,
        enterprise,
        item,
        occasion: "2026-09".to_owned(),
        legal_basis: "《示例条例》第一条".to_owned(),
        due_on: day,
        overdue: 2,
        why,
        path,
    }
}

pub(super) fn supervision_order(it: Invented) -> facts::SupervisionOrder {
    let Invented {
        name,
        enterprise,
        item,
        why,
        day,
        path,
        ..
    } = it;
    facts::SupervisionOrder {
        name,
        enterprise,
        item,
        occasion: "2026-09".to_owned(),
        due_on: day,
        overdue: 4,
        statutory: false,
        reason: "示例<事由>".to_owned(),
        reply_by: day + chrono::TimeDelta::days(5),
        why,
        path,
    }
}
