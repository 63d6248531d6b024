//! Who reads news, and what they are about.

use uuid::Uuid;

use crate::viewer::Role;

/// Whether this role reads news: those who see an enterprise with everything that belongs to it.
pub fn reads(role: Role) -> bool {
    matches!(
        role,
        Role::Centre | Role::Leader | Role::Supervisor | Role::Liaison
    )
}

/// The thing that has changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    /// A milestone.
    Milestone(Uuid),
    /// An obligation: its time limit, or that its department has to answer.
    Obligation(Uuid),
    /// A contract.
    Contract(Uuid),
    /// A visit.
    Visit(Uuid),
}
