//! The audit trail.

use entity::viewer::Role::{Admin, Supervisor};

use super::{Page, files, plain};

pub(super) fn rows() -> Vec<Page> {
    let mut pages = vec![plain("/audit", &[Admin, Supervisor])];
    pages.extend(files("/audit.xlsx", "/audit.csv", &[Admin, Supervisor]));
    pages
}
