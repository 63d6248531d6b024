//! Invented letters about permits.

use entity::{outbox::facts, term::Term};

use super::Invented;

pub(super) fn permit_expiry(it: Invented) -> facts::PermitExpiry {
    let Invented {
        name,
        enterprise,
        why,
        day,
        path,
        ..
    } = it;
    facts::PermitExpiry {
        name,
        permits: vec![facts::PermitLine {
            enterprise,
            kind: entity::permit::Kind::Pollutant.text(),
            number: "示例<2021>001号".to_owned(),
            valid_until: day + chrono::TimeDelta::days(90),
            days: 90,
            apply_by: day + chrono::TimeDelta::days(30),
            remaining: 19,
            path,
        }],
        why,
    }
}
