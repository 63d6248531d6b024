//! The text of a document, before the parser sees it.

use super::{DEEPEST_BRACKETS, LONGEST_WORD, MOST_TOKENS, Refused, limit};

/// Counts the tokens of the specification, their length and the nesting of brackets, so that the parser is never given too
/// much. What is no token counts as one for each byte and is the parser's to refuse.
pub(super) fn scan(text: &str) -> Result<(), Refused> {
    let bytes = text.as_bytes();
    let (mut at, mut tokens, mut open) = (0, 0, 0_usize);
    while let Some(&byte) = bytes.get(at) {
        let rest = &bytes[at..];
        if let Some(ignored) = ignored(rest) {
            at += ignored;
            continue;
        }
        let length = match byte {
            b'"' => string(rest),
            b'{' | b'(' | b'[' => {
                open += 1;
                1
            }
            b'}' | b')' | b']' => {
                open = open.saturating_sub(1);
                1
            }
            b'.' if rest.starts_with(b"...") => 3,
            b'-' | b'0'..=b'9' => word(number(rest))?,
            _ if is_name(byte) => word(length_while(rest, is_name))?,
            _ => 1,
        };
        at += length;
        tokens += 1;
        if tokens > MOST_TOKENS {
            return Err(limit("The document has too many tokens."));
        }
        if open > DEEPEST_BRACKETS {
            return Err(limit("The document is nested too deep."));
        }
    }
    Ok(())
}

/// How long what stands between two tokens is.
fn ignored(bytes: &[u8]) -> Option<usize> {
    match bytes.first()? {
        b' ' | b'\t' | b'\r' | b'\n' | b',' => Some(1),
        b'#' => Some(length_while(bytes, |byte| byte != b'\n' && byte != b'\r')),
        _ => bytes.starts_with("\u{feff}".as_bytes()).then_some(3),
    }
}

fn word(length: usize) -> Result<usize, Refused> {
    if length > LONGEST_WORD {
        return Err(limit("The document has too long a name or number."));
    }
    Ok(length)
}

fn is_name(byte: u8) -> bool {
    byte == b'_' || byte.is_ascii_alphanumeric()
}

fn length_while(bytes: &[u8], pass: impl Fn(u8) -> bool) -> usize {
    bytes
        .iter()
        .position(|byte| !pass(*byte))
        .unwrap_or(bytes.len())
}

/// The length of a number: its digits, and a point or an exponent with digits behind it.
fn number(bytes: &[u8]) -> usize {
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let mut at = 1;
    loop {
        at += match bytes.get(at) {
            Some(byte) if byte.is_ascii_digit() => 1,
            Some(b'.') if digit(at + 1) => 2,
            Some(b'e' | b'E') if digit(at + 1) => 2,
            Some(b'e' | b'E')
                if matches!(bytes.get(at + 1), Some(b'+' | b'-')) && digit(at + 2) =>
            {
                3
            }
            _ => return at,
        };
    }
}

fn string(bytes: &[u8]) -> usize {
    let (quote, mut at): (&[u8], usize) = if bytes.starts_with(b"\"\"\"") {
        (b"\"\"\"", 3)
    } else {
        (b"\"", 1)
    };
    while at < bytes.len() {
        if bytes[at..].starts_with(b"\\") {
            at += if bytes[at..].starts_with(b"\\\"\"\"") {
                4
            } else if quote.len() == 1 {
                2
            } else {
                1
            };
        } else if bytes[at..].starts_with(quote) {
            return at + quote.len();
        } else {
            at += 1;
        }
    }
    bytes.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_end_where_the_specification_ends_them() {
        // As many as fit beside the first, and one more.
        let at_edge = |token: &str| {
            let rest = " a".repeat(MOST_TOKENS - 1);
            scan(&format!("{token}{rest}")).is_ok() && scan(&format!("{token}{rest} a")).is_err()
        };
        for one in [
            "-1.5e-3",
            "10",
            "0E1",
            "name_1",
            "...",
            "\"a b\"",
            "\"\"\"a \"b\" c\"\"\"",
        ] {
            assert!(at_edge(one), "{one}");
        }
        for two in ["...a", "$a", "@a", "1a", "a:", "-1-", "..", "1e"] {
            let rest = " a".repeat(MOST_TOKENS - 2);
            assert!(scan(&format!("{two}{rest}")).is_ok(), "{two}");
            assert!(scan(&format!("{two}{rest} a")).is_err(), "{two}");
        }
        assert!(scan(&"\u{feff},\t# a b c d\n".repeat(MOST_TOKENS)).is_ok());
        assert!(scan(&"字".repeat(MOST_TOKENS)).is_err());
    }
}
