//! Reports.

use super::{AT, ONE, Term};

pub(super) const TERM: Term = Term {
    rows: &[
        (
            "report",
            &[
                ("id", ONE),
                ("key", "'x'"),
                ("kind", "'WEEKLY_BRIEF'"),
                ("period", "'2026-W41'"),
                ("from_on", "'2026-09-28'"),
                ("to_on", "'2026-10-07'"),
                ("moment", AT),
                ("compiled_at", AT),
                ("calendar_version", "'2026.1'"),
                ("program_version", "'0.1.0'"),
                ("fingerprint", "'x'"),
            ],
        ),
        (
            "report_facts",
            &[("report_id", ONE), ("summary", "'{}'"), ("facts", "'{}'")],
        ),
        (
            "report_file",
            &[
                ("id", ONE),
                ("report_id", ONE),
                ("format", "'XLSX'"),
                ("language", "'en'"),
                ("name", "'x'"),
                ("size", "1"),
                ("sha256", "'x'"),
                ("bytes", "''"),
            ],
        ),
    ],
    refused: &[
        ("report", "from_on = '2026-10-08'"),
        ("report", "kind = 'ENTERPRISE_PROGRESS'"),
        ("report_file", "size = 0"),
    ],
};
