//! Facts of letters about an account: its invitation, and a link for a forgotten password.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::Facts;
use crate::{language::Text, viewer::Role};

/// Facts of [`Kind::Invitation`](super::super::Kind::Invitation).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invitation {
    /// The person's name.
    pub name: String,
    /// The name to sign in with.
    pub login: String,
    /// The page below the public address, with the secret of the link: "/join/SECRET".
    pub path: String,
    /// Until when the link works.
    pub expires_at: DateTime<Utc>,
    /// Who invites, where it is a person.
    #[serde(default)]
    pub inviter: Option<Inviter>,
}

/// Who invites: title and office.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Inviter {
    /// The name that others see.
    pub name: String,
    /// The office.
    pub role: Role,
}

/// Facts of [`Kind::Password`](super::super::Kind::Password).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Password {
    /// The person's name.
    pub name: String,
    /// The page below the public address, with the secret of the link.
    pub path: String,
    /// Until when the link works.
    pub expires_at: DateTime<Utc>,
}

impl Facts for Invitation {
    fn headline(&self) -> Text {
        Text::new("邀请您使用企业服务契约平台", "Your invitation to Qiyue")
    }
}

impl Facts for Password {
    fn headline(&self) -> Text {
        Text::new("重新设置密码", "Set a new password")
    }
}
