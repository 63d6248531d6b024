//! People: departments, enterprises, accounts, and who looks after whom.

use super::{AT, ONE, THREE, Term};

pub(super) const TERM: Term = Term {
    rows: &[
        (
            "department",
            &[
                ("id", ONE),
                ("number", "99"),
                ("name_zh", "'示例部门'"),
                ("name_en", "'Example'"),
                ("counterpart_zh", "'示例局'"),
                ("windows", "0"),
                ("version", "1"),
            ],
        ),
        (
            "enterprise",
            &[
                ("id", ONE),
                ("credit_code", "'91310000MA1FL00017'"),
                ("name_zh", "'示例企业'"),
                ("industry", "'示例'"),
                ("created_at", AT),
                ("version", "1"),
            ],
        ),
        (
            "account",
            &[
                ("id", ONE),
                ("login", "'one@park.example'"),
                ("name", "'人员 01'"),
                ("role", "'CENTRE'"),
                ("language", "'en'"),
                ("demonstration", "false"),
                ("created_at", AT),
                ("version", "1"),
            ],
        ),
        (
            "account",
            &[
                ("id", THREE),
                ("login", "'three@park.example'"),
                ("name", "'人员 03'"),
                ("role", "'CENTRE'"),
                ("language", "'en'"),
                ("demonstration", "false"),
                ("created_at", AT),
                ("version", "1"),
            ],
        ),
        (
            "account_link",
            &[
                ("id", ONE),
                ("account_id", ONE),
                ("purpose", "'PASSWORD'"),
                ("secret_hash", "'x'"),
                ("created_at", AT),
                ("expires_at", AT),
            ],
        ),
        (
            "account_promotion",
            &[
                ("account_id", ONE),
                ("role", "'LEADER'"),
                ("asked_by", THREE),
                ("asked_at", AT),
            ],
        ),
        (
            "session",
            &[
                ("id", ONE),
                ("account_id", ONE),
                ("kind", "'TOKEN'"),
                ("name", "'x'"),
                ("secret_hash", "'x'"),
                ("created_at", AT),
                ("last_seen_at", AT),
                ("expires_at", AT),
            ],
        ),
        (
            "login_throttle",
            &[
                ("subject", "'x'"),
                ("window_started_at", AT),
                ("attempts", "0"),
                ("failures", "0"),
            ],
        ),
        (
            "liaison",
            &[
                ("id", ONE),
                ("enterprise_id", ONE),
                ("account_id", ONE),
                ("state", "'ACTIVE'"),
                ("started_on", "'2026-01-05'"),
                ("version", "1"),
            ],
        ),
        (
            "saved_filter",
            &[
                ("id", ONE),
                ("account_id", ONE),
                ("list", "'OBLIGATIONS'"),
                ("name", "'x'"),
                ("query", "'state=OPEN'"),
                ("created_at", AT),
            ],
        ),
    ],
    refused: &[
        ("account", "role = 'ENTERPRISE'"),
        ("account", "role = 'DEPARTMENT_HEAD'"),
        ("account", "login = 'One@park.example'"),
        ("account", "telephone = '1'"),
        ("enterprise", "credit_code = '1'"),
        ("liaison", "deputy_id = account_id"),
        ("liaison", "state = 'ENDED'"),
        ("liaison", "state = 'PROPOSED'"),
        ("liaison", "state = 'ENDED', ended_on = '2026-01-04'"),
        ("saved_filter", "name = ''"),
        ("saved_filter", "query = ''"),
    ],
};
