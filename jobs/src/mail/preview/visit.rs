//! Invented letters about a visit.

use entity::{outbox::facts, term::Term, visit};
use uuid::Uuid;

use super::Invented;

pub(super) fn visit(it: Invented) -> facts::Visit {
    let Invented {
        name,
        enterprise,
        day,
        moment,
        ..
    } = it;
    facts::Visit {
        name: "联系人 01".to_owned(),
        visit_id: Uuid::from_u128(1),
        sequence: 1,
        step: facts::VisitStep::Moved,
        kind: visit::Kind::OnSite.text(),
        enterprise,
        official: Some(name),
        on: day,
        starts_at: moment,
        ends_at: moment + chrono::TimeDelta::hours(1),
        formerly_at: Some(moment - chrono::TimeDelta::days(1)),
        place: Some("示例<一号>楼 201".to_owned()),
        purpose: "示例<事由>".to_owned(),
        reason: None,
        path: "/visits/example".to_owned(),
    }
}
