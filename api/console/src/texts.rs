//! No text of a page exists in one language only: words stand in `f.t(中文, English)`, and nowhere else.

use std::path::Path;

/// A template and what stands in it outside of its expressions.
fn templates(folder: &Path, found: &mut Vec<(String, String)>) {
    for entry in std::fs::read_dir(folder).expect("a folder").flatten() {
        let path = entry.path();
        if path.is_dir() {
            templates(&path, found);
        } else {
            let text = std::fs::read_to_string(&path).expect("a template");
            found.push((path.display().to_string(), text));
        }
    }
}

fn all() -> Vec<(String, String)> {
    let mut found = Vec::new();
    templates(
        &Path::new(env!("CARGO_MANIFEST_DIR")).join("templates"),
        &mut found,
    );
    assert!(found.len() > 10);
    found
}

fn is_han(c: char) -> bool {
    ('\u{3400}'..='\u{9fff}').contains(&c)
        || ('\u{3000}'..='\u{303f}').contains(&c)
        || ('\u{ff00}'..='\u{ffef}').contains(&c)
}

/// Takes away every `open … close`.
fn without(text: &str, open: &str, close: &str) -> String {
    let mut rest = text;
    let mut kept = String::new();
    while let Some((before, inside)) = rest.split_once(open) {
        kept.push_str(before);
        kept.push(' ');
        rest = inside.split_once(close).map_or("", |(_, after)| after);
    }
    kept + rest
}

/// Words that a reader sees and that no language owns.
const NAMES: &[&str] = &["XLSX", "CSV", "JSON"];

#[test]
fn no_word_of_a_page_stands_outside_of_both_languages() {
    let mut wrong = Vec::new();
    for (path, text) in all() {
        let text = without(&text, "{#", "#}");
        let bare = without(&without(&text, "{%", "%}"), "{{", "}}");
        for attribute in ["title", "aria-label", "placeholder", "alt", "data-label"] {
            for piece in bare.split(&format!(" {attribute}=\"")).skip(1) {
                let value = piece.split('"').next().unwrap_or_default();
                if value.chars().any(char::is_alphabetic) {
                    wrong.push(format!("{path}: {attribute}: {value}"));
                }
            }
        }
        for word in without(&bare, "<", ">").split(|c: char| !c.is_alphabetic()) {
            if !word.is_empty() && !NAMES.contains(&word) {
                wrong.push(format!("{path}: {word}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn both_languages_say_something() {
    let mut seen = 0;
    let mut wrong = Vec::new();
    for (path, text) in all() {
        for call in text.split("f.t(\"").skip(1) {
            let Some((zh, rest)) = call.split_once("\", \"") else {
                wrong.push(format!(
                    "{path}: one language: {}",
                    &call[..call.len().min(40)]
                ));
                continue;
            };
            let en = rest.split('"').next().unwrap_or_default();
            seen += 1;
            // A particle may be empty where the other language has none; a word may not.
            let words = |text: &str| text.chars().any(char::is_alphabetic);
            if words(zh) && !zh.chars().any(is_han) {
                wrong.push(format!("{path}: no Chinese: {zh}"));
            }
            if zh.chars().filter(|c| is_han(*c)).count() > 1 && !words(en) {
                wrong.push(format!("{path}: no English: {zh}"));
            }
        }
    }
    assert!(seen > 80, "only {seen} texts found");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
