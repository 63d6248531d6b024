//! What people decide: objections, approval, publication.

use chrono::NaiveDate;
use sea_orm::{EntityTrait, PaginatorTrait, QueryFilter, entity::prelude::*};

use super::super::{
    Confidentiality, Entity, Model, State,
    figures::{self, Figures},
    objection, repository, response,
    rules::{self, MoveError},
};
use super::{APPROVE, DECIDE, OBJECT, PROPOSE, PUBLISH, cycle::keep_figures, told};
use crate::{
    account,
    audit::commands::{Change, record, summary},
    calendar,
    command::{Command, Form, Input, Offer, Thing, form, offers},
    decision::by_another,
    error::{CommandError, Fault, Refusal, expect_version},
    id::new_id,
    language::{self, Text},
    link,
    outbox::{
        Class, Kind,
        commands::{NewLetter, enqueue},
        facts::{EvaluationResult, ResultLine},
    },
    permission::{Action, Standing, require},
    rectification::commands::{LowMark, Origin, Said, open_in},
    store::{Store, Unit},
    table::{Visible, save},
    viewer::{Role, Viewer},
};

/// What a decision answers.
pub type Outcome<T> = Result<T, CommandError<MoveError>>;

/// Which objection, as the person saw it.
#[derive(Clone, Copy, Debug)]
pub struct Target {
    /// Which.
    pub id: Uuid,
    /// The version the person saw.
    pub expected_version: i32,
}

fn refused<T>(path: &[&'static str], error: MoveError) -> Outcome<T> {
    Err(CommandError::refused(path, error))
}

fn reason(given: &str, field: &'static str) -> Outcome<String> {
    language::text(given, 2000)
        .ok_or_else(|| CommandError::refused(&[field], MoveError::TextInvalid))
}

/// A head objects to what is said of his department.
pub async fn object(
    store: &Store,
    viewer: &Viewer,
    evaluation_id: Uuid,
    why: &str,
) -> Outcome<objection::Model> {
    let unit = store.begin(viewer).await?;
    let evaluation = Entity::found(unit.db(), viewer, evaluation_id).await?;
    let own = viewer.head_of();
    let standing = own.map_or(Standing::None, |_| Standing::OwnDepartment);
    require(viewer, Action::ObjectToScore, standing)?;
    let (department_id, raised_by) = own.zip(viewer.account_id()).ok_or(Fault::Forbidden)?;
    if let Err(error) = rules::may_object(&evaluation, unit.today()) {
        return refused(&[], error);
    }
    let why = reason(why, "reason")?;
    let before = objection::Entity::find()
        .filter(objection::Column::EvaluationId.eq(evaluation.id))
        .filter(objection::Column::DepartmentId.eq(department_id))
        .count(unit.db())
        .await?;
    if before > 0 {
        return refused(&[], MoveError::Objected);
    }
    let raised = objection::Model {
        id: new_id(unit.now()),
        evaluation_id: evaluation.id,
        department_id,
        state: objection::State::Raised,
        reason: why,
        raised_by,
        raised_at: unit.now(),
        uphold: None,
        excluded: objection::Responses::default(),
        opinion: None,
        proposed_by: None,
        proposed_at: None,
        decided_by: None,
        decided_at: None,
        version: 1,
    };
    objection::Entity::insert(objection::ActiveModel::from(raised.clone()).reset_all())
        .exec_without_returning(unit.db())
        .await?;
    told_of(&unit, &OBJECT, None, &raised).await?;
    unit.commit().await?;
    Ok(raised)
}

/// What the service centre proposes.
#[derive(Clone, Debug)]
pub struct Propose {
    /// The objection.
    pub target: Target,
    /// Whether to uphold it.
    pub uphold: bool,
    /// The named answers to be left out of the department's score, when it is upheld.
    pub excluded: Vec<Uuid>,
    /// Why.
    pub opinion: String,
}

/// Proposes what to decide; it may be proposed anew until it is decided.
pub async fn propose(store: &Store, viewer: &Viewer, input: Propose) -> Outcome<objection::Model> {
    let unit = store.begin(viewer).await?;
    let before = load(&unit, input.target, Action::ProposeOnObjection).await?;
    if !before.state.is_open() {
        return refused(&[], MoveError::WrongState);
    }
    let mut problems: Vec<Refusal<MoveError>> = Vec::new();
    let mut problem = |field, code| {
        problems.push(Refusal {
            code,
            path: vec![field],
        });
    };
    if input.uphold == input.excluded.is_empty() {
        problem("excluded", MoveError::AnswersMissing);
    }
    let mut excluded = input.excluded;
    excluded.sort_unstable();
    excluded.dedup();
    if !are_fit(&unit, &before, &excluded).await? {
        problem("excluded", MoveError::AnswerUnfit);
    }
    let opinion = language::text(&input.opinion, 2000);
    if opinion.is_none() {
        problem("opinion", MoveError::TextInvalid);
    }
    if !problems.is_empty() {
        return Err(problems.into());
    }
    let proposed = objection::Model {
        state: objection::State::Proposed,
        uphold: Some(input.uphold),
        excluded: objection::Responses(excluded),
        opinion,
        proposed_by: viewer.account_id(),
        proposed_at: Some(unit.now()),
        ..before.clone()
    };
    let proposed = save(&unit, &before, proposed).await?;
    told_of(&unit, &PROPOSE, Some(&before), &proposed).await?;
    unit.commit().await?;
    Ok(proposed)
}

/// Whether these answers bear their name to the park and rate the department.
async fn are_fit(
    unit: &Unit,
    objection: &objection::Model,
    excluded: &[Uuid],
) -> Result<bool, Fault> {
    let found = response::Entity::find()
        .filter(response::Column::EvaluationId.eq(objection.evaluation_id))
        .filter(response::Column::Submitted.eq(true))
        .filter(response::Column::Confidentiality.eq(Confidentiality::Named))
        .filter(response::Column::Id.is_in(excluded.iter().copied()))
        .all(unit.db())
        .await?;
    let rates = |one: &response::Model| {
        let departments = &one.answers.departments;
        departments.contains_key(&objection.department_id)
    };
    Ok(found.len() == excluded.len() && found.iter().all(rates))
}

/// Decides as proposed, or against it. Whoever proposed it does not decide. When it is upheld the figures are made anew; both are kept.
pub async fn decide(
    store: &Store,
    viewer: &Viewer,
    target: Target,
    uphold: bool,
) -> Outcome<objection::Model> {
    let unit = store.begin(viewer).await?;
    let before = load(&unit, target, Action::DecideOnObjection).await?;
    if before.state != objection::State::Proposed {
        return refused(&[], MoveError::WrongState);
    }
    if by_another(viewer, &[before.proposed_by]).is_err() {
        return refused(&[], MoveError::SamePerson);
    }
    if uphold && before.excluded.0.is_empty() {
        return refused(&["uphold"], MoveError::AnswersMissing);
    }
    let decided = objection::Model {
        state: if uphold {
            objection::State::Upheld
        } else {
            objection::State::Dismissed
        },
        decided_by: viewer.account_id(),
        decided_at: Some(unit.now()),
        ..before.clone()
    };
    let decided = save(&unit, &before, decided).await?;
    told_of(&unit, &DECIDE, Some(&before), &decided).await?;
    if uphold {
        let evaluation = Entity::found(unit.db(), viewer, before.evaluation_id).await?;
        let newest = newest_figures(&unit, &evaluation).await?;
        // What was counted stays as it was: only answers are left out.
        keep_figures(&unit, &evaluation, newest.revision + 1, &newest.counted()).await?;
    }
    unit.commit().await?;
    Ok(decided)
}

form! {
    /// An approval.
    pub struct Approve of APPROVE by Action::ApproveEvaluation, refused MoveError {
        title: "批准评议结果", "Approve the result";
        lead: "批准后以邮件通知各部门负责人（本部门）和领导（全部），并须在 20 个工作日内公布。",
            "Heads of departments receive their own result and leaders all results by e-mail; the result must be published within 20 working days.";
        done: "评议已更新。", "The evaluation has been updated.";
        /// The evaluation.
        id: Uuid = Target(Thing::Evaluation);
        /// Its version as seen.
        expected_version: i32 = Version;
    }
}

/// A leader approves the figures: they are told to the heads, each his own, and to the leaders.
pub async fn approve(store: &Store, viewer: &Viewer, input: Approve) -> Outcome<Model> {
    let unit = store.begin(viewer).await?;
    let (id, version) = (input.id, input.expected_version);
    let before = evaluation(&unit, id, version, Approve::FORM).await?;
    let system = Viewer::system("evaluation");
    let one = std::slice::from_ref(&before);
    let objections = repository::objections(unit.db(), &system, one).await?;
    let objections = objections.into_values().next().unwrap_or_default();
    if let Err(error) = rules::may_approve(&before, &objections, unit.today()) {
        return refused(&[], error);
    }
    let calendar = calendar::repository::in_force(&unit).await?;
    let approved = Model {
        state: State::Approved,
        approved_by: viewer.account_id(),
        approved_at: Some(unit.now()),
        publish_by: Some(rules::publish_by(unit.today(), &calendar)),
        ..before.clone()
    };
    let approved = save(&unit, &before, approved).await?;
    told(&unit, &APPROVE, Some(&before), &approved, None).await?;
    let figures = newest_figures(&unit, &approved).await?;
    tell_results(&unit, &approved, &figures).await?;
    open_rectifications(&unit, &approved, &figures).await?;
    unit.commit().await?;
    Ok(approved)
}

form! {
    /// A publication.
    pub struct Publish of PUBLISH by Action::PublishEvaluation, refused MoveError {
        title: "公布评议结果", "Publish the result";
        lead: "公布后所有人均可查看，不需登录。", "Anyone can then view the result without signing in.";
        done: "评议已更新。", "The evaluation has been updated.";
        /// The evaluation.
        id: Uuid = Target(Thing::Evaluation);
        /// Its version as seen.
        expected_version: i32 = Version;
        /// The result of the review of what becomes public (公开条例第十七条); up to 2000 characters.
        review: String = Lines(2000), "公开审查意见", "Result of the review",
            "公开条例第十七条：内容与保密审查", "Content and secrecy: Regulations on the Disclosure of Government Information, Art. 17";
    }
}

/// Publishes the approved figures, after the review of what becomes public (公开条例第十七条).
pub async fn publish(store: &Store, viewer: &Viewer, input: Publish) -> Outcome<Model> {
    let unit = store.begin(viewer).await?;
    let (id, version) = (input.id, input.expected_version);
    let before = evaluation(&unit, id, version, Publish::FORM).await?;
    if let Err(error) = rules::may_publish(&before) {
        return refused(&[], error);
    }
    let review = reason(&input.review, "review")?;
    let published = Model {
        state: State::Published,
        published_by: viewer.account_id(),
        published_at: Some(unit.now()),
        ..before.clone()
    };
    let published = save(&unit, &before, published).await?;
    let reason = Some(review.as_str());
    told(&unit, &PUBLISH, Some(&before), &published, reason).await?;
    unit.commit().await?;
    Ok(published)
}

/// What can be decided of an evaluation, and why not now.
pub fn offered(
    viewer: &Viewer,
    evaluation: &Model,
    objections: &[objection::Model],
    today: NaiveDate,
) -> Vec<Offer> {
    let rule = |command: &Command| {
        if command.code == PUBLISH.code {
            rules::may_publish(evaluation)
        } else {
            rules::may_approve(evaluation, objections, today)
        }
    };
    let decisions = &[&APPROVE, &PUBLISH];
    offers(decisions, Thing::Evaluation, viewer, Standing::None, rule)
}

async fn evaluation(
    unit: &Unit,
    id: Uuid,
    expected_version: i32,
    form: &Form,
) -> Result<Model, Fault> {
    let found = Entity::found(unit.db(), unit.viewer(), id).await?;
    require(unit.viewer(), form.may, Standing::None)?;
    expect_version(found.id, found.version, expected_version)?;
    Ok(found)
}

async fn load(unit: &Unit, target: Target, action: Action) -> Result<objection::Model, Fault> {
    let found = repository::objections_by_ids(unit.db(), unit.viewer(), &[target.id]).await?;
    let found = found.into_iter().next().ok_or(Fault::NotFound)?;
    require(unit.viewer(), action, Standing::None)?;
    expect_version(found.id, found.version, target.expected_version)?;
    Ok(found)
}

async fn newest_figures(unit: &Unit, evaluation: &Model) -> Result<Figures, Fault> {
    let system = Viewer::system("evaluation");
    let found = repository::figures(unit.db(), &system, std::slice::from_ref(evaluation)).await?;
    let newest = found
        .into_values()
        .next()
        .and_then(|mut revisions| revisions.pop());
    newest.ok_or(Fault::NotFound)
}

async fn told_of(
    unit: &Unit,
    command: &'static Command,
    before: Option<&objection::Model>,
    after: &objection::Model,
) -> Result<(), Fault> {
    let summary = |one: &objection::Model| {
        summary!({
            "state": one.state,
            "departmentId": one.department_id,
            "uphold": one.uphold,
            "excluded": one.excluded,
        })
    };
    record(
        unit,
        Change {
            command,
            subject_id: after.id,
            before: before.map(summary),
            after: Some(summary(after)),
            reason: after.opinion.as_deref().or(Some(&after.reason)),
        },
    )
    .await
}

/// A department that scores low has to say what it does about it.
async fn open_rectifications(
    unit: &Unit,
    evaluation: &Model,
    figures: &Figures,
) -> Result<(), Fault> {
    let design = repository::design_of(unit.db(), evaluation).await?;
    let (quarter, parameters) = (&evaluation.quarter, &design.parameters);
    for row in &figures.departments {
        let score = row.score.figures().map(|figures| figures.score);
        let Some(score) = score.filter(|score| parameters.is_low(*score)) else {
            continue;
        };
        let (zh, en) = (&row.department.name_zh, &row.department.name_en);
        let mark = LowMark {
            origin: Origin::Evaluation(evaluation.id),
            department_id: Some(row.department.id),
            about: Text::new(
                format!("{quarter} 企业评议 {zh} 得分 {score:.1}"),
                format!("{en} scored {score:.1} in the {quarter} evaluation"),
            ),
            said: Said::default(),
        };
        open_in(unit, mark).await?;
    }
    Ok(())
}

/// M15: a head is told the figure of his department, the leaders all of them.
async fn tell_results(unit: &Unit, evaluation: &Model, figures: &Figures) -> Result<(), Fault> {
    let design = repository::design_of(unit.db(), evaluation).await?;
    let confidence = design.parameters.confidence;
    let mut people = account::repository::enabled_in_role(unit.db(), Role::Leader).await?;
    people.extend(account::repository::enabled_in_role(unit.db(), Role::DepartmentHead).await?);
    for person in people {
        let own = person
            .department_id
            .filter(|_| person.role == Role::DepartmentHead);
        if person.role == Role::DepartmentHead && own.is_none() {
            continue;
        }
        let lines: Vec<ResultLine> = figures
            .departments
            .iter()
            .filter(|row| own.is_none_or(|own| row.department.id == own))
            .map(|row| ResultLine {
                department: Text::new(
                    row.department.name_zh.clone(),
                    row.department.name_en.clone(),
                ),
                figure: figures::in_words(row, confidence),
            })
            .collect();
        if lines.is_empty() {
            continue;
        }
        let facts = EvaluationResult {
            name: person.name.clone(),
            quarter: evaluation.quarter.clone(),
            invited: figures.invited,
            answered: figures.answered,
            lines,
            path: link::evaluation(evaluation.id),
        };
        let letter = NewLetter::new(
            format!("evaluation_result:{}:{}", evaluation.quarter, person.id),
            Kind::EvaluationResult,
            Class::MustNotDouble,
            person.id,
            &facts,
        )?;
        enqueue(unit, letter).await?;
    }
    Ok(())
}
