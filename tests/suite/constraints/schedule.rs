//! Jobs, and the program itself.

use super::{AT, ONE, Term};

pub(super) const TERM: Term = Term {
    rows: &[(
        "job_run",
        &[
            ("id", ONE),
            ("job", "'x'"),
            ("nominal_at", AT),
            ("cause", "'CLOCK'"),
            ("state", "'SUCCEEDED'"),
            ("attempt", "1"),
            ("started_at", AT),
            ("finished_at", AT),
            ("due", "0"),
            ("done", "0"),
            ("skipped", "0"),
            ("failed", "0"),
            ("failures", "0"),
            ("letters", "0"),
        ],
    )],
    refused: &[
        ("write_probe", "id = 2"),
        ("oldest_program", "id = 2"),
        ("job_run", "attempt = 0"),
        ("job_run", "state = 'SKIPPED'"),
        ("job_run", "skipped_because = 'OVERLAP'"),
    ],
};
