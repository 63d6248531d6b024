//! Account (账户): a person who may sign in, with one role. People are invited by letter and choose their own password.

use sea_orm::entity::prelude::*;

use crate::{
    address::mailable,
    language::Language,
    telephone::Telephone,
    viewer::{Person, Role},
};

pub mod commands;
pub mod common;
pub mod link;
pub mod password;
pub mod promotion;
pub mod repository;
pub mod rules;

/// One account.
#[derive(Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "account")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Login name, lower case: the mail address for imported people, so letters go to it.
    pub login: String,
    /// The name others see.
    pub name: String,
    /// What the person is in the park.
    pub role: Role,
    /// The own department; always for heads and window officers.
    pub department_id: Option<Uuid>,
    /// The own enterprise; for enterprise contacts only.
    pub enterprise_id: Option<Uuid>,
    /// The language the person reads.
    pub language: Language,
    /// The number to ring the person at.
    pub telephone: Option<Telephone>,
    /// argon2id hash with its parameters; absent until the person has chosen a password.
    pub password_hash: Option<String>,
    /// Made by the demonstration; can never sign in to a real service.
    pub demonstration: bool,
    /// Since when.
    pub created_at: DateTimeUtc,
    /// When it was disabled; empty while it may sign in.
    pub disabled_at: Option<DateTimeUtc>,
    /// Counts the changes.
    pub version: i32,
}

/// Shows everything but the hash, so that no log ever holds one.
impl std::fmt::Debug for Model {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Account")
            .field("id", &self.id)
            .field("login", &self.login)
            .field("role", &self.role)
            .field("version", &self.version)
            .finish_non_exhaustive()
    }
}

impl Model {
    /// The person this account signs in as.
    pub fn person(&self) -> Person {
        Person {
            account_id: self.id,
            name: self.name.clone(),
            role: self.role,
            department_id: self.department_id,
            enterprise_id: self.enterprise_id,
            language: self.language,
        }
    }

    /// Where letters go: the login name, as mail servers know it.
    pub fn mail_address(&self) -> String {
        mailable(&self.login).unwrap_or_else(|| self.login.clone())
    }

    /// Whether it may sign in at all.
    pub fn is_enabled(&self) -> bool {
        self.disabled_at.is_none()
    }
}

/// Nothing hangs below.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
