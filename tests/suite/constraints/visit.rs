//! Visits.

use super::{AT, ONE, Term};

pub(super) const TERM: Term = Term {
    rows: &[(
        "visit",
        &[
            ("id", ONE),
            ("enterprise_id", ONE),
            ("kind", "'ON_SITE'"),
            ("state", "'AGREED'"),
            ("starts_at", AT),
            ("ends_at", AT),
            ("place", "'x'"),
            ("purpose", "'x'"),
            ("recorded_at", AT),
            ("version", "1"),
        ],
    )],
    refused: &[
        ("visit", "state = 'HELD'"),
        ("visit", "state = 'CANCELLED'"),
        ("visit", "ends_at = NULL"),
        ("visit", "purpose = NULL, ends_at = NULL"),
        ("visit", "summary = 'x'"),
    ],
};
