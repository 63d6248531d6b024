//! Performance (部门综合绩效): what the enterprises say of a department, beside what can be counted of its work. Parts, weights and deductions
//! are those of practice, and a design may change them.
//!
//! A part that nobody can measure here, or that has nothing to measure in the quarter, is left out and its weight spread over the others;
//! that is told.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::scoring::rounded;
use crate::{share, term::term};

term! {
    /// A part of the performance of a department.
    pub enum Part as "PerformancePart" {
        /// The score of the evaluation.
        Satisfaction = "SATISFACTION", "满意度", "Evaluation by enterprises";
        /// Promises kept in time among those that fell due in the quarter.
        OnTime = "ON_TIME", "按时率", "On-time rate";
        /// By how much the promised limits are shorter than the statutory ones.
        Compression = "COMPRESSION", "时限压缩率", "Shorter than statutory limits";
        /// Requests closed.
        Requests = "REQUESTS", "诉求办结率", "Requests closed";
        /// What the department lays open.
        Openness = "OPENNESS", "政务公开", "Openness";
        /// Duties of the contract done.
        Duties = "DUTIES", "职责履行", "Duties fulfilled";
    }
}

/// How a performance is made. The default is what the product ships.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Formula {
    /// The weight of each part, in per cent.
    pub weights: BTreeMap<Part, u32>,
    /// The points taken off for each promise that is beyond its statutory limit.
    pub per_statutory_overdue: u32,
    /// The most that is taken off.
    pub most_deducted: u32,
}

impl Default for Formula {
    fn default() -> Self {
        Self {
            weights: Part::ALL.into_iter().zip([35, 25, 10, 15, 10, 5]).collect(),
            per_statutory_overdue: 5,
            most_deducted: 20,
        }
    }
}

impl Formula {
    /// Whether it weighs each part, with 100 per cent together, and takes off at most 100 points.
    pub fn is_whole(&self) -> bool {
        self.weights.keys().eq(Part::ALL.iter())
            && self.weights.values().copied().map(u64::from).sum::<u64>() == 100
            && self.per_statutory_overdue <= self.most_deducted
            && self.most_deducted <= 100
    }
}

/// What was counted of a department's work in a quarter, as it stood when the scores were made: of its own promises, and of those that its
/// liaisons keep.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Counted {
    /// Promises that fell due; what was lawfully paused or cancelled is not among them.
    pub due: u32,
    /// Of these, done on their last day or before.
    pub on_time: u32,
    /// Of these, the statutory ones that were not.
    pub statutory_overdue: u32,
}

/// The performance of a department.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Performance {
    /// The parts that have a value, in the order of the formula, each from 0 to 100.
    pub parts: Vec<Weighed>,
    /// The parts that have none: their weights were spread over the others.
    pub missing: Vec<Part>,
    /// What was counted.
    pub counted: Counted,
    /// The points taken off.
    pub deducted: u32,
    /// The sum of the parts without what is taken off, from 0 to 100.
    pub score: f64,
}

/// A part with its weight.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Weighed {
    /// The part.
    pub part: Part,
    /// Its value, as it is told.
    pub value: f64,
    /// Its weight in the formula.
    pub weight: u32,
}

/// A step of the sum; not rounded.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Step {
    /// The part.
    pub part: Part,
    /// Its value.
    pub value: f64,
    /// Its share of the weights, from 0 to 1.
    pub share: f64,
    /// Value times share; the products without what is taken off are the performance.
    pub product: f64,
}

impl Performance {
    /// How it came about.
    pub fn breakdown(&self) -> Vec<Step> {
        steps(&self.parts)
    }
}

fn steps(parts: &[Weighed]) -> Vec<Step> {
    let weights: f64 = parts.iter().map(|one| f64::from(one.weight)).sum();
    let step = |one: &Weighed| {
        let share = f64::from(one.weight) / weights;
        Step {
            part: one.part,
            value: one.value,
            share,
            product: one.value * share,
        }
    };
    parts.iter().map(step).collect()
}

/// The performance of a department with this score and this work; none when nothing can be measured. It is made of figures as they are told,
/// so that everybody can do the sum again.
pub fn performance(
    formula: &Formula,
    satisfaction: Option<f64>,
    counted: Counted,
) -> Option<Performance> {
    let value = |part| match part {
        Part::Satisfaction => satisfaction,
        Part::OnTime => share::percent(counted.on_time.into(), counted.due.into()),
        // Nothing here knows of them.
        Part::Compression | Part::Requests | Part::Openness | Part::Duties => None,
    };
    let mut parts = Vec::new();
    let mut missing = Vec::new();
    for (part, weight) in &formula.weights {
        match value(*part).filter(|_| *weight > 0) {
            Some(value) => parts.push(Weighed {
                part: *part,
                value,
                weight: *weight,
            }),
            None => missing.push(*part),
        }
    }
    if parts.is_empty() {
        return None;
    }
    let deducted = counted
        .statutory_overdue
        .saturating_mul(formula.per_statutory_overdue)
        .min(formula.most_deducted);
    let sum: f64 = steps(&parts).iter().map(|step| step.product).sum();
    Some(Performance {
        score: rounded((sum - f64::from(deducted)).max(0.0)),
        parts,
        missing,
        counted,
        deducted,
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn counted(due: u32, on_time: u32, statutory_overdue: u32) -> Counted {
        Counted {
            due,
            on_time,
            statutory_overdue,
        }
    }

    #[test]
    fn worked_examples() {
        let formula = Formula::default();
        assert!(formula.is_whole());
        for (satisfaction, work, expected) in [
            // (35 × 80 + 25 × 90) ÷ 60 = 84.1666…
            (Some(80.0), counted(10, 9, 0), Some((84.2, 0))),
            (Some(80.0), counted(10, 9, 1), Some((79.2, 5))),
            (Some(80.0), counted(10, 5, 9), Some((47.5, 20))),
            // Only one of the two can be measured.
            (Some(80.0), counted(0, 0, 0), Some((80.0, 0))),
            (None, counted(3, 2, 0), Some((66.7, 0))),
            (None, counted(0, 0, 0), None),
            // Nothing falls below nothing.
            (None, counted(9, 0, 9), Some((0.0, 20))),
        ] {
            let found = performance(&formula, satisfaction, work);
            let found = found.map(|one| (one.score, one.deducted));
            assert_eq!(found, expected, "{satisfaction:?} {work:?}");
        }
    }

    proptest! {
        #[test]
        fn the_steps_are_the_sum_and_better_work_never_counts_less(
            satisfaction in proptest::option::of(0u32..=1000),
            due in 0u32..50,
            kept in 0.0..=1.0f64,
            weights in proptest::array::uniform6(0u32..50),
        ) {
            let formula = Formula { weights: Part::ALL.into_iter().zip(weights).collect(), ..Formula::default() };
            let on_time = (f64::from(due) * kept) as u32;
            let satisfaction = satisfaction.map(|tenths| f64::from(tenths) / 10.0);
            let Some(found) = performance(&formula, satisfaction, counted(due, on_time, 0)) else { return Ok(()) };
            let steps = found.breakdown();
            let shares: f64 = steps.iter().map(|step| step.share).sum();
            let sum: f64 = steps.iter().map(|step| step.product).sum();
            prop_assert!((shares - 1.0).abs() < 1e-9);
            prop_assert_eq!(rounded(sum), found.score);
            prop_assert!(found.score >= 0.0 && found.score <= 100.0);
            prop_assert_eq!(found.parts.len() + found.missing.len(), 6);
            if on_time < due {
                let better = performance(&formula, satisfaction, counted(due, on_time + 1, 0));
                prop_assert!(better.is_some_and(|better| better.score >= found.score));
            }
            let worse = performance(&formula, satisfaction, counted(due, on_time, 1));
            prop_assert!(worse.is_some_and(|worse| worse.score <= found.score));
        }
    }
}
