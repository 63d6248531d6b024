//! Invented letters about a contract as a whole.

use entity::outbox::facts;

use super::Invented;

pub(super) fn contract_expiry(it: Invented) -> facts::ContractExpiry {
    let Invented {
        name,
        enterprise,
        why,
        day,
        ..
    } = it;
    facts::ContractExpiry {
        name,
        number: "QY-2026-001".to_owned(),
        enterprise,
        ends_on: day,
        days: 60,
        why,
        path: "/contracts/example".to_owned(),
    }
}
