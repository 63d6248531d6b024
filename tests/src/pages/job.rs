//! Jobs and their runs.

use super::{ADMIN, OPERATIONS, Page, files, page, plain, verbs};

pub(super) fn rows() -> Vec<Page> {
    let mut pages = vec![
        plain("/jobs", OPERATIONS),
        page(
            "/jobs/{name}",
            "/jobs/deadline_warnings".to_owned(),
            OPERATIONS,
        ),
        plain("/runs", OPERATIONS),
    ];
    pages.extend(verbs(
        "/jobs/{name}/{verb}",
        "/jobs/deadline_warnings",
        &["pause", "run"],
        ADMIN,
    ));
    pages.extend(files("/runs.xlsx", "/runs.csv", OPERATIONS));
    pages
}
