//! Applications, whose first rows stand with the cases.

use super::{ONE, Term};

pub(super) const TERM: Term = Term {
    rows: &[
        (
            "application_file",
            &[
                ("application_id", ONE),
                ("material", "'R01/1'"),
                ("document_id", ONE),
                ("place", "1"),
            ],
        ),
        ("application_serial", &[("year", "2026"), ("last", "1")]),
        (
            "receipt_answer",
            &[
                ("application_id", ONE),
                ("item_id", ONE),
                ("promised_by", "'2026-10-09'"),
                ("lawful_by", "'2026-10-09'"),
                ("from_acceptance", "true"),
            ],
        ),
    ],
    refused: &[
        ("application", "number = ''"),
        ("application", "state = 'HALF'"),
        ("application", "channel = 'PIGEON'"),
        ("application", "received_at = NULL"),
        ("application", "version = 0"),
        ("application_field", "key = ''"),
        ("application_field", "source = 'RUMOUR'"),
        ("application_field", "on_record_since = '2026-09-30'"),
        ("application_field", "disputed_for = ''"),
        ("application_field", "disputed_for = 'x'"),
        (
            "application_field",
            "source = 'COMPUTED', on_record_since = '2026-09-30', disputed_for = 'x', on_record = '{}'",
        ),
        ("application_field", "version = 0"),
        ("application_material", "way = 'LATER'"),
        ("application_file", "place = 0"),
        ("application_serial", "last = 0"),
        ("receipt_answer", "promised_by = '2026-10-10'"),
    ],
};
