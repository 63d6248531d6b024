//! A park forty times as large: what a page costs does not grow with what lies in the tables. The plans of PostgreSQL tell how many rows each
//! statement of a page has looked at, those of SQLite which tables it reads from the first row to the last.

use std::collections::HashSet;

use api::demo;
use sea_orm::{ConnectionTrait, Statement, TransactionTrait};
use serde_json::{Value, json};
use tests::{
    Backend, Park, Sent, Who,
    dump::number,
    matters::{case, done, on, text},
    pages::{self, Gives, Page},
    size, story,
    window::Window,
};

/// How many rows of one table a statement may look at: a list is counted up to 10,000.
const MOST: f64 = 10_002.0;

/// How many rows may be sorted for a page: those of whoever looks after some enterprises.
const SORTED: f64 = 2_500.0;

/// With more rows than this SQLite reads a table only by its indexes.
const LARGE: i64 = 2_500;

/// Lists with a text in their filter that few rows have: a number, of which every copy has one like it.
const FILTERED: [&str; 3] = [
    "/obligations?text=qy-2026-001",
    "/contracts?text=qy-2026-001",
    "/projects?text=qy-2026-001",
];

/// What is wrong with a plan, part by part.
fn faults(plan: &Value, found: &mut Vec<String>) {
    let number = |name: &str| plan[name].as_f64().unwrap_or_default();
    let times = number("Actual Loops").max(1.0);
    let kind = plan["Node Type"].as_str().unwrap_or_default();
    if let Some(table) = plan["Relation Name"].as_str() {
        let looked = (number("Actual Rows") + number("Rows Removed by Filter")) * times;
        if looked > MOST {
            found.push(format!("{kind} of {looked} rows of {table}"));
        }
    }
    let below = plan["Plans"].as_array().map_or(&[][..], Vec::as_slice);
    if kind == "Sort" {
        let rows = below.iter().filter_map(|part| part["Actual Rows"].as_f64());
        let rows = rows.sum::<f64>() * times;
        if rows > SORTED {
            found.push(format!("{rows} rows are sorted by {}", plan["Sort Key"]));
        }
    }
    for part in below {
        faults(part, found);
    }
}

/// What is wrong with how a statement is executed. In tables that are still small, reading all of one may be the cheapest way: what is wrong then is
/// judged again with the ways that an index opens.
async fn judged(park: &Park, statement: &Statement) -> Vec<String> {
    let mut found = Vec::new();
    for ways in ["on", "off"] {
        let db = park.db().begin().await.expect("a transaction");
        let set = format!("SET LOCAL enable_seqscan = {ways}");
        db.execute_unprepared(&set).await.expect("a setting");
        let explained = Statement {
            sql: format!("EXPLAIN (ANALYZE, FORMAT JSON) {}", statement.sql),
            ..statement.clone()
        };
        let plan = db.query_one_raw(explained).await;
        let plan = plan.expect("a plan").expect("a plan");
        let plan: Value = plan.try_get_by_index(0).expect("JSON");
        found.clear();
        faults(&plan[0]["Plan"], &mut found);
        if found.is_empty() {
            break;
        }
    }
    found
}

/// How SQLite executes a statement, step by step.
async fn steps(park: &Park, statement: &Statement) -> Vec<String> {
    // Who may see nothing asks for what is never so: nothing is read then, whatever the plan says.
    if statement.sql.contains("WHERE ? = ?") {
        return Vec::new();
    }
    let explained = Statement {
        sql: format!("EXPLAIN QUERY PLAN {}", statement.sql),
        ..statement.clone()
    };
    let plan = park.db().query_all_raw(explained).await.expect("a plan");
    let detail = plan.iter().map(|step| step.try_get("", "detail"));
    detail.map(|detail| detail.expect("a text")).collect()
}

/// What SQLite reads from the first row to the last for a statement, of `large` tables.
async fn read_whole(park: &Park, statement: &Statement, large: &[&str]) -> Vec<String> {
    let is_whole = |step: &String| large.iter().any(|table| *step == format!("SCAN {table}"));
    let steps = steps(park, statement).await.into_iter();
    steps.filter(is_whole).collect()
}

/// The pages of the demonstration, in a park forty times as large.
async fn grown(backend: Backend) -> (Park, Vec<Page>) {
    let park = Park::demonstration(backend).await;
    let pages = pages::all(&park.store, park.mailbox.folder()).await;
    size::multiply(&park, 40).await;
    (park, pages)
}

/// What is read for every page, by whom and for which page it is read first.
async fn statements(park: &Park, pages: &[Page]) -> Vec<(String, Statement)> {
    let mut all = Vec::new();
    let mut known = HashSet::new();
    for (login, role) in demo::sign_ins() {
        let window = Window::enter(park, login, demo::PASSWORD).await;
        let own = pages
            .iter()
            .filter(|page| page.gives == Gives::Page && page.tried_as(role));
        for path in own.map(|page| page.path.as_str()).chain(FILTERED) {
            let asked = async {
                let answer = window.get(park, path).await;
                assert!(answer.status().is_success(), "{path} as {role:?}");
            };
            let ((), sent) = park.recorded(asked).await;
            for Sent { statement, .. } in sent {
                let is_read = statement.sql.starts_with("SELECT");
                if is_read && known.insert((role, statement.sql.clone())) {
                    all.push((format!("{path} as {role:?}"), statement));
                }
            }
        }
    }
    all
}

#[test]
fn a_page_looks_at_what_it_shows() {
    story::alone(Backend::Postgres, async |backend| {
        let (park, pages) = grown(backend).await;
        let mut wrong = Vec::new();
        for (page, statement) in statements(&park, &pages).await {
            for fault in judged(&park, &statement).await {
                wrong.push(format!("{page}: {fault}\n    {}", statement.sql));
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    });
}

#[test]
fn a_page_on_sqlite_reads_no_large_table_whole() {
    story::alone(Backend::Sqlite, async |backend| {
        let (park, pages) = grown(backend).await;
        let mut large = Vec::new();
        for table in size::TABLES {
            let rows = number(park.db(), &format!("SELECT count(*) FROM {table}")).await;
            if rows > LARGE {
                large.push(*table);
            }
        }
        assert!(large.contains(&"obligation"), "{large:?}");
        let mut wrong = Vec::new();
        for (page, statement) in statements(&park, &pages).await {
            for fault in read_whole(&park, &statement, &large).await {
                wrong.push(format!("{page}: {fault}\n    {}", statement.sql));
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    });
}

/// How many copies of a case that is received and of one that is over there are: more in a department than a list is counted to.
const CASES: u32 = 5_500;

/// To what a list of cases is narrowed, and whether what is left is so little that it may be sorted.
const QUEUES: [(&str, bool); 10] = [
    ("", false),
    ("open: true", false),
    ("turn: OFFICE", false),
    ("turn: APPLICANT", false),
    ("light: {oneOf: [RED, BLACK]}", false),
    ("state: {oneOf: [RECEIVED, ACCEPTED]}", false),
    ("mine: true", true),
    ("received: {from: \"2026-10-01\"}", true),
    ("noticedAgain: true", true),
    ("text: \"2026900001\"", true),
];

/// A park with many cases of one department, and the global id of one that is received.
async fn busy(backend: Backend) -> (Park, String) {
    let park = story::fresh(backend).await;
    let received = case(&park, "R10").await;
    let over = case(&park, "R10").await;
    let input = on(&park, &over, json!({"reason": "示例"})).await;
    done(&park, Who::Enterprise, "caseWithdraw", "case { id }", input).await;
    size::multiply_cases(&park, CASES).await;
    let cases = number(park.db(), "SELECT count(*) FROM approval_case").await;
    assert!(f64::from(u32::try_from(cases).expect("a count")) > MOST);
    (park, received)
}

/// What is read for lists of cases and for one case, by whom and for what, and whether it may be sorted.
async fn reads_of_cases(park: &Park, case: &str) -> Vec<(String, bool, Statement)> {
    let clocks = "query($id: ID!) { case(id: $id) { clocks { deadline { id } } enterprise { nameZh } application { number }
        materials { files { id } } } }";
    let read = park.data(Who::Window, clocks, json!({"id": case})).await;
    let clock = text(&read["case"]["clocks"][0]["deadline"]["id"]);
    let node = "query($id: ID!) { node(id: $id) { id } }";
    let mut wanted = vec![
        (clocks.to_owned(), json!({"id": case}), true),
        (node.to_owned(), json!({"id": clock}), true),
    ];
    for by in ["RECEIVED_AT", "DUE_ON"] {
        for (filter, few) in QUEUES {
            let list = format!(
                "{{ cases(first: 10, where: {{{filter}}}, sortBy: {{field: {by}}}) {{ nodes {{ id }} }} }}"
            );
            wanted.push((list, json!({}), few));
        }
    }
    let mut all = Vec::new();
    for who in [Who::Window, Who::Head, Who::Centre] {
        for (query, variables, few) in &wanted {
            let asked = park.data(who, query, variables.clone());
            let (_, sent) = park.recorded(asked).await;
            for Sent { statement, .. } in sent {
                if statement.sql.starts_with("SELECT") {
                    all.push((format!("{query} as {who:?}"), *few, statement));
                }
            }
        }
    }
    all
}

#[test]
fn a_list_of_cases_looks_at_what_it_shows() {
    story::alone(Backend::Postgres, async |backend| {
        let (park, case) = busy(backend).await;
        let mut wrong = Vec::new();
        for (query, _, statement) in reads_of_cases(&park, &case).await {
            for fault in judged(&park, &statement).await {
                wrong.push(format!("{query}: {fault}\n    {}", statement.sql));
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    });
}

#[test]
fn a_list_of_cases_on_sqlite_walks_an_index_in_its_order() {
    story::alone(Backend::Sqlite, async |backend| {
        let (park, case) = busy(backend).await;
        let large = ["approval_case", "application", "case_clock", "deadline"];
        let mut wrong = Vec::new();
        for (query, few, statement) in reads_of_cases(&park, &case).await {
            let is_list = statement.sql.contains("ORDER BY \"approval_case\"");
            for step in steps(&park, &statement).await {
                let is_whole = large.iter().any(|table| step == format!("SCAN {table}"));
                let is_sorted = is_list && !few && step.starts_with("USE TEMP B-TREE");
                // Asked for a few things, nobody looks at all that a department has decided.
                let is_all =
                    !is_list && step.contains("approval_case") && step.contains("(department_id=?");
                if is_whole || is_sorted || is_all {
                    wrong.push(format!("{query}: {step}\n    {}", statement.sql));
                }
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    });
}
