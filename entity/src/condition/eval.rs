//! Three-valued evaluation (Kleene), with the comparisons that decided.

use super::{Answers, Comparison, Decided, Join, Literal, Operator, Test, Tree, Truth};

pub fn decide<'a>(tree: &'a Tree, answers: &Answers) -> Decided<'a> {
    let mut because = Vec::new();
    let truth = walk(tree, answers, &mut because);
    Decided { truth, because }
}

/// The value of `tree`; the comparisons that decided it are pushed onto `because`, which is linear: each is pushed once, and what a
/// later part outweighs is cut off once.
fn walk<'a>(tree: &'a Tree, answers: &Answers, because: &mut Vec<&'a Comparison>) -> Truth {
    match tree {
        Tree::Compare(comparison) => {
            because.push(comparison);
            match answers.get(&comparison.key) {
                Some(answer) => truth(holds(&comparison.test, answer)),
                None => Truth::Open,
            }
        }
        Tree::Not(part) => match walk(part, answers, because) {
            Truth::True => Truth::False,
            Truth::False => Truth::True,
            Truth::Open => Truth::Open,
        },
        Tree::Joined(join, parts) => {
            let decisive = truth(*join == Join::Or);
            let start = because.len();
            let mut open = false;
            for part in parts {
                let before = because.len();
                let value = walk(part, answers, because);
                if value == decisive {
                    because.drain(start..before);
                    return decisive;
                }
                if value == Truth::Open {
                    if !open {
                        because.drain(start..before);
                        open = true;
                    }
                } else if open {
                    because.truncate(before);
                }
            }
            if open {
                Truth::Open
            } else {
                truth(*join == Join::And)
            }
        }
    }
}

fn truth(holds: bool) -> Truth {
    if holds { Truth::True } else { Truth::False }
}

/// Whether an answer stands so. Values of different types are unequal and without order; typing keeps them apart.
fn holds(test: &Test, answer: &Literal) -> bool {
    match test {
        Test::In(literals) => literals.contains(answer),
        Test::Is(operator, literal) => match operator {
            Operator::Equal => answer == literal,
            Operator::Unequal => answer != literal,
            _ if std::mem::discriminant(answer) != std::mem::discriminant(literal) => false,
            Operator::Less => answer < literal,
            Operator::AtMost => answer <= literal,
            Operator::More => answer > literal,
            Operator::AtLeast => answer >= literal,
        },
    }
}
