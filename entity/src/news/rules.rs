//! Who reads news, and what they are about.

use uuid::Uuid;

use crate::{subject, viewer::Role};

/// Whether this role reads news: those who see an enterprise with everything that belongs to it.
pub fn reads(role: Role) -> bool {
    matches!(
        role,
        Role::Centre | Role::Leader | Role::Supervisor | Role::Liaison
    )
}

/// The thing that has changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Subject {
    /// A milestone.
    Milestone(Uuid),
    /// What a time limit is on.
    Limit(Box<subject::Subject>),
    /// An obligation of which its department has to answer.
    Obligation(Uuid),
    /// A contract.
    Contract(Uuid),
    /// A visit.
    Visit(Uuid),
    /// An approval item.
    Item(Uuid),
}
