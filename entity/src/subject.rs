//! What a time limit is on, for those who walk over time limits of every kind.

use sea_orm::prelude::Uuid;

use crate::{account, language::Text};

/// What a time limit is on, and who is told of it.
#[derive(Clone, Debug)]
pub struct Subject {
    /// The key of the obligation or rectification.
    pub id: Uuid,
    /// The enterprise; empty where nobody may know which it is.
    pub enterprise: String,
    /// What is owed.
    pub title: Text,
    /// For which period or event; empty where the title says it all.
    pub occasion: String,
    /// The page below the public address.
    pub path: String,
    /// Whom it concerns, and why.
    pub concerned: Vec<(account::Model, Text)>,
}
