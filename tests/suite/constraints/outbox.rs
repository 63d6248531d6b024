//! Letters, and what their readers wish.

use super::{AT, ONE, THREE, Term};

pub(super) const TERM: Term = Term {
    rows: &[
        (
            "letter",
            &[
                ("id", ONE),
                ("key", "'x'"),
                ("kind", "'x'"),
                ("class", "'MUST_NOT_MISS'"),
                ("recipient_id", ONE),
                ("facts", "'{}'"),
                ("created_at", AT),
                ("not_before", AT),
                ("state", "'PENDING'"),
                ("attempts", "0"),
                ("resends", "0"),
                ("next_attempt_at", AT),
                ("message_id", "'x'"),
                ("version", "1"),
            ],
        ),
        (
            "absence",
            &[
                ("id", ONE),
                ("account_id", ONE),
                ("deputy_id", THREE),
                ("from_on", "'2026-10-08'"),
                ("until_on", "'2026-10-09'"),
                ("state", "'CURRENT'"),
                ("recorded_at", AT),
                ("version", "1"),
            ],
        ),
        (
            "feed",
            &[
                ("id", ONE),
                ("account_id", ONE),
                ("name", "'x'"),
                ("secret_hash", "'x'"),
                ("created_at", AT),
            ],
        ),
        (
            "preference",
            &[
                ("account_id", ONE),
                ("weekdays", "127"),
                ("switched_off", "'[]'"),
                ("version", "1"),
            ],
        ),
        (
            "notice",
            &[
                ("id", ONE),
                ("key", "'x'"),
                ("recipient_id", ONE),
                ("kind", "'x'"),
                ("title_zh", "'x'"),
                ("title_en", "'x'"),
                ("created_at", AT),
                ("letter_id", ONE),
                ("waits_for_digest", "false"),
            ],
        ),
        (
            "letter_attempt",
            &[
                ("id", ONE),
                ("letter_id", ONE),
                ("number", "1"),
                ("started_at", AT),
                ("phase", "'MAIL'"),
                ("holder", "'x'"),
            ],
        ),
        (
            "letter_attachment",
            &[
                ("letter_id", ONE),
                ("position", "1"),
                ("name", "'x'"),
                ("content_type", "'x'"),
                ("bytes", "''"),
            ],
        ),
        (
            "suppressed_address",
            &[
                ("address", "'one@park.example'"),
                ("since", AT),
                ("refused_at", AT),
                ("refusals", "1"),
                ("letter_id", ONE),
                ("reason", "'x'"),
            ],
        ),
        (
            "warning",
            &[
                ("id", ONE),
                ("subject_kind", "'OBLIGATION'"),
                ("subject_id", ONE),
                ("threshold", "'x'"),
                ("recipient_id", ONE),
                ("superseded", "false"),
                ("recorded_at", AT),
            ],
        ),
    ],
    refused: &[
        ("letter", "resends = 2"),
        ("absence", "deputy_id = account_id"),
        ("absence", "until_on = '2026-10-07'"),
        ("absence", "state = 'ENDED'"),
        ("preference", "weekdays = 0"),
        ("preference", "from_hour = 8"),
        ("preference", "from_hour = 18, until_hour = 8"),
        ("notice", "waits_for_digest = true"),
        ("letter_attachment", "position = 0"),
        ("mail_state", "id = 2"),
        ("mail_state", "hold = 'PERSON'"),
        ("suppressed_address", "refusals = 0"),
        ("warning", "subject_kind = ''"),
    ],
};
