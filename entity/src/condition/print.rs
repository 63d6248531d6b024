//! Conditions and values as they are written: the one way in which each is printed.

use std::fmt::{self, Display};

use super::{Comparison, DEEPEST, Join, Literal, Number, Operator, Test, Tree, parse::MILLION};

/// Prints a tree that stands within `level` levels. Parentheses stand where they are needed, and around what `not` denies.
pub fn tree(tree: &Tree, level: usize, to: &mut fmt::Formatter<'_>) -> fmt::Result {
    match tree {
        Tree::Compare(comparison) => comparison.fmt(to),
        Tree::Not(part) => {
            to.write_str("not ")?;
            // At the deepest level a comparison stands without parentheses, which would be one level too many.
            let bare = match **part {
                Tree::Not(_) => true,
                Tree::Compare(_) => level + 2 > DEEPEST,
                Tree::Joined(..) => false,
            };
            within(part, !bare, level + 1, to)
        }
        Tree::Joined(join, parts) => {
            let word = match join {
                Join::And => " and ",
                Join::Or => " or ",
            };
            for (place, part) in parts.iter().enumerate() {
                if place > 0 {
                    to.write_str(word)?;
                }
                let parentheses = *join == Join::And && matches!(part, Tree::Joined(Join::Or, _));
                within(part, parentheses, level, to)?;
            }
            Ok(())
        }
    }
}

fn within(
    part: &Tree,
    parentheses: bool,
    level: usize,
    to: &mut fmt::Formatter<'_>,
) -> fmt::Result {
    if !parentheses {
        return tree(part, level, to);
    }
    to.write_str("(")?;
    tree(part, level + 1, to)?;
    to.write_str(")")
}

impl fmt::Display for Comparison {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.test {
            Test::Is(operator, literal) => write!(to, "{} {operator} {literal}", self.key),
            Test::In(literals) => {
                write!(to, "{} in {{", self.key)?;
                for (place, literal) in literals.iter().enumerate() {
                    if place > 0 {
                        to.write_str("|")?;
                    }
                    literal.fmt(to)?;
                }
                to.write_str("}")
            }
        }
    }
}

impl fmt::Display for Operator {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str(self.sign())
    }
}

impl fmt::Display for Literal {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Code(code) => to.write_str(code),
            Self::Number(number) => number.fmt(to),
            Self::Date(date) => date.fmt(to),
        }
    }
}

impl fmt::Display for Number {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let (whole, part) = (
            self.0.unsigned_abs() / MILLION as u64,
            self.0.unsigned_abs() % MILLION as u64,
        );
        write!(to, "{sign}{whole}")?;
        if part == 0 {
            return Ok(());
        }
        write!(to, ".{}", format!("{part:06}").trim_end_matches('0'))
    }
}
