//! Stored files, and which of them an act has.

use super::{AT, ONE, Term};

pub(super) const TERM: Term = Term {
    rows: &[
        (
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
        ),
        (
            "attachment",
            &[("subject_id", ONE), ("place", "1"), ("document_id", ONE)],
        ),
    ],
    refused: &[
        ("document", "size = 0"),
        ("attachment", "place = 0"),
        ("attachment", "place = 11"),
    ],
};
