//! Supervision orders and what is written to them.

use super::{AT, ONE, Term};

pub(super) const TERM: Term = Term {
    rows: &[
        (
            "supervision_order",
            &[
                ("id", ONE),
                ("obligation_id", ONE),
                ("enterprise_id", ONE),
                ("department_id", ONE),
                ("about_zh", "'x'"),
                ("about_en", "'x'"),
                ("due_on", "'2026-10-08'"),
                ("reason", "'x'"),
                ("ordered_at", AT),
                ("ordered_by", ONE),
                ("reply_by", "'2026-10-20'"),
                ("state", "'ANSWERED'"),
                ("version", "2"),
            ],
        ),
        (
            "supervision_entry",
            &[
                ("id", ONE),
                ("order_id", ONE),
                ("kind", "'REPLY'"),
                ("text", "'x'"),
                ("reply_by", "'2026-10-20'"),
                ("late", "true"),
                ("written_at", AT),
                ("written_by", ONE),
            ],
        ),
    ],
    refused: &[
        ("supervision_order", "state = 'SETTLED'"),
        ("supervision_order", "settled_at = ordered_at"),
        ("supervision_entry", "text = ''"),
        ("supervision_entry", "kind = 'SETTLE'"),
        ("supervision_entry", "kind = 'ASK_AGAIN'"),
    ],
};
