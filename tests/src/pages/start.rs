//! The start page, the search, the own account and notices, and what developers see.

use super::{ALL, Page, bare, file, page, plain};

pub(super) fn rows() -> Vec<Page> {
    vec![
        plain("/", ALL),
        // All enterprises are called so (示例).
        page("/search", "/search?text=%E7%A4%BA%E4%BE%8B".to_owned(), ALL),
        plain("/profile", ALL),
        plain("/saved-filters", ALL),
        plain("/notices", ALL),
        file("/notices/unread", "/notices/unread".to_owned(), ALL),
        bare("/graphiql", "/graphiql".to_owned(), ALL),
        bare("/console/design", "/console/design".to_owned(), ALL),
    ]
}
