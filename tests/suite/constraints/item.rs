//! The catalogue of approval items, and what projects need of it.

use super::{AT, ONE, Term};

pub(super) const TERM: Term = Term {
    rows: &[
        (
            "catalogue_edition",
            &[
                ("id", ONE),
                ("number", "1"),
                ("content", "'{}'"),
                ("sha256", "'x'"),
                ("example", "true"),
                ("imported_at", AT),
            ],
        ),
        (
            "item",
            &[
                ("id", ONE),
                ("code", "'R01'"),
                ("place", "1"),
                ("department_id", ONE),
                ("name_zh", "'x'"),
                ("name_en", "'x'"),
                ("status", "'ACTIVE'"),
                ("version", "1"),
            ],
        ),
        (
            "item_version",
            &[
                ("id", ONE),
                ("item_id", ONE),
                ("number", "1"),
                ("state", "'PROPOSED'"),
                ("content", "'{}'"),
                ("sha256", "'x'"),
                ("silence", "'T0'"),
                ("promised_days", "3"),
                ("material_count", "3"),
                ("valid_from", "'2026-10-12'"),
                ("proposed_by", ONE),
                ("proposed_at", AT),
            ],
        ),
        (
            "project_needs",
            &[
                ("project_id", ONE),
                ("edition_id", ONE),
                ("answers", "'{}'"),
                ("answered_at", AT),
                ("version", "1"),
            ],
        ),
    ],
    refused: &[
        ("catalogue_edition", "number = 0"),
        ("item", "name_zh = ''"),
        ("item_version", "number = 0"),
        ("item_version", "state = 'DRAFT'"),
        ("item_version", "state = 'PUBLISHED'"),
        ("item_version", "valid_from = NULL"),
        ("item_version", "valid_to = '2026-10-13'"),
        ("item_version", "published_at = proposed_at"),
        (
            "item_version",
            "state = 'PUBLISHED', published_at = proposed_at, silence = NULL",
        ),
        (
            "item_version",
            "state = 'PUBLISHED', published_at = proposed_at, promised_days = NULL",
        ),
        ("item_version", "state = 'RETIRED', valid_to = '2026-10-13'"),
        ("item_version", "retired_for_zh = 'x'"),
        ("item_version", "successor = 'R01'"),
        ("item_version", "material_count = -1"),
        ("item_version", "published_by = proposed_by"),
        ("item_version", "confirmed_at = proposed_at"),
        ("item_version", "awaits_leader = true, state = 'RETIRED'"),
        ("project_needs", "version = 0"),
    ],
};
