//! The design of the next evaluations: the wording of the form, and how answers become a score. It is adopted as a whole.

use askama::Template;
use axum::response::Response;
use entity::{language::Text, permission::Action};

use super::{
    act::send,
    bridge::operation,
    flash::Flash,
    form::{Filled, Form},
    frame::Frame,
    guest::Guest,
    refusal::Refusal,
    term::*,
};

operation!(DesignPage in "src/operations/evaluation_design.graphql");
operation!(AdoptDesign in "src/operations/evaluation_design.graphql");

type Design = design_page::DesignPageEvaluationDesign;

/// A number of the design, as its form has it.
struct Number {
    name: String,
    label: &'static str,
    value: i64,
}

/// Numbers that belong together.
struct Group {
    title: &'static str,
    hint: &'static str,
    numbers: Vec<Number>,
}

/// The names of the fields of one thing: `points-SATISFIED`, `zh-B1`.
fn name(kind: &str, of: &str) -> String {
    format!("{kind}-{of}")
}

fn groups(f: &Frame, it: &Design) -> Vec<Group> {
    let all = &it.parameters;
    let number = |name: String, label, value: i64| Number { name, label, value };
    let plain = |name: &str, zh, en, value| number(name.to_owned(), f.t(zh, en), value);
    let points = all.points.iter();
    let weights = all.weights.iter();
    let parts = all.performance.weights.iter();
    vec![
        Group {
            title: f.t("各等级分值", "Points of each level"),
            hint: f.t("0 至 100，逐级递减", "0 to 100, fewer from level to level"),
            numbers: points
                .map(|row| {
                    number(
                        name("points", row.level.code()),
                        row.level.say(f),
                        row.points,
                    )
                })
                .collect(),
        },
        Group {
            title: f.t("各题权重（%）", "Weight of each question (%)"),
            hint: f.t("合计 100", "Together 100"),
            numbers: weights
                .map(|row| {
                    number(
                        name("weight", row.aspect.code()),
                        row.aspect.say(f),
                        row.weight,
                    )
                })
                .collect(),
        },
        Group {
            title: f.t("公布、排名和等次", "Publication, ranks and bands"),
            hint: "",
            numbers: vec![
                plain(
                    "publishFrom",
                    "公布所需最少答卷",
                    "Answers needed for a figure",
                    all.publish_from,
                ),
                plain(
                    "rankFrom",
                    "排名所需最少答卷",
                    "Answers needed for a rank",
                    all.rank_from,
                ),
                plain(
                    "excellentFrom",
                    "优秀，自（分）",
                    "Excellent, from points",
                    all.excellent_from,
                ),
                plain(
                    "goodFrom",
                    "良好，自（分）",
                    "Good, from points",
                    all.good_from,
                ),
                plain(
                    "passedFrom",
                    "合格，自（分）",
                    "Passed, from points",
                    all.passed_from,
                ),
                plain(
                    "confidence",
                    "置信水平（%）",
                    "Confidence of the interval (%)",
                    all.confidence,
                ),
                plain(
                    "lowBelow",
                    "低于此分须整改",
                    "A score below opens a rectification",
                    all.low_below,
                ),
            ],
        },
        Group {
            title: f.t(
                "综合绩效各项权重（%）",
                "Weight of each part of the performance (%)",
            ),
            hint: f.t("合计 100", "Together 100"),
            numbers: parts
                .map(|row| number(name("part", row.part.code()), row.part.say(f), row.weight))
                .chain([
                    plain(
                        "perStatutoryOverdue",
                        "每项法定超期扣分",
                        "Points off for each promise past its statutory limit",
                        all.performance.per_statutory_overdue,
                    ),
                    plain(
                        "mostDeducted",
                        "最多扣分",
                        "The most that is taken off",
                        all.performance.most_deducted,
                    ),
                ])
                .collect(),
        },
    ]
}

#[derive(Template)]
#[template(path = "evaluation/design.html")]
struct Shown {
    f: Frame,
    it: Design,
    groups: Vec<Group>,
    form: Form,
}

impl Shown {
    /// The field of a question in one language.
    fn text(&self, language: &str, number: &str) -> String {
        name(language, number)
    }
}

/// The page of the design in force, its form as it was filled or as the design stands.
async fn shown(guest: &Guest, filled: Option<&Filled>) -> Result<Shown, Refusal> {
    guest.require(Action::DesignEvaluation)?;
    let data = guest.run::<DesignPage>(design_page::Variables).await?;
    let it = data.evaluation_design;
    let mut f = guest.frame("");
    f.title = f.t("评议方案", "Design of evaluations").to_owned();
    let groups = groups(&f, &it);
    let form = match filled {
        Some(filled) => Form::filled(&["reason"], filled),
        None => {
            let mut form = Form::new(&["reason"]);
            for number in groups.iter().flat_map(|group| &group.numbers) {
                form.set(&number.name, &number.value.to_string());
            }
            for one in &it.questions {
                form.set(&name("zh", &one.number), &one.text_zh);
                form.set(&name("en", &one.number), &one.text_en);
            }
            form
        }
    };
    Ok(Shown {
        f,
        it,
        groups,
        form,
    })
}

/// The page.
pub async fn page(guest: Guest) -> Result<Response, Refusal> {
    let shown = shown(&guest, None).await?;
    Ok(guest.show(&shown))
}

/// Adopts it as it was filled in.
pub async fn adopt(guest: Guest, filled: Filled) -> Result<Response, Refusal> {
    use adopt_design::*;
    let mut shown = shown(&guest, Some(&filled)).await?;
    let Shown { it, form, .. } = &mut shown;
    let mut number = |name: &str| {
        let number = filled.get(name).parse::<i32>().ok();
        if number.is_none() {
            let text = Text::new("请填写整数。", "Enter a whole number.");
            form.refuse_one(name, text.in_language(guest.language));
        }
        i64::from(number.unwrap_or_default())
    };
    let all = &it.parameters;
    let parameters = EvaluationParametersInput {
        points: (all.points.iter())
            .map(|row| EvaluationPointsInput {
                level: row.level,
                points: number(&name("points", row.level.code())),
            })
            .collect(),
        weights: (all.weights.iter())
            .map(|row| EvaluationWeightInput {
                aspect: row.aspect,
                weight: number(&name("weight", row.aspect.code())),
            })
            .collect(),
        publish_from: number("publishFrom"),
        rank_from: number("rankFrom"),
        excellent_from: number("excellentFrom"),
        good_from: number("goodFrom"),
        passed_from: number("passedFrom"),
        confidence: number("confidence"),
        low_below: number("lowBelow"),
        performance: PerformanceFormulaInput {
            weights: (all.performance.weights.iter())
                .map(|row| PerformanceWeightInput {
                    part: row.part,
                    weight: number(&name("part", row.part.code())),
                })
                .collect(),
            per_statutory_overdue: number("perStatutoryOverdue"),
            most_deducted: number("mostDeducted"),
        },
    };
    let questions = it.questions.iter().map(|one| EvaluationQuestionInput {
        text_zh: filled.get(&name("zh", &one.number)).to_owned(),
        text_en: filled.get(&name("en", &one.number)).to_owned(),
        number: one.number.clone(),
    });
    let input = EvaluationAdoptDesignInput {
        expected_version: filled.version(),
        questions: questions.collect(),
        parameters,
        reason: filled.get("reason").to_owned(),
    };
    if !form.is_refused() {
        send!(
            guest,
            &filled,
            form,
            AdoptDesign(Variables { input }).evaluation_adopt_design
        );
    }
    if shown.form.is_refused() {
        return Ok(guest.refused(&shown));
    }
    Ok(guest.done(Flash::DesignAdopted, "/evaluations"))
}
