//! Projects.

use super::{AT, ONE, Term};

pub(super) const TERM: Term = Term {
    rows: &[
        (
            "project",
            &[
                ("id", ONE),
                ("contract_id", ONE),
                ("enterprise_id", ONE),
                ("name", "'x'"),
                ("state", "'ACTIVE'"),
                ("created_at", AT),
                ("version", "1"),
            ],
        ),
        (
            "project_stage",
            &[
                ("id", ONE),
                ("project_id", ONE),
                ("number", "1"),
                ("version", "1"),
            ],
        ),
        (
            "project_requirement",
            &[
                ("id", ONE),
                ("project_id", ONE),
                ("code", "'x'"),
                ("outcome", "'NOT_APPLICABLE'"),
                ("reason", "'x'"),
                ("recorded_at", AT),
            ],
        ),
        (
            "milestone",
            &[
                ("id", ONE),
                ("project_id", ONE),
                ("enterprise_id", ONE),
                ("position", "1"),
                ("name", "'x'"),
                ("weight", "1"),
                ("version", "1"),
            ],
        ),
        (
            "progress_report",
            &[
                ("id", ONE),
                ("project_id", ONE),
                ("reported_on", "'2026-09-30'"),
                ("percent", "1"),
                ("note", "'x'"),
                ("reported_at", AT),
            ],
        ),
    ],
    refused: &[
        ("project", "state = 'DROPPED'"),
        (
            "project",
            "is_planned = true, behind_from = '2026-10-01', far_behind_from = '2026-09-30'",
        ),
        (
            "project",
            "is_planned = true, far_behind_from = '2026-09-30'",
        ),
        ("project", "is_planned = false, behind_from = '2026-10-01'"),
        (
            "project",
            "state = 'DROPPED', state_reason = 'x', silent_from = '2026-10-01'",
        ),
        ("project_stage", "number = 11"),
        (
            "project_stage",
            "entered_on = '2026-09-30', left_on = '2026-09-29'",
        ),
        ("project_requirement", "outcome = 'MET'"),
        ("project_requirement", "reason = NULL"),
        ("milestone", "weight = 0"),
        ("milestone", "baseline_on = '2026-09-30'"),
        ("progress_report", "percent = 101"),
    ],
};
