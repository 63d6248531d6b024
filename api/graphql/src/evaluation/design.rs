//! The design of evaluations: wording, weights, points, thresholds.

use std::collections::HashMap;

use api_door::{
    coded::Coded,
    loaders::Batch,
    scalar::{DateTime, Kind, int},
};
use async_graphql::{ID, InputObject, Object, SimpleObject};
use entity::{
    error::Fault,
    evaluation::{design, performance, repository, scoring},
    language::Text,
    store::Store,
    viewer::Viewer,
};
use uuid::Uuid;

/// The wording of the form, and how answers become a score (评议方案). A version never changes.
pub struct EvaluationDesign(pub(crate) design::Model);

impl From<design::Model> for EvaluationDesign {
    fn from(row: design::Model) -> Self {
        Self(row)
    }
}

/// The wording of the form, and how answers become a score (评议方案). A version never changes.
#[Object]
impl EvaluationDesign {
    /// The global id.
    pub(crate) async fn id(&self) -> ID {
        Kind::EvaluationDesign.id(self.0.id)
    }

    /// Its number, from 1; give it back as `expectedVersion`.
    async fn version(&self) -> i32 {
        self.0.version
    }

    /// The questions, by their number on the form; "0" is the sentence on the cover.
    #[graphql(complexity = "24 * child_complexity")]
    async fn questions(&self) -> Vec<Question> {
        let wording = self.0.wording.0.iter();
        wording
            .map(|(number, text)| Question {
                number: number.clone(),
                text_zh: text.zh.clone(),
                text_en: text.en.clone(),
            })
            .collect()
    }

    /// Weights, points and thresholds.
    async fn parameters(&self) -> Parameters {
        Parameters::from(&self.0.parameters)
    }

    /// Why it was changed.
    async fn reason(&self) -> &str {
        &self.0.reason
    }

    /// When it was adopted.
    async fn adopted_at(&self) -> DateTime {
        self.0.adopted_at.into()
    }
}

/// Designs by key.
pub struct EvaluationDesignById;

impl Batch for EvaluationDesignById {
    type Key = Uuid;
    type Value = design::Model;

    async fn load(
        store: &Store,
        _viewer: &Viewer,
        keys: &[Uuid],
    ) -> Result<HashMap<Uuid, design::Model>, Fault> {
        let rows = repository::designs(store.db(), keys).await?;
        Ok(rows.into_iter().map(|row| (row.id, row)).collect())
    }
}

/// The text of a question.
#[derive(Clone, SimpleObject, InputObject)]
#[graphql(name = "EvaluationQuestion", input_name = "EvaluationQuestionInput")]
pub struct Question {
    /// Its number on the form: `B1`.
    number: String,
    /// Its text, Chinese; up to 300 characters.
    text_zh: String,
    /// Its text, English; up to 300 characters.
    text_en: String,
}

/// The questions as the domain knows them.
pub(super) fn wording(questions: Vec<Question>) -> design::Wording {
    let read = |one: Question| (one.number, Text::new(one.text_zh, one.text_en));
    design::Wording(questions.into_iter().map(read).collect())
}

/// The points of a level.
#[derive(Clone, Copy, SimpleObject, InputObject)]
#[graphql(name = "EvaluationPoints", input_name = "EvaluationPointsInput")]
pub struct Points {
    /// The level.
    level: Coded<entity::evaluation::answers::Level>,
    /// Its points, 0 to 100.
    points: i32,
}

/// The weight of a question.
#[derive(Clone, Copy, SimpleObject, InputObject)]
#[graphql(name = "EvaluationWeight", input_name = "EvaluationWeightInput")]
pub struct Weight {
    /// The question.
    aspect: Coded<entity::evaluation::answers::Aspect>,
    /// Its weight, in per cent.
    weight: i32,
}

/// How answers become a score.
#[derive(Clone, InputObject)]
#[graphql(name = "EvaluationParametersInput")]
pub struct ParametersInput {
    /// The points of each level that says something.
    points: Vec<Points>,
    /// The weight of each question; together 100.
    weights: Vec<Weight>,
    /// From how many answers on a figure is told; at least 5.
    publish_from: i32,
    /// From how many on a department is ranked.
    rank_from: i32,
    /// From how many points on a score is excellent (优秀).
    excellent_from: i32,
    /// From how many on it is good (良好).
    good_from: i32,
    /// From how many on it has passed (合格).
    passed_from: i32,
    /// How sure the interval is, in per cent.
    confidence: i32,
    /// A score below it opens a rectification.
    low_below: i32,
    /// How the performance of a department is made.
    performance: FormulaInput,
}

/// The weight of a part of the performance.
#[derive(Clone, Copy, SimpleObject, InputObject)]
#[graphql(name = "PerformanceWeight", input_name = "PerformanceWeightInput")]
pub struct PartWeight {
    /// The part.
    part: Coded<entity::evaluation::performance::Part>,
    /// Its weight, in per cent.
    weight: i32,
}

/// How the performance of a department is made.
#[derive(Clone, InputObject)]
#[graphql(name = "PerformanceFormulaInput")]
pub struct FormulaInput {
    /// The weight of each part; together 100.
    weights: Vec<PartWeight>,
    /// The points taken off for each promise that is beyond its statutory limit.
    per_statutory_overdue: i32,
    /// The most that is taken off.
    most_deducted: i32,
}

impl ParametersInput {
    /// As the domain knows them. What is negative is as wrong as what is far too large.
    pub(super) fn read(self) -> scoring::Parameters {
        let number = |given: i32| u32::try_from(given).unwrap_or(u32::MAX);
        scoring::Parameters {
            points: (self.points.into_iter())
                .map(|one| (one.level.0, number(one.points)))
                .collect(),
            weights: (self.weights.into_iter())
                .map(|one| (one.aspect.0, number(one.weight)))
                .collect(),
            publish_from: number(self.publish_from),
            rank_from: number(self.rank_from),
            bands: scoring::Bands {
                excellent_from: number(self.excellent_from),
                good_from: number(self.good_from),
                passed_from: number(self.passed_from),
            },
            confidence: number(self.confidence),
            low_below: number(self.low_below),
            performance: performance::Formula {
                weights: (self.performance.weights.into_iter())
                    .map(|one| (one.part.0, number(one.weight)))
                    .collect(),
                per_statutory_overdue: number(self.performance.per_statutory_overdue),
                most_deducted: number(self.performance.most_deducted),
            },
        }
    }
}

/// How answers become a score.
pub struct Parameters(scoring::Parameters);

impl From<&scoring::Parameters> for Parameters {
    fn from(parameters: &scoring::Parameters) -> Self {
        Self(parameters.clone())
    }
}

/// How answers become a score.
#[Object(name = "EvaluationParameters")]
impl Parameters {
    /// The points of each level that says something.
    #[graphql(complexity = "5 * child_complexity")]
    async fn points(&self) -> Vec<Points> {
        let points = self.0.points.iter();
        points
            .map(|(level, points)| Points {
                level: (*level).into(),
                points: int(*points),
            })
            .collect()
    }

    /// The weight of each question.
    #[graphql(complexity = "7 * child_complexity")]
    async fn weights(&self) -> Vec<Weight> {
        let weights = self.0.weights.iter();
        weights
            .map(|(aspect, weight)| Weight {
                aspect: (*aspect).into(),
                weight: int(*weight),
            })
            .collect()
    }

    /// From how many answers on a figure is told.
    async fn publish_from(&self) -> i32 {
        int(self.0.publish_from)
    }

    /// From how many on a department is ranked.
    async fn rank_from(&self) -> i32 {
        int(self.0.rank_from)
    }

    /// From how many points on a score is excellent (优秀).
    async fn excellent_from(&self) -> i32 {
        int(self.0.bands.excellent_from)
    }

    /// From how many on it is good (良好).
    async fn good_from(&self) -> i32 {
        int(self.0.bands.good_from)
    }

    /// From how many on it has passed (合格).
    async fn passed_from(&self) -> i32 {
        int(self.0.bands.passed_from)
    }

    /// How sure the interval is, in per cent.
    async fn confidence(&self) -> i32 {
        int(self.0.confidence)
    }

    /// A score below it opens a rectification.
    async fn low_below(&self) -> i32 {
        int(self.0.low_below)
    }

    /// How the performance of a department is made.
    async fn performance(&self) -> Formula {
        Formula(self.0.performance.clone())
    }
}

/// How the performance of a department is made.
pub struct Formula(performance::Formula);

/// How the performance of a department is made.
#[Object(name = "PerformanceFormula")]
impl Formula {
    /// The weight of each part.
    #[graphql(complexity = "6 * child_complexity")]
    async fn weights(&self) -> Vec<PartWeight> {
        let weights = self.0.weights.iter();
        weights
            .map(|(part, weight)| PartWeight {
                part: (*part).into(),
                weight: int(*weight),
            })
            .collect()
    }

    /// The points taken off for each promise that is beyond its statutory limit.
    async fn per_statutory_overdue(&self) -> i32 {
        int(self.0.per_statutory_overdue)
    }

    /// The most that is taken off.
    async fn most_deducted(&self) -> i32 {
        int(self.0.most_deducted)
    }
}
