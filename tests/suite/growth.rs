//! A park forty times as large: what a page costs does not grow with what lies in the tables. The plans of PostgreSQL tell how many rows each
//! statement of a page has looked at.

use std::collections::HashSet;

use api::demo;
use sea_orm::{ConnectionTrait, Statement, TransactionTrait};
use serde_json::Value;
use tests::{
    Backend, Park,
    pages::{self, Gives},
    size, story,
    window::Window,
};

/// How many rows of one table a statement may look at: a list is counted up to 10,000.
const MOST: f64 = 10_002.0;

/// How many rows may be sorted for a page: those of whoever looks after some enterprises.
const SORTED: f64 = 2_500.0;

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

#[test]
fn a_page_looks_at_what_it_shows() {
    story::alone(Backend::Postgres, async |backend| {
        let park = Park::demonstration(backend).await;
        let pages = pages::all(&park.store, park.mailbox.folder()).await;
        size::multiply(&park, 40).await;
        let mut wrong = Vec::new();
        let mut known = HashSet::new();
        for (login, role) in demo::sign_ins() {
            let window = Window::enter(&park, login, demo::PASSWORD).await;
            let own = pages
                .iter()
                .filter(|page| page.gives == Gives::Page && page.tried_as(role));
            for path in own.map(|page| page.path.as_str()).chain(FILTERED) {
                let asked = async {
                    let answer = window.get(&park, path).await;
                    assert!(answer.status().is_success(), "{path} as {role:?}");
                };
                for statement in park.recorded(asked).await {
                    let sql = &statement.sql;
                    if !sql.starts_with("SELECT") || !known.insert((role, sql.clone())) {
                        continue;
                    }
                    for fault in judged(&park, &statement).await {
                        wrong.push(format!("{path} as {role:?}: {fault}\n    {sql}"));
                    }
                }
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    });
}
