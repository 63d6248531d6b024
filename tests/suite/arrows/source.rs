//! The tokens of a source file, and the paths that stand in it.

use std::fmt::Write as _;

#[derive(Debug)]
pub(super) struct Token {
    pub(super) text: String,
    pub(super) line: usize,
}

#[derive(Debug)]
pub(super) struct Mention {
    pub(super) path: Vec<String>,
    pub(super) line: usize,
}

/// Every path in `tokens`, from a `use` tree or in full, beginning with the name of a crate (`home` for paths of its own).
pub(super) fn mentions(tokens: &[Token], home: &str, file_module: &[String]) -> Vec<Mention> {
    let mut found = Vec::new();
    // Inline modules around the present token: name, and the depth of braces at which each ends.
    let mut inline: Vec<(String, usize)> = Vec::new();
    let mut depth = 0;
    let mut at = 0;
    while at < tokens.len() {
        let text = tokens[at].text.as_str();
        let mut module = file_module.to_vec();
        module.extend(inline.iter().map(|(name, _)| name.clone()));
        match text {
            "{" => depth += 1,
            "}" => {
                depth -= 1;
                inline.retain(|(_, ends)| *ends <= depth);
            }
            "mod" if tokens.get(at + 2).is_some_and(|next| next.text == "{") => {
                inline.push((tokens[at + 1].text.clone(), depth + 1));
            }
            // What a type captures, `use<'a>`, names no path.
            "use" if tokens.get(at + 1).is_some_and(|next| next.text != "<") => {
                let mut paths = Vec::new();
                at = use_tree(tokens, at + 1, &[], &mut paths);
                for (path, line) in paths {
                    found.extend(resolve(path, home, &module).map(|path| Mention { path, line }));
                }
                continue;
            }
            _ if is_name(text) && tokens.get(at + 1).is_some_and(|next| next.text == "::") => {
                let line = tokens[at].line;
                let mut path = vec![text.to_owned()];
                while tokens.get(at + 1).is_some_and(|next| next.text == "::")
                    && tokens.get(at + 2).is_some_and(|next| is_name(&next.text))
                {
                    at += 2;
                    path.push(tokens[at].text.clone());
                }
                found.extend(resolve(path, home, &module).map(|path| Mention { path, line }));
            }
            _ => {}
        }
        at += 1;
    }
    found
}

/// Reads one tree of a `use` from `at`; gives the place behind it.
pub(super) fn use_tree(
    tokens: &[Token],
    mut at: usize,
    before: &[String],
    paths: &mut Vec<(Vec<String>, usize)>,
) -> usize {
    let mut path = before.to_vec();
    while let Some(token) = tokens.get(at) {
        match token.text.as_str() {
            "::" => at += 1,
            "{" => {
                at += 1;
                while tokens.get(at).is_some_and(|token| token.text != "}") {
                    at = use_tree(tokens, at, &path, paths);
                    if tokens.get(at).is_some_and(|token| token.text == ",") {
                        at += 1;
                    }
                }
                return at + 1;
            }
            "as" => at += 2,
            "self" if !path.is_empty() => at += 1,
            "," | "}" | ";" => break,
            name => {
                path.push(name.to_owned());
                at += 1;
            }
        }
    }
    let line = tokens.get(at).map_or(0, |token| token.line);
    paths.push((path, line));
    at
}

/// The path from the crate on; nothing for a name that is only in scope, since what brought it into scope is looked at itself.
pub(super) fn resolve(path: Vec<String>, home: &str, module: &[String]) -> Option<Vec<String>> {
    let mut module = module.to_vec();
    let mut rest = path.as_slice();
    match rest.first()?.as_str() {
        "crate" => module.clear(),
        "self" | "super" => {}
        "Self" => return None,
        "Utc" => return Some([vec!["chrono".to_owned()], path].concat()),
        _ => return Some(path),
    }
    while let Some(first) = rest.first() {
        match first.as_str() {
            "crate" | "self" => {}
            "super" => {
                module.pop();
            }
            _ => break,
        }
        rest = &rest[1..];
    }
    Some([vec![home.to_owned()], module, rest.to_vec()].concat())
}

pub(super) fn is_name(text: &str) -> bool {
    text.starts_with(|first: char| first.is_alphabetic() || first == '_')
}

/// The tokens of a source file that matter here: names, `::` and single signs; no comments, texts or characters.
pub(super) fn tokens(source: &str) -> Vec<Token> {
    let signs = source.chars().collect::<Vec<_>>();
    let mut tokens = Vec::new();
    let (mut at, mut line) = (0, 1);
    let sign = |at: usize| signs.get(at).copied().unwrap_or('\0');
    while at < signs.len() {
        let start = at;
        match sign(at) {
            '/' if sign(at + 1) == '/' => {
                while at < signs.len() && sign(at) != '\n' {
                    at += 1;
                }
            }
            '/' if sign(at + 1) == '*' => {
                let mut depth = 0;
                while at < signs.len() {
                    match (sign(at), sign(at + 1)) {
                        ('/', '*') => (depth, at) = (depth + 1, at + 2),
                        ('*', '/') => (depth, at) = (depth - 1, at + 2),
                        _ => at += 1,
                    }
                    if depth == 0 {
                        break;
                    }
                }
            }
            '"' => {
                at += 1;
                while at < signs.len() && sign(at) != '"' {
                    at += if sign(at) == '\\' { 2 } else { 1 };
                }
                at += 1;
            }
            '\'' => {
                // A character, or else the mark of a lifetime.
                if sign(at + 1) == '\\' {
                    at += 3;
                    while at < signs.len() && sign(at) != '\'' {
                        at += 1;
                    }
                    at += 1;
                } else if sign(at + 2) == '\'' {
                    at += 3;
                } else {
                    at += 1;
                }
            }
            first if first.is_alphanumeric() || first == '_' => {
                while sign(at).is_alphanumeric() || sign(at) == '_' {
                    at += 1;
                }
                let text = signs[start..at].iter().collect::<String>();
                let raw = ["r", "br", "cr"].contains(&text.as_str());
                let mut hashes = 0;
                while raw && sign(at + hashes) == '#' {
                    hashes += 1;
                }
                if raw && sign(at + hashes) == '"' {
                    at += hashes + 1;
                    let mut end = String::from('"');
                    let _ = write!(end, "{}", "#".repeat(hashes));
                    let end = end.chars().collect::<Vec<_>>();
                    while at < signs.len() && !signs[at..].starts_with(&end) {
                        at += 1;
                    }
                    at += end.len();
                } else {
                    tokens.push(Token { text, line });
                }
            }
            ':' if sign(at + 1) == ':' => {
                tokens.push(Token {
                    text: "::".to_owned(),
                    line,
                });
                at += 2;
            }
            other => {
                if !other.is_whitespace() {
                    tokens.push(Token {
                        text: other.to_string(),
                        line,
                    });
                }
                at += 1;
            }
        }
        let end = at.min(signs.len());
        line += signs[start..end].iter().filter(|one| **one == '\n').count();
    }
    tokens
}
