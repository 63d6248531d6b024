//! What a project needs of the approval hall: its questions, one on a page, and the items that follow from the answers, in the order in which
//! they can be applied for. Everything works without a script.

use std::collections::BTreeMap;

use api_door::scalar::Kind;
use askama::Template;
use axum::{extract::Path, response::Response};

use super::{
    bridge::operation,
    flash::Flash,
    form::{Filled, Form, chosen},
    frame::Frame,
    global_id,
    guest::Guest,
    refusal::Refusal,
    term::*,
};

operation!(ProjectNeeds in "src/operations/needs.graphql");
operation!(AnswerQuestions in "src/operations/needs.graphql");

type Project = project_needs::ProjectNeedsProject;
type Needs = project_needs::ProjectNeedsProjectNeeds;
type Question = project_needs::ProjectNeedsProjectNeedsQuestions;
type Need = project_needs::ProjectNeedsProjectNeedsItems;

/// The project with its questions and items; no needs where there is no catalogue.
async fn find(guest: &Guest, key: &str) -> Result<(Project, Option<Needs>), Refusal> {
    let id = global_id(Kind::Project, key)?;
    let variables = project_needs::Variables { id };
    let data = guest.run::<ProjectNeeds>(variables).await?;
    let mut it = data.project.ok_or(Refusal::NotFound)?;
    let needs = it.needs.take();
    Ok((it, needs))
}

/// An answer in words.
fn said(f: &Frame, needs: &Needs, key: &str, answer: &Option<String>) -> String {
    let Some(answer) = answer else {
        return f.t("未回答", "not answered").to_owned();
    };
    let mut questions = needs.questions.iter();
    let Some(question) = questions.find(|question| question.key == key) else {
        return answer.clone();
    };
    let mut options = question.options.iter();
    let option = options.find(|option| option.code == *answer);
    let word = option.map_or(answer.as_str(), |option| {
        f.of(&option.name_zh, &option.name_en)
    });
    match &question.unit {
        Some(unit) => format!("{word} {unit}"),
        None => word.to_owned(),
    }
}

/// The items that the answer before has added or taken away, as the address tells them.
fn told<'a>(f: &Frame, needs: &'a Needs, name: &str) -> Vec<&'a Need> {
    let codes: Vec<&str> = f.here.get(name).split('.').collect();
    let items = needs.items.iter();
    items
        .filter(|need| codes.contains(&need.item.code.as_str()))
        .collect()
}

#[derive(Template)]
#[template(path = "needs/page.html")]
struct PageShown {
    f: Frame,
    it: Project,
    here: String,
    needs: Option<Needs>,
    /// Whether the viewer applies for what is needed.
    applies: bool,
}

impl PageShown {
    /// Where the needed items are applied for.
    fn apply(&self, needs: &Needs) -> Option<String> {
        let needed = self.of(needs, Truth::True);
        let codes: Vec<&str> = needed.iter().map(|need| need.item.code.as_str()).collect();
        let to = format!(
            "/applications/new?project={}&items={}",
            self.it.id,
            codes.join(".")
        );
        (self.applies && !codes.is_empty()).then_some(to)
    }

    fn said(&self, needs: &Needs, key: &str, answer: &Option<String>) -> String {
        said(&self.f, needs, key, answer)
    }

    fn told<'a>(&self, needs: &'a Needs, name: &str) -> Vec<&'a Need> {
        told(&self.f, needs, name)
    }

    /// What is needed, by the steps in which it can be applied for.
    fn steps<'a>(&self, needs: &'a Needs) -> Vec<(i64, Vec<&'a Need>)> {
        let mut steps: BTreeMap<i64, Vec<&Need>> = BTreeMap::new();
        for need in self.of(needs, Truth::True) {
            steps.entry(need.step.unwrap_or(1)).or_default().push(need);
        }
        steps.into_iter().collect()
    }

    fn of<'a>(&self, needs: &'a Needs, truth: Truth) -> Vec<&'a Need> {
        let items = needs.items.iter();
        items.filter(|need| need.needed == truth).collect()
    }

    /// The items that are still to be found out.
    fn open<'a>(&self, needs: &'a Needs) -> Vec<&'a Need> {
        self.of(needs, Truth::Open)
    }

    /// The items that are not needed.
    fn spared<'a>(&self, needs: &'a Needs) -> Vec<&'a Need> {
        self.of(needs, Truth::False)
    }

    /// The questions that have an answer.
    fn answered<'a>(&self, needs: &'a Needs) -> Vec<&'a Question> {
        let questions = needs.questions.iter();
        questions.filter(|one| one.answer.is_some()).collect()
    }
}

/// The items with their reasons, and the answers from which they follow.
pub async fn page(guest: Guest, Path(key): Path<String>) -> Result<Response, Refusal> {
    let (it, needs) = find(&guest, &key).await?;
    let mut f = guest.frame("");
    f.title = f.t("需办事项", "What the project needs").to_owned();
    let here = format!("{}/needs", f.link(&it.id));
    let applies = [Role::Enterprise, Role::Centre].map(Some);
    let applies = applies.contains(&guest.viewer.role());
    Ok(guest.show(&PageShown {
        f,
        it,
        here,
        needs,
        applies,
    }))
}

/// The field of a question's page, named as the input of the API.
const FIELDS: [&str; 1] = ["answers"];

#[derive(Template)]
#[template(path = "needs/question.html")]
struct QuestionShown {
    f: Frame,
    it: Project,
    here: String,
    needs: Needs,
    question: Question,
    form: Form,
    /// The question before this one.
    before: Option<String>,
}

impl QuestionShown {
    fn said(&self, needs: &Needs, key: &str, answer: &Option<String>) -> String {
        said(&self.f, needs, key, answer)
    }

    fn told<'a>(&self, needs: &'a Needs, name: &str) -> Vec<&'a Need> {
        told(&self.f, needs, name)
    }

    /// The options, as they are sent and said.
    fn choices(&self) -> Vec<(String, String)> {
        let options = self.question.options.iter();
        options
            .map(|one| {
                let word = self.f.of(&one.name_zh, &one.name_en);
                (one.code.clone(), word.to_owned())
            })
            .collect()
    }

    /// How many of the questions that are certain to be asked have an answer.
    fn progress(&self) -> String {
        let asked = self.needs.questions.iter();
        let asked: Vec<_> = asked.filter(|one| one.asked == Truth::True).collect();
        let done = asked.iter().filter(|one| one.answer.is_some()).count();
        format!("{done} / {}", asked.len())
    }
}

async fn shown(
    guest: &Guest,
    key: &str,
    question: &str,
    form: Form,
) -> Result<QuestionShown, Refusal> {
    let (it, needs) = find(guest, key).await?;
    let needs = needs.ok_or(Refusal::NotFound)?;
    if !needs.can_answer {
        return Err(Refusal::Forbidden);
    }
    let place = needs.questions.iter().position(|one| one.key == question);
    let place = place.ok_or(Refusal::NotFound)?;
    let mut earlier = needs.questions[..place].iter().rev();
    let before = earlier.find(|one| one.asked == Truth::True);
    let before = before.map(|one| one.key.clone());
    let question = needs.questions[place].clone();
    let mut f = guest.frame("");
    f.title = f
        .of(&question.question_zh, &question.question_en)
        .to_owned();
    let here = format!("{}/needs", f.link(&it.id));
    Ok(QuestionShown {
        f,
        it,
        here,
        needs,
        question,
        form,
        before,
    })
}

/// One question.
pub async fn question(
    guest: Guest,
    Path((key, question)): Path<(String, String)>,
) -> Result<Response, Refusal> {
    let mut shown = shown(&guest, &key, &question, Form::new(&FIELDS)).await?;
    if let Some(answer) = &shown.question.answer {
        shown.form.set("answers", answer);
    }
    Ok(guest.show(&shown))
}

/// Answers it, and goes on to the next question, or to the items when all are answered.
pub async fn answer(
    guest: Guest,
    Path((key, question)): Path<(String, String)>,
    filled: Filled,
) -> Result<Response, Refusal> {
    use answer_questions::*;
    let form = Form::filled(&FIELDS, &filled);
    let mut shown = shown(&guest, &key, &question, form).await?;
    let choices = shown.choices();
    if !choices.is_empty() {
        let offered = |given: &str| choices.iter().find(|(code, _)| code == given);
        chosen(&guest, &filled, &mut shown.form, "answers", offered);
    }
    if shown.form.is_refused() {
        return Ok(guest.refused(&shown));
    }
    let input = ProjectAnswerQuestionsInput {
        id: shown.it.id.clone(),
        expected_version: filled.version(),
        answers: vec![ProjectAnswerInput {
            key: question,
            value: Some(filled.get("answers").to_owned()),
        }],
    };
    let done = guest.run::<AnswerQuestions>(Variables { input }).await;
    let done = done.map_err(|refusal| refusal.with_typed(&filled))?.answer;
    let errors = done.user_errors.into_iter();
    shown
        .form
        .refuse(errors.map(|error| (error.path, error.message)));
    let Some(answered) = done.answered else {
        return Ok(guest.refused(&shown));
    };
    let page = match answered.needs.next_question {
        Some(next) => format!("{}/{next}", shown.here),
        None => shown.here,
    };
    let to = format!(
        "{page}?added={}&gone={}",
        answered.added.join("."),
        answered.fallen_away.join(".")
    );
    Ok(guest.done(Flash::QuestionAnswered, &to))
}
