//! Invented letters about who looks after an enterprise.

use entity::outbox::facts;

use super::Invented;

pub(super) fn liaison_changed(it: Invented) -> facts::LiaisonChanged {
    let Invented {
        name,
        enterprise,
        day,
        ..
    } = it;
    facts::LiaisonChanged {
        name,
        enterprise,
        liaison: "专员 04".to_owned(),
        deputy: None,
        previous: Some("专员 03".to_owned()),
        from: day,
    }
}

pub(super) fn deputy_named(it: Invented) -> facts::DeputyNamed {
    let Invented { name, day, .. } = it;
    facts::DeputyNamed {
        name,
        absent: "专员 04".to_owned(),
        from: day,
        until: day + chrono::TimeDelta::days(5),
    }
}
