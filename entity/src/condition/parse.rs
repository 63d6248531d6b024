//! Reading conditions: words by hand, then one function per rule of the grammar.

use std::collections::HashSet;

use chrono::{Datelike, NaiveDate};

use super::{
    Comparison, Condition, DEEPEST, Join, LONGEST, Literal, Number, Operator, RESERVED, Test, Tree,
};
use crate::language::Text;

/// Why a condition cannot be read. Places are counted in characters, from 1.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ParseError {
    /// It has more than [`LONGEST`] characters, as it stands or as it is printed.
    #[error("longer than {LONGEST} characters")]
    TooLong,
    /// More than [`DEEPEST`] levels of `not` and parentheses stand within each other.
    #[error("more than {DEEPEST} levels")]
    TooDeep {
        /// Where the level begins that is one too many.
        at: usize,
    },
    /// Something else was expected.
    #[error("expected {expected:?} at {at}, found {found:?}")]
    Expected {
        /// Where.
        at: usize,
        /// What.
        expected: Expected,
        /// What stands there; empty at the end.
        found: String,
    },
    /// A reserved word stands in the place of a key.
    #[error("{key} at {at} is reserved")]
    Reserved {
        /// Where.
        at: usize,
        /// The word.
        key: String,
    },
    /// A value stands twice in the braces.
    #[error("{value} at {at} stands there twice")]
    Twice {
        /// Where it stands again.
        at: usize,
        /// The value.
        value: Literal,
    },
    /// The calendar has no such day.
    #[error("{date} at {at} is no day")]
    NoSuchDay {
        /// Where.
        at: usize,
        /// The day.
        date: String,
    },
    /// A number has more than twelve digits before the point or more than six behind it.
    #[error("{number} at {at} has too many digits")]
    TooManyDigits {
        /// Where.
        at: usize,
        /// The number.
        number: String,
    },
}

/// What was expected in a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expected {
    /// `not`, a parenthesis or a comparison.
    Condition,
    /// One of the operators, or `in`.
    Operator,
    /// A code, a number or a day.
    Value,
    /// `{`
    Opening,
    /// `|` or `}`
    Closing,
    /// `)`, `and` or `or`
    Parenthesis,
    /// `and`, `or` or the end.
    End,
    /// A space between two words.
    Space,
}

impl Expected {
    fn text(self) -> Text {
        let (zh, en) = match self {
            Self::Condition => (
                "比较、not 或者左括号",
                "a comparison, not or an opening parenthesis",
            ),
            Self::Operator => ("=、!=、<、<=、>、>= 或者 in", "=, !=, <, <=, >, >= or in"),
            Self::Value => ("代码、数字或者日期", "a code, a number or a date"),
            Self::Opening => ("{", "{"),
            Self::Closing => ("| 或者 }", "| or }"),
            Self::Parenthesis => ("右括号、and 或者 or", "a closing parenthesis, and or or"),
            Self::End => ("and、or 或者结尾", "and, or or the end"),
            Self::Space => ("空格", "a space"),
        };
        Text::new(zh, en)
    }
}

impl ParseError {
    /// What is wrong and what was expected.
    pub fn explain(&self) -> Text {
        match self {
            Self::TooLong => Text::new(
                format!("条件超过{LONGEST}个字符"),
                format!("The condition is longer than {LONGEST} characters"),
            ),
            Self::TooDeep { at } => Text::new(
                format!("第{at}个字符处，not 和括号超过{DEEPEST}层"),
                format!(
                    "At character {at}, not and parentheses are nested deeper than {DEEPEST} levels"
                ),
            ),
            Self::Expected {
                at,
                expected,
                found,
            } => {
                let wanted = expected.text();
                let (found_zh, found_en) = if found.is_empty() {
                    ("结尾".to_owned(), "the end".to_owned())
                } else {
                    (format!("“{found}”"), format!("'{found}'"))
                };
                Text::new(
                    format!("第{at}个字符处应当是{}，实际是{found_zh}", wanted.zh),
                    format!(
                        "At character {at}, {} was expected, not {found_en}",
                        wanted.en
                    ),
                )
            }
            Self::Reserved { at, key } => Text::new(
                format!("第{at}个字符处的 {key} 是保留词，不能作为问题或者字段"),
                format!("{key} at character {at} is a reserved word, not a question or field"),
            ),
            Self::Twice { at, value } => Text::new(
                format!("第{at}个字符处的 {value} 在花括号中重复"),
                format!("{value} at character {at} stands in the braces twice"),
            ),
            Self::NoSuchDay { at, date } => Text::new(
                format!("第{at}个字符处的 {date} 不是有效日期"),
                format!("{date} at character {at} is no day of the calendar"),
            ),
            Self::TooManyDigits { at, number } => Text::new(
                format!("第{at}个字符处的数字 {number} 位数过多：整数最多12位，小数最多6位"),
                format!(
                    "The number {number} at character {at} has more than twelve digits before the point or six behind it"
                ),
            ),
        }
    }
}

/// How many parts a whole [`Number`] has.
pub const MILLION: i64 = 1_000_000;

/// Whether this can be a key: a small letter, then small letters, digits and underscores, and no reserved word.
pub fn is_key(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_lowercase())
        && text
            .bytes()
            .all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'_'))
        && !RESERVED.contains(&text)
}

/// Whether this can be a code: a capital, then capitals, digits and underscores.
pub fn is_code(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_uppercase())
        && text
            .bytes()
            .all(|byte| matches!(byte, b'A'..=b'Z' | b'0'..=b'9' | b'_'))
}

pub fn condition(text: &str) -> Result<Condition, ParseError> {
    if text.chars().count() > LONGEST {
        return Err(ParseError::TooLong);
    }
    let mut parser = Parser::new(text)?;
    let tree = parser.disjunction(0)?;
    parser.sign("", Expected::End)?;
    let condition = Condition(tree);
    // What is printed is read again. It can be longer than what was read: spaces, parentheses behind `not`.
    if condition.to_string().chars().count() > LONGEST {
        return Err(ParseError::TooLong);
    }
    Ok(condition)
}

pub fn literal(text: &str) -> Result<Literal, ParseError> {
    if text.chars().count() > LONGEST {
        return Err(ParseError::TooLong);
    }
    let mut parser = Parser::new(text)?;
    let literal = parser.literal()?;
    parser.sign("", Expected::End)?;
    Ok(literal)
}

/// What stands next. Signs, words and values are told apart by their first character.
#[derive(Clone, Copy, Debug)]
struct Token<'a> {
    /// Its first character, from 1.
    at: usize,
    /// Empty at the end.
    text: &'a str,
}

struct Parser<'a> {
    tokens: Vec<Token<'a>>,
    next: usize,
}

impl<'a> Parser<'a> {
    fn new(text: &'a str) -> Result<Self, ParseError> {
        Ok(Self {
            tokens: tokens(text)?,
            next: 0,
        })
    }

    fn peek(&self) -> Token<'a> {
        self.tokens[self.next]
    }

    /// Takes what stands next; the end stays.
    fn take(&mut self) -> Token<'a> {
        let token = self.peek();
        self.next = (self.next + 1).min(self.tokens.len() - 1);
        token
    }

    /// Takes `text`, if it stands next.
    fn takes(&mut self, text: &str) -> bool {
        let stands = self.peek().text == text;
        if stands {
            self.take();
        }
        stands
    }

    /// Takes `text`, which must stand next.
    fn sign(&mut self, text: &str, expected: Expected) -> Result<(), ParseError> {
        if self.takes(text) {
            return Ok(());
        }
        Err(self.peek().instead_of(expected))
    }

    fn disjunction(&mut self, level: usize) -> Result<Tree, ParseError> {
        self.joined(Join::Or, "or", level, Self::conjunction)
    }

    fn conjunction(&mut self, level: usize) -> Result<Tree, ParseError> {
        self.joined(Join::And, "and", level, Self::negation)
    }

    fn joined(
        &mut self,
        join: Join,
        word: &str,
        level: usize,
        part: fn(&mut Self, usize) -> Result<Tree, ParseError>,
    ) -> Result<Tree, ParseError> {
        let mut parts = vec![part(self, level)?];
        while self.takes(word) {
            parts.push(part(self, level)?);
        }
        Ok(Tree::joined(join, parts))
    }

    fn negation(&mut self, level: usize) -> Result<Tree, ParseError> {
        let token = self.peek();
        if !matches!(token.text, "not" | "(") {
            return self.comparison().map(Tree::Compare);
        }
        if level == DEEPEST {
            return Err(ParseError::TooDeep { at: token.at });
        }
        self.take();
        if token.text == "not" {
            return Ok(Tree::Not(Box::new(self.negation(level + 1)?)));
        }
        let tree = self.disjunction(level + 1)?;
        self.sign(")", Expected::Parenthesis)?;
        Ok(tree)
    }

    fn comparison(&mut self) -> Result<Comparison, ParseError> {
        let key = self.take();
        if !is_key(key.text) {
            return Err(if RESERVED.contains(&key.text) {
                ParseError::Reserved {
                    at: key.at,
                    key: key.text.to_owned(),
                }
            } else {
                key.instead_of(Expected::Condition)
            });
        }
        let operator = self.take();
        let test = if operator.text == "in" {
            Test::In(self.braces()?)
        } else {
            let operator = Operator::ALL
                .into_iter()
                .find(|one| one.sign() == operator.text)
                .ok_or_else(|| operator.instead_of(Expected::Operator))?;
            Test::Is(operator, self.literal()?)
        };
        Ok(Comparison {
            key: key.text.to_owned(),
            test,
        })
    }

    fn braces(&mut self) -> Result<Vec<Literal>, ParseError> {
        self.sign("{", Expected::Opening)?;
        let mut seen = HashSet::new();
        let mut literals = Vec::new();
        loop {
            let at = self.peek().at;
            let value = self.literal()?;
            if !seen.insert(value.clone()) {
                return Err(ParseError::Twice { at, value });
            }
            literals.push(value);
            if !self.takes("|") {
                break;
            }
        }
        self.sign("}", Expected::Closing)?;
        Ok(literals)
    }

    fn literal(&mut self) -> Result<Literal, ParseError> {
        let token = self.take();
        let Token { at, text } = token;
        if is_code(text) {
            return Ok(Literal::Code(text.to_owned()));
        }
        if is_date(text) {
            let day = NaiveDate::parse_from_str(text, "%Y-%m-%d").ok();
            let day = day.filter(|day| day.year() > 0);
            return day.map(Literal::Date).ok_or_else(|| ParseError::NoSuchDay {
                at,
                date: text.to_owned(),
            });
        }
        if text
            .trim_start_matches('-')
            .starts_with(|first: char| first.is_ascii_digit())
        {
            return number(text)
                .map(Literal::Number)
                .ok_or_else(|| ParseError::TooManyDigits {
                    at,
                    number: text.to_owned(),
                });
        }
        Err(token.instead_of(Expected::Value))
    }
}

impl Token<'_> {
    fn instead_of(self, expected: Expected) -> ParseError {
        ParseError::Expected {
            at: self.at,
            expected,
            found: self.text.to_owned(),
        }
    }
}

impl Tree {
    /// Joins parts; what is joined in the same way already is taken apart, so that one condition has one tree.
    pub(super) fn joined(join: Join, parts: Vec<Self>) -> Self {
        let mut flat = Vec::with_capacity(parts.len());
        for part in parts {
            match part {
                Self::Joined(same, parts) if same == join => flat.extend(parts),
                part => flat.push(part),
            }
        }
        match flat.pop() {
            Some(only) if flat.is_empty() => only,
            last => {
                flat.extend(last);
                Self::Joined(join, flat)
            }
        }
    }
}

/// The words, signs and values of a text, and an empty one at its end.
fn tokens(text: &str) -> Result<Vec<Token<'_>>, ParseError> {
    let mut tokens = Vec::new();
    let mut rest = text;
    let mut at = 1;
    loop {
        let spaces = rest.len() - rest.trim_start_matches(' ').len();
        rest = &rest[spaces..];
        at += spaces;
        let (token, after) = rest.split_at(length(rest));
        tokens.push(Token { at, text: token });
        if token.is_empty() {
            return Ok(tokens);
        }
        at += token.chars().count();
        if is_wordy(token) && after.starts_with(|next: char| next.is_alphanumeric() || next == '_')
        {
            return Err(Token {
                at,
                text: &after[..length(after)],
            }
            .instead_of(Expected::Space));
        }
        rest = after;
    }
}

/// How many bytes the first word, sign or value has.
fn length(text: &str) -> usize {
    let run = |of: fn(char) -> bool| text.find(|one: char| !of(one)).unwrap_or(text.len());
    match text.chars().next() {
        None => 0,
        Some('a'..='z') => {
            run(|one| one.is_ascii_lowercase() || one.is_ascii_digit() || one == '_')
        }
        Some('A'..='Z') => {
            run(|one| one.is_ascii_uppercase() || one.is_ascii_digit() || one == '_')
        }
        Some('0'..='9' | '-') => number_length(text),
        Some('!' | '<' | '>') if text[1..].starts_with('=') => 2,
        Some(first) => first.len_utf8(),
    }
}

/// The same of a number or a date; a minus without digits is a sign that nothing expects.
fn number_length(text: &str) -> usize {
    if text.get(..10).is_some_and(is_date) {
        return 10;
    }
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let sign = usize::from(text.starts_with('-'));
    let whole = digits(&text[sign..]);
    let end = sign + whole;
    match text[end..].strip_prefix('.').map(digits) {
        Some(part @ 1..) if whole > 0 => end + 1 + part,
        _ => end,
    }
}

/// Whether it has the shape of a day: 2026-01-31.
fn is_date(text: &str) -> bool {
    text.len() == 10
        && text.bytes().enumerate().all(|(place, byte)| match place {
            4 | 7 => byte == b'-',
            _ => byte.is_ascii_digit(),
        })
}

fn is_wordy(token: &str) -> bool {
    token.ends_with(|last: char| last.is_ascii_alphanumeric() || last == '_')
}

/// A number of the grammar, unless it has more digits than are kept. Noughts before it and behind its fraction do not count.
fn number(text: &str) -> Option<Number> {
    let digits = text.trim_start_matches('-');
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    let (whole, part) = (whole.trim_start_matches('0'), part.trim_end_matches('0'));
    if whole.len() > 12 || part.len() > 6 || digits.is_empty() {
        return None;
    }
    let millionths: i64 = format!("0{whole}{part:0<6}").parse().ok()?;
    Some(Number(if text.starts_with('-') {
        -millionths
    } else {
        millionths
    }))
}
