//! Stored files.

use super::{AT, ONE, Term};

pub(super) const TERM: Term = Term {
    rows: &[(
        "document",
        &[
            ("id", ONE),
            ("name", "'x.pdf'"),
            ("content_type", "'application/pdf'"),
            ("size", "1"),
            ("sha256", "'x'"),
            ("internal", "false"),
            ("uploaded_at", AT),
        ],
    )],
    refused: &[("document", "size = 0")],
};
