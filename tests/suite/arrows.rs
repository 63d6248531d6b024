//! The arrows of ARCHITECTURE.md run the right way: between crates, between the modules of the domain, and inside each folder.
//!
//! The check reads `cargo metadata` and the tokens of every source file: `use` trees and full paths alike, with `super` and
//! `self` resolved, without comments and texts.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    process::Command,
};

use serde_json::Value;

mod source;

use source::{Token, mentions, tokens};

#[test]
fn no_arrow_between_crates_runs_the_wrong_way() {
    let allowed: BTreeMap<&str, &[&str]> = BTreeMap::from([
        ("migration", &[] as &[&str]),
        ("entity", &[]),
        ("jobs", &["entity"]),
        ("api-door", &["entity"]),
        ("api-import", &["entity"]),
        ("api-graphql", &["api-door", "entity"]),
        ("api-http", &["api-door", "entity"]),
        (
            "api-console",
            &["api-door", "api-http", "api-import", "entity"],
        ),
        (
            "api",
            &[
                "api-console",
                "api-door",
                "api-graphql",
                "api-http",
                "api-import",
                "entity",
                "jobs",
                "migration",
            ],
        ),
        (
            "tests",
            &[
                "api",
                "api-console",
                "api-door",
                "api-graphql",
                "api-http",
                "api-import",
                "entity",
                "jobs",
                "migration",
            ],
        ),
    ]);
    let of_others: BTreeMap<&str, &[&str]> = BTreeMap::from([
        (
            "entity",
            &["async-graphql", "axum", "lettre", "askama", "sqlx"] as &[&str],
        ),
        ("jobs", &["async-graphql", "axum", "sea-orm", "sqlx"]),
        ("api-door", &["axum", "lettre", "sea-orm", "sqlx"]),
        ("api-import", &["async-graphql", "axum", "sea-orm", "sqlx"]),
        ("api-graphql", &["axum", "lettre", "sea-orm", "sqlx"]),
        ("api-http", &["askama", "lettre", "sea-orm", "sqlx"]),
        ("api-console", &["lettre", "sea-orm", "sqlx"]),
        ("api", &["lettre", "tokio-cron-scheduler", "sqlx"]),
    ]);
    let mut wrong = Vec::new();
    for (name, dependencies) in crates() {
        let ours = allowed
            .get(name.as_str())
            .unwrap_or_else(|| panic!("a new crate: {name}"));
        for dependency in &dependencies {
            if allowed.contains_key(dependency.as_str()) && !ours.contains(&dependency.as_str()) {
                wrong.push(format!("{name} may not depend on {dependency}"));
            }
            if of_others
                .get(name.as_str())
                .is_some_and(|never| never.contains(&dependency.as_str()))
            {
                wrong.push(format!("{name} may not depend on {dependency}"));
            }
            if name == "migration" && dependency != "sea-orm-migration" {
                wrong.push(format!(
                    "migration needs sea-orm-migration alone, not {dependency}"
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn no_line_points_the_wrong_way() {
    let mut files = Vec::new();
    for folder in [
        "migration",
        "entity",
        "jobs",
        "api",
        "api/door",
        "api/import",
        "api/graphql",
        "api/http",
        "api/console",
    ] {
        collect(&root(), &root().join(folder).join("src"), &mut files);
    }
    assert!(files.len() > 40, "only {} files found", files.len());
    let wrong = wrong_lines(&files);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_planted_wrong_line_is_found() {
    let lib = (
        "entity/src/lib.rs".to_owned(),
        "pub mod clock; pub mod store; pub mod calendar; pub mod contract; pub mod commitment;"
            .to_owned(),
    );
    let planted = [
        ("entity/src/contract.rs", "use crate::commitment::Model;"),
        (
            "entity/src/contract/commands.rs",
            "use super::super::commitment;",
        ),
        (
            "entity/src/contract/commands.rs",
            "use super::super::{calendar, commitment::{self, Model}};",
        ),
        (
            "entity/src/contract/commands.rs",
            "fn f() { crate::commitment::commands::open(); }",
        ),
        (
            "entity/src/contract/commands.rs",
            "mod inner { use super::super::super::commitment; }",
        ),
        (
            "entity/src/contract/commands.rs",
            "fn f() { tokio::spawn(work()); }",
        ),
        (
            "entity/src/contract/repository.rs",
            "use super::commands::sign;",
        ),
        ("entity/src/contract/rules.rs", "pub async fn sign() {}"),
        (
            "entity/src/contract/rules.rs",
            "use sea_orm::DatabaseConnection;",
        ),
        (
            "entity/src/contract/rules.rs",
            "use crate::clock::{Clock, civil_date};",
        ),
        (
            "entity/src/contract/rules.rs",
            "use super::{repository, Model};",
        ),
        (
            "entity/src/contract/rules.rs",
            "use chrono::Utc; fn f() { Utc::now(); }",
        ),
        ("entity/src/contract/rules.rs", "use crate::store::Unit;"),
        (
            "entity/src/contract/rules/draft.rs",
            "use super::super::repository;",
        ),
        (
            "entity/src/contract/rules/draft.rs",
            "pub async fn draft() {}",
        ),
        (
            "entity/src/contract/repository/list.rs",
            "use super::super::commands::sign;",
        ),
        (
            "entity/src/contract/commands/sign.rs",
            "fn f() { tokio::spawn(work()); }",
        ),
        ("jobs/src/deadline_warnings.rs", "use lettre::Message;"),
        (
            "jobs/src/deadline_warnings.rs",
            "use crate::mail::Transport;",
        ),
        ("jobs/src/deadline_warnings.rs", "use sea_orm::EntityTrait;"),
        (
            "jobs/src/schedule.rs",
            "use tokio_cron_scheduler::JobScheduler;",
        ),
        (
            "jobs/src/runner/due.rs",
            "use tokio_cron_scheduler::JobScheduler;",
        ),
        ("jobs/src/mail/digest.rs", "use entity::contract::commands;"),
        ("jobs/src/mail/digest.rs", "use crate::runner::Runner;"),
        ("api/src/cli/users.rs", "fn f() { jobs::run(); }"),
        (
            "api/graphql/src/contract/sign.rs",
            "use chrono::Utc; fn f() { let now = Utc::now(); }",
        ),
        ("api/src/demo.rs", "use migration::Migrator;"),
        ("api/http/src/mail.rs", "use axum::body::Bytes;"),
        (
            "api/console/src/own.rs",
            "use axum::{Form, extract::State};",
        ),
        (
            "api/http/src/mail.rs",
            "fn f(form: axum::extract::Multipart) {}",
        ),
        ("api/src/demo.rs", "use crate::cli;"),
        (
            "api/console/src/contract.rs",
            "use entity::contract::commands::sign;",
        ),
        (
            "api/console/src/contract.rs",
            "fn f() { entity::contract::Entity::one(); }",
        ),
        (
            "api/console/src/contract.rs",
            "fn f() { entity::contract::repository::page(); }",
        ),
    ];
    for (path, line) in planted {
        let files = [lib.clone(), (path.to_owned(), line.to_owned())];
        assert!(!wrong_lines(&files).is_empty(), "{path}: {line}");
    }
    let right = [
        ("entity/src/commitment.rs", "use crate::contract::Model;"),
        (
            "entity/src/contract.rs",
            "// use crate::commitment::Model;\n/* crate::commitment */",
        ),
        (
            "entity/src/contract.rs",
            "const T: &str = \"crate::commitment::Model\"; const R: &str = r#\"crate::commitment\"#;",
        ),
        (
            "entity/src/contract/rules.rs",
            "use crate::{calendar::rules, clock::civil_date}; use super::Model;",
        ),
        (
            "entity/src/contract/rules.rs",
            "fn f<'a>(c: char) -> bool { c == '\"' && c != '\\'' } // async",
        ),
        ("jobs/src/outbox_delivery.rs", "use crate::mail::Transport;"),
        (
            "jobs/src/outbox_delivery/queue.rs",
            "use crate::mail::Transport;",
        ),
        (
            "api/graphql/src/contract.rs",
            "fn f() -> impl Future + use<> { let a = 1; a }",
        ),
        (
            "api/src/app.rs",
            "use migration::Migrator; use jobs::schedule;",
        ),
        (
            "api/graphql/src/contract.rs",
            "use api_door::page; use entity::contract::commands;",
        ),
        (
            "api/console/src/contract.rs",
            "use api_door::scalar::Kind; use entity::{language::Language, link};",
        ),
    ];
    for (path, line) in right {
        let files = [lib.clone(), (path.to_owned(), line.to_owned())];
        assert_eq!(wrong_lines(&files), Vec::<String>::new(), "{path}: {line}");
    }
}

/// The crates of the workspace and what each depends on, tests included.
fn crates() -> Vec<(String, Vec<String>)> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = Command::new(cargo)
        .args([
            "metadata",
            "--no-deps",
            "--offline",
            "--format-version",
            "1",
        ])
        .current_dir(root())
        .output()
        .expect("cargo metadata");
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let metadata: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let text = |value: &Value| value.as_str().expect("a name").to_owned();
    metadata["packages"]
        .as_array()
        .expect("packages")
        .iter()
        .map(|package| {
            let dependencies = package["dependencies"].as_array().expect("dependencies");
            (
                text(&package["name"]),
                dependencies.iter().map(|one| text(&one["name"])).collect(),
            )
        })
        .collect()
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn collect(root: &Path, folder: &Path, files: &mut Vec<(String, String)>) {
    for entry in std::fs::read_dir(folder).expect("a folder").flatten() {
        let path = entry.path();
        if path.is_dir() {
            collect(root, &path, files);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            let name = path.strip_prefix(root).expect("below the root");
            let content = std::fs::read_to_string(&path).expect("a source file");
            files.push((name.display().to_string(), content));
        }
    }
}

/// Every line of `files` (path, content) that points the wrong way, with the reason.
fn wrong_lines(files: &[(String, String)]) -> Vec<String> {
    let modules = files
        .iter()
        .find(|(path, _)| path == "entity/src/lib.rs")
        .map(|(_, content)| declared_modules(&tokens(content)))
        .unwrap_or_default();
    let mut wrong = Vec::new();
    for (path, content) in files {
        let Some((home, file)) = path.split_once("/src/") else {
            continue;
        };
        let tokens = tokens(content);
        let file_module = module_of(file);
        for mention in mentions(&tokens, home, &file_module) {
            if let Some(reason) = objection(home, file, &mention.path, &modules) {
                wrong.push(format!(
                    "{path}:{}: {}: {reason}",
                    mention.line,
                    mention.path.join("::")
                ));
            }
        }
        if home == "entity" && layer(file) == "rules" {
            for token in &tokens {
                if ["async", "await"].contains(&token.text.as_str()) {
                    wrong.push(format!("{path}:{}: rules are not async", token.line));
                }
            }
        }
    }
    wrong
}

/// Why a file may not mention a path, if it may not. The path begins with the name of a crate.
fn objection(home: &str, file: &str, path: &[String], modules: &[String]) -> Option<&'static str> {
    let parts = path.iter().map(String::as_str).collect::<Vec<_>>();
    let outside = parts[0];
    let inside = if outside == home { &parts[1..] } else { &[] };
    let last_two = &parts[parts.len().saturating_sub(2)..];
    if home == "api" && file != "app.rs" && ["jobs", "migration"].contains(&outside) {
        return Some("only the composition root knows this crate");
    }
    match home {
        "entity" => {
            let own = file.split(['/', '.']).next().unwrap_or_default();
            let place = |name: &str| modules.iter().position(|module| module == name);
            if let (Some(from), Some(to)) = (place(own), inside.first().and_then(|top| place(top)))
                && from < to
            {
                return Some("this module stands below in entity/src/lib.rs");
            }
            match layer(file) {
                "rules" => {
                    let state = ["Clock", "SharedClock", "OffsetClock", "SetClock"];
                    if inside.first() == Some(&"clock")
                        && parts.iter().any(|part| state.contains(part))
                    {
                        return Some("time comes into a rule as a value");
                    }
                    if inside.first() == Some(&"store") {
                        return Some("a rule has no connection");
                    }
                    if inside
                        .iter()
                        .any(|part| ["repository", "commands", "table"].contains(part))
                    {
                        return Some("a rule is pure");
                    }
                    if last_two.ends_with(&["Utc", "now"])
                        || outside == "rand"
                        || outside == "tokio"
                    {
                        return Some("a rule has no clock, no randomness, no runtime");
                    }
                    let connected = |part: &&str| {
                        part.contains("Connection")
                            || part.contains("Transaction")
                            || [
                                "EntityTrait",
                                "QueryFilter",
                                "QuerySelect",
                                "PaginatorTrait",
                            ]
                            .contains(part)
                    };
                    if outside == "sea_orm" && parts.iter().any(connected) {
                        return Some("a rule has no connection");
                    }
                }
                "repository" if inside.get(1) == Some(&"commands") => {
                    return Some("a repository decides nothing");
                }
                "commands" if outside == "tokio" => {
                    return Some("a command does not sleep or spawn");
                }
                _ => {}
            }
            ["async_graphql", "axum", "lettre", "askama"]
                .contains(&outside)
                .then_some("the domain knows no door and no mail")
        }
        "jobs" => {
            let in_mail = file == "mail.rs" || file.starts_with("mail/");
            if in_mail {
                if outside == "entity" && (parts.contains(&"commands") || parts.contains(&"Unit")) {
                    return Some("mail decides nothing and opens no transaction");
                }
                return (inside.first().is_some_and(|top| *top != "mail"))
                    .then_some("mail knows letters, not jobs");
            }
            if outside == "tokio_cron_scheduler" && file != "runner.rs" {
                return Some("only the runner knows the cron crate");
            }
            if ["sea_orm", "sqlx"].contains(&outside) {
                return Some("a job has no SQL");
            }
            let sends = ["outbox_delivery.rs", "lib.rs"].contains(&file)
                || file.starts_with("outbox_delivery/");
            let prints = file == "report/press.rs" && inside.starts_with(&["mail", "print"]);
            if (["lettre", "askama"].contains(&outside) || inside.first() == Some(&"mail"))
                && !sends
                && !prints
            {
                return Some("outbox_delivery alone drives the transport");
            }
            last_two
                .ends_with(&["Utc", "now"])
                .then_some("a job has no own idea of time")
        }
        "api" => (inside.first() == Some(&"cli")
            && !["main.rs", "cli.rs"].contains(&file)
            && !file.starts_with("cli/"))
        .then_some("nothing knows the command line"),
        "api/door" | "api/import" | "api/graphql" | "api/http" | "api/console" => {
            let whole = ["Bytes", "Form", "Multipart", "RawForm", "to_bytes"];
            let reads = [
                ("api/http", "body.rs"),
                ("api/http", "door.rs"),
                ("api/console", "form.rs"),
            ];
            if outside == "axum"
                && parts.iter().any(|part| whole.contains(part))
                && !reads.contains(&(home, file))
            {
                return Some("a body is read by `body` alone, where strangers take turns");
            }
            if home == "api/console"
                && outside == "entity"
                && parts.iter().any(|part| {
                    ["Entity", "commands", "repository", "store", "table"].contains(part)
                })
            {
                return Some("the console is a client of the API");
            }
            last_two
                .ends_with(&["Utc", "now"])
                .then_some("time comes from the store")
        }
        _ => None,
    }
}

/// Which part of its term a file of the domain belongs to: the rules, also where they stand by topic in a folder of that name.
fn layer(file: &str) -> &str {
    let part = file.split('/').nth(1).unwrap_or_default();
    part.trim_end_matches(".rs")
}

/// The module path of a file below `src`.
fn module_of(file: &str) -> Vec<String> {
    let name = file.trim_end_matches(".rs");
    if ["lib", "main"].contains(&name) {
        return Vec::new();
    }
    name.split('/').map(str::to_owned).collect()
}

fn declared_modules(tokens: &[Token]) -> Vec<String> {
    tokens
        .windows(3)
        .filter(|three| three[0].text == "mod" && three[2].text == ";")
        .map(|three| three[1].text.clone())
        .collect()
}
