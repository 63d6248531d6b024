//! Which passwords are tried first by whoever guesses: the commonest ones, what is made of them, and what follows from its beginning.

use std::{collections::HashSet, sync::LazyLock};

/// The commonest passwords, in small letters.
static COMMONEST: LazyLock<HashSet<&str>> = LazyLock::new(|| {
    include_str!("../../data/common-passwords.txt")
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .collect()
});

/// Keys beside each other.
const ROWS: [&str; 5] = [
    "1234567890-=",
    "qwertyuiop[]",
    "asdfghjkl;'",
    "zxcvbnm,./",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik,9ol.0p;/",
];

/// Whether a password is among the first that are tried.
pub fn is_common(password: &str) -> bool {
    let small = password.to_lowercase();
    let plain = read_as_letters(&small);
    [small.as_str(), plain.as_str()].into_iter().any(|text| {
        let core = text.trim_matches(|c: char| !c.is_alphabetic());
        [text, core, unit(text), unit(core)]
            .iter()
            .any(|part| COMMONEST.contains(part))
    }) || follows_from_its_beginning(&small)
}

/// With letters for the digits and marks that are written for them.
fn read_as_letters(text: &str) -> String {
    let letter = |character| match character {
        '0' => 'o',
        '1' | '!' => 'i',
        '3' => 'e',
        '4' | '@' => 'a',
        '5' | '$' => 's',
        '7' => 't',
        other => other,
    };
    text.chars().map(letter).collect()
}

/// What a text repeats, or the whole when it repeats nothing.
fn unit(text: &str) -> &str {
    let lengths = text.char_indices().map(|(at, _)| at).skip(1);
    lengths
        .filter(|length| text.len().is_multiple_of(*length))
        .find(|length| text == text[..*length].repeat(text.len() / length))
        .map_or(text, |length| &text[..length])
}

/// Whether most of it is the next or the same key, letter or digit again, or it has hardly any characters of its own.
fn follows_from_its_beginning(text: &str) -> bool {
    let characters: Vec<char> = text.chars().collect();
    let different: HashSet<char> = characters.iter().copied().collect();
    let foreseen = |pair: &&[char]| {
        let step = i64::from(u32::from(pair[1])) - i64::from(u32::from(pair[0]));
        let beside = |row: &str| {
            let pair: String = pair.iter().collect();
            let back: String = pair.chars().rev().collect();
            row.contains(&pair) || row.contains(&back)
        };
        (-1..=1).contains(&step) || ROWS.into_iter().any(beside)
    };
    let pairs = characters.len().saturating_sub(1);
    different.len() < 5 || characters.windows(2).filter(foreseen).count() * 4 >= pairs * 3
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_tried_first_is_known() {
        assert!(COMMONEST.len() > 3_000);
        let repeated = "ab1".repeat(6);
        for common in [
            "password",
            "Password",
            "P@ssw0rd",
            "Passw0rd!2026",
            "!!!password123456789",
            "passwordpassword",
            "Admin@123456789",
            "woaini1314woaini1314",
            "1234567890123456",
            "abcdefghijklmnopq",
            "qwertyuiopasdfgh",
            "1qaz2wsx3edc4rfv",
            "aaaaaaaaaaaaaaaaaa",
            &repeated,
        ] {
            assert!(is_common(common), "{common}");
        }
        for own in [
            "Right-password-1",
            "Qiyue-demo-2026",
            "契约服务契约专员走访企业园区七月流火",
            "correct horse battery staple",
            "m7Kp-2xWq-9Tza",
        ] {
            assert!(!is_common(own), "{own}");
        }
    }
}
