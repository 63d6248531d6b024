//! Time limits.

use super::{ONE, Term};

pub(super) const TERM: Term = Term {
    rows: &[
        (
            "deadline",
            &[
                ("id", ONE),
                ("legal_effect", "'PROMISED'"),
                ("on_expiry", "'WARN'"),
                ("unit", "'WORKING_DAY'"),
                ("limit_days", "5"),
                ("extension_days", "0"),
                ("started_on", "'2026-09-01'"),
                ("consumed_days", "0"),
                ("running_since", "'2026-09-01'"),
                ("state", "'RUNNING'"),
                ("due_on", "'2026-09-08'"),
                ("provisional", "false"),
                ("yellow_from", "'2026-09-04'"),
                ("orange_from", "'2026-09-07'"),
                ("red_from", "'2026-09-09'"),
                ("version", "1"),
            ],
        ),
        (
            "deadline_pause",
            &[
                ("id", ONE),
                ("deadline_id", ONE),
                ("kind", "'HEARING'"),
                ("reason", "'x'"),
                ("document_id", ONE),
                ("started_on", "'2026-09-02'"),
            ],
        ),
    ],
    refused: &[
        ("deadline", "state = 'PAUSED'"),
        ("deadline", "state = 'MET', running_since = NULL"),
        ("deadline", "closed_on = '2026-09-08'"),
        ("deadline", "extension_days = 3"),
        ("deadline", "limit_days = -1"),
        ("deadline", "reckoning = 'TERM'"),
        ("deadline", "consumed_days = -1"),
        ("deadline", "extension_limit = -1"),
        ("deadline", "red_from = NULL"),
        ("deadline", "yellow_from = '2026-09-08'"),
        ("deadline", "orange_from = '2026-09-10'"),
        ("deadline", "black_from = '2026-09-09'"),
        (
            "deadline",
            "legal_effect = 'STATUTORY', black_from = '2026-09-08'",
        ),
        (
            "deadline",
            "state = 'MET', running_since = NULL, closed_on = '2026-09-08'",
        ),
        ("deadline_pause", "ended_on = '2026-09-01'"),
        ("deadline_pause", "expected_end_on = '2026-09-01'"),
    ],
};
