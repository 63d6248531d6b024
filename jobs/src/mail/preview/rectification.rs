//! Invented letters about rectifications.

use entity::{outbox::facts, rating, term::Term};

use super::Invented;

pub(super) fn rectification(it: Invented) -> facts::Rectification {
    let Invented {
        name,
        enterprise,
        item,
        why,
        day,
        ..
    } = it;
    facts::Rectification {
        name,
        step: facts::RectificationStep::Opened,
        settlement: None,
        about: item,
        enterprise: Some(enterprise),
        level: Some(rating::Level::Dissatisfied.text()),
        comment: Some("示例<意见>".to_owned()),
        contact_by: day,
        reply_by: day + chrono::TimeDelta::days(7),
        watches: false,
        why,
        path: "/rectifications/example".to_owned(),
    }
}

pub(super) fn rate_again(it: Invented) -> facts::RateAgain {
    let Invented { item, .. } = it;
    facts::RateAgain {
        name: "联系人 01".to_owned(),
        about: item,
        reply: "示例<答复>".to_owned(),
        path: "/rectifications/example".to_owned(),
    }
}
