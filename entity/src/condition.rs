//! Condition (条件): one line of text that is true, false or open for a set of answers. It says which question is asked, which item a
//! project needs, which material and which field go with it. The language has no script: every condition ends, in time proportional
//! to its length.
//!
//! ```text
//! condition   = disjunction ;
//! disjunction = conjunction , { "or" , conjunction } ;
//! conjunction = negation , { "and" , negation } ;
//! negation    = "not" , negation | "(" , disjunction , ")" | comparison ;
//! comparison  = key , operator , literal | key , "in" , "{" , literal , { "|" , literal } , "}" ;
//! operator    = "=" | "!=" | "<" | "<=" | ">" | ">=" ;
//! ```
//!
//! A key is small letters, digits and underscores; a literal is a code in capitals, a number or a date.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
};

use chrono::NaiveDate;
use sea_orm::FromJsonQueryResult;
use serde::{Deserialize, Serialize};

use crate::term::term;

mod eval;
mod parse;
mod print;
#[cfg(test)]
mod tests;
mod typing;

pub use parse::{Expected, ParseError, is_code, is_key};
pub use typing::TypeFault;

/// How many characters a condition has at most, as it is read and as it is printed.
pub const LONGEST: usize = 500;

/// How many levels of `not` and parentheses stand within each other at most.
pub const DEEPEST: usize = 32;

/// Words that cannot be keys.
pub const RESERVED: [&str; 4] = ["and", "or", "not", "in"];

/// A condition that was read: its syntax is right. Whether its keys and values exist is told by [`Condition::faults`].
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Condition(Tree);

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Tree {
    /// Two or more parts, none of them joined in the same way.
    Joined(Join, Vec<Tree>),
    Not(Box<Tree>),
    Compare(Comparison),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Join {
    And,
    Or,
}

/// One comparison of an answer.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Comparison {
    /// Whose answer.
    pub key: String,
    /// With what.
    pub test: Test,
}

/// What an answer is compared with.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Test {
    /// One value.
    Is(Operator, Literal),
    /// One of these values, each named once.
    In(Vec<Literal>),
}

/// How an answer is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Operator {
    /// `=`
    Equal,
    /// `!=`
    Unequal,
    /// `<`
    Less,
    /// `<=`
    AtMost,
    /// `>`
    More,
    /// `>=`
    AtLeast,
}

/// A value of a condition or an answer.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Literal {
    /// An option: `YES`, `AUCTION`.
    Code(String),
    /// A number, in the unit of its key.
    Number(Number),
    /// A day.
    Date(NaiveDate),
}

/// An exact decimal number: up to twelve digits before the point, up to six behind it. Kept in millionths.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(try_from = "String", into = "String")]
pub struct Number(i64);

/// What has been answered, by keys. A key without an answer is open.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
#[serde(transparent)]
pub struct Answers(BTreeMap<String, Literal>);

/// What kind of answer a key takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// One of these codes.
    Codes(Vec<String>),
    /// A number.
    Number,
    /// A day.
    Date,
    /// Something that conditions cannot speak of: a text, a table, several options at once.
    Other,
}

/// The keys that a condition may speak of, with their kinds.
pub type Kinds = BTreeMap<String, Kind>;

term! {
    /// Whether a condition holds for what has been answered so far (条件是否成立).
    pub enum Truth as "Truth" {
        /// It holds, whatever else is answered.
        True = "TRUE", "成立", "Holds";
        /// It does not hold, whatever else is answered.
        False = "FALSE", "不成立", "Does not hold";
        /// An answer that decides it is missing.
        Open = "OPEN", "待确定", "Open";
    }
}

/// What decided a condition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decided<'a> {
    /// Whether it holds.
    pub truth: Truth,
    /// Why: of an `and` that holds all parts, of one that does not its first false part; of an `or` that holds its first true part, of
    /// one that does not all parts; of what is open the comparisons without an answer.
    pub because: Vec<&'a Comparison>,
}

impl Condition {
    /// Reads a condition.
    ///
    /// # Errors
    ///
    /// Says where it cannot be read and what was expected there.
    pub fn parse(text: &str) -> Result<Self, ParseError> {
        parse::condition(text)
    }

    /// Whether it holds for these answers.
    pub fn truth(&self, answers: &Answers) -> Truth {
        self.decide(answers).truth
    }

    /// Whether it holds for these answers, and what decided that.
    pub fn decide(&self, answers: &Answers) -> Decided<'_> {
        eval::decide(&self.0, answers)
    }

    /// Its comparisons, as they stand.
    pub fn comparisons(&self) -> Vec<&Comparison> {
        let mut found = Vec::new();
        let mut left = vec![&self.0];
        while let Some(tree) = left.pop() {
            match tree {
                Tree::Joined(_, parts) => left.extend(parts.iter().rev()),
                Tree::Not(part) => left.push(part),
                Tree::Compare(comparison) => found.push(comparison),
            }
        }
        found
    }

    /// The keys that it speaks of.
    pub fn keys(&self) -> BTreeSet<&str> {
        self.comparisons()
            .into_iter()
            .map(|comparison| comparison.key.as_str())
            .collect()
    }

    /// Everything that is wrong with its keys and values: empty when it can be decided for every set of answers of these kinds.
    pub fn faults(&self, kinds: &Kinds) -> Vec<TypeFault> {
        typing::faults(self, kinds)
    }

    /// The condition that holds when one of these does; nothing when there are none. It is not printed: it may be longer than what is
    /// read.
    pub fn any(conditions: Vec<Self>) -> Option<Self> {
        let parts: Vec<Tree> = conditions.into_iter().map(|one| one.0).collect();
        (!parts.is_empty()).then(|| Self(Tree::joined(Join::Or, parts)))
    }
}

impl Truth {
    /// Whether one of several holds.
    pub fn any(several: impl IntoIterator<Item = Self>) -> Self {
        let mut any = Self::False;
        for one in several {
            match one {
                Self::True => return Self::True,
                Self::Open => any = Self::Open,
                Self::False => {}
            }
        }
        any
    }
}

impl Test {
    /// The values compared with.
    pub fn literals(&self) -> &[Literal] {
        match self {
            Self::Is(_, literal) => std::slice::from_ref(literal),
            Self::In(literals) => literals,
        }
    }
}

impl Operator {
    /// All of them.
    pub const ALL: [Self; 6] = [
        Self::Equal,
        Self::Unequal,
        Self::Less,
        Self::AtMost,
        Self::More,
        Self::AtLeast,
    ];

    /// As it is written.
    pub fn sign(self) -> &'static str {
        match self {
            Self::Equal => "=",
            Self::Unequal => "!=",
            Self::Less => "<",
            Self::AtMost => "<=",
            Self::More => ">",
            Self::AtLeast => ">=",
        }
    }
}

impl Answers {
    /// No answer yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// The answer to a key.
    pub fn get(&self, key: &str) -> Option<&Literal> {
        self.0.get(key)
    }

    /// Answers a key, in place of what was answered before.
    pub fn set(&mut self, key: impl Into<String>, answer: Literal) {
        self.0.insert(key.into(), answer);
    }

    /// Takes an answer back.
    pub fn remove(&mut self, key: &str) -> Option<Literal> {
        self.0.remove(key)
    }

    /// All answers, by keys.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Literal)> {
        self.0.iter().map(|(key, answer)| (key.as_str(), answer))
    }
}

impl FromIterator<(String, Literal)> for Answers {
    fn from_iter<I: IntoIterator<Item = (String, Literal)>>(answers: I) -> Self {
        Self(answers.into_iter().collect())
    }
}

impl Number {
    /// A whole number.
    pub fn whole(number: i32) -> Self {
        Self(i64::from(number) * parse::MILLION)
    }

    /// One more, one less: the neighbours at which a comparison with it may change.
    pub fn neighbours(self) -> [Self; 2] {
        [Self(self.0 - parse::MILLION), Self(self.0 + parse::MILLION)]
    }

    /// Reads a number: `-1.5`.
    ///
    /// # Errors
    ///
    /// When it is none, or has more digits than are kept.
    pub fn parse(text: &str) -> Result<Self, ParseError> {
        match Literal::parse(text)? {
            Literal::Number(number) => Ok(number),
            _ => Err(ParseError::Expected {
                at: 1,
                expected: Expected::Value,
                found: text.to_owned(),
            }),
        }
    }
}

impl Literal {
    /// Reads one value.
    ///
    /// # Errors
    ///
    /// When it is neither a code nor a number nor a day.
    pub fn parse(text: &str) -> Result<Self, ParseError> {
        parse::literal(text)
    }

    /// A code, without reading it.
    pub fn code(code: impl Into<String>) -> Self {
        Self::Code(code.into())
    }
}

impl TryFrom<String> for Condition {
    type Error = ParseError;

    fn try_from(text: String) -> Result<Self, ParseError> {
        Self::parse(&text)
    }
}

impl From<Condition> for String {
    fn from(condition: Condition) -> Self {
        condition.to_string()
    }
}

impl TryFrom<String> for Literal {
    type Error = ParseError;

    fn try_from(text: String) -> Result<Self, ParseError> {
        Self::parse(&text)
    }
}

impl TryFrom<String> for Number {
    type Error = ParseError;

    fn try_from(text: String) -> Result<Self, ParseError> {
        Self::parse(&text)
    }
}

impl From<Number> for String {
    fn from(number: Number) -> Self {
        number.to_string()
    }
}

impl From<Literal> for String {
    fn from(literal: Literal) -> Self {
        literal.to_string()
    }
}

impl fmt::Display for Condition {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        print::tree(&self.0, 0, to)
    }
}
