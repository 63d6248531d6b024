//! A whole year of evaluations, drawn by lot: what is published equals what somebody else would compute from the same answers, by another
//! road than the product's: whole numbers and fractions of them, sums of squares multiplied out, quantiles from a table.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use entity::{
    calendar::rules::Calendar,
    contract, deadline, enterprise,
    evaluation::{
        Confidentiality, Model, State,
        answers::{Answers, Aspect, Check, CheckAnswer, ContractRating, Level, Rating, Service},
        commands::answer::{Access, Submit, choose, submit},
        form,
        rules::Quarter,
    },
    id::new_id,
    language::Language,
    liaison,
    viewer::{Person, Role, Viewer},
};
use jobs::Runner;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
    QuerySelect, prelude::Uuid,
};
use serde_json::{Value, json};
use tests::{Park, Who, clock::day, ledger::credit_code, matters::done, stories, window::Window};

use super::{adopt, answer, at, link, only};
use crate::warnings;

mod lot;

pub(super) use lot::Lot;

/// How answers are weighed.
struct Scale {
    weights: [i128; 7],
}

const SHIPPED: Scale = Scale {
    weights: [15, 20, 15, 10, 15, 15, 10],
};

/// After [`adopt`] of 5.
const ADOPTED: Scale = Scale {
    weights: [20, 20, 15, 10, 15, 15, 5],
};

/// The 95 per cent quantiles of Student's distribution with 1 to 29 degrees of freedom, from a printed table.
const QUANTILES: [f64; 29] = [
    6.313752, 2.919986, 2.353363, 2.131847, 2.015048, 1.943180, 1.894579, 1.859548, 1.833113,
    1.812461, 1.795885, 1.782288, 1.770933, 1.761310, 1.753050, 1.745884, 1.739607, 1.734064,
    1.729133, 1.724718, 1.720743, 1.717144, 1.713872, 1.710882, 1.708141, 1.705618, 1.703288,
    1.701131, 1.699127,
];

/// The quantile: from the table, beyond it by the expansion around the normal one.
fn quantile(freedom: usize) -> f64 {
    if let Some(quantile) = QUANTILES.get(freedom - 1) {
        return *quantile;
    }
    let (z, v) = (1.644_853_626_951_f64, freedom as f64);
    let third = (z.powi(3) + z) / (4.0 * v);
    let fifth = (5.0 * z.powi(5) + 16.0 * z.powi(3) + 3.0 * z) / (96.0 * v * v);
    let seventh =
        (3.0 * z.powi(7) + 19.0 * z.powi(5) + 17.0 * z.powi(3) - 15.0 * z) / (384.0 * v.powi(3));
    z + third + fifth + seventh
}

/// A fraction from 0 to 100 in tenths, half up.
fn tenths(numerator: i128, denominator: i128) -> i128 {
    (20 * numerator + denominator) / (2 * denominator)
}

fn figure(tenths: i128) -> Value {
    json!(tenths as f64 / 10.0)
}

fn points(level: Level) -> Option<i128> {
    Some(match level {
        Level::VerySatisfied => 100,
        Level::Satisfied => 85,
        Level::BasicallySatisfied => 70,
        Level::Dissatisfied => 40,
        Level::VeryDissatisfied => 0,
        Level::Unknown => return None,
    })
}

/// What was rated, by somebody else: the figures as the API tells them, without the place; nothing where too few answered.
fn computed(weights: &[i128], answers: &[Vec<Option<i128>>]) -> Option<Value> {
    let told =
        |question: usize| -> Vec<i128> { answers.iter().filter_map(|one| one[question]).collect() };
    let counted: Vec<usize> = (0..weights.len())
        .filter(|one| told(*one).len() >= 5)
        .collect();
    if counted.is_empty() {
        return None;
    }
    let number = |question: usize| told(question).len() as i128;
    let sum = |question: usize| told(question).iter().sum::<i128>();
    let all: i128 = counted.iter().map(|one| weights[*one]).sum();
    let product: i128 = counted.iter().map(|one| number(*one)).product();
    let numerator: i128 = counted
        .iter()
        .map(|one| weights[*one] * sum(*one) * (product / number(*one)))
        .sum();
    let score = tenths(numerator, all * product);
    // The variance of the weighted mean: of each pair of questions the products of their answers, in whole numbers, multiplied out.
    let mut variance = 0.0;
    for a in &counted {
        for b in &counted {
            let both: Vec<(i128, i128)> = answers
                .iter()
                .filter_map(|one| Some((one[*a]?, one[*b]?)))
                .collect();
            let (na, nb, sa, sb) = (number(*a), number(*b), sum(*a), sum(*b));
            let (mut products, mut left, mut right) = (0, 0, 0);
            for (x, y) in &both {
                products += x * y;
                left += x;
                right += y;
            }
            let together = na * nb * products - na * sb * left - nb * sa * right
                + both.len() as i128 * sa * sb;
            variance += (weights[*a] * weights[*b]) as f64 * together as f64
                / ((all * all * na * na) as f64 * (nb * nb) as f64);
        }
    }
    // The rate: satisfied answers and all answers of each enterprise.
    let given: Vec<(i128, i128)> = answers
        .iter()
        .map(|one| {
            let told = counted.iter().filter_map(|question| one[*question]);
            told.fold((0, 0), |(good, all), points| {
                (good + i128::from(points >= 70), all + 1)
            })
        })
        .filter(|(_, all)| *all > 0)
        .collect();
    let n = given.len();
    let (good, total) = given
        .iter()
        .fold((0, 0), |(good, total), one| (good + one.0, total + one.1));
    let rate = tenths(100 * good, total);
    let squares: i128 = given
        .iter()
        .map(|(satisfied, all)| {
            total * total * satisfied * satisfied - 2 * good * total * satisfied * all
                + good * good * all * all
        })
        .sum();
    let rate_variance = 10_000.0 * squares as f64 / (total as f64).powi(4);
    let interval = |numerator: i128, denominator: i128, variance: f64| {
        let middle = numerator as f64 / denominator as f64;
        let margin = quantile(n - 1) * (variance.max(0.0) * n as f64 / (n as f64 - 1.0)).sqrt();
        let round = |end: f64| (end.clamp(0.0, 100.0) * 10.0 + 0.5 + 1e-8).floor() / 10.0;
        json!({"low": round(middle - margin), "high": round(middle + margin)})
    };
    Some(json!({
        "n": n,
        "score": figure(score),
        "scoreInterval": interval(numerator, all * product, variance),
        "rate": figure(rate),
        "rateInterval": interval(100 * good, total, rate_variance),
        "band": match score { 950.. => "EXCELLENT", 850.. => "GOOD", 600.. => "PASSED", _ => "FAILED" },
        "renormalised": counted.len() < weights.len(),
    }))
}

pub(super) type Given = Vec<(Confidentiality, Answers)>;

/// Of answers of one kind the pieces that count: those with a name, and those without where there are five of them.
fn kept<T>(pieces: Vec<(Confidentiality, T)>) -> Vec<T> {
    let unnamed = |one: &&(Confidentiality, T)| one.0 == Confidentiality::Unnamed;
    let enough = pieces.iter().filter(unnamed).count() >= 5;
    let counts = |one: &(Confidentiality, T)| enough || one.0 != Confidentiality::Unnamed;
    pieces.into_iter().filter(counts).map(|one| one.1).collect()
}

const FIGURES: &str = "query($quarter: String!) { evaluations(first: 1, where: {quarter: $quarter}) { nodes { id figures { quarter revision
    invited answered departments { department { id } standing n score scoreInterval { low high } rate rateInterval { low high } band renormalised
        rank causes { cause count } }
    contract { n score scoreInterval { low high } rate rateInterval { low high } } causes { cause count } visits { visits count }
    checks { check answer count } leads { check count } } } } }";

pub(super) async fn published(park: &Park, quarter: &str) -> Value {
    park.data(Who::Nobody, FIGURES, json!({"quarter": quarter}))
        .await["evaluations"]["nodes"][0]
        .take()
}

/// A count is told when it is of five or more and nobody few hides behind it; what is told is true.
fn is_true(told: &Value, count: usize) {
    match told.as_u64() {
        Some(told) => {
            assert_eq!(told, count as u64);
            assert!(count >= 5, "few are told: {count}");
        }
        None => assert!(told.is_null()),
    }
}

/// Holds what is published against the answers that were given.
fn agree(published: &Value, evaluation: &Model, scale: &Scale, given: &Given) {
    let figures = &published["figures"];
    assert_eq!(figures["answered"], given.len(), "{}", evaluation.quarter);
    let rows = figures["departments"].as_array().expect("departments");
    assert_eq!(rows.len(), evaluation.departments.0.len());
    let mut scores: Vec<Option<i64>> = Vec::new();
    let in_tenths = |score: &Value| (score.as_f64().expect("a score") * 10.0).round() as i64;
    for (row, department) in rows.iter().zip(&evaluation.departments.0) {
        let rated = given
            .iter()
            .filter_map(|(how, one)| Some((*how, one.departments.get(&department.id)?)));
        let ratings = kept(rated.collect());
        let points = |rating: &&Rating| -> Vec<Option<i128>> {
            let given = |aspect| rating.levels.get(aspect).and_then(|level| points(*level));
            Aspect::ALL.iter().map(given).collect()
        };
        let rows: Vec<_> = ratings.iter().map(points).collect();
        match computed(&scale.weights, &rows) {
            None => {
                assert_eq!(row["standing"], "INSUFFICIENT");
                assert_eq!(
                    (&row["n"], &row["score"], &row["rank"]),
                    (&Value::Null, &Value::Null, &Value::Null)
                );
                scores.push(None);
            }
            Some(expected) => {
                let ranked = expected["n"].as_u64() >= Some(10);
                assert_eq!(row["standing"], if ranked { "RANKED" } else { "UNRANKED" });
                for (field, value) in expected.as_object().expect("fields") {
                    assert_eq!(
                        row[field], *value,
                        "{} {} {field}: {row}",
                        evaluation.quarter, department.number
                    );
                }
                scores.push(ranked.then(|| in_tenths(&expected["score"])));
                for told in row["causes"].as_array().expect("causes") {
                    let count = ratings
                        .iter()
                        .filter(|one| one.causes.iter().any(|cause| json!(cause) == told["cause"]))
                        .count();
                    is_true(&told["count"], count);
                }
            }
        }
    }
    for (row, score) in rows.iter().zip(&scores) {
        let rank = score.map(|score| {
            1 + scores
                .iter()
                .flatten()
                .filter(|other| **other > score)
                .count()
        });
        assert_eq!(row["rank"], json!(rank));
    }
    let said = given.iter().filter(|(how, one)| {
        *how != Confidentiality::Unnamed
            || !one.contract.levels.is_empty()
            || one.contract.visits.is_some()
    });
    let contracts: Vec<&ContractRating> =
        kept(said.map(|(how, one)| (*how, &one.contract)).collect());
    let points = |rating: &&ContractRating| -> Vec<Option<i128>> {
        let given = |service| rating.levels.get(service).and_then(|level| points(*level));
        Service::ALL.iter().map(given).collect()
    };
    let rows: Vec<_> = contracts.iter().map(points).collect();
    match computed(&[1; 4], &rows) {
        None => assert_eq!(figures["contract"], Value::Null),
        Some(expected) => {
            for (field, value) in figures["contract"].as_object().expect("the contracts") {
                assert_eq!(expected[field], *value, "{} {field}", evaluation.quarter);
            }
        }
    }
    for told in figures["visits"].as_array().expect("visits") {
        let count = contracts
            .iter()
            .filter(|one| json!(one.visits) == told["visits"])
            .count();
        is_true(&told["count"], count);
    }
    let facts = |one: &Answers| one.checks.keys().any(|check| !check.is_lead());
    let checked = given
        .iter()
        .filter(|(how, one)| *how != Confidentiality::Unnamed || facts(one));
    let checks: Vec<&BTreeMap<Check, CheckAnswer>> =
        kept(checked.map(|(how, one)| (*how, &one.checks)).collect());
    for told in figures["checks"].as_array().expect("checks") {
        let count = checks
            .iter()
            .filter(|one| {
                one.iter().any(|(check, answer)| {
                    json!(check) == told["check"] && json!(answer) == told["answer"]
                })
            })
            .count();
        is_true(&told["count"], count);
    }
    for told in figures["leads"].as_array().expect("leads") {
        let count = given
            .iter()
            .filter(|(_, one)| {
                one.checks.iter().any(|(check, answer)| {
                    json!(check) == told["check"] && *answer == CheckAnswer::Yes
                })
            })
            .count();
        assert_eq!(
            told["count"],
            if count < 5 { Value::Null } else { json!(count) }
        );
    }
}

/// Compiles and opens the evaluation of the quarter that holds this day.
async fn opened(park: &Park, runner: &Runner, within: &str) -> Model {
    let calendar = entity::calendar::repository::in_force(&park.store)
        .await
        .expect("a calendar");
    let last = Quarter::of(day(within)).last_working_day(&calendar);
    at(park, runner, &last.to_string(), 18, 0).await;
    let compiled = only(park).await;
    at(park, runner, &compiled.opens_on.to_string(), 9, 30).await;
    let opened = only(park).await;
    assert_eq!(opened.state, State::Open);
    opened
}

/// Closes, scores, approves and publishes it.
async fn concluded(park: &Park, runner: &Runner, evaluation: &Model) {
    at(park, runner, &evaluation.closes_on.to_string(), 18, 0).await;
    at(park, runner, &evaluation.score_on.to_string(), 9, 30).await;
    let next = |date: NaiveDate| date.succ_opt().expect("a day").to_string();
    park.set_clock(&next(evaluation.objections_until), 10, 0);
    let id = api_door::scalar::Kind::Evaluation.id(evaluation.id).0;
    let version = only(park).await.version;
    done(
        park,
        Who::Leader,
        "evaluationApprove",
        "evaluation { state }",
        json!({"id": id, "expectedVersion": version}),
    )
    .await;
    done(
        park,
        Who::Centre,
        "evaluationPublish",
        "evaluation { state }",
        json!({"id": id, "expectedVersion": version + 1, "review": "示例审查"}),
    )
    .await;
}

/// A page as a stranger reads it, without the token of its forms.
async fn page(park: &Park, evaluation: &Model) -> String {
    let text = Window::default()
        .text(park, &format!("/evaluations/{}", evaluation.id))
        .await;
    let (_, main) = text.split_once("<main").expect("a page");
    main.split_once("</main>").expect("a page").0.to_owned()
}

/// The days by which the quarters of the year are known.
const QUARTERS: [&str; 4] = ["2026-02-01", "2026-05-01", "2026-08-01", "2026-11-01"];

stories! {
    async fn a_year_of_twenty_enterprises_is_published_as_somebody_else_computes_it(park: Park) {
        park.set_clock("2026-01-05", 7, 0);
        warnings::ledger(&park).await;
        let runner = warnings::runner(&park);
        let mut lot = Lot::new();
        let mut kept: Vec<(Model, String, String)> = Vec::new();
        for (place, within) in QUARTERS.into_iter().enumerate() {
            let evaluation = opened(&park, &runner, within).await;
            let departments: Vec<Uuid> = evaluation.departments.0.iter().map(|one| one.id).collect();
            let mut given = Given::new();
            for form in forms(&park, &evaluation).await {
                let Some(secret) = link(&park, form.enterprise_id).await.filter(|_| lot.says(90)) else { continue };
                let (how, answers) = (lot.confidentiality(), lot.answers(form.contracted, &departments));
                answer(&park, &secret, how, &answers).await;
                given.push((how, answers));
            }
            assert!(given.len() >= 15, "{}", given.len());
            concluded(&park, &runner, &evaluation).await;
            let scale = if place < 2 { &SHIPPED } else { &ADOPTED };
            let told = published(&park, &evaluation.quarter).await;
            agree(&told, &evaluation, scale, &given);
            kept.push((evaluation.clone(), told.to_string(), page(&park, &evaluation).await));
            if place == 1 {
                adopt(&park, 5).await;
            }
            std::fs::remove_dir_all(park.mailbox.folder()).expect("the letters are read");
        }
        // What was told of a quarter stays as it was told, whatever is weighed and asked later.
        for (evaluation, figures, shown) in kept {
            assert_eq!(published(&park, &evaluation.quarter).await.to_string(), figures);
            assert_eq!(page(&park, &evaluation).await, shown, "{}", evaluation.quarter);
        }
    }

    async fn a_year_of_888_enterprises_is_published_as_somebody_else_computes_it(park: Park) {
        park.set_clock("2026-01-05", 7, 0);
        park.people().await;
        many(&park, 888).await;
        looked_after(&park).await;
        let runner = warnings::runner(&park);
        let mut lot = Lot::new();
        let mut of_liaisons: Vec<(Uuid, ContractRating)> = Vec::new();
        for (place, within) in QUARTERS.into_iter().enumerate() {
            let evaluation = opened(&park, &runner, within).await;
            assert_eq!(evaluation.invited, 890);
            let departments: Vec<Uuid> = evaluation.departments.0.iter().map(|one| one.id).collect();
            let mut given = Given::new();
            for (number, form) in forms(&park, &evaluation).await.into_iter().enumerate() {
                // A quarter of them in each quarter of the year.
                if number % 4 != place {
                    continue;
                }
                let (how, answers) = (lot.confidentiality(), lot.answers(form.contracted, &departments));
                submitted(&park, &evaluation, &form, how, answers.clone()).await;
                if how != Confidentiality::Unnamed {
                    of_liaisons.push((form.enterprise_id, answers.contract.clone()));
                }
                given.push((how, answers));
            }
            assert!(bands(&park, Who::Supervisor).await.is_empty(), "no band before four quarters");
            concluded(&park, &runner, &evaluation).await;
            agree(&published(&park, &evaluation.quarter).await, &evaluation, &SHIPPED, &given);
        }

        // A liaison has a band of the year from the answers with a name, for the supervisor alone.
        let told = bands(&park, Who::Supervisor).await;
        let in_charge = liaison::Entity::find().all(park.db()).await.expect("the assignments");
        let mut expected: BTreeMap<String, Value> = BTreeMap::new();
        for row in &in_charge {
            let own = |enterprise: &Uuid| in_charge.iter().any(|other| other.account_id == row.account_id && other.enterprise_id == *enterprise);
            let said: Vec<&(Uuid, ContractRating)> = of_liaisons.iter().filter(|(enterprise, _)| own(enterprise)).collect();
            if said.is_empty() {
                continue;
            }
            let points = |rating: &ContractRating| -> Vec<Option<i128>> {
                Service::ALL.iter().map(|service| rating.levels.get(service).and_then(|level| points(*level))).collect()
            };
            let rows: Vec<_> = said.iter().map(|(_, rating)| points(rating)).collect();
            let speaking = |one: &&&(Uuid, ContractRating)| points(&one.1).iter().any(Option::is_some);
            let enterprises: BTreeSet<Uuid> = said.iter().filter(speaking).map(|(enterprise, _)| *enterprise).collect();
            let band = computed(&[1; 4], &rows).filter(|_| enterprises.len() >= 3);
            let id = api_door::scalar::Kind::Account.id(row.account_id).0;
            expected.insert(id, band.map_or(Value::Null, |figures| figures["band"].clone()));
        }
        assert_eq!(told, expected);
        assert!(told.values().any(|band| !band.is_null()), "somebody has a band: {told:?}");
        for who in [Who::Leader, Who::Centre, Who::Liaison, Who::Head, Who::Nobody] {
            assert!(bands(&park, who).await.is_empty(), "{who:?}");
        }
    }
}

/// Forty enterprises are looked after by one liaison, two by another.
async fn looked_after(park: &Park) {
    let enterprises = enterprise::Entity::find()
        .filter(enterprise::Column::NameZh.starts_with("示例企业"))
        .order_by_asc(enterprise::Column::CreditCode)
        .limit(42)
        .all(park.db())
        .await
        .expect("enterprises");
    let people = park.people().await;
    for (number, looked_after) in enterprises.iter().enumerate() {
        let who = if number < 40 {
            Who::Liaison
        } else {
            Who::OtherLiaison
        };
        liaison::Model {
            id: new_id(park.store.now()),
            enterprise_id: looked_after.id,
            account_id: people.account(who).id,
            deputy_id: None,
            state: liaison::State::Active,
            started_on: Some(day("2026-01-05")),
            ended_on: None,
            handover_note: None,
            version: 1,
        }
        .into_active_model()
        .reset_all()
        .insert(park.db())
        .await
        .expect("an assignment");
    }
}

/// The bands of the liaisons, by whom they are about.
async fn bands(park: &Park, who: Who) -> BTreeMap<String, Value> {
    let read = "{ evaluationLiaisonBands { liaison { id } band } }";
    let told = park.data(who, read, json!({})).await["evaluationLiaisonBands"].take();
    let rows = told.as_array().expect("bands").clone();
    rows.into_iter()
        .map(|mut row| {
            let id = row["liaison"]["id"].as_str().expect("a person").to_owned();
            (id, row["band"].take())
        })
        .collect()
}

pub(super) async fn forms(park: &Park, evaluation: &Model) -> Vec<form::Model> {
    let mut forms = super::forms(park).await;
    forms.retain(|form| form.evaluation_id == evaluation.id);
    forms
}

/// Answers as a contact of the enterprise, by the commands.
pub async fn submitted(
    park: &Park,
    evaluation: &Model,
    form: &form::Model,
    how: Confidentiality,
    answers: Answers,
) {
    let contact = Viewer::Person(Person {
        account_id: form.id,
        name: "企业联系人".to_owned(),
        role: Role::Enterprise,
        department_id: None,
        enterprise_id: Some(form.enterprise_id),
        language: Language::Chinese,
    });
    let access = Access::Own(evaluation.id);
    choose(&park.store, &contact, &access, how)
        .await
        .expect("chosen");
    let input = Submit {
        answers,
        call_back: None,
        expected_version: 0,
    };
    submit(&park.store, &contact, &access, input)
        .await
        .expect("submitted");
}

/// So many enterprises, two of three with a contract.
pub(super) async fn many(park: &Park, how_many: usize) {
    let now = park.store.now();
    let enterprises: Vec<enterprise::Model> = (1..=how_many)
        .map(|number| enterprise::Model {
            id: new_id(now),
            credit_code: credit_code(number),
            name_zh: format!("示例企业{number}有限公司"),
            name_en: None,
            industry: "示例".to_owned(),
            remark: None,
            created_at: now,
            ended_on: None,
            version: 1,
        })
        .collect();
    let unit = park.store.begin(&Viewer::system("story")).await;
    let unit = unit.expect("a unit");
    let term = deadline::commands::new_end(&unit, &Calendar::shipped(), day("2027-12-31"));
    unit.rollback().await.expect("nothing was written");
    let mut terms = Vec::new();
    let contracts = enterprises
        .iter()
        .enumerate()
        .filter(|(number, _)| !number.is_multiple_of(3))
        .map(|(number, party)| {
            let limit = new_id(now);
            let row = deadline::Model {
                id: limit,
                ..term.clone()
            };
            terms.push(row.into_active_model().reset_all());
            contract::Model {
                id: new_id(now),
                number: format!("QY-2026-{number:05}"),
                enterprise_id: party.id,
                predecessor_id: None,
                origin: contract::Origin::Paper,
                state: contract::State::Active,
                park_party: "示例服务中心".to_owned(),
                park_signatory: None,
                enterprise_signatory: None,
                starts_on: day("2026-01-01"),
                ends_on: day("2027-12-31"),
                signed_on: Some(day("2026-01-01")),
                legality_opinion: None,
                fair_competition_opinion: None,
                approved_by: None,
                approved_at: None,
                state_reason: None,
                suspension_document_id: None,
                end_deadline_id: Some(limit),
                ended_on: None,
                created_at: now,
                version: 1,
            }
            .into_active_model()
            .reset_all()
        });
    let contracts: Vec<contract::ActiveModel> = contracts.collect();
    let rows = enterprises
        .into_iter()
        .map(|row| row.into_active_model().reset_all());
    let rows: Vec<enterprise::ActiveModel> = rows.collect();
    for some in rows.chunks(200) {
        enterprise::Entity::insert_many(some.to_vec())
            .exec_without_returning(park.db())
            .await
            .expect("enterprises");
    }
    for some in terms.chunks(200) {
        deadline::Entity::insert_many(some.to_vec())
            .exec_without_returning(park.db())
            .await
            .expect("terms");
    }
    for some in contracts.chunks(200) {
        contract::Entity::insert_many(some.to_vec())
            .exec_without_returning(park.db())
            .await
            .expect("contracts");
    }
}
