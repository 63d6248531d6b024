//! What an enterprise answers, both ways: as it is given and as it is read.

use std::collections::BTreeMap;

use api_door::{error::bad_request, scalar::Kind};
use async_graphql::{Enum, ID, InputObject, Object, Result, SimpleObject};
use entity::evaluation::answers as given;

/// What is rated of a department (part B).
#[derive(Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "given::Aspect", name = "EvaluationAspect")]
pub enum Aspect {
    /// B1 服务态度.
    Attitude,
    /// B2 办事效率.
    Efficiency,
    /// B3 依法行政.
    Lawfulness,
    /// B4 政务公开.
    Openness,
    /// B5 廉洁自律: never shown for one enterprise.
    Integrity,
    /// B6 解决问题.
    Solution,
    /// B7 总体评价.
    Overall,
}

/// What is rated of the contract and its liaison (part C).
#[derive(Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "given::Service", name = "EvaluationService")]
pub enum Service {
    /// C1 专员能否及时联系到.
    Reachable,
    /// C2 专员是否主动告知项目进展.
    Informing,
    /// C3 反映的问题是否在约定时限内答复.
    Answering,
    /// C4 服务契约约定的事项落实情况.
    Keeping,
}

/// A level of satisfaction (五档).
#[derive(Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "given::Level", name = "EvaluationLevel")]
pub enum Level {
    /// 非常满意.
    VerySatisfied,
    /// 满意.
    Satisfied,
    /// 基本满意.
    BasicallySatisfied,
    /// 不满意.
    Dissatisfied,
    /// 非常不满意.
    VeryDissatisfied,
    /// 不了解: counts for nothing.
    Unknown,
}

/// Why somebody is dissatisfied (B8).
#[derive(Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "given::Cause", name = "EvaluationCause")]
pub enum Cause {
    /// 一次没有告知清楚.
    NotToldAtOnce,
    /// 多次补件.
    RepeatedMaterials,
    /// 超过承诺时限.
    OverLimit,
    /// 互相推诿.
    PassedAround,
    /// 态度生硬.
    Rude,
    /// 收费不清.
    UnclearFees,
    /// 指定中介.
    IntermediaryImposed,
    /// 系统不好用.
    SystemHard,
    /// 其他.
    Other,
}

/// How often the liaison came (C5).
#[derive(Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "given::Visits", name = "EvaluationVisits")]
pub enum Visits {
    /// 偏少.
    TooFew,
    /// 合适.
    Right,
    /// 偏多.
    TooMany,
}

/// What is asked about facts (part D).
#[derive(Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "given::Check", name = "EvaluationCheck")]
pub enum Check {
    /// D1 要求补交未列明材料.
    UnlistedMaterials,
    /// D2 同一事项补正两次以上.
    SecondCorrection,
    /// D3 超过承诺时限未办结.
    OverLimit,
    /// D4 指定或变相指定中介: for the supervisor alone.
    IntermediaryImposed,
    /// D5 无依据收费或摊派: for the supervisor alone.
    LevyWithoutBasis,
}

/// An answer about a fact.
#[derive(Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "given::CheckAnswer", name = "EvaluationCheckAnswer")]
pub enum CheckAnswer {
    /// 是.
    Yes,
    /// 否.
    No,
    /// 不清楚.
    Unclear,
}

/// A level given to an aspect of a department.
#[derive(Clone, Copy, SimpleObject, InputObject)]
#[graphql(
    name = "EvaluationAspectLevel",
    input_name = "EvaluationAspectLevelInput"
)]
pub struct AspectLevel {
    /// What is rated.
    aspect: Aspect,
    /// How.
    level: Level,
}

/// What is said of one department.
#[derive(Clone, SimpleObject, InputObject)]
#[graphql(
    name = "EvaluationRating",
    input_name = "EvaluationRatingInput",
    complex
)]
pub struct Rating {
    /// The department.
    department_id: ID,
    /// The levels given; each aspect once.
    #[graphql(skip_output)]
    levels: Vec<AspectLevel>,
    /// Why, when anything is dissatisfying (B8).
    #[graphql(default, skip_output)]
    causes: Vec<Cause>,
}

/// What is said of one department.
#[async_graphql::ComplexObject]
impl Rating {
    /// The levels given.
    #[graphql(complexity = "7 * child_complexity")]
    async fn levels(&self) -> &[AspectLevel] {
        &self.levels
    }

    /// Why, when anything is dissatisfying (B8).
    #[graphql(complexity = "9")]
    async fn causes(&self) -> &[Cause] {
        &self.causes
    }
}

/// A level given to what the contract promises.
#[derive(Clone, Copy, SimpleObject, InputObject)]
#[graphql(
    name = "EvaluationServiceLevel",
    input_name = "EvaluationServiceLevelInput"
)]
pub struct ServiceLevel {
    /// What is rated.
    service: Service,
    /// How.
    level: Level,
}

/// An answer about a fact.
#[derive(Clone, Copy, SimpleObject, InputObject)]
#[graphql(
    name = "EvaluationCheckGiven",
    input_name = "EvaluationCheckGivenInput"
)]
pub struct CheckGiven {
    /// What is asked.
    check: Check,
    /// What is answered.
    answer: CheckAnswer,
}

/// What an enterprise answers. Nothing is forced: what is left out says nothing.
#[derive(Clone, Default, InputObject)]
#[graphql(name = "EvaluationAnswersInput")]
pub struct AnswersInput {
    /// Part B: each department once.
    #[graphql(default)]
    departments: Vec<Rating>,
    /// Part C, of enterprises with a contract.
    #[graphql(default)]
    contract: Vec<ServiceLevel>,
    /// How often the liaison came (C5).
    visits: Option<Visits>,
    /// Part D.
    #[graphql(default)]
    checks: Vec<CheckGiven>,
    /// The one thing that government should help to solve (E1), up to 500 characters.
    wish: Option<String>,
    /// Comments, suggestions or praise (E2), up to 500 characters.
    comment: Option<String>,
}

impl AnswersInput {
    /// As the domain knows it; what is answered twice is a mistake of the client's.
    pub fn read(self) -> Result<given::Answers> {
        let mut departments = BTreeMap::new();
        for rating in self.departments {
            let key = Kind::Department.require(&rating.department_id)?;
            let levels = rating.levels.into_iter();
            let read = given::Rating {
                levels: once(levels.map(|one| (one.aspect.into(), one.level.into())))?,
                causes: rating.causes.into_iter().map(Into::into).collect(),
            };
            if departments.insert(key, read).is_some() {
                return Err(twice());
            }
        }
        let contract = self.contract.into_iter();
        let checks = self.checks.into_iter();
        Ok(given::Answers {
            departments,
            contract: given::ContractRating {
                levels: once(contract.map(|one| (one.service.into(), one.level.into())))?,
                visits: self.visits.map(Into::into),
            },
            checks: once(checks.map(|one| (one.check.into(), one.answer.into())))?,
            wish: self.wish,
            comment: self.comment,
        })
    }
}

fn once<K: Ord, V>(pairs: impl Iterator<Item = (K, V)>) -> Result<BTreeMap<K, V>> {
    let mut read = BTreeMap::new();
    for (key, value) in pairs {
        if read.insert(key, value).is_some() {
            return Err(twice());
        }
    }
    Ok(read)
}

fn twice() -> async_graphql::Error {
    bad_request("Each department, aspect, service and check is answered once.")
}

/// What an enterprise answered.
pub struct Answers {
    departments: Vec<Rating>,
    contract: Vec<ServiceLevel>,
    visits: Option<Visits>,
    checks: Vec<CheckGiven>,
    wish: Option<String>,
    comment: Option<String>,
}

impl From<&given::Answers> for Answers {
    fn from(answers: &given::Answers) -> Self {
        let departments = answers.departments.iter();
        let contract = answers.contract.levels.iter();
        let checks = answers.checks.iter();
        Self {
            departments: departments
                .map(|(department, rating)| Rating {
                    department_id: Kind::Department.id(*department),
                    levels: (rating.levels.iter())
                        .map(|(aspect, level)| AspectLevel {
                            aspect: (*aspect).into(),
                            level: (*level).into(),
                        })
                        .collect(),
                    causes: rating.causes.iter().map(|cause| (*cause).into()).collect(),
                })
                .collect(),
            contract: contract
                .map(|(service, level)| ServiceLevel {
                    service: (*service).into(),
                    level: (*level).into(),
                })
                .collect(),
            visits: answers.contract.visits.map(Into::into),
            checks: checks
                .map(|(check, answer)| CheckGiven {
                    check: (*check).into(),
                    answer: (*answer).into(),
                })
                .collect(),
            wish: answers.wish.clone(),
            comment: answers.comment.clone(),
        }
    }
}

/// What an enterprise answered.
#[Object(name = "EvaluationAnswers")]
impl Answers {
    /// Part B.
    #[graphql(complexity = "14 * child_complexity")]
    async fn departments(&self) -> &[Rating] {
        &self.departments
    }

    /// Part C.
    #[graphql(complexity = "4 * child_complexity")]
    async fn contract(&self) -> &[ServiceLevel] {
        &self.contract
    }

    /// How often the liaison came (C5).
    async fn visits(&self) -> Option<Visits> {
        self.visits
    }

    /// Part D.
    #[graphql(complexity = "5 * child_complexity")]
    async fn checks(&self) -> &[CheckGiven] {
        &self.checks
    }

    /// The one thing that government should help to solve (E1).
    async fn wish(&self) -> Option<&str> {
        self.wish.as_deref()
    }

    /// Comments, suggestions or praise (E2).
    async fn comment(&self) -> Option<&str> {
        self.comment.as_deref()
    }
}
