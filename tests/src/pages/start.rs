//! The start page, the own account and notices, and what developers see.

use super::{ALL, Page, bare, file, plain};

pub(super) fn rows() -> Vec<Page> {
    vec![
        plain("/", ALL),
        plain("/profile", ALL),
        plain("/notices", ALL),
        file("/notices/unread", "/notices/unread".to_owned(), ALL),
        bare("/graphiql", "/graphiql".to_owned(), ALL),
        bare("/console/design", "/console/design".to_owned(), ALL),
    ]
}
