//! How answers become a score. Levels, weights, bands and thresholds are those of the practice of enterprise evaluations (企业评议机关), and a
//! design may change them; the interval is Taylor linearisation of a ratio over enterprises, as survey statistics do it.
//!
//! A question with fewer answers than are told of (`publish_from`) is left out of every figure, as if nobody had answered it: from the score
//! and the means of the others its mean could be computed. So a page can show the whole sum, and the sum tells nothing else.
//!
//! Figures are points or per cent from 0 to 100, rounded half up to one decimal, once, at the end. Sums are made of whole numbers in the order
//! of the form, so the order of the answers never changes a byte.

use std::collections::{BTreeMap, BTreeSet};

use sea_orm::{FromJsonQueryResult, prelude::Uuid};
use serde::{Deserialize, Serialize};
use statrs::distribution::{ContinuousCDF, StudentsT};

use super::{
    answers::{Aspect, ContractRating, Level, Rating, Service},
    performance::Formula,
    rules::DesignError,
};
use crate::{share, term::term};

/// Of fewer answers nothing is ever told, whatever a design says.
const LEAST: u32 = 5;

/// Of fewer enterprises a liaison has no band: with one or two it would be their opinion.
const LEAST_ENTERPRISES: usize = 3;

/// How close to a half a figure counts as the half, so that binary fractions never decide.
const HALF: f64 = 1e-9;

/// How answers become a score. The default is what the product ships.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
#[serde(rename_all = "camelCase")]
pub struct Parameters {
    /// The points of each level that says something.
    pub points: BTreeMap<Level, u32>,
    /// The weight of each question, in per cent.
    pub weights: BTreeMap<Aspect, u32>,
    /// From how many answers on a figure is told.
    pub publish_from: u32,
    /// From how many on a department is ranked.
    pub rank_from: u32,
    /// From how many points on which band.
    pub bands: Bands,
    /// How sure the interval is, in per cent.
    pub confidence: u32,
    /// A score below it opens a rectification.
    pub low_below: u32,
    /// How the performance of a department is made.
    #[serde(default)]
    pub performance: Formula,
}

/// From how many points on a score is in a band; below the last it has failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Bands {
    /// 优秀.
    pub excellent_from: u32,
    /// 良好.
    pub good_from: u32,
    /// 合格.
    pub passed_from: u32,
}

term! {
    /// The band of a score (等次).
    pub enum Band as "EvaluationBand" {
        /// The best.
        Excellent = "EXCELLENT", "优秀", "Excellent";
        /// Above what is asked for.
        Good = "GOOD", "良好", "Good";
        /// What is asked for.
        Passed = "PASSED", "合格", "Passed";
        /// Below what is asked for.
        Failed = "FAILED", "不合格", "Failed";
    }
}

impl Default for Parameters {
    fn default() -> Self {
        let points = [100, 85, 70, 40, 0];
        let weights = [15, 20, 15, 10, 15, 15, 10];
        Self {
            points: effective_levels().zip(points).collect(),
            weights: Aspect::ALL.into_iter().zip(weights).collect(),
            publish_from: LEAST,
            rank_from: 10,
            bands: Bands {
                excellent_from: 95,
                good_from: 85,
                passed_from: 60,
            },
            confidence: 90,
            low_below: 60,
            performance: Formula::default(),
        }
    }
}

impl Parameters {
    /// Everything that keeps them from making a score; nothing when they do.
    pub fn check(&self) -> Vec<DesignError> {
        let points: Vec<u32> = self.points.values().copied().collect();
        let bands = &self.bands;
        let checks = [
            (
                self.points.keys().copied().eq(effective_levels()),
                DesignError::PointsIncomplete,
            ),
            (
                points.first() == Some(&100)
                    && points.last() == Some(&0)
                    && points.is_sorted_by(|better, worse| better > worse),
                DesignError::PointsNotFalling,
            ),
            (
                self.weights.keys().eq(Aspect::ALL.iter())
                    && self.weights.values().all(|weight| *weight > 0),
                DesignError::WeightsIncomplete,
            ),
            (
                self.weights.values().copied().map(u64::from).sum::<u64>() == 100,
                DesignError::WeightsNotWhole,
            ),
            (self.publish_from >= LEAST, DesignError::PublishedTooEarly),
            (
                self.rank_from >= self.publish_from,
                DesignError::RankedTooEarly,
            ),
            (
                bands.excellent_from <= 100
                    && bands.excellent_from > bands.good_from
                    && bands.good_from > bands.passed_from
                    && bands.passed_from > 0,
                DesignError::BandsNotFalling,
            ),
            (
                (50..=99).contains(&self.confidence),
                DesignError::ConfidenceOutOfRange,
            ),
            (self.low_below <= 100, DesignError::LowOutOfRange),
            (self.performance.is_whole(), DesignError::FormulaInvalid),
        ];
        let problems = checks.into_iter().filter(|(holds, _)| !holds);
        problems.map(|(_, problem)| problem).collect()
    }

    /// The band of a score.
    pub fn band(&self, score: f64) -> Band {
        let reaches = |points: u32| score >= f64::from(points);
        match self.bands {
            bands if reaches(bands.excellent_from) => Band::Excellent,
            bands if reaches(bands.good_from) => Band::Good,
            bands if reaches(bands.passed_from) => Band::Passed,
            _ => Band::Failed,
        }
    }

    /// Whether a score opens a rectification.
    pub fn is_low(&self, score: f64) -> bool {
        score < f64::from(self.low_below)
    }

    /// The points of an answer; none when it says nothing.
    fn points_of(&self, level: Level) -> Option<u32> {
        let points = self.points.get(&level).copied();
        points.filter(|_| level.is_effective())
    }
}

fn effective_levels() -> impl Iterator<Item = Level> {
    Level::ALL.into_iter().filter(|level| level.is_effective())
}

term! {
    /// What is known of a department.
    pub enum ScoreStanding as "EvaluationStanding" {
        /// Too few answers for any figure.
        Insufficient = "INSUFFICIENT", "样本不足", "Too few answers";
        /// Enough for figures, too few for a rank.
        Unranked = "UNRANKED", "不参与排名", "Not ranked";
        /// Enough for a rank.
        Ranked = "RANKED", "参与排名", "Ranked";
    }
}

/// What is known of a department, with its figures.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum DepartmentScore {
    /// 样本不足: no question has enough answers. There is no figure at all, not even how many.
    Insufficient,
    /// Enough for figures, too few for a rank: 样本不足，不参与排名.
    Unranked(Score<Aspect>),
    /// Enough for a rank.
    Ranked(Score<Aspect>),
}

impl DepartmentScore {
    /// The same without the figures.
    pub fn standing(&self) -> ScoreStanding {
        match self {
            Self::Insufficient => ScoreStanding::Insufficient,
            Self::Unranked(_) => ScoreStanding::Unranked,
            Self::Ranked(_) => ScoreStanding::Ranked,
        }
    }

    /// The figures, where there are any.
    pub fn figures(&self) -> Option<&Score<Aspect>> {
        match self {
            Self::Insufficient => None,
            Self::Unranked(score) | Self::Ranked(score) => Some(score),
        }
    }
}

/// The figures of what was rated by questions `Q`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Score<Q> {
    /// How many enterprises answered any of its questions.
    pub n: u32,
    /// 满意度得分: the weighted mean of the questions.
    pub score: f64,
    /// Where the score lies if other enterprises like these had answered.
    pub interval: Interval,
    /// 满意率: very satisfied, satisfied and basically satisfied among all answers to its questions that say something, in per cent.
    pub rate: f64,
    /// Where the rate lies.
    pub rate_interval: Interval,
    /// The band of the score as it is told, rounded.
    pub band: Band,
    /// Whether a question had too few answers, so that the weights of the others were stretched.
    pub renormalised: bool,
    /// What it is made of, in the order of the form.
    pub questions: Vec<Question<Q>>,
}

/// From where to where.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Interval {
    /// The lower end.
    pub low: f64,
    /// The upper end.
    pub high: f64,
}

/// A question that is part of a score.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Question<Q> {
    /// The question.
    pub question: Q,
    /// How many answers say something.
    pub n: u32,
    /// Their points together.
    pub points: u64,
    /// Its weight.
    pub weight: u32,
}

/// A step of the sum that makes a score; not rounded.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Step<Q> {
    /// The question.
    pub question: Q,
    /// How many answers say something.
    pub n: u32,
    /// The mean of their points.
    pub mean: f64,
    /// Its share of the weights, from 0 to 1; the shares of a score add up to 1.
    pub share: f64,
    /// Mean times share; the products of a score add up to it.
    pub product: f64,
}

impl<Q> Question<Q> {
    /// The mean of its points, rounded.
    pub fn mean(&self) -> f64 {
        rounded(self.exact_mean())
    }

    fn exact_mean(&self) -> f64 {
        self.points as f64 / f64::from(self.n)
    }
}

impl<Q: Copy> Score<Q> {
    /// How the score came about, in the order of the form.
    pub fn breakdown(&self) -> Vec<Step<Q>> {
        steps(&self.questions)
    }
}

fn steps<Q: Copy>(questions: &[Question<Q>]) -> Vec<Step<Q>> {
    let weights: f64 = questions.iter().map(|one| f64::from(one.weight)).sum();
    let step = |one: &Question<Q>| {
        let mean = one.exact_mean();
        let share = f64::from(one.weight) / weights;
        Step {
            question: one.question,
            n: one.n,
            mean,
            share,
            product: mean * share,
        }
    };
    questions.iter().map(step).collect()
}

impl Interval {
    /// Whether they have a point in common: the difference is not significant (差异不显著).
    pub fn overlaps(&self, other: &Self) -> bool {
        self.low <= other.high && other.low <= self.high
    }

    fn around(middle: f64, margin: f64) -> Self {
        // In this order a margin that is no number gives the whole range.
        Self {
            low: rounded((middle - margin).max(0.0)),
            high: rounded((middle + margin).min(100.0)),
        }
    }
}

/// A figure from 0 to 100, rounded half up to one decimal.
pub fn rounded(figure: f64) -> f64 {
    (figure * 10.0 + 0.5 + HALF).floor() / 10.0
}

/// The score of a department (part B).
pub fn score(parameters: &Parameters, ratings: &[&Rating]) -> DepartmentScore {
    let answers: Vec<_> = ratings.iter().map(|rating| &rating.levels).collect();
    match measure(parameters, &parameters.weights, &answers) {
        None => DepartmentScore::Insufficient,
        Some(score) if score.n < parameters.rank_from => DepartmentScore::Unranked(score),
        Some(score) => DepartmentScore::Ranked(score),
    }
}

/// The score of contracts and liaisons in the whole park (part C): its questions weigh the same. None when no question has enough answers.
pub fn contract_score(
    parameters: &Parameters,
    ratings: &[&ContractRating],
) -> Option<Score<Service>> {
    let weights = Service::ALL.into_iter().map(|question| (question, 1));
    let answers: Vec<_> = ratings.iter().map(|rating| &rating.levels).collect();
    measure(parameters, &weights.collect(), &answers)
}

/// The band of a liaison from what enterprises said in four quarters: no figure, because the score of a liaison is the opinion of a few. None
/// unless three enterprises have said something, and a question has enough answers.
pub fn liaison_band(parameters: &Parameters, ratings: &[(Uuid, &ContractRating)]) -> Option<Band> {
    let says_something = |rating: &ContractRating| {
        let mut levels = rating.levels.values();
        levels.any(|level| level.is_effective())
    };
    let enterprises: BTreeSet<Uuid> = ratings
        .iter()
        .filter(|(_, rating)| says_something(rating))
        .map(|(enterprise, _)| *enterprise)
        .collect();
    if enterprises.len() < LEAST_ENTERPRISES {
        return None;
    }
    let ratings: Vec<_> = ratings.iter().map(|(_, rating)| *rating).collect();
    contract_score(parameters, &ratings).map(|score| score.band)
}

/// The figures of what was rated; none when no question has enough answers.
fn measure<Q: Copy + Ord>(
    parameters: &Parameters,
    weights: &BTreeMap<Q, u32>,
    answers: &[&BTreeMap<Q, Level>],
) -> Option<Score<Q>> {
    let level = |levels: &BTreeMap<Q, Level>, question: &Q| {
        let level = *levels.get(question)?;
        Some((level, parameters.points_of(level)?))
    };
    let question = |(question, weight): (&Q, &u32)| {
        let given = answers.iter().filter_map(|levels| level(levels, question));
        let (n, points) = given.fold((0, 0), |(n, sum), (_, points)| {
            (n + 1, sum + u64::from(points))
        });
        let counts = n >= parameters.publish_from.max(LEAST) && *weight > 0;
        counts.then_some(Question {
            question: *question,
            n,
            points,
            weight: *weight,
        })
    };
    let questions: Vec<_> = weights.iter().filter_map(question).collect();
    if questions.is_empty() {
        return None;
    }
    let steps = steps(&questions);
    let respondents: Vec<Respondent> = answers
        .iter()
        .map(|levels| {
            let mut respondent = Respondent::default();
            for step in &steps {
                if let Some((level, points)) = level(levels, &step.question) {
                    respondent.answers += 1;
                    respondent.satisfied += u32::from(level.is_satisfied());
                    respondent.influence +=
                        step.share * (f64::from(points) - step.mean) / f64::from(step.n);
                }
            }
            respondent
        })
        .filter(|respondent| respondent.answers > 0)
        .collect();
    let n = u32::try_from(respondents.len()).ok()?;
    let given: u32 = respondents.iter().map(|one| one.answers).sum();
    let satisfied: u32 = respondents.iter().map(|one| one.satisfied).sum();
    let share = f64::from(satisfied) / f64::from(given);

    let score: f64 = steps.iter().map(|step| step.product).sum();
    let influence = respondents.iter().map(|one| one.influence);
    let margin = margin(parameters.confidence, influence.collect());
    // Answers of one enterprise resemble each other: the rate is a ratio of two sums over enterprises, not a share of independent answers.
    let rate_influence = respondents.iter().map(|one| {
        (f64::from(one.satisfied) - share * f64::from(one.answers)) / f64::from(given) * 100.0
    });
    let rate_margin = self::margin(parameters.confidence, rate_influence.collect());
    Some(Score {
        n,
        score: rounded(score),
        interval: Interval::around(score, margin),
        rate: share::percent(satisfied.into(), given.into()).unwrap_or_default(),
        rate_interval: Interval::around(share * 100.0, rate_margin),
        band: parameters.band(rounded(score)),
        renormalised: questions.len() < weights.len(),
        questions,
    })
}

/// What one enterprise adds to a score.
#[derive(Default)]
struct Respondent {
    answers: u32,
    satisfied: u32,
    /// How much the score would change if this enterprise counted a little more.
    influence: f64,
}

/// Half the interval of a figure, from the influence of each enterprise on it: t × √(n/(n−1) · Σz²).
fn margin(confidence: u32, influences: Vec<f64>) -> f64 {
    let n = influences.len() as f64;
    let mut squares: Vec<f64> = influences.iter().map(|one| one * one).collect();
    // The sum of fractions depends on their order; so that of the answers does not show.
    squares.sort_by(f64::total_cmp);
    let variance = n / (n - 1.0) * squares.iter().sum::<f64>();
    let tail = (1.0 + f64::from(confidence) / 100.0) / 2.0;
    let quantile = StudentsT::new(0.0, 1.0, n - 1.0).map_or(f64::NAN, |t| t.inverse_cdf(tail));
    quantile * variance.sqrt()
}

/// The place of a department among those that are ranked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Place {
    /// 1 is the best; equal scores share a place, and the next one is as far down as departments are above it.
    pub rank: u32,
    /// Whether its interval overlaps one of the next better place: 差异不显著.
    pub indistinct_from_above: bool,
}

/// The place of each, in the order given; none for those that are not ranked. Scores are compared as they are told, rounded.
pub fn rank(scores: &[DepartmentScore]) -> Vec<Option<Place>> {
    let ranked = |one: &DepartmentScore| match one {
        DepartmentScore::Ranked(score) => Some((score.score, score.interval)),
        DepartmentScore::Insufficient | DepartmentScore::Unranked(_) => None,
    };
    let all: Vec<_> = scores.iter().filter_map(ranked).collect();
    let place = |(score, interval): (f64, Interval)| {
        let better = all.iter().filter(|(other, _)| *other > score);
        let next = better.clone().map(|(other, _)| *other).reduce(f64::min);
        let mut above = all.iter().filter(|(other, _)| Some(*other) == next);
        Place {
            rank: better.zip(2..).last().map_or(1, |(_, rank)| rank),
            indistinct_from_above: above.any(|(_, other)| interval.overlaps(other)),
        }
    };
    scores.iter().map(|one| ranked(one).map(place)).collect()
}

#[cfg(test)]
mod tests;
