//! Evaluations: the list, one with its days and figures, the objections and the decisions. Published ones are for everybody.

use api_door::scalar::Kind;
use askama::Template;
use axum::{extract::Path, response::Response};
use entity::{
    command::{Command, Field as Declared, Form},
    language::{Language, Said},
    trail,
};
use serde_json::json;

use super::{
    act::{self, Act, Field, send},
    bridge::operation,
    evaluation_hand::INVITE,
    flash::Flash,
    form::{Filled, chosen},
    frame::Frame,
    global_id,
    guest::Guest,
    refusal::Refusal,
    term::*,
    word,
};

operation!(EvaluationList in "src/operations/evaluation.graphql");
operation!(EvaluationPage in "src/operations/evaluation.graphql");
operation!(ObjectToEvaluation in "src/operations/evaluation.graphql");
operation!(ProposeOnObjection in "src/operations/evaluation.graphql");
operation!(DecideOnObjection in "src/operations/evaluation.graphql");
operation!(ReadAnswer in "src/operations/evaluation.graphql");

#[derive(Template)]
#[template(path = "evaluation/list.html")]
struct ListShown {
    f: Frame,
    rows: Vec<evaluation_list::EvaluationListEvaluationsNodes>,
    bands: Vec<evaluation_list::EvaluationListEvaluationLiaisonBands>,
    shown: i64,
    total: i64,
    info: evaluation_list::EvaluationListEvaluationsPageInfo,
    /// Whether the viewer may adopt another design.
    designs: bool,
    /// Whether an evaluation is due that the viewer may compile by hand.
    due: bool,
}

/// The list, the newest first.
pub async fn list(guest: Guest) -> Result<Response, Refusal> {
    let paging = guest.address.paging();
    let variables = evaluation_list::Variables {
        first: paging.first,
        last: paging.last,
        after: paging.after,
        before: paging.before,
    };
    let data = guest.run::<EvaluationList>(variables).await?;
    let found = data.evaluations;
    let mut f = guest.frame("");
    f.title = f.t("企业评议", "Evaluations").to_owned();
    Ok(guest.show(&ListShown {
        shown: i64::try_from(found.nodes.len()).unwrap_or(i64::MAX),
        rows: found.nodes,
        bands: data.evaluation_liaison_bands,
        due: data.evaluations_due.is_some(),
        designs: data.viewer.is_some_and(|viewer| {
            let may = PermittedAction::DesignEvaluation;
            viewer.permissions.contains(&may)
        }),
        total: found.total_count,
        info: found.page_info,
        f,
    }))
}

type Shown = evaluation_page::EvaluationPageEvaluation;
type Department = evaluation_page::EvaluationPageEvaluationFiguresDepartments;

#[derive(Template)]
#[template(path = "evaluation/page.html")]
struct PageShown {
    f: Frame,
    it: Shown,
    here: String,
    role: Option<Role>,
    permissions: Vec<PermittedAction>,
}

impl PageShown {
    fn may(&self, action: PermittedAction) -> bool {
        self.permissions.contains(&action)
    }

    /// Whether an enterprise can be given a form now.
    fn invites(&self) -> bool {
        let mut commands = self.it.commands.iter();
        commands.any(|one| one.may && one.code == INVITE)
    }

    /// Why none can be given one now, for who may otherwise: the title, and the reason.
    fn not_now(&self) -> Vec<(&str, &str)> {
        let mut commands = self.it.commands.iter();
        let may = self.may(PermittedAction::CompileEvaluation);
        let invite = commands.find(|one| may && one.code == INVITE);
        let told = invite.and_then(|one| Some((one.title.as_str(), one.why_not.as_deref()?)));
        told.into_iter().collect()
    }

    /// The days of the evaluation: what, and when.
    fn days(&self) -> Vec<(&'static str, super::scalar::Date)> {
        let (f, it) = (&self.f, &self.it);
        let mut days = vec![
            (f.t("编制", "Compiled"), it.compiled_on),
            (f.t("开始", "Opens"), it.opens_on),
            (f.t("截止", "Closes"), it.closes_on),
            (f.t("计分", "Scores"), it.score_on),
            (f.t("异议截止", "Objections until"), it.objections_until),
            (f.t("批准期限", "Approval by"), it.approve_by),
        ];
        if let Some(day) = it.publish_by {
            days.push((f.t("公布期限", "Publication by"), day));
        }
        days
    }

    /// The departments as they are told: the ranked ones by their place, then the others.
    fn departments(&self) -> Vec<&Department> {
        let mut rows: Vec<&Department> = self
            .it
            .figures
            .iter()
            .flat_map(|figures| &figures.departments)
            .collect();
        rows.sort_by_key(|row| match row.standing {
            EvaluationStanding::Ranked => (0, row.rank.unwrap_or(i64::MAX)),
            EvaluationStanding::Unranked => (1, 0),
            EvaluationStanding::Insufficient => (2, 0),
        });
        rows
    }

    /// The head of the column of intervals: how sure they are.
    fn interval(&self) -> String {
        let design = self.it.design.as_ref();
        let confidence = design.map_or(0, |design| design.parameters.confidence);
        format!("{confidence}% {}", self.f.t("区间", "interval"))
    }

    fn figure(&self, figure: &Option<f64>) -> String {
        figure.map_or_else(|| "—".to_owned(), |figure| format!("{figure:.1}"))
    }

    fn count(&self, count: &Option<i64>) -> String {
        match count {
            Some(count) => count.to_string(),
            None => self.f.t("不公布", "withheld").to_owned(),
        }
    }

    /// The causes whose number is told.
    fn causes(&self) -> Vec<(EvaluationCause, i64)> {
        let causes = self.it.figures.iter().flat_map(|figures| &figures.causes);
        causes
            .filter_map(|row| Some((row.cause, row.count?)))
            .collect()
    }

    /// The facts that were asked for, each with how many gave each answer.
    fn facts(&self) -> Vec<(EvaluationCheck, Vec<&Option<i64>>)> {
        let given = || self.it.figures.iter().flat_map(|figures| &figures.checks);
        let count = |check, answer| {
            given()
                .find(|row| row.check == check && row.answer == answer)
                .map_or(&None, |row| &row.count)
        };
        let asked = EvaluationCheck::ALL.iter().copied();
        asked
            .filter(|check| given().any(|row| row.check == *check))
            .map(|check| {
                let answers = EvaluationCheckAnswer::ALL.iter();
                (check, answers.map(|answer| count(check, *answer)).collect())
            })
            .collect()
    }

    fn tells_no_fact(&self) -> bool {
        self.it.figures.iter().all(|figures| {
            figures.checks.iter().all(|row| row.count.is_none())
                && figures.leads.iter().all(|row| row.count.is_none())
        })
    }

    /// Why nothing is told.
    fn withheld(&self) -> String {
        let least = match &self.it.design {
            Some(design) => design.parameters.publish_from,
            None => return self.f.t("不公布。", "Withheld.").to_owned(),
        };
        match self.f.language {
            Language::Chinese => {
                format!("少于 {least} 份的数字，以及可由此推算出这类数字的，一律不公布。")
            }
            Language::English => format!(
                "Numbers from fewer than {least} answers, or that would reveal such a number, are withheld."
            ),
        }
    }

    fn path_of(&self, id: &str) -> String {
        format!("{}/objections/{}", self.here, self.key_of(id))
    }

    fn key_of<'a>(&self, id: &'a str) -> &'a str {
        id.split_once('_').map_or(id, |(_, key)| key)
    }
}

async fn found(guest: &Guest, key: &str) -> Result<PageShown, Refusal> {
    let id = global_id(Kind::Evaluation, key)?;
    let data = guest
        .run::<EvaluationPage>(evaluation_page::Variables { id })
        .await?;
    let it = data.evaluation;
    let mut f = guest.frame("");
    f.title = format!("{} {}", it.quarter, f.t("企业评议", "evaluation"));
    Ok(PageShown {
        here: word::of_id(&it.id),
        f,
        it,
        role: data.viewer.as_ref().map(|viewer| viewer.role),
        permissions: data
            .viewer
            .map_or_else(Vec::new, |viewer| viewer.permissions),
    })
}

/// One evaluation.
pub async fn page(guest: Guest, Path(key): Path<String>) -> Result<Response, Refusal> {
    let shown = found(&guest, &key).await?;
    Ok(guest.show(&shown))
}

/// What is done with an evaluation.
#[derive(Clone, Copy, Debug)]
pub enum Verb {
    Object,
    Approve,
    Publish,
}

impl Verb {
    fn needs(self) -> PermittedAction {
        match self {
            Self::Object => PermittedAction::ObjectToScore,
            Self::Approve => PermittedAction::ApproveEvaluation,
            Self::Publish => PermittedAction::PublishEvaluation,
        }
    }

    /// The command that it gives, of those that are declared with a form.
    fn declared(self) -> Option<(&'static Command, &'static Form)> {
        let command = match self {
            Self::Object => return None,
            Self::Approve => trail::command("evaluation.approve")?,
            Self::Publish => trail::command("evaluation.publish")?,
        };
        Some((command, command.form?))
    }

    fn title(self, f: &Frame) -> &'static str {
        match self.declared() {
            Some((_, form)) => form.title.in_language(f.language),
            None => f.t("提出异议", "Object"),
        }
    }

    fn lead(self, f: &Frame) -> &'static str {
        match self.declared() {
            Some((_, form)) => form.lead.in_language(f.language),
            None => f.t(
                "说明哪些评议不属实及依据。企业服务中心拟办，领导决定；原分与更正分均保留。",
                "State which answers are mistaken, and why. The service centre makes a proposal, and a leader decides; both scores are kept.",
            ),
        }
    }

    fn fields(self, f: &Frame) -> Vec<Field> {
        let Some((_, form)) = self.declared() else {
            return vec![Field::lines("reason", f.t("异议理由", "Reason"), "")];
        };
        let said = |said: Said| said.in_language(f.language);
        let field = |field: &Declared| {
            let (label, hint) = (field.label?, field.hint.map_or("", said));
            Some(Field::lines(field.name, said(label), hint))
        };
        form.fields.iter().filter_map(field).collect()
    }
}

impl act::Verb for Verb {
    type It = String;

    fn of(word: &str) -> Option<Self> {
        match word {
            "object" => Some(Self::Object),
            "approve" => Some(Self::Approve),
            "publish" => Some(Self::Publish),
            _ => None,
        }
    }

    async fn shown(
        self,
        guest: &Guest,
        key: &str,
        filled: Option<&Filled>,
    ) -> Result<(Act, Self::It), Refusal> {
        let shown = found(guest, key).await?;
        if !shown.may(self.needs()) {
            return Err(Refusal::Forbidden);
        }
        let PageShown {
            mut f, it, here, ..
        } = shown;
        let title = self.title(&f);
        let back = (here, std::mem::replace(&mut f.title, title.to_owned()));
        let act = Act {
            form: act::form(&["reason", "review"], filled, &[]),
            back,
            lead: self.lead(&f).to_owned(),
            fields: self.fields(&f),
            verb: title,
            version: it.version,
            f,
        };
        Ok((act, it.id))
    }

    async fn send(
        self,
        guest: &Guest,
        filled: &Filled,
        act: &mut Act,
        id: Self::It,
    ) -> Result<Flash, Refusal> {
        let Some((command, _)) = self.declared() else {
            let input = object_to_evaluation::EvaluationObjectInput {
                evaluation_id: id,
                reason: filled.get("reason").to_owned(),
                idempotency_key: filled.key(),
            };
            send!(
                guest,
                filled,
                act.form,
                ObjectToEvaluation(object_to_evaluation::Variables { input }).evaluation_object
            );
            return Ok(Flash::EvaluationMoved);
        };
        let mut input = json!({ "id": id, "expectedVersion": filled.version() });
        for field in &act.fields {
            input[field.name] = filled.get(field.name).into();
        }
        let given = guest.give(command, input).await;
        let given = given.map_err(|refusal| refusal.with_typed(filled))?;
        act.form.refuse(given.refused);
        Ok(Flash::Given(command.code))
    }
}

#[derive(Template)]
#[template(path = "evaluation/objection.html")]
struct ObjectionShown {
    f: Frame,
    evaluation: PageShown,
    it: evaluation_page::EvaluationPageEvaluationObjections,
    form: super::form::Form,
    here: String,
}

impl ObjectionShown {
    /// Whose answers are proposed to be left out, as far as the person may know.
    fn excluded(&self) -> Vec<String> {
        let firm = |id: &String| {
            let mut answers = self.evaluation.it.answers.iter();
            let answer = answers.find(|answer| answer.id == *id);
            answer.and_then(|answer| answer.enterprise.as_ref())
        };
        let name = |id: &String| match firm(id) {
            Some(firm) => {
                let english = firm.name_en.as_deref().unwrap_or_default();
                self.f.of(&firm.name_zh, english).to_owned()
            }
            None => self.f.t("一份实名答卷", "An answer with a name").to_owned(),
        };
        self.it.excluded.iter().map(name).collect()
    }
}

async fn objection(
    guest: &Guest,
    key: &str,
    id: &str,
    filled: Option<&Filled>,
) -> Result<ObjectionShown, Refusal> {
    let evaluation = found(guest, key).await?;
    let id = global_id(Kind::EvaluationObjection, id)?;
    let found = evaluation.it.objections.iter().find(|one| one.id == id);
    let it = found.cloned().ok_or(Refusal::NotFound)?;
    let mut f = guest.frame("");
    f.title = f.t("异议", "Objection").to_owned();
    let mut form = act::form(&["uphold", "excluded", "opinion"], filled, &[]);
    if filled.is_none() {
        form.set("opinion", it.opinion.as_deref().unwrap_or_default());
        if let Some(uphold) = it.uphold {
            form.set("uphold", &uphold.to_string());
        }
        for id in &it.excluded {
            form.add("excluded", id);
        }
    }
    Ok(ObjectionShown {
        here: evaluation.path_of(&it.id),
        f,
        evaluation,
        it,
        form,
    })
}

/// One objection, with what may be done about it.
pub async fn objection_page(
    guest: Guest,
    Path((key, id)): Path<(String, String)>,
) -> Result<Response, Refusal> {
    let shown = objection(&guest, &key, &id, None).await?;
    Ok(guest.show(&shown))
}

/// A proposal or a decision.
pub async fn judge(
    guest: Guest,
    Path((key, id, verb)): Path<(String, String, String)>,
    filled: Filled,
) -> Result<Response, Refusal> {
    let mut shown = objection(&guest, &key, &id, Some(&filled)).await?;
    let uphold = |given: &str| given.parse().ok();
    let uphold = chosen(&guest, &filled, &mut shown.form, "uphold", uphold);
    let Some(uphold) = uphold else {
        return Ok(guest.refused(&shown));
    };
    let expected_version = filled.version();
    let id = shown.it.id.clone();
    let form = &mut shown.form;
    match verb.as_str() {
        "propose" => {
            let input = propose_on_objection::EvaluationObjectionProposeInput {
                id,
                expected_version,
                uphold,
                excluded: filled.all("excluded"),
                opinion: filled.get("opinion").to_owned(),
            };
            send!(
                guest,
                &filled,
                form,
                ProposeOnObjection(propose_on_objection::Variables { input })
                    .evaluation_objection_propose
            );
        }
        "decide" => {
            let input = decide_on_objection::EvaluationObjectionDecideInput {
                id,
                expected_version,
                uphold,
            };
            send!(
                guest,
                &filled,
                form,
                DecideOnObjection(decide_on_objection::Variables { input })
                    .evaluation_objection_decide
            );
        }
        _ => return Err(Refusal::NotFound),
    }
    if shown.form.is_refused() {
        return Ok(guest.refused(&shown));
    }
    Ok(guest.done(Flash::EvaluationMoved, &shown.evaluation.here))
}

#[derive(Template)]
#[template(path = "evaluation/read.html")]
struct ReadShown {
    f: Frame,
    it: read_answer::ReadAnswerEvaluationAnswerReadAnswer,
    evaluation: PageShown,
}

impl ReadShown {
    fn department(&self, id: &str) -> String {
        let figures = self.evaluation.it.figures.iter();
        let mut rows = figures.flat_map(|figures| &figures.departments);
        let row = rows.find(|row| row.department.id == id);
        row.map_or_else(String::new, |row| {
            let (zh, en) = (&row.department.name_zh, &row.department.name_en);
            self.f.of(zh, en).to_owned()
        })
    }
}

/// Opens an answer with a name: by a form, because who has opened it is written down.
pub async fn read(
    guest: Guest,
    Path((key, id)): Path<(String, String)>,
    _filled: Filled,
) -> Result<Response, Refusal> {
    let input = read_answer::EvaluationAnswerReadInput {
        id: global_id(Kind::EvaluationAnswer, &id)?,
    };
    let answer = guest
        .run::<ReadAnswer>(read_answer::Variables { input })
        .await?
        .evaluation_answer_read
        .answer;
    let evaluation = found(&guest, &key).await?;
    let mut f = guest.frame("");
    f.title = f.t("实名答卷", "Answer with a name").to_owned();
    Ok(guest.show(&ReadShown {
        f,
        it: answer.ok_or(Refusal::NotFound)?,
        evaluation,
    }))
}
