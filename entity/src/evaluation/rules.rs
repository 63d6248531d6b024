//! When an evaluation takes its steps, and what may be answered, read, objected to and approved. After domain practice of enterprise
//! evaluations (企业评议机关); the limit of publication is that of 政府信息公开条例第二十六条.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Datelike, NaiveDate, Utc};
use chrono_tz::Tz;
use sea_orm::prelude::Uuid;
use serde_json::{Value, json};

use super::{
    Confidentiality, Departments, Model, State,
    answers::{Answers, Check, CheckAnswer},
    form, objection, part,
    sheet::Entry,
};
use crate::{
    calendar::rules::Calendar,
    clock::instant_of,
    error::{Refusal, refusals},
    language::optional_text,
    schedule::rules::Span,
};

/// At this time letters go and scores are made.
const MORNING: (u32, u32) = (9, 30);

/// Close of business (下班).
const EVENING: (u32, u32) = (18, 0);

/// How long an answer in words may be, in characters (E1, E2).
pub const LONGEST_TEXT: usize = 500;

/// How long the way to be called back may be, in characters (F1).
pub const LONGEST_CONTACT: usize = 200;

/// A quarter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Quarter {
    /// Its first day.
    pub from: NaiveDate,
    /// Its last day.
    pub to: NaiveDate,
}

impl Quarter {
    /// The quarter in which `day` lies.
    pub fn of(day: NaiveDate) -> Self {
        let (from, to) = Span::Quarter.around(day);
        Self { from, to }
    }

    /// The one after it.
    pub fn next(self) -> Self {
        Self::of(self.to.succ_opt().unwrap_or(self.to))
    }

    /// "2026-Q3".
    pub fn name(self) -> String {
        format!("{}-Q{}", self.from.year(), self.from.month0() / 3 + 1)
    }

    /// Its last working day: the forms are compiled at the close of business.
    pub fn last_working_day(self, calendar: &Calendar) -> NaiveDate {
        self.to
            .iter_days()
            .rev()
            .take_while(|day| *day >= self.from)
            .find(|day| calendar.is_working_day(*day))
            .unwrap_or(self.to)
    }
}

/// The quarters to be compiled at `now`, oldest first: each that has ended since the park has been known here, and has no evaluation. Every
/// missed one is produced.
pub fn missing(
    known_since: NaiveDate,
    compiled: &[String],
    now: DateTime<Utc>,
    zone: Tz,
    calendar: &Calendar,
) -> Vec<Quarter> {
    let mut quarter = Quarter::of(known_since);
    let mut missing = Vec::new();
    let (hour, minute) = EVENING;
    while instant_of(quarter.last_working_day(calendar), hour, minute, zone) <= now {
        if !compiled.contains(&quarter.name()) {
            missing.push(quarter);
        }
        quarter = quarter.next();
    }
    missing
}

/// The days of an evaluation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Timeline {
    /// The first working day after it was compiled.
    pub opens_on: NaiveDate,
    /// The 5th working day of answering.
    pub first_reminder_on: NaiveDate,
    /// The 9th.
    pub second_reminder_on: NaiveDate,
    /// The 10th.
    pub closes_on: NaiveDate,
    /// 3 working days after the close.
    pub score_on: NaiveDate,
    /// 5 working days after the scores.
    pub objections_until: NaiveDate,
    /// 2 working days after the objections.
    pub approve_by: NaiveDate,
}

impl Timeline {
    /// Of an evaluation that was compiled on `day`.
    pub fn compiled_on(day: NaiveDate, calendar: &Calendar) -> Self {
        Self::opened_on(calendar.add_working_days(day, 1), calendar)
    }

    /// Of an evaluation that was opened on `day`: the enterprises have their ten working days also when it opens late.
    pub fn opened_on(day: NaiveDate, calendar: &Calendar) -> Self {
        let closes_on = calendar.add_working_days(day, 9);
        let scored = Self::scored_on(calendar.add_working_days(closes_on, 3), calendar);
        Self {
            opens_on: day,
            first_reminder_on: calendar.add_working_days(day, 4),
            second_reminder_on: calendar.add_working_days(day, 8),
            closes_on,
            score_on: scored.0,
            objections_until: scored.1,
            approve_by: scored.2,
        }
    }

    /// The day of the scores, the last one for objections, and the one by which the leaders decide: the departments have their five
    /// working days also when the scores are late.
    pub fn scored_on(day: NaiveDate, calendar: &Calendar) -> (NaiveDate, NaiveDate, NaiveDate) {
        let objections_until = calendar.add_working_days(day, 5);
        let approve_by = calendar.add_working_days(objections_until, 2);
        (day, objections_until, approve_by)
    }
}

/// By when an evaluation that was approved on `day` is published: 20 working days (公开条例第二十六条).
pub fn publish_by(day: NaiveDate, calendar: &Calendar) -> NaiveDate {
    calendar.add_working_days(day, 20)
}

/// What an evaluation does next by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// The enterprises are invited.
    Open,
    /// Who has not answered is reminded, for the first or for the last time.
    Remind(i32),
    /// Nobody answers any more.
    Close,
    /// The scores are made.
    Score,
}

/// What is due at `now`. A reminder that was missed goes only while it is the newest.
pub fn due(evaluation: &Model, now: DateTime<Utc>, zone: Tz) -> Option<Step> {
    let at = |day, (hour, minute)| instant_of(day, hour, minute, zone) <= now;
    match evaluation.state {
        State::Compiled if at(evaluation.opens_on, MORNING) => Some(Step::Open),
        State::Open if at(evaluation.closes_on, EVENING) => Some(Step::Close),
        State::Open if evaluation.reminders < 2 && at(evaluation.second_reminder_on, MORNING) => {
            Some(Step::Remind(2))
        }
        State::Open if evaluation.reminders < 1 && at(evaluation.first_reminder_on, MORNING) => {
            Some(Step::Remind(1))
        }
        State::Closed if at(evaluation.score_on, MORNING) => Some(Step::Score),
        _ => None,
    }
}

/// When answers end.
pub fn closes_at(evaluation: &Model, zone: Tz) -> DateTime<Utc> {
    let (hour, minute) = EVENING;
    instant_of(evaluation.closes_on, hour, minute, zone)
}

/// Whether an enterprise may answer now.
pub fn takes_answers(evaluation: &Model, now: DateTime<Utc>, zone: Tz) -> bool {
    evaluation.state == State::Open && now < closes_at(evaluation, zone)
}

/// Whether an enterprise that has no form may still get one: as long as it can be answered.
pub fn may_invite(evaluation: &Model, now: DateTime<Utc>, zone: Tz) -> Result<(), InviteError> {
    match takes_sheets(evaluation, now, zone) {
        true => Ok(()),
        false => Err(InviteError::Closed),
    }
}

/// Whether sheets may be issued now: as soon as the forms are compiled, and while answers are taken.
pub fn takes_sheets(evaluation: &Model, now: DateTime<Utc>, zone: Tz) -> bool {
    evaluation.state == State::Compiled || takes_answers(evaluation, now, zone)
}

/// How many digits the code of a sheet has before the one that checks them.
const CODE: usize = 10;

/// The code of a sheet out of a random number: ten digits and one that checks them (ISO 7064, MOD 11,10), in groups that can be read out.
pub fn code(random: u128) -> String {
    let number = random % 10_u128.pow(CODE as u32);
    let digits = format!("{number:0CODE$}");
    format!("{digits}{}", check_digit(&digits))
}

/// A code as it is looked for: whatever was typed between its digits is left out.
pub fn digits(typed: &str) -> String {
    typed.chars().filter(char::is_ascii_digit).collect()
}

/// Whether these digits are a code: one wrong digit is always found, two neighbours that have changed places nearly always.
pub fn is_code(digits: &str) -> bool {
    let Some((digits, check)) = digits.split_at_checked(CODE) else {
        return false;
    };
    check.parse() == Ok(check_digit(digits))
}

/// The digit that checks these (ISO 7064, MOD 11,10).
fn check_digit(digits: &str) -> u32 {
    let values = digits.chars().filter_map(|digit| digit.to_digit(10));
    let product = values.fold(10, |product, digit| {
        let sum = match (product + digit) % 10 {
            0 => 10,
            sum => sum,
        };
        sum * 2 % 11
    });
    (11 - product) % 10
}

/// What two people have read differently on a sheet: the number of the question, the department where it is about one, and what each read.
pub type Difference = (String, Option<Uuid>, Option<String>, Option<String>);

/// The differences of two entries, in the order of the form.
pub fn differences(first: &Entry, second: &Entry) -> Vec<Difference> {
    let (first, second) = (flat(first), flat(second));
    let questions: BTreeSet<_> = first.keys().chain(second.keys()).collect();
    let of = |question| (first.get(question), second.get(question));
    questions
        .into_iter()
        .map(|question| (question, of(question)))
        .filter(|(_, (first, second))| first != second)
        .map(|((number, department), (first, second))| {
            (number.clone(), *department, first.cloned(), second.cloned())
        })
        .collect()
}

/// What stands on a sheet, question by question.
fn flat(entry: &Entry) -> BTreeMap<(String, Option<Uuid>), String> {
    let mut flat = BTreeMap::new();
    let mut add = |number: &str, department, value: Value| {
        let value = match value {
            Value::Null => return,
            Value::Array(several) => {
                let words = several.iter().filter_map(Value::as_str);
                words.collect::<Vec<_>>().join(" ")
            }
            Value::String(one) => one,
            other => other.to_string(),
        };
        flat.insert((number.to_owned(), department), value);
    };
    let answers = &entry.answers;
    add(super::design::COVER, None, json!(entry.confidentiality));
    for (department, rating) in &answers.departments {
        for (aspect, level) in &rating.levels {
            add(aspect.number(), Some(*department), json!(level));
        }
        if !rating.causes.is_empty() {
            add("B8", Some(*department), json!(rating.causes));
        }
    }
    for (service, level) in &answers.contract.levels {
        add(service.number(), None, json!(level));
    }
    add("C5", None, json!(answers.contract.visits));
    for (check, answer) in &answers.checks {
        add(check.number(), None, json!(answer));
    }
    add("E1", None, json!(answers.wish));
    add("E2", None, json!(answers.comment));
    add("F1", None, json!(entry.call_back));
    flat
}

refusals! {
    /// Why an answer was refused.
    pub enum AnswerError as "EvaluationAnswerErrorCode" {
        /// The evaluation has not begun, or is over.
        NotOpen = "NOT_OPEN", "评议尚未开始或已经截止，答卷不再收取。", "The evaluation has not started or has ended: answers are not accepted.";
        /// It has been answered.
        Answered = "ANSWERED", "本企业已提交答卷，每期只收一份。", "This enterprise has already answered; only one answer is accepted.";
        /// Whether the answer bears a name has not been chosen.
        NotChosen = "NOT_CHOSEN",
            "请先选择实名、仅向监督机构实名或不记名。",
            "First choose whether to answer with your name, with your name for the supervisor only, or anonymously.";
        /// It has been chosen, and something has been saved.
        Chosen = "CHOSEN", "已开始填写，记名方式不能再改。", "You have started to answer: the choice of name can no longer be changed.";
        /// An answer without a name is not kept on the server before it is given.
        DraftUnnamed = "DRAFT_UNNAMED",
            "不记名答卷提交前只保存在您的浏览器中。",
            "An anonymous answer stays in your browser until you submit it.";
        /// The department is not among those that can be rated.
        DepartmentUnknown = "DEPARTMENT_UNKNOWN", "该部门不在本期评议范围内。", "This department cannot be rated in this evaluation.";
        /// Who has no contract is not asked about one.
        NoContract = "NO_CONTRACT", "未签订服务契约的企业不填写契约与专员部分。", "Only enterprises with a service contract answer the part on contract and liaison.";
        /// A text is longer than 500 characters.
        TextTooLong = "TEXT_TOO_LONG", "文字不超过 500 字。", "Enter at most 500 characters.";
        /// The way to be called back is longer than 200 characters.
        ContactTooLong = "CONTACT_TOO_LONG", "联系方式不超过 200 字。", "Enter at most 200 characters for the contact details.";
        /// Nothing has been answered.
        Empty = "EMPTY",
            "答卷是空的。评议自愿，不愿填写的不必提交。",
            "The form is empty. The evaluation is voluntary; if you do not want to answer, you do not need to submit it.";
        /// A sheet of the enterprise is being typed in.
        OnPaper = "ON_PAPER",
            "本企业的纸质评议表正在录入，不能再用其他方式填写。",
            "The paper form of this enterprise is being entered: it cannot be answered in any other way.";
        /// The code is not one: a digit is wrong, or two have changed places.
        CodeWrong = "CODE_WRONG", "编号有误，请对照评议表核对。", "This code is not valid: compare it with the code printed on the sheet.";
        /// The same person has typed it in before.
        SamePerson = "SAME_PERSON", "同一人不能连续录入两次，请由另一人录入。", "The same person cannot enter a sheet twice: another person must do it.";
        /// Two people have read it differently: a third look decides.
        SheetDiffers = "SHEET_DIFFERS", "两次录入不一致，请核对后裁定。", "The two entries differ: compare them with the sheet and decide.";
        /// Nothing is to be decided: it has not been read differently.
        SheetAgrees = "SHEET_AGREES", "没有需要裁定的差异。", "There are no differences to decide.";
        /// Between 1 and 50 sheets are issued at once.
        SheetsUncounted = "SHEETS_UNCOUNTED", "一次请选择 1 至 50 家企业。", "Choose 1 to 50 enterprises at a time.";
        /// The key that seals answers without a name is not here: none is taken now.
        SealMissing = "SEAL_MISSING",
            "本机缺少封存不记名答卷的密钥，暂时不能收取；答卷没有被保存。请稍后再试，或告知企业服务中心。",
            "The key that seals anonymous answers is missing on this machine, so they cannot be accepted now. Your answer was not stored. \
             Try again later, or inform the enterprise service centre.";
    }
}

refusals! {
    /// Why the evaluation of a quarter is not compiled by hand.
    pub enum CompileError as "EvaluationCompileErrorCode" {
        /// The quarter has not ended yet, or ended before the park was known here.
        NotDue = "NOT_DUE",
            "该季度的评议未到编制时间（本季最后一个工作日 18:00），或者该季度在系统启用之前。请从页面列出的季度中选择。",
            "The evaluation of this quarter is not due yet (18:00 on its last working day), or the quarter lies before the start of the system. Choose one of the quarters listed.";
        /// It is compiled already: there is one for each quarter.
        Compiled = "COMPILED", "该季度的评议已经编制，每季只编制一次。", "The evaluation of this quarter has already been compiled; there is only one for each quarter.";
    }
}

refusals! {
    /// Why an enterprise does not get a form by hand.
    pub enum InviteError as "EvaluationInviteErrorCode" {
        /// Answers are no longer taken.
        Closed = "CLOSED", "评议已截止，不能再补发评议表。", "Answers are no longer taken, so no enterprise can be added.";
        /// It has a form already.
        HasForm = "HAS_FORM", "该企业在本期评议中已有评议表。", "The enterprise already has a form in this evaluation.";
        /// It has left the park.
        EnterpriseEnded = "ENTERPRISE_ENDED", "该企业已离园，不参加评议。", "The enterprise has left the park and is not asked.";
    }
}

/// An answer as it is kept: without empty texts, without ratings that say nothing, and without causes where nothing is dissatisfying
/// (B8 is asked only then). All problems at once.
pub fn cleaned(
    given: Answers,
    contracted: bool,
    departments: &Departments,
) -> Result<Answers, Vec<Refusal<AnswerError>>> {
    let mut problems = Vec::new();
    let mut problem = |field, code| {
        problems.push(Refusal {
            code,
            path: vec!["answers", field],
        });
    };
    let known = |id: &Uuid| departments.0.iter().any(|rated| rated.id == *id);
    if !given.departments.keys().all(known) {
        problem("departments", AnswerError::DepartmentUnknown);
    }
    let asked = !given.contract.levels.is_empty() || given.contract.visits.is_some();
    if asked && !contracted {
        problem("contract", AnswerError::NoContract);
    }
    let mut text = |field, given: Option<String>| {
        optional_text(given, LONGEST_TEXT).unwrap_or_else(|_| {
            problem(field, AnswerError::TextTooLong);
            None
        })
    };
    let (wish, comment) = (text("wish", given.wish), text("comment", given.comment));
    if !problems.is_empty() {
        return Err(problems);
    }
    let departments = given
        .departments
        .into_iter()
        .map(|(id, mut rating)| {
            if !rating.levels.values().any(|level| level.is_dissatisfied()) {
                rating.causes.clear();
            }
            (id, rating)
        })
        .filter(|(_, rating)| !rating.levels.is_empty())
        .collect();
    Ok(Answers {
        departments,
        contract: given.contract,
        checks: given.checks,
        wish,
        comment,
    })
}

/// Whether anything has been answered.
pub fn is_empty(answers: &Answers) -> bool {
    *answers == Answers::default()
}

/// The pieces of an answer without a name. None of them leads to another one.
pub fn pieces(answers: &Answers) -> Vec<part::Piece> {
    let mut pieces = Vec::new();
    for (department, rating) in &answers.departments {
        pieces.push((part::Kind::Department, Some(*department), json!(rating)));
    }
    if !answers.contract.levels.is_empty() || answers.contract.visits.is_some() {
        pieces.push((part::Kind::Contract, None, json!(answers.contract)));
    }
    let is_fact = |(check, _): &(&Check, &CheckAnswer)| !check.is_lead();
    let facts: BTreeMap<_, _> = answers.checks.iter().filter(is_fact).collect();
    if !facts.is_empty() {
        pieces.push((part::Kind::Checks, None, json!(facts)));
    }
    for (check, answer) in &answers.checks {
        if check.is_lead() && *answer == CheckAnswer::Yes {
            pieces.push((part::Kind::Lead, None, json!(check)));
        }
    }
    let texts = [
        (part::Kind::Wish, &answers.wish),
        (part::Kind::Comment, &answers.comment),
    ];
    for (kind, text) in texts {
        if let Some(text) = text {
            pieces.push((kind, None, json!(text)));
        }
    }
    pieces
}

/// Who reads an answer that bears a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reader {
    /// The enterprise that gave it.
    Own,
    /// The supervisor.
    Supervisor,
    /// The service centre or a leader.
    Park,
    /// The head of a department.
    Department(Uuid),
}

/// What a reader may read of an answer with a name. The level of integrity (B5) is never shown for one enterprise; leads (D4, D5) are
/// the supervisor's; a head reads what is said of his department.
pub fn shown(answers: &Answers, reader: Reader) -> Answers {
    let mut shown = answers.clone();
    if reader == Reader::Own {
        return shown;
    }
    if let Reader::Department(own) = reader {
        shown = Answers {
            departments: shown.departments,
            ..Answers::default()
        };
        shown.departments.retain(|department, _| *department == own);
    }
    for rating in shown.departments.values_mut() {
        rating.levels.remove(&super::answers::Aspect::Integrity);
    }
    if reader != Reader::Supervisor {
        shown.checks.retain(|check, _| !check.is_lead());
    }
    shown
}

/// Whether a reader of this kind may read answers given with this openness.
pub fn may_read(reader: Reader, confidentiality: Confidentiality) -> bool {
    match confidentiality {
        Confidentiality::Named => true,
        Confidentiality::Supervisor => matches!(reader, Reader::Supervisor | Reader::Own),
        Confidentiality::Unnamed => false,
    }
}

refusals! {
    /// Why a design was refused.
    pub enum DesignError as "EvaluationDesignErrorCode" {
        /// A question has no text in one of the languages, a text is longer than 300 characters, or a question is none of the form's.
        WordingInvalid = "WORDING_INVALID",
            "每题须有中英文（各不超过 300 字），题号须为评议表已有题号。",
            "Every question needs a text in Chinese and in English (up to 300 characters each), and question numbers must be those of the form.";
        /// A level has no points, or one that says nothing has some.
        PointsIncomplete = "POINTS_INCOMPLETE",
            "五个满意度档次须各有分值，“不了解”不得有分值。",
            "Enter points for each of the five levels, and none for \"do not know\".";
        /// Points do not fall from 100 to 0.
        PointsNotFalling = "POINTS_NOT_FALLING", "分值须由 100 逐档降至 0。", "Points must decrease from level to level, from 100 to 0.";
        /// A question has no weight.
        WeightsIncomplete = "WEIGHTS_INCOMPLETE",
            "B1 至 B7 每题权重须不少于 1。",
            "Each question from B1 to B7 needs a weight of at least 1.";
        /// Weights do not add up to 100.
        WeightsNotWhole = "WEIGHTS_NOT_WHOLE", "权重合计须为 100。", "Weights must add up to 100.";
        /// Figures would be told of fewer than 5 answers.
        PublishedTooEarly = "PUBLISHED_TOO_EARLY", "公布样本数不得少于 5。", "The minimum number of answers for publishing a figure must be at least 5.";
        /// Departments would be ranked that have no figure.
        RankedTooEarly = "RANKED_TOO_EARLY", "排名样本数不得少于公布样本数。", "The minimum number of answers for a rank must not be lower than that for a figure.";
        /// Bands do not fall.
        BandsNotFalling = "BANDS_NOT_FALLING",
            "等次界限须由高到低：优秀不高于 100，合格高于 0。",
            "The thresholds of the bands must decrease: excellent at most 100, passed above 0.";
        /// The interval is not between 50 and 99 per cent sure.
        ConfidenceOutOfRange = "CONFIDENCE_OUT_OF_RANGE", "置信水平须在 50 至 99 之间。", "The confidence level must be from 50 to 99 per cent.";
        /// No score is above 100.
        LowOutOfRange = "LOW_OUT_OF_RANGE", "整改分数线不得高于 100。", "The rectification threshold must be at most 100.";
        /// The formula does not weigh each part, or its weights do not add up to 100.
        FormulaInvalid = "FORMULA_INVALID",
            "综合绩效各部分须各有权重，合计为 100；单次扣分不高于扣分上限，上限不高于 100。",
            "Each part of the performance needs a weight, and the weights must add up to 100. A single deduction must not exceed the maximum \
             deduction, which must be at most 100.";
        /// A reason is missing or longer than 1000 characters.
        ReasonInvalid = "REASON_INVALID", "请填写修改原因（不超过 1000 字）。", "Enter the reason (up to 1000 characters).";
    }
}

refusals! {
    /// Why a move of an evaluation or an objection is not made.
    pub enum MoveError as "EvaluationMoveErrorCode" {
        /// It does not stand where this can be done.
        WrongState = "WRONG_STATE", "评议当前阶段不能进行此操作。", "The current stage of the evaluation does not allow this.";
        /// The window for objections has closed.
        WindowClosed = "WINDOW_CLOSED", "异议期已过。", "The period for objections has ended.";
        /// The window for objections is still open.
        WindowOpen = "WINDOW_OPEN",
            "异议期尚未结束，不能批准。",
            "The period for objections has not ended yet: the result cannot be approved now.";
        /// An objection has not been decided.
        ObjectionOpen = "OBJECTION_OPEN", "尚有异议未决定，不能批准。", "An objection is still undecided: decide it first.";
        /// The department has objected already.
        Objected = "OBJECTED", "本部门本期已提出异议。", "The department has already objected in this evaluation.";
        /// A text is missing or longer than 2000 characters.
        TextInvalid = "TEXT_INVALID", "请填写说明（不超过 2000 字）。", "Enter an explanation (up to 2000 characters).";
        /// Only named answers that rate the department can be left out.
        AnswerUnfit = "ANSWER_UNFIT", "只能剔除评议该部门的实名答卷。", "Only named answers that rate this department can be excluded.";
        /// An objection that is upheld names the answers that are left out; one that is dismissed names none.
        AnswersMissing = "ANSWERS_MISSING",
            "异议成立的须选定剔除的实名答卷；不成立的不得选定。",
            "Select the named answers to exclude if the objection is upheld, and none if it is dismissed.";
        /// Whoever proposed it does not decide.
        SamePerson = "SAME_PERSON", "拟办人不能同时作出决定。", "The person who made the proposal cannot decide: another person must do it.";
    }
}

/// Whether a department may object on `today`.
pub fn may_object(evaluation: &Model, today: NaiveDate) -> Result<(), MoveError> {
    match evaluation.state {
        State::Scored if today <= evaluation.objections_until => Ok(()),
        State::Scored => Err(MoveError::WindowClosed),
        _ => Err(MoveError::WrongState),
    }
}

/// Whether an evaluation may be approved on `today`.
pub fn may_approve(
    evaluation: &Model,
    objections: &[objection::Model],
    today: NaiveDate,
) -> Result<(), MoveError> {
    if evaluation.state != State::Scored {
        return Err(MoveError::WrongState);
    }
    if today <= evaluation.objections_until {
        return Err(MoveError::WindowOpen);
    }
    if objections.iter().any(|objection| objection.state.is_open()) {
        return Err(MoveError::ObjectionOpen);
    }
    Ok(())
}

/// Whether an evaluation may be published.
pub fn may_publish(evaluation: &Model) -> Result<(), MoveError> {
    match evaluation.state {
        State::Approved => Ok(()),
        _ => Err(MoveError::WrongState),
    }
}

/// The promises of a quarter as a form shows them, in the order of their texts: each commitment once.
pub fn grouped(mut facts: Vec<form::PromiseFact>) -> Vec<form::PromiseFact> {
    facts.sort_by(|a, b| (&a.item.zh, a.commitment_id).cmp(&(&b.item.zh, b.commitment_id)));
    let mut grouped: Vec<form::PromiseFact> = Vec::new();
    for fact in facts {
        match grouped.last_mut() {
            Some(last) if last.commitment_id == fact.commitment_id => {
                last.due += fact.due;
                last.in_time += fact.in_time;
                last.late += fact.late;
                last.days_late = last.days_late.max(fact.days_late);
                last.broken += fact.broken;
                last.paused += fact.paused;
                last.running += fact.running;
                last.proven += fact.proven;
                last.pauses += fact.pauses;
            }
            _ => grouped.push(fact),
        }
    }
    grouped
}

#[cfg(test)]
mod tests;
