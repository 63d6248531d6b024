//! The form of the quarterly evaluation: by the link of an invitation, without signing in, or as a contact of the enterprise. Opening it
//! changes nothing. An answer that bears a name is saved as it is typed; one without stays in the browser until it is given.

use api_door::scalar::Kind;
use askama::Template;
use axum::{extract::Path, response::Response};

use super::{
    act::send,
    bridge::operation,
    flash::Flash,
    form::{Filled, Form, chosen, ticked},
    frame::Frame,
    global_id,
    guest::Guest,
    refusal::Refusal,
    term::*,
};

operation!(AnswerForm in "src/operations/answer.graphql");
operation!(ChooseConfidentiality in "src/operations/answer.graphql");
operation!(SaveAnswerDraft in "src/operations/answer.graphql");
operation!(SubmitAnswer in "src/operations/answer.graphql");

type Asked = answer_form::AnswerFormEvaluationForm;

/// How somebody comes to the form: by the secret of a link, or to the own form in an evaluation.
#[derive(Clone)]
struct Way {
    secret: Option<String>,
    evaluation_id: Option<String>,
}

impl Way {
    fn link(secret: String) -> Self {
        Self {
            secret: Some(secret),
            evaluation_id: None,
        }
    }

    fn own(key: &str) -> Result<Self, Refusal> {
        Ok(Self {
            secret: None,
            evaluation_id: Some(global_id(Kind::Evaluation, key)?),
        })
    }

    async fn asked(&self, guest: &Guest) -> Result<Asked, Refusal> {
        let access = answer_form::EvaluationAccessInput {
            secret: self.secret.clone(),
            evaluation_id: self.evaluation_id.clone(),
        };
        match guest
            .run::<AnswerForm>(answer_form::Variables { access })
            .await
        {
            Ok(data) => Ok(data.evaluation_form),
            Err(Refusal::NotFound) if self.secret.is_some() => Err(Refusal::LinkOver),
            Err(refusal) => Err(refusal),
        }
    }
}

#[derive(Template)]
#[template(path = "evaluation/answer.html")]
struct AnswerShown {
    f: Frame,
    it: Asked,
    form: Form,
    /// The page's own address; its forms are sent below it.
    here: String,
    confidentialities: &'static [EvaluationConfidentiality],
    aspects: &'static [EvaluationAspect],
    services: &'static [EvaluationService],
    levels: &'static [EvaluationLevel],
    causes: &'static [EvaluationCause],
    visits: &'static [EvaluationVisits],
    checks: &'static [EvaluationCheck],
    answers: &'static [EvaluationCheckAnswer],
}

impl AnswerShown {
    /// A question as the design words it.
    fn question(&self, number: &str) -> &str {
        let design = self.it.evaluation.design.as_ref();
        let found = design.and_then(|design| {
            let mut questions = design.questions.iter();
            questions.find(|question| question.number == number)
        });
        found.map_or("", |one| self.f.of(&one.text_zh, &one.text_en))
    }

    /// A question without the choices and remarks that its wording carries: the page shows them as what they are.
    fn stem(&self, number: &str) -> &str {
        let asked = self.question(number);
        let end = asked.find(['(', '（', ':', '：']).unwrap_or(asked.len());
        asked[..end].trim_end()
    }

    /// Whether the enterprise dealt with a department; the others stand folded up below.
    fn dealt_with(&self, department: &str) -> bool {
        self.it.departments.iter().any(|dealt| dealt == department)
            || !self.form.value(&format!("open:{department}")).is_empty()
    }

    /// What was promised by a department, or by the liaison and the centre.
    fn promises(
        &self,
        department: Option<&str>,
    ) -> Vec<&answer_form::AnswerFormEvaluationFormPromises> {
        let promises = self.it.promises.iter();
        promises
            .filter(|fact| fact.department_id.as_deref() == department)
            .collect()
    }

    /// How a promise was kept, in words.
    fn kept(&self, fact: &answer_form::AnswerFormEvaluationFormPromises) -> String {
        let f = &self.f;
        let mut said = vec![f.count(&fact.due, "次到期", "time due", "times due")];
        let mut more = |number: i64, zh: &str, en: &str| {
            if number > 0 {
                said.push(format!("{} {number}", f.of(zh, en)));
            }
        };
        more(fact.in_time, "按时", "on time");
        more(fact.late, "逾期办结", "late");
        more(
            fact.days_late,
            "最长逾期（工作日）",
            "working days late at most",
        );
        more(fact.broken, "未履行", "missed");
        more(fact.paused, "依法暂停计时", "lawfully paused now");
        more(fact.running, "未到期", "not due yet");
        more(fact.proven, "有凭证", "proven");
        more(fact.pauses, "暂停", "paused");
        said.join(" · ")
    }

    fn rated(&self, department: &str, aspect: &EvaluationAspect) -> String {
        format!("b:{department}:{}", aspect.code())
    }

    fn served(&self, service: &EvaluationService) -> String {
        format!("c:{}", service.code())
    }

    fn checked(&self, check: &EvaluationCheck) -> String {
        format!("d:{}", check.code())
    }

    fn number_of(&self, aspect: &EvaluationAspect) -> String {
        let place = self.aspects.iter().position(|one| one == aspect);
        format!("B{}", place.unwrap_or_default() + 1)
    }

    fn number_of_service(&self, service: &EvaluationService) -> String {
        let place = self.services.iter().position(|one| one == service);
        format!("C{}", place.unwrap_or_default() + 1)
    }

    fn number_of_check(&self, check: &EvaluationCheck) -> String {
        let place = self.checks.iter().position(|one| one == check);
        format!("D{}", place.unwrap_or_default() + 1)
    }

    fn is_chosen(&self, one: &EvaluationConfidentiality) -> bool {
        self.it.confidentiality == Some(*one)
    }

    fn is_ticked(&self, name: &str, code: &str) -> bool {
        self.form.value(name) == code
    }

    fn is_cause(&self, department: &str, code: &str) -> bool {
        !self
            .form
            .value(&format!("cause:{department}:{code}"))
            .is_empty()
    }
}

const FIELDS: [&str; 7] = [
    "confidentiality",
    "departments",
    "contract",
    "wish",
    "comment",
    "callBack",
    "answers",
];

/// The form as it stands: what was saved of an answer with a name.
fn saved(it: &Asked) -> Form {
    let mut form = Form::new(&FIELDS);
    let Some(response) = &it.response else {
        return form;
    };
    let answers = &response.answers;
    for rating in &answers.departments {
        let department = &rating.department_id;
        form.set(&format!("open:{department}"), "yes");
        for given in &rating.levels {
            let name = format!("b:{department}:{}", given.aspect.code());
            form.set(&name, given.level.code());
        }
        for cause in &rating.causes {
            form.set(&format!("cause:{department}:{}", cause.code()), "yes");
        }
    }
    for given in &answers.contract {
        form.set(&format!("c:{}", given.service.code()), given.level.code());
    }
    if let Some(visits) = answers.visits {
        form.set("visits", visits.code());
    }
    for given in &answers.checks {
        form.set(&format!("d:{}", given.check.code()), given.answer.code());
    }
    form.set("wish", answers.wish.as_deref().unwrap_or_default());
    form.set("comment", answers.comment.as_deref().unwrap_or_default());
    form
}

async fn shown(guest: &Guest, way: &Way, form: Option<Form>) -> Result<AnswerShown, Refusal> {
    let it = way.asked(guest).await?;
    let mut f = guest.frame("");
    f.title = format!(
        "{} {}",
        it.evaluation.quarter,
        f.t("企业评议", "evaluation")
    );
    let path = guest.address.path();
    let here = ["/choose", "/draft", "/submit"]
        .iter()
        .find_map(|verb| path.strip_suffix(verb))
        .unwrap_or(path)
        .to_owned();
    Ok(AnswerShown {
        form: form.unwrap_or_else(|| saved(&it)),
        f,
        it,
        here,
        confidentialities: &EvaluationConfidentiality::ALL,
        aspects: &EvaluationAspect::ALL,
        services: &EvaluationService::ALL,
        levels: &EvaluationLevel::ALL,
        causes: &EvaluationCause::ALL,
        visits: &EvaluationVisits::ALL,
        checks: &EvaluationCheck::ALL,
        answers: &EvaluationCheckAnswer::ALL,
    })
}

async fn page(guest: Guest, way: Way) -> Result<Response, Refusal> {
    let shown = shown(&guest, &way, None).await?;
    Ok(guest.show(&shown))
}

/// The form of whoever has the link.
pub async fn by_link(guest: Guest, Path(secret): Path<String>) -> Result<Response, Refusal> {
    page(guest, Way::link(secret)).await
}

/// The form of the own enterprise.
pub async fn own(guest: Guest, Path(key): Path<String>) -> Result<Response, Refusal> {
    page(guest, Way::own(&key)?).await
}

/// One of the forms of the page was sent, by the link.
pub async fn send_by_link(
    guest: Guest,
    Path((secret, verb)): Path<(String, String)>,
    filled: Filled,
) -> Result<Response, Refusal> {
    // Who sends it a second time finds the link used by the first.
    let taken = take(guest, Way::link(secret), &verb, filled).await;
    taken.map_err(|refusal| match refusal {
        Refusal::NotFound => Refusal::LinkOver,
        other => other,
    })
}

/// One of the forms of the page was sent, by a contact.
pub async fn send_own(
    guest: Guest,
    Path((key, verb)): Path<(String, String)>,
    filled: Filled,
) -> Result<Response, Refusal> {
    take(guest, Way::own(&key)?, &verb, filled).await
}

async fn take(guest: Guest, way: Way, verb: &str, filled: Filled) -> Result<Response, Refusal> {
    match verb {
        "choose" => choose(guest, way, filled).await,
        "draft" => draft(guest, way, filled).await,
        "submit" => submit(guest, way, filled).await,
        _ => Err(Refusal::NotFound),
    }
}

async fn choose(guest: Guest, way: Way, filled: Filled) -> Result<Response, Refusal> {
    use choose_confidentiality::*;
    let mut form = Form::filled(&FIELDS, &filled);
    let confidentiality = EvaluationConfidentiality::of_code;
    let confidentiality = chosen(
        &guest,
        &filled,
        &mut form,
        "confidentiality",
        confidentiality,
    );
    let Some(confidentiality) = confidentiality else {
        return Ok(guest.refused(&shown(&guest, &way, Some(form)).await?));
    };
    let input = EvaluationChooseInput {
        access: EvaluationAccessInput {
            secret: way.secret.clone(),
            evaluation_id: way.evaluation_id.clone(),
        },
        confidentiality,
    };
    send!(
        guest,
        &filled,
        form,
        ChooseConfidentiality(Variables { input }).evaluation_choose
    );
    let shown = shown(&guest, &way, form.is_refused().then_some(form)).await?;
    if shown.form.is_refused() {
        return Ok(guest.refused(&shown));
    }
    Ok(guest.lead(&shown.here))
}

/// The answers of a form, in the input of an operation; each operation has types of its own. What is none of the choices is told
/// beside its question.
macro_rules! answers {
    ($guest:expr, $filled:expr, $form:expr) => {{
        let (guest, filled, form): (&Guest, &Filled, &mut Form) = ($guest, $filled, $form);
        let mut departments: Vec<EvaluationRatingInput> = Vec::new();
        for department in filled.all("department") {
            let levels: Vec<EvaluationAspectLevelInput> = EvaluationAspect::ALL
                .iter()
                .filter_map(|aspect| {
                    let name = format!("b:{department}:{}", aspect.code());
                    let level = ticked(guest, filled, form, &name)?;
                    Some(EvaluationAspectLevelInput {
                        aspect: *aspect,
                        level,
                    })
                })
                .collect();
            if levels.is_empty() {
                continue;
            }
            let causes = EvaluationCause::ALL
                .iter()
                .copied()
                .filter(|cause| {
                    let name = format!("cause:{department}:{}", cause.code());
                    !filled.get(&name).is_empty()
                })
                .collect();
            departments.push(EvaluationRatingInput {
                department_id: department,
                levels,
                causes,
            });
        }
        let contract = EvaluationService::ALL
            .iter()
            .filter_map(|service| {
                let level = ticked(guest, filled, form, &format!("c:{}", service.code()))?;
                Some(EvaluationServiceLevelInput {
                    service: *service,
                    level,
                })
            })
            .collect();
        let checks = EvaluationCheck::ALL
            .iter()
            .filter_map(|check| {
                let answer = ticked(guest, filled, form, &format!("d:{}", check.code()))?;
                Some(EvaluationCheckGivenInput {
                    check: *check,
                    answer,
                })
            })
            .collect();
        EvaluationAnswersInput {
            departments,
            contract,
            visits: ticked(guest, filled, form, "visits"),
            checks,
            wish: filled.some("wish"),
            comment: filled.some("comment"),
        }
    }};
}
pub(super) use answers;

#[derive(Template)]
#[template(path = "evaluation/saved.html")]
struct SavedShown {
    f: Frame,
    version: i64,
}

/// Saves what has been typed. With the script only the note beside the button changes.
async fn draft(guest: Guest, way: Way, filled: Filled) -> Result<Response, Refusal> {
    use save_answer_draft::*;
    let mut form = Form::filled(&FIELDS, &filled);
    let input = EvaluationSaveDraftInput {
        access: EvaluationAccessInput {
            secret: way.secret.clone(),
            evaluation_id: way.evaluation_id.clone(),
        },
        answers: answers!(&guest, &filled, &mut form),
        expected_version: filled.version(),
    };
    if form.is_refused() {
        return Ok(guest.refused(&shown(&guest, &way, Some(form)).await?));
    }
    let answer = guest
        .run::<SaveAnswerDraft>(Variables { input })
        .await
        .map_err(|refusal| refusal.with_typed(&filled))?
        .evaluation_save_draft;
    let errors = answer.user_errors.into_iter();
    form.refuse(errors.map(|error| (error.path, error.message)));
    if form.is_refused() {
        return Ok(guest.refused(&shown(&guest, &way, Some(form)).await?));
    }
    if guest.headers.contains_key("hx-request") {
        let version = answer.response.map_or(0, |response| response.version);
        let f = guest.frame("");
        return Ok(guest.show(&SavedShown { f, version }));
    }
    let shown = shown(&guest, &way, None).await?;
    Ok(guest.done(Flash::AnswerSaved, &shown.here))
}

#[derive(Template)]
#[template(path = "evaluation/thanks.html")]
struct ThanksShown {
    f: Frame,
}

/// Gives the answer.
async fn submit(guest: Guest, way: Way, filled: Filled) -> Result<Response, Refusal> {
    use submit_answer::*;
    let mut form = Form::filled(&FIELDS, &filled);
    let input = EvaluationSubmitInput {
        access: EvaluationAccessInput {
            secret: way.secret.clone(),
            evaluation_id: way.evaluation_id.clone(),
        },
        answers: answers!(&guest, &filled, &mut form),
        call_back: filled.some("callBack"),
        expected_version: filled.version(),
    };
    if !form.is_refused() {
        send!(
            guest,
            &filled,
            form,
            SubmitAnswer(Variables { input }).evaluation_submit
        );
    }
    if form.is_refused() {
        return Ok(guest.refused(&shown(&guest, &way, Some(form)).await?));
    }
    let mut f = guest.frame("");
    f.title = f.t("谢谢", "Thank you").to_owned();
    Ok(guest.show(&ThanksShown { f }))
}
