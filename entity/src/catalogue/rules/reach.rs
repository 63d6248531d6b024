//! What can be answered at all: every complete set of answers to the questions that conditions speak of.
//!
//! Between the numbers that conditions compare with nothing can change, so that of a number 0 and the values one below, at and one
//! above each of them are tried; of options all.

use std::{
    cell::Cell,
    collections::{BTreeMap, BTreeSet},
    ops::ControlFlow,
};

use crate::{
    catalogue::{Files, Question},
    condition::{Answers, Condition, Kind, Literal, Number, Truth},
};

/// How many sets of answers are tried at most, for one question and for all of a catalogue together.
const MOST_AT_ONCE: u32 = 20_000;
const MOST: u32 = 2_000_000;

/// How many questions may decide one matter.
const MOST_QUESTIONS: usize = 64;

/// There are too many sets of answers to try them all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooMany;

/// The questions with the answers that make a difference.
pub struct Reach<'a> {
    questions: &'a [Question],
    values: BTreeMap<&'a str, Vec<Literal>>,
    left: Cell<u32>,
}

impl<'a> Reach<'a> {
    /// The questions of a catalogue, and the numbers of all conditions that speak of questions.
    pub fn new(files: &'a Files) -> Self {
        let mut numbers: BTreeMap<&str, BTreeSet<Number>> = BTreeMap::new();
        let conditions = (files
            .questions
            .iter()
            .filter_map(|one| one.ask_when.as_ref()))
        .chain(files.needs.iter().map(|one| &one.condition))
        .chain(files.edges.iter().filter_map(|one| one.condition.as_ref()))
        .chain(
            files
                .bundles
                .iter()
                .filter_map(|one| one.condition.as_ref()),
        );
        for comparison in conditions.flat_map(Condition::comparisons) {
            for literal in comparison.test.literals() {
                if let Literal::Number(number) = literal {
                    let points = numbers.entry(&comparison.key).or_default();
                    points.insert(*number);
                    points.extend(number.neighbours());
                }
            }
        }
        let values = files.questions.iter().map(|question| {
            let values = match question.kind.of_condition(&question.options) {
                Kind::Codes(codes) => codes.into_iter().map(Literal::Code).collect(),
                _ => {
                    let zero = Number::default();
                    let points = numbers.remove(question.key.as_str()).unwrap_or_default();
                    let points = points.into_iter().filter(|point| *point > zero);
                    std::iter::once(zero)
                        .chain(points)
                        .map(Literal::Number)
                        .collect()
                }
            };
            (question.key.as_str(), values)
        });
        Self {
            values: values.collect(),
            questions: &files.questions,
            left: Cell::new(MOST),
        }
    }

    /// Visits every complete set of answers to the questions of `conditions`, and to those that decide whether these are asked, until
    /// `visit` breaks off.
    pub fn each(
        &self,
        conditions: &[&Condition],
        mut visit: impl FnMut(&Answers) -> ControlFlow<()>,
    ) -> Result<(), TooMany> {
        let mut wanted = BTreeSet::new();
        let mut left: Vec<&str> = conditions.iter().flat_map(|one| one.keys()).collect();
        while let Some(key) = left.pop() {
            let question = self.questions.iter().find(|question| question.key == key);
            if let Some(question) = question
                && wanted.insert(question.key.as_str())
            {
                left.extend(question.ask_when.iter().flat_map(Condition::keys));
            }
        }
        let order: Vec<&Question> = self
            .questions
            .iter()
            .filter(|question| wanted.contains(question.key.as_str()))
            .collect();
        if order.len() > MOST_QUESTIONS {
            return Err(TooMany);
        }
        let most = self.left.get().min(MOST_AT_ONCE);
        let mut tried = 0;
        let mut over = false;
        let mut counted = |answers: &Answers| {
            tried += 1;
            if tried > most {
                over = true;
                return ControlFlow::Break(());
            }
            visit(answers)
        };
        let _ = self.step(&order, &mut Answers::new(), &mut counted);
        self.left.set(self.left.get().saturating_sub(tried));
        if over { Err(TooMany) } else { Ok(()) }
    }

    fn step(
        &self,
        order: &[&Question],
        answers: &mut Answers,
        visit: &mut dyn FnMut(&Answers) -> ControlFlow<()>,
    ) -> ControlFlow<()> {
        let Some((question, rest)) = order.split_first() else {
            return visit(answers);
        };
        let asked = question
            .ask_when
            .as_ref()
            .is_none_or(|condition| condition.truth(answers) == Truth::True);
        if !asked {
            return self.step(rest, answers, visit);
        }
        for value in &self.values[question.key.as_str()] {
            answers.set(&question.key, value.clone());
            self.step(rest, answers, visit)?;
        }
        answers.remove(&question.key);
        ControlFlow::Continue(())
    }

    /// The values that a condition takes over all complete sets of answers.
    pub fn values(&self, condition: &Condition) -> Result<Vec<Truth>, TooMany> {
        let mut found = Vec::new();
        self.each(&[condition], |answers| {
            let truth = condition.truth(answers);
            if !found.contains(&truth) {
                found.push(truth);
            }
            if found.len() == Truth::ALL.len() {
                ControlFlow::Break(())
            } else {
                ControlFlow::Continue(())
            }
        })?;
        Ok(found)
    }

    /// Whether there is a complete set of answers for which `holds` all of `conditions` in the way it asks.
    pub fn possible(
        &self,
        conditions: &[&Condition],
        holds: impl Fn(&Answers) -> bool,
    ) -> Result<bool, TooMany> {
        let mut possible = false;
        self.each(conditions, |answers| {
            possible = holds(answers);
            if possible {
                ControlFlow::Break(())
            } else {
                ControlFlow::Continue(())
            }
        })?;
        Ok(possible)
    }
}

/// What is told when there are too many.
pub const TOO_MANY: (&str, &str) = (
    "涉及的问题太多，无法逐一核对所有答案组合；请拆分条件",
    "Speaks of too many questions to try every set of answers: split the condition",
);
