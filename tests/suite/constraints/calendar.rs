//! The working-day calendar.

use super::{AT, ONE, Term};

pub(super) const TERM: Term = Term {
    rows: &[
        (
            "calendar_import",
            &[
                ("id", ONE),
                ("notice_year", "2099"),
                ("revision", "1"),
                ("source", "'x'"),
                ("sha256", "'x'"),
                ("imported_at", AT),
            ],
        ),
        (
            "calendar_day",
            &[
                ("import_id", ONE),
                ("day", "'2099-01-01'"),
                ("kind", "'HOLIDAY'"),
                ("name_zh", "'元旦'"),
                ("name_en", "'New Year'"),
            ],
        ),
    ],
    refused: &[("calendar_import", "revision = 0")],
};
