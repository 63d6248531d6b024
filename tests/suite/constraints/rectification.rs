//! Ratings and rectifications.

use super::{AT, ONE, Term};

pub(super) const TERM: Term = Term {
    rows: &[
        (
            "rating",
            &[
                ("id", ONE),
                ("obligation_id", ONE),
                ("enterprise_id", ONE),
                ("department_id", ONE),
                ("round", "0"),
                ("level", "'DISSATISFIED'"),
                ("causes", "'[]'"),
                ("rated_at", AT),
            ],
        ),
        (
            "rectification",
            &[
                ("id", ONE),
                ("obligation_id", ONE),
                ("enterprise_id", ONE),
                ("department_id", ONE),
                ("about_zh", "'x'"),
                ("about_en", "'x'"),
                ("state", "'APPEALED'"),
                ("reopened", "false"),
                ("contact_deadline_id", ONE),
                ("reply_deadline_id", ONE),
                ("verification", "'MISTAKEN'"),
                ("finding", "'x'"),
                ("appeal", "'x'"),
                ("exclude", "true"),
                ("opinion", "'x'"),
                ("proposed_by", ONE),
                ("opened_at", AT),
                ("version", "1"),
            ],
        ),
    ],
    refused: &[
        ("rating", "round = 3"),
        ("rating", "level = 'UNKNOWN'"),
        (
            "rectification",
            "obligation_id = NULL, enterprise_id = NULL",
        ),
        ("rectification", "enterprise_id = NULL"),
        ("rectification", "finding = NULL"),
        ("rectification", "plan = 'x'"),
        ("rectification", "opinion = NULL"),
        ("rectification", "decided_by = proposed_by"),
        ("rectification", "state = 'CLOSED'"),
        ("rectification", "excluded = true"),
        ("rectification", "settlement = 'x'"),
        ("rectification", "state = 'SETTLED', ended_at = opened_at"),
        (
            "rectification",
            "state = 'SUPERVISED', ended_at = opened_at",
        ),
        (
            "rectification",
            "state = 'EXCLUDED', ended_at = opened_at, excluded = false",
        ),
        ("rectification", "ended_at = opened_at"),
    ],
};
