//! The number of statements of an operation does not grow with the data: every connection and every edge from its rows, found
//! in the schema itself, is asked over one row and over fifty.

use api_import::read;
use entity::{
    account,
    ledger::{
        Row,
        commands::{Import, PARK_PARTY, import},
    },
    store::Store,
    viewer::Viewer,
};
use sea_orm::{EntityTrait, PaginatorTrait};
use serde_json::json;
use tests::{Park, Who, schema::Schema, stories};

/// Every operation to be measured: a connection at the root with its rows' plain fields, and once more for each edge.
fn operations() -> Vec<String> {
    let schema = Schema::read();
    let plain = |owner: &str| -> String {
        let fields = schema.fields(owner).into_iter();
        fields
            .filter(|field| field.bare && !schema.is_object(&field.kind))
            .map(|field| format!("{} ", field.name))
            .collect::<String>()
            + "__typename"
    };
    let row = |kind: &str| kind.trim_end_matches("Connection").to_owned();
    let mut operations = Vec::new();
    for root in schema.fields("Query") {
        if !root.bare || !root.kind.ends_with("Connection") {
            continue;
        }
        let owner = row(&root.kind);
        // Fifty whole forms are more than one answer may cost.
        let many = if owner == "Application" { 10 } else { 50 };
        let ask = |below: &str| {
            format!(
                "{{ {}(first: {many}) {{ nodes {{ {below} }} }} }}",
                root.name
            )
        };
        operations.push(ask(&plain(&owner)));
        for edge in schema.fields(&owner) {
            if !edge.bare || !schema.is_object(&edge.kind) {
                continue;
            }
            operations.push(if edge.kind.ends_with("Connection") {
                let below = plain(&row(&edge.kind));
                ask(&format!(
                    "{}(first: 5) {{ nodes {{ {below} }} }}",
                    edge.name
                ))
            } else {
                ask(&format!("{} {{ {} }}", edge.name, plain(&edge.kind)))
            });
        }
    }
    operations
}

/// What an operation costs in statements.
async fn cost(park: &Park, operation: &str) -> usize {
    // The centre reads nearly everything; the audit trail is the supervisor's.
    let who = if operation.contains("auditEntries") {
        Who::Supervisor
    } else {
        Who::Centre
    };
    let asked = park.graphql(who, operation, json!({}));
    let (answer, statements) = park.statements(asked).await;
    assert!(answer.get("errors").is_none(), "{operation}\n{answer:#}");
    statements
}

/// Imports the first `count` of a ledger of many enterprises, each with its contract, commitments and project.
async fn take_rows(park: &Park, count: u32) {
    let bytes = include_bytes!("../../api/data/roster-2026.xlsx");
    let first = read("roster-2026.xlsx", bytes)
        .expect("it is a ledger")
        .rows
        .remove(0);
    let rows = (0..count)
        .map(|number| {
            let stem = format!("91210231XR{number:07}");
            let code = "0123456789ABCDEFGHJKLMNPQRTUWXY"
                .chars()
                .map(|check| format!("{stem}{check}"))
                .find(|code| entity::enterprise::rules::CreditCode::verify(code).is_ok())
                .expect("one of 31 fits");
            Row {
                number: number + 4,
                enterprise_name: format!("示例{number}有限公司"),
                credit_code: code,
                contact_login: format!("contact{number}@enterprise.example"),
                contract_number: format!("QY-2026-{number:05}"),
                ..first.clone()
            }
        })
        .collect();
    let input = Import {
        rows,
        refused: Vec::new(),
        park_party: PARK_PARTY.to_owned(),
        dry_run: false,
    };
    import(&park.store, &Viewer::system("import"), input, |_| {})
        .await
        .expect("the import runs");
}

stories! {
    async fn an_operation_that_reads_sees_one_state(park: Park) {
        let accounts = async |store: &Store| account::Entity::find().count(store.db()).await.expect("a count");
        let reader = park.store.at_once();
        let before = accounts(&reader).await;
        park.people().await;
        assert_eq!(accounts(&reader).await, before, "what came meanwhile is not seen");
        let after = accounts(&park.store).await;
        assert!(after > before);
        assert_eq!(accounts(&park.store.at_once()).await, after);
    }

    async fn no_operation_costs_more_over_more_rows(park: Park) {
        park.people().await;
        take_rows(&park, 1).await;
        assert!(operations().len() > 5, "the schema was not understood");
        let mut few = Vec::new();
        for operation in operations() {
            few.push(cost(&park, &operation).await);
        }
        take_rows(&park, 50).await;
        let mut grown = Vec::new();
        for (operation, few) in operations().into_iter().zip(few) {
            let many = cost(&park, &operation).await;
            // Where there was no row at all, the edge had nothing to load: one batch more is no growth.
            if many > few + 2 {
                grown.push(format!("{few} → {many}: {operation}"));
            }
        }
        assert!(grown.is_empty(), "statements grow with the data:\n{}", grown.join("\n"));
    }
}
