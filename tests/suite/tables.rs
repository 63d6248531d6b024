//! Tables that grow: a rule of a table that has rows, the rows of every release, and programs of before beside newer tables.

use std::{collections::BTreeMap, time::Duration};

use entity::{
    audit,
    report::{self, facts::Facts},
    store::GENERATION,
    trail,
    viewer::Viewer,
};
use migration::{SchemaManager, check};
use reqwest::{Client, StatusCode};
use sea_orm::{ConnectionTrait, DatabaseConnection, DbErr, EntityTrait, TransactionTrait};
use serde_json::{Value, json};
use tests::{
    Backend, Park, Who,
    app::TRACES,
    database::{self, Database},
    dump::{number, table_names, texts},
    program::{command, told},
    stories, story,
};
use tokio::{
    task::JoinSet,
    time::{interval, timeout},
};
use uuid::Uuid;

use crate::{
    bad_day::{PATIENCE, Service, becomes},
    constraints::shape,
    warnings::runner,
};

/// A table with a generated column, an index and, on both databases, a trigger; and one that refers to it.
const THING: &str = "
    CREATE TABLE thing (
        id integer PRIMARY KEY NOT NULL,
        state varchar(10) NOT NULL CHECK (state IN ('NEW',
            'OLD')),
        size integer NOT NULL CHECK (size > 0),
        twice integer GENERATED ALWAYS AS (size * 2) STORED,
        CHECK (state <> 'OLD' OR size > 1)
    );
    CREATE INDEX thing_new ON thing (size) WHERE state = 'NEW';
    CREATE TABLE part (id integer PRIMARY KEY NOT NULL, thing_id integer NOT NULL REFERENCES thing (id));
    INSERT INTO thing (id, state, size) VALUES (1, 'NEW', 5), (2, 'OLD', 6);
    INSERT INTO part (id, thing_id) VALUES (1, 1), (2, 1), (3, 2);";

fn trigger(backend: Backend) -> &'static str {
    match backend {
        Backend::Sqlite => {
            "CREATE TRIGGER thing_not_13 BEFORE INSERT ON thing WHEN NEW.size = 13 BEGIN SELECT RAISE(ABORT, 'thirteen'); END"
        }
        Backend::Postgres => {
            "CREATE FUNCTION thirteen() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'thirteen'; END $$; \
             CREATE TRIGGER thing_not_13 BEFORE INSERT ON thing FOR EACH ROW WHEN (NEW.size = 13) EXECUTE FUNCTION thirteen()"
        }
    }
}

/// As a migration does it: in a transaction, which a failure takes back.
async fn replace(db: &DatabaseConnection, before: &str, after: &str) -> Result<(), DbErr> {
    let transaction = db.begin().await?;
    check::replace(&SchemaManager::new(&transaction), "thing", before, after).await?;
    transaction.commit().await
}

async fn refused(db: &DatabaseConnection, sql: &str) -> String {
    let outcome = db.execute_unprepared(sql).await;
    outcome.expect_err(sql).to_string().to_lowercase()
}

stories! {
    async fn a_check_is_replaced_on_a_table_with_rows_that_another_refers_to(park: Park) {
        let db = park.db();
        db.execute_unprepared(THING).await.expect("the tables");
        db.execute_unprepared(trigger(park.backend())).await.expect("the trigger");
        // Knows the tables as they were.
        let other = park.database().connect().await;
        let before = park.dump().await;
        assert!(refused(&other, "UPDATE thing SET state = 'LOST'").await.contains("check constraint"));

        replace(db, "state IN ('NEW', 'OLD')", "state IN ('NEW', 'OLD', 'LOST')").await.expect("replaced");
        before.assert_same(&park.dump().await);
        for db in [db, &other] {
            for (sql, why) in [
                ("UPDATE thing SET state = 'X'", "check constraint"),
                ("UPDATE thing SET size = 0", "check constraint"),
                ("UPDATE thing SET size = 1 WHERE state = 'OLD'", "check constraint"),
                ("DELETE FROM thing WHERE id = 1", "foreign key"),
                ("INSERT INTO part (id, thing_id) VALUES (4, 9)", "foreign key"),
                ("INSERT INTO thing (id, state, size) VALUES (3, 'LOST', 13)", "thirteen"),
            ] {
                assert!(refused(db, sql).await.contains(why), "{sql}");
            }
            db.execute_unprepared("INSERT INTO thing (id, state, size) VALUES (3, 'LOST', 7)").await.expect("a new state");
            assert_eq!(number(db, "SELECT CAST(twice AS bigint) FROM thing WHERE id = 3").await, 14);
            db.execute_unprepared("DELETE FROM thing WHERE id = 3").await.expect("nothing refers to it");
        }
        let index = match park.backend() {
            Backend::Sqlite => "SELECT name FROM pragma_index_list('thing') WHERE partial",
            Backend::Postgres => "SELECT indexname::text FROM pg_indexes WHERE tablename = 'thing' AND indexdef LIKE '%WHERE%'",
        };
        assert_eq!(texts(db, index).await, ["thing_new"]);
        if park.backend() == Backend::Sqlite {
            assert_eq!(texts(db, "PRAGMA integrity_check").await, ["ok"]);
            assert_eq!(number(db, "SELECT COUNT(*) FROM pragma_foreign_key_check").await, 0);
        }
        before.assert_same(&park.dump().await);
    }

    async fn a_check_that_a_row_breaks_or_that_is_absent_changes_nothing(park: Park) {
        let db = park.db();
        db.execute_unprepared(THING).await.expect("the tables");
        let before = park.dump().await;
        replace(db, "state IN ('NEW', 'OLD')", "state IN ('NEW')").await.expect_err("the second is old");
        replace(db, "state IN ('NEW')", "state IN ('NEW', 'OLD')").await.expect_err("there is none");
        replace(db, "size > 0", "size > 0 AND").await.expect_err("that is no rule");
        for _ in 0..5 {
            db.execute_unprepared("UPDATE thing SET state = 'OLD' WHERE id = 2").await.expect("as before");
            assert!(refused(db, "UPDATE thing SET state = 'LOST'").await.contains("check constraint"));
            assert!(refused(db, "UPDATE thing SET size = 0").await.contains("check constraint"));
        }
        before.assert_same(&park.dump().await);
    }
}

#[test]
fn a_check_that_was_restored_from_a_backup_is_replaced() {
    story::run(Backend::Postgres, async |park: Park| {
        park.db()
            .execute_unprepared(THING)
            .await
            .expect("the tables");
        // As pg_dump has it.
        let restored = "ALTER TABLE thing DROP CONSTRAINT thing_state_check, ADD CONSTRAINT thing_state_check \
             CHECK (((state)::text = ANY ((ARRAY['NEW'::character varying, 'OLD'::character varying])::text[])))";
        park.db()
            .execute_unprepared(restored)
            .await
            .expect("the same rule");
        let (before, after) = ("state IN ('NEW', 'OLD')", "state IN ('NEW', 'OLD', 'LOST')");
        replace(park.db(), before, after).await.expect("replaced");
        let lost = "UPDATE thing SET state = 'LOST'";
        park.db().execute_unprepared(lost).await.expect("a state");
        let names = "SELECT conname::text FROM pg_constraint WHERE conrelid = 'thing'::regclass AND contype = 'c' ORDER BY 1";
        assert_eq!(
            texts(park.db(), names).await,
            ["thing_check", "thing_size_check", "thing_state_check"]
        );
    });
}

/// How many rows each table has.
async fn rows(db: &DatabaseConnection) -> BTreeMap<String, i64> {
    let mut rows = BTreeMap::new();
    for table in table_names(db).await {
        let count = number(db, &format!("SELECT COUNT(*) FROM {table}")).await;
        rows.insert(table, count);
    }
    rows
}

/// Several programs start at once where a server is shared; a file is for one at a time.
async fn all_start(database: &Database) {
    let at_once = match database.backend() {
        Backend::Sqlite => 1,
        Backend::Postgres => 3,
    };
    let mut starts = JoinSet::new();
    for _ in 0..at_once {
        let mut start = command(database, database.folder(), &["migrate"]);
        starts.spawn(async move { start.output().await });
    }
    for output in starts.join_all().await {
        let output = output.expect("it starts");
        assert!(output.status.success(), "{}", told(&output));
    }
}

/// Signs in as the dumps' service centre and asks.
async fn asked(park: &Park, query: &str) -> Value {
    let client = Client::builder().no_proxy().cookie_store(true).build();
    let client = client.expect("a client");
    let mut answer = Value::Null;
    for (path, body) in [
        (
            "/session",
            json!({"login": "centre@park.example", "password": "a passphrase of the dumps"}),
        ),
        ("/graphql", json!({ "query": query })),
    ] {
        let request = client.post(park.url(path).await).json(&body);
        let response = request.send().await.expect("an answer");
        assert!(response.status().is_success(), "{path}: {response:?}");
        answer = response.json().await.expect("JSON");
    }
    assert!(answer.get("errors").is_none(), "{answer:#}");
    answer["data"].take()
}

/// The key of a row that is added to a dump.
fn key(number: u32, backend: Backend) -> String {
    match backend {
        Backend::Sqlite => format!("X'{number:032x}'"),
        Backend::Postgres => format!("CAST('{number:032x}' AS uuid)"),
    }
}

/// A report as it was stored with its facts, of which five key dates fall on one day.
async fn add_a_report(db: &DatabaseConnection, backend: Backend) -> Facts {
    let kept = json!({"due": 1, "on_time": 1, "late": 0, "missed": 0, "overdue": 0});
    let dates = (1..=5).map(|number| {
        json!({"on": "2026-12-01", "what": {"zh": format!("事项{number}"), "en": "x"}, "enterprise": null})
    });
    let facts: Facts = serde_json::from_value(json!({
        "kind": "WEEKLY_BRIEF", "period": "2026-W49", "from": "2026-11-23", "to": "2026-11-29", "as_of": "2026-11-30",
        "moment": "2026-11-30T00:00:00Z", "since": "2026-11-23", "slice": {"zh": "全园区", "en": "the whole park"}, "lights": [],
        "kept": kept, "kept_before": kept, "owners": [], "enterprises": [], "problems": [],
        "key_dates": dates.collect::<Vec<_>>(), "milestones": kept, "projects": [], "undelivered": 0, "items": [],
    }))
    .expect("facts");
    let sql = format!(
        "INSERT INTO report (id, key, kind, period, from_on, to_on, moment, compiled_at, calendar_version, program_version, facts, fingerprint) \
         VALUES ({}, 'weekly_brief:2026-W49:park', 'WEEKLY_BRIEF', '2026-W49', '2026-11-23', '2026-11-29', '2026-11-30T00:00:00+00:00', \
            '2026-11-30T00:00:00+00:00', '2026.1', '0.1.0', '{}', '{}')",
        key(9, backend),
        facts.written().expect("JSON"),
        facts.fingerprint().expect("a fingerprint")
    );
    db.execute_unprepared(&sql).await.expect(&sql);
    facts
}

/// The report of before is whole, and has its summary.
async fn still_has_its_facts(park: &Park, facts: &Facts) {
    let (id, viewer) = (Uuid::from_u128(9), Viewer::system("story"));
    let whole = report::repository::facts(park.db(), &viewer, &[id]).await;
    assert_eq!(*whole.expect("the fingerprint")[&id], *facts);
    let summaries = report::repository::summaries(park.db(), &viewer, &[id]).await;
    let summary = &summaries.expect("a summary")[&id];
    assert_eq!(summary.facts.kept, facts.kept);
    let days = summary.key_days();
    assert_eq!((days.len(), days[0].named.len(), days[0].more), (1, 4, 1));
}

/// What the park of the first dumps has not come to: limits of the law, running, paused by the law and paused by agreement, and a
/// rectification with its two limits.
async fn add_limits_of_the_law(db: &DatabaseConnection, backend: Backend) {
    let key = |number| key(number, backend);
    let mut limits = Vec::new();
    for (number, effect, days, due_on, is_paused) in [
        (1, "STATUTORY", 20, "2026-12-25", false),
        (2, "STATUTORY", 20, "2026-12-25", true),
        (3, "STATUTORY", 20, "2026-12-25", true),
        (4, "PROMISED", 3, "2026-12-02", false),
        (5, "PROMISED", 10, "2026-12-11", false),
    ] {
        let (running, paused, state) = match is_paused {
            true => ("NULL", "'2026-11-29'", "PAUSED"),
            false => ("'2026-11-29'", "NULL", "RUNNING"),
        };
        limits.push(format!(
            "INSERT INTO deadline (id, legal_effect, on_expiry, unit, limit_days, extension_days, started_on, consumed_days, \
                running_since, paused_on, state, due_on, provisional, version) \
             VALUES ({}, '{effect}', 'WARN', 'WORKING_DAY', {days}, 0, '2026-11-29', 0, {running}, {paused}, '{state}', '{due_on}', false, 1)",
            key(number)
        ));
    }
    for (number, kind) in [(2, "HEARING"), (3, "AGREED")] {
        limits.push(format!(
            "INSERT INTO deadline_pause (id, deadline_id, kind, reason, document_id, started_on) \
             VALUES ({0}, {0}, '{kind}', '示例', (SELECT id FROM document LIMIT 1), '2026-11-29')",
            key(number)
        ));
    }
    limits.push(format!(
        "INSERT INTO rectification (id, obligation_id, enterprise_id, about_zh, about_en, state, reopened, contact_deadline_id, \
            reply_deadline_id, opened_at, version) \
         VALUES ({}, (SELECT id FROM obligation WHERE state = 'FULFILLED'), \
            (SELECT enterprise_id FROM obligation WHERE state = 'FULFILLED'), '示例', 'Example', 'OPEN', false, {}, {}, \
            '2026-11-29T12:00:00+00:00', 1)",
        key(1),
        key(4),
        key(5)
    ));
    for sql in limits {
        db.execute_unprepared(&sql).await.expect(&sql);
    }
}

/// The first milestone of the first project gets a plan: on its day all of what is planned is to be there.
async fn plan_a_milestone(db: &DatabaseConnection) {
    let sql = "UPDATE milestone SET baseline_on = '2026-10-12', forecast_on = '2026-10-12'
        WHERE position = 1 AND project_id = (SELECT id FROM project ORDER BY id LIMIT 1)";
    db.execute_unprepared(sql).await.expect(sql);
}

async fn every_release_is_brought_up_to_date(backend: Backend) {
    let fresh = Database::fresh(backend).await;
    let wanted = shape(&fresh.connect().await, backend).await;
    let dumps = database::dumps(backend);
    assert!(!dumps.is_empty());
    for dump in dumps {
        let database = Database::released(backend, &dump).await;
        let db = database.connect().await;
        // Later tables want more of a limit than these have.
        let is_first = dump.to_string_lossy().contains("000029");
        let mut reported = None;
        if is_first {
            add_limits_of_the_law(&db, backend).await;
            reported = Some(add_a_report(&db, backend).await);
            plan_a_milestone(&db).await;
        }
        let before = rows(&db).await;
        assert!(
            before.values().filter(|rows| **rows > 0).count() > 20,
            "{before:?}"
        );
        db.close().await.expect("closed");
        all_start(&database).await;

        let park = Park::open(database).await;
        assert_eq!(shape(park.db(), backend).await, wanted, "{dump:?}");
        let after = rows(park.db()).await;
        // A start adds what a newer program ships: a year of the calendar.
        for (table, rows) in before.iter().filter(|(table, _)| *table != "schedule") {
            assert!(after.get(table) >= Some(rows), "{dump:?}: {table}");
        }
        // Every permit and every contract that was signed has its time limit, counted.
        for wrong in [
            "permit LEFT JOIN deadline ON deadline.id = permit.deadline_id WHERE deadline.id IS NULL OR due_on <> apply_by \
                OR (state = 'RUNNING') <> (withdrawn_on IS NULL) OR (state = 'RUNNING' AND yellow_from IS NULL)",
            "contract LEFT JOIN deadline ON deadline.id = contract.end_deadline_id WHERE signed_on IS NOT NULL AND \
                (deadline.id IS NULL OR due_on <> ends_on OR (deadline.state = 'RUNNING' AND yellow_from IS NULL))",
            "project WHERE is_planned IS NULL OR (state = 'ACTIVE') <> (silent_from IS NOT NULL)",
        ] {
            let found = number(park.db(), &format!("SELECT COUNT(*) FROM {wrong}")).await;
            assert_eq!(found, 0, "{dump:?}: {wrong}");
        }
        if let Some(facts) = &reported {
            still_has_its_facts(&park, facts).await;
        }
        // Jobs come and go.
        let registered = jobs::schedule::registered();
        let mut registered: Vec<&str> = registered.iter().map(|job| job.name).collect();
        registered.sort_unstable();
        let mut scheduled = texts(park.db(), "SELECT name FROM schedule").await;
        scheduled.sort_unstable();
        assert_eq!(scheduled, registered, "{dump:?}");
        if is_first {
            for condition in [
                "deadline WHERE legal_effect = 'STATUTORY' AND state = 'RUNNING' AND yellow_from IS NOT NULL AND black_from > due_on",
                // What the law itself holds up shows nothing; what was only agreed goes on by the law.
                "deadline JOIN deadline_pause ON deadline_pause.deadline_id = deadline.id \
                 WHERE legal_effect = 'STATUTORY' AND kind = 'HEARING' AND yellow_from IS NULL AND red_from IS NULL AND black_from IS NULL",
                "deadline JOIN deadline_pause ON deadline_pause.deadline_id = deadline.id \
                 WHERE legal_effect = 'STATUTORY' AND kind = 'AGREED' AND yellow_from IS NOT NULL AND black_from IS NOT NULL",
                "project WHERE is_planned AND behind_from = '2026-10-12' AND far_behind_from = '2026-10-12'",
                "rectification JOIN deadline ON deadline.id = rectification.contact_deadline_id \
                 WHERE rectification.state = 'OPEN' AND yellow_from IS NOT NULL",
            ] {
                let found = number(park.db(), &format!("SELECT COUNT(*) FROM {condition}")).await;
                assert_eq!(found, 1, "{dump:?}: {condition}");
            }
        }
        if backend == Backend::Sqlite {
            assert_eq!(texts(park.db(), "PRAGMA integrity_check").await, ["ok"]);
            let broken = "SELECT COUNT(*) FROM pragma_foreign_key_check";
            assert_eq!(number(park.db(), broken).await, 0);
        }

        for entry in audit::Entity::find().all(park.db()).await.expect("entries") {
            let action = &entry.action;
            assert!(trail::command(action).is_some(), "{dump:?}: {action}");
            for change in audit::rules::changes(&entry) {
                let said = audit::fields::word(&change.field);
                assert!(said.is_some(), "{dump:?}: {action}: {}", change.field);
            }
        }

        let last = audit::repository::last_instant(park.db()).await;
        park.clock
            .set(last.expect("a read").expect("something happened"));
        let data = asked(
            &park,
            "{ contracts(first: 5) { nodes { number state commitments { number } } }
               obligations(first: 40) { nodes { state deadline { state light pauses { kind } extension { days } explain { __typename } } } } }",
        )
        .await;
        let contracts = data["contracts"]["nodes"].as_array().expect("contracts");
        assert_eq!(contracts.len(), 2, "{dump:?}: {data:#}");
        for contract in contracts {
            assert_eq!(contract["state"], "ACTIVE");
            let promises = contract["commitments"].as_array().expect("promises");
            assert_eq!(promises.len(), 16);
        }
        let obligations = data["obligations"]["nodes"].as_array().expect("some");
        assert_eq!(obligations.len() as i64, before["obligation"]);
        let having = |path: &str, value: Value| {
            let with = obligations.iter();
            let with = with.filter(move |one| one.pointer(path) == Some(&value));
            with.collect::<Vec<_>>()
        };
        let paused = having("/deadline/state", json!("PAUSED"));
        assert_eq!(paused.len(), 1, "{dump:?}: {data:#}");
        assert_eq!(paused[0]["deadline"]["light"], "GREY");
        assert_eq!(paused[0]["deadline"]["pauses"], json!([{"kind": "AGREED"}]));
        let extended = having("/deadline/extension/days", json!(2));
        assert_eq!(extended.len(), 1, "{dump:?}: {data:#}");
        assert_eq!(extended[0]["deadline"]["light"], "RED");
        let kept = having("/state", json!("FULFILLED"));
        assert_eq!(kept.len(), 1, "{dump:?}: {data:#}");
        assert_eq!(kept[0]["deadline"]["state"], "MET");
        for obligation in obligations {
            let steps = obligation["deadline"]["explain"].as_array();
            assert!(!steps.expect("steps").is_empty(), "{obligation}");
        }
    }
}

#[test]
fn the_rows_of_every_release_are_brought_up_to_date_on_sqlite() {
    story::alone(Backend::Sqlite, every_release_is_brought_up_to_date);
}

#[test]
fn the_rows_of_every_release_are_brought_up_to_date_by_three_at_once_on_postgres() {
    story::alone(Backend::Postgres, every_release_is_brought_up_to_date);
}

#[test]
fn a_start_that_waits_for_a_table_lets_those_behind_it_pass() {
    story::alone(Backend::Postgres, async |backend| {
        let dumps = database::dumps(backend);
        let database = Database::released(backend, &dumps[0]).await;
        // A backup reads the table for as long as it likes; another replica is at work.
        let (backup, replica) = (database.connect().await, database.connect().await);
        let reads = "SELECT COUNT(*) FROM deadline";
        let backup_reads = backup.begin().await.expect("begun");
        backup_reads.execute_unprepared(reads).await.expect("read");
        let mut start = command(&database, database.folder(), &["migrate"]);
        let start = tokio::spawn(async move { start.output().await });
        let mut again = interval(Duration::from_millis(100));
        for _ in 0..80 {
            again.tick().await;
            number(&replica, reads).await;
        }
        assert!(!start.is_finished());
        backup_reads.rollback().await.expect("ended");
        let output = timeout(PATIENCE, start).await.expect("in time");
        let output = output.expect("no panic").expect("it starts");
        assert!(output.status.success(), "{}", told(&output));
    });
}

const OUTDATED: [&str; 2] = [
    "a newer version of Qiyue has changed the tables",
    "表已由更新版本的本平台修改",
];

/// What a newer program leaves behind that has added something.
async fn grow(park: &Park) {
    let grown = "INSERT INTO seaql_migrations (version, applied_at) VALUES ('m20991231_000001_of_a_newer_program', 0)";
    park.db()
        .execute_unprepared(grown)
        .await
        .expect("a change that nobody here knows");
}

/// What a newer program does beside which this one would do wrong.
async fn end_this_program(db: &DatabaseConnection) {
    let transaction = db.begin().await.expect("begun");
    migration::end_older_programs(&SchemaManager::new(&transaction), GENERATION + 1)
        .await
        .expect("raised");
    transaction.commit().await.expect("committed");
}

const FEED: &str = "mutation { feedCreate(input: {name: \"x\"}) { userErrors { message } } }";

stories! {
    async fn an_older_program_does_not_start_beside_newer_tables_and_writes_nothing(park: Park) {
        grow(&park).await;
        let before = park.dump().await;
        for arguments in [["migrate"].as_slice(), &["serve"], &["jobs", "list"], &["import", "no-such-file.csv"]] {
            let mut older = command(park.database(), park.database().folder(), arguments);
            let older = older.output().await.expect("it starts");
            assert!(!older.status.success(), "{arguments:?}");
            let message = String::from_utf8_lossy(&older.stderr).into_owned();
            assert!(OUTDATED.iter().all(|words| message.contains(words)), "{arguments:?}: {}", told(&older));
        }
        before.assert_same(&park.dump().await);
    }

    async fn a_program_at_work_goes_on_while_a_newer_one_adds_to_the_tables(park: Park) {
        park.people().await;
        grow(&park).await;
        park.data(Who::Liaison, FEED, json!({})).await;
        assert_eq!(becomes(&park, StatusCode::OK).await, "ok\n");
        park.set_clock("2026-10-09", 10, 0);
        assert!(!runner(&park).run_due().await.is_empty(), "jobs are run");
    }

    async fn the_tables_are_of_the_generation_of_the_program(park: Park) {
        let generation = "SELECT CAST(generation AS bigint) FROM oldest_program";
        assert_eq!(number(park.db(), generation).await, i64::from(GENERATION));
    }
}

#[test]
fn a_program_that_a_newer_one_has_ended_writes_nothing_and_starts_no_job() {
    story::run(Backend::Postgres, async |park: Park| {
        park.people().await;
        // A command that has begun before.
        let begun = park
            .store
            .begin(&Viewer::system("story"))
            .await
            .expect("begun");
        end_this_program(&park.database().connect().await).await;
        assert!(begun.commit().await.is_err());
        assert_eq!(
            park.refused(Who::Liaison, FEED, json!({})).await,
            "UNAVAILABLE"
        );
        park.set_clock("2026-10-09", 10, 0);
        let before = park.dump().await.without(TRACES);
        assert!(runner(&park).run_due().await.is_empty());
        before.assert_same(&park.dump().await.without(TRACES));
        let word = becomes(&park, StatusCode::SERVICE_UNAVAILABLE).await;
        assert_eq!(word, "outdated\n");
    });
}

#[test]
fn a_service_that_a_newer_program_has_ended_says_so_and_ends() {
    story::alone(Backend::Postgres, async |backend| {
        let database = Database::fresh(backend).await;
        let mut service = Service::start(&database, |_| {});
        service.is_ready().await;
        end_this_program(&database.connect().await).await;
        let ended = timeout(PATIENCE, service.child.wait_with_output()).await;
        let ended = ended.expect("it ends by itself").expect("its output");
        assert!(!ended.status.success());
        let said = told(&ended);
        assert!(OUTDATED.iter().all(|words| said.contains(words)), "{said}");
    });
}
