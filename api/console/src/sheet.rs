//! Answers on paper: sheets are issued and printed, typed in by two people, and decided where both have read differently. The code of a sheet
//! travels in forms only, so that no address and no log remembers it.

use std::collections::HashMap;

use api_door::scalar::Kind;
use askama::Template;
use axum::{extract::Path, response::Response};
use chrono::NaiveTime;
use entity::{document::rules::Format, language::Language, permission::Action};

use super::{
    answer::answers,
    bridge::operation,
    export,
    flash::Flash,
    form::{Filled, Form, chosen, ticked},
    form_book,
    frame::Frame,
    global_id,
    guest::Guest,
    refusal::Refusal,
    scalar::Date,
    term::*,
    word,
};

operation!(SheetsToIssue in "src/operations/sheet.graphql");
operation!(IssueSheets in "src/operations/sheet.graphql");
operation!(SheetToEnter in "src/operations/sheet.graphql");
operation!(BlankForm in "src/operations/sheet.graphql");
operation!(EnterSheet in "src/operations/sheet.graphql");
operation!(DecideSheet in "src/operations/sheet.graphql");

/// Where sheets are typed in.
const HERE: &str = "/sheets";

/// A question with the answers among which one is ticked.
pub struct Asked {
    name: String,
    /// Its number on the form.
    pub number: String,
    /// Its wording.
    pub text: String,
    /// The code of each answer, and the words.
    pub choices: Vec<(String, String)>,
}

/// What is asked, as the design of the evaluation words it.
pub struct Wording {
    /// The quarter.
    pub quarter: String,
    /// The last day for answers.
    pub closes_on: Date,
    /// The id and the name of each department.
    pub departments: Vec<(String, String)>,
    questions: HashMap<String, String>,
}

/// The wording of an evaluation; each operation has types of its own.
macro_rules! wording {
    ($f:expr, $evaluation:expr) => {{
        let (f, it): (&Frame, _) = (&$f, &$evaluation);
        let departments = it.departments.iter();
        let questions = it.design.iter().flat_map(|design| &design.questions);
        Wording {
            quarter: it.quarter.clone(),
            closes_on: it.closes_on,
            departments: departments
                .map(|one| (one.id.clone(), f.of(&one.name_zh, &one.name_en).to_owned()))
                .collect(),
            questions: questions
                .map(|one| {
                    let text = f.of(&one.text_zh, &one.text_en).to_owned();
                    (one.number.clone(), text)
                })
                .collect(),
        }
    }};
}

impl Wording {
    /// The wording of a question.
    pub fn question(&self, number: &str) -> &str {
        self.questions.get(number).map_or("", String::as_str)
    }

    /// A question of this number, with its wording.
    pub fn asked(&self, name: String, number: String, choices: Vec<(String, String)>) -> Asked {
        Asked {
            text: self.question(&number).to_owned(),
            name,
            number,
            choices,
        }
    }

    /// B1 to B7, about a department.
    pub fn aspects(&self, f: &Frame, department: &str) -> Vec<Asked> {
        let aspects = EvaluationAspect::ALL.iter().enumerate();
        aspects
            .map(|(place, aspect)| {
                let name = format!("b:{department}:{}", aspect.code());
                self.asked(name, format!("B{}", place + 1), EvaluationLevel::choices(f))
            })
            .collect()
    }

    /// C1 to C5, where there is a contract.
    pub fn services(&self, f: &Frame, contracted: bool) -> Vec<Asked> {
        if !contracted {
            return Vec::new();
        }
        let services = EvaluationService::ALL.iter().enumerate();
        let mut asked: Vec<Asked> = services
            .map(|(place, service)| {
                let name = format!("c:{}", service.code());
                self.asked(name, format!("C{}", place + 1), EvaluationLevel::choices(f))
            })
            .collect();
        asked.push(self.asked(
            "visits".to_owned(),
            "C5".to_owned(),
            EvaluationVisits::choices(f),
        ));
        asked
    }

    /// D1 to D5.
    pub fn checks(&self, f: &Frame) -> Vec<Asked> {
        let checks = EvaluationCheck::ALL.iter().enumerate();
        checks
            .map(|(place, check)| {
                let name = format!("d:{}", check.code());
                self.asked(
                    name,
                    format!("D{}", place + 1),
                    EvaluationCheckAnswer::choices(f),
                )
            })
            .collect()
    }

    fn department(&self, id: &str) -> &str {
        let found = self.departments.iter().find(|(known, _)| known == id);
        found.map_or("", |(_, name)| name)
    }
}

#[derive(Template)]
#[template(path = "sheet/issue.html")]
struct IssueShown {
    f: Frame,
    it: sheets_to_issue::SheetsToIssueEvaluation,
    enterprises: sheets_to_issue::SheetsToIssueEnterprises,
    search: String,
    here: String,
    form: Form,
}

async fn to_issue(guest: &Guest, key: &str) -> Result<IssueShown, Refusal> {
    guest.require(Action::HandleSheets)?;
    let search = guest.address.some("search");
    let variables = sheets_to_issue::Variables {
        id: global_id(Kind::Evaluation, key)?,
        search: search.clone(),
    };
    let data = guest.run::<SheetsToIssue>(variables).await?;
    let mut f = guest.frame("");
    f.title = f.t("发放纸质评议表", "Issue paper sheets").to_owned();
    Ok(IssueShown {
        f,
        here: word::of_id(&data.evaluation.id),
        it: data.evaluation,
        enterprises: data.enterprises,
        search: search.unwrap_or_default(),
        form: Form::new(&["enterpriseIds"]),
    })
}

/// The enterprises for which sheets can be issued.
pub async fn ask_issue(guest: Guest, Path(key): Path<String>) -> Result<Response, Refusal> {
    let shown = to_issue(&guest, &key).await?;
    Ok(guest.show(&shown))
}

type Printed = issue_sheets::IssueSheetsEvaluationSheetsIssueIssuedSheets;

#[derive(Template)]
#[template(path = "sheet/print.html")]
struct PrintShown {
    f: Frame,
    sheets: Vec<Printed>,
    wording: Wording,
    here: String,
    confidentialities: Vec<(String, String)>,
    levels: Vec<(String, String)>,
    causes: Vec<(String, String)>,
}

impl PrintShown {
    fn services(&self, one: &Printed) -> Vec<Asked> {
        self.wording.services(&self.f, one.form.contracted)
    }

    /// A code in groups that are easy to read.
    fn grouped(&self, code: &str) -> String {
        let digits: Vec<char> = code.chars().collect();
        let groups: Vec<String> = digits.chunks(4).map(|four| four.iter().collect()).collect();
        groups.join(" ")
    }
}

/// Issues sheets and shows them for printing, this once.
pub async fn issue(
    guest: Guest,
    Path(key): Path<String>,
    filled: Filled,
) -> Result<Response, Refusal> {
    let mut shown = to_issue(&guest, &key).await?;
    let input = issue_sheets::EvaluationSheetsIssueInput {
        evaluation_id: shown.it.id.clone(),
        enterprise_ids: filled.all("enterprise"),
    };
    let answer = guest
        .run::<IssueSheets>(issue_sheets::Variables { input })
        .await?
        .evaluation_sheets_issue;
    let errors = answer.user_errors.into_iter();
    shown
        .form
        .refuse(errors.map(|error| (error.path, error.message)));
    let Some(issued) = answer.issued else {
        return Ok(guest.refused(&shown));
    };
    let mut f = guest.frame("");
    f.title = f.t("纸质评议表", "Paper sheets").to_owned();
    Ok(guest.show(&PrintShown {
        wording: wording!(f, shown.it),
        confidentialities: EvaluationConfidentiality::choices(&f),
        levels: EvaluationLevel::choices(&f),
        causes: EvaluationCause::choices(&f),
        sheets: issued.sheets,
        here: shown.here,
        f,
    }))
}

/// The blank form as a workbook, in the language that the address asks for, or else in the reader's: without an enterprise and without a
/// code.
pub async fn workbook(guest: Guest, Path(key): Path<String>) -> Result<Response, Refusal> {
    let id = global_id(Kind::Evaluation, &key)?;
    let found = guest.run::<BlankForm>(blank_form::Variables { id }).await?;
    let it = found.evaluation;
    if it.design.is_none() {
        return Err(Refusal::NotFound);
    }
    let mut f = guest.frame("");
    if let Some(asked) = Language::ALL
        .into_iter()
        .find(|language| guest.address.get("language") == language.tag())
    {
        f.language = asked;
    }
    let wording = wording!(f, it);
    let compiled = it.compiled_on.and_time(NaiveTime::MIN).and_utc();
    let book = form_book::workbook(&f, &wording, &compiled);
    let bytes = book.map_err(|error| export::broken(&error))?;
    let name = format!(
        "{} {}.xlsx",
        wording.quarter,
        f.t("企业评议表", "evaluation form")
    );
    Ok(export::saved(&name, Format::Xlsx.content_type(), bytes))
}

#[derive(Template)]
#[template(path = "sheet/code.html")]
struct CodeShown {
    f: Frame,
    form: Form,
}

fn by_code(guest: &Guest) -> Result<CodeShown, Refusal> {
    guest.require(Action::HandleSheets)?;
    let mut f = guest.frame("");
    f.title = f.t("录入纸质评议表", "Enter a sheet").to_owned();
    Ok(CodeShown {
        f,
        form: Form::new(&["code"]),
    })
}

/// Asks for the code of a sheet.
pub async fn ask_code(guest: Guest) -> Result<Response, Refusal> {
    Ok(guest.show(&by_code(&guest)?))
}

type Difference = sheet_to_enter::SheetToEnterEvaluationSheetDifferences;

#[derive(Template)]
#[template(path = "sheet/enter.html")]
struct EnterShown {
    f: Frame,
    it: sheet_to_enter::SheetToEnterEvaluationSheet,
    wording: Wording,
    code: String,
    form: Form,
    confidentialities: Vec<(String, String)>,
    causes: Vec<(String, String)>,
}

impl EnterShown {
    /// Whether two people have read it differently, so that it is decided.
    fn is_decided(&self) -> bool {
        !self.it.differences.is_empty()
    }

    fn services(&self) -> Vec<Asked> {
        self.wording.services(&self.f, self.it.contracted)
    }

    fn cause(&self, department: &str, cause: &str) -> String {
        format!("cause:{department}:{cause}")
    }

    fn is_ticked(&self, name: &str, code: &str) -> bool {
        self.form.value(name) == code
    }

    /// What a difference is about.
    fn about(&self, one: &Difference) -> String {
        let department = one.department_id.as_deref();
        let department = department.map_or("", |id| self.wording.department(id));
        format!("{department} {}", one.question)
    }

    /// What somebody has read, in words.
    fn said(&self, read: &Option<String>) -> String {
        let Some(read) = read else {
            return "—".to_owned();
        };
        let f = &self.f;
        let word = |code: &str| {
            let level = EvaluationLevel::of_code(code).map(|one| one.say(f));
            let level = level.or_else(|| EvaluationCause::of_code(code).map(|one| one.say(f)));
            let level = level.or_else(|| EvaluationVisits::of_code(code).map(|one| one.say(f)));
            let level =
                level.or_else(|| EvaluationCheckAnswer::of_code(code).map(|one| one.say(f)));
            level.or_else(|| EvaluationConfidentiality::of_code(code).map(|one| one.say(f)))
        };
        let words: Option<Vec<_>> = read.split(' ').map(word).collect();
        words.map_or_else(|| read.clone(), |words| words.join(f.t("、", ", ")))
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

async fn to_enter(guest: &Guest, code: &str, form: Form) -> Result<EnterShown, Refusal> {
    let variables = sheet_to_enter::Variables {
        code: code.to_owned(),
    };
    let it = guest.run::<SheetToEnter>(variables).await?.evaluation_sheet;
    let mut f = guest.frame("");
    f.title = f.t("录入纸质评议表", "Enter a sheet").to_owned();
    Ok(EnterShown {
        wording: wording!(f, it.evaluation),
        code: code.to_owned(),
        form,
        confidentialities: EvaluationConfidentiality::choices(&f),
        causes: EvaluationCause::choices(&f),
        it,
        f,
    })
}

/// Opens the sheet with a code.
pub async fn open(guest: Guest, filled: Filled) -> Result<Response, Refusal> {
    let mut asked = by_code(&guest)?;
    match to_enter(&guest, filled.get("code"), Form::new(&FIELDS)).await {
        Ok(shown) => Ok(guest.show(&shown)),
        Err(Refusal::NotFound) => {
            asked.form = Form::filled(&["code"], &filled);
            let message = asked.f.t(
                "没有此编号的评议表：编号有误，或已录入完毕，或评议已截止。",
                "No sheet has this code: the code is wrong, the sheet has become an answer, or the evaluation has ended.",
            );
            asked.form.refuse_one("code", message);
            Ok(guest.refused(&asked))
        }
        Err(refusal) => Err(refusal),
    }
}

/// Takes what was typed in, or what a third look decides.
pub async fn send(
    guest: Guest,
    Path(verb): Path<String>,
    filled: Filled,
) -> Result<Response, Refusal> {
    let code = filled.get("code").to_owned();
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
        return Ok(guest.refused(&to_enter(&guest, &code, form).await?));
    };
    let flash = match verb.as_str() {
        "enter" => {
            use enter_sheet::*;
            let input = EvaluationSheetEnterInput {
                code: code.clone(),
                expected_version: filled.version(),
                confidentiality,
                answers: answers!(&guest, &filled, &mut form),
                call_back: filled.some("callBack"),
            };
            if form.is_refused() {
                return Ok(guest.refused(&to_enter(&guest, &code, form).await?));
            }
            let answer = guest
                .run::<EnterSheet>(Variables { input })
                .await
                .map_err(|refusal| refusal.with_typed(&filled))?
                .evaluation_sheet_enter;
            let errors = answer.user_errors.into_iter();
            form.refuse(errors.map(|error| (error.path, error.message)));
            let sheet = answer.entered.and_then(|entered| entered.sheet);
            match sheet {
                None => Flash::SheetTaken,
                Some(sheet) if sheet.differences.is_empty() => Flash::SheetEntered,
                Some(_) => Flash::SheetDiffers,
            }
        }
        "decide" => {
            use decide_sheet::*;
            let input = EvaluationSheetDecideInput {
                code: code.clone(),
                expected_version: filled.version(),
                confidentiality,
                answers: answers!(&guest, &filled, &mut form),
                call_back: filled.some("callBack"),
            };
            if !form.is_refused() {
                super::act::send!(
                    guest,
                    &filled,
                    form,
                    DecideSheet(Variables { input }).evaluation_sheet_decide
                );
            }
            Flash::SheetTaken
        }
        _ => return Err(Refusal::NotFound),
    };
    if form.is_refused() {
        return Ok(guest.refused(&to_enter(&guest, &code, form).await?));
    }
    Ok(guest.done(flash, HERE))
}
