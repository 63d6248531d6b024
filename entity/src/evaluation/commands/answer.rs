//! Answering. Whoever answers acts as "evaluation form" and not as a person: the trail says that an answer came, and nothing else.

use sea_orm::{
    EntityTrait, QueryFilter,
    entity::prelude::*,
    sea_query::{Expr, ExprTrait},
};

use super::super::{
    Column, Confidentiality, Entity, Model, State,
    answers::Answers,
    form, invitation, part, repository, response,
    rules::{self, AnswerError},
    sealed, sheet,
};
use super::SUBMIT;
use crate::{
    audit::commands::{Change, record},
    error::{CommandError, Fault, expect_saved, expect_version},
    id::random_id,
    language::optional_text,
    permission::{Action, Standing, require},
    seal::Purpose,
    store::{Store, Unit},
    table::save,
    viewer::Viewer,
};

/// How somebody comes to a form.
#[derive(Clone, Debug)]
pub enum Access {
    /// By a personal link: the secret of it.
    Link(String),
    /// As a contact of the enterprise, to its form in this evaluation.
    Own(Uuid),
}

/// A form that somebody may read, and its evaluation.
pub type Opened = (form::Model, Model);

/// The form, for whoever may answer it. Opening it changes nothing.
pub async fn open(store: &Store, viewer: &Viewer, access: &Access) -> Result<Opened, Fault> {
    found(store.db(), viewer, access).await
}

async fn found(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    access: &Access,
) -> Result<Opened, Fault> {
    let opened = match access {
        Access::Link(secret) => repository::by_secret(db, secret).await?,
        Access::Own(evaluation_id) => {
            require(viewer, Action::AnswerEvaluation, Standing::Own)?;
            repository::own_form(db, viewer, *evaluation_id).await?
        }
    };
    opened.ok_or(Fault::NotFound)
}

/// What an enterprise says of its answer.
pub type Outcome<T> = Result<T, CommandError<AnswerError>>;

/// Begins a change of a form that may be answered now.
async fn begin(store: &Store, viewer: &Viewer, access: &Access) -> Outcome<(Unit, Opened)> {
    let unit = store.begin(&Viewer::system("evaluation form")).await?;
    let (form, evaluation) = found(unit.db(), viewer, access).await?;
    if !rules::takes_answers(&evaluation, unit.now(), unit.zone()) {
        return Err(CommandError::refused(&[], AnswerError::NotOpen));
    }
    if form.submitted {
        return Err(CommandError::refused(&[], AnswerError::Answered));
    }
    if repository::is_on_paper(unit.db(), form.id).await? {
        return Err(CommandError::refused(&[], AnswerError::OnPaper));
    }
    Ok((unit, (form, evaluation)))
}

/// Chooses how open the answer will be. It can be chosen anew until something has been saved.
pub async fn choose(
    store: &Store,
    viewer: &Viewer,
    access: &Access,
    confidentiality: Confidentiality,
) -> Outcome<Opened> {
    let (unit, (form, evaluation)) = begin(store, viewer, access).await?;
    if repository::response_of(unit.db(), form.id).await?.is_some() {
        return Err(CommandError::refused(
            &["confidentiality"],
            AnswerError::Chosen,
        ));
    }
    let saved = form::Entity::update_many()
        .col_expr(
            form::Column::Confidentiality,
            Expr::value(confidentiality.to_value()),
        )
        .filter(form::Column::Id.eq(form.id))
        .filter(form::Column::Submitted.eq(false))
        .exec(unit.db())
        .await?;
    expect_saved(saved.rows_affected, form.id)?;
    unit.commit().await?;
    let form = form::Model {
        confidentiality: Some(confidentiality),
        ..form
    };
    Ok((form, evaluation))
}

/// Saves what has been answered so far of an answer that bears a name. Of one without a name nothing is kept here before it is given.
pub async fn save_draft(
    store: &Store,
    viewer: &Viewer,
    access: &Access,
    answers: Answers,
    expected_version: i32,
) -> Outcome<response::Model> {
    let (unit, (form, evaluation)) = begin(store, viewer, access).await?;
    let confidentiality = chosen(&form)?;
    if confidentiality == Confidentiality::Unnamed {
        return Err(CommandError::refused(&[], AnswerError::DraftUnnamed));
    }
    let answers = rules::cleaned(answers, form.contracted, &evaluation.departments)?;
    let draft = keep(
        &unit,
        &form,
        confidentiality,
        answers,
        expected_version,
        false,
    )
    .await?;
    unit.commit().await?;
    Ok(draft)
}

/// An answer to be given.
#[derive(Clone, Debug)]
pub struct Submit {
    /// What is answered.
    pub answers: Answers,
    /// F1: how to call back, if that is wished; kept apart from the answers.
    pub call_back: Option<String>,
    /// The version of the draft the person saw; 0 when there is none.
    pub expected_version: i32,
}

/// Submits the answer, once and finally.
pub async fn submit(
    store: &Store,
    viewer: &Viewer,
    access: &Access,
    input: Submit,
) -> Outcome<Opened> {
    let (unit, (form, evaluation)) = begin(store, viewer, access).await?;
    let confidentiality = chosen(&form)?;
    give(&unit, &form, &evaluation, confidentiality, input).await?;
    unit.commit().await?;
    let form = form::Model {
        submitted: true,
        confidentiality: None,
        ..form
    };
    Ok((form, evaluation))
}

/// Takes an answer, by a link or on paper: it is kept or sealed as was chosen, counted, and told to the trail.
pub(super) async fn give(
    unit: &Unit,
    form: &form::Model,
    evaluation: &Model,
    confidentiality: Confidentiality,
    input: Submit,
) -> Outcome<()> {
    let answers = rules::cleaned(input.answers, form.contracted, &evaluation.departments)?;
    let call_back = optional_text(input.call_back, rules::LONGEST_CONTACT)
        .map_err(|_| CommandError::refused(&["callBack"], AnswerError::ContactTooLong))?;
    if rules::is_empty(&answers) && call_back.is_none() {
        return Err(CommandError::refused(&["answers"], AnswerError::Empty));
    }
    let unnamed = confidentiality == Confidentiality::Unnamed;
    let mut pieces = Vec::new();
    if unnamed {
        pieces = rules::pieces(&answers);
    } else {
        keep(
            unit,
            form,
            confidentiality,
            answers,
            input.expected_version,
            true,
        )
        .await?;
    }
    pieces.extend(call_back.map(|text| (part::Kind::CallBack, None, text.into())));
    // The guard: of two who submit at once, one is told that it has been answered.
    let saved = form::Entity::update_many()
        .col_expr(form::Column::Submitted, Expr::value(true))
        .col_expr(
            form::Column::Confidentiality,
            Expr::value(Option::<String>::None),
        )
        .filter(form::Column::Id.eq(form.id))
        .filter(form::Column::Submitted.eq(false))
        .exec(unit.db())
        .await?;
    if saved.rows_affected != 1 {
        return Err(CommandError::refused(&[], AnswerError::Answered));
    }
    invitation::Entity::delete_many()
        .filter(invitation::Column::FormId.eq(form.id))
        .exec(unit.db())
        .await?;
    count(unit, evaluation, unnamed).await?;
    if !pieces.is_empty() {
        put_away(unit, evaluation, &pieces).await?;
    }
    // A sheet that was printed for it is void.
    sheet::Entity::delete_many()
        .filter(sheet::Column::FormId.eq(form.id))
        .exec(unit.db())
        .await?;
    record(
        unit,
        Change {
            command: &SUBMIT,
            subject_id: evaluation.id,
            before: None,
            after: None,
            reason: None,
        },
    )
    .await?;
    Ok(())
}

fn chosen(form: &form::Model) -> Outcome<Confidentiality> {
    form.confidentiality
        .ok_or_else(|| CommandError::refused(&["confidentiality"], AnswerError::NotChosen))
}

/// Keeps an answer with a name, as a draft or for good.
async fn keep(
    unit: &Unit,
    form: &form::Model,
    confidentiality: Confidentiality,
    answers: Answers,
    expected_version: i32,
    submitted: bool,
) -> Outcome<response::Model> {
    let Some(before) = repository::response_of(unit.db(), form.id).await? else {
        expect_version(form.id, 0, expected_version)?;
        // A random key: one with a time in it would tell when the answer was begun.
        let first = response::Model {
            id: random_id(),
            evaluation_id: form.evaluation_id,
            form_id: form.id,
            enterprise_id: form.enterprise_id,
            confidentiality,
            answers,
            submitted,
            version: 1,
        };
        response::Entity::insert(response::ActiveModel::from(first.clone()).reset_all())
            .exec_without_returning(unit.db())
            .await?;
        return Ok(first);
    };
    expect_version(before.id, before.version, expected_version)?;
    let after = response::Model {
        answers,
        submitted,
        ..before.clone()
    };
    Ok(save(unit, &before, after).await?)
}

/// Counts an answer. The row of the evaluation is this command's until its end: what closes it waits, or was faster.
async fn count(unit: &Unit, evaluation: &Model, unnamed: bool) -> Outcome<()> {
    let counted = Entity::update_many()
        .col_expr(Column::Answered, Expr::col(Column::Answered).add(1))
        .col_expr(
            Column::Unnamed,
            Expr::col(Column::Unnamed).add(i32::from(unnamed)),
        )
        .filter(Column::Id.eq(evaluation.id))
        .filter(Column::State.eq(State::Open))
        .exec(unit.db())
        .await?;
    if counted.rows_affected != 1 {
        return Err(CommandError::refused(&[], AnswerError::NotOpen));
    }
    Ok(())
}

/// Puts the pieces of an answer away, sealed, until the evaluation closes: all of an evaluation by one key.
async fn put_away(unit: &Unit, evaluation: &Model, pieces: &[part::Piece]) -> Outcome<()> {
    let one_of_them = sealed::Entity::find()
        .filter(sealed::Column::EvaluationId.eq(evaluation.id))
        .one(unit.db())
        .await?;
    if one_of_them.is_some_and(|one| !unit.seal().is_own(Purpose::Answers, &one.content)) {
        return Err(CommandError::refused(&[], AnswerError::SealMissing));
    }
    let row = sealed::Model {
        id: random_id(),
        evaluation_id: evaluation.id,
        content: sealed::seal(unit.seal(), evaluation.id, &pieces)?,
    };
    sealed::Entity::insert(sealed::ActiveModel::from(row).reset_all())
        .exec_without_returning(unit.db())
        .await?;
    Ok(())
}
