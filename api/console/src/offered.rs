//! What the API can do, a person can do on a page: each of its mutations is sent by an operation of a page, or is a command with a page.

use std::{collections::BTreeSet, path::Path};

use api_door::scalar::Kind;
use entity::{command::Command, trail};

use super::{HANDLERS, command};

/// Mutations that no page offers, each with the reason.
const NOT_ON_PAGES: &[(&str, &str)] = &[];

fn read(path: &Path) -> String {
    std::fs::read_to_string(path).expect("a file of the sources")
}

/// This file, which names commands and gives none.
const OWN: &str = "offered.rs";

/// The sources of the console.
fn sources(folder: &Path, found: &mut Vec<String>) {
    for entry in std::fs::read_dir(folder).expect("a folder").flatten() {
        let path = entry.path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "rs") && !path.ends_with(OWN) {
            found.push(read(&path));
        }
    }
}

fn manifest() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The name of the field that a line of a document begins with, without its alias.
fn field(line: &str) -> &str {
    let name = line.trim_start().split(['(', ' ', '{']).next();
    let name = name.unwrap_or_default();
    match name.strip_suffix(':') {
        Some(alias) => field(&line.trim_start()[alias.len() + 1..]),
        None => name,
    }
}

/// The mutations of the API.
fn mutations() -> BTreeSet<String> {
    let schema = read(&manifest().join("../schema.graphql"));
    let (_, rest) = schema.split_once("\ntype Mutation {\n").expect("mutations");
    let lines = rest.lines().take_while(|line| *line != "}");
    let named = lines.filter(|line| !line.starts_with("\t\t") && line.ends_with('('));
    named.map(|line| field(line).to_owned()).collect()
}

/// The mutations of the operations that a source executes.
fn executed(source: &str) -> Vec<String> {
    let mut sent = Vec::new();
    for declared in source.split("operation!(").skip(1) {
        let Some((name, rest)) = declared.split_once(" in \"") else {
            continue;
        };
        let file = rest.split('"').next().unwrap_or_default();
        let path = manifest().join(file);
        if name.contains('$') || !path.is_file() {
            continue;
        }
        let document = read(&path);
        let begin = format!("mutation {name}(");
        let lines = document
            .lines()
            .skip_while(|line| !line.starts_with(&begin));
        let roots = lines.take_while(|line| *line != "}");
        let roots = roots.filter(|line| line.starts_with("  ") && !line.starts_with("   "));
        sent.extend(roots.map(|line| field(line).to_owned()));
    }
    sent
}

/// The commands that a source gives by a form of its own.
fn by_hand(source: &str) -> impl Iterator<Item = &'static Command> {
    let gives = source.contains("guest.give(");
    let codes: BTreeSet<&str> = source.split('"').filter(|_| gives).collect();
    trail::all().filter(move |command| codes.contains(command.code))
}

/// Who answers a form that is sent to this address: of the routes that fit, the one that says most of it.
fn handler(address: &str) -> Option<&'static str> {
    let fits = |route: &str| {
        let (asked, known) = (address.split('/'), route.split('/'));
        asked.clone().count() == known.clone().count()
            && asked
                .zip(known)
                .all(|(asked, known)| known.starts_with('{') || known == asked)
    };
    let fitting = HANDLERS.iter().filter(|(route, _)| fits(route));
    let (_, handlers) = fitting.min_by_key(|(route, _)| {
        let parts = route.split('/');
        parts.map(|part| part.starts_with('{')).collect::<Vec<_>>()
    })?;
    let post = handlers.iter().find(|(method, _)| *method == "post");
    post.map(|(_, handler)| *handler)
}

/// Whether a command has its page: at one of its addresses its form is answered, and its thing is found.
fn has_page(command: &'static Command) -> bool {
    let Some(form) = command.form else {
        return false;
    };
    let key = "00000000000000000000000000000000";
    let (of, act) = command.code.split_once('.').unwrap_or_default();
    let page = |kind: Kind| format!("/{}s/{key}", kind.prefix());
    let addresses = match form.target() {
        Some(thing) => {
            let part = format!("    ... on {} {{\n", thing.name());
            let operation = include_str!("operations/command.graphql");
            let kind = Kind::of_type(thing.name()).filter(|_| operation.contains(&part));
            let address = kind.map(|kind| command::address(&page(kind), command.code));
            address.into_iter().collect()
        }
        None => ["new".to_owned(), command::spelt(act)]
            .map(|act| format!("/{of}s/{act}"))
            .to_vec(),
    };
    addresses.iter().any(|address| {
        let there = command::at(address);
        there.is_some_and(|there| there.command.code == command.code)
            && handler(address) == Some("command::give")
    })
}

#[test]
fn every_mutation_is_offered_on_a_page() {
    let mut all = Vec::new();
    sources(&manifest().join("src"), &mut all);
    let sent = all.iter().flat_map(|source| executed(source));
    let given = all.iter().flat_map(|source| by_hand(source));
    let given = given.chain(trail::all().filter(|command| has_page(command)));
    let mut offered: BTreeSet<String> = sent.collect();
    assert!(offered.len() > 20, "only {offered:?} are sent");
    offered.extend(given.map(Command::operation));
    let excepted = NOT_ON_PAGES.iter().map(|(name, reason)| {
        assert!(!reason.is_empty(), "{name}");
        (*name).to_owned()
    });
    let excepted: BTreeSet<String> = excepted.collect();
    let mutations = mutations();
    assert!(mutations.len() > 100, "only {mutations:?}");
    let missing: Vec<_> = mutations.difference(&offered).collect();
    assert_eq!(
        missing,
        excepted.iter().collect::<Vec<_>>(),
        "the first are on no page, the second are known to be on none"
    );
}

#[test]
fn a_page_is_found_where_it_is_and_nowhere_else() {
    let command = |code| trail::command(code).expect("a command");
    assert!(has_page(command("permit.renew")), "with its thing");
    assert!(has_page(command("permit.record")), "added to a thing");
    assert!(has_page(command("department.create")), "begins one");
    assert!(!has_page(command("account.create")), "made by hand");
    assert!(!has_page(command("feed.revoke")), "has no route");
    assert_eq!(handler("/obligations/1/fulfil"), Some("obligation::fulfil"));
    assert_eq!(handler("/obligations/1/pause"), Some("command::give"));
    assert_eq!(handler("/obligations/1/why"), None);
    assert_eq!(
        field("  answer: projectDrop(input: $input) {"),
        "projectDrop"
    );
}
