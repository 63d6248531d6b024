//! What an enterprise answers, both ways: as it is given and as it is read.

use std::collections::BTreeMap;

use api_door::{coded::Coded, error::bad_request, scalar::Kind};
use async_graphql::{ID, InputObject, Object, Result, SimpleObject};
use entity::evaluation::answers as given;

/// A level given to an aspect of a department.
#[derive(Clone, Copy, SimpleObject, InputObject)]
#[graphql(
    name = "EvaluationAspectLevel",
    input_name = "EvaluationAspectLevelInput"
)]
pub struct AspectLevel {
    /// What is rated.
    aspect: Coded<given::Aspect>,
    /// How.
    level: Coded<given::Level>,
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
    causes: Vec<Coded<given::Cause>>,
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
    async fn causes(&self) -> &[Coded<given::Cause>] {
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
    service: Coded<given::Service>,
    /// How.
    level: Coded<given::Level>,
}

/// An answer about a fact.
#[derive(Clone, Copy, SimpleObject, InputObject)]
#[graphql(
    name = "EvaluationCheckGiven",
    input_name = "EvaluationCheckGivenInput"
)]
pub struct CheckGiven {
    /// What is asked.
    check: Coded<given::Check>,
    /// What is answered.
    answer: Coded<given::CheckAnswer>,
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
    visits: Option<Coded<given::Visits>>,
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
                levels: once(levels.map(|one| (one.aspect.0, one.level.0)))?,
                causes: rating.causes.into_iter().map(|coded| coded.0).collect(),
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
                levels: once(contract.map(|one| (one.service.0, one.level.0)))?,
                visits: self.visits.map(|coded| coded.0),
            },
            checks: once(checks.map(|one| (one.check.0, one.answer.0)))?,
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
    visits: Option<Coded<given::Visits>>,
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
    async fn visits(&self) -> Option<Coded<given::Visits>> {
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
