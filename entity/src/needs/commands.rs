//! Answering the questions of the catalogue for a project.

use std::sync::Arc;

use sea_orm::{EntityTrait, entity::prelude::*};

use super::{
    ActiveModel, Entity, Model, repository,
    rules::{self, Changes, Given, NeedsError},
};
use crate::{
    audit::commands::{Change, record, summary},
    command::commands,
    condition::Answers,
    error::{CommandError, Fault, Refusal, expect_version},
    item::repository::{InForce, in_force},
    liaison,
    permission::{Action, require},
    project,
    store::{Store, Unit},
    table::{Visible, save},
    viewer::Viewer,
};

commands! {
    /// Questions of the catalogue are answered for a project.
    ANSWER = "project.answer_questions" on Project: "回答项目问题", "questions answered";
}

/// Answers to questions about a project.
#[derive(Clone, Debug)]
pub struct Answer {
    /// The project.
    pub id: Uuid,
    /// The version of its answers as seen; 0 before the first.
    pub expected_version: i32,
    /// What is answered, each question once.
    pub answers: Vec<Given>,
}

/// What answering has brought.
#[derive(Clone, Debug)]
pub struct Answered {
    /// The project.
    pub project: project::Model,
    /// Its answers.
    pub answers: Model,
    /// The catalogue by which they were read.
    pub catalogue: Arc<InForce>,
    /// What changes by them.
    pub changes: Changes,
}

/// Answers questions about a project: one, or several at once. What is no longer asked then is forgotten.
pub async fn answer(
    store: &Store,
    viewer: &Viewer,
    input: Answer,
) -> Result<Answered, CommandError<NeedsError>> {
    let unit = store.begin(viewer).await?;
    let project = project::Entity::found(unit.db(), viewer, input.id).await?;
    let standing = liaison::repository::standing(unit.db(), viewer, project.enterprise_id).await?;
    require(viewer, Action::AnswerQuestions, standing)?;
    project::rules::active(project.state)
        .map_err(|_| CommandError::refused(&[], NeedsError::NotActive))?;
    let catalogue = in_force(&unit, unit.today()).await?;
    let catalogue = catalogue.ok_or_else(|| CommandError::refused(&[], NeedsError::NoCatalogue))?;
    let known = repository::of_projects(unit.db(), viewer, &[project.id]).await?;
    let before = known.into_iter().next();
    let version = before.as_ref().map_or(0, |before| before.version);
    expect_version(project.id, version, input.expected_version)?;
    let questions = &catalogue.edition.content.questions;
    let old = before.as_ref().map(|before| &before.answers);
    let old = old.map_or_else(Answers::new, |old| rules::counting(questions, old));
    let new = rules::answered(questions, &old, &input.answers).map_err(refused)?;
    let changes = rules::changes(&catalogue.needs, &old, &new, &input.answers);
    let after = Model {
        project_id: project.id,
        edition_id: catalogue.edition.id,
        answers: new.clone(),
        answered_by: viewer.account_id(),
        answered_at: unit.now(),
        version: 1,
    };
    let answers = keep(&unit, before, after).await?;
    let change = Change {
        command: &ANSWER,
        subject_id: project.id,
        before: Some(summary!({ "projectAnswers": told(&old, &new) })),
        after: Some(summary!({ "projectAnswers": told(&new, &old) })),
        reason: None,
    };
    record(&unit, change).await?;
    unit.commit().await?;
    Ok(Answered {
        project,
        answers,
        catalogue: Arc::new(catalogue),
        changes,
    })
}

fn refused(wrong: Vec<NeedsError>) -> CommandError<NeedsError> {
    let refusals = wrong.into_iter().map(|code| Refusal {
        code,
        path: vec!["answers"],
    });
    CommandError::Refused(refusals.collect())
}

/// Keeps the answers, if nobody else has answered since they were read.
async fn keep(unit: &Unit, before: Option<Model>, after: Model) -> Result<Model, Fault> {
    let Some(before) = before else {
        let first = ActiveModel::from(after.clone()).reset_all();
        Entity::insert(first)
            .exec_without_returning(unit.db())
            .await?;
        return Ok(after);
    };
    let after = Model {
        version: before.version,
        ..after
    };
    save(unit, &before, after).await
}

/// Those of some answers that differ from others, as the audit trail tells them; nothing when there are none.
fn told(some: &Answers, others: &Answers) -> Option<String> {
    let differing = some
        .iter()
        .filter(|(key, answer)| others.get(key) != Some(*answer));
    let told = differing.map(|(key, answer)| format!("{key} = {answer}"));
    let told = told.collect::<Vec<_>>().join("; ");
    (!told.is_empty()).then_some(told)
}
