//! What silence has brought about in cases.

use super::{AT, ONE, Term};

pub(super) const TERM: Term = Term {
    rows: &[(
        "silent_decision",
        &[
            ("id", ONE),
            ("case_id", ONE),
            ("act", "'GRANTED'"),
            ("silence", "'T2'"),
            ("last_day", "'2026-10-20'"),
            ("effective_on", "'2026-10-21'"),
            ("article", "'x'"),
            ("warned_on", "'2026-10-09'"),
            ("at", AT),
            ("run", "'x'"),
        ],
    )],
    refused: &[
        ("silent_decision", "silence = 'T0'"),
        ("silent_decision", "silence = 'T5'"),
        ("silent_decision", "act = 'PENDING'"),
        (
            "silent_decision",
            "act = 'PENDING', silence = 'T5', warned_on = NULL",
        ),
        ("silent_decision", "effective_on = last_day"),
        ("silent_decision", "article = ''"),
        ("silent_decision", "run = ''"),
    ],
};
