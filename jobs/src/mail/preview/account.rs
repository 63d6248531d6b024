//! Invented letters about an account.

use entity::{outbox::facts, viewer::Role};

use super::Invented;

pub(super) fn invitation(it: Invented) -> facts::Invitation {
    let Invented { name, moment, .. } = it;
    facts::Invitation {
        name,
        login: "liaison03@park.example".to_owned(),
        path: "/join/example".to_owned(),
        expires_at: moment,
        inviter: Some(facts::Inviter {
            name: "管理员 01".to_owned(),
            role: Role::Admin,
        }),
    }
}

pub(super) fn password(it: Invented) -> facts::Password {
    let Invented { name, moment, .. } = it;
    facts::Password {
        name,
        path: "/password/example".to_owned(),
        expires_at: moment,
    }
}
