//! Comments.

use super::{AT, ONE, Term};

pub(super) const TERM: Term = Term {
    rows: &[(
        "comment",
        &[
            ("id", ONE),
            ("enterprise_id", ONE),
            ("contract_id", ONE),
            ("obligation_id", ONE),
            ("audience", "'INTERNAL'"),
            ("text", "'x'"),
            ("written_at", AT),
            ("written_by", ONE),
            ("version", "1"),
        ],
    )],
    refused: &[
        ("comment", "project_id = contract_id"),
        ("comment", "text = ''"),
        ("comment", "text = NULL"),
        ("comment", "withdrawn_at = written_at"),
    ],
};
