//! The number of statements of an operation does not grow with the data: every connection and every edge from its rows, found
//! in the schema itself, is asked over one row and over fifty.

use std::collections::BTreeMap;

use api::{graphql::sdl, import::read};
use entity::{
    ledger::{
        Row,
        commands::{Import, PARK_PARTY, import},
    },
    viewer::Viewer,
};
use serde_json::json;
use tests::{Park, Who, stories};

/// A field as the schema writes it: its type, and whether it can be asked without arguments.
struct Field {
    name: String,
    kind: String,
    bare: bool,
}

/// The fields of every object type of the committed form of the schema: one field a line, arguments on the same line.
fn objects() -> BTreeMap<String, Vec<Field>> {
    let text = sdl();
    let mut objects = BTreeMap::<String, Vec<Field>>::new();
    let (mut open, mut quoted, mut head) = (None, false, None::<String>);
    for line in text.lines().map(str::trim) {
        if line.matches("\"\"\"").count() == 1 {
            quoted = !quoted;
            continue;
        }
        if quoted || line.starts_with('"') {
            continue;
        }
        // Described arguments stand on lines of their own: they are put together again.
        let line = match head.take() {
            Some(begun) => format!("{begun} {line}"),
            None => line.to_owned(),
        };
        if open.is_some() && line.contains('(') && !line.contains(')') {
            head = Some(line);
        } else if let Some(rest) = line.strip_prefix("type ") {
            open = rest.split([' ', '{']).next().map(str::to_owned);
        } else if line == "}" {
            open = None;
        } else if let (Some(owner), Some((head, kind))) = (&open, line.rsplit_once(": ")) {
            let (name, arguments) = head.split_once('(').unwrap_or((head, ""));
            let kind = kind.split(' ').next().unwrap_or_default();
            objects.entry(owner.clone()).or_default().push(Field {
                name: name.to_owned(),
                kind: kind.trim_matches(['[', ']', '!']).to_owned(),
                bare: !arguments.contains('!'),
            });
        }
    }
    objects
}

/// Every operation to be measured: a connection at the root with its rows' plain fields, and once more for each edge.
fn operations() -> Vec<String> {
    let objects = objects();
    let plain = |owner: &str| -> String {
        let fields = objects.get(owner).into_iter().flatten();
        fields
            .filter(|field| field.bare && !objects.contains_key(&field.kind))
            .map(|field| format!("{} ", field.name))
            .collect::<String>()
            + "__typename"
    };
    let row = |kind: &str| kind.trim_end_matches("Connection").to_owned();
    let mut operations = Vec::new();
    for root in objects.get("Query").into_iter().flatten() {
        if !root.bare || !root.kind.ends_with("Connection") {
            continue;
        }
        let owner = row(&root.kind);
        let ask = |below: &str| format!("{{ {}(first: 50) {{ nodes {{ {below} }} }} }}", root.name);
        operations.push(ask(&plain(&owner)));
        for edge in objects.get(&owner).into_iter().flatten() {
            if !edge.bare || !objects.contains_key(&edge.kind) {
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

/// What an operation costs in statements. Rows that are resolved together may, on a busy machine, miss the moment in which
/// their keys are collected, so the least of several runs counts.
async fn cost(park: &Park, operation: &str) -> usize {
    let mut least = usize::MAX;
    for _ in 0..4 {
        let asked = park.graphql(Who::Centre, operation, json!({}));
        let (answer, statements) = park.statements(asked).await;
        assert!(answer.get("errors").is_none(), "{operation}\n{answer:#}");
        least = least.min(statements);
    }
    least
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
