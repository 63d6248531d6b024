//! What an evaluation came to.

use std::collections::BTreeMap;

use api_door::{
    coded::Coded,
    scalar::{Date, int},
};
use async_graphql::{Object, SimpleObject};
use entity::evaluation::{
    answers as given,
    disclosure::Told,
    figures::{self, Figures},
    performance,
    scoring::{self, Interval},
};

use super::RatedDepartment;

/// What an evaluation came to (评议结果). What could unmask an answer has been left out.
pub struct EvaluationFigures(pub(crate) Figures);

/// What an evaluation came to (评议结果). What could unmask an answer has been left out.
#[Object]
impl EvaluationFigures {
    /// The quarter: `2026-Q3`.
    async fn quarter(&self) -> &str {
        &self.0.quarter
    }

    /// Its first day.
    async fn from_on(&self) -> Date {
        self.0.from.into()
    }

    /// Its last day.
    async fn to_on(&self) -> Date {
        self.0.to.into()
    }

    /// 1 is the original; a correction after an objection is the next.
    async fn revision(&self) -> i32 {
        self.0.revision
    }

    /// How many enterprises were asked.
    async fn invited(&self) -> i32 {
        int(self.0.invited)
    }

    /// How many answered.
    async fn answered(&self) -> i32 {
        int(self.0.answered)
    }

    /// How many ratings without a name were not counted, because too few of their kind came to hide them; null when they are few.
    async fn uncounted(&self) -> Option<i32> {
        told(self.0.uncounted)
    }

    /// The departments, in the order of the park's list.
    #[graphql(complexity = "14 * child_complexity")]
    async fn departments(&self) -> Vec<DepartmentFigures> {
        self.0
            .departments
            .iter()
            .cloned()
            .map(DepartmentFigures)
            .collect()
    }

    /// Why enterprises were dissatisfied with any department that has figures.
    #[graphql(complexity = "9 * child_complexity")]
    async fn causes(&self) -> Vec<CauseCount> {
        causes(&self.0.causes)
    }

    /// The contracts and their liaisons in the whole park (part C); null when too few answered.
    async fn contract(&self) -> Option<ContractFigures> {
        self.0.contract.clone().map(ContractFigures)
    }

    /// How often the liaisons came (C5).
    #[graphql(complexity = "3 * child_complexity")]
    async fn visits(&self) -> Vec<VisitsCount> {
        let visits = self.0.visits.iter();
        visits
            .map(|(visits, count)| VisitsCount {
                visits: (*visits).into(),
                count: told(*count),
            })
            .collect()
    }

    /// What was answered about facts (D1 to D3).
    #[graphql(complexity = "9 * child_complexity")]
    async fn checks(&self) -> Vec<CheckCount> {
        let checks = self.0.checks.iter();
        checks
            .flat_map(|(check, answers)| {
                answers.iter().map(|(answer, count)| CheckCount {
                    check: (*check).into(),
                    answer: (*answer).into(),
                    count: told(*count),
                })
            })
            .collect()
    }

    /// How many leads came (D4, D5); null when they are few. The supervisor has them.
    #[graphql(complexity = "2 * child_complexity")]
    async fn leads(&self) -> Vec<CheckCount> {
        let leads = self.0.leads.iter();
        leads
            .map(|(check, count)| CheckCount {
                check: (*check).into(),
                answer: given::CheckAnswer::Yes.into(),
                count: told(*count),
            })
            .collect()
    }
}

/// A count, or null when it is withheld: of few, or because one of few could be computed with it.
fn told(count: Told) -> Option<i32> {
    match count {
        Told::Count(count) => Some(int(count)),
        Told::Withheld => None,
    }
}

fn causes(counted: &BTreeMap<given::Cause, Told>) -> Vec<CauseCount> {
    let counted = counted.iter();
    counted
        .map(|(cause, count)| CauseCount {
            cause: (*cause).into(),
            count: told(*count),
        })
        .collect()
}

/// The figures of one department.
pub struct DepartmentFigures(figures::Row);

impl DepartmentFigures {
    fn told(&self) -> Option<&scoring::Score<given::Aspect>> {
        self.0.score.figures()
    }
}

/// The figures of one department.
#[Object(name = "EvaluationDepartmentFigures")]
impl DepartmentFigures {
    /// The department as it was called.
    async fn department(&self) -> RatedDepartment {
        RatedDepartment::from(&self.0.department)
    }

    /// What is known of it.
    async fn standing(&self) -> Coded<scoring::ScoreStanding> {
        self.0.score.standing().into()
    }

    /// How many enterprises rated it; null where there are too few for a figure, like everything below.
    async fn n(&self) -> Option<i32> {
        self.told().map(|score| int(score.n))
    }

    /// 满意度得分, 0 to 100: the weighted mean of its questions.
    async fn score(&self) -> Option<f64> {
        self.told().map(|score| score.score)
    }

    /// The interval of the score, as sure as the design says.
    async fn score_interval(&self) -> Option<FigureInterval> {
        self.told().map(|score| score.interval.into())
    }

    /// 满意率, in per cent: very satisfied, satisfied and basically satisfied among all answers that say something. Another figure than the
    /// score.
    async fn rate(&self) -> Option<f64> {
        self.told().map(|score| score.rate)
    }

    /// The interval of the rate, as sure as the design says.
    async fn rate_interval(&self) -> Option<FigureInterval> {
        self.told().map(|score| score.rate_interval.into())
    }

    /// The band of the score.
    async fn band(&self) -> Option<Coded<scoring::Band>> {
        self.told().map(|score| score.band.into())
    }

    /// Whether a question had too few answers, so that the weights of the others were stretched.
    async fn renormalised(&self) -> Option<bool> {
        self.told().map(|score| score.renormalised)
    }

    /// Its place; null where it is not ranked.
    async fn rank(&self) -> Option<i32> {
        self.0.place.map(|place| int(place.rank))
    }

    /// Whether the difference to the next better place is not significant (差异不显著).
    async fn indistinct_from_above(&self) -> Option<bool> {
        self.0.place.map(|place| place.indistinct_from_above)
    }

    /// How the score came about: the products add up to it.
    #[graphql(complexity = "7 * child_complexity")]
    async fn breakdown(&self) -> Vec<AspectStep> {
        let steps = self.told().map(scoring::Score::breakdown);
        let steps = steps.unwrap_or_default().into_iter();
        steps
            .map(|step| AspectStep {
                aspect: step.question.into(),
                n: int(step.n),
                mean: step.mean,
                share: step.share,
                product: step.product,
            })
            .collect()
    }

    /// Why enterprises were dissatisfied with it (B8).
    #[graphql(complexity = "9 * child_complexity")]
    async fn causes(&self) -> Vec<CauseCount> {
        causes(&self.0.causes)
    }

    /// Its performance (综合绩效); null where nothing could be measured.
    async fn performance(&self) -> Option<DepartmentPerformance> {
        self.0.performance.clone().map(DepartmentPerformance)
    }
}

/// The performance of a department (综合绩效): its score beside what was counted of its work.
pub struct DepartmentPerformance(performance::Performance);

/// The performance of a department (综合绩效): its score beside what was counted of its work.
#[Object]
impl DepartmentPerformance {
    /// 0 to 100: the products of the breakdown together, without what is deducted.
    async fn score(&self) -> f64 {
        self.0.score
    }

    /// How it came about.
    #[graphql(complexity = "6 * child_complexity")]
    async fn breakdown(&self) -> Vec<PartStep> {
        let steps = self.0.breakdown().into_iter();
        steps
            .map(|step| PartStep {
                part: step.part.into(),
                value: step.value,
                share: step.share,
                product: step.product,
            })
            .collect()
    }

    /// The parts that could not be measured: their weights were spread over the others.
    #[graphql(complexity = "6")]
    async fn missing(&self) -> Vec<Coded<performance::Part>> {
        self.0.missing.iter().map(|part| (*part).into()).collect()
    }

    /// Promises that fell due in the quarter.
    async fn due(&self) -> i32 {
        int(self.0.counted.due)
    }

    /// Of these, kept in time.
    async fn on_time(&self) -> i32 {
        int(self.0.counted.on_time)
    }

    /// Of these, the statutory ones that were not.
    async fn statutory_overdue(&self) -> i32 {
        int(self.0.counted.statutory_overdue)
    }

    /// The points taken off for them.
    async fn deducted(&self) -> i32 {
        int(self.0.deducted)
    }
}

/// A part's share in the performance of a department; not rounded.
#[derive(SimpleObject)]
#[graphql(name = "PerformanceStep")]
pub struct PartStep {
    /// The part.
    part: Coded<performance::Part>,
    /// Its value, 0 to 100.
    value: f64,
    /// Its share of the weights, 0 to 1.
    share: f64,
    /// Value times share.
    product: f64,
}

/// The figures of the contracts and their liaisons in the whole park.
pub struct ContractFigures(scoring::Score<given::Service>);

/// The figures of the contracts and their liaisons in the whole park.
#[Object(name = "EvaluationContractFigures")]
impl ContractFigures {
    /// How many enterprises rated them.
    async fn n(&self) -> i32 {
        int(self.0.n)
    }

    /// 满意度得分, 0 to 100.
    async fn score(&self) -> f64 {
        self.0.score
    }

    /// The interval of the score, as sure as the design says.
    async fn score_interval(&self) -> FigureInterval {
        self.0.interval.into()
    }

    /// 满意率, in per cent.
    async fn rate(&self) -> f64 {
        self.0.rate
    }

    /// The interval of the rate, as sure as the design says.
    async fn rate_interval(&self) -> FigureInterval {
        self.0.rate_interval.into()
    }

    /// How the score came about.
    #[graphql(complexity = "4 * child_complexity")]
    async fn breakdown(&self) -> Vec<ServiceStep> {
        let steps = self.0.breakdown().into_iter();
        steps
            .map(|step| ServiceStep {
                service: step.question.into(),
                n: int(step.n),
                mean: step.mean,
                share: step.share,
                product: step.product,
            })
            .collect()
    }
}

/// From where to where.
#[derive(Clone, Copy, SimpleObject)]
#[graphql(name = "EvaluationInterval")]
pub struct FigureInterval {
    /// The lower end.
    low: f64,
    /// The upper end.
    high: f64,
}

impl From<Interval> for FigureInterval {
    fn from(interval: Interval) -> Self {
        Self {
            low: interval.low,
            high: interval.high,
        }
    }
}

/// A question's part in the score of a department; not rounded.
#[derive(SimpleObject)]
#[graphql(name = "EvaluationAspectStep")]
pub struct AspectStep {
    /// The question.
    aspect: Coded<given::Aspect>,
    /// How many answers say something.
    n: i32,
    /// The mean of their points.
    mean: f64,
    /// Its share of the weights, 0 to 1.
    share: f64,
    /// Mean times share.
    product: f64,
}

/// A question's part in the score of the contracts; not rounded.
#[derive(SimpleObject)]
#[graphql(name = "EvaluationServiceStep")]
pub struct ServiceStep {
    /// The question.
    service: Coded<given::Service>,
    /// How many answers say something.
    n: i32,
    /// The mean of their points.
    mean: f64,
    /// Its share of the weights, 0 to 1.
    share: f64,
    /// Mean times share.
    product: f64,
}

/// How often a cause was named.
#[derive(SimpleObject)]
#[graphql(name = "EvaluationCauseCount")]
pub struct CauseCount {
    /// The cause.
    cause: Coded<given::Cause>,
    /// How often; null when it is withheld.
    count: Option<i32>,
}

/// How many enterprises said so of the liaison's visits.
#[derive(SimpleObject)]
#[graphql(name = "EvaluationVisitsCount")]
pub struct VisitsCount {
    /// What they said.
    visits: Coded<given::Visits>,
    /// How many; null when it is withheld.
    count: Option<i32>,
}

/// How many enterprises answered so about a fact.
#[derive(SimpleObject)]
#[graphql(name = "EvaluationCheckCount")]
pub struct CheckCount {
    /// What was asked.
    check: Coded<given::Check>,
    /// What was answered.
    answer: Coded<given::CheckAnswer>,
    /// How many; null when it is withheld.
    count: Option<i32>,
}
