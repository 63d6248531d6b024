//! What the tables themselves refuse and guarantee, whoever writes to them.

use std::collections::{BTreeMap, BTreeSet};

use sea_orm::{ConnectionTrait, DatabaseConnection, DbErr, SqlErr, Statement, TransactionTrait};
use tests::{
    Backend, Park,
    database::Database,
    dump::{number, table_names, texts},
    stories, story,
};

/// The id of the one row in each table; the last digits tell tables apart in messages only.
const ONE: &str = "'01890000-0000-7000-8000-000000000001'";
const TWO: &str = "'01890000-0000-7000-8000-000000000002'";
const THREE: &str = "'01890000-0000-7000-8000-000000000003'";
const AT: &str = "'2026-09-30 00:00:00.000000 +00:00'";

/// One right row in each table that has a CHECK, parents first.
const ROWS: &[(&str, &[(&str, &str)])] = &[
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
        "document",
        &[
            ("id", ONE),
            ("name", "'x.pdf'"),
            ("content_type", "'application/pdf'"),
            ("size", "1"),
            ("sha256", "'x'"),
            ("internal", "false"),
            ("uploaded_at", AT),
        ],
    ),
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
            ("end_deadline_id", ONE),
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
        "permit",
        &[
            ("id", ONE),
            ("enterprise_id", ONE),
            ("kind", "'LICENCE'"),
            ("number", "'x'"),
            ("issuer", "'x'"),
            ("valid_until", "'2027-12-31'"),
            ("apply_by", "'2027-11-01'"),
            ("deadline_id", ONE),
            ("created_at", AT),
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
        "visit",
        &[
            ("id", ONE),
            ("enterprise_id", ONE),
            ("kind", "'ON_SITE'"),
            ("state", "'AGREED'"),
            ("starts_at", AT),
            ("ends_at", AT),
            ("place", "'x'"),
            ("purpose", "'x'"),
            ("recorded_at", AT),
            ("version", "1"),
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
            ("facts", "'{}'"),
            ("fingerprint", "'x'"),
        ],
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
    (
        "job_run",
        &[
            ("id", ONE),
            ("job", "'x'"),
            ("nominal_at", AT),
            ("cause", "'CLOCK'"),
            ("state", "'SUCCEEDED'"),
            ("attempt", "1"),
            ("started_at", AT),
            ("finished_at", AT),
            ("due", "0"),
            ("done", "0"),
            ("skipped", "0"),
            ("failed", "0"),
            ("failures", "0"),
            ("letters", "0"),
        ],
    ),
    (
        "evaluation_design",
        &[
            ("id", ONE),
            ("version", "1"),
            ("wording", "'{}'"),
            ("parameters", "'{}'"),
            ("reason", "'x'"),
            ("adopted_at", AT),
        ],
    ),
    (
        "evaluation",
        &[
            ("id", ONE),
            ("quarter", "'2026-Q3'"),
            ("from_on", "'2026-07-01'"),
            ("to_on", "'2026-09-30'"),
            ("state", "'OPEN'"),
            ("design_id", ONE),
            ("departments", "'[]'"),
            ("compiled_on", "'2026-09-30'"),
            ("opens_on", "'2026-10-08'"),
            ("first_reminder_on", "'2026-10-13'"),
            ("second_reminder_on", "'2026-10-19'"),
            ("closes_on", "'2026-10-20'"),
            ("score_on", "'2026-10-23'"),
            ("objections_until", "'2026-10-30'"),
            ("approve_by", "'2026-11-03'"),
            ("reminders", "0"),
            ("invited", "20"),
            ("answered", "6"),
            ("unnamed", "6"),
            ("uncounted", "0"),
            ("version", "1"),
        ],
    ),
    (
        "evaluation_form",
        &[
            ("id", ONE),
            ("evaluation_id", ONE),
            ("enterprise_id", ONE),
            ("contracted", "true"),
            ("departments", "'[]'"),
            ("facts", "'{}'"),
            ("confidentiality", "'NAMED'"),
            ("submitted", "false"),
        ],
    ),
    (
        "evaluation_response",
        &[
            ("id", ONE),
            ("evaluation_id", ONE),
            ("form_id", ONE),
            ("enterprise_id", ONE),
            ("confidentiality", "'NAMED'"),
            ("answers", "'{}'"),
            ("submitted", "false"),
            ("version", "1"),
        ],
    ),
    (
        "evaluation_sheet",
        &[
            ("id", ONE),
            ("evaluation_id", ONE),
            ("form_id", ONE),
            ("code_hash", "'x'"),
            ("state", "'DIFFERENT'"),
            ("first", "'{}'"),
            ("first_by", ONE),
            ("second", "'{}'"),
            ("second_by", THREE),
            ("version", "1"),
        ],
    ),
    (
        "evaluation_part",
        &[
            ("id", ONE),
            ("evaluation_id", ONE),
            ("kind", "'DEPARTMENT'"),
            ("department_id", ONE),
            ("content", "'{}'"),
        ],
    ),
    (
        "evaluation_sealed",
        &[("id", ONE), ("evaluation_id", ONE), ("content", "'x'")],
    ),
    (
        "evaluation_result",
        &[
            ("evaluation_id", ONE),
            ("revision", "1"),
            ("figures", "'{}'"),
            ("fingerprint", "'x'"),
            ("made_at", AT),
        ],
    ),
    (
        "evaluation_objection",
        &[
            ("id", ONE),
            ("evaluation_id", ONE),
            ("department_id", ONE),
            ("state", "'DISMISSED'"),
            ("reason", "'x'"),
            ("raised_by", ONE),
            ("raised_at", AT),
            ("excluded", "'[]'"),
            ("proposed_by", ONE),
            ("proposed_at", AT),
            ("decided_by", THREE),
            ("decided_at", AT),
            ("version", "1"),
        ],
    ),
    (
        "rating",
        &[
            ("id", ONE),
            ("obligation_id", ONE),
            ("enterprise_id", ONE),
            ("department_id", ONE),
            ("round", "0"),
            ("level", "'DISSATISFIED'"),
            ("causes", "'[]'"),
            ("rated_at", AT),
        ],
    ),
    (
        "rectification",
        &[
            ("id", ONE),
            ("obligation_id", ONE),
            ("enterprise_id", ONE),
            ("department_id", ONE),
            ("about_zh", "'x'"),
            ("about_en", "'x'"),
            ("state", "'APPEALED'"),
            ("reopened", "false"),
            ("contact_deadline_id", ONE),
            ("reply_deadline_id", ONE),
            ("verification", "'MISTAKEN'"),
            ("finding", "'x'"),
            ("appeal", "'x'"),
            ("exclude", "true"),
            ("opinion", "'x'"),
            ("proposed_by", ONE),
            ("opened_at", AT),
            ("version", "1"),
        ],
    ),
];

/// Changes of the rows above that no program may make.
const REFUSED: &[(&str, &str)] = &[
    ("account", "role = 'ENTERPRISE'"),
    ("account", "role = 'DEPARTMENT_HEAD'"),
    ("account", "login = 'One@park.example'"),
    ("permit", "apply_by = '2028-01-01'"),
    ("permit", "deadline_id = NULL"),
    ("rating", "round = 3"),
    ("rating", "level = 'UNKNOWN'"),
    (
        "rectification",
        "obligation_id = NULL, enterprise_id = NULL",
    ),
    ("rectification", "enterprise_id = NULL"),
    ("rectification", "finding = NULL"),
    ("rectification", "plan = 'x'"),
    ("rectification", "opinion = NULL"),
    ("rectification", "decided_by = proposed_by"),
    ("rectification", "state = 'CLOSED'"),
    ("rectification", "excluded = true"),
    ("rectification", "settlement = 'x'"),
    ("rectification", "state = 'SETTLED', ended_at = opened_at"),
    (
        "rectification",
        "state = 'SUPERVISED', ended_at = opened_at",
    ),
    (
        "rectification",
        "state = 'EXCLUDED', ended_at = opened_at, excluded = false",
    ),
    ("rectification", "ended_at = opened_at"),
    ("enterprise", "credit_code = '1'"),
    ("liaison", "deputy_id = account_id"),
    ("liaison", "state = 'ENDED'"),
    ("liaison", "state = 'PROPOSED'"),
    ("liaison", "state = 'ENDED', ended_on = '2026-01-04'"),
    ("document", "size = 0"),
    ("calendar_import", "revision = 0"),
    ("deadline", "state = 'PAUSED'"),
    ("deadline", "state = 'MET', running_since = NULL"),
    ("deadline", "closed_on = '2026-09-08'"),
    ("deadline", "extension_days = 3"),
    ("deadline", "limit_days = -1"),
    ("deadline", "reckoning = 'UNKNOWN'"),
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
    ("contract", "ends_on = '2025-12-31'"),
    ("contract", "signed_on = NULL"),
    ("contract", "end_deadline_id = NULL"),
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
    ("project", "state = 'DROPPED'"),
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
    ("letter", "resends = 2"),
    ("absence", "deputy_id = account_id"),
    ("absence", "until_on = '2026-10-07'"),
    ("absence", "state = 'ENDED'"),
    ("preference", "weekdays = 0"),
    ("preference", "from_hour = 8"),
    ("preference", "from_hour = 18, until_hour = 8"),
    ("notice", "waits_for_digest = true"),
    ("visit", "state = 'HELD'"),
    ("visit", "state = 'CANCELLED'"),
    ("visit", "ends_at = NULL"),
    ("visit", "purpose = NULL, ends_at = NULL"),
    ("visit", "summary = 'x'"),
    ("letter_attachment", "position = 0"),
    ("report", "from_on = '2026-10-08'"),
    ("report", "kind = 'ENTERPRISE_PROGRESS'"),
    ("report_file", "size = 0"),
    ("mail_state", "id = 2"),
    ("mail_state", "hold = 'PERSON'"),
    ("write_probe", "id = 2"),
    ("oldest_program", "id = 2"),
    ("suppressed_address", "refusals = 0"),
    ("evaluation", "closes_on = opens_on"),
    ("evaluation", "state = 'APPROVED'"),
    ("evaluation", "answered = 21"),
    ("evaluation_response", "confidentiality = 'UNNAMED'"),
    ("evaluation_sheet", "second_by = first_by"),
    ("evaluation_sheet", "state = 'ISSUED'"),
    ("evaluation_sheet", "second = NULL"),
    ("evaluation_part", "kind = 'WISH'"),
    ("evaluation_result", "revision = 0"),
    ("evaluation_objection", "decided_by = proposed_by"),
    ("evaluation_objection", "state = 'RAISED'"),
    ("warning", "subject_kind = ''"),
    ("job_run", "attempt = 0"),
    ("job_run", "state = 'SKIPPED'"),
    ("job_run", "skipped_because = 'OVERLAP'"),
];

fn insert(table: &str, row: &[(&str, &str)]) -> String {
    let (columns, values): (Vec<_>, Vec<_>) = row.iter().copied().unzip();
    format!(
        "INSERT INTO {table} ({}) VALUES ({})",
        columns.join(", "),
        values.join(", ")
    )
}

/// The row of `table`, with some columns changed or added.
fn like<'a>(table: &str, changes: &[(&'a str, &'a str)]) -> String {
    let (_, row) = ROWS.iter().find(|(name, _)| *name == table).expect(table);
    let mut row = row
        .iter()
        .copied()
        .filter(|(column, _)| changes.iter().all(|(changed, _)| changed != column))
        .collect::<Vec<_>>();
    row.extend(changes);
    insert(table, &row)
}

async fn fill(db: &DatabaseConnection) {
    for (table, row) in ROWS {
        let sql = insert(table, row);
        if let Err(error) = db.execute_unprepared(&sql).await {
            panic!("{sql}: {error}");
        }
    }
}

async fn refusal(db: &DatabaseConnection, sql: &str) -> DbErr {
    match db.execute_unprepared(sql).await {
        Ok(_) => panic!("the database took it: {sql}"),
        Err(error) => error,
    }
}

async fn assert_check(db: &DatabaseConnection, sql: &str) {
    let error = refusal(db, sql).await.to_string();
    assert!(
        error.to_lowercase().contains("check constraint"),
        "{sql}: {error}"
    );
}

/// Every `column … CHECK (column IN (…))` of the migrations.
fn listed_columns() -> Vec<(String, String)> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../migration/src");
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).expect("the migrations").flatten() {
        if entry
            .path()
            .extension()
            .is_none_or(|ending| ending != "sql")
        {
            continue;
        }
        let mut table = String::new();
        for line in std::fs::read_to_string(entry.path())
            .expect("a script")
            .lines()
        {
            if let Some(rest) = line.strip_prefix("CREATE TABLE ") {
                table = rest.trim_end_matches(" (").to_owned();
            }
            let column = line.split_whitespace().next().unwrap_or_default();
            // What warnings are about the program lists since.
            let is_freed = table == "warning" && column == "subject_kind";
            if !is_freed && line.contains(&format!("CHECK ({column} IN (")) {
                found.push((table.clone(), column.to_owned()));
            }
        }
    }
    found
}

stories! {
    async fn a_state_outside_its_list_is_refused(park: Park) {
        fill(park.db()).await;
        let columns = listed_columns();
        assert!(columns.len() > 20, "{columns:?}");
        for (table, column) in columns {
            assert!(
                number(park.db(), &format!("SELECT count(*) FROM {table}")).await > 0,
                "no right row for {table}"
            );
            assert_check(park.db(), &format!("UPDATE {table} SET {column} = 'X'")).await;
        }
    }

    async fn a_row_that_contradicts_itself_is_refused(park: Park) {
        fill(park.db()).await;
        let before = park.dump().await;
        for (table, change) in REFUSED {
            assert_check(park.db(), &format!("UPDATE {table} SET {change}")).await;
        }
        before.assert_same(&park.dump().await);
    }

    async fn a_reference_to_nothing_is_refused(park: Park) {
        fill(park.db()).await;
        for (sql, what) in [
            (like("liaison", &[("id", TWO), ("account_id", TWO), ("state", "'PROPOSED'"), ("started_on", "NULL")]), "account"),
            (like("contract", &[("id", TWO), ("number", "'x'"), ("state", "'DRAFT'"), ("end_deadline_id", "NULL"), ("enterprise_id", TWO)]), "enterprise"),
            ("DELETE FROM enterprise".to_owned(), "contract"),
            ("DELETE FROM account".to_owned(), "liaison"),
        ] {
            let error = refusal(park.db(), &sql).await;
            assert!(
                matches!(error.sql_err(), Some(SqlErr::ForeignKeyConstraintViolation(_))),
                "{what}: {error}"
            );
        }
    }

    async fn what_exists_once_cannot_exist_twice(park: Park) {
        fill(park.db()).await;
        let active = like("liaison", &[("id", TWO)]);
        let proposed = like("liaison", &[("id", TWO), ("state", "'PROPOSED'"), ("started_on", "NULL")]);
        park.db().execute_unprepared(&proposed).await.expect("a successor may stand beside");
        park.db().execute_unprepared(&like("deadline", &[("id", TWO)])).await.expect("another limit");
        let other_term = [("id", TWO), ("end_deadline_id", TWO), ("number", "'x'"), ("starts_on", "'2027-01-01'"), ("ends_on", "'2027-12-31'")];
        for sql in [
            active,
            like("enterprise", &[("id", TWO)]),
            like("account", &[("id", TWO)]),
            like("contract", &other_term),
            like("obligation", &[("id", TWO)]),
            like("letter", &[("id", TWO), ("message_id", "'y'")]),
            like("notice", &[("id", TWO)]),
            like("permit", &[("id", TWO), ("deadline_id", TWO)]),
            like("permit", &[("id", TWO), ("number", "'y'")]),
            like("contract", &[("id", TWO), ("number", "'x'"), ("state", "'EXPIRED'"), ("starts_on", "'2027-01-01'"), ("ends_on", "'2027-12-31'")]),
            like("rating", &[("id", TWO)]),
            like("rectification", &[("id", TWO)]),
            like("feed", &[("id", TWO)]),
            like("absence", &[("id", TWO)]),
            like("warning", &[("id", TWO)]),
            like("evaluation", &[("id", TWO)]),
            like("evaluation_form", &[("id", TWO)]),
            like("evaluation_response", &[("id", TWO)]),
            like("evaluation_sheet", &[("id", TWO)]),
            like("evaluation_objection", &[("id", TWO)]),
            like("job_run", &[("id", TWO)]),
            like("deadline_pause", &[("id", TWO)]),
            like("project_stage", &[("id", TWO)]),
        ] {
            let error = refusal(park.db(), &sql).await;
            assert!(matches!(error.sql_err(), Some(SqlErr::UniqueConstraintViolation(_))), "{sql}: {error}");
        }
    }

    async fn terms_of_one_enterprise_never_overlap(park: Park) {
        fill(park.db()).await;
        park.db().execute_unprepared(&like("deadline", &[("id", TWO)])).await.expect("its limit");
        let signed = [("id", TWO), ("number", "'x'"), ("state", "'SIGNED'"), ("ends_on", "'2027-12-31'"), ("end_deadline_id", TWO)];
        let overlapping = [&signed[..], &[("starts_on", "'2026-12-31'")]].concat();
        let following = [&signed[..], &[("starts_on", "'2027-01-01'")]].concat();
        refusal(park.db(), &like("contract", &overlapping)).await;
        park.db().execute_unprepared(&like("contract", &following)).await.expect("the next term");
        refusal(park.db(), &format!("UPDATE contract SET starts_on = '2026-06-01' WHERE id = {TWO}")).await;
    }

    async fn fifty_at_once_make_one_active_liaison(park: Park) {
        fill(park.db()).await;
        park.db().execute_unprepared("DELETE FROM liaison").await.expect("none");
        let mut racing = tokio::task::JoinSet::new();
        for number in 0..50 {
            let store = park.store.clone();
            racing.spawn(async move {
                let id = format!("'01890000-0000-7000-8000-0000000001{number:02}'");
                let sql = like("liaison", &[("id", id.as_str())]);
                let unit = store.begin(&entity::viewer::Viewer::system("race")).await.expect("a unit");
                match unit.db().execute_unprepared(&sql).await {
                    Ok(_) => unit.commit().await.map(|()| true).expect("a commit"),
                    Err(error) => {
                        assert!(
                            matches!(error.sql_err(), Some(SqlErr::UniqueConstraintViolation(_))),
                            "{error}"
                        );
                        false
                    }
                }
            });
        }
        let won = racing.join_all().await;
        assert_eq!(won.iter().filter(|one| **one).count(), 1);
    }
}

#[test]
fn every_sqlite_connection_guards_references_and_keeps_what_it_promised() {
    story::run(Backend::Sqlite, |park| async move {
        let mut held = Vec::new();
        for _ in 0..5 {
            held.push(park.db().begin().await.expect("a connection of its own"));
        }
        for connection in &held {
            for (setting, value) in [
                ("foreign_keys", "1"),
                ("journal_mode", "wal"),
                ("synchronous", "2"),
                ("timeout", "5000"),
            ] {
                let pragma = if setting == "timeout" {
                    "busy_timeout"
                } else {
                    setting
                };
                let row = connection
                    .query_one_raw(Statement::from_string(
                        connection.get_database_backend(),
                        format!("SELECT CAST({setting} AS TEXT) FROM pragma_{pragma}"),
                    ))
                    .await
                    .expect(setting)
                    .expect(setting);
                let found: String = row.try_get_by_index(0).expect(setting);
                assert_eq!(found, value, "{setting}");
            }
        }
    });
}

/// Of each table: its columns with type, length and nullability; its indexes; its references.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Shape {
    columns: BTreeMap<String, Vec<String>>,
    indexes: BTreeSet<String>,
    references: BTreeSet<String>,
}

/// The tables of a database.
pub async fn shape(db: &DatabaseConnection, backend: Backend) -> Shape {
    let mut shape = Shape::default();
    for table in table_names(db).await {
        let (columns, references) = match backend {
            Backend::Sqlite => (
                format!(
                    "SELECT name || ' ' || lower(type) || CASE WHEN \"notnull\" THEN ' not null' ELSE '' END || \
                     CASE WHEN pk > 0 THEN ' key ' || pk ELSE '' END FROM pragma_table_xinfo('{table}')"
                ),
                format!(
                    "SELECT '{table}.' || \"from\" || ' -> ' || \"table\" || '.' || \"to\" || ' ' || on_delete \
                     FROM pragma_foreign_key_list('{table}')"
                ),
            ),
            Backend::Postgres => (
                format!(
                    "SELECT a.attname || ' ' || format_type(a.atttypid, a.atttypmod) || \
                     CASE WHEN a.attnotnull THEN ' not null' ELSE '' END || \
                     coalesce(' key ' || (array_position(i.indkey::int[], a.attnum::int) + 1), '') \
                     FROM pg_attribute a LEFT JOIN pg_index i ON i.indrelid = a.attrelid AND i.indisprimary \
                     AND a.attnum = ANY (i.indkey) \
                     WHERE a.attrelid = '{table}'::regclass AND a.attnum > 0 AND NOT a.attisdropped"
                ),
                format!(
                    "SELECT '{table}.' || a.attname || ' -> ' || c.confrelid::regclass::text || '.' || f.attname || ' ' || \
                     CASE c.confdeltype WHEN 'a' THEN 'NO ACTION' ELSE c.confdeltype::text END \
                     FROM pg_constraint c JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1] \
                     JOIN pg_attribute f ON f.attrelid = c.confrelid AND f.attnum = c.confkey[1] \
                     WHERE c.contype = 'f' AND c.conrelid = '{table}'::regclass"
                ),
            ),
        };
        let mut columns = texts(db, &columns)
            .await
            .iter()
            .map(|column| common(column))
            .collect::<Vec<_>>();
        columns.sort();
        shape.references.extend(texts(db, &references).await);
        shape.columns.insert(table, columns);
    }
    let indexes = match backend {
        Backend::Sqlite => {
            "SELECT CASE WHEN sql LIKE 'CREATE UNIQUE%' THEN 'unique ' ELSE '' END || tbl_name || '.' || name || \
             CASE WHEN sql LIKE '%WHERE%' THEN ' partial' ELSE '' END \
             FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"
        }
        Backend::Postgres => {
            "SELECT CASE WHEN i.indisunique THEN 'unique ' ELSE '' END || i.indrelid::regclass::text || '.' || c.relname || \
             CASE WHEN i.indpred IS NOT NULL THEN ' partial' ELSE '' END \
             FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_namespace n ON n.oid = c.relnamespace \
             WHERE n.nspname = 'public' AND NOT EXISTS (SELECT 1 FROM pg_constraint k WHERE k.conindid = i.indexrelid)"
        }
    };
    shape.indexes.extend(texts(db, indexes).await);
    shape
}

/// The type of a column in words that both databases share.
fn common(column: &str) -> String {
    column
        .replace("character varying", "varchar")
        .replace("uuid_text", "uuid")
        .replace("timestamp_with_timezone_text", "instant")
        .replace("timestamp with time zone", "instant")
        .replace("date_text", "date")
        .replace("jsonb", "json")
        .replace("json_text", "json")
        .replace(" blob", " bytea")
}

#[test]
fn both_databases_have_the_same_tables_column_by_column() {
    if !story::available(Backend::Postgres) {
        return;
    }
    story::run(Backend::Sqlite, |sqlite| async move {
        let postgres = Park::open(Database::fresh(Backend::Postgres).await).await;
        let left = shape(sqlite.db(), Backend::Sqlite).await;
        let right = shape(postgres.db(), Backend::Postgres).await;
        assert!(
            left.columns.len() > 25 && left.references.len() > 40 && left.indexes.len() > 30,
            "{left:#?}"
        );
        for (table, columns) in &left.columns {
            assert_eq!(Some(columns), right.columns.get(table), "{table}");
        }
        assert_eq!(left, right);
    });
}

stories! {
    async fn an_empty_database_is_brought_up_once(park: Park) {
        let fresh = Database::empty(park.backend()).await;
        let db = fresh.connect().await;
        assert_eq!(table_names(&db).await, Vec::<String>::new());
        for _ in 0..2 {
            api::app::migrate(fresh.address(), &db).await.expect("migrated");
            assert_eq!(table_names(&db).await, table_names(park.db()).await);
        }
        assert_eq!(shape(&db, park.backend()).await, shape(park.db(), park.backend()).await);
    }
}

#[test]
fn three_replicas_may_start_at_once_on_an_empty_postgres() {
    story::run(Backend::Postgres, |park| async move {
        let fresh = Database::empty(Backend::Postgres).await;
        let mut replicas = tokio::task::JoinSet::new();
        for _ in 0..3 {
            let address = fresh.address().to_owned();
            let db = fresh.connect().await;
            replicas.spawn(async move { api::app::migrate(&address, &db).await });
        }
        for outcome in replicas.join_all().await {
            outcome.expect("a replica starts");
        }
        assert_eq!(
            shape(&fresh.connect().await, Backend::Postgres).await,
            shape(park.db(), Backend::Postgres).await
        );
    });
}
