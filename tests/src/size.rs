//! A park a thousand times as large: every row of the demonstration that belongs to an enterprise is copied under other keys, names and numbers,
//! by the same script on both databases.

use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend};

use crate::{Park, dump::texts};

/// What is copied, each table after those it names.
pub const TABLES: &[&str] = &[
    "enterprise",
    "account",
    "liaison",
    "document",
    "deadline",
    "deadline_pause",
    "contract",
    "contract_clause",
    "commitment",
    "obligation",
    "permit",
    "project",
    "project_stage",
    "project_requirement",
    "milestone",
    "milestone_change",
    "progress_report",
    "visit",
    "rating",
    "rectification",
    "supervision_order",
    "supervision_entry",
    "comment",
    "evaluation_form",
    "evaluation_response",
    "letter",
    "notice",
    "warning",
    "audit_entry",
];

/// What is copied of applications: each with its cases and their clocks.
const CASES: &[&str] = &[
    "deadline",
    "application",
    "application_item",
    "approval_case",
    "case_clock",
    "case_event",
    "case_material",
];

/// Of these no row has a key of its own.
const WITHOUT_KEY: [&str; 3] = ["application_item", "case_clock", "case_material"];

/// What is unique in its table and not a key of a row: column and what is written for the n-th copy.
const UNIQUE: &[(&str, &str)] = &[
    (
        "enterprise.credit_code",
        "substr(t.credit_code, 1, 2) || {n} || substr(t.credit_code, 8)",
    ),
    ("enterprise.name_zh", "t.name_zh || {n}"),
    ("account.login", "{n} || t.login"),
    ("contract.number", "t.number || '-' || {n}"),
    ("application.number", "t.number || '-' || {n}"),
    ("approval_case.number", "t.number || '-' || {n}"),
    ("letter.key", "t.key || ':' || {n}"),
    ("letter.message_id", "{n} || t.message_id"),
    ("notice.key", "t.key || ':' || {n}"),
];

/// How many copies of an enterprise have the same liaison: a liaison of a large park looks after this many times as many.
const PER_LIAISON: u32 = 25;

/// Adds so many copies of everything, 500 for 10,000 contracts.
pub async fn multiply(park: &Park, copies: u32) {
    grow(park, TABLES, &PAST, copies).await;
}

/// Adds so many copies of every application with its cases: all are of the same enterprise, the same department and the same item.
pub async fn multiply_cases(park: &Park, copies: u32) {
    grow(park, CASES, &[], copies).await;
}

async fn grow(park: &Park, tables: &[&str], past: &[(&str, &str)], copies: u32) {
    let db = entity::store::connect(park.database().address(), 1).await;
    let db = db.expect("it opens");
    let run = async |script: &str| {
        let done = db.execute_unprepared(script).await;
        done.unwrap_or_else(|error| panic!("{error}\n{script}"));
    };
    let is_postgres = db.get_database_backend() == DbBackend::Postgres;
    if is_postgres {
        run("SET statement_timeout = 0").await;
        run("SET synchronous_commit = off").await;
    }
    let with_key = tables.iter().filter(|table| !WITHOUT_KEY.contains(*table));
    let copied = with_key.map(|table| {
        let (which, every) = of(table);
        format!("SELECT id, {every} AS every FROM {table} WHERE {which}")
    });
    let copied = copied.collect::<Vec<_>>().join(" UNION ALL ");
    run(&format!("CREATE TEMPORARY TABLE copied AS {copied}")).await;
    run("CREATE UNIQUE INDEX copied_by_id ON copied (id)").await;
    for table in tables {
        let (which, every) = of(table);
        let numbers = format!("SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < {copies}");
        let (names, values) = copy(&db, table, UNIQUE, &|name| key(name, is_postgres)).await;
        let values = values.replace("{n}", number(is_postgres));
        run(&format!(
            "INSERT INTO {table} ({names}) WITH RECURSIVE n (n) AS ({numbers})
             SELECT {values} FROM {table} t, n WHERE {which} AND n.n % {every} = 0"
        ))
        .await;
    }
    for (table, which) in past {
        let before = |name: &str| before(name, is_postgres);
        let (names, values) = copy(&db, table, OCCASION, &before).await;
        run(&format!(
            "INSERT INTO {table} ({names}) SELECT {values} FROM {table} t WHERE {which}"
        ))
        .await;
    }
    // As a park knows its tables that did not become so large at once.
    if is_postgres {
        run("VACUUM (ANALYZE)").await;
    } else {
        park.store.measure().await;
        // Other connections read what was measured when the schema has changed.
        run("CREATE VIEW measured AS SELECT 1; DROP VIEW measured").await;
    }
    db.close().await.expect("closed");
}

/// The columns of a table, and what a copy has in them: `unique` values, keys by `key`, all else as it is.
async fn copy(
    db: &DatabaseConnection,
    table: &str,
    unique: &[(&str, &str)],
    key: &dyn Fn(&str) -> String,
) -> (String, String) {
    let listed = match db.get_database_backend() {
        DbBackend::Postgres => format!(
            "SELECT column_name || ' ' || data_type FROM information_schema.columns WHERE table_name = '{table}' ORDER BY ordinal_position"
        ),
        _ => format!("SELECT name || ' ' || type FROM pragma_table_info('{table}') ORDER BY cid"),
    };
    let (mut names, mut values) = (Vec::new(), Vec::new());
    for column in texts(db, &listed).await {
        let (name, kind) = column.split_once(' ').expect("a name and a type");
        let own = unique
            .iter()
            .find(|(column, _)| *column == format!("{table}.{name}"));
        values.push(match own {
            Some((_, value)) => (*value).to_owned(),
            None if kind.starts_with("uuid") => key(name),
            None => format!("t.{name}"),
        });
        names.push(name.to_owned());
    }
    (names.join(", "), values.join(", "))
}

/// What was closed is there twice, so that there are 200,000 obligations on 10,000 contracts.
const PAST: [(&str, &str); 2] = [
    (
        "deadline",
        "id IN (SELECT deadline_id FROM obligation WHERE closed_at IS NOT NULL)",
    ),
    ("obligation", "closed_at IS NOT NULL"),
];

const OCCASION: &[(&str, &str)] = &[("obligation.occasion", "t.occasion || ':before'")];

/// The key of what was closed before, which is of another version of UUID again.
fn before(column: &str, is_postgres: bool) -> String {
    if column != "id" && column != "deadline_id" {
        return format!("t.{column}");
    }
    let hex = hex_of(column, is_postgres);
    let changed = format!(
        "substr({hex}, 1, 12) || CASE substr({hex}, 13, 1) WHEN '7' THEN '9' ELSE 'A' END || substr({hex}, 14)"
    );
    key_of(&changed, is_postgres)
}

/// A key as 32 digits.
fn hex_of(column: &str, is_postgres: bool) -> String {
    if is_postgres {
        format!("replace(t.{column}::text, '-', '')")
    } else {
        format!("hex(t.{column})")
    }
}

/// 32 digits as a key.
fn key_of(hex: &str, is_postgres: bool) -> String {
    if is_postgres {
        format!("({hex})::uuid")
    } else {
        format!("unhex({hex})")
    }
}

/// Which rows of a table are copied, and every how many times.
fn of(table: &str) -> (&'static str, u32) {
    match table {
        "account" => ("role IN ('LIAISON', 'ENTERPRISE')", PER_LIAISON),
        "rectification" => ("obligation_id IS NOT NULL", 1),
        _ => ("true", 1),
    }
}

/// The number of the copy, in five digits.
fn number(is_postgres: bool) -> &'static str {
    if is_postgres {
        "lpad(n.n::text, 5, '0')"
    } else {
        "printf('%05d', n.n)"
    }
}

/// The key of the copy where the row is copied, else that of the original. Copies are of another version of UUID and carry their number.
fn key(column: &str, is_postgres: bool) -> String {
    let hex = hex_of(column, is_postgres);
    let number = if is_postgres {
        "lpad(to_hex(n.n / c.every * c.every), 4, '0')"
    } else {
        "printf('%04x', n.n / c.every * c.every)"
    };
    let changed = format!(
        "substr({hex}, 1, 12) || '8' || substr({hex}, 14, 7) || {number} || substr({hex}, 25)"
    );
    let copy = key_of(&changed, is_postgres);
    format!(
        "COALESCE((SELECT {copy} FROM copied c WHERE c.id = t.{column} AND n.n >= c.every), t.{column})"
    )
}
