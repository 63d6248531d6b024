//! What the tables themselves refuse and guarantee, whoever writes to them.

use std::collections::{BTreeMap, BTreeSet};

use sea_orm::{ConnectionTrait, DatabaseConnection, DbErr, SqlErr, Statement, TransactionTrait};
use tests::{
    Backend, Park,
    database::Database,
    dump::{number, table_names, texts},
    stories, story,
};

mod account;
mod application;
mod calendar;
mod case;
mod comment;
mod contract;
mod deadline;
mod document;
mod evaluation;
mod item;
mod outbox;
mod permit;
mod project;
mod rectification;
mod report;
mod schedule;
mod silence;
mod supervision;
mod visit;

/// The id of the one row in each table; the last digits tell tables apart in messages only.
const ONE: &str = "'01890000-0000-7000-8000-000000000001'";
const TWO: &str = "'01890000-0000-7000-8000-000000000002'";
const THREE: &str = "'01890000-0000-7000-8000-000000000003'";
const AT: &str = "'2026-09-30 00:00:00.000000 +00:00'";

/// The tables of one term.
struct Term {
    /// One right row in each table that has a CHECK, parents first.
    rows: &'static [(&'static str, &'static [(&'static str, &'static str)])],
    /// Changes of these rows that no program may make.
    refused: &'static [(&'static str, &'static str)],
}

/// All terms, parents first.
const TERMS: &[Term] = &[
    account::TERM,
    document::TERM,
    calendar::TERM,
    deadline::TERM,
    contract::TERM,
    project::TERM,
    outbox::TERM,
    permit::TERM,
    visit::TERM,
    report::TERM,
    schedule::TERM,
    evaluation::TERM,
    rectification::TERM,
    supervision::TERM,
    comment::TERM,
    item::TERM,
    case::TERM,
    application::TERM,
    silence::TERM,
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
    let mut rows = TERMS.iter().flat_map(|term| term.rows);
    let (_, row) = rows.find(|(name, _)| *name == table).expect(table);
    let mut row = row
        .iter()
        .copied()
        .filter(|(column, _)| changes.iter().all(|(changed, _)| changed != column))
        .collect::<Vec<_>>();
    row.extend(changes);
    insert(table, &row)
}

async fn fill(db: &DatabaseConnection) {
    for (table, row) in TERMS.iter().flat_map(|term| term.rows) {
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
            assert_check(park.db(), &format!("UPDATE {table} SET {column} = '?'")).await;
        }
    }

    async fn a_row_that_contradicts_itself_is_refused(park: Park) {
        fill(park.db()).await;
        let before = park.dump().await;
        for (table, change) in TERMS.iter().flat_map(|term| term.refused) {
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
            like("standard_promises", &[("id", TWO)]),
            like("letter", &[("id", TWO), ("message_id", "'y'")]),
            like("notice", &[("id", TWO)]),
            like("permit", &[("id", TWO), ("deadline_id", TWO)]),
            like("permit", &[("id", TWO), ("number", "'y'")]),
            like("contract", &[("id", TWO), ("number", "'x'"), ("state", "'EXPIRED'"), ("starts_on", "'2027-01-01'"), ("ends_on", "'2027-12-31'")]),
            like("rating", &[("id", TWO)]),
            like("rectification", &[("id", TWO)]),
            like("supervision_order", &[("id", TWO)]),
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

#[test]
fn sqlite_knows_how_large_its_tables_are_and_keeps_no_sample_of_them() {
    story::run(Backend::Sqlite, |park| async move {
        park.people().await;
        park.store.measure().await;
        let measured = "SELECT count(*) FROM sqlite_stat1 WHERE tbl = 'account'";
        assert!(number(park.db(), measured).await > 0);
        let samples = "SELECT count(*) FROM sqlite_stat4";
        assert_eq!(number(park.db(), samples).await, 0);
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
                     FROM pg_constraint c CROSS JOIN generate_subscripts(c.conkey, 1) AS place \
                     JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[place] \
                     JOIN pg_attribute f ON f.attrelid = c.confrelid AND f.attnum = c.confkey[place] \
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
