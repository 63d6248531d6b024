//! Figures (评议结果): what an evaluation came to, frozen. A correction is a new revision; both are kept and render as they were made.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use super::{
    Model as Evaluation, Rated,
    answers::{Cause, Check, CheckAnswer, ContractRating, Rating, Service, Visits},
    disclosure::{self, Line, Table, Told},
    objection, part,
    performance::{self, Counted, Performance},
    response,
    scoring::{self, Band, DepartmentScore, Parameters, Place, Score},
};
use crate::{error::Fault, id::sha256_hex, language::Text};

/// One revision as it is kept.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "evaluation_result")]
pub struct Model {
    /// The evaluation.
    #[sea_orm(primary_key, auto_increment = false)]
    pub evaluation_id: Uuid,
    /// 1 is the original.
    #[sea_orm(primary_key, auto_increment = false)]
    pub revision: i32,
    /// The [`Figures`], as they were frozen.
    pub figures: Json,
    /// SHA-256 of them.
    pub fingerprint: String,
    /// When they were made.
    pub made_at: DateTimeUtc,
}

impl Model {
    /// The row of figures.
    pub fn keep(
        evaluation_id: Uuid,
        figures: &Figures,
        made_at: DateTimeUtc,
    ) -> Result<Self, Fault> {
        Ok(Self {
            evaluation_id,
            revision: figures.revision,
            figures: serde_json::to_value(figures).map_err(broken)?,
            fingerprint: figures.fingerprint()?,
            made_at,
        })
    }

    /// The frozen figures, provided they are still those of the fingerprint.
    pub fn figures(&self) -> Result<Figures, Fault> {
        let figures = Figures::deserialize(&self.figures).map_err(broken)?;
        if figures.fingerprint()? == self.fingerprint {
            Ok(figures)
        } else {
            Err(Fault::Internal(format!(
                "the figures of evaluation {} do not match their fingerprint",
                self.evaluation_id
            )))
        }
    }
}

fn broken(error: serde_json::Error) -> Fault {
    Fault::Internal(format!("the figures of an evaluation: {error}"))
}

/// What an evaluation came to. Whatever stands here may be published: what could unmask an answer has been left out already.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Figures {
    /// The quarter ("2026-Q3").
    pub quarter: String,
    /// Its first day.
    pub from: NaiveDate,
    /// Its last day.
    pub to: NaiveDate,
    /// 1 is the original.
    pub revision: i32,
    /// How many enterprises were asked.
    pub invited: u32,
    /// How many answered.
    pub answered: u32,
    /// How many ratings without a name were not counted, because too few of their kind came to hide them.
    pub uncounted: Told,
    /// The departments, in the order of the park's list.
    pub departments: Vec<Row>,
    /// Why enterprises were dissatisfied with any of the departments that have figures.
    pub causes: BTreeMap<Cause, Told>,
    /// The contracts and their liaisons in the whole park (part C).
    pub contract: Option<Score<Service>>,
    /// How often the liaisons came (C5).
    pub visits: BTreeMap<Visits, Told>,
    /// What was answered about facts (D1 to D3).
    pub checks: BTreeMap<Check, BTreeMap<CheckAnswer, Told>>,
    /// How many leads came (D4, D5); the supervisor has them.
    pub leads: BTreeMap<Check, Told>,
}

/// One department.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Row {
    /// The department as it was called.
    pub department: Rated,
    /// What is known of it.
    pub score: DepartmentScore,
    /// Its place, where it is ranked.
    pub place: Option<Place>,
    /// Why enterprises were dissatisfied with it (B8).
    pub causes: BTreeMap<Cause, Told>,
    /// The score beside what was counted of its work; none where nothing could be measured.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub performance: Option<Performance>,
}

impl Figures {
    /// SHA-256 of them.
    pub fn fingerprint(&self) -> Result<String, Fault> {
        let text = serde_json::to_string(self).map_err(broken)?;
        Ok(sha256_hex(text.as_bytes()))
    }

    /// What was counted of the departments' work.
    pub fn counted(&self) -> BTreeMap<Uuid, Counted> {
        let counted = |row: &Row| Some((row.department.id, row.performance.as_ref()?.counted));
        self.departments.iter().filter_map(counted).collect()
    }

    /// Leaves what concerns one department: for its head, before anything is published.
    pub fn keep_only(&mut self, department: Uuid) {
        self.departments
            .retain(|row| row.department.id == department);
        for row in &mut self.departments {
            row.place = None;
        }
        self.causes.clear();
        self.contract = None;
        self.visits.clear();
        self.checks.clear();
        self.leads.clear();
    }
}

/// Makes the figures from the answers with and without a name, without those that upheld objections leave out, and from what was counted of
/// the departments' work.
pub fn compute(
    evaluation: &Evaluation,
    parameters: &Parameters,
    revision: i32,
    responses: &[response::Model],
    parts: &[part::Model],
    upheld: &[objection::Model],
    counted: &BTreeMap<Uuid, Counted>,
) -> Result<Figures, Fault> {
    let threshold = u64::from(parameters.publish_from);
    let read = Pieces::read(parts)?;
    let is_left_out = |response: &response::Model, department: Uuid| {
        upheld.iter().any(|objection| {
            objection.department_id == department && objection.excluded.0.contains(&response.id)
        })
    };
    let mut rows = Vec::with_capacity(evaluation.departments.0.len());
    let mut causes = Vec::new();
    for rated in &evaluation.departments.0 {
        let named = responses
            .iter()
            .filter(|response| !is_left_out(response, rated.id))
            .filter_map(|response| response.answers.departments.get(&rated.id));
        let unnamed = read.departments.get(&rated.id).into_iter().flatten();
        let ratings: Vec<&Rating> = named.chain(unnamed).collect();
        let score = scoring::score(parameters, &ratings);
        if score.figures().is_some() {
            let count = |cause| {
                ratings
                    .iter()
                    .filter(|one| one.causes.contains(cause))
                    .count()
            };
            causes.push(Cause::ALL.iter().map(|cause| count(cause) as u64).collect());
        }
        let told = score.figures().map(|score| score.score);
        let counted = counted.get(&rated.id).copied().unwrap_or_default();
        rows.push(Row {
            department: rated.clone(),
            score,
            place: None,
            causes: BTreeMap::new(),
            performance: performance::performance(&parameters.performance, told, counted),
        });
    }
    let scores: Vec<DepartmentScore> = rows.iter().map(|row| row.score.clone()).collect();
    for (row, place) in rows.iter_mut().zip(scoring::rank(&scores)) {
        row.place = place;
    }
    // Of departments without figures no cause is told, and none is in a total.
    let Table { cells, columns, .. } = disclosure::counts(&causes, threshold);
    let with_figures = rows.iter_mut().filter(|row| row.score.figures().is_some());
    for (row, told) in with_figures.zip(cells) {
        row.causes = Cause::ALL.into_iter().zip(told).collect();
    }
    let contracts = responses.iter().map(|response| &response.answers.contract);
    let contracts: Vec<&ContractRating> = contracts.chain(&read.contracts).collect();
    let visits = Visits::ALL.map(|visits| {
        let same = contracts.iter().filter(|one| one.visits == Some(visits));
        same.count() as u64
    });
    let given = responses.iter().map(|response| &response.answers.checks);
    let given: Vec<&BTreeMap<Check, CheckAnswer>> = given.chain(&read.checks).collect();
    let times = |check: Check, answer: CheckAnswer| {
        let same = given.iter().filter(|one| one.get(&check) == Some(&answer));
        same.count() as u64
    };
    let facts = Check::ALL.into_iter().filter(|check| !check.is_lead());
    let leads = Check::ALL.into_iter().filter(|check| check.is_lead());
    Ok(Figures {
        quarter: evaluation.quarter.clone(),
        from: evaluation.from_on,
        to: evaluation.to_on,
        revision,
        invited: evaluation.invited.unsigned_abs(),
        answered: evaluation.answered.unsigned_abs(),
        uncounted: disclosure::count(u64::from(evaluation.uncounted.unsigned_abs()), threshold),
        causes: Cause::ALL.into_iter().zip(columns).collect(),
        contract: scoring::contract_score(parameters, &contracts),
        visits: Visits::ALL
            .into_iter()
            .zip(disclosure::line(&visits, threshold).cells)
            .collect(),
        checks: facts
            .map(|check| {
                let Line { cells, .. } = disclosure::line(
                    &CheckAnswer::ALL.map(|answer| times(check, answer)),
                    threshold,
                );
                (check, CheckAnswer::ALL.into_iter().zip(cells).collect())
            })
            .collect(),
        leads: leads
            .map(|check| {
                let named = times(check, CheckAnswer::Yes);
                let unnamed = read.leads.get(&check).copied().unwrap_or_default();
                (check, disclosure::count(named + unnamed, threshold))
            })
            .collect(),
        departments: rows,
    })
}

/// The pieces of the answers without a name, by what they hold.
#[derive(Default)]
struct Pieces {
    departments: BTreeMap<Uuid, Vec<Rating>>,
    contracts: Vec<ContractRating>,
    checks: Vec<BTreeMap<Check, CheckAnswer>>,
    leads: BTreeMap<Check, u64>,
}

impl Pieces {
    fn read(parts: &[part::Model]) -> Result<Self, Fault> {
        fn content<T: for<'a> Deserialize<'a>>(part: &part::Model) -> Result<T, Fault> {
            T::deserialize(&part.content).map_err(broken)
        }
        let mut read = Self::default();
        for part in parts {
            match (part.kind, part.department_id) {
                (part::Kind::Department, Some(department)) => {
                    let ratings = read.departments.entry(department).or_default();
                    ratings.push(content(part)?);
                }
                (part::Kind::Contract, _) => read.contracts.push(content(part)?),
                (part::Kind::Checks, _) => read.checks.push(content(part)?),
                (part::Kind::Lead, _) => *read.leads.entry(content(part)?).or_default() += 1,
                (part::Kind::Department, None)
                | (part::Kind::Wish | part::Kind::Comment | part::Kind::CallBack, _) => {}
            }
        }
        Ok(read)
    }
}

/// The figure of a department in one line, for a letter; the interval is that of `confidence` per cent.
pub fn in_words(row: &Row, confidence: u32) -> Text {
    let Some(score) = row.score.figures() else {
        return Text::new("样本不足，不计分", "too few answers for a score");
    };
    let (figure, n) = (score.score, score.n);
    let (low, high) = (score.interval.low, score.interval.high);
    let band = band(score.band);
    let (zh, en) = match row.place {
        Some(place) => (
            format!("第 {} 名", place.rank),
            format!("rank {}", place.rank),
        ),
        None => (
            "样本较少，不参与排名".to_owned(),
            "too few answers for a rank".to_owned(),
        ),
    };
    Text::new(
        format!(
            "{figure:.1} 分（{confidence}% 区间 {low:.1}–{high:.1}，n = {n}），{}，{zh}",
            band.zh
        ),
        format!(
            "{figure:.1} ({confidence}% interval {low:.1} to {high:.1}, n = {n}), {}, {en}",
            band.en
        ),
    )
}

/// What people call a band.
pub fn band(band: Band) -> Text {
    match band {
        Band::Excellent => Text::new("优秀", "excellent"),
        Band::Good => Text::new("良好", "good"),
        Band::Passed => Text::new("合格", "passed"),
        Band::Failed => Text::new("不合格", "failed"),
    }
}

/// Nothing hangs below.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
