//! Permits.

use super::{AT, ONE, Term};

pub(super) const TERM: Term = Term {
    rows: &[(
        "permit",
        &[
            ("id", ONE),
            ("enterprise_id", ONE),
            ("kind", "'LICENCE'"),
            ("number", "'x'"),
            ("issuer", "'x'"),
            ("valid_until", "'2027-12-31'"),
            ("apply_by", "'2027-11-01'"),
            ("deadline_id", ONE),
            ("created_at", AT),
            ("version", "1"),
        ],
    )],
    refused: &[
        ("permit", "apply_by = '2028-01-01'"),
        ("permit", "deadline_id = NULL"),
    ],
};
