//! The start page, the own account, and what developers see.

use super::{ALL, Page, bare, plain};

pub(super) fn rows() -> Vec<Page> {
    vec![
        plain("/", ALL),
        plain("/profile", ALL),
        bare("/graphiql", "/graphiql".to_owned(), ALL),
        bare("/console/design", "/console/design".to_owned(), ALL),
    ]
}
