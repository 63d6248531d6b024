//! Contracts, and what they promise.

use super::{AT, ONE, Term};

pub(super) const TERM: Term = Term {
    rows: &[
        (
            "contract",
            &[
                ("id", ONE),
                ("number", "'QY-2026-901'"),
                ("enterprise_id", ONE),
                ("origin", "'PAPER'"),
                ("state", "'ACTIVE'"),
                ("park_party", "'x'"),
                ("starts_on", "'2026-01-01'"),
                ("ends_on", "'2026-12-31'"),
                ("signed_on", "'2026-01-01'"),
                ("created_at", AT),
                ("version", "1"),
            ],
        ),
        (
            "contract_clause",
            &[
                ("id", ONE),
                ("contract_id", ONE),
                ("number", "1"),
                ("revision", "1"),
                ("title", "'x'"),
                ("body", "'x'"),
            ],
        ),
        (
            "commitment",
            &[
                ("id", ONE),
                ("contract_id", ONE),
                ("clause_id", ONE),
                ("number", "1"),
                ("kind", "'ONCE'"),
                ("text_zh", "'x'"),
                ("text_en", "'x'"),
                ("start_event", "'x'"),
                ("limit_days", "5"),
                ("unit", "'WORKING_DAY'"),
                ("legal_effect", "'PROMISED'"),
                ("owner", "'CENTRE'"),
                ("evidence_kind", "'x'"),
                ("version", "1"),
            ],
        ),
        (
            "obligation",
            &[
                ("id", ONE),
                ("commitment_id", ONE),
                ("contract_id", ONE),
                ("enterprise_id", ONE),
                ("deadline_id", ONE),
                ("occasion", "'x'"),
                ("state", "'OPEN'"),
                ("opened_at", AT),
                ("version", "1"),
            ],
        ),
    ],
    refused: &[
        ("contract", "ends_on = '2025-12-31'"),
        ("contract", "signed_on = NULL"),
        ("contract", "state = 'SUSPENDED'"),
        ("contract", "state = 'TERMINATED'"),
        ("contract_clause", "number = 0"),
        ("commitment", "kind = 'RECURRING'"),
        ("commitment", "recurrence = 'MONTH'"),
        ("commitment", "owner = 'DEPARTMENT'"),
        ("commitment", "legal_effect = 'STATUTORY'"),
        ("commitment", "extension_days = 10"),
        ("obligation", "state = 'FULFILLED'"),
        ("obligation", "backdating_reason = 'x'"),
        ("obligation", "state = 'MISSED', closed_at = opened_at"),
    ],
};
